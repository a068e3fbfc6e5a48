/** What somebody says of us on a network (DOMAIN A.15): what is written down of it, and what is not. */
import { WRITERS, type Role } from '../grants.ts'
import { LISTENING_TOPIC_MAX_CHARACTERS } from '../limits.ts'
import { personalDataIn, type PersonalKind } from '../posts/personal-data.ts'
import { namesAccount } from '../protocol/moderation.ts'
import { addMonths } from '../weeks.ts'

/** Who reads it: those who look after the profiles; who answers for data protection; who decides. */
export const LISTENERS: readonly Role[] = [...WRITERS, 'legal', 'director']

export const SOURCE_KINDS = [
  'citizen',
  'media',
  'administration',
  'party',
  'association',
  'company',
  'other',
] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]
export const SENTIMENTS = ['positive', 'neutral', 'negative'] as const
export type Sentiment = (typeof SENTIMENTS)[number]
/** What was done about it; `none` is that nothing was, on purpose. */
export const ACTIONS_TAKEN = ['none', 'thanked', 'informed', 'corrected_fact', 'escalated'] as const
export type ActionTaken = (typeof ACTIONS_TAKEN)[number]
/** Where something is said that is no network of the reference list: a newspaper, a forum, the radio. */
export const ELSEWHERE = 'elsewhere'

export interface MentionTerms {
  /** ISO date on which it was said. */
  readonly saidOn: string
  /** Id of the reference list of networks, or `elsewhere`. */
  readonly network: string
  readonly sourceKind: SourceKind
  /** An account of an institution, a medium or a company; of everybody else a pseudonym, or nothing. */
  readonly author: string
  readonly url: string
  readonly summary: string
  readonly sentiment: Sentiment
  readonly topic: string
  /** How many people it may have reached. */
  readonly reach: number | null
  readonly needsAnswer: boolean
  /** `null` as long as nobody has decided. */
  readonly action: ActionTaken | null
  /** The page of the official website that says how it is (DOMAIN P-54). */
  readonly source: string
  /** Id and name of who looks after it. */
  readonly owner: { readonly id: string; readonly name: string } | null
  /** ISO date; `null` while it is open. */
  readonly closedOn: string | null
}

/**
 * Whose account may be kept (DOMAIN P-55). Not of parties and associations: behind theirs, in a small place, is one person, and what
 * that person believes is written beside it.
 */
export const mayBeNamed = (kind: SourceKind): boolean =>
  kind === 'media' || kind === 'administration' || kind === 'company'

const PSEUDONYM = /^H-[0-9A-F]{4}$/
export const isPseudonym = (text: string): boolean => PSEUDONYM.test(text)

/** Made of chance alone: from an account's name anybody could work it out again. */
export function newPseudonym(taken: ReadonlySet<string>, random: () => number): string {
  for (let tries = 0; ; tries++) {
    const pseudonym = `H-${Math.floor(random() * 0x1_0000)
      .toString(16)
      .toUpperCase()
      .padStart(4, '0')}`
    // Of very many, two people may have the same one: that tells less, not more.
    if (!taken.has(pseudonym) || tries === 50) return pseudonym
  }
}

export type MentionFault =
  /** A corrected fact without the official page that says so. */
  | 'P-54'
  /** Somebody who is named and may not be. */
  | 'P-55'
  | 'names an account'
  | 'personal data'
  | 'not said yet'
  | 'closed before it was said'
  | 'closed without a word of what was done'
  | 'says nothing'

/** What is wrong with it, or nothing. */
export function mentionFault(terms: MentionTerms, today: string): MentionFault | null {
  const { saidOn, sourceKind, author, summary, topic, action, source, closedOn } = terms
  if (summary.trim() === '' || topic.trim() === '') return 'says nothing'
  if (saidOn > today) return 'not said yet'
  if (author !== '' && !mayBeNamed(sourceKind) && !isPseudonym(author)) return 'P-55'
  if (namesAccount(summary) || namesAccount(topic)) return 'names an account'
  if ([summary, topic, author].some((text) => personalDataIn(text, []).some(isNobodysBusiness)))
    return 'personal data'
  if (action === 'corrected_fact' && !isWebAddress(source)) return 'P-54'
  if (closedOn !== null && closedOn < saidOn) return 'closed before it was said'
  if (closedOn !== null && action === null) return 'closed without a word of what was done'
  return null
}

const isNobodysBusiness = ({ severity }: { readonly severity: 'block' | 'warn' }): boolean =>
  severity === 'block'

/** What may be personal data and may be that of an office: said while it is written, and not refused (as in a post, DOMAIN P-45). */
export const doubtfulIn = (text: string, ownDomains: readonly string[]): PersonalKind[] => [
  ...new Set(
    personalDataIn(text, ownDomains)
      .filter(({ severity }) => severity === 'warn')
      .map(({ kind }) => kind),
  ),
]

export function isWebAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text)
    return (protocol === 'https:' || protocol === 'http:') && hostname.includes('.')
  } catch {
    return false
  }
}

/** A topic as it is kept: what one calls it today and tomorrow is the same. */
export const topicOf = (text: string): string =>
  text.replace(/\s+/g, ' ').trim().slice(0, LISTENING_TOPIC_MAX_CHARACTERS)

/** The first day on which what was written down on `notedOn` is kept without its words. */
export const withoutWordsOn = (notedOn: string, months: number): string => addMonths(notedOn, months)

/**
 * What is left of a mention after the retention (DOMAIN A.8, P-55): what is counted. Words may tell of third parties, whoever wrote
 * them; the account and the page of an institution are public for good. Of the day the month is left.
 */
export function withoutWords(terms: MentionTerms): MentionTerms {
  const named = mayBeNamed(terms.sourceKind)
  return {
    ...terms,
    saidOn: `${terms.saidOn.slice(0, 7)}-01`,
    author: named ? terms.author : '',
    url: named ? terms.url : '',
    summary: '',
    reach: named ? terms.reach : null,
    owner: null,
    closedOn: terms.closedOn && `${terms.closedOn.slice(0, 7)}-01`,
  }
}
