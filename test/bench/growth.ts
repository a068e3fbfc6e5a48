/** How cost grows: with the rooms that are open, with the people in one, with the history behind a text. */
import type { Contestant } from './contestants.ts'
import { Typist } from './deliveries.ts'
import type { Scenario } from './fan-out.ts'
import { forEach, pause } from './pause.ts'
import { percentile } from './statistics.ts'

export const GROWTH = {
  people: (full: boolean): number[] => (full ? [2, 10, 100, 1_000] : [2, 10, 100, 500]),
  rooms: (full: boolean): number[] => (full ? [100, 1_000, 10_000] : [100, 1_000]),
  edits: (full: boolean): number[] => (full ? [1_000, 10_000, 100_000, 250_000] : [1_000, 10_000, 100_000]),
}

/** One of them types, the others read. */
export const people = (count: number, seconds: number): Scenario => ({
  name: `${count} people in one room`,
  rooms: 1,
  writers: 1,
  readers: count - 1,
  editsPerSecond: 20,
  seconds,
})

export interface RoomsSample {
  /** From sending an edit until it is on the disk and its author knows. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuUsPerEdit: number
  readonly rssKbPerRoom: number
}

const AT_ONCE = 20
/** Over all rooms: the same however many they are. */
const EDITS_PER_SECOND = 500
const SECONDS = 10
const SETTLE_MS = 5_000
/** What is put off, as in the other scenarios. */
const TAIL_MS = 2_600

/** One of our own clients in each room; all of them together write the same number of letters a second. */
export async function manyRooms(
  { server, enterToWrite }: Contestant,
  rooms: readonly string[],
): Promise<RoomsSample> {
  await server.end('SIGTERM')
  await server.start()
  const before = await server.memory()
  const latencies: number[] = []
  let waiting = 0
  const authors = await forEach(rooms, AT_ONCE, async (room) => {
    const typist = new Typist()
    const guest = await enterToWrite(room, typist.clientId)
    const sentAt: number[] = []
    guest.onAck = (count) => {
      while (typist.clock - sentAt.length < count) {
        latencies.push(performance.now() - sentAt.shift()!)
        waiting -= 1
      }
    }
    await guest.synced
    const type = (): void => {
      const update = typist.type()
      sentAt.push(performance.now())
      waiting += 1
      guest.send(update)
    }
    return { guest, type }
  })
  await pause(SETTLE_MS)
  const during = await server.memory()
  const cpuBefore = await server.cpuMs()
  const begin = performance.now()
  const edits = EDITS_PER_SECOND * SECONDS
  for (let n = 0; n < edits; n++) {
    await pause(begin + (n * 1000) / EDITS_PER_SECOND - performance.now())
    authors[n % authors.length]!.type()
  }
  while (waiting > 0) await pause(20)
  await pause(TAIL_MS)
  const cpuMs = (await server.cpuMs()) - cpuBefore
  for (const { guest } of authors) guest.close()
  return {
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuUsPerEdit: (cpuMs * 1000) / edits,
    rssKbPerRoom: (during.rssKb - before.rssKb) / rooms.length,
  }
}
