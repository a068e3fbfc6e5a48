/** How long an edit takes to reach the last of the others, and how much processor time a delivery costs. */
import type { Contestant } from './contestants.ts'
import { Deliveries, Typist } from './deliveries.ts'
import type { Guest } from './guest.ts'
import { forEach, pause } from './pause.ts'
import { percentile } from './statistics.ts'

export interface Scenario {
  readonly name: string
  readonly rooms: number
  readonly writers: number
  readonly readers: number
  /** Of each writer. */
  readonly editsPerSecond: number
  readonly seconds: number
}

export interface FanOutSample {
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time of the server for one edit to reach one other person. */
  readonly cpuUsPerDelivery: number
  readonly deliveries: number
  /** Messages with text that reached somebody, for each delivery: below 1 where edits are put together. */
  readonly framesPerDelivery: number
  /** Edits that had not reached everybody ten seconds after the last one. */
  readonly undelivered: number
  /** Share of one processor the harness itself used: near 1 the figures are its own, not the server's. */
  readonly harnessLoad: number
}

interface Seat {
  readonly guest: Guest
  readonly typist: Typist | null
}
interface Stage {
  readonly deliveries: Deliveries
  readonly seats: readonly Seat[]
}

const DELIVERED_WITHIN_MS = 10_000
/** Work that is put off (Hocuspocus stores after 2 s, we look at an edited room after 1.5 s) is part of the price. */
const TAIL_MS = 2_600
const AT_ONCE = 25

export const scenarios = (full: boolean): Scenario[] => {
  const seconds = full ? 6 : 3
  const one = { rooms: 1, writers: 1, editsPerSecond: 20, seconds }
  return [
    { ...one, name: '1 writer, 10 readers', readers: 10 },
    { ...one, name: '1 writer, 500 readers', readers: 500 },
    {
      name: '50 rooms × (2 writers at 100/s + 2 readers)',
      rooms: 50,
      writers: 2,
      readers: 2,
      editsPerSecond: 100,
      seconds,
    },
    {
      name: 'a meeting: 20 writers at 20/s, 200 readers',
      rooms: 1,
      writers: 20,
      readers: 200,
      editsPerSecond: 20,
      seconds,
    },
    { name: '20 rooms × 20 writers', rooms: 20, writers: 20, readers: 0, editsPerSecond: 1.5, seconds },
  ]
}
/** 500 edits a second, each of which is on the disk soon after (or before it is acknowledged). */
export const durable = (full: boolean): Scenario => ({
  name: 'durable: 50 rooms × (2 writers at 5/s + 2 readers)',
  rooms: 50,
  writers: 2,
  readers: 2,
  editsPerSecond: 5,
  seconds: full ? 6 : 3,
})
/** Rooms that one run takes for its scenarios. */
export const roomsFor = (some: readonly Scenario[]): number => some.reduce((sum, { rooms }) => sum + rooms, 0)

export async function fanOut(contestant: Contestant, scenario: Scenario): Promise<FanOutSample> {
  const stages = await forEach(Array.from({ length: scenario.rooms }), 10, () =>
    setStage(contestant, scenario),
  )
  const cpuBefore = await contestant.server.cpuMs()
  const harnessBefore = process.cpuUsage()
  const begin = performance.now()
  await Promise.all(stages.map((stage) => typeAll(stage, scenario)))
  const deadline = performance.now() + DELIVERED_WITHIN_MS
  while (stages.some((s) => s.deliveries.pending > 0) && performance.now() < deadline) await pause(20)
  const { user, system } = process.cpuUsage(harnessBefore)
  const harnessLoad = (user + system) / 1000 / (performance.now() - begin)

  await pause(TAIL_MS)
  const cpuMs = (await contestant.server.cpuMs()) - cpuBefore
  for (const { seats } of stages) for (const { guest } of seats) guest.close()
  const latencies = stages.flatMap((s) => s.deliveries.latencies)
  const deliveries = stages.reduce((sum, s) => sum + s.deliveries.count, 0)
  return {
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuUsPerDelivery: (cpuMs * 1000) / deliveries,
    deliveries,
    framesPerDelivery: stages.reduce((sum, s) => sum + s.deliveries.frames, 0) / deliveries,
    undelivered: stages.reduce((sum, s) => sum + s.deliveries.pending, 0),
    harnessLoad,
  }
}

async function setStage(contestant: Contestant, scenario: Scenario): Promise<Stage> {
  const { writers, readers } = scenario
  const room = await contestant.newRoom()
  // Everybody is the audience of everybody else.
  const people: (Typist | null)[] = [
    ...Array.from({ length: writers }, () => new Typist(editsOf(scenario))),
    ...new Array<null>(readers).fill(null),
  ]
  const deliveries = new Deliveries(people.length, people.length - 1)
  const seats = await forEach(people, AT_ONCE, async (typist, i) => {
    const guest = await contestant.enter(room)
    guest.onUpdate = (update) => deliveries.received(i, typist?.clientId ?? null, update)
    await guest.synced
    return { guest, typist }
  })
  return { deliveries, seats }
}

const editsOf = ({ editsPerSecond, seconds }: Scenario): number => Math.round(editsPerSecond * seconds)

async function typeAll({ seats, deliveries }: Stage, scenario: Scenario): Promise<void> {
  const every = 1000 / scenario.editsPerSecond
  const begin = performance.now()
  const edits = editsOf(scenario)
  const typing = seats
    .filter((seat) => seat.typist !== null)
    .map(async ({ guest, typist }) => {
      const offset = Math.random() * every
      for (let i = 0; i < edits; i++) {
        await pause(begin + offset + i * every - performance.now())
        const update = typist!.type()
        deliveries.sent(typist!.clientId)
        guest.send(update)
      }
    })
  await Promise.all(typing)
}
