/** What the approved reports of a plan say of its figures, as the REST interface speaks of it. */
import type { Span } from '../indicators/periods.ts'
import type { RichText, Translated } from '../schema/fields.ts'

/** `GET /documents/:id/reports?from=…&to=…`: an approved report of the plan whose time touches these days. */
export interface ReportSays extends Span {
  readonly id: string
  readonly title: Translated<string>
  /** What cannot be concluded from the figures. */
  readonly impactNote: Translated<RichText>
  /** Who sent to review the version that is in force, and when. */
  readonly by: string
  readonly at: string
}
