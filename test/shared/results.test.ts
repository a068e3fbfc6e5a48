/** What six months of Haranberri say of what its plan measures (DOMAIN A.14, G.1), and what nobody may read into them. */
import { describe, expect, it } from 'vitest'
import type { Figure } from '@auzolan/shared/indicators/figures.ts'
import { FORMULAS, type FormulaKey, type MeasureUnit } from '@auzolan/shared/indicators/catalogue.ts'
import { neededBy } from '@auzolan/shared/indicators/formulas.ts'
import { ownOf, postsIn } from '@auzolan/shared/indicators/metrics.ts'
import type { Sentiment } from '@auzolan/shared/listening/mention.ts'
import { spanAfter, spanOf, type Span } from '@auzolan/shared/indicators/periods.ts'
import {
  addsUp,
  gapsOf,
  measuredIn,
  resultsOf,
  type Measure,
  type ResultsGround,
} from '@auzolan/shared/indicators/results.ts'
import { byDimension, drawnAs, tallyOf } from '@auzolan/shared/indicators/tally.ts'

const TODAY = '2026-11-26'
const months = Array.from({ length: 6 }, (_, at) => spanAfter(spanOf('month', '2026-06-01'), at))
const row = (profile: string, metric: string, span: Span, value: number | null): Figure => ({
  profile,
  metric,
  ...span,
  value,
  nullReason: value === null ? 'not_collected' : null,
})
const six = (profile: string, metrics: { readonly [metric: string]: readonly (number | null)[] }): Figure[] =>
  Object.entries(metrics).flatMap(([metric, values]) =>
    values.map((value, at) => row(profile, metric, months[at]!, value)),
  )
const INSTAGRAM = six('ig', {
  followers_start: [3_540, 3_610, 3_700, 3_745, 3_984, 4_120],
  followers_end: [3_610, 3_700, 3_745, 3_984, 4_120, 4_386],
  posts: [25, 33, 28, 38, 41, 46],
  likes: [668, 850, null, 1_290, 1_655, 1_830],
  comments: [82, 101, null, 155, 188, 214],
  shares: [90, 110, null, 126, 117, 402],
  reach: [9_800, 10_100, 7_900, 11_900, 12_700, 38_200],
  impressions: [17_600, 18_300, 13_900, 20_400, 21_500, 61_400],
  answerable: [50, 50, 40, 50, 57, 68],
  answered: [36, 39, 28, 42, 49, 62],
  median_response_min: [610, 560, 720, 480, 420, 370],
  [postsIn('eu')]: [22, 30, 26, 37, 41, 46],
})
const MASTODON = six('mas', { likes: [160, 151, 140, 214, 240, 268], answerable: [8, 7, 5, 11, 12, 14] })
const IG = { profile: 'ig', network: 'instagram' }
const MAS = { profile: 'mas', network: 'mastodon' }
const TG = { profile: 'tg', network: 'telegram' }
const measure = (id: string, formula: FormulaKey | null, more: Partial<Measure> = {}): Measure => ({
  id,
  formula,
  period: 'month',
  unit: null,
  dimension: null,
  direction: 'up',
  target: null,
  networks: [],
  ...more,
})
const results = (indicators: readonly Measure[], more: Partial<ResultsGround<Measure>> = {}) =>
  resultsOf({
    indicators,
    rows: [...INSTAGRAM, ...MASTODON],
    heard: null,
    profiles: [IG],
    period: spanOf('quarter', TODAY),
    today: TODAY,
    given: () => true,
    ...more,
  })
const one = (indicator: Measure, more: Partial<ResultsGround<Measure>> = {}) => {
  const found = results([indicator], more).results
  expect(found).toHaveLength(1)
  return found[0]!
}

