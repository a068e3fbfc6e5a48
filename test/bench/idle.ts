/** What a room costs in memory while somebody has it open and nobody types, and what is left of that when all have gone. */
import * as Y from 'yjs'
import type { Contestant } from './contestants.ts'
import { ROOT } from './deliveries.ts'
import type { Guest } from './guest.ts'
import { forEach, pause } from './pause.ts'
import { dice } from './statistics.ts'

export interface IdleSample {
  readonly rooms: number
  readonly rssKbPerRoom: number
  /** Main thread, garbage collected. */
  readonly heapKbPerRoom: number
  readonly externalKbPerRoom: number
  /** More than before anybody had come, all rooms together. */
  readonly leftHeapKb: number
  readonly leftExternalKb: number
}

type Enter = (room: string) => Promise<Guest>

const AT_ONCE = 20
/** Rooms opened and left before the first measurement: code is compiled, pools are filled. */
const WARM_UP = 50
/** What a server does soon after somebody has come or gone (looking at the text, say) is over. */
const SETTLE_MS = 35_000

/** Starts the process afresh, opens a room for each client, in which it writes the text if it is not there yet, and leaves again. */
export async function idleRooms(
  { server }: Contestant,
  enter: Enter,
  rooms: readonly string[],
  text: Uint8Array,
): Promise<IdleSample> {
  await server.end('SIGTERM')
  await server.start()
  const open = (some: readonly string[]): Promise<Guest[]> =>
    forEach(some, AT_ONCE, async (room) => {
      const guest = await enter(room)
      await guest.synced
      // Compressed it may be half as long.
      if (guest.received() < text.length / 10) guest.send(text)
      return guest
    })
  const leave = (guests: readonly Guest[]): void => guests.forEach((guest) => guest.close())
  leave(await open(rooms.slice(0, WARM_UP)))
  await pause(SETTLE_MS)
  const before = await server.memory()
  const guests = await open(rooms.slice(WARM_UP))
  await pause(SETTLE_MS)
  const during = await server.memory()
  leave(guests)
  await pause(SETTLE_MS)
  const after = await server.memory()
  const count = guests.length
  return {
    rooms: count,
    rssKbPerRoom: (during.rssKb - before.rssKb) / count,
    heapKbPerRoom: (during.heapKb - before.heapKb) / count,
    externalKbPerRoom: (during.externalKb - before.externalKb) / count,
    leftHeapKb: after.heapKb - before.heapKb,
    leftExternalKb: after.externalKb - before.externalKb,
  }
}

/** A text as several people have written it, here and there: about so many bytes as one update. The same each time. */
export function someText(bytes: number, people = 5): Uint8Array {
  const roll = dice(2027)
  const doc = new Y.Doc()
  const text = doc.getText(ROOT)
  for (let person = 0; person < people; person++) {
    doc.clientID = 1_000_000 + person
    const enough = (bytes * (person + 1)) / people
    // About eight bytes beside the letters of each piece.
    for (let size = (bytes * person) / people; size < enough;) {
      const letters = words(roll, 20 + Math.floor(roll() * 60))
      text.insert(Math.floor(roll() * text.length), letters)
      size += letters.length + 8
    }
  }
  return Y.encodeStateAsUpdate(doc)
}

const LETTERS = 'eatirnkozudghbslpmfx '
const words = (roll: () => number, length: number): string =>
  Array.from({ length }, () => LETTERS[Math.floor(roll() * LETTERS.length)]).join('')
