/**
 * What a house at work needs: people in groups of ten on a text each, of whom two type three letters a second without a pause and show
 * their caret, and the others read and move it now and then. On our own wire, each on the content alone.
 * Run by itself: `node test/bench/house.ts <people> [nodes] [redis]`; 0 nodes (or none said): one process with SQLite.
 */
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startOwnPostgres } from '../support/own-postgres.ts'
import { startOwnRedis } from '../support/redis.ts'
import { planOverRest } from '../support/plan-over-rest.ts'
import { startTestServer } from '../support/server.ts'
import { BEAT_EVERY_MS } from '@auzolan/shared/limits.ts'
import { encodePresence } from '@auzolan/shared/protocol/presence.ts'
import { enterAcknowledged, type OwnGuest } from './acknowledged.ts'
import { Typist } from './deliveries.ts'
import { forEach, pause } from './pause.ts'
import { useOf, type Use } from './processes.ts'
import { percentile } from './statistics.ts'

const [people = '200', nodeCount = '0', bus] = process.argv.slice(2)
const GROUPS = ['Kultura']
const PER_TEXT = 10
const WRITERS = 2
const LETTERS_PER_SECOND = 3
const READERS_MOVE_EVERY_MS = 10_000
/** After all have come, and before anything is measured. */
const SETTLE_MS = 15_000
const SECONDS = 60

interface Person {
  readonly guest: OwnGuest
  readonly typist: Typist
  readonly writes: boolean
}

const latencies: number[] = []
let measuring = false

/** Presence as an editor shows it. */
function caret({ guest, typist }: Person, clock: number): void {
  const at = {
    type: null,
    tname: 'identity.sponsorRole:eu',
    item: { client: typist.clientId, clock },
    assoc: 0,
  }
  const state = { user: { name: 'somebody', color: '#0082c9' }, cursor: { anchor: at, head: at } }
  const states = encodePresence([{ clientId: typist.clientId, clock, state }])
  guest.say({ kind: 'presence', channel: 'content', states })
}

async function enter(port: number, plan: string, place: number): Promise<Person> {
  const typist = new Typist()
  const person = `p${plan.slice(0, 8)}-${place}`
  const ticket = await sign({ person, groups: GROUPS, scope: 'ticket', document: plan })
  const guest = await enterAcknowledged(`ws://127.0.0.1:${port}/sync/${plan}`, ticket, typist.clientId)
  await guest.synced
  return { guest, typist, writes: place < WRITERS }
}

/** Until `over` says so. */
async function live(person: Person, over: () => boolean): Promise<void> {
  const { guest, typist, writes } = person
  const sentAt: number[] = []
  let acknowledged = 0
  guest.onAck = (count) => {
    for (const now = performance.now(); acknowledged < count; acknowledged++)
      if (measuring) latencies.push(now - sentAt[acknowledged]!)
  }
  const beat = setInterval(() => guest.say({ kind: 'beat' }), BEAT_EVERY_MS)
  await pause(Math.random() * READERS_MOVE_EVERY_MS)
  for (let n = 1; !over(); n++) {
    if (writes) {
      const update = typist.type()
      sentAt.push(performance.now())
      guest.send(update)
    }
    caret(person, n)
    await pause(writes ? 1_000 / LETTERS_PER_SECOND : READERS_MOVE_EVERY_MS)
  }
  clearInterval(beat)
}

const count = Number(nodeCount)
const postgres = count > 0 ? await startOwnPostgres({ max_connections: '200' }) : null
const redis = postgres && bus === 'redis' ? await startOwnRedis() : null
const nodes = await Promise.all(
  Array.from({ length: Math.max(1, count) }, () =>
    startTestServer(NEXTCLOUD, {
      ...(postgres ? { AUZOLAN_DATABASE_URL: postgres.url } : {}),
      ...(redis ? { AUZOLAN_REDIS_URL: redis.url } : {}),
    }),
  ),
)
try {
  const use = (): Record<string, Use> => ({
    ...Object.fromEntries(nodes.map((node, i) => [`node ${i + 1}`, useOf(node.pid()!)])),
    ...(postgres ? { PostgreSQL: useOf(postgres.pid()!) } : {}),
    ...(redis ? { Redis: useOf(redis.pid()!) } : {}),
  })
  const empty = use()
  const texts = Math.round(Number(people) / PER_TEXT)
  const all = await forEach(Array.from({ length: texts }), 10, async (_, text) => {
    // One person may begin only so many at once.
    const token = await sign({ person: `ane-${Math.floor(text / 20)}`, groups: GROUPS })
    const plan = await planOverRest(nodes[text % nodes.length]!.url, token, 'Kultura', {
      eu: `Plana ${text}`,
    })
    // At any node: a proxy asks nobody who sits where.
    return Promise.all(
      Array.from({ length: PER_TEXT }, (_, place) =>
        enter(nodes[(text + place) % nodes.length]!.port, plan, place),
      ),
    )
  })
  const present = all.flat()
  let over = false
  const lives = present.map((person) => live(person, () => over))
  await pause(SETTLE_MS)
  const heard = (): number => present.reduce((sum, { guest }) => sum + guest.heard(), 0)
  const [before, heardBefore, harnessBefore] = [use(), heard(), process.cpuUsage()]
  measuring = true
  await pause(SECONDS * 1_000)
  measuring = false
  const [after, heardAfter] = [use(), heard()]
  const { user, system } = process.cpuUsage(harnessBefore)
  over = true
  console.log(
    `${present.length} people in ${texts} texts, ${count === 0 ? 'SQLite' : `${count} node(s)`}${redis ? ', Redis' : ''}: ` +
      `${(latencies.length / SECONDS).toFixed(0)} edits/s, on the disk after ${percentile(latencies, 0.5).toFixed(0)} ms (half), ${percentile(latencies, 0.99).toFixed(0)} ms (99 %); ` +
      `${((heardAfter - heardBefore) / SECONDS / present.length / 1_000).toFixed(1)} kB/s to each; this harness ${((user + system) / 1e6 / SECONDS).toFixed(2)} cores`,
  )
  for (const [name, now] of Object.entries(after)) {
    const then = before[name]!
    const cores = (now.cpuSeconds - then.cpuSeconds) / SECONDS
    const written = (now.writtenBytes - then.writtenBytes) / SECONDS / 1_000
    const [was, is] = [empty[name]!.memoryKb / 1_024, now.memoryKb / 1_024]
    console.log(
      `  ${name}: ${cores.toFixed(2)} cores, ${is.toFixed(0)} MB (${was.toFixed(0)} empty), ${written.toFixed(0)} kB/s to the disk`,
    )
  }
  if (postgres) {
    const [row] = await postgres.query('SELECT count(*) AS n FROM pg_stat_activity WHERE usename IS NOT NULL')
    console.log(`  connections: ${String(row?.['n'])}, the question itself among them`)
  }
  await Promise.all(lives)
  for (const { guest } of present) guest.close()
} finally {
  for (const node of nodes) await node.stop()
  await redis?.stop()
  await postgres?.remove()
}
