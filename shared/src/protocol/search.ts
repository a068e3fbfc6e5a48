/** `GET /search?q=`: what somebody may read and was looking for. */
import type { CatalogueEntry, EntryStatus } from '../catalogue/entry.ts'
import type { Hit } from '../find/find.ts'
import type { Taken } from '../search/among.ts'
import type { Translated } from '../schema/fields.ts'
import type { DocumentSummary } from './rest.ts'
import type { SuggestionSummary } from './suggestions.ts'

/** A place where the words stand. */
export interface SearchHit extends Omit<Hit, 'label' | 'record'> {
  readonly kind: 'content' | 'calendar' | 'comments'
  /** Label of the field, English; '' of a comment. */
  readonly label: string
  readonly record: string
  /** What its record is called in each language, where it is called something in several. */
  readonly names: Translated<string>
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
/** A tool that colleagues know or ask about: for everybody in the house. One that was put together with it is found as this one. */
export interface SuggestionFound extends Pick<
  SuggestionSummary,
  'id' | 'name' | 'whatFor' | 'status' | 'entry'
> {
  /** Names under which it was suggested, too. */
  readonly alsoCalled: readonly string[]
}
/** What is found of one kind beside documents: the first ones, and whether there are more. */
export interface FoundGroup<T> {
  readonly found: readonly T[]
  readonly more: boolean
}
export interface SearchAnswer {
  readonly tools: FoundGroup<ToolFound>
  /** Without those that are among the tools. */
  readonly suggestions: FoundGroup<SuggestionFound>
  /** Words that nobody has written, and those that were looked for in their place. */
  readonly meant: readonly Taken[]
  readonly results: readonly SearchResult[]
  /** There are more behind them. */
  readonly more: boolean
}
