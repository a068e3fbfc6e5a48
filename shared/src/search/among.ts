/** Finding by words among what is held in memory: tools, and whatever else has a name and is few thousand. Pure; the same rules as the index of texts. */
import { foldWithOffsets } from '../find/folded.ts'
import { slipsBetween } from '../find/slips.ts'
import { slipsIn, termsOf } from './terms.ts'

/** The words of one, folded: those of its name apart, which count more. */
export interface Words {
  readonly name: readonly string[]
  readonly rest: readonly string[]
}
const WORD = /[\p{L}\p{N}]+/gu
const cut = (texts: readonly string[]): readonly string[] => [
  ...new Set(foldWithOffsets(texts.join(' ')).text.match(WORD) ?? []),
]
export const wordsOf = (name: string, rest: readonly string[]): Words => ({
  name: cut([name]),
  rest: cut(rest),
})

/**
 * Those that have every word somewhere, by its beginning; a word that none of them has is taken for those a slip away that begin with the same
 * letter [SE2]. Those that have the words in their name come first, the others as they stood.
 */
export function foundAmong<T>(all: readonly T[], wordsOf: (one: T) => Words, query: string): readonly T[] {
  const terms = termsOf(query)
  if (terms.length === 0) return []
  const known = all.map((one) => ({ one, words: wordsOf(one) }))
  const fits = terms.map((term) => {
    const begins = (word: string): boolean => (term.length === 1 ? word === term : word.startsWith(term))
    if (known.some(({ words }) => words.name.some(begins) || words.rest.some(begins))) return begins
    const slips = slipsIn(term)
    return (word: string): boolean =>
      slips > 0 && word[0] === term[0] && slipsBetween(term, word, slips) <= slips
  })
  return known
    .flatMap(({ one, words: { name, rest } }) => {
      let named = 0
      for (const fit of fits) {
        if (name.some(fit)) named++
        else if (!rest.some(fit)) return []
      }
      return [{ one, named }]
    })
    .sort((a, b) => b.named - a.named)
    .map(({ one }) => one)
}
