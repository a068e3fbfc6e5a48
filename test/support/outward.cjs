// Loaded before everything else (`--require`), in worker threads as well: writes down every connection, datagram and look-up of a name
// that JavaScript asks the system for, whatever library it goes through. All of them end in these few calls of the handles themselves.
'use strict'
const { appendFileSync } = require('node:fs')
const file = process.env.AUZOLAN_TEST_OUTWARD
// Node warns that these are internal; that is why they are asked here.
process.noDeprecation = true
const said = (line) => appendFileSync(file, `${line}\n`)
const watch = (owner, names, wordsOf) => {
  for (const name of names) {
    const own = owner[name]
    if (typeof own !== 'function') throw new Error(`nothing is called ${name} any more`)
    owner[name] = function (...given) {
      said(wordsOf(name, given))
      return own.apply(this, given)
    }
  }
}
const { TCP } = process.binding('tcp_wrap')
watch(TCP.prototype, ['connect', 'connect6'], (_, [, address, port]) => `tcp ${address} ${port}`)
const { UDP } = process.binding('udp_wrap')
watch(
  UDP.prototype,
  ['send', 'send6', 'connect', 'connect6'],
  (name, given) => `udp ${name.startsWith('send') ? given.slice(3, 5).reverse().join(' ') : given.join(' ')}`,
)
const { Pipe } = process.binding('pipe_wrap')
watch(Pipe.prototype, ['connect'], (_, [, path]) => `unix ${path}`)
const names = process.binding('cares_wrap')
watch(names, ['getaddrinfo', 'getnameinfo'], (name, [, asked]) => `${name} ${asked}`)
for (const name of Object.getOwnPropertyNames(names.ChannelWrap.prototype).filter((one) =>
  /^(query|getHostByAddr)/.test(one),
))
  watch(names.ChannelWrap.prototype, [name], (_, [, asked]) => `${name} ${asked}`)
