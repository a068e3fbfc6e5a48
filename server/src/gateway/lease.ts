/** How long a socket may go on without showing a fresh ticket. Monotonic time: a clock that is set ends no lease. */
import { LEASE_RENEW_BEFORE_MS, RENEW_AT_ONCE_MS } from '@auzolan/shared/limits.ts'

export class Lease {
  readonly #leaseMs: number
  readonly #now: () => number
  #until: number
  #asked = false
  #suspended = false

  /** @param now milliseconds, monotonic */
  constructor(leaseMs: number, now: () => number = () => performance.now()) {
    this.#leaseMs = leaseMs
    this.#now = now
    this.#until = now() + leaseMs
  }

  get leftMs(): number {
    return Math.max(0, Math.round(this.#until - this.#now()))
  }
  /** Nothing is taken before a fresh ticket has been shown. */
  get suspended(): boolean {
    return this.#suspended
  }

  /** What to do now: ask for a fresh ticket (said once), or end. */
  due(): 'nothing' | 'ask' | 'over' {
    const left = this.#until - this.#now()
    if (left <= 0) return 'over'
    const askBefore = Math.min(LEASE_RENEW_BEFORE_MS, this.#leaseMs / 2)
    if (this.#asked || left > askBefore) return 'nothing'
    this.#asked = true
    return 'ask'
  }

  /** Something about the person has changed: a fresh ticket is wanted now. */
  suspend(): void {
    this.#suspended = true
    this.#asked = true
    this.#until = Math.min(this.#until, this.#now() + RENEW_AT_ONCE_MS)
  }

  renewed(): void {
    this.#until = this.#now() + this.#leaseMs
    this.#asked = false
    this.#suspended = false
  }
}
