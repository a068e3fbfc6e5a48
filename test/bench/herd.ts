/** Everybody comes back at once after a restart: how long until the last of them has what they lacked. */
import * as Y from 'yjs'
import type { Contestant } from './contestants.ts'
import type { Guest } from './guest.ts'
import { forEach, pause } from './pause.ts'

export interface HerdSample {
  readonly clients: number
  /** Until everybody has a ticket, where one is asked for. */
  readonly ticketsMs: number
  /** From the first to knock, with a ticket, until the last is served. */
  readonly ms: number
  readonly ticketsCpuMs: number
  /** Until some time after the last is served: what a start puts off is in it. */
  readonly cpuMs: number
  readonly bytes: number
}

const PER_ROOM = 5
const TAIL_MS = 2_600

/** Fills rooms with a text, each with a client that leaves at once. */
export async function fillRooms(contestant: Contestant, count: number, text: Uint8Array): Promise<string[]> {
  return forEach(Array.from({ length: count }), 10, async () => {
    const room = await contestant.newRoom()
    const [author, witness] = [await contestant.enter(room), await contestant.enter(room)]
    await Promise.all([author.synced, witness.synced])
    const arrived = new Promise<void>((resolve) => {
      const had = witness.received()
      witness.onUpdate = () => witness.received() - had >= text.length / 2 && resolve()
    })
    author.send(text)
    await arrived
    author.close()
    witness.close()
    return room
  })
}

/** @param holding whether they hold the text already, or nothing */
export async function herd(
  { server, ticket, enter }: Contestant,
  rooms: readonly string[],
  text: Uint8Array,
  holding: boolean,
): Promise<HerdSample> {
  await server.end('SIGTERM')
  await server.start()
  const state = holding ? Y.encodeStateVectorFromUpdate(text) : undefined
  const knocking = rooms.flatMap((room) => Array.from({ length: PER_ROOM }, () => room))
  const [cpuAtFirst, ticketsFrom] = [await server.cpuMs(), performance.now()]
  const tickets = await Promise.all(knocking.map((room) => ticket?.(room)))
  const ticketsMs = performance.now() - ticketsFrom
  const cpuBefore = await server.cpuMs()
  const begin = performance.now()
  const guests: Guest[] = await Promise.all(knocking.map((room, i) => enter(room, state, tickets[i])))
  await Promise.all(guests.map((guest) => guest.synced))
  const ms = performance.now() - begin
  await pause(TAIL_MS)
  const cpuMs = (await server.cpuMs()) - cpuBefore
  const bytes = guests.reduce((sum, guest) => sum + guest.received(), 0)
  guests.forEach((guest) => guest.close())
  return { clients: guests.length, ticketsMs, ticketsCpuMs: cpuBefore - cpuAtFirst, ms, cpuMs, bytes }
}
