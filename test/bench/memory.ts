/** What a room costs in memory while somebody has it open and nobody types. */
import * as Y from 'yjs'
import { until } from '../support/server.ts'
import type { Contestant } from './contestants.ts'
import type { Guest } from './guest.ts'
import type { History } from './history.ts'
import { forEach, pause } from './pause.ts'
import type { Memory } from './statistics.ts'

export interface MemorySample {
  /** Rooms opened between the two measurements; as many again as a third of them were open before. */
  readonly rooms: number
  readonly before: Held
  readonly after: Held
  readonly rssKbPerRoom: number
  /** Heap of the main thread in use, buffers included: what a room needs, whatever the allocator keeps beside it. */
  readonly heapKbPerRoom: number
}

type Held = Memory & { readonly heapKb: number }
type Enter = (room: string) => Promise<Guest>

const AT_ONCE = 10
/** Rooms opened before the first measurement: code is compiled, pools are filled. */
const WARM_UP_SHARE = 0.25
/** What a server does soon after somebody has come (looking at the text, say) is over: here a room is idle. */
const SETTLE_MS = 30_000

/** Writes the history into as many rooms as wanted; each of them is complete for others before its author leaves. */
export async function fillRooms(
  contestant: Contestant,
  history: History,
  count: number,
): Promise<readonly string[]> {
  return forEach(Array.from({ length: count }), AT_ONCE, async () => {
    const room = await contestant.newRoom()
    const watcher = await contestant.enter(room)
    const seen = new Set<number>()
    watcher.onUpdate = (update) => [...Y.parseUpdateMeta(update).to.keys()].forEach((id) => seen.add(id))
    await watcher.synced
    for (const updates of history.sessions) {
      const author = await contestant.enter(room)
      await author.synced
      for (const update of updates) {
        const written = [...Y.parseUpdateMeta(update).to.keys()]
        author.send(update)
        await until(() => written.every((id) => seen.has(id)), 'others have the history')
      }
      author.close()
    }
    watcher.close()
    return room
  })
}

/** Starts the process afresh, so that what is counted is holding the rooms, not having filled them. */
export async function memoryOfIdleRooms(
  { server }: Contestant,
  enter: Enter,
  rooms: readonly string[],
  history: History,
): Promise<MemorySample> {
  await server.end('SIGTERM')
  await server.start()
  const open = async (some: readonly string[]): Promise<Guest[]> => {
    const guests: Guest[] = []
    for (let from = 0; from < some.length; from += AT_ONCE) {
      guests.push(...(await Promise.all(some.slice(from, from + AT_ONCE).map(enterAndWait))))
      // In life they open over hours; without this, what counts is how much garbage a rush leaves behind.
      await server.collect()
    }
    await pause(SETTLE_MS)
    return guests
  }
  const enterAndWait = async (room: string): Promise<Guest> => {
    const guest = await enter(room)
    await until(() => guest.received() >= history.bytes * 0.5, 'the document is there')
    return guest
  }
  const warm = Math.round(rooms.length * WARM_UP_SHARE)
  const guests = await open(rooms.slice(0, warm))
  const before = await server.memory()
  guests.push(...(await open(rooms.slice(warm))))
  const after = await server.memory()
  for (const guest of guests) guest.close()
  const opened = rooms.length - warm
  return {
    rooms: opened,
    before,
    after,
    rssKbPerRoom: (after.rssKb - before.rssKb) / opened,
    heapKbPerRoom: (after.heapKb - before.heapKb) / opened,
  }
}
