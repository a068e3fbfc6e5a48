/** What the figures of DOMAIN G.1 say together, and that nothing is made of what is missing (A.14). */
import { describe, expect, it } from 'vitest'
import { FORMULAS, type FormulaKey } from '@auzolan/shared/indicators/catalogue.ts'
import { attainment, ATTAINMENT_MAX } from '@auzolan/shared/indicators/attainment.ts'
import { DOUBTFUL_FROM, DOUBTFUL_TIMES, doubtOf } from '@auzolan/shared/indicators/doubtful.ts'
import { figuresOf, type Figure, type Figures } from '@auzolan/shared/indicators/figures.ts'
import { COMPUTED, computed, metricsOf, SMALL_SAMPLE_BELOW } from '@auzolan/shared/indicators/formulas.ts'
import { added, isMetricName, METRICS, ownOf, postsIn } from '@auzolan/shared/indicators/metrics.ts'
import { kindOf, monthsIn, spanAfter, spanOf } from '@auzolan/shared/indicators/periods.ts'

type Values = { readonly [metric: string]: number | null }
const of =
  (values: Values): Figures =>
  (metric) =>
    values[metric] ?? null

/** Instagram of Haranberri in November 2026 (DOMAIN G.1); its 116 mentions beside it. */
const NOVEMBER: Values = {
  followers_start: 4_120,
  followers_end: 4_386,
  posts: 46,
  likes: 1_830,
  comments: 214,
  shares: 402,
  reach: 38_200,
  impressions: 61_400,
  answerable: 68,
  answered: 62,
  median_response_min: 370,
  [postsIn('eu')]: 46,
  media: 40,
  media_alt: 38,
  mentions: 116,
  mentions_positive: 38,
  mentions_negative: 17,
}
const EU = { language: 'eu' }

describe('[FG1] November of Haranberri, by hand', () => {
  it.each<[FormulaKey, number]>([
    ['followers', 4_386],
    ['likes', 1_830],
    ['comments', 214],
    ['shares', 402],
    ['posts', 46],
    ['reach', 38_200],
    ['impressions', 61_400],
    ['growth', 6.4563],
    ['interactions', 2_446],
    ['er_post', 1.2503],
    ['er_followers', 57.5123],
    ['er_reach', 6.4031],
    ['er_impressions', 3.9837],
    ['applause', 39.7826],
    ['conversation', 4.6522],
    ['amplification', 8.7391],
    ['response_rate', 91.1765],
    ['response_time', 370],
    ['language_balance', 100],
    ['alt_rate', 95],
    ['net_sentiment', 18.1034],
  ])('%s is %d', (key, value) => {
    const { value: is, lacks, parts } = computed(key, of(NOVEMBER), EU)
    expect(is).toBeCloseTo(value, 4)
    expect(lacks).toBeNull()
    for (const part of parts) expect(part.value).toBe(NOVEMBER[part.metric])
  })

  it('spells the sum out in its order, and saves where they are known', () => {
    const partsOf = (values: Values) =>
      computed('interactions', of(values)).parts.map(({ metric, value }) => [metric, value])
    expect(partsOf(NOVEMBER)).toEqual([
      ['likes', 1_830],
      ['comments', 214],
      ['shares', 402],
    ])
    expect(partsOf({ ...NOVEMBER, saves: 54 }).at(-1)).toEqual(['saves', 54])
    expect(computed('interactions', of({ ...NOVEMBER, saves: 54 })).value).toBe(2_500)
    expect(computed('er_reach', of({ ...NOVEMBER, saves: 54 })).value).toBeCloseTo(6.5445, 4)
  })

  it('what means nothing over a month says so, and not for a single post', () => {
    const caution = (values: Values) => computed('er_followers', of(values)).caution
    expect(caution(NOVEMBER)).toBe('not_comparable')
    expect(caution({ ...NOVEMBER, posts: null })).toBe('not_comparable')
    expect(caution({ ...NOVEMBER, posts: 2 })).toBe('not_comparable')
    expect(caution({ ...NOVEMBER, posts: 1 })).toBeNull()
    expect(computed('er_post', of(NOVEMBER)).caution).toBeNull()
  })

  it('a small sample says so, on both sides of the limit', () => {
    const caution = (mentions: number) =>
      computed('net_sentiment', of({ ...NOVEMBER, mentions, mentions_positive: 5, mentions_negative: 2 }))
        .caution
    expect(caution(SMALL_SAMPLE_BELOW)).toBeNull()
    expect(caution(SMALL_SAMPLE_BELOW - 1)).toBe('small_sample')
  })
})

