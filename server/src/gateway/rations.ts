/** How much one person may change by REST: the rows they make are everybody's to read past. Nobody working by hand notices. */
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { REST_WRITES_BURST, REST_WRITES_PER_SECOND, REST_WRITE_WAIT_MAX_MS } from '@auzolan/shared/limits.ts'
import { TokenBucket } from './token-bucket.ts'

/** People remembered at most; a full bucket need not be. */
const PEOPLE_MAX = 10_000

export class Rations {
  readonly #buckets = new Map<PersonId, TokenBucket>()

  /** Waits until it is this person's turn; refuses when that would take too long. */
  async wait(person: PersonId): Promise<Refusal | null> {
    const bucket =
      this.#buckets.get(person) ??
      new TokenBucket(REST_WRITES_PER_SECOND, REST_WRITES_BURST, () => performance.now())
    // The latest last: whoever has not come for longest makes room.
    this.#buckets.delete(person)
    this.#buckets.set(person, bucket)
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= PEOPLE_MAX) break
      this.#buckets.delete(oldest)
    }
    if (bucket.waitMs() > REST_WRITE_WAIT_MAX_MS) return refusal('TRY_AGAIN', 'too many changes at once')
    const wait = bucket.take()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    return null
  }
}
