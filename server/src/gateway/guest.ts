/** Somebody who comes by HTTP, exchange after exchange: where they sit, and what an exchange of theirs waits for. */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName, DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { EXCHANGE_GUEST_MAX_MS, type Capacity } from '@auzolan/shared/limits.ts'
import type { Member } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'
import { TokenBucket } from '../token-bucket.ts'

/** A guest's place in the room of one channel. */
export interface Seat {
  readonly room: Room
  readonly member: Member & { readonly clientIds: Set<number> }
  /** Updates of this guest that its room has taken, ever, and those of them that are durable. */
  written: number
  acknowledged: number
  /** Why the room has sent the guest away. */
  left: RefusalCode | null
}

/** Somebody who comes by exchange after exchange. */
export class Guest {
  readonly seats = new Map<ChannelName, Seat>()
  readonly bucket: TokenBucket
  /** Exchanges under way. */
  inside = 0
  seenAt = performance.now()
  readonly #waiting = new Set<() => void>()
  constructor(bucket: TokenBucket) {
    this.bucket = bucket
  }
  /** Something has happened that an exchange may be waiting for. */
  readonly wake = (): void => this.#waiting.forEach((go) => go())
  /** Waits until `done`, or until the time is over. Returns whether it is done. */
  async until(done: () => boolean, ms: number, signal: AbortSignal): Promise<boolean> {
    const end = performance.now() + ms
    while (!done() && !signal.aborted) {
      const left = end - performance.now()
      if (left <= 0) break
      await new Promise<void>((resolve) => {
        const go = (): void => {
          clearTimeout(timer)
          // Nothing of this wait may stay: a guest comes back thousands of times.
          this.#waiting.delete(go)
          signal.removeEventListener('abort', go)
          resolve()
        }
        const timer = setTimeout(go, left)
        this.#waiting.add(go)
        signal.addEventListener('abort', go)
      })
    }
    return done()
  }
}

/** Everybody who comes by HTTP. One ration for a person in a document, whatever their sessions call themselves. */
export class Guests {
  readonly #capacity: Capacity
  readonly #release: (room: Room) => void
  readonly #people = new Map<
    string,
    { readonly bucket: TokenBucket; readonly sessions: Map<string, Guest> }
  >()

  constructor(capacity: Capacity, release: (room: Room) => void) {
    this.#capacity = capacity
    this.#release = release
  }

  get count(): number {
    return [...this.#people.values()].reduce((sum, { sessions }) => sum + sessions.size, 0)
  }

  /** The guest of a session, known from its last exchange or new. */
  of(person: PersonId, document: DocumentId, session: string): Guest {
    const key = `${person} ${document}`
    const { updatesPerSecond, updatesBurst } = this.#capacity
    const known = this.#people.get(key) ?? {
      bucket: new TokenBucket(updatesPerSecond, updatesBurst, () => performance.now()),
      sessions: new Map<string, Guest>(),
    }
    this.#people.set(key, known)
    const guest = known.sessions.get(session) ?? new Guest(known.bucket)
    known.sessions.set(session, guest)
    return guest
  }

  /** Those who have not come for a while have left. */
  sweep(): void {
    const past = performance.now() - EXCHANGE_GUEST_MAX_MS
    for (const [key, { sessions }] of this.#people) {
      for (const [session, guest] of sessions) {
        if (guest.inside > 0 || guest.seenAt > past) continue
        sessions.delete(session)
        this.#leave(guest)
      }
      if (sessions.size === 0) this.#people.delete(key)
    }
  }

  close(): void {
    for (const { sessions } of this.#people.values())
      for (const guest of sessions.values()) this.#leave(guest)
    this.#people.clear()
  }

  #leave(guest: Guest): void {
    for (const { room, member } of guest.seats.values()) {
      room.leave(member)
      this.#release(room)
    }
    guest.seats.clear()
    guest.wake()
  }
}
