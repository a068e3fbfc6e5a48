/** The catalogue of tools, as pages and Nextcloud read it. */
import type { CatalogueEntry, EntryStatus } from '../catalogue/entry.ts'
import type { Answer } from '../catalogue/may-i-use.ts'
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
  readonly location: Pick<CatalogueEntry['location'], 'worst' | 'exposed' | 'atRest' | 'reachedFrom' | 'own'>
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
}
/** `GET /catalogue/:id` */
export interface ToolCard {
  readonly entry: CatalogueEntry
  readonly status: EntryStatus
  readonly history: readonly PastVerdict[]
  /** Whether the person may read the evaluation itself. */
  readonly readable: boolean
}
/** `GET /catalogue/answer`; null where nothing was evaluated under that name. */
export interface Answered {
  readonly answer: Answer | null
  /** Where nothing was evaluated: who has asked for it already, or uses it. */
  readonly before: AskedBefore | null
  /** Where nothing has that name: names that are nearly it, the nearest first. */
  readonly near: readonly string[]
}
