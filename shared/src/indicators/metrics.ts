/** The figures somebody enters for a profile and a period, and how those of several months become one (DOMAIN A.14). */
import { LANGUAGE_TAG } from '../reference/reading.ts'

/**
 * How it adds up: a `flow` is summed, of `start` the first counts and of `end` the last, and of what counts different people
 * (`unique`) or is a middle (`median`) there is no honest sum.
 */
export type Adding = 'flow' | 'start' | 'end' | 'unique' | 'median'
export const METRIC_GROUPS = [
  { id: 'loyalty', label: 'Loyalty' },
  { id: 'interest', label: 'Interest' },
  { id: 'reach', label: 'Reach' },
  { id: 'service', label: 'Service' },
  { id: 'language', label: 'Language' },
  { id: 'accessibility', label: 'Accessibility' },
] as const
export type MetricGroup = (typeof METRIC_GROUPS)[number]['id']

interface MetricShape {
  readonly id: string
  readonly group: MetricGroup
  readonly label: string
  readonly help?: string
  readonly adding: Adding
  /** On every sheet; the others once an indicator asks for them or a figure is there. */
  readonly usual?: true
  /** Part of a whole may be entered, as half minutes; what is counted is whole. */
  readonly decimals?: true
}
export const METRICS = [
  {
    id: 'followers_start',
    group: 'loyalty',
    label: 'Followers at the beginning',
    help: 'Friends, members and subscribers too.',
    adding: 'start',
    usual: true,
  },
  {
    id: 'followers_end',
    group: 'loyalty',
    label: 'Followers at the end',
    help: 'Friends, members and subscribers too.',
    adding: 'end',
    usual: true,
  },
  { id: 'posts', group: 'interest', label: 'Posts', adding: 'flow', usual: true },
  {
    id: 'likes',
    group: 'interest',
    label: 'Likes',
    help: 'Reactions and favourites too.',
    adding: 'flow',
    usual: true,
  },
  { id: 'comments', group: 'interest', label: 'Comments', adding: 'flow', usual: true },
  {
    id: 'shares',
    group: 'interest',
    label: 'Shares',
    help: 'Reposts, quotes and boosts too.',
    adding: 'flow',
    usual: true,
  },
  { id: 'saves', group: 'interest', label: 'Saves', adding: 'flow' },
  {
    id: 'reach',
    group: 'reach',
    label: 'Reach',
    help: 'How many different people saw something of ours.',
    adding: 'unique',
    usual: true,
  },
  {
    id: 'impressions',
    group: 'reach',
    label: 'Impressions',
    help: 'How many times something of ours was shown.',
    adding: 'flow',
  },
  { id: 'views', group: 'reach', label: 'Views', help: 'How many times a video was played.', adding: 'flow' },
  { id: 'clicks', group: 'reach', label: 'Clicks', help: 'On links in what we published.', adding: 'flow' },
  { id: 'answerable', group: 'service', label: 'Questions received', adding: 'flow', usual: true },
  { id: 'answered', group: 'service', label: 'Questions answered', adding: 'flow', usual: true },
  {
    id: 'median_response_min',
    group: 'service',
    label: 'Minutes until the answer',
    help: 'The median: half of the answers came earlier.',
    adding: 'median',
    decimals: true,
  },
  { id: 'media', group: 'accessibility', label: 'Images and videos', adding: 'flow' },
  {
    id: 'media_alt',
    group: 'accessibility',
    label: 'Images and videos with alternative text',
    adding: 'flow',
  },
] as const satisfies readonly MetricShape[]
export type MetricId = (typeof METRICS)[number]['id']
export type Metric = MetricShape & { readonly id: MetricId }

export const metricOf = (id: string): Metric | undefined => METRICS.find((metric) => metric.id === id)

const IN_LANGUAGE = 'posts_in:'
const OWN = 'own:'
/** Posts in one language; `posts` are those in any. */
export const postsIn = (language: string): string => `${IN_LANGUAGE}${language}`
export const languageIn = (metric: string): string | null => behind(metric, IN_LANGUAGE)
/** The figure of an indicator that nothing computes; it belongs to no profile. */
export const ownOf = (indicator: string): string => `${OWN}${indicator}`
export const indicatorIn = (metric: string): string | null => behind(metric, OWN)
const behind = (metric: string, prefix: string): string | null =>
  metric.startsWith(prefix) ? metric.slice(prefix.length) : null

/** Whether a figure can have this name at all. */
export function isMetricName(name: string): boolean {
  const language = languageIn(name)
  if (language !== null) return language.length <= 35 && LANGUAGE_TAG.test(language)
  const indicator = indicatorIn(name)
  return indicator === null ? metricOf(name) !== undefined : /^[A-Za-z0-9_-]{1,64}$/.test(indicator)
}

/** What the mentions of a period are counted as; nobody enters these. */
export const COUNTED_MENTIONS = [
  { id: 'mentions', label: 'Mentions' },
  { id: 'mentions_positive', label: 'Positive mentions' },
  { id: 'mentions_negative', label: 'Negative mentions' },
] as const
export const MENTION_COUNTS = COUNTED_MENTIONS.map(({ id }) => id)

/** What a figure is called, entered or counted; of one that nobody knows, its own name. */
export const labelOf = (metric: string): string =>
  (metricOf(metric) ?? COUNTED_MENTIONS.find(({ id }) => id === metric))?.label ?? metric

/** A figure of an indicator of our own is whatever it is: it is not summed. */
export function addingOf(metric: string): Adding {
  if (indicatorIn(metric) !== null) return 'unique'
  return metricOf(metric)?.adding ?? 'flow'
}
export const takesDecimals = (metric: string): boolean =>
  indicatorIn(metric) !== null || metricOf(metric)?.decimals === true

/** One figure of several months in order; a month without its part leaves none. */
export function added(adding: Adding, months: readonly (number | null)[]): number | null {
  if (months.length === 1) return months[0] ?? null
  switch (adding) {
    case 'flow':
      return months.length === 0
        ? null
        : months.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0)
    case 'start':
      return months[0] ?? null
    case 'end':
      return months.at(-1) ?? null
    case 'unique':
    case 'median':
      return null
  }
}
