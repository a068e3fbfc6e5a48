/**
 * What many ask at the same time is done at once: while one piece of work is under way the next gathers, so that after a restart
 * five hundred people cost the disk a few commits instead of five hundred.
 */
export class Together<T, R> {
  readonly #work: (asked: readonly T[]) => Promise<readonly R[]>
  #waiting: {
    readonly asked: T
    readonly resolve: (answer: R) => void
    readonly reject: (why: unknown) => void
  }[] = []
  #running = false

  /** @param work gives an answer to each, in order; when it fails all of them have failed */
  constructor(work: (asked: readonly T[]) => Promise<readonly R[]>) {
    this.#work = work
  }

  ask(asked: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asked, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      const now = this.#waiting.splice(0, AT_ONCE_MAX)
      try {
        const answers = await this.#work(now.map(({ asked }) => asked))
        now.forEach(({ resolve }, i) => resolve(answers[i]!))
      } catch (error) {
        for (const { reject } of now) reject(error)
      }
    }
    this.#running = false
  }
}

/** A statement takes only so many values. */
const AT_ONCE_MAX = 500
