/** Two nodes have a room of the same channel, on one store. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { pino } from 'pino'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import { DEFAULT_CAPACITY, EPOCH_HELD_MAX_MS } from '@auzolan/shared/limits.ts'
import { decodePresence, encodePresence, type PresenceState } from '@auzolan/shared/protocol/presence.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import type { Member } from '@auzolan/server/src/rooms/member.ts'
import type { Room } from '@auzolan/server/src/rooms/room.ts'
import { Rooms } from '@auzolan/server/src/rooms/rooms.ts'
import { wholeText } from '@auzolan/server/src/gateway/whole-text.ts'
import { gossip } from '../support/gossip.ts'
import { temporaryFolder, until } from '../support/server.ts'
import { ANE, JON, bytes, entry, newChannel } from './journal.ts'

const ROOT = 'identity.title:eu'

let folder: string
let journal: SqliteJournal
let channel: ChannelId
let nodes: { rooms: Rooms; leave(): void }[]
let hears: boolean
beforeEach(async () => {
  folder = await temporaryFolder()
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date())
  hears = true
  const net = gossip(() => 0.99, 0, 0)
  nodes = [1, 2].map(() => {
    const bus = net.join()
    const rooms = new Rooms(
      journal,
      async () => ({ roots: new Set([ROOT]), appendOnly: false }),
      pino({ level: 'silent' }),
      { opened: () => {}, edited: () => {}, left: () => {}, committed: () => {} },
      DEFAULT_CAPACITY,
      bus,
    )
    bus.listen({
      hinted: (hint) => hears && rooms.hinted(hint),
      shown: (node, of, states) => rooms.shown(node, of, states),
      asked: (of) => rooms.asked(of),
      held: (of) => rooms.held(of),
      news: () => {},
      missed: () => {},
    })
    return { rooms, leave: () => bus.leave() }
  })
  channel = newChannel()
  await journal.create([{ channel, birth: entry(ANE, new Uint8Array([0, 0])) }])
})
afterEach(async () => {
  for (const { rooms } of nodes) await rooms.close('RESTART')
  await journal.close()
  await rm(folder, { recursive: true })
})

interface Guest extends Member {
  readonly doc: Y.Doc
  readonly room: Room
  readonly told: {
    seqs: [number, number][]
    acknowledged: number
    left: RefusalCode[]
    shown: PresenceState[]
  }
  text(): string
}
async function enter(at: number, person: PersonId = ANE): Promise<Guest> {
  const doc = new Y.Doc()
  const told: Guest['told'] = { seqs: [], acknowledged: 0, left: [], shown: [] }
  const room = (await nodes[at]!.rooms.open(channel))!
  const guest: Guest = {
    doc,
    room,
    told,
    person,
    name: person,
    clientIds: new Set([doc.clientID]),
    entries: (from, to, updates) => {
      told.seqs.push([from, to])
      updates.forEach((update) => Y.applyUpdate(doc, update, 'log'))
    },
    backlogBytes: 0,
    snapshot: ({ gzip }) => Y.applyUpdate(doc, gunzipSync(gzip), 'log'),
    full: () => {},
    acknowledged: (count) => void (told.acknowledged += count),
    presence: (states) => void told.shown.push(...decodePresence(states)),
    leave: (code) => void told.left.push(code),
    text: () => doc.getText(ROOT).toString(),
  }
  await room.bind([doc.clientID], person, 'yes')
  await room.join(guest, 0)
  return guest
}
function type(by: Guest, text: string): void {
  const known = Y.encodeStateVector(by.doc)
  by.doc.getText(ROOT).insert(0, text)
  expect(by.room.write(by, Y.encodeStateAsUpdate(by.doc, known))).toBeNull()
}

describe('two rooms of one channel', () => {
  it('[ND1] tell their members what is written at the other, once and in order', async () => {
    const [ane, jon] = [await enter(0), await enter(1, JON)]
    for (const letter of 'abc') {
      type(ane, letter)
      await until(() => jon.text().includes(letter), 'it is seen')
    }
    type(jon, 'd')
    await until(() => ane.text() === 'dcba', 'and back')
    expect(jon.told.seqs).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ])
    expect([ane.told.acknowledged, jon.told.acknowledged]).toEqual([3, 1])
  })

  it('[ND1] that hear nothing of each other write all the same, and find out by writing and by looking', async () => {
    hears = false
    const [ane, jon] = [await enter(0), await enter(1, JON)]
    type(ane, 'a')
    await until(() => ane.told.acknowledged === 1, 'one has written')
    for (const letter of 'xyz') type(jon, letter)
    await until(() => jon.told.acknowledged === 3, 'so has the other, behind it')
    expect(jon.text()).toContain('a')
    expect(ane.text()).toBe('a')
    await nodes[0]!.rooms.look()
    await until(() => ane.text() === jon.text(), 'both read the same')
    expect([...ane.told.left, ...jon.told.left]).toEqual([])
  })

  it('[ND1] take what somebody sends again at the other one for what it is: there already', async () => {
    hears = false
    const [before, after] = [await enter(0), await enter(1)]
    before.doc.getText(ROOT).insert(0, 'a')
    const update = Y.encodeStateAsUpdate(before.doc)
    expect(before.room.write(before, update)).toBeNull()
    await until(() => before.told.acknowledged === 1, 'it is on disk')
    // The acknowledgement was lost, and the other node knows nothing of it yet.
    await after.room.bind([before.doc.clientID], ANE, 'yes')
    expect(after.room.write(after, update)).toBeNull()
    await until(() => after.told.acknowledged === 1, 'it is acknowledged')
    expect((await journal.open(channel))!.seq).toBe(2)
  })

  it('[ND1] bring whoever comes from the other one no less than they have', async () => {
    hears = false
    await enter(1, JON)
    const ane = await enter(0)
    for (const letter of 'ab') type(ane, letter)
    await until(() => ane.told.acknowledged === 2, 'it is on disk')
    const room = (await nodes[1]!.rooms.open(channel, { epoch: 1, seq: 3 }))!
    expect(room.seq).toBe(3)
    // Who says that they know more than there is gets what there is.
    expect((await nodes[1]!.rooms.open(channel, { epoch: 9, seq: 900 }))!.seq).toBe(3)
  })

  it('[ND1] give nobody what they do not know themselves: who has read it may write behind it at once', async () => {
    hears = false
    const jon = await enter(1, JON)
    const ane = await enter(0)
    for (const letter of 'ab') type(ane, letter)
    await until(() => ane.told.acknowledged === 2, 'it is on disk')
    expect(jon.room.seq).toBe(1)
    const late = await enter(1, JON)
    expect(late.text()).toBe('ba')
    type(late, 'c')
    await until(() => late.told.acknowledged === 1, 'it is written')
    expect([late.room.seq, jon.text()]).toEqual([4, 'cba'])
  })

  it('[ND1] give nobody a text put together beyond them, before they know of it', async () => {
    hears = false
    const [jon, ane] = [await enter(1, JON), await enter(0)]
    for (const letter of 'ab') type(ane, letter)
    await until(() => ane.told.acknowledged === 2, 'it is on disk')
    const gzip = gzipSync(Y.encodeStateAsUpdate(ane.doc))
    await journal.compact({ channel, epoch: 1, seq: 3, gzip, bytes: 5 })
    const late = await enter(1, JON)
    expect([late.text(), late.room.seq]).toEqual(['ba', 3])
    type(late, 'c')
    await until(() => late.told.acknowledged === 1, 'it is written')
    await until(() => jon.text() === 'cba', 'who was there has it too')
  })

  it('[ND1] find out whether they were behind, when somebody brings what they cannot know yet', async () => {
    hears = false
    const [ane, jon] = [await enter(0), await enter(1, JON)]
    type(ane, 'a')
    await until(() => ane.told.acknowledged === 1, 'it is on disk')
    // A stock client that comes over brings what it has of others as well, and says nowhere how far it is.
    const all = Y.encodeStateAsUpdate(ane.doc)
    expect(jon.room.write(jon, all)).toMatchObject({ refused: 'FORGED_AUTHOR' })
    expect(await nodes[1]!.rooms.wasBehind(jon.room)).toBe(true)
    expect(jon.room.write(jon, all)).toBeNull()
    expect(await nodes[1]!.rooms.wasBehind(jon.room)).toBe(false)
  })

  it('[ND1] of a whole text make one, however many ask for it after an edit', async () => {
    const ane = await enter(0)
    await wholeText(ane.room)
    type(ane, 'a')
    await until(() => ane.told.acknowledged === 1, 'it is on disk')
    const texts = await Promise.all(Array.from({ length: 50 }, () => wholeText(ane.room)))
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]!.seq).toBe(2)
  })

  it('[ND1] know what the other has put together', async () => {
    const [ane, jon] = [await enter(0), await enter(1, JON)]
    for (const letter of 'abc') type(ane, letter)
    await until(() => jon.text() === 'cba', 'it is seen')
    await journal.compact({ channel, epoch: 1, seq: jon.room.seq, gzip: bytes(1), bytes: 5 })
    await nodes[1]!.rooms.look()
    expect(jon.room.tail).toEqual({ entries: 0, bytes: 0 })
  })
})

describe('a new epoch that the other node begins', () => {
  const renewal = (removed: number[]) => ({
    channel,
    epoch: 1,
    seq: 2,
    gzip: gzipSync(new Uint8Array([0, 0])),
    bytes: 1,
    cause: 'repair' as const,
    clocks: new Map<number, number>(),
    removed: removed.map((seq) => ({ seq, why: 'does harm' })),
    barred: [],
  })
  it('[ND3] [E1] sends everybody out here as well, and whoever did harm is told so', async () => {
    const [ane, jon] = [await enter(1), await enter(1, JON)]
    type(ane, 'harm')
    await until(() => ane.told.acknowledged === 1, 'it is written')
    await nodes[0]!.rooms.renew(channel, async () => void (await journal.renew(renewal([2]))))
    await until(() => jon.told.left.length > 0 && ane.told.left.length > 0, 'both are out')
    // Held first, so that nobody writes in between.
    expect(jon.told.left).toEqual(['TRY_AGAIN'])
    expect((await enter(1)).room.epoch).toBe(2)
  })
  it('[ND3] [E1] is noticed by whoever has heard nothing of it, by writing or by looking', async () => {
    const [ane, jon] = [await enter(1), await enter(1, JON)]
    type(ane, 'harm')
    await until(() => ane.told.acknowledged === 1, 'it is written')
    expect(await journal.renew(renewal([2]))).toBe(true)
    type(jon, 'x')
    await until(() => jon.told.left.length > 0, 'it is noticed')
    expect([ane.told.left, jon.told.left]).toEqual([['QUARANTINED'], ['EPOCH_OLD']])
    expect((await enter(1)).room.epoch).toBe(2)
    const late = await enter(0)
    expect(await journal.renew({ ...renewal([]), epoch: 2 })).toBe(true)
    await nodes[0]!.rooms.look()
    await until(() => late.told.left.length > 0, 'it is noticed by looking')
    expect(late.told.left).toEqual(['EPOCH_OLD'])
  })
  it('[ND1] that takes long is waited for, as long as it is said to be under way', async () => {
    const began = performance.now()
    const enough = EPOCH_HELD_MAX_MS * 1.5
    const making = nodes[0]!.rooms.renew(channel, () => new Promise((resolve) => setTimeout(resolve, enough)))
    await enter(1)
    expect(performance.now() - began).toBeGreaterThan(enough)
    await making
  }, 20_000)
  it('[ND1] that never comes keeps nobody out for long', async () => {
    nodes[1]!.rooms.held(channel)
    const began = performance.now()
    await enter(1)
    expect(performance.now() - began).toBeGreaterThan(EPOCH_HELD_MAX_MS - 50)
    expect(performance.now() - began).toBeLessThan(EPOCH_HELD_MAX_MS + 3_000)
  })
})

describe('a store that has gone back to an older state', () => {
  async function goBack(): Promise<void> {
    const { rows } = journal
    await rows.deleteFrom('entry').where('channel', '=', channel).where('seq', '>', 1).execute()
    await rows.updateTable('channel').set({ seq: 1 }).where('id', '=', channel).execute()
  }
  it.each(['writing', 'looking'])(
    '[ND1] is noticed by %s: everybody begins again, and goes on',
    async (how) => {
      const ane = await enter(0)
      type(ane, 'a')
      await until(() => ane.told.acknowledged === 1, 'it is on disk')
      await goBack()
      if (how === 'writing') type(ane, 'b')
      else await nodes[0]!.rooms.look()
      await until(() => ane.told.left.length > 0, 'it is noticed')
      expect([ane.told.left, ane.told.acknowledged]).toEqual([['TRY_AGAIN'], 1])
      const again = await enter(0)
      type(again, 'c')
      await until(() => again.told.acknowledged === 1, 'it is written')
      expect((await journal.open(channel))!.seq).toBe(2)
    },
  )
})

describe('presence on several nodes', () => {
  const caret = (of: Guest, clock: number): Uint8Array =>
    encodePresence([{ clientId: of.doc.clientID, clock, state: { user: { color: '#112233' } } }])
  const seenBy = (guest: Guest, of: Guest) => guest.told.shown.filter((s) => s.clientId === of.doc.clientID)

  it('[ND4] is shown at the other node, with the person the server knows, and ends with the session', async () => {
    const [ane, jon] = [await enter(0), await enter(1, JON)]
    ane.room.showPresence(ane, caret(ane, 1))
    await until(() => seenBy(jon, ane).length === 1, 'it is shown')
    expect(seenBy(jon, ane)[0]!.state).toMatchObject({ user: { id: 'ane', color: '#112233' } })
    expect(ane.room.presenceFor(ane)).toBeNull()
    ane.room.leave(ane)
    await until(() => seenBy(jon, ane).at(-1)?.state === null, 'it is gone')
  })
  it('[ND4] is told to a node that opens the channel later', async () => {
    const ane = await enter(0)
    ane.room.showPresence(ane, caret(ane, 1))
    await until(() => ane.room.presenceHere.length === 1, 'it is known')
    const jon = await enter(1, JON)
    await until(() => jon.room.presenceFor(jon) !== null, 'it is known there')
  })
  it('[ND4] of whoever has come over from the other node is not taken away by their farewell there', async () => {
    const [ane, jon] = [await enter(0), await enter(1, JON)]
    ane.room.showPresence(ane, caret(ane, 1))
    await until(() => seenBy(jon, ane).length === 1, 'it is shown')
    // The same page, on its way to the other node before this one has noticed that it went.
    const moved = { ...ane, room: jon.room }
    await jon.room.join(moved, 0)
    jon.room.showPresence(moved, caret(ane, 2))
    ane.room.leave(ane)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(decodePresence(jon.room.presenceFor(jon)!).map((s) => [s.clientId, s.clock])).toEqual([
      [ane.doc.clientID, 2],
    ])
  })
  it('[ND4] that nobody can read takes no harm', async () => {
    const jon = await enter(1, JON)
    nodes[1]!.rooms.shown('other', channel, new Uint8Array([255, 1, 2]))
    nodes[1]!.rooms.shown('other', newChannel(), new Uint8Array())
    expect(jon.room.presenceFor(jon)).toBeNull()
  })
})
