/** Writes to the copy on this device, one after the other, in the order in which things happened. */

export class CopyWriter {
  readonly #rewrite: () => Promise<void>
  readonly #onChange: () => void
  #work: Promise<void> = Promise.resolve()
  #behind = false

  /**
   * @param rewrite writes the whole document as it is now, for a store that was lost
   * @param onChange `behind` may have changed
   */
  constructor(rewrite: () => Promise<void>, onChange: () => void) {
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
      if (this.#behind) return
      await step().catch(async (error: unknown) => {
        this.#behind = true
        console.error('the copy on this device could not be written', error)
        await this.#writeAgain()
        this.#onChange()
      })
    })
  }

  /** The store may have been deleted under us, and be there again. */
  async #writeAgain(): Promise<void> {
    try {
      await this.#rewrite()
      this.#behind = false
    } catch {
      // Said by `behind`; the first failure is in the console.
    }
  }
}
