/** Somebody who comes by HTTP, exchange after exchange: where they sit, and what an exchange of theirs waits for. */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import type { Member } from '../rooms/member.ts'
import type { Room } from '../rooms/room.ts'
import type { TokenBucket } from './token-bucket.ts'

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
