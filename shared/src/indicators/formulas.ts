/**
 * What figures say together (DOMAIN A.14): each formula with its guards. What is missing stays missing, a nought below the line
 * gives nothing, and a rate of several months is made of their sums, never the mean of their rates.
 */
import type { FormulaKey, MeasureUnit } from './catalogue.ts'
import type { Figures } from './figures.ts'
import { postsIn, type MetricId } from './metrics.ts'

/** Below this many mentions their balance says little. */
export const SMALL_SAMPLE_BELOW = 30

export interface Part {
  readonly metric: string
  readonly value: number | null
}
export interface Computed {
  readonly value: number | null
  /** What it is made of, in the order in which the sum is spelt out. */
  readonly parts: readonly Part[]
  /** Why there is no value: what is not known, or what is nought below the line. */
  readonly lacks: { readonly why: 'missing' | 'zero'; readonly metrics: readonly string[] } | null
  /** `not_comparable`: it is computed, and means nothing over so long. */
  readonly caution: 'not_comparable' | 'small_sample' | null
}

interface Formula {
  readonly unit: MeasureUnit
  /** Decimals worth showing. */
  readonly digits: number
  /** In plain words, for whoever reads the indicator. */
  readonly words: string
  readonly compute: (figures: Figures, options: FormulaOptions) => Computed
}
export interface FormulaOptions {
  /** For what is measured by language. */
  readonly language?: string
}

/** Saves count where they are known; many networks say nothing of them, and then the sum is of the other three. */
const interactionsIn = (figures: Figures): MetricId[] => [
  'likes',
  'comments',
  'shares',
  ...(figures('saves') === null ? [] : (['saves'] as const)),
]
const MEAN_FOLLOWERS = ['followers_start', 'followers_end'] as const satisfies readonly MetricId[]

function from(
  figures: Figures,
  metrics: readonly string[],
  compute: (values: Values) => number | { readonly zero: readonly string[] },
): Computed {
  const parts = metrics.map((metric) => ({ metric, value: figures(metric) }))
  const missing = parts.filter(({ value }) => value === null).map(({ metric }) => metric)
  if (missing.length > 0)
    return { value: null, parts, lacks: { why: 'missing', metrics: missing }, caution: null }
  const value = compute(Object.fromEntries(parts.map(({ metric, value }) => [metric, value ?? 0])))
  return typeof value === 'number'
    ? { value, parts, lacks: null, caution: null }
    : { value: null, parts, lacks: { why: 'zero', metrics: value.zero }, caution: null }
}

type Values = { readonly [metric: string]: number }
const sumOf = ({ likes = 0, comments = 0, shares = 0, saves = 0 }: Values): number =>
  likes + comments + shares + saves
/** Whoever was there at the beginning and at the end, halved between the two. */
const meanOf = ({ followers_start: start = 0, followers_end: end = 0 }: Values): number => (start + end) / 2

const count = (metric: MetricId, words: string): Formula => ({
  unit: 'count',
  digits: 0,
  words,
  compute: (figures) => from(figures, [metric], (values) => values[metric]!),
})
const share = (part: string, whole: string, times: number, figures: Figures): Computed =>
  from(figures, [part, whole], (values) =>
    values[whole] === 0 ? { zero: [whole] } : (values[part]! / values[whole]!) * times,
  )
const interactionsBy = (base: MetricId) => (figures: Figures) =>
  from(figures, [...interactionsIn(figures), base], (values) =>
    values[base] === 0 ? { zero: [base] } : (sumOf(values) / values[base]!) * 100,
  )
const perPost = (metric: MetricId, words: string): Formula => ({
  unit: 'ratio',
  digits: 1,
  words,
  compute: (figures) => share(metric, 'posts', 1, figures),
})

