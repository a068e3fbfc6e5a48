/** `npm run bench`: our server beside its peers, measured by the same harness over the wire, in turns. */
import { existsSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chart } from './chart.ts'
import { launchAuzolan, launchHocuspocus, launchWebsocketServer, type Contestant } from './contestants.ts'
import { durable, fanOut, roomsFor, scenarios, type Scenario } from './fan-out.ts'
import { GROWTH, manyRooms, people } from './growth.ts'
import { fillRooms, herd } from './herd.ts'
import { idleRooms, someText } from './idle.ts'
import { killWhileTyping } from './kill.ts'
import { thisMachine } from './machine.ts'
import { makeTrace, openAfterRestart, readTrace, writeTrace } from './opening.ts'
import { forEach } from './pause.ts'
import { ensurePeers } from './peers.ts'
import { report } from './report.ts'
import { OURS, type Results, type Samples } from './results.ts'

const PARTS = ['fan-out', 'durable', 'idle', 'opening', 'herd', 'kill', 'growth'] as const
const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    /** A picture of the ratios, as SVG. */
    chart: { type: 'string' },
    only: { type: 'string', multiple: true, default: [...PARTS] },
    /** The B4 trace; without it one is made that is like it. */
    trace: { type: 'string', default: '../shared/data/automerge-paper.json.gz' },
  },
})
const full = values.full
const wants = (part: (typeof PARTS)[number]): boolean => values.only.includes(part)
if (process.platform !== 'linux') throw new Error('the benchmark reads /proc and so needs Linux')

const ROUNDS = full ? 5 : 3
const KILLS = full ? 8 : 3
const KILL_ROOMS = 5
const IDLE_ROOMS = full ? 2_000 : 500
const HERD_ROOMS = 100
const OWN_CLIENT = `${OURS}, its own client`
const TEXT = someText(50_000)
const sum = (...numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)
/** Of ours, which are made before: what each part takes. */
const rooms = sum(
  wants('fan-out') ? (ROUNDS + 1) * roomsFor(scenarios(full)) : 0,
  wants('durable') ? (ROUNDS + 1) * roomsFor([durable(full)]) : 0,
  wants('idle') ? IDLE_ROOMS : 0,
  wants('opening') ? 1 : 0,
  wants('herd') ? HERD_ROOMS : 0,
  wants('kill') ? KILLS * KILL_ROOMS : 0,
  wants('growth')
    ? GROWTH.people(full).length + Math.max(...GROWTH.rooms(full)) + GROWTH.edits(full).length
    : 0,
)

ensurePeers()
const machine = await thisMachine()
say(`making ${rooms} rooms for ours`)
const ours = await launchAuzolan(rooms)
const hocuspocus = await launchHocuspocus()
const contestants = [ours, await launchWebsocketServer(), hocuspocus]
const all = wants('durable') ? [...contestants, await launchHocuspocus(true)] : contestants
const leave = (): Promise<unknown> => Promise.all(all.map(({ server }) => server.stop()))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void leave().finally(() => process.exit(1)))
}
const results: Results = {
  at: new Date().toISOString(),
  mode: full ? 'full' : 'quick',
  machine,
  contestants: all.map(({ name, about }) => ({ name, about })),
  notes: [
    'limits of ours that are raised: 20,000 updates a second (burst 100,000) of a connection, 4,000 sessions of a document',
    'all in the same run, in turns; medians of the rounds; “ours ÷ best” is compared within each round: below 1, ours needs less',
    'a delivery is one edit on the screen of one other person; CPU is of all threads, and counts 2.6 s after the last edit, for what is put off',
  ],
  fanOut: {},
  idle: {},
  opening: {},
  herd: {},
  people: {},
  rooms: {},
  history: {},
  kill: {},
}
try {
  if (wants('fan-out')) await measureFanOut(scenarios(full), contestants)
  if (wants('durable')) await measureFanOut([durable(full)], [ours, all.at(-1)!])
  if (wants('herd')) await measureHerd()
  if (wants('opening')) await measureOpening()
  if (wants('kill')) await measureKill()
  if (wants('idle')) await measureIdle()
  if (wants('growth')) await measureGrowth()
  console.log(`\n${report(results)}\n`)
  if (values.chart) writeFileSync(values.chart, chart(results))
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
} catch (error) {
  for (const { name, server } of all) console.error(`${name} said last: ${server.output}`)
  throw error
} finally {
  await leave()
}
process.exit(0)

async function measureFanOut(some: readonly Scenario[], among: readonly Contestant[]): Promise<void> {
  for (const contestant of among) {
    for (const scenario of some) await fanOut(contestant, { ...scenario, seconds: 1 })
    await contestant.server.quiet()
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const scenario of some) {
      say(`round ${round + 1}: ${scenario.name}`)
      const samples = (results.fanOut[scenario.name] ??= named(among))
      for (const contestant of inTurn(round, among)) {
        samples[contestant.name]!.push(await fanOut(contestant, scenario))
        // What is put off for longer still is not the next scenario's.
        await contestant.server.quiet()
      }
    }
  }
}

