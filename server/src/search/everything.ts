/** All that somebody finds by words, for our own page and for Nextcloud's. Each kind of thing that can be found is asked for here, side by side. */
import { SEARCH_MEANT_MAX, SUGGESTIONS_FOUND_MAX, TOOLS_FOUND_MAX } from '@auzolan/shared/limits.ts'
import type { FoundGroup, SearchAnswer } from '@auzolan/shared/protocol/search.ts'
import type { Among, Taken } from '@auzolan/shared/search/among.ts'
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
  // What has the words as they were typed is meant, rather than what is called nearly so.
  const typed = [tools, suggestions].some(({ found, meant }) => found.length > 0 && meant.length === 0)
  const kept = <T>(one: Among<T>): Among<T> =>
    typed && one.meant.length > 0 ? { found: [], meant: [] } : one
  const [toolsKept, suggestionsKept] = [kept(tools), kept(suggestions)]
  const decided = new Set(toolsKept.found.map(({ id }) => id))
  return {
    tools: firstOf(toolsKept.found, TOOLS_FOUND_MAX),
    // What is found as a tool need not stand there twice.
    suggestions: firstOf(
      suggestionsKept.found.filter(({ entry }) => entry === null || !decided.has(entry)),
      SUGGESTIONS_FOUND_MAX,
    ),
    results: texts.results,
    more: texts.more,
    meant: together([...texts.meant, ...toolsKept.meant, ...suggestionsKept.meant]),
  }
}

/** Each word once, with all that was taken in its place. */
const together = (all: readonly Taken[]): Taken[] =>
  [...Map.groupBy(all, ({ word }) => word)].map(([word, of]) => ({
    word,
    instead: [...new Set(of.flatMap(({ instead }) => instead))].slice(0, SEARCH_MEANT_MAX),
  }))

const firstOf = <T>(all: readonly T[], max: number): FoundGroup<T> => ({
  found: all.slice(0, max),
  more: all.length > max,
})
