/** `GET /search?q=`: what somebody may read and was looking for. */
import type { CatalogueEntry, EntryStatus } from '../catalogue/entry.ts'
import type { Hit } from '../find/find.ts'
import type { DocumentSummary } from './rest.ts'

/** A place where the words stand. */
export interface SearchHit extends Omit<Hit, 'label' | 'record'> {
  readonly kind: 'content' | 'calendar' | 'comments'
  /** Label of the field, English; '' of a comment. */
  readonly label: string
  readonly record: string
}
export interface SearchResult {
  readonly document: Pick<DocumentSummary, 'id' | 'type' | 'kind' | 'title' | 'work' | 'archived' | 'team'>
  /** Where, the best first. */
  readonly hits: readonly SearchHit[]
}
/** A tool of the catalogue: for everybody in the house. */
export interface ToolFound extends Pick<CatalogueEntry, 'id' | 'name' | 'intendedUse'> {
  readonly status: EntryStatus
}
/** What is found of one kind beside documents: the first ones, and whether there are more. */
export interface FoundGroup<T> {
  readonly found: readonly T[]
  readonly more: boolean
}
export interface SearchAnswer {
  readonly tools: FoundGroup<ToolFound>
  /** Words that nobody has written, and those that were looked for in their place. */
  readonly meant: readonly { readonly word: string; readonly instead: readonly string[] }[]
  readonly results: readonly SearchResult[]
  /** There are more behind them. */
  readonly more: boolean
}
