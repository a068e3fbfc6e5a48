/**
 * Work that may wait: one piece after the other, and after each a pause, the longer the busier the process is without it. On a quiet
 * machine everything is done at once; on a busy one all of it together takes a share of the time, and whoever types does not wait for it.
 */

/** Some time without us, in which it shows how busy the process is. */
const PAUSE_MIN_MS = 10
/** However long the work before it took: somebody who writes a book at once is read on with as well. */
const PAUSE_MAX_MS = 5_000
/** What has waited longer is done without a pause: the line is longer than pauses allow. */
const LATE_MS = 10_000
/** Above this share of the time with work in it the pauses are as long as they get. */
const BUSY = 0.5

export class Paced<K> {
  readonly #times: number
  readonly #waiting = new Map<K, { readonly work: () => Promise<unknown>; readonly since: number }>()
  #running = false
  #pause: NodeJS.Timeout | undefined
  #closed = false

  /** @param times length of a pause on a busy machine, in what the work before it took */
  constructor(times: number) {
    this.#times = times
  }

  /** Puts it at the end of the line; what stands there under the same key already stays where it is. `work` must not reject. */
  add(key: K, work: () => Promise<unknown>): void {
    if (this.#closed || this.#waiting.has(key)) return
    this.#waiting.set(key, { work, since: performance.now() })
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
    for (const [key, { work, since }] of this.#waiting) {
      this.#waiting.delete(key)
      const began = performance.now()
      await work()
      if (began - since > LATE_MS) continue
      const took = performance.now() - began
      const busy = await this.#busyWithoutUs()
      const pause = took * this.#times * Math.min(1, busy / BUSY)
      const more = Math.min(pause, PAUSE_MAX_MS) - PAUSE_MIN_MS
      if (more >= 1) await this.#rest(more)
    }
    this.#running = false
  }

  /** A pause, and the share of it in which this thread worked: the event loop itself cannot say, since it also sleeps (rooms/nap.ts). */
  async #busyWithoutUs(): Promise<number> {
    const [began, before] = [performance.now(), process.threadCpuUsage()]
    await this.#rest(PAUSE_MIN_MS)
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1_000 / (performance.now() - began)
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#pause = setTimeout(resolve, ms)
      this.#pause.unref()
    })
  }
}