describe('[FG2] missing is missing, never nought', () => {
  const keys = FORMULAS.map(({ id }) => id)
  it.each(keys)('%s: each figure it needs, once without', (key) => {
    const needed = metricsOf(key, EU).filter((metric) => metric !== 'saves')
    const optional = key === 'er_followers' ? ['posts'] : []
    for (const metric of needed.filter((one) => !optional.includes(one))) {
      const { value, lacks, caution } = computed(key, of({ ...NOVEMBER, [metric]: null }), EU)
      expect([metric, value, caution]).toEqual([metric, null, null])
      expect(lacks).toEqual({ why: 'missing', metrics: [metric] })
    }
    expect(needed.length).toBeGreaterThan(0)
  })
  it.each(keys)('%s: nought is a figure', (key) => {
    const all = of(Object.fromEntries(metricsOf(key, EU).map((metric) => [metric, 0])))
    const { value, lacks } = computed(key, all, EU)
    expect(value === null ? lacks?.why : value).toBe(value === null ? 'zero' : 0)
    expect(Number.isNaN(value)).toBe(false)
  })
  it.each<[FormulaKey, Values, readonly string[]]>([
    ['growth', { followers_start: 0 }, ['followers_start']],
    ['er_post', { posts: 0 }, ['posts']],
    ['er_post', { followers_start: 0, followers_end: 0 }, ['followers_start', 'followers_end']],
    ['er_followers', { followers_start: 0, followers_end: 0 }, ['followers_start', 'followers_end']],
    ['er_reach', { reach: 0 }, ['reach']],
    ['er_impressions', { impressions: 0 }, ['impressions']],
    ['applause', { posts: 0 }, ['posts']],
    ['conversation', { posts: 0 }, ['posts']],
    ['amplification', { posts: 0 }, ['posts']],
    ['response_rate', { answerable: 0 }, ['answerable']],
    ['language_balance', { posts: 0 }, ['posts']],
    ['alt_rate', { media: 0 }, ['media']],
    ['net_sentiment', { mentions: 0 }, ['mentions']],
  ])('%s with a nought below the line gives nothing', (key, zeros, metrics) => {
    const { value, lacks } = computed(key, of({ ...NOVEMBER, ...zeros }), EU)
    expect([value, lacks]).toEqual([null, { why: 'zero', metrics }])
    // On the other side of the guard there is a value again.
    const ones = Object.fromEntries(Object.keys(zeros).map((metric) => [metric, 1]))
    expect(computed(key, of({ ...NOVEMBER, ...ones }), EU).value).not.toBeNull()
  })
  it('the balance of a language that nobody named is none', () => {
    expect(computed('language_balance', of(NOVEMBER)).value).toBeNull()
  })
  it('every figure is asked for by name, and every formula has words', () => {
    for (const key of keys) {
      for (const metric of metricsOf(key, EU))
        if (!metric.startsWith('mentions')) expect(isMetricName(metric)).toBe(true)
      expect(COMPUTED[key].words.length).toBeGreaterThan(10)
    }
  })
  it.each([
    ['likes', true],
    ['posts_in:eu', true],
    ['posts_in:eu-ES', true],
    ['posts_in:', false],
    ['posts_in:../x', false],
    [`posts_in:${'a'.repeat(40)}`, false],
    [ownOf('2f0a1b3c-0000-4000-8000-000000000000'), true],
    ['own:', false],
    [`own:${'a'.repeat(64)}`, true],
    [`own:${'a'.repeat(65)}`, false],
    ["own:x' or 1=1", false],
    ['mentions', false],
    ['__proto__', false],
    ['constructor', false],
    ['', false],
  ])('%s is the name of a figure: %s', (name, expected) => expect(isMetricName(name)).toBe(expected))
})

