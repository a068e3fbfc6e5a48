/** What takes long to find out, kept for those keys that were asked for last. */
export class Remembered<V> {
  readonly #max: number
  readonly #known = new Map<string, V>()
  constructor(max: number) {
    this.#max = max
  }

  of(key: string, find: (key: string) => V): V {
    const known = this.#known.has(key) ? this.#known.get(key)! : find(key)
    // The one that was asked for last is the last one.
    this.#known.delete(key)
    this.#known.set(key, known)
    for (const oldest of this.#known.keys())
      if (this.#known.size > this.#max) this.#known.delete(oldest)
      else break
    return known
  }

  /** It was no answer: whoever asks next finds it out again. */
  forget(key: string): void {
    this.#known.delete(key)
  }
}
