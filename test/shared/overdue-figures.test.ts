/** When figures are late: by working days of the organisation, of what is measured, and of nothing that is there (DOMAIN P-52). */
import { describe, expect, it } from 'vitest'
import {
  figuresDueOn,
  overdueFigures,
  type MeasuredIndicator,
  type Measurement,
} from '@auzolan/shared/indicators/overdue.ts'
import { ownOf } from '@auzolan/shared/indicators/metrics.ts'
import { FIGURES_DUE_WORKING_DAYS, FIGURES_LATE_MAX_MONTHS } from '@auzolan/shared/limits.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'

const OPEN = UNDESCRIBED
const holiday = (day: string) => ({ ...OPEN, holidays: [{ id: 'h', name: '', from: day, to: day }] })
const NERE = { id: 'nere', name: 'Nere' }
const indicator = (more: Partial<MeasuredIndicator> = {}): MeasuredIndicator => ({
  id: 'i1',
  period: 'month',
  formula: 'posts',
  language: null,
  networks: [],
  owner: NERE,
  since: '2026-10-20',
  ...more,
})
const instagram = { id: 'ig', network: 'instagram', since: '2026-09-01' }
interface Row {
  readonly profile: string
  readonly metric: string
  readonly from: string
  readonly to: string
}
const row = (metric: string, from: string, to: string, profile = 'ig'): Row => ({ profile, metric, from, to })
type Given = Partial<Measurement> & { readonly rows?: readonly Row[] }
const measurement = ({ rows = [], ...more }: Given = {}): Measurement => ({
  indicators: [indicator()],
  profiles: [instagram],
  isThere: (profile, metric, { from, to }) =>
    rows.some(
      (one) => one.profile === profile && one.metric === metric && one.from === from && one.to === to,
    ),
  notGiven: () => [],
  ...more,
})
const late = (more: Given, today: string, calendar = OPEN) =>
  overdueFigures(measurement(more), today, calendar).map(({ from, to }) => `${from}..${to}`)
const OCTOBER = '2026-10-01..2026-10-31'

describe('[FL1] the limit', () => {
  it('is the fifth worked day after the last day of the span', () => {
    expect(FIGURES_DUE_WORKING_DAYS).toBe(5)
    // The 31st is a Saturday: Monday the 2nd to Friday the 6th.
    expect(figuresDueOn({ from: '2026-10-01', to: '2026-10-31' }, OPEN)).toBe('2026-11-06')
    expect(late({}, '2026-11-06')).toEqual([])
    expect(late({}, '2026-11-07')).toEqual([OCTOBER])
  })
  it('is a day later with a holiday, and never comes in a house that is closed', () => {
    expect(late({}, '2026-11-09', holiday('2026-11-02'))).toEqual([])
    expect(late({}, '2026-11-10', holiday('2026-11-02'))).toEqual([OCTOBER])
    const closed = { ...OPEN, closedPeriods: [{ id: 'c', name: '', from: '2026-10-01', to: '2029-12-31' }] }
    expect(late({}, '2026-12-31', closed)).toEqual([])
  })
  it.each([
    ['week', null, '2026-10-19..2026-10-25', '2026-10-30', '2026-10-31'],
    ['week', 'posts', OCTOBER, '2026-11-06', '2026-11-07'],
    ['quarter', 'posts', '2026-10-01..2026-12-31', '2027-01-07', '2027-01-08'],
    ['year', 'posts', '2026-01-01..2026-12-31', '2027-01-07', '2027-01-08'],
  ] as const)('of a %s (%s) it is of that span', (period, formula, span, before, after) => {
    const indicators = [indicator({ period, formula })]
    expect(late({ indicators }, before)).toEqual([])
    expect(late({ indicators }, after)).toEqual([span])
  })
})

