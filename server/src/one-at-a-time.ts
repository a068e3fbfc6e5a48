/**
 * Looks at something one time after the other. Whoever asks while it is looked at may know of more than that look has seen: it is looked at
 * once more, for all who have asked meanwhile, and no late answer takes the place of a later one.
 */
export class OneAtATime {
  readonly #look: () => Promise<void>
  #under: Promise<void> | null = null
  #again = false

  constructor(look: () => Promise<void>) {
    this.#look = look
  }

  /** Resolves when a look that began after this call is over, and rejects when the one that was under way or that one fails. */
  ask(): Promise<void> {
    this.#again = true
    return (this.#under ??= this.#lookOn())
  }

  async #lookOn(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false
        await this.#look()
      }
    } finally {
      // In the same turn as the last question whether there is more: who asks next begins anew.
      this.#under = null
    }
  }
}
