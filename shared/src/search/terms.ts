/** What somebody types to find something, as the words that are looked for. Pure: the server looks with them, the screen marks them. */
import { SEARCH_TERMS_MAX, SEARCH_TERM_MAX_CHARACTERS } from '../limits.ts'
import { foldWithOffsets } from '../find/folded.ts'

const WORD = /[\p{L}\p{N}]+/gu

/** The words as the index has them, each once, the first ones of too many. What is neither letter nor digit parts words. */
export const termsOf = (query: string): readonly string[] =>
  [...new Set(foldWithOffsets(query).text.match(WORD) ?? [])]
    .map((term) => [...term].slice(0, SEARCH_TERM_MAX_CHARACTERS).join(''))
    .slice(0, SEARCH_TERMS_MAX)

/**
 * How many slips of the finger are forgiven in a word: none in a short one, where every slip is another word.
 * @returns 0 for up to 3 signs, 1 for up to 7, 2 from 8 on
 */
export const slipsIn = (term: string): number => (term.length <= 3 ? 0 : term.length <= 7 ? 1 : 2)

/**
 * How many signs one has to put in, take out, replace, or swap with their neighbour to make one word of the other (optimal string
 * alignment).
 * @returns `most + 1` as soon as it is more than `most`
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let slips = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, before[j - 2]! + 1)
      next.push(slips)
      least = Math.min(least, slips)
    }
    if (least > most) return most + 1
    ;[before, row] = [row, next]
  }
  return Math.min(row[b.length]!, most + 1)
}

/** Where in a folded text words begin with one of the terms: from, and behind what the term has of it. */
export const placesOf = (folded: string, terms: readonly string[]): readonly (readonly [number, number])[] =>
  [...folded.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const fits = terms.filter((term) => word.startsWith(term)).sort((a, b) => b.length - a.length)[0]
    return fits === undefined ? [] : [[index, index + fits.length] as const]
  })
