/** What somebody waits for, beside edits: requests, and greetings and other steps of a session that have to ask. */
export class Awaited {
  #count = 0

  get isNothing(): boolean {
    return this.#count === 0
  }

  /** @returns to be called when it is done; more calls do nothing */
  begin(): () => void {
    let under = true
    this.#count += 1
    return () => {
      if (under) this.#count -= 1
      under = false
    }
  }

  /** Whoever is counted waits for edits of others meanwhile, and for nothing else. */
  async forEdits<T>(news: Promise<T>): Promise<T> {
    this.#count -= 1
    try {
      return await news
    } finally {
      this.#count += 1
    }
  }
}
