/** The contract of every bus between nodes, on real servers that are cut, stopped and started again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channelId, newUuid, type ChannelId, type DocumentId } from '@auzolan/shared/ids.ts'
import { BUS_LOOK_AGAIN_MS } from '@auzolan/shared/limits.ts'
import type { Bus, Hint } from '@auzolan/server/src/bus/bus.ts'
import { encodeMessage, packed } from '@auzolan/server/src/bus/parcel.ts'
import type { BusTimes } from '@auzolan/server/src/bus/shared-bus.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { until } from '../support/server.ts'

/** What carries a bus under test. */
export interface Carrier {
  readonly port: number
  /** A node's bus that reaches it by this port of this machine. */
  join(port: number, times: Partial<BusTimes>): Bus
  /** Puts bytes on it as whoever has access to it could. */
  speak(bytes: Uint8Array): Promise<void>
  /** The same, in the form our own parcels have. */
  forge(parcel: Uint8Array): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
}

const newChannel = (): ChannelId => channelId(newUuid() as DocumentId, 'content')

interface Heard {
  readonly bus: Bus
  readonly hints: Hint[]
  readonly shown: { node: string; channel: ChannelId; states: number[] }[]
  readonly asked: ChannelId[]
  readonly held: ChannelId[]
  news: number
  missed: number
}

