/** What a type of document has checked, beside what its schema says of every field. */
import type { OpinionRole } from '../protocol/review.ts'
import type { DocumentJson } from '../schema/fields.ts'
import type { CheckContext, Finding, Outcome } from './finding.ts'

export interface DocumentChecks {
  /**
   * In the order in which they are shown.
   * @param empty paths of required fields that are said to be missing
   */
  readonly outcomes: (json: DocumentJson, context: CheckContext, empty: ReadonlySet<string>) => Outcome[]
  /** A gap elsewhere that leaves this section incomplete too. */
  readonly leavesOpen?: (section: string, finding: Finding) => boolean
  /** Whose opinion the text itself asks for, whatever the route says. */
  readonly opinions?: (json: DocumentJson) => readonly OpinionRole[]
}
