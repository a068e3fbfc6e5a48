/** What somebody types to find something, as the words that are looked for. Pure: the server looks with them, the screen marks them. */
import { SEARCH_TERMS_MAX, SEARCH_TERM_MAX_CHARACTERS } from '../limits.ts'
import { foldWithOffsets } from '../find/folded.ts'

const WORD = /[\p{L}\p{N}]+/gu

/** The words as the index has them, each once, the first ones of too many. What is neither letter nor digit parts words. */
export const termsOf = (query: string): readonly string[] =>
  [...new Set(foldWithOffsets(query).text.match(WORD) ?? [])]
    .map((term) => [...term].slice(0, SEARCH_TERM_MAX_CHARACTERS).join(''))
    .slice(0, SEARCH_TERMS_MAX)

/** The words of a folded text, each once; as much of each as can be looked for. */
export const wordsIn = (folded: string): ReadonlySet<string> =>
  new Set((folded.match(WORD) ?? []).map((word) => [...word].slice(0, SEARCH_TERM_MAX_CHARACTERS).join('')))

/**
 * How many slips of the finger are forgiven in a word: none in a short one, where every slip is another word.
 * @returns 0 for up to 3 signs, 1 for up to 7, 2 from 8 on
 */
export const slipsIn = (term: string): number => (term.length <= 3 ? 0 : term.length <= 7 ? 1 : 2)

/** Where in a folded text words begin with one of the terms: from, and behind what the term has of it. */
export const placesOf = (folded: string, terms: readonly string[]): readonly (readonly [number, number])[] =>
  [...folded.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const fits = terms.filter((term) => word.startsWith(term)).sort((a, b) => b.length - a.length)[0]
    return fits === undefined ? [] : [[index, index + fits.length] as const]
  })
