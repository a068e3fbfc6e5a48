/** Channels that are being edited: put together when they grow, repaired when an entry does harm, erased when asked. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { channelId, newUuid, type ChannelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import {
  COMPACT_AFTER_LEAVE_MS,
  COMPACT_LEFT_MIN_ENTRIES,
  FOLLOW_WITHIN_MS,
  RECORDS_COMPLETED_AT_ONCE,
  TAIL_MAX_ENTRIES,
  WORKER_TASK_MAX_MS,
} from '@auzolan/shared/limits.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, RECORDS_CLIENT, rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { Compaction, WorkerStuck } from '@auzolan/server/src/compaction/compaction.ts'
import { Keeper } from '@auzolan/server/src/compaction/keeper.ts'
import { Documents } from '@auzolan/server/src/documents/documents.ts'
import { Teams } from '@auzolan/server/src/teams/teams.ts'
import { teamOf } from '../support/teams.ts'
import { planTemplate } from '@auzolan/server/src/documents/plan-template.ts'
import { Attribution } from '@auzolan/server/src/history/attribution.ts'
import { Names } from '@auzolan/server/src/history/names.ts'
import { Versions } from '@auzolan/server/src/review/versions.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { Rooms } from '@auzolan/server/src/rooms/rooms.ts'
import { temporaryFolder, until } from '../support/server.ts'

const ANE = 'ane' as PersonId
const MALLORY = 'mallory' as PersonId
const ALL = { entries: 100_000, bytes: 1e9 }
const TITLE = 'identity.title:eu'

let folder: string
let journal: SqliteJournal
let compaction: Compaction
let documents: Documents
let teams: Teams
let rooms: Rooms
let keeper: Keeper
let attribution: Attribution
let id: DocumentId
let content: ChannelId
const counted = { compacted: 0, quarantined: 0 }
beforeEach(async () => {
  folder = await temporaryFolder()
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date())
  compaction = new Compaction()
  teams = new Teams(journal, () => new Date())
  documents = new Documents(journal, compaction, teams, () => new Date())
  const log = pino({ level: 'silent' })
  counted.compacted = counted.quarantined = 0
  const meter = {
    compacted: () => void (counted.compacted += 1),
    quarantined: (n: number) => void (counted.quarantined += n),
  }
  const versions = new Versions(journal, compaction)
  attribution = new Attribution(journal, versions, new Names(journal))
  keeper = new Keeper(compaction, documents, journal, () => rooms, meter, log)
  keeper.onRead(attribution.read.bind(attribution))
  rooms = new Rooms(journal, async () => ({ roots: rootsOf(PLAN, ['eu', 'es']) }) as never, log, {
    opened: (room) => keeper.opened(room),
    edited: (room) => keeper.edited(room),
    left: (room) => keeper.left(room),
    committed: () => {},
  })
  const teamId = await teamOf(teams, 't', ['person', ANE, 'editor'])
  const languages = ['eu', 'es']
  id = await documents.create({
    teamId,
    languages,
    template: planTemplate(languages, { eu: 'Plana' }),
    by: ANE,
  })
  content = channelId(id, 'content')
})
afterEach(async () => {
  keeper.close()
  await rooms.close('RESTART')
  await compaction.close()
  await journal.close()
  await rm(folder, { recursive: true })
})

/** A document that knows the log so far, whose changes go into the log as they are. */
async function writer(channel: ChannelId, person: PersonId): Promise<{ doc: Y.Doc; write(): Promise<void> }> {
  const doc = new Y.Doc()
  const { snapshot, entries } = await journal.read(channel, 0, ALL)
  if (snapshot) Y.applyUpdate(doc, gunzipSync(snapshot.gzip))
  for (const { update } of entries) Y.applyUpdate(doc, update)
  await journal.bind(channel, [doc.clientID], person)
  let fresh: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => fresh.push(update))
  return {
    doc,
    async write() {
      const { epoch, seq } = (await journal.open(channel))!
      const clock = Y.getState(doc.store, doc.clientID)
      const entries = fresh.map((update) => ({ person, update, clocks: new Map([[doc.clientID, clock]]) }))
      fresh = []
      await journal.append([{ channel, epoch, afterSeq: seq, entries }])
    },
  }
}
async function cold(channel: ChannelId): Promise<Y.Doc> {
  return (await writer(channel, 'reader' as PersonId)).doc
}
/** Tells the keeper, as a room does after a commit. */
async function edited(channel: ChannelId): Promise<void> {
  const { seq, snapshotSeq, tailBytes } = (await journal.open(channel))!
  keeper.edited({ channel, tail: { entries: seq - snapshotSeq, bytes: tailBytes } } as never)
}

