/** The register of consents, as those who keep it read and write it. */
import type { ConsentTerms } from '../posts/consent.ts'
import type { Someone } from './review.ts'

/** `POST /documents/:id/consents`. */
export interface ConsentGiven extends ConsentTerms {
  /** A UUID of the page's own: the same sent twice counts once. */
  readonly id: string
}
/** `PUT /documents/:id/consents/:consent`: put right what was written down wrongly. */
export interface ConsentCorrected extends ConsentTerms {
  /** Of the row that was corrected: of two who do so at once, the second one is told. */
  readonly revision: number
}
/** `GET /documents/:id/consents`, the latest first. */
export interface ConsentKept extends ConsentTerms {
  readonly id: string
  readonly withdrawnOn: string | null
  readonly revision: number
  /** Who wrote it last, and when. */
  readonly by: Someone
  readonly at: string
}
/** `POST /documents/:id/consents/:consent/withdraw`. */
export interface ConsentWithdrawal {
  /** ISO date from which it counts no more; not in the future. */
  readonly on: string
}
/** What to look for: every use of the first has to be taken away or replaced. */
export interface ConsentWithdrawn {
  readonly withdrawn: readonly string[]
  /** Other consents of the same person that still stand; whoever withdrew may have meant them too. */
  readonly standing: readonly string[]
}