export const COMPUTED: { readonly [key in FormulaKey]: Formula } = {
  followers: count('followers_end', 'How many follow us when the period ends.'),
  likes: count('likes', 'As the network counts them.'),
  comments: count('comments', 'As the network counts them.'),
  shares: count('shares', 'As the network counts them.'),
  posts: count('posts', 'How many we published.'),
  reach: count('reach', 'As the network estimates it. The reach of several months cannot be added up.'),
  impressions: count('impressions', 'As the network counts them.'),
  views: count('views', 'As the network counts them.'),
  clicks: count('clicks', 'As the network counts them.'),
  growth: {
    unit: 'percent',
    digits: 2,
    words: 'Followers at the end minus those at the beginning, of those at the beginning.',
    compute: (figures) =>
      from(figures, MEAN_FOLLOWERS, ({ followers_start: start = 0, followers_end: end = 0 }) =>
        start === 0 ? { zero: ['followers_start'] } : ((end - start) / start) * 100,
      ),
  },
  interactions: {
    unit: 'count',
    digits: 0,
    words: 'Likes, comments and shares together, and saves where the network counts them.',
    compute: (figures) => from(figures, interactionsIn(figures), sumOf),
  },
  er_post: {
    unit: 'percent',
    digits: 2,
    words: 'Interactions, divided by the posts and by the mean of followers at the beginning and the end.',
    compute: (figures) =>
      from(figures, [...interactionsIn(figures), 'posts', ...MEAN_FOLLOWERS], (values) => {
        if (values['posts'] === 0) return { zero: ['posts'] }
        if (meanOf(values) === 0) return { zero: MEAN_FOLLOWERS }
        return (sumOf(values) / (values['posts']! * meanOf(values))) * 100
      }),
  },
  er_followers: {
    unit: 'percent',
    digits: 1,
    words: 'Interactions, divided by the mean of followers. Only good for a single post.',
    compute: (figures) => {
      const computed = from(figures, [...interactionsIn(figures), ...MEAN_FOLLOWERS], (values) =>
        meanOf(values) === 0 ? { zero: MEAN_FOLLOWERS } : (sumOf(values) / meanOf(values)) * 100,
      )
      return computed.value === null || figures('posts') === 1
        ? computed
        : { ...computed, caution: 'not_comparable' }
    },
  },
  er_reach: {
    unit: 'percent',
    digits: 2,
    words: 'Interactions, divided by reach.',
    compute: interactionsBy('reach'),
  },
  er_impressions: {
    unit: 'percent',
    digits: 2,
    words: 'Interactions, divided by impressions.',
    compute: interactionsBy('impressions'),
  },
  applause: perPost('likes', 'Likes, divided by the posts.'),
  conversation: perPost('comments', 'Comments, divided by the posts.'),
  amplification: perPost('shares', 'Shares, divided by the posts.'),
  response_rate: {
    unit: 'percent',
    digits: 0,
    words: 'Questions answered, of those that could be answered.',
    compute: (figures) => share('answered', 'answerable', 100, figures),
  },
  response_time: {
    unit: 'minutes',
    digits: 0,
    words: 'The median: half of the answers came earlier, half later.',
    compute: (figures) => from(figures, ['median_response_min'], (values) => values['median_response_min']!),
  },
  language_balance: {
    unit: 'percent',
    digits: 0,
    words: 'Posts in that language, of all posts. A bilingual post counts for both.',
    compute: (figures, { language }) => share(postsIn(language ?? ''), 'posts', 100, figures),
  },
  alt_rate: {
    unit: 'percent',
    digits: 0,
    words: 'Images and videos with alternative text, of all.',
    compute: (figures) => share('media_alt', 'media', 100, figures),
  },
  net_sentiment: {
    unit: 'percent',
    digits: 1,
    words: 'Positive mentions minus negative ones, of all mentions.',
    compute: (figures) => {
      const computed = from(
        figures,
        ['mentions_positive', 'mentions_negative', 'mentions'],
        ({ mentions_positive: positive = 0, mentions_negative: negative = 0, mentions: all = 0 }) =>
          all === 0 ? { zero: ['mentions'] } : ((positive - negative) / all) * 100,
      )
      const all = figures('mentions')
      return computed.value !== null && all !== null && all < SMALL_SAMPLE_BELOW
        ? { ...computed, caution: 'small_sample' }
        : computed
    },
  },
}

export const computed = (key: FormulaKey, figures: Figures, options: FormulaOptions = {}): Computed =>
  COMPUTED[key].compute(figures, options)

/** The figures a formula asks for, those it only takes along included. */
export function metricsOf(key: FormulaKey, options: FormulaOptions = {}): string[] {
  const asked = new Set<string>()
  computed(
    key,
    (metric) => {
      asked.add(metric)
      return 1
    },
    options,
  )
  return [...asked]
}

/** Those without which there is no value. */
export const neededBy = (key: FormulaKey, options: FormulaOptions = {}): string[] =>
  metricsOf(key, options).filter(
    (without) => computed(key, (metric) => (metric === without ? null : 1), options).value === null,
  )

/** As many decimals as are worth showing: what one reads is what is held against a target. */
export function asShown(key: FormulaKey, value: number): number {
  const factor = 10 ** COMPUTED[key].digits
  return Math.round(value * factor) / factor
}
