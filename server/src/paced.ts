/**
 * Work that may wait: one piece after the other, and after each a pause of so many times what it took. However much there is,
 * all of it together takes a share of the time, and whoever types does not wait for it. In a long line the pauses are shorter: the last
 * of it should not wait for hours.
 */
export class Paced<K> {
  readonly #times: number
  readonly #waiting = new Map<K, () => Promise<unknown>>()
  #running = false
  #pause: NodeJS.Timeout | undefined
  #closed = false

  /** @param times length of a pause, in what the work before it took */
  constructor(times: number) {
    this.#times = times
  }

  /** Puts it at the end of the line; what stands there under the same key already stays where it is. `work` must not reject. */
  add(key: K, work: () => Promise<unknown>): void {
    if (this.#closed || this.#waiting.has(key)) return
    this.#waiting.set(key, work)
    if (!this.#running) void this.#run()
  }

  has(key: K): boolean {
    return this.#waiting.has(key)
  }

  /** What still waits is not done any more. */
  close(): void {
    this.#closed = true
    this.#waiting.clear()
    clearTimeout(this.#pause)
  }

  async #run(): Promise<void> {
    this.#running = true
    for (const [key, work] of this.#waiting) {
      this.#waiting.delete(key)
      const began = performance.now()
      await work()
      const took = performance.now() - began
      const ms = took * this.#times * Math.min(1, SHORT_LINE / this.#waiting.size)
      await new Promise<void>((resolve) => {
        this.#pause = setTimeout(resolve, ms)
        this.#pause.unref()
      })
    }
    this.#running = false
  }
}

/** Up to so many that wait, the pauses are as long as they should be. */
const SHORT_LINE = 50
