/**
 * [AT5] The server opens no connection but to the Nextcloud it is told to belong to, whatever people do. Two witnesses: the handles
 * through which all of Node speaks with the system (`support/outward.cjs`, in every thread), and the system itself where `strace` is here.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLivedIn, type Answer, type LivedIn } from '../support/lived-in.ts'
import { temporaryFolder } from '../support/server.ts'

const PRELOAD = join(import.meta.dirname, '../support/outward.cjs')
const hasStrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0

let folder: string
const at = (name: string): string => join(folder, name)
/** `-D`: the server is our child, and hears our signals. */
const strace = (): string[] => [
  'strace',
  '-D',
  '-f',
  '-qq',
  '-e',
  'trace=connect,sendto,sendmsg,sendmmsg',
  '-o',
  at('trace'),
]
const outward = (): NodeJS.ProcessEnv => ({
  NODE_OPTIONS: `--require ${PRELOAD}`,
  AUZOLAN_TEST_OUTWARD: at('outward'),
})
const said = (): string[] => readFileSync(at('outward'), 'utf8').split('\n').filter(Boolean)
/** Where the system was asked to send something: each address once. */
const traced = (): string[] => [
  ...new Set(
    readFileSync(at('trace'), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1]
        const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line)
        return port === undefined || !address ? [] : [`${address[1] ?? address[2]} ${port}`]
      }),
  ),
]

beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the witnesses', () => {
  it('see whatever a program does, in each of its threads', () => {
    const program = at('program.cjs')
    writeFileSync(
      program,
      `const { Worker, isMainThread } = require('node:worker_threads')
      const { createSocket } = require('node:dgram')
      const dns = require('node:dns')
      dns.setServers(['127.0.0.1:19997'])
      if (isMainThread) {
        new Worker(__filename)
        fetch('http://127.0.0.2:19999/').catch(() => {})
        require('node:net').connect('${at('none.sock')}').on('error', () => {})
        createSocket('udp4').send('x', 19998, '127.0.0.3')
        dns.resolve4('cloud.haranberri.example', () => {})
      } else {
        fetch('http://127.0.0.4:19999/').catch(() => {})
        dns.lookup('localhost', () => {})
      }
      setTimeout(() => process.exit(), 1_000)`,
    )
    const [first, ...words] = [...(hasStrace ? strace() : []), process.execPath, program]
    spawnSync(first!, words, { env: { PATH: process.env['PATH'], ...outward() } })
    expect(said().toSorted()).toEqual([
      'getaddrinfo localhost',
      'queryA cloud.haranberri.example',
      'tcp 127.0.0.2 19999',
      'tcp 127.0.0.4 19999',
      'udp 127.0.0.3 19998',
      `unix ${at('none.sock')}`,
    ])
    if (hasStrace)
      expect(traced()).toEqual(
        expect.arrayContaining(['127.0.0.2 19999', '127.0.0.4 19999', '127.0.0.3 19998', '127.0.0.1 19997']),
      )
    for (const name of ['outward', 'trace']) writeFileSync(at(name), '')
  })
})

describe('[AT5] a server in which everything is done that can be done', () => {
  let house: LivedIn
  let answers: readonly Answer[]
  beforeAll(async () => {
    house = await startLivedIn(outward(), hasStrace ? strace() : [])
    answers = await house.live()
    await house.server.stop()
  })
  afterAll(() => house?.stop())
  const nextcloud = (): string => new URL(house.nextcloud.url).port

  it('is one: it answered, and it told Nextcloud', () => {
    expect(answers.filter(({ status }) => status < 300).length).toBeGreaterThan(250)
    expect(answers.filter(({ status }) => status >= 500)).toEqual([])
    expect(house.nextcloud.calls.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['ping', 'notify', 'users']),
    )
  })
  it('has connected to the Nextcloud of its settings, and has looked up no name', () => {
    expect([...new Set(said())]).toEqual([`tcp 127.0.0.1 ${nextcloud()}`])
  })
  it.runIf(hasStrace)('and the system saw no other', () => {
    expect(traced()).toEqual([`127.0.0.1 ${nextcloud()}`])
  })
})