describe('[RE1] November of Haranberri, as results', () => {
  it.each<[FormulaKey, Partial<Measure>, number, boolean | null, number | null]>([
    ['followers', { target: 4_500 }, 4_386, false, 0.9747],
    ['growth', { target: 5 }, 6.46, true, 1.292],
    ['interactions', { target: null }, 2_446, null, null],
    ['er_post', { target: 1.5 }, 1.25, false, 0.8333],
    ['er_reach', { target: 6.4 }, 6.4, true, 1],
    ['er_impressions', { target: 4 }, 3.98, false, 0.995],
    ['reach', { target: 40_000 }, 38_200, false, 0.955],
    ['response_rate', { target: 90 }, 91, true, 1.0111],
    ['response_time', { target: 480, direction: 'down' }, 370, true, 1.2973],
    ['response_time', { direction: 'range', min: 380, max: 400 }, 370, false, null],
    ['language_balance', { target: 100, language: 'eu' }, 100, true, 1],
  ])('%s %j is %d, reached: %s', (formula, more, value, reached, ratio) => {
    const { latest, come } = one(measure('i', formula, more))
    expect(latest).toMatchObject({ from: '2026-11-01', value, gap: null, within: true })
    expect(come?.reached ?? null).toBe(reached)
    if (ratio === null) expect(come?.ratio ?? null).toBeNull()
    else expect(come?.ratio).toBeCloseTo(ratio, 4)
  })

  it('what is read is held against the target, not the decimals behind it', () => {
    // 62 of 68 are 91.18: shown as 91, and 91 is aimed at.
    expect(one(measure('i', 'response_rate', { target: 91 })).come?.reached).toBe(true)
    expect(one(measure('i', 'response_rate', { target: 91.1 })).come?.reached).toBe(false)
  })

  it('a month that is missing is a gap with its reason, and what is around it stays', () => {
    const { measurements } = one(measure('i', 'er_post'))
    expect(measurements.map(({ value, within }) => [value, within])).toEqual([
      [0.94, false],
      [0.88, false],
      [null, false],
      [1.07, false],
      [1.18, true],
      [1.25, true],
    ])
    expect(measurements[2]!.gap).toEqual({
      why: 'not_collected',
      metrics: ['likes', 'comments', 'shares'],
      profiles: [],
    })
    expect(measurements.flatMap(({ gap }) => gap ?? [])).toHaveLength(1)
  })

  it('spells out what the last one is made of', () => {
    expect(one(measure('i', 'response_rate')).latest!.parts).toEqual([
      { metric: 'answered', value: 62 },
      { metric: 'answerable', value: 68 },
    ])
  })

  it('what means nothing over a month says so beside its value', () => {
    expect(one(measure('i', 'er_followers')).latest).toMatchObject({ value: 57.5, caution: 'not_comparable' })
  })
})

describe('[RE2] measurements', () => {
  const shown = (kind: Parameters<typeof measuredIn>[0], period: Span, today = TODAY) =>
    measuredIn(kind, period, today).map(({ from, within }) => `${from}${within ? '' : ' before'}`)
  it('are those of the period, with some before it and none to come', () => {
    expect(shown('month', spanOf('quarter', TODAY))).toEqual([
      '2026-06-01 before',
      '2026-07-01 before',
      '2026-08-01 before',
      '2026-09-01 before',
      '2026-10-01',
      '2026-11-01',
    ])
    expect(shown('month', spanOf('month', TODAY))).toEqual([
      '2026-06-01 before',
      '2026-07-01 before',
      '2026-08-01 before',
      '2026-09-01 before',
      '2026-10-01 before',
      '2026-11-01',
    ])
    expect(shown('month', spanOf('year', TODAY))).toHaveLength(11)
    expect(shown('month', spanOf('year', TODAY), '2027-02-01')).toHaveLength(12)
    expect(shown('quarter', spanOf('quarter', TODAY))).toEqual([
      '2026-01-01 before',
      '2026-04-01 before',
      '2026-07-01 before',
      '2026-10-01',
    ])
    expect(shown('year', spanOf('year', TODAY))).toEqual([
      '2024-01-01 before',
      '2025-01-01 before',
      '2026-01-01',
    ])
  })
  it('a week counts where it ends; what is measured less often is that which the period is in', () => {
    expect(shown('week', spanOf('month', TODAY)).filter((line) => !line.endsWith('before'))).toEqual([
      '2026-10-26',
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
      '2026-11-23',
    ])
    expect(shown('quarter', spanOf('month', '2026-08-10')).at(-1)).toBe('2026-07-01')
    expect(shown('year', spanOf('quarter', '2026-08-10')).at(-1)).toBe('2026-01-01')
  })
  it('the whole period as one, where there are several and it may be put together', () => {
    const summer = { period: spanOf('quarter', '2026-08-10') }
    // 39 + 28 + 42 of 50 + 40 + 50.
    expect(one(measure('i', 'response_rate'), summer).whole?.value).toBe(78)
    expect(one(measure('i', 'reach'), summer).whole).toBeNull()
    // 3 984 of 3 610; how many follow is what the last month says.
    expect(one(measure('i', 'growth'), summer).whole?.value).toBe(10.36)
    expect(one(measure('i', 'followers'), summer).whole).toBeNull()
    // August lacks its likes, and so does the quarter.
    expect(one(measure('i', 'interactions'), summer).whole).toBeNull()
    expect(one(measure('i', 'response_rate'), { period: spanOf('month', TODAY) }).whole).toBeNull()
    // December is not over, and November is not the quarter.
    expect(one(measure('i', 'response_rate')).whole).toBeNull()
  })
  it('a target is of one measurement, never of the sum of several', () => {
    const autumn = { period: spanOf('quarter', '2026-10-10'), today: '2027-01-02' }
    const rows = [...INSTAGRAM, row('ig', 'posts', spanOf('month', '2026-12-01'), 40)]
    const { latest, come, whole } = one(measure('i', 'posts', { target: 50 }), { ...autumn, rows })
    expect([latest?.value, come?.reached, whole?.value]).toEqual([40, false, 127])
  })
})

