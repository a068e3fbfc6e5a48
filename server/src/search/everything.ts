/** All that somebody finds by words, for our own page and for Nextcloud's. Each kind of thing that can be found is asked for here, side by side. */
import { SUGGESTIONS_FOUND_MAX, TOOLS_FOUND_MAX } from '@auzolan/shared/limits.ts'
import type { FoundGroup, SearchAnswer } from '@auzolan/shared/protocol/search.ts'
import type { Claims } from '../access/claims.ts'
import type { Search } from './search.ts'
import type { SuggestionsFound } from './suggestions-found.ts'
import type { ToolsFound } from './tools-found.ts'

export interface Finders {
  readonly search: Search
  readonly toolsFound: ToolsFound
  readonly suggestionsFound: SuggestionsFound
}

export async function findEverything(
  { search, toolsFound, suggestionsFound }: Finders,
  claims: Claims,
  query: string,
): Promise<SearchAnswer> {
  const [texts, tools, suggestions] = await Promise.all([
    search.find(claims, query),
    toolsFound.find(query),
    suggestionsFound.find(query),
  ])
  const decided = new Set(tools.map(({ id }) => id))
  return {
    tools: firstOf(tools, TOOLS_FOUND_MAX),
    // What is found as a tool need not stand there twice.
    suggestions: firstOf(
      suggestions.filter(({ entry }) => entry === null || !decided.has(entry)),
      SUGGESTIONS_FOUND_MAX,
    ),
    ...texts,
  }
}

const firstOf = <T>(all: readonly T[], max: number): FoundGroup<T> => ({
  found: all.slice(0, max),
  more: all.length > max,
})
