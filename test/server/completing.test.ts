/** [R9] What the server adds to a text by itself: once, at the right place, and not for ever. */
import * as Y from 'yjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { channelId, newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { CHANNEL_MAX_BYTES, DEFAULT_CAPACITY, READ_MAX_CPU_MS } from '@auzolan/shared/limits.ts'
import { EMPTY_UPDATE } from '@auzolan/shared/protocol/yjs.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { META_CLIENT, RECORDS_CLIENT, completeRecords } from '@auzolan/shared/schema/shapes.ts'
import { Completing } from '@auzolan/server/src/compaction/completing.ts'
import { BUILDS_ON_REMOVED } from '@auzolan/server/src/journal/journal.ts'
import { Followed, docOf, sift } from '@auzolan/server/src/compaction/followed.ts'
import type { Lacking } from '@auzolan/server/src/compaction/tasks.ts'
import { Room } from '@auzolan/server/src/rooms/room.ts'

const content = channelId(newUuid() as DocumentId, 'content')
const SYSTEM = '/system' as PersonId

describe('what records lack', () => {
  const lacking = (from: number): Lacking => ({ update: EMPTY_UPDATE, from, clock: from + 10 })
  function completing() {
    const add = vi.fn((..._: readonly unknown[]) => true)
    return { add, it: new Completing({} as never, () => ({ add }) as never) }
  }
  it('[R9] is not added again before it has been read', async () => {
    const { add, it: one } = completing()
    await one.complete(content, 1, lacking(0))
    await one.complete(content, 1, lacking(0))
    expect(add).toHaveBeenCalledTimes(1)
    await one.complete(content, 1, lacking(10))
    expect(add).toHaveBeenCalledTimes(2)
    expect(add.mock.calls[1]?.[3]).toEqual(new Map([[RECORDS_CLIENT, 10]]))
  })
  it('[R9] is added again in a new epoch, and to a room that took nothing', async () => {
    const { add, it: one } = completing()
    add.mockReturnValueOnce(false)
    await one.complete(content, 1, lacking(0))
    await one.complete(content, 1, lacking(0))
    await one.complete(content, 2, lacking(0))
    expect(add).toHaveBeenCalledTimes(3)
  })
  it('[R9] is not added again after it had to be taken out', async () => {
    const { add, it: one } = completing()
    one.giveUp(content)
    await one.complete(content, 2, lacking(0))
    expect(add).not.toHaveBeenCalled()
  })
})

describe('a room', () => {
  const room = (clocks: Map<number, number>, tailBytes = 0): Room =>
    new Room(
      content,
      {
        epoch: 1,
        epochCause: 'birth',
        clocks,
        owners: new Map(),
        seq: 1,
        snapshotSeq: 0,
        tailBytes,
        snapshotBytes: 0,
      } as never,
      { roots: new Set(), appendOnly: false },
      {} as never,
      DEFAULT_CAPACITY,
      () => {},
    )
  const entry = { person: SYSTEM, update: EMPTY_UPDATE, clocks: new Map([[RECORDS_CLIENT, 20]]) }
  const from = (clock: number) => new Map([[RECORDS_CLIENT, clock]])
  it('[R9] takes of the server only what was made of all that it has', () => {
    const one = room(new Map([[RECORDS_CLIENT, 10]]))
    expect([one.add(entry, from(9)), one.add(entry, from(11)), one.add(entry, from(10))]).toEqual([
      false,
      false,
      true,
    ])
    // Also of what is still waiting to be written.
    expect(one.add(entry, from(10))).toBe(false)
    expect(one.takeBatch()?.entries).toHaveLength(1)
  })
  it('[R9] that is full takes nothing of the server either', () => {
    expect(room(new Map(), CHANNEL_MAX_BYTES - 1).add(entry, from(0))).toBe(true)
    expect(room(new Map(), CHANNEL_MAX_BYTES).add(entry, from(0))).toBe(false)
  })
})

describe('an entry of the server', () => {
  afterEach(() => vi.restoreAllMocks())
  const update = (doc: Y.Doc, change: () => void): Uint8Array => {
    const updates: Uint8Array[] = []
    doc.once('update', (one: Uint8Array) => updates.push(one))
    doc.transact(change)
    return updates[0]!
  }
  /** Records without texts, what the server gives them, and an honest word. */
  function log() {
    const doc = new Y.Doc()
    doc.clientID = META_CLIENT
    const meta = update(doc, () => doc.getMap('meta').set('languages', ['eu', 'es']))
    doc.clientID = 1
    const word = update(doc, () => doc.getText('identity.title:eu').insert(0, 'Plana'))
    doc.clientID = 2
    const empty = update(doc, () => doc.getMap('audiences').set('one', new Y.Map([['order', 'a0']])))
    const server = completeRecords(PLAN, doc)!.update
    Y.applyUpdate(doc, server)
    doc.clientID = 1
    const more = update(doc, () => doc.getText('identity.title:eu').insert(5, '!'))
    const person = 'ane' as PersonId
    return [meta, word, empty, server, more].map((one, i) => ({ seq: i + 1, person, update: one }))
  }
  /** What each reading costs, of the budget. */
  function costing(...shares: readonly number[]): void {
    let sum = 0
    let i = 0
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 2 * READ_MAX_CPU_MS))
    vi.spyOn(process, 'threadCpuUsage').mockImplementation((began) => {
      if (began === undefined) sum = i = 0
      else sum += (shares[i++] ?? 0) * READ_MAX_CPU_MS * 1_000
      return { user: sum, system: 0 }
    })
  }
  const followed = () => new Followed(content, 1, 0, EMPTY_UPDATE)

  it('[R8] is never the one that costs too much: the dearest of those that people wrote is', () => {
    costing(0, 0.1, 0.5, 0.9)
    expect(followed().take(log())).toMatchObject({ seq: 3, why: 'takes too long to read' })
    costing(0, 0.1, 0.5, 0.2, 0.6)
    expect(followed().take(log())).toMatchObject({ seq: 5, why: 'takes too long to read' })
    costing(0.1, 0.2, 0.3, 0.4)
    expect(followed().take(log())).toBeNull()
  })
  it('[R8] does no harm by itself, however long it takes', () => {
    const text = followed()
    expect(text.take(log().slice(0, 3))).toBeNull()
    costing(5)
    expect(text.take(log().slice(3, 4))).toBeNull()
  })
  it('[R8] leaves what stays its own budget on both sides of what goes, however often it is sifted', () => {
    const entries = log()
    const known = [{ seq: 3, why: 'does harm' }]
    // Two entries on each side: all four together are beyond it.
    costing(0.4, 0.4, 0.4, 0.4)
    expect(sift(followed(), entries, known, 30_000).removed).toEqual([
      ...known,
      { seq: 4, why: BUILDS_ON_REMOVED },
    ])
  })
  it('[R8] that is known to do harm goes, and its ids are not barred', () => {
    const known = (...seqs: number[]) => seqs.map((seq) => ({ seq, why: 'does harm' }))
    const entries = log()
    const { removed, barred } = sift(followed(), entries, known(1, 4), 30_000)
    expect(removed.map(({ seq }) => seq)).toEqual([1, 4])
    expect(barred).toEqual([])
    expect(sift(followed(), entries, known(5), 30_000).barred).toEqual([1])
    expect(docOf(...entries.map((one) => one.update)).getMap('audiences').size).toBe(1)
  })
})