/** All at the same time: what is missing does not depend on how fast the machine is. */
async function measureKill(): Promise<void> {
  const longestMs = full ? 20_000 : 12_000
  for (const { name } of contestants) results.kill[name] = []
  for (let i = 0; i < KILLS; i++) {
    // Spread over the time in which a debounced store may or may not have happened, and random within.
    const afterMs = 1_000 + ((longestMs - 1_000) * (i + Math.random())) / KILLS
    say(`kill -9, ${i + 1} of ${KILLS}: after ${(afterMs / 1000).toFixed(1)} s`)
    await Promise.all(
      contestants.map(async (c) => results.kill[c.name]!.push(await killWhileTyping(c, KILL_ROOMS, afterMs))),
    )
  }
}

async function measureIdle(): Promise<void> {
  const name = `${IDLE_ROOMS} rooms of ${Math.round(TEXT.length / 1000)} KB`
  const ways = await Promise.all(
    contestants.map(async (c) => ({
      c,
      name: c.name,
      enter: (room: string) => c.enter(room),
      rooms: await forEach(Array.from({ length: IDLE_ROOMS }), 50, () => c.newRoom()),
    })),
  )
  // The pages of the app speak a wire of their own, for which the server keeps less.
  let lastId = 900_000
  const own = (room: string, ticket?: string) => ours.enterToWrite(room, ++lastId, ticket)
  ways.push({ ...ways[0]!, name: OWN_CLIENT, enter: own })
  const samples = (results.idle[name] ??= Object.fromEntries(ways.map((way) => [way.name, []])))
  for (let round = 0; round < (full ? 3 : 1); round++)
    for (const way of ways) {
      say(`idle rooms, round ${round + 1}: ${way.name}`)
      samples[way.name]!.push(await idleRooms(way.c, way.enter, way.rooms, TEXT))
    }
}

/** The peer that keeps nothing has nothing to open. */
async function measureOpening(): Promise<void> {
  const has = existsSync(values.trace)
  if (!has) say(`there is no ${values.trace}: a trace is made`)
  const trace = has ? readTrace(values.trace) : makeTrace(260_000)
  const among = [ours, hocuspocus]
  const places = new Map<Contestant, string>()
  for (const c of among) {
    say(`opening: ${trace.updates.length} edits into ${c.name}`)
    places.set(c, await writeTrace(c, trace))
  }
  const scenario = `${has ? 'B4' : 'made'}, ${trace.updates.length} edits`
  // The pages of the app get the log as it lies there, compressed; a stock client knows no such thing.
  const ways = among.map((c) => ({
    c,
    name: c.name,
    enter: (room: string, ticket?: string) => c.enter(room, undefined, ticket),
  }))
  let lastId = 800_000
  const own = (room: string, ticket?: string) => ours.enterToWrite(room, ++lastId, ticket)
  ways.push({ ...ways[0]!, name: OWN_CLIENT, enter: own })
  const samples = (results.opening[scenario] ??= Object.fromEntries(ways.map((way) => [way.name, []])))
  for (let round = 0; round < ROUNDS; round++)
    for (const { c, name, enter } of inTurn(round, ways))
      samples[name]!.push(await openAfterRestart(c, enter, places.get(c)!, trace))
}

async function measureHerd(): Promise<void> {
  const among = [ours, hocuspocus]
  const places = new Map<Contestant, string[]>()
  for (const c of among) places.set(c, await fillRooms(c, HERD_ROOMS, TEXT))
  for (const holding of [true, false]) {
    const scenario = `500 clients, 100 rooms, ${holding ? 'holding the text' : 'holding nothing'}`
    const samples = (results.herd[scenario] ??= named(among))
    for (let round = 0; round < ROUNDS; round++) {
      say(`round ${round + 1}: ${scenario}`)
      for (const c of inTurn(round, among))
        samples[c.name]!.push(await herd(c, places.get(c)!, TEXT, holding))
    }
  }
}

async function measureGrowth(): Promise<void> {
  // Of ours, what the making of so many rooms has left to be looked at.
  for (const { server } of contestants) await server.quiet()
  for (const count of GROWTH.people(full)) {
    const scenario = people(count, full ? 6 : 3)
    say(scenario.name)
    const samples = (results.people[scenario.name] = named(contestants))
    for (const c of contestants) samples[c.name]!.push(await fanOut(c, scenario))
  }
  const places = await Promise.all(
    Array.from({ length: Math.max(...GROWTH.rooms(full)) }, () => ours.newRoom()),
  )
  for (const count of GROWTH.rooms(full)) {
    say(`${count} rooms`)
    results.rooms[`${count} rooms`] = { [OWN_CLIENT]: [await manyRooms(ours, places.slice(0, count))] }
  }
  let lastId = 700_000
  const own = (room: string, ticket?: string) => ours.enterToWrite(room, ++lastId, ticket)
  for (const edits of GROWTH.edits(full)) {
    say(`${edits} edits`)
    const trace = existsSync(values.trace) ? readTrace(values.trace, edits) : makeTrace(edits)
    const room = await writeTrace(ours, trace)
    results.history[`${edits} edits`] = {
      [OURS]: [
        await openAfterRestart(ours, (place, ticket) => ours.enter(place, undefined, ticket), room, trace),
      ],
      [OWN_CLIENT]: [await openAfterRestart(ours, own, room, trace)],
    }
  }
}

/** Everybody is first as often as last. */
function inTurn<T>(round: number, among: readonly T[]): T[] {
  return among.map((_, i) => among[(i + round) % among.length]!)
}

function named<T>(among: readonly Contestant[]): Samples<T> {
  return Object.fromEntries(among.map(({ name }) => [name, []]))
}

function say(what: string): void {
  console.error(`${Math.round(performance.now() / 1000)} s  ${what}`)
}