describe('[FG3] several months', () => {
  it.each([
    ['flow', [1, 2, 3], 6],
    ['flow', [1, null, 3], null],
    ['flow', [0, 0, 0], 0],
    ['flow', [], null],
    ['start', [1, 2, 3], 1],
    ['start', [null, 2, 3], null],
    ['end', [1, 2, 3], 3],
    ['end', [1, 2, null], null],
    ['unique', [5, 5, 5], null],
    ['unique', [5], 5],
    ['median', [5, 5, 5], null],
    ['median', [5], 5],
  ] as const)('%s of %j is %s', (adding, months, expected) => {
    expect(added(adding, months)).toBe(expected)
  })

  const row = (metric: string, month: string, value: number | null, profile = 'p'): Figure => ({
    profile,
    metric,
    ...spanOf('month', `${month}-01`),
    value,
    nullReason: value === null ? 'not_collected' : null,
  })
  const quarter = spanOf('quarter', '2026-11-05')
  const rows = ['2026-10', '2026-11', '2026-12'].flatMap((month, i) => [
    row('likes', month, 100 * (i + 1)),
    row('posts', month, 10),
    row('followers_start', month, 1_000 + 100 * i),
    row('followers_end', month, 1_100 + 100 * i),
    row('reach', month, 5_000),
    row('likes', month, 7, 'another'),
  ])
  it('a rate of a quarter is made of sums; the first start and the last end', () => {
    const figures = figuresOf(rows, 'p', quarter)
    expect(figures('likes')).toBe(600)
    expect(computed('applause', figures).value).toBe(20)
    expect(computed('growth', figures).value).toBeCloseTo(30, 9)
    expect(figures('reach')).toBeNull()
  })
  it('what was entered for the quarter itself comes first; a month without its figure leaves none', () => {
    expect(
      figuresOf([...rows, { ...row('reach', '2026-10', 9_000), ...quarter }], 'p', quarter)('reach'),
    ).toBe(9_000)
    const without = rows.filter(({ metric, from }) => metric !== 'likes' || from !== '2026-11-01')
    expect(figuresOf(without, 'p', quarter)('likes')).toBeNull()
    expect(figuresOf(rows, 'p', spanOf('year', '2026-11-05'))('likes')).toBeNull()
    expect(figuresOf(rows, 'p', spanOf('week', '2026-11-05'))('likes')).toBeNull()
  })

  it.each([
    ['week', '2026-11-26', '2026-11-23', '2026-11-29'],
    ['week', '2027-01-03', '2026-12-28', '2027-01-03'],
    ['month', '2028-02-10', '2028-02-01', '2028-02-29'],
    ['month', '2026-12-31', '2026-12-01', '2026-12-31'],
    ['quarter', '2026-03-31', '2026-01-01', '2026-03-31'],
    ['quarter', '2026-12-01', '2026-10-01', '2026-12-31'],
    ['year', '2026-07-01', '2026-01-01', '2026-12-31'],
  ] as const)('the %s of %s', (kind, day, from, to) => {
    const span = spanOf(kind, day)
    expect(span).toEqual({ from, to })
    expect(kindOf(span)).toBe(kind)
    expect(spanAfter(spanAfter(span), -1)).toEqual(span)
    expect(spanAfter(span).from > to).toBe(true)
    expect(monthsIn(span)).toHaveLength({ week: 0, month: 1, quarter: 3, year: 12 }[kind])
  })
  it.each([
    ['2026-11-01', '2026-11-29'],
    ['2026-11-02', '2026-12-01'],
    ['2026-11-24', '2026-11-30'],
    ['2026-02-01', '2026-02-31'],
    ['', ''],
  ])('%s to %s is no span of figures', (from, to) => expect(kindOf({ from, to })).toBeNull())
})

