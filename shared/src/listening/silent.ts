/**
 * What others say of us, and we do not (DOMAIN P-56 [SEED L219]: «mejor que nosotros mismos digamos algo»): topics of which no post
 * that went out speaks. Words are compared by how they begin, without case and accents, and without the commonest endings.
 *
 * What that does not see: a word that changes inside (`bat`, `batzuk`), one that hides in another (`zaborbilketa` for “bilketa”),
 * another word for the same. So a topic may be called silent that is not: whoever reads the list knows better, and loses a look at it.
 */
import { fold } from '../reference/list.ts'

export interface SilentTopic {
  /** As it was written most often. */
  readonly topic: string
  readonly count: number
  readonly negative: number
}

/** Two spellings of a topic are one. */
export const topicKey = (topic: string): string => fold(topic)

/** Those spoken of most first; of as many, in the order of the alphabet. */
export function topicsOf(
  mentions: readonly { readonly topic: string; readonly sentiment: string }[],
): SilentTopic[] {
  return [...Map.groupBy(mentions, ({ topic }) => topicKey(topic))]
    .filter(([key]) => key !== '')
    .map(([, group]) => ({
      topic: mostFrequent(group.map(({ topic }) => topic)),
      count: group.length,
      negative: group.filter(({ sentiment }) => sentiment === 'negative').length,
    }))
    .sort((a, b) => b.count - a.count || a.topic.localeCompare(b.topic))
}

/** @param posts what each post that went out says, in all its languages */
export function silentTopics(
  mentions: readonly { readonly topic: string; readonly sentiment: string }[],
  posts: readonly string[],
): SilentTopic[] {
  const said = posts.map(wordsOf)
  return topicsOf(mentions).filter(({ topic }) => !said.some((words) => speaksOf(words, topic)))
}

/** Whether each word of the topic begins a word of the post. */
export function speaksOf(words: readonly string[], topic: string): boolean {
  const wanted = splitWords(apart(topic))
  const telling = wanted.filter((word) => word.length >= TELLING_MIN_CHARACTERS)
  const stems = (telling.length > 0 ? telling : wanted).map(stemOf)
  return stems.length > 0 && stems.every((stem) => words.some((word) => word.startsWith(stem)))
}

/** Also those that a hashtag joins: #HondakinBilketa says both. */
export const wordsOf = (text: string): string[] => [
  ...new Set([...splitWords(text), ...splitWords(apart(text))]),
]
const apart = (text: string): string => text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
const splitWords = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? []

/** Shorter words (de, la, eta) say nothing of what it is about. */
const TELLING_MIN_CHARACTERS = 4
const STEM_MIN_CHARACTERS = 4
/** Article and commonest cases of Basque, plurals of Spanish and Catalan; folded, the longest first. */
const ENDINGS = ['etako', 'aren', 'etan', 'ako', 'ari', 'ean', 'ak', 'ek', 'en', 'ei', 'es', 'a', 'o', 's']
function stemOf(word: string): string {
  const ending = ENDINGS.find((one) => word.endsWith(one) && word.length - one.length >= STEM_MIN_CHARACTERS)
  return ending ? word.slice(0, -ending.length) : word
}

function mostFrequent(spellings: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const one of spellings) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]![0]
}
