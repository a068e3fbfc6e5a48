/**
 * The clock of the demo. While its folder is filled, it stands on the day on which something was done, so that what was decided a year ago
 * is a year old in every row, and signed as of then; afterwards it is the clock on the wall.
 */
export class SampleClock {
  readonly #wall: () => Date
  #shiftMs = 0
  constructor(wall: () => Date) {
    this.#wall = wall
  }

  readonly now = (): Date => new Date(this.#wall().getTime() + this.#shiftMs)

  /** Does the work as if it were nine in the morning (UTC) of that day; time goes on while it is done. @param day ISO date */
  async on<T>(day: string, work: () => Promise<T>): Promise<T> {
    const before = this.#shiftMs
    this.#shiftMs = Date.parse(`${day}T09:00:00Z`) - this.#wall().getTime()
    try {
      return await work()
    } finally {
      this.#shiftMs = before
    }
  }
}