describe('[FG4] how far it has come', () => {
  const target = (
    target: number | null,
    direction: 'up' | 'down' | 'range' | null,
    min = null,
    max = null,
  ) => ({
    target,
    direction,
    min: min as number | null,
    max: max as number | null,
  })
  it.each([
    [4_386, target(4_500, 'up'), 4_386 / 4_500],
    [4_500, target(4_500, 'up'), 1],
    [90, target(60, 'up'), ATTAINMENT_MAX],
    [89.9, target(60, null), 89.9 / 60],
    [500, target(60, 'up'), ATTAINMENT_MAX],
    [-3, target(60, 'up'), 0],
    [0, target(60, 'up'), 0],
    [120, target(60, 'down'), 0.5],
    [60, target(60, 'down'), 1],
    [40, target(60, 'down'), ATTAINMENT_MAX],
    [0, target(60, 'down'), ATTAINMENT_MAX],
    [0, target(0, 'down'), 1],
    [1, target(0, 'down'), 0],
  ])('%d towards %j', (value, aim, ratio) => {
    const reached = aim.direction === 'down' ? value <= aim.target! : value >= aim.target!
    expect(attainment(value, aim)).toEqual({ reached, ratio })
  })
  it.each([
    [9.9, false],
    [10, true],
    [20, true],
    [20.1, false],
  ])('%d within 10 to 20: %s', (value, reached) => {
    const range = { target: null, direction: 'range', min: 10, max: 20 } as const
    expect(attainment(value, range)).toEqual({ reached, ratio: null })
    expect(attainment(value, { ...range, max: null })?.reached).toBe(value >= 10)
    expect(attainment(value, { ...range, min: null })?.reached).toBe(value <= 20)
  })
  it('nothing is said of nothing', () => {
    expect(attainment(null, target(60, 'up'))).toBeNull()
    expect(attainment(5, target(null, 'up'))).toBeNull()
    expect(attainment(5, target(0, 'up'))).toBeNull()
    expect(attainment(5, target(null, 'down'))).toBeNull()
    expect(attainment(5, target(5, 'range'))).toBeNull()
  })
})

describe('[FG5] a doubtful figure', () => {
  const doubt = (metric: string, now: Values, before: Values) => doubtOf(metric, of(now), of(before))
  it('about three times, or a third, on both sides of the limit', () => {
    const reach = (now: number, before: number | null) => doubt('reach', { reach: now }, { reach: before })
    expect(reach(38_200, 12_700)).toEqual({ kind: 'many', times: 3, before: 12_700 })
    expect(reach(1_000 * DOUBTFUL_TIMES, 1_000)).toMatchObject({ kind: 'many', times: 3 })
    expect(reach(1_000 * DOUBTFUL_TIMES - 1, 1_000)).toBeNull()
    expect(reach(1_000, 1_000 * DOUBTFUL_TIMES)).toMatchObject({ kind: 'few', times: 3 })
    expect(reach(1_000, 1_000 * DOUBTFUL_TIMES - 1)).toBeNull()
    expect(reach(0, 50)).toEqual({ kind: 'nothing', before: 50 })
    expect(reach(50, 0)).toBeNull()
    expect(reach(50, null)).toBeNull()
    expect(reach(DOUBTFUL_FROM, 1)).toMatchObject({ kind: 'many' })
    expect(reach(DOUBTFUL_FROM - 1, 1)).toBeNull()
    expect(doubt('reach', { reach: null }, { reach: 9_000 })).toBeNull()
  })
  it('another beginning than the end before', () => {
    expect(doubt('followers_start', { followers_start: 4_120 }, { followers_end: 4_121 })).toEqual({
      kind: 'other_start',
      before: 4_121,
    })
    expect(doubt('followers_start', { followers_start: 4_120 }, { followers_end: 4_120 })).toBeNull()
    expect(doubt('followers_start', { followers_start: 4_120 }, {})).toBeNull()
  })
  it('more answered than received', () => {
    expect(doubt('answered', { answered: 69, answerable: 68 }, {})).toEqual({
      kind: 'more_than_all',
      all: 68,
    })
    expect(doubt('answered', { answered: 68, answerable: 68 }, {})).toBeNull()
    expect(doubt('answered', { answered: 69 }, {})).toBeNull()
    expect(doubt('media_alt', { media_alt: 3, media: 2 }, {})).toEqual({ kind: 'more_than_all', all: 2 })
  })
  it('nothing is asked of figures of our own', () => {
    expect(doubt(ownOf('i'), { [ownOf('i')]: 9_000 }, { [ownOf('i')]: 1 })).toBeNull()
  })
  it('every figure can be asked about without falling over', () => {
    for (const { id } of METRICS) expect(doubt(id, { [id]: 1_000 }, { [id]: 1_000 })).toBeNull()
  })
})