describe('the keeper', () => {
  it('[R7] puts a long log together, and the text is the same', async () => {
    const ane = await writer(content, ANE)
    for (let i = 0; i <= TAIL_MAX_ENTRIES; i++) ane.doc.getText(TITLE).insert(0, 'x')
    await ane.write()
    await edited(content)
    await until(() => counted.compacted === 1, 'the log is put together')
    const head = (await journal.open(content))!
    expect(head).toMatchObject({ epoch: 1, snapshotSeq: head.seq, tailBytes: 0 })
    expect((await cold(content)).getText(TITLE).toString()).toBe(`${'x'.repeat(TAIL_MAX_ENTRIES + 1)}Plana`)
  })

  it('[R7] puts a log together also when the worker has ended since it read it, as it does when nothing happens', async () => {
    // A thread that has to begin anew takes its time on a busy machine.
    const patient = { timeout: 20_000 }
    const resting = new Compaction(WORKER_TASK_MAX_MS, 50)
    const meter = { compacted: () => void (counted.compacted += 1), quarantined: () => {} }
    const other = new Keeper(resting, documents, journal, () => rooms, meter, pino({ level: 'silent' }))
    const ane = await writer(content, ANE)
    for (let i = 0; i < COMPACT_LEFT_MIN_ENTRIES; i++) ane.doc.getText(TITLE).insert(0, 'x')
    await ane.write()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const followed = vi.spyOn(resting, 'follow')
      const { seq } = (await journal.open(content))!
      const room = { channel: content, tail: { entries: seq, bytes: 1 }, isEmpty: true } as never
      other.edited(room)
      await vi.advanceTimersByTimeAsync(FOLLOW_WITHIN_MS)
      await vi.waitUntil(() => followed.mock.settledResults.some(({ type }) => type === 'fulfilled'), patient)
      // What it does besides sets its rest back.
      await vi.waitUntil(async () => {
        await vi.advanceTimersByTimeAsync(50)
        return !resting.running
      }, patient)
      other.left(room)
      await vi.advanceTimersByTimeAsync(COMPACT_AFTER_LEAVE_MS)
      await vi.waitUntil(() => counted.compacted === 1, patient)
    } finally {
      vi.useRealTimers()
      other.close()
      await resting.close()
    }
    expect((await cold(content)).getText(TITLE).toString()).toBe(
      `${'x'.repeat(COMPACT_LEFT_MIN_ENTRIES)}Plana`,
    )
  })

  it('[HI1] knows who changed a field also when the log was put together and the entries are gone', async () => {
    const ane = await writer(content, ANE)
    for (let i = 0; i <= TAIL_MAX_ENTRIES; i++) ane.doc.getText(TITLE).insert(0, 'x')
    await ane.write()
    await edited(content)
    await until(() => counted.compacted === 1, 'the log is put together')
    expect(
      await journal.rows.selectFrom('entry').select('seq').where('channel', '=', content).execute(),
    ).toEqual([])
    const { fields, contributors } = await attribution.between(id, 0, null)
    expect(fields[TITLE]?.map(({ by }) => by.id)).toEqual([ANE])
    expect(Object.keys(fields)).toEqual([TITLE])
    expect(contributors.map((one) => one.id)).toEqual([ANE])
  })

  it('[R8] looks at a log that was left unread by a stop, and again after a look that failed', async () => {
    const ane = await writer(content, ANE)
    const list = PLAN.sections[1].fields.audiences
    const record = new ListPlace(ane.doc, list).add()
    await ane.write()
    const mallory = await writer(content, MALLORY)
    mallory.doc.getMap(list.root).set(record, 'gone')
    await mallory.write()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const broken = vi.spyOn(compaction, 'follow').mockRejectedValueOnce(new Error('not now'))
      const { seq } = (await journal.open(content))!
      keeper.opened({ channel: content, tail: { entries: seq, bytes: 1 }, isEmpty: false } as never)
      await vi.advanceTimersByTimeAsync(2_000)
      await vi.waitUntil(() => broken.mock.calls.length === 1)
      await vi.waitUntil(() => vi.getTimerCount() > 0)
      await vi.advanceTimersByTimeAsync(20_000)
    } finally {
      vi.useRealTimers()
    }
    await until(() => counted.quarantined > 0, 'the harmful entry is taken out')
    expect((await journal.open(content))!.epoch).toBe(2)
  })

  it('[R8] knows who has written what stays, also where somebody did harm in the same moment', async () => {
    const list = PLAN.sections[1].fields.audiences
    const ane = await writer(content, ANE)
    const record = new ListPlace(ane.doc, list).add()
    await ane.write()
    await keeper.catchUp(content)
    ane.doc.getText(TITLE).insert(0, 'lehen ')
    await ane.write()
    const mallory = await writer(content, MALLORY)
    mallory.doc.getMap(list.root).set(record, 'gone')
    await mallory.write()
    ane.doc.getText(TITLE).insert(0, 'gero ')
    ane.doc.getText('identity.title:es').insert(0, 'luego ')
    await ane.write()
    // What was written is told up to no place that is still there.
    expect(await keeper.catchUp(content)).toBeNull()
    expect(counted.quarantined).toBe(1)
    const { seq } = (await journal.open(content))!
    expect(await keeper.catchUp(content)).toEqual({ epoch: 2, seq })
    const { fields } = await attribution.between(id, 0, null)
    expect(fields[TITLE]?.map(({ by }) => by.id)).toEqual([ANE])
    expect(fields['identity.title:es']?.map(({ by }) => by.id)).toEqual([ANE])
    expect(
      Object.values(fields)
        .flat()
        .map(({ by }) => by.id),
    ).not.toContain(MALLORY)
  })

  describe('a record that is older than one of its fields', () => {
    const purposes = PLAN.sections[1].fields.purposes
    const goalOf = (doc: Y.Doc, record: string) =>
      new ListPlace(doc, purposes).record(record)!.text('policyGoal', 'eu')
    async function olderRecord(): Promise<string> {
      const ane = await writer(content, ANE)
      const record = newUuid()
      const list = ane.doc.getMap<Y.Map<unknown>>(purposes.root)
      const whole = list.get(new ListPlace(ane.doc, purposes).add())!
      ane.doc.transact(() => {
        const older = new Y.Map<unknown>()
        for (const [key, value] of whole.entries())
          if (!key.startsWith('policyGoal'))
            older.set(key, value instanceof Y.AbstractType ? value.clone() : value)
        list.set(record, older)
      })
      await ane.write()
      return record
    }

    it('[R9] gets the text it lacks once somebody opens it, and nobody loses what they write there', async () => {
      const record = await olderRecord()
      expect(goalOf(await cold(content), record)).toBeUndefined()
      const room = (await rooms.open(content))!
      const before = room.seq
      await until(() => room.seq === before + 1, 'the server has written')
      const [one, two] = [await cold(content), await cold(content)]
      goalOf(one, record)!.insert(0, 'bat ')
      goalOf(two, record)!.insert(0, 'bi ')
      Y.applyUpdate(one, Y.encodeStateAsUpdate(two))
      expect(goalOf(one, record)!.toString().split(' ').sort()).toEqual(['', 'bat', 'bi'])
      expect((await attribution.between(id, 0, null)).contributors.map((by) => by.id)).toEqual([ANE])
      rooms.release(room)
    })

    it('[R9] is looked for once in a document, and again when the shape of its records has changed', async () => {
      await olderRecord()
      const shape = async () =>
        (
          await journal.rows
            .selectFrom('channel')
            .select('shape')
            .where('id', '=', content)
            .executeTakeFirstOrThrow()
        ).shape
      const room = (await rooms.open(content))!
      const before = room.seq
      await until(async () => (await shape()) !== null, 'it is known to be complete')
      expect(room.seq).toBe(before + 1)
      const follow = vi.spyOn(compaction, 'follow')
      const closed = { channel: content, tail: { entries: 0, bytes: 0 }, isEmpty: false } as never
      keeper.opened(closed)
      await new Promise((resolve) => setTimeout(resolve, FOLLOW_WITHIN_MS + 500))
      expect(follow).not.toHaveBeenCalled()
      await journal.rows.updateTable('channel').set({ shape: 'of another time' }).execute()
      const next = new Keeper(
        compaction,
        documents,
        journal,
        () => rooms,
        { compacted() {}, quarantined() {} },
        pino({ level: 'silent' }),
      )
      onTestFinished(() => next.close())
      next.opened(closed)
      await until(() => follow.mock.calls.length > 0, 'it is looked at again')
      rooms.release(room)
    })

    it('[R9] gets it a number of records at a time, until nothing lacks', async () => {
      const ane = await writer(content, ANE)
      const list = ane.doc.getMap(purposes.root)
      ane.doc.transact(() => {
        for (let i = 0; i <= RECORDS_COMPLETED_AT_ONCE; i++) list.set(`r${i}`, new Y.Map([['order', 'a0']]))
      })
      await ane.write()
      const room = (await rooms.open(content))!
      const before = room.seq
      await until(() => room.seq === before + 1, 'the server has written')
      const lacking = async () => {
        const doc = await cold(content)
        return [...doc.getMap<Y.Map<unknown>>(purposes.root).values()].filter(
          (record) => !record.has('text:eu'),
        ).length
      }
      expect(await lacking()).toBe(1)
      await until(() => room.seq === before + 2, 'the server has written again')
      expect(await lacking()).toBe(0)
      rooms.release(room)
    })

    it('[R8] whoever takes it away again and again writes nothing, and neither does the server', async () => {
      const record = await olderRecord()
      const room = (await rooms.open(content))!
      const before = room.seq
      await until(() => room.seq === before + 1, 'the server has written')
      rooms.release(room)
      const mallory = await writer(content, MALLORY)
      ;(mallory.doc.getMap(purposes.root).get(record) as Y.Map<unknown>).delete('policyGoal:eu')
      await mallory.write()
      await edited(content)
      await until(() => counted.quarantined > 0, 'the entry is taken out')
      const [aside] = await journal.rows.selectFrom('quarantined').selectAll().execute()
      expect(aside).toMatchObject({ person: MALLORY, why: `takes away ${record}/policyGoal:eu` })
      expect(goalOf(await cold(content), record)).toBeDefined()
      // Taking the whole record away is honest.
      const ane = await writer(content, ANE)
      new ListPlace(ane.doc, purposes).remove(record)
      await ane.write()
      await edited(content)
      await keeper.catchUp(content)
      expect(counted.quarantined).toBe(1)
      expect((await cold(content)).getMap(purposes.root).has(record)).toBe(false)
    })

    it('[R9] gets it still after an entry of the server had to go: its id is never barred', async () => {
      const record = await olderRecord()
      const room = (await rooms.open(content))!
      const before = room.seq
      await until(() => room.seq === before + 1, 'the server has written')
      rooms.release(room)
      const head = (await journal.open(content))!
      const text = { channel: content, ...(await journal.read(content, 0, ALL)) }
      const { packed, removed, barred } = await compaction.repair(text, [{ seq: head.seq, why: 'does harm' }])
      expect([removed.map(({ seq }) => seq), barred]).toEqual([[head.seq], []])
      await rooms.renew(content, async () => {
        const renewal = {
          ...packed,
          channel: content,
          epoch: head.epoch,
          seq: head.seq,
          removed,
          barred,
        } as const
        expect(await journal.renew({ ...renewal, cause: 'repair' })).toBe(true)
      })
      expect(goalOf(await cold(content), record)).toBeUndefined()
      const again = (await rooms.open(content))!
      await until(() => again.seq > head.seq, 'the server has written again')
      expect(goalOf(await cold(content), record)).toBeDefined()
      rooms.release(again)
    })

    it('[R9] gets it from the server alone: nobody may take its client id', async () => {
      const room = (await rooms.open(content))!
      expect(await room.bind([RECORDS_CLIENT], ANE, 'yes' as never)).toMatchObject({
        refused: 'CLIENT_ID_TAKEN',
      })
      expect(await room.bind([RECORDS_CLIENT - 1], ANE, 'yes' as never)).toBeNull()
      rooms.release(room)
    })
  })

  it('renews the title that lists show', async () => {
    const ane = await writer(content, ANE)
    ane.doc.getText(TITLE).insert(5, ' 2027')
    await ane.write()
    await edited(content)
    await until(async () => (await documents.find(id))!.title['eu'] === 'Plana 2027', 'the title is renewed')
  })

  it('[R8] takes out an entry that overwrites a record, in a new epoch; honest text before and after stays', async () => {
    const [, planning] = PLAN.sections
    const list = planning.fields.audiences
    const ane = await writer(content, ANE)
    const record = new ListPlace(ane.doc, list).add()
    ane.doc.getText(TITLE).insert(0, 'before ')
    await ane.write()
    const mallory = await writer(content, MALLORY)
    mallory.doc.getMap(list.root).set(record, 'gone')
    await mallory.write()
    ane.doc.getText(TITLE).insert(0, 'after ')
    await ane.write()
    await edited(content)
    await until(() => counted.quarantined > 0, 'the entry is taken out', 30_000)
    expect(counted.quarantined).toBe(1)
    expect(await journal.open(content)).toMatchObject({ epoch: 2, epochCause: 'repair' })
    const doc = await cold(content)
    expect(doc.getText(TITLE).toString()).toBe('after before Plana')
    expect(new ListPlace(doc, list).record(record)).toBeDefined()
    const [aside] = await journal.rows.selectFrom('quarantined').selectAll().execute()
    expect(aside).toMatchObject({ person: MALLORY, epoch: 1 })
  })

  it('[R8] leaves alone what another node has repaired since it was found to do harm', async () => {
    const list = PLAN.sections[1].fields.audiences
    const ane = await writer(content, ANE)
    const record = new ListPlace(ane.doc, list).add()
    await ane.write()
    ane.doc.getMap(list.root).set(record, 'gone')
    await ane.write()
    const follow = vi.spyOn(compaction, 'follow').mockImplementationOnce(async (text) => {
      follow.mockRestore()
      const outcome = await compaction.follow(text)
      expect(outcome.kind).toBe('harmful')
      const { seq } = (await journal.open(content))!
      const whole = await journal.read(content, 0, ALL)
      const packed = await compaction.repair({ channel: content, ...whole }, [])
      const renewal = { ...packed.packed, channel: content, epoch: 1, seq, cause: 'repair' } as const
      await journal.renew({ ...renewal, removed: packed.removed, barred: packed.barred })
      return outcome
    })
    await keeper.catchUp(content)
    expect([(await journal.open(content))!.epoch, counted.quarantined]).toEqual([2, 0])
  })

  it('[R8] takes out what keeps every page busy for seconds, and no honest megabyte', async () => {
    // A worker with more patience: on a busy machine two seconds of processor can be a minute.
    const patient = new Compaction(20 * WORKER_TASK_MAX_MS)
    const meter = {
      compacted: () => void (counted.compacted += 1),
      quarantined: (n: number) => void (counted.quarantined += n),
    }
    keeper.close()
    keeper = new Keeper(patient, documents, journal, () => rooms, meter, pino({ level: 'silent' }))
    onTestFinished(() => patient.close())
    const ane = await writer(content, ANE)
    for (let i = 0; i < 10_000; i++)
      ane.doc.getText(TITLE).insert(0, 'a hundred letters of honest text, '.repeat(3))
    await ane.write()
    await edited(content)
    await until(() => counted.compacted === 1, 'it is read and put together', 60_000)
    expect(counted.quarantined).toBe(0)
    // Backwards, at one place, by many who do not know of each other: each letter is compared with all the others'.
    const many = await Promise.all(Array.from({ length: 64 }, () => writer(content, MALLORY)))
    for (const one of many) {
      one.doc.transact(() => {
        for (let i = 0; i < 200; i++) one.doc.getText('identity.title:es').insert(0, 'x')
      })
      await one.write()
    }
    await edited(content)
    await until(() => counted.quarantined > 0, 'the entries are taken out', 240_000)
    const [aside] = await journal.rows.selectFrom('quarantined').selectAll().execute()
    expect(aside).toMatchObject({ person: MALLORY, why: 'takes too long to read' })
    expect((await cold(content)).getText(TITLE).length).toBeGreaterThan(1_000_000)
  }, 300_000)

  it('[R8] takes out however many there are, though each step only finds one and the worker gets stuck between', async () => {
    const list = PLAN.sections[1].fields.audiences
    const ane = await writer(content, ANE)
    const records = Array.from({ length: 6 }, () => new ListPlace(ane.doc, list).add())
    await ane.write()
    const people = records.map((_, i) => `mallory-${i}` as PersonId)
    const mallories = await Promise.all(people.map((who) => writer(content, who)))
    for (const [i, mallory] of mallories.entries()) {
      mallory.doc.getMap(list.root).set(records[i]!, 'gone')
      await mallory.write()
      ane.doc.getText(TITLE).insert(0, `${i} `)
      await ane.write()
    }
    const repair = compaction.repair.bind(compaction)
    let steps = 0
    vi.spyOn(compaction, 'repair').mockImplementation((text, known) => {
      steps += 1
      return steps === 3 || steps === 4
        ? Promise.reject(new WorkerStuck('repair took too long'))
        : repair(text, known, 0)
    })
    await edited(content)
    await until(() => counted.quarantined > 0, 'the entries are taken out', 30_000)
    expect(counted.quarantined).toBe(6)
    const aside = await journal.rows
      .selectFrom('quarantined')
      .select(['person', 'why'])
      .orderBy('seq')
      .execute()
    expect(aside).toEqual(
      people.map((person, i) => ({ person, why: `overwrites ${list.root}/${records[i]}` })),
    )
    const doc = await cold(content)
    expect(doc.getText(TITLE).toString()).toBe('5 4 3 2 1 0 Plana')
    for (const record of records) expect(new ListPlace(doc, list).record(record)).toBeDefined()
    // Two were found one by one where the worker was stuck, the other four by a step each; then once without any, once alone, nobody writing.
    expect(steps).toBe(8)
  })

  it('[R8] takes out two that do harm in two ways in one look, and nothing of what lies between', async () => {
    const list = PLAN.sections[1].fields.audiences
    const ane = await writer(content, ANE)
    const [first, second] = [new ListPlace(ane.doc, list).add(), new ListPlace(ane.doc, list).add()]
    await ane.write()
    const [mallory, other] = [await writer(content, MALLORY), await writer(content, 'other' as PersonId)]
    // Shows when it is compared with a reload, and later than the next, which shows when it is applied.
    mallory.doc.getMap(list.root).set(first, 'gone')
    await mallory.write()
    ane.doc.getText(TITLE).insert(0, 'between ')
    await ane.write()
    const record = other.doc.getMap(list.root).get(second) as Y.Map<unknown>
    const [text] = [...record].find(([, value]) => value instanceof Y.Text)!
    record.delete(text)
    await other.write()
    ane.doc.getText(TITLE).insert(0, 'after ')
    await ane.write()
    await edited(content)
    await until(() => counted.quarantined > 0, 'the entries are taken out', 30_000)
    const aside = await journal.rows
      .selectFrom('quarantined')
      .select(['person', 'why'])
      .orderBy('seq')
      .execute()
    expect(aside).toEqual([
      { person: MALLORY, why: `overwrites ${list.root}/${first}` },
      { person: 'other', why: expect.stringContaining('takes away') as string },
    ])
    expect((await cold(content)).getText(TITLE).toString()).toBe('after between Plana')
  })

  it('[R8] what builds on an entry that was taken out goes with it, and is kept aside', async () => {
    const [, planning] = PLAN.sections
    const list = planning.fields.audiences
    const ane = await writer(content, ANE)
    const record = new ListPlace(ane.doc, list).add()
    await ane.write()
    const mallory = await writer(content, MALLORY)
    mallory.doc.transact(() => {
      mallory.doc.getMap(list.root).set(record, 'gone')
      mallory.doc.getText(TITLE).insert(0, 'poison ')
    })
    await mallory.write()
    const late = await writer(content, ANE)
    late.doc.getText(TITLE).insert(3, 'inside')
    await late.write()
    await edited(content)
    await until(() => counted.quarantined > 0, 'both are taken out', 30_000)
    expect((await cold(content)).getText(TITLE).toString()).toBe('Plana')
    const aside = await journal.rows
      .selectFrom('quarantined')
      .select(['person', 'why'])
      .orderBy('seq')
      .execute()
    expect(aside.map((a) => a.person)).toEqual([MALLORY, ANE])
    expect(aside[1]!.why).toMatch(/builds on/)
  })

  it('[E1] erases a comment: it is in no later copy, and the others keep their author', async () => {
    const comments = channelId(id, 'comments')
    const ane = await writer(comments, ANE)
    const event = (name: string): object => ({
      id: name,
      thread: name,
      kind: 'comment',
      body: `text of ${name}`,
    })
    ane.doc.getArray('events').push([event('one')])
    ane.doc.getArray('events').push([event('two')])
    await ane.write()
    await keeper.erase(comments, ['one'])
    const head = (await journal.open(comments))!
    expect(head).toMatchObject({ epoch: 2, epochCause: 'erasure' })
    expect(head.owners.get(ane.doc.clientID)).toBe(ANE)
    const { snapshot } = await journal.read(comments, 0, ALL)
    const bytes = gunzipSync(snapshot!.gzip).toString('latin1')
    expect(bytes).toContain('text of two')
    expect(bytes).not.toContain('text of one')
  })

  it('[V1] the canonical text and its hash are those of every replica', async () => {
    const text = async (): Promise<{ json: string; sha256: string }> =>
      compaction.canonical({ channel: content, ...(await journal.read(content, 0, ALL)) })
    const first = await text()
    const ane = await writer(content, ANE)
    ane.doc.getText(TITLE).insert(0, 'x')
    await ane.write()
    const second = await text()
    expect(second.sha256).not.toBe(first.sha256)
    await edited(content)
    expect((await text()).sha256).toBe(second.sha256)
    expect(JSON.parse(second.json)).toMatchObject({ identity: { title: { eu: 'xPlana' } } })
  })
})
