/** How much one person may ask of the REST interface: what they make is everybody's to read past, and time is everybody's. Nobody working by hand notices. */
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { REST_WAIT_MAX_MS, type REST_RATIONS, type Ration } from '@auzolan/shared/limits.ts'
import { TokenBucket } from '../token-bucket.ts'

/** People remembered at most; a full bucket need not be. */
const PEOPLE_MAX = 10_000

/** What a call uses up: everything but reading counts as a change, too. */
export type Used = keyof typeof REST_RATIONS

/** What is handed out here leaves a row in the audit. */
const WRITING_READ = /\/(approval|audit)$/
const EXPORT = /\/audit$/
const BIRTH = /^\/(documents|teams|documents\/[^/]+\/(duplicate|template))$/

export function usedBy(method: string, path: string): readonly Used[] {
  if (method === 'GET')
    return EXPORT.test(path) ? ['changes', 'exports'] : WRITING_READ.test(path) ? ['changes'] : ['reads']
  return method === 'POST' && BIRTH.test(path) ? ['changes', 'births'] : ['changes']
}

export class Rations {
  readonly #ration: Ration
  readonly #buckets = new Map<PersonId, TokenBucket>()

  constructor(ration: Ration) {
    this.#ration = ration
  }

  /** Waits until it is this person's turn; refuses when that would take too long. */
  async wait(person: PersonId): Promise<Refusal | null> {
    const { perSecond, burst } = this.#ration
    const bucket = this.#buckets.get(person) ?? new TokenBucket(perSecond, burst, () => performance.now())
    // The latest last: whoever has not come for longest makes room.
    this.#buckets.delete(person)
    this.#buckets.set(person, bucket)
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= PEOPLE_MAX) break
      this.#buckets.delete(oldest)
    }
    if (bucket.waitMs() > REST_WAIT_MAX_MS) return refusal('TRY_AGAIN', 'too much at once')
    const wait = bucket.take()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    return null
  }
}
