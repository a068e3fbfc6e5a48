/** Writes to the copy on this device, one after the other, in the order in which things happened. */

/** Writing a whole document is work, and a full device stays full for a while. */
const REWRITE_PAUSE_MS = 10_000

export class CopyWriter {
  readonly #rewrite: () => Promise<boolean>
  readonly #onChange: () => void
  #work: Promise<void> = Promise.resolve()
  #behind = false
  /** A store that took nothing is not asked again before (ms, monotonic). */
  #askAgainAt = 0

  /**
   * @param rewrite writes the whole document as it is now, for a store that was lost; false when it cannot be now
   * @param onChange `behind` may have changed
   */
  constructor(rewrite: () => Promise<boolean>, onChange: () => void) {
    this.#rewrite = rewrite
    this.#onChange = onChange
  }

  /** The copy missed something from the server: its marker must not move past that. */
  get behind(): boolean {
    return this.#behind
  }

  /** Resolves when everything that was begun so far is done. */
  get idle(): Promise<void> {
    return this.#work
  }

  then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => console.error('the session stumbled', error))
  }

  /** Keeps what came from the server. After a failure nothing more: a gap before the marker would stay for ever. */
  keep(step: () => Promise<void>): void {
    this.then(async () => {
      if (this.#behind) return this.#writeAgain()
      await step().catch(async (error: unknown) => {
        this.#behind = true
        console.error('the copy on this device could not be written', error)
        await this.#writeAgain()
      })
    })
  }

  /** The store may have been deleted under us, and be there again. */
  async #writeAgain(): Promise<void> {
    if (performance.now() < this.#askAgainAt) return
    try {
      if (await this.#rewrite()) this.#behind = false
    } catch {
      // Said by `behind`; the first failure is in the console.
      this.#askAgainAt = performance.now() + REWRITE_PAUSE_MS
    }
    this.#onChange()
  }
}
