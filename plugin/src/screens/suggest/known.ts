/** What stands on the shelf of what colleagues know. Pure. */
import { foldWithOffsets } from '@auzolan/shared/find/folded.ts'
import type { SuggestionSummary } from '@auzolan/shared/protocol/suggestions.ts'
import { termsOf } from '@auzolan/shared/search/terms.ts'

/** What nobody has answered yet, the first the one that most know. */
export const knownAmong = (all: readonly SuggestionSummary[], words: string): readonly SuggestionSummary[] =>
  saidAmong(
    all.filter(({ status }) => status === 'new' || status === 'shared' || status === 'under_evaluation'),
    words,
  )

/** Those in whose name or purpose each of these words begins one. */
export function saidAmong(all: readonly SuggestionSummary[], words: string): readonly SuggestionSummary[] {
  const terms = termsOf(words)
  return all.filter(({ name, whatFor }) => {
    const folded = foldWithOffsets(`${name} ${whatFor}`).text.match(/[\p{L}\p{N}]+/gu) ?? []
    return terms.every((term) => folded.some((word) => word.startsWith(term)))
  })
}
