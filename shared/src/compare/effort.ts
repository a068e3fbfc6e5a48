/** How much work one comparison may still do: counted in steps and not in time, so that every device shows the same. */
import { COMPARE_EDITS_MAX, COMPARE_STEPS_MAX } from '../limits.ts'

export class Effort {
  #steps = COMPARE_STEPS_MAX

  /** How many edits the next search may go through; it costs their square. */
  editsAllowed(): number {
    return Math.min(COMPARE_EDITS_MAX, Math.floor(Math.sqrt(this.#steps)))
  }

  affords(steps: number): boolean {
    return steps <= this.#steps
  }

  spend(steps: number): void {
    this.#steps = Math.max(0, this.#steps - steps)
  }
}
