/** Requests that stand for themselves look like one connection to whoever uses them. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  decodeExchange,
  encodeExchangeAnswer,
  type ExchangeRequest,
} from '@auzolan/shared/protocol/exchange.ts'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import { ExchangeLink } from '../../plugin/src/session/exchange-link.ts'
import type { LinkEnd } from '../../plugin/src/session/link.ts'
import { until } from '../support/server.ts'

type Answer = readonly ServerFrame[] | { status: number; code?: string; retryAfter?: number }
const welcome: Extract<ServerFrame, { kind: 'welcome' }> = {
  kind: 'welcome',
  channels: [{ channel: 'content', epoch: 1, epochCause: 'birth', seq: 0, write: 'yes' }],
}
let stop = (): void => {}
afterEach(() => stop())

async function bench(answer: (request: ExchangeRequest, n: number) => Answer | null) {
  const requests: ExchangeRequest[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const asked = decodeExchange(new Uint8Array(Buffer.concat(parts)))!
      requests.push(asked)
      const said = answer(asked, requests.length)
      if (said === null) return
      if ('status' in said) {
        response.writeHead(said.status, said.retryAfter ? { 'Retry-After': String(said.retryAfter) } : {})
        response.end(JSON.stringify({ code: said.code }))
      } else response.end(encodeExchangeAnswer(said))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const frames: ServerFrame[] = []
  const ends: LinkEnd[] = []
  const link = new ExchangeLink(
    {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      build: 'test',
      session: 'tab',
      apiToken: async () => 'token',
      causeOf: () => 'NETWORK',
      waitMs: 25_000,
      presence: () => new Uint8Array(),
      settled: async () => {},
    },
    {
      greeting: () => [{ channel: 'content', epoch: 1, afterSeq: 0, clientIds: [1] }],
      onFrame: (frame) => void frames.push(frame),
      onEnd: (end) => void ends.push(end),
    },
  )
  stop = () => {
    link.close()
    server.closeAllConnections()
    server.close()
  }
  return { link, requests, frames, ends }
}

describe('[P12] the exchange', () => {
  it('welcomes once, ends an idle wait to send, and adds acknowledgements up', async () => {
    const { link, requests, frames } = await bench(({ updates }, n) =>
      updates.length > 0
        ? [welcome, { kind: 'ack', channel: 'content', count: updates.length, seq: 0 }]
        : n === 1
          ? [welcome]
          : null,
    )
    await until(() => requests.length === 2, 'it waits for news')
    expect(requests.map((r) => r.waitMs)).toEqual([0, 25_000])
    for (const n of [1, 2]) {
      link.send({ kind: 'update', channel: 'content', n, update: new Uint8Array([0, 0]) })
      await until(() => frames.filter((f) => f.kind === 'ack').length === n, 'it is acknowledged')
    }
    expect(frames.filter((f) => f.kind === 'welcome')).toHaveLength(1)
    expect(frames.flatMap((f) => (f.kind === 'ack' ? [f.count] : []))).toEqual([1, 2])
  })

  it('tells a change of rights as such, and who is missing as gone', async () => {
    const here = encodePresence([{ clientId: 7, clock: 3, state: { section: 'planning' } }])
    const { frames } = await bench((_request, n) => {
      if (n === 1) return [welcome, { kind: 'presence', channel: 'content', states: here }]
      if (n > 2) return null
      return [
        { ...welcome, channels: [{ ...welcome.channels[0]!, write: 'locked' }] },
        { kind: 'presence', channel: 'content', states: encodePresence([]) },
      ]
    })
    await until(() => frames.length === 4, 'two answers have come')
    expect(frames.map((f) => f.kind)).toEqual(['welcome', 'presence', 'grants', 'presence'])
    const gone = frames[3]!
    expect(gone.kind === 'presence' && decodePresence(gone.states)).toEqual([
      { clientId: 7, clock: 4, state: null },
    ])
  })

  it('[P8] refuses by itself what stood behind an edit that has to wait, and says what the channel is by then', async () => {
    const sent: number[] = []
    const { link, frames } = await bench(({ updates }, n) => {
      if (n === 1) return [welcome]
      if (updates.length === 0) return null
      sent.push(...updates.map((u) => u.n))
      // Given to the link while the first is under way: it must not reach a server that has forgotten the first.
      link.send(update(2))
      return [welcome, { kind: 'refused', channel: 'content', n: updates[0]!.n, code: 'LOCKED' }]
    })
    const update = (n: number) =>
      ({ kind: 'update', channel: 'content', n, update: new Uint8Array([0, 0]) }) as const
    await until(() => frames.length === 1, 'it is welcomed')
    link.send(update(1))
    await until(() => frames.some((f) => f.kind === 'grants'), 'it hears how the channel is now')
    expect(frames.slice(1).map((f) => (f.kind === 'refused' ? f.n : f.kind))).toEqual([1, 2, 'grants'])
    expect(sent).toEqual([1])
  })

  it('ends with what the server said, and when to come again', async () => {
    const { ends } = await bench(() => ({ status: 503, code: 'RESTART', retryAfter: 2 }))
    await until(() => ends.length === 1, 'it ends')
    expect(ends).toEqual([{ cause: 'RESTART', said: true, retryAfterMs: 2000 }])
  })
})
