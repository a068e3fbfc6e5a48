import { TOKEN_BYTES } from '@auzolan/shared/limits.ts'

/** What an update of so many bytes costs: reading it is work, by its length. */
export const tokensFor = (bytes: number): number => 1 + Math.floor(bytes / TOKEN_BYTES)

/** How fast one connection may send. It never refuses: whoever is too fast waits, and is read more slowly. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  readonly #now: () => number
  #tokens: number
  #at: number

  /** @param now milliseconds, monotonic */
  constructor(perSecond: number, burst: number, now: () => number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#now = now
    this.#tokens = burst
    this.#at = now()
  }

  /** How long whoever takes a token now would wait, in milliseconds. */
  waitMs(): number {
    this.#fill()
    return this.#tokens >= 1 ? 0 : ((1 - this.#tokens) / this.#perSecond) * 1000
  }

  /** Takes tokens, from the future if need be. Returns how many milliseconds to wait before going on. */
  take(tokens = 1): number {
    this.#fill()
    this.#tokens -= tokens
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#perSecond) * 1000
  }

  #fill(): void {
    const now = this.#now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
  }
}
