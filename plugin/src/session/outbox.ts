/** What waits for the server, in order, and what of it is on its way on this connection. */
import * as Y from 'yjs'
import { IN_FLIGHT_MAX } from '@auzolan/shared/limits.ts'

export interface Waiting {
  /** Its row in the copy; null when the device could not keep it. */
  key: number | null
  readonly update: Uint8Array
}
interface Flight {
  readonly n: number
  readonly entry: Waiting
}

export class Outbox {
  #entries: Waiting[] = []
  /** Sent on this connection, neither acknowledged nor refused. */
  #flights: Flight[] = []
  #acknowledged = 0
  #lastN = 0
  /** Numbers that went out behind a held one: each is refused once more, which is no verdict on what has them next. */
  readonly #refusedAnyway = new Set<number>()

  get entries(): readonly Waiting[] {
    return this.#entries
  }
  add(entry: Waiting): void {
    this.#entries.push(entry)
  }

  /** A new connection knows nothing of what the last one was given. */
  connectionBegins(): void {
    this.#flights = []
    this.#acknowledged = 0
    this.#refusedAnyway.clear()
  }

  /** The next edit to send; null when enough is on its way. */
  takeNext(): { n: number; update: Uint8Array } | null {
    return this.#take(() => true)
  }
  /** The next that only deletes, and nothing that still waits itself. */
  takeNextDeletion(): { n: number; update: Uint8Array } | null {
    const waiting = new Map<number, number>()
    for (const { update } of this.#entries)
      for (const { id } of Y.decodeUpdate(update).structs)
        waiting.set(id.client, Math.min(id.clock, waiting.get(id.client) ?? id.clock))
    return this.#take(({ update }) => {
      const { structs, ds } = Y.decodeUpdate(update)
      const reaches = [...ds.clients].some(([client, ranges]) =>
        ranges.some((r) => r.clock + r.len > (waiting.get(client) ?? Infinity)),
      )
      return structs.length === 0 && !reaches
    })
  }

  #take(may: (entry: Waiting) => boolean): { n: number; update: Uint8Array } | null {
    if (this.#flights.length >= IN_FLIGHT_MAX) return null
    const entry = this.#entries.find((e) => !this.#flights.some((f) => f.entry === e) && may(e))
    if (!entry) return null
    const n = ++this.#lastN
    this.#flights.push({ n, entry })
    return { n, update: entry.update }
  }

  /** The first `count` of this connection that were not refused are durable. */
  acknowledge(count: number): Waiting[] {
    const flights = this.#flights.splice(0, Math.max(0, count - this.#acknowledged))
    // The server answers in order: what it took again under a number it will not refuse any more.
    for (const { n } of flights) this.#refusedAnyway.delete(n)
    const done = flights.map((f) => f.entry)
    this.#acknowledged = Math.max(count, this.#acknowledged)
    this.#entries = this.#entries.filter((e) => !done.includes(e))
    return done
  }

  /**
   * Keeps a refused edit and all behind it, to go out again later under the same numbers: until the server sees this
   * one again it refuses whatever comes, so that nothing is stored without what was written before it.
   */
  hold(n: number): void {
    const at = this.#flights.findIndex((f) => f.n === n)
    if (at < 0) return
    this.#refusedAnyway.clear()
    for (const flight of this.#flights.splice(at).slice(1)) this.#refusedAnyway.add(flight.n)
    this.#lastN = n - 1
  }
  /** Whether this refusal only follows from a hold before it; said once for each number. */
  followsHold(n: number): boolean {
    return this.#refusedAnyway.delete(n)
  }

  /** Takes out the refused edit and all that was written after it; nothing when it is not ours any more. */
  takeFrom(n: number): Waiting[] {
    const flight = this.#flights.find((f) => f.n === n)
    return flight ? this.#entries.splice(this.#entries.indexOf(flight.entry)) : []
  }
  takeAll(): Waiting[] {
    return this.#entries.splice(0)
  }
}

/** Merges neighbouring updates as long as the result stays sendable; order is kept. */
export function gatherInto(updates: readonly Uint8Array[], maxBytes: number): Uint8Array[] {
  const groups: Uint8Array[][] = []
  let bytes = 0
  for (const update of updates) {
    const group = groups.at(-1)
    if (group && bytes + update.length <= maxBytes) {
      group.push(update)
      bytes += update.length
    } else {
      groups.push([update])
      bytes = update.length
    }
  }
  return groups.map((group) => (group.length === 1 ? group[0]! : Y.mergeUpdates(group)))
}
