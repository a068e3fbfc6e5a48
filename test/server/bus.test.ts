/** The bus of one process, and what goes over that of several as bytes. */
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { channelId, newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { LOCAL_BUS } from '@auzolan/server/src/bus/local.ts'
import { SharedBus } from '@auzolan/server/src/bus/shared-bus.ts'
import { emptyParcel, encodeMessage, packed, readParcel } from '@auzolan/server/src/bus/parcel.ts'
import { until } from '../support/server.ts'

const channel = channelId(newUuid() as DocumentId, 'content')

describe('the bus of one process', () => {
  it('tells nobody, and is never away', async () => {
    let heard = 0
    const count = (): void => void heard++
    LOCAL_BUS.listen({ hinted: count, shown: count, asked: count, held: count, news: count, missed: count })
    LOCAL_BUS.hint({ channel, epoch: 1, seq: 1 })
    LOCAL_BUS.show(channel, [new Uint8Array([1])])
    LOCAL_BUS.ask(channel)
    LOCAL_BUS.hold(channel)
    LOCAL_BUS.news()
    await LOCAL_BUS.close()
    expect([heard, LOCAL_BUS.state, LOCAL_BUS.counts.sent]).toEqual([0, 'alone', 0])
  })
})

describe('a wire that is lost while it is opened', () => {
  it('is let go of before another one is looked for', async () => {
    let [opened, ended] = [0, 0]
    const bus = new SharedBus(
      async ({ lost }) => {
        opened += 1
        lost('cut')
        return { send: async () => {}, end: () => void (ended += 1) }
      },
      pino({ level: 'silent' }),
      { retryMinMs: 5, retryMaxMs: 10 },
    )
    await until(() => opened > 2, 'it is tried again')
    expect(ended).toBeGreaterThanOrEqual(opened - 1)
    await bus.close()
  })
})

describe('a parcel', () => {
  const hint = (seq: number): Uint8Array => encodeMessage({ kind: 'hint', channel, epoch: 3, seq })

  it('is read as it was packed', () => {
    const states = new Uint8Array([1, 2, 3])
    const messages = [
      hint(Number.MAX_SAFE_INTEGER),
      encodeMessage({ kind: 'shown', channel, states }),
      encodeMessage({ kind: 'asked', channel }),
      encodeMessage({ kind: 'held', channel }),
      encodeMessage({ kind: 'news' }),
    ]
    const [parcel, ...more] = packed('node', messages, 1_000)
    expect(more).toEqual([])
    expect(readParcel(parcel!)).toEqual({
      node: 'node',
      messages: [
        { kind: 'hint', channel, epoch: 3, seq: Number.MAX_SAFE_INTEGER },
        { kind: 'shown', channel, states },
        { kind: 'asked', channel },
        { kind: 'held', channel },
        { kind: 'news' },
      ],
    })
    expect(readParcel(emptyParcel('node'))).toEqual({ node: 'node', messages: [] })
  })

  it('is no longer than it may be, and leaves out what does not fit into one', () => {
    const one = packed('node', [hint(1)], 1_000)[0]!.length
    const all = packed('node', [1, 2, 3].map(hint), one)
    expect(all.map(({ length }) => length)).toEqual([one, one, one])
    expect(packed('node', [hint(1)], one - 1)).toEqual([])
    expect(packed('node', [1, 2, 3].map(hint), 1_000)).toHaveLength(1)
  })

  it('that was cut off anywhere is read as nothing, or as less', () => {
    const parcel = packed('node', [hint(1), hint(2)], 1_000)[0]!
    for (let length = 0; length < parcel.length; length++) {
      const read = readParcel(parcel.subarray(0, length))
      expect(read === null || read.messages.length < 2).toBe(true)
    }
  })
})
