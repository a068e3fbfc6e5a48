/** Hashtags and mentions in a text, and whether a hashtag can be read aloud (DOMAIN P-48). */
import {
  HASHTAG_HINTS_MAX,
  HASHTAG_INITIALS_MAX_CHARACTERS,
  HASHTAG_ONE_WORD_MAX_CHARACTERS,
  HASHTAG_WORDS_MAX,
  POST_TEXT_MAX_CHARACTERS,
} from '../limits.ts'
import { addressesIn } from './addresses.ts'

export interface Found {
  /** Without `#` or `@`. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/**
 * As twitter-text and Mastodon find them: letters, marks, numbers, `_` and `·` (col·legi), a letter at least; not in an address,
 * not right after a letter or number or an `&` (`&#39;`). The keycap #️⃣ is none.
 */
const HASHTAG =
  /(?<![\p{L}\p{M}\p{N}_·&#＃])[#＃](?!\uFE0F|\u20E3)(?=[\p{N}\p{M}_·]*\p{L})([\p{L}\p{M}\p{N}_·]+)(?![\p{L}\p{M}\p{N}_·#＃]|:\/\/)/gu
/** A name may have dots and hyphens inside (Bluesky, YouTube), and a host behind (Mastodon). */
const MENTION =
  /(?<![\p{L}\p{N}_.@/!#$%&*-])@(\w+(?:[.-]+\w+)*(?:@[\p{L}\p{N}]+(?:[.-]+[\p{L}\p{N}]+)*)?)(?![\p{L}\p{N}_]|:\/\/)/gu

export const hashtagsIn = (text: string): Found[] => found(text, HASHTAG)
export const mentionsIn = (text: string): Found[] => found(text, MENTION)

function found(text: string, pattern: RegExp): Found[] {
  const hits = [...text.matchAll(pattern)].map((hit) => ({
    name: hit[1]!,
    start: hit.index,
    end: hit.index + hit[0].length,
  }))
  if (hits.length === 0) return []
  // Both lists are in order, so each is walked once.
  const addresses = addressesIn(text)
  let next = 0
  return hits.filter(({ start }) => {
    while (next < addresses.length && addresses[next]!.end <= start) next += 1
    return !(addresses[next] && addresses[next]!.start <= start)
  })
}

/**
 * Whether a screen reader can tell the words of a hashtag apart: each begins with a capital, or `_` or a number is between them.
 * Without a dictionary nobody knows where words begin; so a run of letters with no capital inside is taken for one word up to
 * 15 letters (#haranberri, #transparentzia), and for several beyond that. In capitals alone it is read letter by letter,
 * which is right for initials (#BOPV) and for nothing longer.
 */
export function isCamelCase(tag: string): boolean {
  return wordsOf(tag).every((word) => {
    const letters = [...word].length
    const shouted = /^\p{Lu}+$/u.test(word)
    return letters <= (shouted ? HASHTAG_INITIALS_MAX_CHARACTERS : HASHTAG_ONE_WORD_MAX_CHARACTERS)
  })
}

const wordsOf = (tag: string): string[] =>
  tag
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}·]+/u)
    .filter(Boolean)

export interface HashtagHint {
  readonly tag: string
  /** How to write it; `null` where the text does not show its words. */
  readonly better: string | null
}
/** The hashtags of a text that could be read aloud more easily, each once. */
export function hashtagHints(text: string): HashtagHint[] {
  const looked = text.slice(0, POST_TEXT_MAX_CHARACTERS)
  const tags = [...new Set(hashtagsIn(looked).map(({ name }) => name))].slice(0, HASHTAG_HINTS_MAX)
  if (tags.length === 0) return []
  const words = wordsIn(looked)
  return tags.flatMap((tag) => {
    const better = suggestFrom(tag, words)
    return better !== null || !isCamelCase(tag) ? [{ tag, better }] : []
  })
}

/**
 * How to write a hashtag so that its words can be told apart, when the text says them one after the other: of "Jaiak Haran
 * Berrin" and `haranberrin`, `HaranBerrin`. `null` when it is right as it is, or the text does not show its words.
 */
export const suggestCamelCase = (tag: string, text: string): string | null => suggestFrom(tag, wordsIn(text))

/** Folded once for all the hashtags of a text: that costs more than to compare them. */
const wordsIn = (text: string): string[] =>
  (text.normalize('NFC').match(/(?<![#＃@\p{L}\p{M}\p{N}_])[\p{L}\p{M}\p{N}·]+/gu) ?? []).map(folded)

function suggestFrom(tag: string, words: readonly string[]): string | null {
  const composed = tag.normalize('NFC')
  const written = /\p{Ll}/u.test(composed) ? composed : composed.toLowerCase()
  const target = folded(written)
  for (let from = 0; from < words.length; from++) {
    let joined = ''
    for (let to = from; to < words.length && to - from < HASHTAG_WORDS_MAX; to++) {
      joined += words[to]!
      if (!target.startsWith(joined)) break
      if (joined.length < target.length) continue
      const suggestion = capitalised(written, words.slice(from, to + 1))
      // The first letter tells nothing apart.
      return suggestion.slice(1) === written.slice(1) ? null : suggestion
    }
  }
  return null
}

/** Without case and accents, and as long as it was: places in it are places in the tag. */
const folded = (word: string): string =>
  [...word]
    .map((sign) => {
      const plain = sign.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
      return plain.length === sign.length ? plain : sign
    })
    .join('')

function capitalised(tag: string, words: readonly string[]): string {
  let at = 0
  return words
    .map((word) => {
      const part = tag.slice(at, (at += word.length))
      const [first = '', ...rest] = [...part]
      return first.toUpperCase() + rest.join('')
    })
    .join('')
}
