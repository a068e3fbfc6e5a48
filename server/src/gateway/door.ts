/**
 * The door newcomers pass a few at a time, in the order in which they came. With everybody of a herd inside at once nobody
 * would be seated before the last had been asked for, and by then all would have lost patience and come again.
 */
export class Door {
  #free: number
  readonly #waiting: (() => void)[] = []

  /** @param atOnce how many may be in the doorway */
  constructor(atOnce: number) {
    this.#free = atOnce
  }

  async pass(step: () => Promise<void>): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      await step()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
