/** Who writes one channel: a place is taken with an edit, and given up after a minute without any. */
import type { PersonId } from '@auzolan/shared/ids.ts'
import { WRITER_IDLE_MS } from '@auzolan/shared/limits.ts'

export class Writers {
  readonly #places: number
  /** When each last wrote (ms, monotonic). */
  readonly #at = new Map<PersonId, number>()

  constructor(places: number) {
    this.#places = places
  }

  get count(): number {
    return this.#at.size
  }

  hasPlace(person: PersonId): boolean {
    if (this.#at.has(person) || this.#at.size < this.#places) return true
    const idle = performance.now() - WRITER_IDLE_MS
    for (const [other, at] of this.#at) if (at < idle) this.#at.delete(other)
    return this.#at.size < this.#places
  }

  wrote(person: PersonId): void {
    this.#at.set(person, performance.now())
  }

  left(person: PersonId): void {
    this.#at.delete(person)
  }
}
