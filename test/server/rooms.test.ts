/** A channel has one room at a time, whoever comes and goes at the same moment, and a room that fails lets nobody in. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import {
  CHANNEL_MAX_BYTES,
  DEFAULT_CAPACITY,
  DELETIONS_WHEN_FULL_MAX_BYTES,
  IDLE_CLIENT_IDS_MAX,
  ROUNDS_BURST,
  ROUNDS_PER_SECOND,
} from '@auzolan/shared/limits.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import type { Member } from '@auzolan/server/src/rooms/member.ts'
import { Room } from '@auzolan/server/src/rooms/room.ts'
import { Rooms } from '@auzolan/server/src/rooms/rooms.ts'
import { temporaryFolder, until } from '../support/server.ts'
import { ANE, JON, bytes, entry, newChannel } from './journal.ts'

const ROOT = 'identity.title:eu'

interface Guest extends Member {
  readonly doc: Y.Doc
  readonly told: { seqs: number[]; acknowledged: number; left: RefusalCode[] }
}
function guest(onEntries: () => void = () => {}): Guest {
  const doc = new Y.Doc()
  const told: Guest['told'] = { seqs: [], acknowledged: 0, left: [] }
  return {
    doc,
    told,
    person: ANE,
    name: 'Ane',
    clientIds: new Set([doc.clientID]),
    entries: (_from, to, updates) => {
      onEntries()
      told.seqs.push(to)
      updates.forEach((u) => Y.applyUpdate(doc, u, 'log'))
    },
    backlogBytes: 0,
    snapshot: () => {},
    full: () => {},
    acknowledged: (count) => void (told.acknowledged += count),
    presence: () => {},
    leave: (code) => void told.left.push(code),
  }
}
function typed(by: Guest, text: string): Uint8Array {
  const known = Y.encodeStateVector(by.doc)
  by.doc.getText(ROOT).insert(0, text)
  return Y.encodeStateAsUpdate(by.doc, known)
}

let folder: string
let journal: SqliteJournal
let rooms: Rooms
let channel: ChannelId
let committed: Room[]
beforeEach(async () => {
  folder = await temporaryFolder()
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date())
  committed = []
  rooms = new Rooms(
    journal,
    async () => ({ roots: new Set([ROOT]), appendOnly: false }),
    pino({ level: 'silent' }),
    { opened: () => {}, edited: (room) => committed.push(room), left: () => {}, committed: () => {} },
  )
  channel = newChannel()
  await journal.create([{ channel: channel, birth: entry(ANE, new Uint8Array([0, 0])) }])
})
afterEach(async () => {
  await rooms.close('RESTART')
  await journal.close()
  await rm(folder, { recursive: true })
})

const open = async (of = channel): Promise<Room> => (await rooms.open(of))!
async function enter(room: Room, who: Guest): Promise<void> {
  await room.bind([...who.clientIds], who.person, 'yes')
  await room.join(who, 0)
}

describe('the room of a channel', () => {
  it('is one, however many ask at once', async () => {
    const opened = await Promise.all([1, 2, 3].map(() => open()))
    expect(new Set(opened).size).toBe(1)
  })

  it('is none where there is no channel', async () => {
    expect(await rooms.open(newChannel())).toBeNull()
  })

  it('stays while somebody is on the way in, though the last one leaves (a reload)', async () => {
    const [leaving, arriving] = [guest(), guest()]
    const before = await open()
    await enter(before, leaving)
    const after = await open()
    before.leave(leaving)
    rooms.release(before)
    await enter(after, arriving)

    const third = guest()
    const room = await open()
    expect(room).toBe(after)
    await enter(room, third)
    expect(room.write(third, typed(third, 'kaixo'))).toBeNull()
    await until(() => arriving.doc.getText(ROOT).toString() === 'kaixo', 'the two are in the same room')
  })

  it('is forgotten when everybody has given it back, and opens again from the log', async () => {
    const writer = guest()
    const room = await open()
    await enter(room, writer)
    expect(room.write(writer, typed(writer, 'kaixo'))).toBeNull()
    room.leave(writer)
    // The edit is still being written: the room must see it through.
    rooms.release(room)
    await until(() => committed.length === 1, 'the edit is on disk')
    const again = await open()
    expect(again).not.toBe(room)
    const reader = guest()
    await enter(again, reader)
    expect(reader.doc.getText(ROOT).toString()).toBe('kaixo')
  })

  it('given back after it has failed does not touch the room that came after', async () => {
    const room = await open()
    await rooms.close('TRY_AGAIN')
    const next = await open()
    rooms.release(room)
    rooms.release(room)
    expect(await open()).toBe(next)
  })
})

describe('a store that takes nothing', () => {
  it.each([
    ['says so at once', 0, 6],
    ['says nothing for more than a second', 1_100, 2],
  ])('and %s: rooms try by themselves only where that helps', async (_words, ms, tries) => {
    const channels = [1, 2, 3, 4, 5].map(() => newChannel())
    await journal.create(channels.map((of) => ({ channel: of, birth: entry(ANE, new Uint8Array([0, 0])) })))
    const guests = channels.map(() => guest())
    const append = vi.spyOn(journal, 'append').mockImplementation(async () => {
      await sleep(ms)
      throw new Error('no disk')
    })
    const open = await Promise.all(channels.map((of) => rooms.open(of)))
    for (const [i, who] of guests.entries()) await enter(open[i]!, who)
    for (const [i, who] of guests.entries()) expect(open[i]!.write(who, typed(who, 'x'))).toBeNull()
    await until(() => guests.every(({ told }) => told.left.length > 0), 'all are sent away')
    expect(append).toHaveBeenCalledTimes(tries)
    expect(new Set(guests.flatMap(({ told }) => told.left))).toEqual(new Set(['TRY_AGAIN']))
    append.mockRestore()
  })
})

describe('client ids in a room', () => {
  const bound = async (): Promise<number[]> => [...(await journal.open(channel))!.owners.keys()]
  it('[A3] of somebody who only reads are not kept, and not taken from their owner', async () => {
    const room = await open()
    expect(await room.bind([1, 2], ANE, 'no')).toBeNull()
    expect(await bound()).toEqual([])
    expect(await room.bind([1], JON, 'locked')).toBeNull()
    expect(await bound()).toEqual([1])
    expect(await room.bind([1], ANE, 'no')).toMatchObject({ refused: 'CLIENT_ID_TAKEN' })
  })
  it('that never wrote are given up beyond a limit, the earliest first, and never those that are here', async () => {
    const room = await open()
    const [writer, idle] = [guest(), guest()]
    await enter(room, writer)
    await enter(room, idle)
    expect(room.write(writer, typed(writer, 'x'))).toBeNull()
    // A page more than may stay; `idle` is the earliest, but here, so its turn goes by.
    const ids = Array.from({ length: IDLE_CLIENT_IDS_MAX }, (_, i) => 1_000 + i)
    await room.bind(ids.slice(0, -1), ANE, 'yes')
    expect((await bound()).length).toBe(IDLE_CLIENT_IDS_MAX + 1)
    await room.bind(ids.slice(-1), ANE, 'yes')
    expect((await bound()).length).toBe(IDLE_CLIENT_IDS_MAX + 2)
    await room.bind([9], ANE, 'yes')
    const left = await bound()
    expect(left.length).toBe(IDLE_CLIENT_IDS_MAX + 2)
    expect([writer.doc.clientID, idle.doc.clientID, 9].every((id) => left.includes(id))).toBe(true)
    expect(left.includes(ids[0]!)).toBe(false)
    expect(await room.bind([ids[0]!], JON, 'yes')).toBeNull()
  })
})

describe('a full room', () => {
  it.each([
    [CHANNEL_MAX_BYTES + DELETIONS_WHEN_FULL_MAX_BYTES - 1, null],
    [CHANNEL_MAX_BYTES + DELETIONS_WHEN_FULL_MAX_BYTES, { refused: 'DOCUMENT_FULL' }],
  ])('of %i bytes takes deletions: %o', async (snapshotBytes, answer) => {
    const one = guest()
    const { clientID } = one.doc
    const stored = {
      ...(await journal.open(channel))!,
      snapshotBytes,
      tailBytes: 0,
      owners: new Map([[clientID, ANE]]),
      clocks: new Map([[clientID, 1]]),
    }
    const rules = { roots: new Set([ROOT]), appendOnly: false }
    const room = new Room(channel, stored, rules, journal, DEFAULT_CAPACITY, () => {})
    await room.join(one, room.seq)
    typed(one, 'x')
    const known = Y.encodeStateVector(one.doc)
    one.doc.getText(ROOT).delete(0, 1)
    const deletion = Y.encodeStateAsUpdate(one.doc, known)
    if (answer) expect(room.write(one, deletion)).toMatchObject(answer)
    else expect(room.write(one, deletion)).toBeNull()
    one.doc.getText(ROOT).insert(0, 'y')
    expect(room.write(one, Y.encodeStateAsUpdate(one.doc, known))).toMatchObject({ refused: 'DOCUMENT_FULL' })
  })
})

describe('a new epoch', () => {
  it('does not wait for rooms that are always being written', async () => {
    const other = newChannel()
    await journal.create([{ channel: other, birth: entry(ANE, bytes(2, 0)) }])
    const [busy, calm] = [await open(other), await open()]
    const [writer, reader] = [guest(), guest()]
    await enter(busy, writer)
    await enter(calm, reader)
    let typing = true
    const type = (): void => {
      if (!typing) return
      busy.write(writer, typed(writer, 'x'))
      setImmediate(type)
    }
    type()
    await until(() => writer.told.acknowledged > 3, 'somebody types without a pause')
    let begun = false
    await rooms.renew(channel, async () => void (begun = true))
    expect([begun, typing, reader.told.left]).toEqual([true, true, ['EPOCH_OLD']])
    typing = false
  })
  it('comes after the commit under way, and one after the other', async () => {
    const room = await open()
    const one = guest()
    await enter(room, one)
    expect(room.write(one, typed(one, 'x'))).toBeNull()
    await Promise.resolve()
    await Promise.resolve()
    let inside = 0
    const order: number[] = []
    const work = (n: number) => async (): Promise<void> => {
      inside += 1
      expect(inside).toBe(1)
      order.push(n, (await journal.open(channel))!.seq)
      inside -= 1
    }
    await Promise.all([1, 2, 3].map((n) => rooms.renew(channel, work(n))))
    expect(order).toEqual([1, 2, 2, 2, 3, 2])
    expect(one.told).toMatchObject({ acknowledged: 1, left: ['EPOCH_OLD'] })
  })
})

describe('a room that fails', () => {
  it('[R6] sends everybody away, also those on their way in, and the next room has all that is on disk', async () => {
    const [one, late] = [guest(), guest()]
    const room = await open()
    await enter(room, one)
    expect(room.write(one, typed(one, 'first'))).toBeNull()
    await until(() => one.told.acknowledged === 1, 'the first edit is on disk')
    const belongsTo = (person: PersonId) =>
      journal.rows.updateTable('author').set({ person }).where('client', '=', one.doc.clientID).execute()
    // A store that takes nothing: what it is asked to write breaks a rule of its own.
    await belongsTo(JON)
    expect(room.write(one, typed(one, 'second'))).toBeNull()
    await until(() => one.told.left.length > 0, 'the room gives up')
    expect(one.told).toMatchObject({ left: ['TRY_AGAIN'], acknowledged: 1 })
    await belongsTo(ANE)
    await room.join(late, 0)
    expect(late.told.left).toEqual(['TRY_AGAIN'])

    const next = await open()
    expect(next).not.toBe(room)
    await enter(next, one)
    expect(next.write(one, Y.encodeStateAsUpdate(one.doc))).toBeNull()
    await until(() => one.told.acknowledged === 2, 'the edit that was sent again is on disk')
    const cold = guest()
    await enter(next, cold)
    expect(cold.doc.getText(ROOT).toString()).toBe('secondfirst')
  })

  it('because a member cannot be told does not take others with it', async () => {
    const room = await open()
    const [writer, broken] = [
      guest(),
      guest(() => {
        throw new Error('cannot be told')
      }),
    ]
    await enter(room, writer)
    // The broken one has nothing to catch up with, so it breaks only at the first news.
    await room.join(broken, room.seq)
    const other = newChannel()
    await journal.create([{ channel: other, birth: entry(ANE, bytes(2, 0)) }])
    const elsewhere = await open(other)
    const bystander = guest()
    await enter(elsewhere, bystander)
    expect(room.write(writer, typed(writer, 'x'))).toBeNull()
    expect(elsewhere.write(bystander, typed(bystander, 'y'))).toBeNull()
    await until(() => bystander.told.acknowledged === 1, 'the other room goes on')
    expect(bystander.told.left).toEqual([])
    await until(() => writer.told.left.length === 1, 'this room starts afresh')
    const again = guest()
    await enter(await open(), again)
    expect(again.doc.getText(ROOT).toString()).toBe('x')
  })
})

describe('rounds of a room', () => {
  it('go at once while few ask, and are thirty a second under load, with everything in them', async () => {
    const one = guest()
    const room = await open()
    await enter(room, one)
    const began = performance.now()
    for (let n = 0; n < 400; n++) {
      expect(room.write(one, typed(one, 'a'))).toBeNull()
      if (n % 2 === 0) await sleep(1)
    }
    await until(() => one.told.acknowledged === 400, 'all are on disk')
    const seconds = (performance.now() - began) / 1_000
    expect(committed.length).toBeLessThanOrEqual(ROUNDS_BURST + ROUNDS_PER_SECOND * seconds + 1)
    expect(committed.length).toBeGreaterThan(1)
    expect((await journal.open(channel))?.seq).toBe(401)
  })

  it('give a member that takes its own again what is the same for all, and nothing when all of it is its own', async () => {
    const [stock, other] = [{ ...guest(), takesOwn: true }, guest()]
    const heard: (readonly Uint8Array[])[] = []
    const { entries } = stock
    stock.entries = (from, to, updates) => {
      heard.push(updates)
      entries(from, to, updates)
    }
    const room = await open()
    await enter(room, stock)
    await enter(room, other)
    heard.length = 0
    expect(room.write(stock, typed(stock, 'kaixo'))).toBeNull()
    await until(() => other.doc.getText(ROOT).toString() === 'kaixo', 'the other has it')
    expect(heard).toEqual([])
    expect(room.write(stock, typed(stock, '1'))).toBeNull()
    expect(room.write(other, typed(other, '2'))).toBeNull()
    await until(() => stock.told.acknowledged === 2 && other.told.acknowledged === 1, 'both are on disk')
    expect(heard.map((updates) => updates.length)).toEqual([2])
    const texts = [stock, other].map(({ doc }) => doc.getText(ROOT).toString())
    expect(texts[0]).toBe(texts[1])
  })
})
