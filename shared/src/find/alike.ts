/**
 * Whether two names are of the same tool, or nearly, and whether two needs are the same: for whoever begins an evaluation or
 * proposes a tool, before the work is done twice. Pure, and the same from both sides.
 */
import { fold } from '../reference/list.ts'
import type { Translated } from '../schema/fields.ts'
import { slipsBetween } from './slips.ts'

/** The same name in whatever case, with accents or without, with blanks, points and dashes or without; or a beginning of it, a part of it, or one with a slip of the keyboard. */
export type Likeness = 'same' | 'similar'

/** A name in parts, so that many can be compared with one. */
export interface NameParts {
  readonly words: readonly string[]
  readonly joined: string
  /** What the same tool is told by: with signs that tell tools apart, as of C, C++ and C#; empty where no letter or figure is in it. */
  readonly key: string
}
export function partsOf(name: string): NameParts {
  const folded = fold(name)
  const words = folded.match(/[\p{L}\p{N}]+/gu) ?? []
  const key = words.length === 0 ? '' : (folded.match(TELLING) ?? []).join('')
  return { words, joined: words.join(''), key }
}
/** Vowels of scripts that write them on their letters belong to the name; accents that stand alone and marks of who owns a name do not. */
const TELLING = /[\p{L}\p{N}\p{Mc}\p{Mn}#]|(?![©®™℠])[\p{Sm}\p{Sc}\p{So}]/gu

/** Less is a beginning of nothing: «Sai» is not «Saioa Meet», and one letter begins half of all names. */
const SIGNS_MIN = 4
export function likeness(one: NameParts, other: NameParts): Likeness | null {
  if (one.joined === '' || other.joined === '') return null
  if (one.key === other.key) return 'same'
  if (one.joined === other.joined) return 'similar'
  if (Math.min(one.joined.length, other.joined.length) < SIGNS_MIN) return null
  return isNearly(one.joined, other.joined) || allFound(one.words, other.words) ? 'similar' : null
}

/** A name has fewer: what is longer is compared with its beginning, since each word is tried against each, and many names are. */
const WORDS_MAX = 12
/** Each word of the shorter name stands for another one of the longer. */
function allFound(one: readonly string[], other: readonly string[]): boolean {
  const [few, many] = (one.length <= other.length ? [one, other] : [other, one]).map((words) =>
    words.slice(0, WORDS_MAX),
  ) as [string[], string[]]
  const taken = new Map<number, number>()
  const place = (word: number, tried: Set<number>): boolean =>
    many.some((candidate, at) => {
      if (tried.has(at) || !isNearly(few[word]!, candidate)) return false
      tried.add(at)
      const before = taken.get(at)
      if (before !== undefined && !place(before, tried)) return false
      taken.set(at, word)
      return true
    })
  return few.every((_, word) => place(word, new Set()))
}

/** A beginning of the other, or as good as that; who mistypes has the first letter right, or another tool in mind: Zoom and Loom. */
function isNearly(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.startsWith(short)) return true
  if (short[0] !== long[0]) return false
  const slips = slipsFor(short.length)
  if (slips === 0) return false
  for (let cut = short.length - slips; cut <= short.length + slips; cut++)
    if (slipsBetween(short, long.slice(0, cut), slips) <= slips) return true
  return false
}
const slipsFor = (length: number): number => (length < 5 ? 0 : length < 9 ? 1 : 2)

/** Many tools are there, each at somebody's name and its own: less of the path than that is no tool. */
const CODE_HOSTS: ReadonlySet<string> = new Set([
  'bitbucket.org',
  'codeberg.org',
  'framagit.org',
  'git.sr.ht',
  'gitea.com',
  'github.com',
  'gitlab.com',
  'salsa.debian.org',
  'sourceforge.net',
])
const OF_A_TOOL = 2

/** Two addresses of one site: the same one, or a page below it. */
export function isSameSite(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false
  const [above, below] = a.length <= b.length ? [a, b] : [b, a]
  if (above !== below && !below.startsWith(`${above}/`)) return false
  const [host, ...path] = above.split('/')
  return !CODE_HOSTS.has(host!) || path.length >= OF_A_TOOL
}
/** What isSameSite compares; null of what is no address of one. */
export function siteOf(address: string): string | null {
  if (!URL.canParse(address)) return null
  const { protocol, host, pathname } = new URL(address)
  if (!/^https?:$/.test(protocol)) return null
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}`
}

/** Words that carry something are long; endings change, in Basque more than anywhere. */
const WORD_MIN = 5
const STEM = 5
const SHARED_MIN = 2
const SHARE_MIN = 0.4
/** A need in parts, by language. */
export type NeedParts = ReadonlyMap<string, ReadonlySet<string>>
export const needPartsOf = (need: Translated<string>): NeedParts =>
  new Map(Object.entries(need).map(([language, text]) => [language, stems(text)]))
const stems = (text: string): Set<string> =>
  new Set(
    partsOf(text)
      .words.filter(({ length }) => length >= WORD_MIN)
      .map((word) => word.slice(0, STEM)),
  )

/** Whether two needs speak of the same, in a language in which both are written. */
export const isSameNeed = (one: NeedParts, other: NeedParts): boolean =>
  [...one].some(([language, a]) => {
    const b = other.get(language)
    if (!b || Math.min(a.size, b.size) < SHARED_MIN) return false
    let shared = 0
    for (const stem of a) if (b.has(stem)) shared++
    return shared >= SHARED_MIN && shared / Math.min(a.size, b.size) >= SHARE_MIN
  })