describe('[RE3] why there is none', () => {
  const gap = (indicator: Measure, more: Partial<ResultsGround<Measure>> = {}) =>
    one(indicator, more).measurements.at(-1)!.gap
  const without = (metric: string, span: Span, rows = INSTAGRAM) =>
    rows.filter((kept) => kept.metric !== metric || kept.from !== span.from)
  it('nobody has said, it is not over, or somebody has said why', () => {
    const rows = without('reach', months[5]!)
    const none = { metrics: ['reach'], profiles: [] }
    expect(gap(measure('i', 'reach'), { rows, today: '2026-11-30' })).toEqual({ ...none, why: 'running' })
    expect(gap(measure('i', 'reach'), { rows, today: '2026-12-01', period: months[5]! })).toEqual({
      ...none,
      why: 'not_entered',
    })
    const said = { ...row('ig', 'reach', months[5]!, null), nullReason: 'not_provided_by_network' as const }
    expect(gap(measure('i', 'reach'), { rows: [...rows, said] })).toEqual({ ...none, why: said.nullReason })
  })
  it('a nought below the line, and no value in the period though there is one before', () => {
    const rows = [...without('answerable', months[5]!), row('ig', 'answerable', months[5]!, 0)]
    const found = one(measure('i', 'response_rate', { target: 90 }), { rows, period: months[5]! })
    expect(found.measurements.at(-1)!.gap).toEqual({ why: 'zero', metrics: ['answerable'], profiles: [] })
    expect([found.latest, found.come]).toEqual([null, null])
    expect(tallyOf([found])).toEqual({ reached: 0, known: 0, unknown: 1 })
  })
  it('people who were reached are not added up over months', () => {
    const quarterly = measure('i', 'reach', { period: 'quarter' })
    const ended = { period: spanOf('quarter', '2026-09-01') }
    expect(gap(quarterly, ended)).toEqual({ why: 'not_added', metrics: ['reach'], profiles: [] })
    expect(gap(quarterly, { ...ended, rows: [] })?.why).toBe('not_entered')
    const rows = [...INSTAGRAM, row('ig', 'reach', ended.period, 20_000)]
    expect(one(quarterly, { ...ended, rows }).latest?.value).toBe(20_000)
  })
  it('gaps of one kind that follow each other are said once', () => {
    const said = (indicator: Measure, more: Partial<ResultsGround<Measure>> = {}) =>
      gapsOf(one(indicator, { period: spanOf('year', TODAY), ...more }).measurements).map(
        ({ gap: { why }, from, to }) => [why, from.from, to.from],
      )
    expect(said(measure('i', 'likes'))).toEqual([
      ['not_entered', '2026-01-01', '2026-05-01'],
      ['not_collected', '2026-08-01', '2026-08-01'],
    ])
    const july = INSTAGRAM.filter(({ metric, from }) => metric !== 'likes' || from !== '2026-07-01')
    expect(said(measure('i', 'likes'), { rows: july })).toEqual([
      ['not_entered', '2026-01-01', '2026-05-01'],
      ['not_entered', '2026-07-01', '2026-07-01'],
      ['not_collected', '2026-08-01', '2026-08-01'],
    ])
  })
  it('what a network does not give is no chart of gaps, unless somebody knows it all the same', () => {
    const given = (metric: string): boolean => metric !== 'likes'
    const indicator = measure('i', 'interactions')
    const telegram = results([indicator], { given, profiles: [TG] })
    expect(telegram).toEqual({ results: [], apart: [], notGiven: [{ indicator, metrics: ['likes'] }] })
    expect(one(indicator, { given }).latest?.value).toBe(2_446)
  })
})

