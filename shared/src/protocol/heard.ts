/** What is said of us on networks (DOMAIN A.15), as those who listen read and write it. Who has named whom in a comment is another thing. */
import type { MentionTerms } from '../listening/mention.ts'
import type { Someone } from './review.ts'

/** `POST /documents/:id/heard`. */
export interface MentionGiven extends MentionTerms {
  /** A UUID of the device's own: however often it is sent, it counts once. */
  readonly id: string
}
/** `PUT /documents/:id/heard/:mention`: put right, answered, closed. */
export interface MentionCorrected extends MentionTerms {
  /** Of the row that was looked at: of two who do so at once, the second one is told. */
  readonly revision: number
}
export interface MentionKept extends MentionTerms {
  readonly id: string
  /** False once the retention is over: then only what is counted is left. */
  readonly worded: boolean
  readonly revision: number
  /** Who noted it, and when. */
  readonly by: Someone
  readonly at: string
}
/** `GET /documents/:id/heard?from=&to=` (ISO dates, both in it), what was said last first. */
export interface MentionsHeard {
  readonly mentions: readonly MentionKept[]
  /** There are older ones than those shown. */
  readonly more: boolean
  /** How long the words are kept. */
  readonly keptMonths: number
}
