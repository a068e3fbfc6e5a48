/** Requests that stand for themselves look like one connection to whoever uses them. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  decodeExchange,
  encodeExchangeAnswer,
  type ExchangeRequest,
} from '@auzolan/shared/protocol/exchange.ts'
import { RELAY_SHARE_MIN } from '@auzolan/shared/limits.ts'
import type { ClientFrame, ServerFrame } from '@auzolan/shared/protocol/frames.ts'
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

interface Through {
  /** As through a relay, whose answers take so long. */
  readonly answersAfterMs?: number
  readonly requestToken?: () => string
  readonly waitMs?: number
}
async function bench(answer: (request: ExchangeRequest, n: number) => Answer | null, through: Through = {}) {
  const headers: IncomingHttpHeaders[] = []
  const times: number[] = []
  const requests: ExchangeRequest[] = []
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const asked = decodeExchange(new Uint8Array(Buffer.concat(parts)))!
      requests.push(asked)
      headers.push(request.headers)
      times.push(performance.now())
      const said = answer(asked, requests.length)
      if (said === null) return
      setTimeout(() => {
        if ('status' in said) {
          response.writeHead(said.status, said.retryAfter ? { 'Retry-After': String(said.retryAfter) } : {})
          response.end(JSON.stringify({ code: said.code }))
        } else response.end(encodeExchangeAnswer(said))
      }, through.answersAfterMs ?? 0)
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
      waitMs: through.waitMs ?? 25_000,
      ...(through.requestToken ? { requestToken: through.requestToken } : {}),
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
  return { link, requests, frames, ends, headers, times }
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

describe('[L11] through Nextcloud', () => {
  const update = (n: number): Extract<ClientFrame, { kind: 'update' }> => ({
    kind: 'update',
    channel: 'content',
    n,
    update: new Uint8Array([0, 0]),
  })
  const acknowledged = ({ updates }: ExchangeRequest): Answer => [
    welcome,
    ...(updates.length > 0
      ? ([{ kind: 'ack', channel: 'content', count: updates.length, seq: 0 }] as const)
      : []),
  ]
  const through = (answersAfterMs: number): Through => ({
    answersAfterMs,
    waitMs: 0,
    requestToken: () => 'token of the page',
  })
  const pauses = (times: readonly number[]): number[] => times.slice(1).map((at, i) => at - times[i]!)

  it('no request waits, and Nextcloud’s own token stands in for ours', async () => {
    const { link, requests, headers } = await bench(acknowledged, through(0))
    await until(() => requests.length === 1, 'it has asked')
    link.send(update(1))
    await until(() => requests.length === 2, 'it has sent')
    expect(link.kind).toBe('relay')
    expect(requests.map((r) => r.waitMs)).toEqual([0, 0])
    for (const { requesttoken, authorization } of headers)
      expect([requesttoken, authorization]).toEqual(['token of the page', undefined])
  })

  it('whoever types without a pause sends once a second, and everything', async () => {
    const { link, requests, times } = await bench(acknowledged, through(0))
    await until(() => requests.length === 1, 'it has asked')
    for (let n = 1; n <= 40; n++) {
      link.send(update(n))
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await until(() => requests.flatMap((r) => r.updates).length === 40, 'everything is sent')
    expect(requests.flatMap((r) => r.updates.map((u) => u.n))).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    )
    for (const pause of pauses(times)) expect(pause).toBeGreaterThan(950)
    expect(requests.length).toBeLessThanOrEqual(7)
  })

  it('takes a tenth of one process at most: answers that take longer are asked for less often', async () => {
    const { link, requests, times } = await bench(acknowledged, through(300))
    await until(() => requests.length === 1, 'it has asked')
    const typing = setInterval(() => link.send(update(requests.length)), 100)
    await until(() => requests.length === 3, 'it has sent')
    clearInterval(typing)
    for (const pause of pauses(times)) expect(pause).toBeGreaterThan(RELAY_SHARE_MIN * 300)
  })

  it('a caret that moves asks for nothing by itself', async () => {
    const { link, requests } = await bench(acknowledged, through(0))
    await until(() => requests.length === 1, 'it has asked')
    for (let i = 0; i < 20; i++) {
      link.send({ kind: 'presence', channel: 'content', states: new Uint8Array() })
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(requests).toHaveLength(1)
  })

  it.each([
    [429, undefined, 'TRY_AGAIN', true],
    [502, 'TRY_AGAIN', 'TRY_AGAIN', true],
    [412, 'NOT_CONNECTED', 'NOT_CONNECTED', true],
    [412, undefined, 'SIGN_IN', false],
    [401, undefined, 'SIGN_IN', false],
    [503, undefined, 'NETWORK', false],
  ])('what Nextcloud says in place of the server (%i %s) is %s', async (status, code, cause, said) => {
    const { ends } = await bench(() => ({ status, ...(code ? { code } : {}) }), through(0))
    await until(() => ends.length === 1, 'it ends')
    expect(ends[0]).toMatchObject({ cause, said })
  })
})