describe('[RE4] several profiles', () => {
  it.each(FORMULAS.map(({ id }) => id))('%s adds up only if each of its figures does', (key) => {
    const people = ['followers_start', 'followers_end', 'reach', 'median_response_min']
    expect(addsUp(key)).toBe(!neededBy(key).some((metric) => people.includes(metric)))
  })
  it('counts are added, rates made of the sums, and people are not', () => {
    const [likes, followers, rate] = [
      measure('likes', 'likes', { target: 2_000 }),
      measure('followers', 'followers'),
      measure('rate', 'response_rate'),
    ]
    const rows = [...INSTAGRAM, ...MASTODON, ...six('mas', { answered: [7, 6, 5, 10, 11, 0] })]
    const all = results([likes, followers, rate], { profiles: [IG, MAS], rows })
    expect(all.apart).toEqual([followers])
    expect(all.results.map(({ latest, profiles }) => [latest?.value, profiles])).toEqual([
      [2_098, ['ig', 'mas']],
      // 62 of 68 and 0 of 14: 62 of 82, not the mean of 91 and 0.
      [76, ['ig', 'mas']],
    ])
    expect(all.results[0]!.come?.reached).toBe(true)
  })
  it('one that lacks a figure leaves no sum, and is named; one whose network gives none is left out, and named', () => {
    const indicator = measure('i', 'comments')
    const given = (metric: string, network: string): boolean =>
      metric !== 'comments' || network !== 'telegram'
    const { measurements, without } = one(indicator, { profiles: [IG, MAS, TG], given, period: months[4]! })
    expect(without).toEqual(['tg'])
    expect(measurements.at(-1)).toMatchObject({
      value: null,
      gap: { why: 'not_entered', metrics: ['comments'], profiles: ['mas'] },
    })
  })
  it('saves are taken along where they are known', () => {
    const rows = [
      ...INSTAGRAM,
      ...MASTODON,
      ...six('mas', { comments: [1, 1, 1, 1, 1, 1], shares: [1, 1, 1, 1, 1, 1] }),
    ]
    const all = { profiles: [IG, MAS], rows: [...rows, row('ig', 'saves', months[5]!, 54)] }
    // 2 446 and 54 of one, 268 + 1 + 1 of the other.
    expect(one(measure('i', 'interactions'), all).latest?.value).toBe(2_770)
  })
  it('what is said of us is of no profile, counted by day and network, and a small sample says so', () => {
    const said = (sentiment: Sentiment, count: number, saidOn = '2026-11-30', network = 'instagram') =>
      Array.from({ length: count }, () => ({ sentiment, saidOn, network }))
    // DOMAIN G.1, with another day on either side of the month.
    const mentions = [
      ...[...said('positive', 38), ...said('negative', 17, '2026-11-01'), ...said('neutral', 61)],
      ...[...said('negative', 90, '2026-10-31'), ...said('negative', 90, '2026-12-01')],
    ]
    const net = (
      more: Partial<Measure> = {},
      given: readonly (typeof mentions)[number][] = mentions,
      since = '',
    ) =>
      one(measure('i', 'net_sentiment', { target: 15, ...more }), {
        heard: { mentions: given, since },
        profiles: [IG, MAS],
      })
    expect(net()).toMatchObject({
      profiles: [],
      latest: { value: 18.1, caution: null },
      come: { reached: true },
    })
    expect(net().latest?.parts.map(({ value }) => value)).toEqual([38, 17, 116])
    expect(net({ networks: ['mastodon'] }).measurements.at(-1)).toMatchObject({
      value: null,
      gap: { why: 'zero' },
    })
    const few = [...said('negative', 5), ...said('positive', 24, '2026-11-02', 'mastodon')]
    expect(net({}, few).latest).toMatchObject({ value: 65.5, caution: 'small_sample' })
    expect(net({ networks: ['mastodon'] }, few).latest).toMatchObject({ value: 100, caution: 'small_sample' })
    expect(net({}, [...few, ...said('neutral', 1)]).latest?.caution).toBeNull()
    // What is told since a day in the month is not the month.
    expect(net({}, mentions, '2026-11-01').latest?.value).toBe(18.1)
    expect(net({}, mentions, '2026-11-02').latest).toBeNull()
  })
  it('an indicator is of its networks alone, and one of our own is of nobody', () => {
    const workshops = measure('w', null, { period: 'quarter', unit: 'count', target: 3 })
    const found = results([measure('i', 'likes', { networks: ['mastodon'] }), workshops], {
      rows: [row('', ownOf('w'), spanOf('quarter', '2026-07-01'), 2)],
      period: spanOf('quarter', '2026-07-01'),
    })
    expect(found.results.map(({ indicator, profiles }) => [indicator.id, profiles])).toEqual([['w', []]])
    expect(found.results[0]).toMatchObject({ unit: 'count', latest: { value: 2 }, come: { reached: false } })
  })
})

