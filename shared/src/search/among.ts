/** Finding by words among what is held in memory: tools, and whatever else has a name and is few thousand. Pure; the same rules as the index of texts. */
import { foldWithOffsets } from '../find/folded.ts'
import { slipsBetween } from '../find/slips.ts'
import { SEARCH_MEANT_MAX } from '../limits.ts'
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

export interface Among<T> {
  readonly found: readonly T[]
  /** Words that none of them has, and those of what was found that were taken in their place. */
  readonly meant: readonly Taken[]
}
/** A word that stands nowhere, and those that were taken in its place. */
export interface Taken {
  readonly word: string
  readonly instead: readonly string[]
}

/**
 * Those that have every word somewhere, by its beginning; a word that none of them has is taken for those a slip away that begin with the same
 * letter [SE2]. Those that have the words in their name come first, the others as they stood.
 */
export function lookAmong<T>(all: readonly T[], wordsOf: (one: T) => Words, query: string): Among<T> {
  const terms = termsOf(query)
  if (terms.length === 0) return { found: [], meant: [] }
  const known = all.map((one) => ({ one, words: wordsOf(one) }))
  const instead = new Map<string, Set<string>>()
  const fits = terms.map((term) => {
    const begins = (word: string): boolean => (term.length === 1 ? word === term : word.startsWith(term))
    if (known.some(({ words }) => words.name.some(begins) || words.rest.some(begins))) return begins
    instead.set(term, new Set())
    const slips = slipsIn(term)
    return (word: string): boolean =>
      slips > 0 && word[0] === term[0] && slipsBetween(term, word, slips) <= slips
  })
  const found = known
    .flatMap(({ one, words }) => {
      let named = 0
      for (const fit of fits) {
        if (words.name.some(fit)) named++
        else if (!words.rest.some(fit)) return []
      }
      return [{ one, words, named }]
    })
    .sort((a, b) => b.named - a.named)
  terms.forEach((term, i) => {
    const taken = instead.get(term)
    if (taken)
      for (const { words } of found)
        for (const word of [...words.name, ...words.rest].filter(fits[i]!)) taken.add(word)
  })
  return {
    found: found.map(({ one }) => one),
    meant: [...instead].flatMap(([word, taken]) =>
      taken.size === 0 ? [] : [{ word, instead: [...taken].slice(0, SEARCH_MEANT_MAX) }],
    ),
  }
}

export const foundAmong = <T>(all: readonly T[], wordsOf: (one: T) => Words, query: string): readonly T[] =>
  lookAmong(all, wordsOf, query).found
