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
}