describe('[RE5] what is said of the targets', () => {
  const found = results([
    measure('a', 'followers', { dimension: 'loyalty', target: 4_500 }),
    measure('b', 'response_rate', { dimension: 'service', target: 90 }),
    measure('c', 'response_time', { dimension: 'service', target: 480, direction: 'down' }),
    measure('d', 'alt_rate', { dimension: 'service', target: 90 }),
    measure('e', 'likes', { dimension: 'interest' }),
    measure('f', 'shares', { target: 100 }),
  ]).results
  it('is counted by dimension, in the order of the catalogue; without a target there is nothing to reach', () => {
    expect(
      byDimension(found).map(({ dimension, tally, results: own }) => [dimension, own.length, tally]),
    ).toEqual([
      ['loyalty', 1, { reached: 0, known: 1, unknown: 0 }],
      ['interest', 1, { reached: 0, known: 0, unknown: 0 }],
      ['service', 3, { reached: 2, known: 2, unknown: 1 }],
      [null, 1, { reached: 1, known: 1, unknown: 0 }],
    ])
    expect(tallyOf(found)).toEqual({ reached: 3, known: 4, unknown: 1 })
  })
  it('a target of nought is one where less is better', () => {
    const complaints = one(measure('w', null, { target: 0, direction: 'down' }))
    expect(tallyOf([complaints])).toEqual({ reached: 0, known: 0, unknown: 1 })
  })
})

it.each<[FormulaKey | null, MeasureUnit | null, 'bars' | 'line']>([
  ['followers', 'count', 'line'],
  ['reach', 'count', 'line'],
  ['likes', 'count', 'bars'],
  ['interactions', 'count', 'bars'],
  ['er_post', 'percent', 'line'],
  ['growth', 'percent', 'line'],
  ['response_rate', 'percent', 'bars'],
  ['language_balance', 'percent', 'bars'],
  ['alt_rate', 'percent', 'bars'],
  ['response_time', 'minutes', 'line'],
  ['net_sentiment', 'percent', 'line'],
  [null, 'count', 'bars'],
  [null, 'ratio', 'line'],
])('[RE6] %s of %s is drawn as %s', (formula, unit, drawn) => expect(drawnAs({ formula, unit })).toBe(drawn))