describe('[FL1] what is asked for', () => {
  const TODAY = '2026-11-16'
  const posts = row('posts', '2026-10-01', '2026-10-31')
  it('begins with the span in which a version in force began to measure it, and the profile was there', () => {
    const before = indicator({ since: '2026-10-31' })
    expect(late({ indicators: [before] }, TODAY)).toEqual([OCTOBER])
    expect(late({ indicators: [indicator({ since: '2026-11-01' })] }, TODAY)).toEqual([])
    expect(late({ profiles: [{ ...instagram, since: '2026-10-31' }] }, TODAY)).toEqual([OCTOBER])
    expect(late({ profiles: [{ ...instagram, since: '2026-11-01' }] }, TODAY)).toEqual([])
    expect(late({ profiles: [] }, TODAY)).toEqual([])
  })
  it('goes back a year and no further', () => {
    const indicators = [indicator({ since: '2020-01-01' })]
    const profiles = [{ ...instagram, since: '2020-01-01' }]
    const spans = late({ indicators, profiles }, TODAY)
    expect([spans[0], spans.at(-1), spans.length]).toEqual([
      '2025-11-01..2025-11-30',
      OCTOBER,
      FIGURES_LATE_MAX_MONTHS,
    ])
  })
  it('is there for just that profile, figure and span', () => {
    expect(late({ rows: [posts] }, TODAY)).toEqual([])
    expect(late({ rows: [{ ...posts, from: '2026-10-05', to: '2026-10-11' }] }, TODAY)).toEqual([OCTOBER])
    expect(late({ rows: [{ ...posts, profile: 'other' }] }, TODAY)).toEqual([OCTOBER])
    expect(late({ rows: [{ ...posts, metric: 'likes' }] }, TODAY)).toEqual([OCTOBER])
  })
  it('is every part of a formula but saves, of every profile of its networks', () => {
    const indicators = [indicator({ formula: 'interactions' })]
    const parts = ['likes', 'comments', 'shares'].map((one) => row(one, '2026-10-01', '2026-10-31'))
    expect(late({ indicators, rows: parts }, TODAY)).toEqual([])
    for (const one of parts)
      expect(late({ indicators, rows: parts.filter((other) => other !== one) }, TODAY)).toEqual([OCTOBER])
    const mastodon = { id: 'ma', network: 'mastodon', since: '2026-09-01' }
    const profiles = [instagram, mastodon]
    expect(late({ indicators, profiles, rows: parts }, TODAY)).toEqual([OCTOBER])
    const only = [indicator({ formula: 'interactions', networks: ['instagram'] })]
    expect(late({ indicators: only, profiles, rows: parts }, TODAY)).toEqual([])
  })
  it('is nothing where the network does not give a part of it, nor what nobody enters', () => {
    const notGiven = (network: string) => (network === 'instagram' ? ['posts'] : [])
    expect(late({ notGiven }, TODAY)).toEqual([])
    expect(late({ indicators: [indicator({ formula: 'net_sentiment' })] }, TODAY)).toEqual([])
  })
  it('of a quarter is there by its months, or as a whole', () => {
    const indicators = [indicator({ period: 'quarter', since: '2026-07-01' })]
    const months = [
      row('posts', '2026-07-01', '2026-07-31'),
      row('posts', '2026-08-01', '2026-08-31'),
      row('posts', '2026-09-01', '2026-09-30'),
    ]
    const quarter = '2026-07-01..2026-09-30'
    const since = [{ ...instagram, since: '2026-07-01' }]
    expect(late({ indicators, profiles: since }, TODAY)).toEqual([quarter])
    expect(late({ indicators, profiles: since, rows: months.slice(1) }, TODAY)).toEqual([quarter])
    expect(late({ indicators, profiles: since, rows: months }, TODAY)).toEqual([])
    const whole = [row('posts', '2026-07-01', '2026-09-30')]
    expect(late({ indicators, profiles: since, rows: whole }, TODAY)).toEqual([])
  })
  it('of our own is of no profile', () => {
    const indicators = [indicator({ formula: null })]
    const own = row(ownOf('i1'), '2026-10-01', '2026-10-31', '')
    expect(late({ indicators, profiles: [] }, TODAY)).toEqual([OCTOBER])
    expect(late({ indicators, profiles: [], rows: [own] }, TODAY)).toEqual([])
  })
})

it('[FL1] a span is said once, with everybody who measures it', () => {
  const indicators = [
    indicator(),
    indicator({ id: 'i2', formula: 'likes' }),
    indicator({ id: 'i3', formula: 'comments', owner: { id: 'ion', name: 'Ion' } }),
    indicator({ id: 'i4', formula: 'shares', owner: null }),
  ]
  expect(overdueFigures(measurement({ indicators }), '2026-11-16', OPEN)).toEqual([
    {
      from: '2026-10-01',
      to: '2026-10-31',
      due: '2026-11-06',
      owners: [NERE, { id: 'ion', name: 'Ion' }],
      ownerless: true,
    },
  ])
  const [one] = overdueFigures(measurement({ indicators: indicators.slice(0, 2) }), '2026-11-16', OPEN)
  expect(one).toMatchObject({ owners: [NERE], ownerless: false })
})
