/** The catalogue of tools, as pages and Nextcloud read it. */
import type { CatalogueEntry, EntryStatus } from '../catalogue/entry.ts'
import type { Answer } from '../catalogue/may-i-use.ts'
import type { Translated } from '../schema/fields.ts'
import type { Upkeep } from './upkeep.ts'
import type { AskedBefore } from './suggestions.ts'
import type { Outcome } from '../schema/evaluation/decision.ts'

/** `GET /catalogue`: what a shelf shows of a tool, and what it is filtered by. */
export type OnShelf = Pick<
  CatalogueEntry,
  | 'id'
  | 'name'
  | 'vendor'
  | 'category'
  | 'classes'
  | 'level'
  | 'intendedUse'
  | 'description'
  | 'tags'
  | 'allowedDataClasses'
  | 'allowedLevels'
  | 'licence'
  | 'openness'
  | 'costModel'
  | 'offline'
  | 'departmentsUsing'
  | 'nextReviewOn'
> & {
  readonly status: EntryStatus
  /** Departments that say they use it today; those that the decision foresees are `departmentsUsing`. */
  readonly usedBy: readonly string[]
  /** Folded words of the card that stand in none of the texts above, with blanks between them: it is found by these, too. */
  readonly words: string
  readonly location: Pick<
    CatalogueEntry['location'],
    'worst' | 'exposed' | 'atRest' | 'backedUp' | 'reachedFrom' | 'own'
  >
}
export interface Catalogue {
  readonly tools: readonly OnShelf[]
}

/** What was decided on a tool once. */
export interface PastVerdict {
  readonly version: number
  readonly decidedOn: string
  readonly outcome: Outcome | null
  readonly versionOrPlan: string
  /** What has changed since the decision before (C-08). */
  readonly changedSince: Translated<string>
  readonly sha256: string
}
/** A tool of the catalogue that one is led to. */
export type ToolNamed = Pick<CatalogueEntry, 'id' | 'name' | 'intendedUse'> & { readonly status: EntryStatus }
/** `GET /catalogue/:id` */
export interface ToolCard {
  readonly entry: CatalogueEntry
  readonly status: EntryStatus
  readonly history: readonly PastVerdict[]
  /** Whether the person may read the evaluation itself. */
  readonly readable: boolean
  /** The one that a decision leads to in its place. */
  readonly instead: ToolNamed | null
  /** Others that may be used for the same need (C-08). */
  readonly sameNeed: readonly ToolNamed[]
  readonly upkeep: Upkeep
}
/** `GET /catalogue/answer`; null where nothing was evaluated under that name. */
export interface Answered {
  readonly answer: Answer | null
  /** Whether the person may read the evaluation it rests on. */
  readonly readable: boolean
  /** What colleagues have said of the tool of that name: who has asked for it already, or uses it. */
  readonly before: AskedBefore | null
}
