/** How much one person may send in files, and how many at the same time: a disk and a line are everybody's. */
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import type { Portion } from '../files/files.ts'
import { TokenBucket } from '../token-bucket.ts'

/** People remembered at most; a full bucket need not be. */
const PEOPLE_MAX = 10_000

export class Portions {
  readonly #perSecond: number
  readonly #burst: number
  readonly #atOnce: number
  readonly #people = new Map<PersonId, { readonly bucket: TokenBucket; sending: number }>()

  constructor(perSecond: number, burst: number, atOnce: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#atOnce = atOnce
  }

  begin(person: PersonId, bytes: number): Portion | Refusal {
    const mine = this.#people.get(person) ?? {
      bucket: new TokenBucket(this.#perSecond, this.#burst, () => performance.now()),
      sending: 0,
    }
    // The latest last: whoever has not come for longest makes room.
    this.#people.delete(person)
    this.#people.set(person, mine)
    for (const [oldest, { sending }] of this.#people) {
      if (this.#people.size <= PEOPLE_MAX) break
      if (sending === 0) this.#people.delete(oldest)
    }
    if (mine.sending >= this.#atOnce) return refusal('TRY_AGAIN', 'too many files at once')
    if (mine.bucket.waitMs() > 0) return refusal('TRY_AGAIN', 'too much in files')
    mine.bucket.take(bytes)
    mine.sending += 1
    return { end: () => void (mine.sending -= 1) }
  }
}
