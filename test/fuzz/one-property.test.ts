/**
 * The one property: whatever honest people do, in whatever order connections, acknowledgements, pages and logs come and
 * go, every acknowledged update is in every replica and for whoever comes later, and no honest update is refused.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channelId, type ChannelId, type PersonId } from '@auzolan/shared/ids.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { Compaction } from '@auzolan/server/src/compaction/compaction.ts'
import { Keeper } from '@auzolan/server/src/compaction/keeper.ts'
import { reading } from '@auzolan/server/src/compaction/reading.ts'
import { Documents } from '@auzolan/server/src/documents/documents.ts'
import { Teams } from '@auzolan/server/src/teams/teams.ts'
import { teamOf } from '../support/teams.ts'
import { planTemplate } from '@auzolan/server/src/documents/plan-template.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { Rooms } from '@auzolan/server/src/rooms/rooms.ts'
import { LONG, oneOf, seeded, seeds } from '../support/random.ts'
import { temporaryFolder, until } from '../support/server.ts'
import { Device } from './device.ts'

const LANGUAGES = ['eu', 'es']
const PEOPLE = ['ane', 'jon', 'miren', 'unai']
const STEPS = LONG ? 4_000 : 800

let folder: string
let journal: SqliteJournal
let compaction: Compaction
let documents: Documents
let teams: Teams
let rooms: Rooms
let keeper: Keeper
let compacted = 0
beforeEach(async () => {
  folder = await temporaryFolder()
  await open()
})
afterEach(async () => {
  await close()
  await rm(folder, { recursive: true })
})

async function open(): Promise<void> {
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date())
  compaction = new Compaction()
  teams = new Teams(journal, () => new Date())
  documents = new Documents(journal, compaction, teams, () => new Date())
  const log = pino({ level: 'silent' })
  const meter = { compacted: () => void (compacted += 1), quarantined: () => {} }
  keeper = new Keeper(compaction, documents, journal, () => rooms, meter, log)
  const rules = { roots: new Set(rootsOf(PLAN, LANGUAGES).keys()), appendOnly: false }
  rooms = new Rooms(journal, async () => rules, log, {
    opened: keeper.opened.bind(keeper),
    edited: keeper.edited.bind(keeper),
    left: keeper.left.bind(keeper),
    committed: () => {},
  })
}

async function close(): Promise<void> {
  keeper.close()
  await rooms.close('RESTART')
  await compaction.close()
  await journal.close()
}

async function wholeLog(channel: ChannelId) {
  return journal.read(channel, 0, { entries: 1e9, bytes: 1e9 })
}

/** Puts the log together now, beside what the keeper does by itself. */
async function compact(channel: ChannelId): Promise<void> {
  const whole = await wholeLog(channel)
  const { epoch } = whole
  const outcome = await compaction.follow({ channel, after: 0, ...whole })
  expect(outcome).toMatchObject({ kind: 'sound' })
  const packed = await compaction.compact(channel, epoch)
  if (!packed || !(await journal.compact({ channel, epoch, ...packed }))) return
  await rooms.compacted(channel, epoch, packed.seq, packed.bytes)
  compacted += 1
}

async function cold(channel: ChannelId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const { snapshot, entries } = await wholeLog(channel)
  if (snapshot) Y.applyUpdate(doc, gunzipSync(snapshot.gzip))
  for (const { update } of entries) Y.applyUpdate(doc, update)
  return doc
}

describe('honest edits in any order', () => {
  it.each(seeds([1, 2, 3, 4, 5, 6, 26, 32, 34, 77], 200))(
    '[R4] [R7] seed %i: what was acknowledged is everywhere, and nothing was refused',
    async (seed) => {
      const random = seeded(seed)
      const teamId = await teamOf(teams, 't', ['person', 'ane', 'editor'])
      const template = planTemplate(LANGUAGES, { eu: 'Plana' })
      const spec = { teamId, languages: LANGUAGES, template, by: 'ane' as PersonId }
      const channel = channelId(await documents.create(spec), 'content')
      const devices = PEOPLE.map((person) => new Device(person, rooms, channel, random))
      await Promise.all(devices.map((device) => device.connect()))
      compacted = 0
      const compactions: Promise<void>[] = []

      for (let step = 0; step < STEPS; step++) {
        const device = oneOf(random, devices)
        const roll = random()
        if (roll < 0.7) device.edit()
        else if (roll < 0.85) device.send()
        else if (roll < 0.9) device.disconnect()
        else if (roll < 0.97) await device.connect()
        else if (roll < 0.985) device.reload()
        else if (roll < 0.99) compactions.push(compact(channel))
        // Otherwise time passes: commits end, acknowledgements arrive.
        if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() < 0.2 ? 3 : 0))
      }
      await Promise.all(compactions)

      await until(async () => {
        for (const device of devices) {
          // Again and again: Yjs tidies up marks after what others wrote, and that is an edit too.
          device.gather()
          await device.connect()
          device.send()
        }
        return devices.every((d) => d.isDone || d.troubles.length > 0)
      }, 'everything is acknowledged')
      expect(devices.flatMap((d) => d.troubles)).toEqual([])
      const { seq, epoch } = (await journal.open(channel))!
      await until(() => devices.every((d) => d.marker === seq), 'everybody has been given the whole log')
      await compact(channel)

      expect(epoch).toBe(1)
      expect(compacted).toBeGreaterThan(0)
      expect(await journal.rows.selectFrom('quarantined').selectAll().execute()).toEqual([])
      const late = await cold(channel)
      const text = reading(channel, late)
      for (const { doc } of devices) expect(reading(channel, doc)).toBe(text)
      let news = 0
      late.on('update', () => (news += 1))
      const acknowledged = devices.flatMap((d) => d.acknowledged)
      for (const update of acknowledged) Y.applyUpdate(late, update)
      expect(acknowledged.length).toBeGreaterThan(STEPS / 20)
      expect(news).toBe(0)
      expect(late.store.pendingStructs).toBeNull()
      for (const device of devices) device.disconnect()
    },
  )
})
