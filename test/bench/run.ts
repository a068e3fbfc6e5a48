/** `npm run bench`: our server beside its peers, measured by the same harness over the wire, in turns. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { launchAuzolan, launchHocuspocus, launchWebsocketServer, type Contestant } from './contestants.ts'
import { fanOut, scenarios, type FanOutSample } from './fan-out.ts'
import { writeHistory } from './history.ts'
import { killWhileTyping } from './kill.ts'
import { thisMachine } from './machine.ts'
import { fillRooms, memoryOfIdleRooms } from './memory.ts'
import { ensurePeers } from './peers.ts'
import { report } from './report.ts'
import { OURS, type Results, type Samples } from './results.ts'

const PARTS = ['fan-out', 'memory', 'kill'] as const
const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string', multiple: true, default: [...PARTS] },
  },
})
const full = values.full
const wants = (part: (typeof PARTS)[number]): boolean => values.only.includes(part)
if (process.platform !== 'linux') throw new Error('the benchmark reads /proc and so needs Linux')

ensurePeers()
const machine = await thisMachine()
const contestants = [await launchAuzolan(), await launchWebsocketServer(), await launchHocuspocus()]
const leave = (): Promise<unknown> => Promise.all(contestants.map(({ server }) => server.stop()))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void leave().finally(() => process.exit(1)))
}
const results: Results = {
  at: new Date().toISOString(),
  mode: full ? 'full' : 'quick',
  machine,
  contestants: contestants.map(({ name, about }) => ({ name, about })),
  notes: [
    'no limit is raised: writers stay below the 40 updates a second that our server takes from one connection',
    'all in the same run, in turns; medians of the rounds; "× ours" is compared within each round: above 1, the peer needs more',
    'a delivery is one edit on the screen of one other person; CPU counts 2.6 s after the last edit, for what is put off',
  ],
  fanOut: {},
  memory: { history: null, samples: {} },
  kill: {},
}
try {
  if (wants('fan-out')) await measureFanOut()
  if (wants('kill')) await measureKill()
  const memory = wants('memory') ? await measureMemory() : results.memory
  const all = { ...results, memory }
  console.log(`\n${report(all)}\n`)
  if (values.json) writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`)
} catch (error) {
  for (const { name, server } of contestants) console.error(`${name} said last: ${server.output}`)
  throw error
} finally {
  await leave()
}
process.exit(0)

async function measureFanOut(): Promise<void> {
  const [warmUp] = scenarios(false)
  const warm = contestants.map(async (contestant) => (await fanOut(contestant, warmUp!)).figures)
  await Promise.all(warm)
  for (let round = 0; round < (full ? 5 : 3); round++) {
    // Nobody waits for the tail of a scenario: while one server does what it has put off, the next is measured.
    const figures: { to: FanOutSample[]; figure: Promise<FanOutSample> }[] = []
    for (const scenario of scenarios(full)) {
      say(`fan-out, round ${round + 1}: ${scenario.name}`)
      const samples = (results.fanOut[scenario.name] ??= named())
      for (const contestant of inTurn(round)) {
        const { figures: figure } = await fanOut(contestant, scenario)
        figures.push({ to: samples[contestant.name]!, figure })
      }
    }
    for (const { to, figure } of figures) to.push(await figure)
  }
}

/** All at the same time: what is missing does not depend on how fast the machine is. */
async function measureKill(): Promise<void> {
  const [kills, longestMs] = full ? [8, 20_000] : [3, 12_000]
  for (const { name } of contestants) results.kill[name] = []
  for (let i = 0; i < kills; i++) {
    // Spread over the time in which a debounced store may or may not have happened, and random within.
    const afterMs = 1_000 + ((longestMs - 1_000) * (i + Math.random())) / kills
    say(`kill -9, ${i + 1} of ${kills}: after ${(afterMs / 1000).toFixed(1)} s`)
    await Promise.all(
      contestants.map(async (c) => results.kill[c.name]!.push(await killWhileTyping(c, 5, afterMs))),
    )
  }
}

async function measureMemory(): Promise<Results['memory']> {
  const history = writeHistory(140_000, 300)
  const count = full ? 200 : 80
  say(`memory: writing ${count} rooms of ${Math.round(history.bytes / 1000)} KB`)
  const filled = await Promise.all(contestants.map((c) => fillRooms(c, history, count)))
  const ways = contestants.map((c, i) => ({ c, rooms: filled[i]!, name: c.name, enter: c.enter }))
  const ours = ways.find((way) => way.name === OURS)!
  // The pages of the app speak a wire of their own, for which the server keeps less.
  let lastId = 900_000
  const own = (room: string) => ours.c.enterToWrite(room, ++lastId)
  ways.push({ ...ours, name: `${OURS}, its own client`, enter: own })
  const samples: Results['memory']['samples'] = Object.fromEntries(ways.map(({ name }) => [name, []]))
  for (let round = 0; round < (full ? 3 : 2); round++) {
    for (const { name, c, enter, rooms } of ways) {
      say(`memory, round ${round + 1}: ${name}`)
      samples[name]!.push(await memoryOfIdleRooms(c, enter, rooms, history))
    }
  }
  const { bytes, clientIds, pieces } = history
  return { history: { bytes, clientIds, pieces }, samples }
}

/** Everybody is first as often as last. */
function inTurn(round: number): Contestant[] {
  return contestants.map((_, i) => contestants[(i + round) % contestants.length]!)
}

function named<T>(): Samples<T> {
  return Object.fromEntries(contestants.map(({ name }) => [name, []]))
}

function say(what: string): void {
  console.error(`${Math.round(performance.now() / 1000)} s  ${what}`)
}