export function busContract(name: string, carrier: () => Carrier): void {
  describe(`${name} as a bus`, () => {
    const nodes: Heard[] = []
    const proxies: TcpProxy[] = []
    let sound: { joined(): Promise<Heard>; joinedBy(port: number): Promise<Heard> }

    const TIMES = { echoMaxMs: 400, silenceMaxMs: 400, retryMinMs: 20, retryMaxMs: 200 }
    beforeEach(() => {
      const joinedBy = async (port: number): Promise<Heard> => {
        const bus = carrier().join(port, TIMES)
        const heard: Heard = { bus, hints: [], shown: [], asked: [], held: [], news: 0, missed: 0 }
        bus.listen({
          hinted: ({ channel, epoch, seq }) => void heard.hints.push({ channel, epoch, seq }),
          shown: (node, channel, states) => void heard.shown.push({ node, channel, states: [...states] }),
          asked: (channel) => void heard.asked.push(channel),
          held: (channel) => void heard.held.push(channel),
          news: () => void (heard.news += 1),
          missed: () => void (heard.missed += 1),
        })
        nodes.push(heard)
        await until(() => bus.state === 'up', 'the bus carries')
        return heard
      }
      sound = { joinedBy, joined: () => joinedBy(carrier().port) }
    })
    afterEach(async () => {
      for (const { bus } of nodes.splice(0)) await bus.close()
      for (const proxy of proxies.splice(0)) await proxy.close()
    })

    const trio = async (): Promise<[Heard, Heard, Heard]> => [
      await sound.joined(),
      await sound.joined(),
      await sound.joined(),
    ]
    /** That nothing more comes can only be waited for. */
    const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100))

    it('[BU1] brings to every other node what one says, and not back to it', async () => {
      const [one, two, three] = await trio()
      const channel = newChannel()
      one.bus.hint({ channel, epoch: 2, seq: 7 })
      one.bus.ask(channel)
      one.bus.hold(channel)
      one.bus.news()
      one.bus.show(channel, [new Uint8Array([1, 2]), new Uint8Array([3])])
      for (const other of [two, three]) {
        await until(() => other.shown.length === 2 && other.news === 1, 'everything has come')
        expect(other).toMatchObject({
          hints: [{ channel, epoch: 2, seq: 7 }],
          asked: [channel],
          held: [channel],
        })
        expect(other.shown.map(({ states }) => states)).toEqual([[1, 2], [3]])
        expect(new Set(other.shown.map(({ node }) => node)).size).toBe(1)
      }
      await quiet()
      expect(one).toMatchObject({ hints: [], asked: [], shown: [], news: 0 })
    })

    it('[BU2] says of a log only the latest, and a flood in few parcels', async () => {
      const [one, two] = await trio()
      const channels = Array.from({ length: 500 }, newChannel)
      for (let seq = 1; seq <= 40; seq++)
        for (const channel of channels) one.bus.hint({ channel, epoch: 1, seq })
      for (const channel of channels) one.bus.hint({ channel, epoch: 1, seq: 3 })
      await until(() => two.hints.length >= channels.length, 'all are hinted at')
      await quiet()
      expect(two.hints).toHaveLength(channels.length)
      expect(new Set(two.hints.map(({ seq }) => seq))).toEqual(new Set([40]))
      expect(two.bus.counts.received).toBeLessThan(30)
    })

    it('[BU3] drops presence when too much of it waits, and never a hint', async () => {
      const [one, two] = await trio()
      const channel = newChannel()
      const large = new Uint8Array(4_500).fill(7)
      for (let i = 0; i < 1_000; i++) one.bus.show(channel, [large])
      one.bus.show(channel, [new Uint8Array(50_000)])
      one.bus.hint({ channel, epoch: 1, seq: 9 })
      await until(() => two.hints.length === 1 && two.shown.length > 0, 'the hint has come')
      await quiet()
      expect(one.bus.counts.dropped).toBeGreaterThan(900)
      expect(two.shown.length).toBeLessThan(100)
      expect(two.shown.every(({ states }) => states.length === 4_500)).toBe(true)
    })

    it('[BU4] goes on after a listener that throws', async () => {
      const [one, two] = await trio()
      const heard: number[] = []
      two.bus.listen({
        hinted: ({ seq }) => {
          heard.push(seq)
          throw new Error('no')
        },
        shown: () => {},
        asked: () => {},
        held: () => {},
        news: () => {},
        missed: () => {},
      })
      for (const seq of [1, 2]) one.bus.hint({ channel: newChannel(), epoch: 1, seq })
      await until(() => heard.length === 2, 'both have come')
    })

    it('[BU5] takes no harm from what is no parcel, and looks again, not too often', async () => {
      const [one, two] = await trio()
      const missed = two.missed
      const began = performance.now()
      const channel = newChannel()
      const node = 'somebody'
      const hint = encodeMessage({ kind: 'hint', channel, epoch: 1, seq: 5 })
      const whole = packed(node, [hint], 5_000)[0]!
      const broken = [
        new Uint8Array(),
        new Uint8Array([255, 255, 255, 255]),
        whole.subarray(0, whole.length - 3),
        // Another version.
        new Uint8Array([9, ...whole.subarray(1)]),
        // A channel that is none.
        packed(node, [encodeMessage({ kind: 'asked', channel: '../../etc' as ChannelId })], 5_000)[0]!,
        new Uint8Array(2_000).map((_, i) => (i * 7919) % 251),
      ]
      for (const bytes of broken) {
        await carrier().speak(bytes)
        await carrier().forge(bytes)
      }
      one.bus.hint({ channel, epoch: 1, seq: 6 })
      await until(() => two.hints.some(({ seq }) => seq === 6), 'what is whole still comes')
      expect(two.bus.state).toBe('up')
      expect(two.asked).toEqual([])
      expect(two.bus.counts.unread).toBeGreaterThanOrEqual(broken.length)
      expect(two.missed - missed).toBeGreaterThanOrEqual(1)
      // At most one a second, however much of it comes.
      expect(two.missed - missed).toBeLessThanOrEqual(1 + (performance.now() - began) / BUS_LOOK_AGAIN_MS)
    })

    it('[BU6] reads of a newer node what it understands', async () => {
      const [, two] = await trio()
      const channel = newChannel()
      const messages = [
        new Uint8Array([200, 1, 2, 3]),
        encodeMessage({ kind: 'hint', channel, epoch: 1, seq: 5 }),
        // A hint that says more than we know.
        new Uint8Array([...encodeMessage({ kind: 'hint', channel, epoch: 1, seq: 6 }), 1, 2, 3]),
      ]
      await carrier().forge(packed('newer', messages, 5_000)[0]!)
      await until(() => two.hints.length === 2, 'both are read')
      expect(two.bus.counts.unread).toBe(0)
    })

    it('[BU7] finds its way back when its connection is cut, and says that it was away', async () => {
      const proxy = await startTcpProxy(carrier().port)
      proxies.push(proxy)
      const one = await sound.joined()
      const two = await sound.joinedBy(proxy.port)
      const before = two.missed
      proxy.cut()
      await until(() => two.bus.state === 'away', 'it is noticed')
      // Nobody waits, nothing throws.
      two.bus.hint({ channel: newChannel(), epoch: 1, seq: 1 })
      await quiet()
      proxy.mend()
      await until(() => two.bus.state === 'up', 'it is back')
      expect(two.missed).toBeGreaterThan(before)
      const channel = newChannel()
      one.bus.hint({ channel, epoch: 1, seq: 2 })
      two.bus.hint({ channel, epoch: 1, seq: 3 })
      await until(() => two.hints.some(({ seq }) => seq === 2), 'it hears again')
      await until(() => one.hints.some(({ seq }) => seq === 3), 'it is heard again')
      expect(one.hints.some(({ seq }) => seq === 1)).toBe(false)
    })

    it('[BU7] notices a connection that is there and carries nothing', async () => {
      const proxy = await startTcpProxy(carrier().port)
      proxies.push(proxy)
      const two = await sound.joinedBy(proxy.port)
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      // As long as it carries, silence alone is no reason.
      expect(two.bus.counts.lost).toBe(0)
      proxy.freeze()
      await until(() => two.bus.state === 'away', 'it is noticed')
      proxy.mend()
      await until(() => two.bus.state === 'up', 'it is back')
    })

    it('[BU8] outlives a server that is stopped and started again', async () => {
      const [one, two] = await trio()
      await carrier().stop()
      await until(() => [one, two].every(({ bus }) => bus.state === 'away'), 'it is noticed')
      await carrier().start()
      await until(() => [one, two].every(({ bus }) => bus.state === 'up'), 'everybody is back')
      const channel = newChannel()
      one.bus.hint({ channel, epoch: 1, seq: 4 })
      await until(() => two.hints.length === 1, 'it carries')
    })

    it('[BU8] starts without its server, and comes in when there is one', async () => {
      await carrier().stop()
      const bus = carrier().join(carrier().port, TIMES)
      await quiet()
      expect(bus.state).toBe('away')
      bus.hint({ channel: newChannel(), epoch: 1, seq: 1 })
      await carrier().start()
      await until(() => bus.state === 'up', 'it carries')
      await bus.close()
      expect(bus.state).toBe('away')
      bus.news()
      await bus.close()
    })
  })
}
