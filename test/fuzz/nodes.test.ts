/**
 * The one property with several nodes on one store: hints are late, lost, doubled and mixed up, people change nodes, nodes die
 * with all that is on its way, and put the same log together at the same time. Every acknowledged update is in every replica and for
 * whoever comes later, and no honest update is refused.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import * as Y from 'yjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channelId, type ChannelId, type PersonId } from '@auzolan/shared/ids.ts'
import { DEFAULT_CAPACITY } from '@auzolan/shared/limits.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { Compaction } from '@auzolan/server/src/compaction/compaction.ts'
import { reading } from '@auzolan/server/src/compaction/reading.ts'
import { Documents } from '@auzolan/server/src/documents/documents.ts'
import { planTemplate } from '@auzolan/server/src/documents/plan-template.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { Rooms } from '@auzolan/server/src/rooms/rooms.ts'
import { Teams } from '@auzolan/server/src/teams/teams.ts'
import { gossip, type Gossip } from '../support/gossip.ts'
import { LONG, oneOf, seeded, seeds, under, type Random } from '../support/random.ts'
import { temporaryFolder, until } from '../support/server.ts'
import { teamOf } from '../support/teams.ts'
import { Device } from './device.ts'

const LANGUAGES = ['eu', 'es']
const PEOPLE = ['ane', 'jon', 'miren', 'unai', 'gorka']
const STEPS = LONG ? 4_000 : 800
const RULES = { roots: new Set(rootsOf(PLAN, LANGUAGES).keys()), appendOnly: false }

let folder: string
let journal: SqliteJournal
let compaction: Compaction
let documents: Documents
let teams: Teams
beforeEach(async () => {
  folder = await temporaryFolder()
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date())
  compaction = new Compaction()
  teams = new Teams(journal, () => new Date())
  documents = new Documents(journal, compaction, teams, () => new Date())
})
afterEach(async () => {
  await compaction.close()
  await journal.close()
  await rm(folder, { recursive: true })
})

const wholeLog = (channel: ChannelId) => journal.read(channel, 0, { entries: 1e9, bytes: 1e9 })

class Node {
  rooms!: Rooms
  readonly #net: Gossip
  #bus!: ReturnType<Gossip['join']>
  /** Entries of others that were read here. */
  readOn = 0
  constructor(net: Gossip) {
    this.#net = net
    this.start()
  }
  start(): void {
    this.#bus = this.#net.join()
    const watcher = {
      opened: () => {},
      edited: () => {},
      left: () => {},
      committed: () => {},
      readOn: (_: unknown, entries: number) => void (this.readOn += entries),
    }
    const log = pino({ level: 'silent' })
    const rooms = new Rooms(journal, async () => RULES, log, watcher, DEFAULT_CAPACITY, this.#bus)
    this.rooms = rooms
    this.#bus.listen({
      hinted: (hint) => rooms.hinted(hint),
      shown: (node, channel, states) => rooms.shown(node, channel, states),
      asked: (channel) => rooms.asked(channel),
      held: (channel) => rooms.held(channel),
      news: () => {},
      missed: () => void rooms.look(),
    })
  }
  /** Nobody hears of it; what it has given to the store may still get there. */
  kill(): void {
    this.#bus.leave()
  }
  /** Puts the log together, perhaps while another one does. */
  async compact(channel: ChannelId): Promise<void> {
    const whole = await wholeLog(channel)
    const { epoch } = whole
    const outcome = await compaction.follow({ channel, after: 0, ...whole })
    expect(outcome).toMatchObject({ kind: 'sound' })
    const packed = await compaction.compact(channel, epoch)
    if (packed && (await journal.compact({ channel, epoch, ...packed })))
      await this.rooms.compacted(channel, epoch, packed.seq, packed.bytes)
  }
}

async function cold(channel: ChannelId): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const { snapshot, entries } = await wholeLog(channel)
  if (snapshot) Y.applyUpdate(doc, gunzipSync(snapshot.gzip))
  for (const { update } of entries) Y.applyUpdate(doc, update)
  return doc
}

async function interleave(
  random: Random,
  nodes: readonly Node[],
  devices: readonly Device[],
  channel: ChannelId,
) {
  const compactions: Promise<void>[] = []
  const at = new Map(devices.map((device) => [device, oneOf(random, nodes)]))
  for (const [device, node] of at) device.moveTo(node.rooms)
  await Promise.all(devices.map((device) => device.connect()))
  for (let step = 0; step < STEPS; step++) {
    const device = oneOf(random, devices)
    const roll = random()
    if (roll < 0.68) device.edit()
    else if (roll < 0.83) device.send()
    else if (roll < 0.87) device.disconnect()
    else if (roll < 0.94) await device.connect()
    else if (roll < 0.955) device.reload()
    else if (roll < 0.975) {
      const node = oneOf(random, nodes)
      at.set(device, node)
      device.moveTo(node.rooms)
      await device.connect()
    } else if (roll < 0.985) void oneOf(random, nodes).rooms.look()
    else if (roll < 0.988) {
      const node = oneOf(random, nodes)
      node.kill()
      for (const [one, its] of at) if (its === node) one.disconnect()
      node.start()
      for (const [one, its] of at) if (its === node) one.moveTo(node.rooms)
    } else if (roll < 0.994) compactions.push(oneOf(random, nodes).compact(channel))
    if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, random() < 0.2 ? 3 : 0))
  }
  await Promise.all(compactions)
}

describe('honest edits on several nodes', () => {
  it.each(seeds([1, 2, 3, 4, 5, 6, 7, 8], 200))(
    '[ND1] seed %i: what was acknowledged is everywhere, in order and once, and nothing was refused',
    async (seed) => {
      const random = seeded(seed)
      const teamId = await teamOf(teams, 't', ['person', 'ane', 'editor'])
      const template = planTemplate(LANGUAGES, { eu: 'Plana' })
      const spec = { teamId, languages: LANGUAGES, template, by: 'ane' as PersonId }
      const channel = channelId(await documents.create(spec), 'content')
      const net = gossip(random, random() < 0.3 ? 1 : random() * 0.6, under(random, 30))
      const nodes = Array.from({ length: 2 + (seed % 2) }, () => new Node(net))
      const devices = PEOPLE.map((person) => new Device(person, nodes[0]!.rooms, channel, random))
      await interleave(random, nodes, devices, channel)

      net.settle()
      await until(async () => {
        for (const device of devices) {
          device.gather()
          await device.connect()
          device.send()
        }
        await Promise.all(nodes.map(({ rooms }) => rooms.look()))
        return devices.every((d) => d.isDone || d.troubles.length > 0)
      }, 'everything is acknowledged')
      expect(devices.flatMap((d) => d.troubles)).toEqual([])
      const { seq, epoch } = (await journal.open(channel))!
      await until(async () => {
        await Promise.all(nodes.map(({ rooms }) => rooms.look()))
        return devices.every((d) => d.marker === seq)
      }, 'everybody has been given the whole log')
      await nodes[0]!.compact(channel)

      expect(epoch).toBe(1)
      expect(nodes.reduce((sum, { readOn }) => sum + readOn, 0)).toBeGreaterThan(0)
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
      for (const { rooms } of nodes) await rooms.close('RESTART')
    },
  )
})
