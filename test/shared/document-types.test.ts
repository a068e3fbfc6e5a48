/** What all types of document have to keep to, and reports: what is asked of them, and the figures that are put into a version. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { checkDocument, parseDocument } from '@auzolan/shared/checks/run.ts'
import { compareVersions } from '@auzolan/shared/compare/compare.ts'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { titleIn } from '@auzolan/shared/types/facts.ts'
import { sayFrom } from '@auzolan/shared/export/say.ts'
import { tell } from '@auzolan/shared/export/told.ts'
import { channelId, DOCUMENT_TYPE_IDS, type DocumentId } from '@auzolan/shared/ids.ts'
import type { Figure } from '@auzolan/shared/indicators/figures.ts'
import { ownOf } from '@auzolan/shared/indicators/metrics.ts'
import { IMPACT_NOTE_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import { reportFigures, type HeardCount } from '@auzolan/shared/reports/figures.ts'
import { CALENDAR } from '@auzolan/shared/schema/calendar.ts'
import { hasChannel, typeIn } from '@auzolan/shared/schema/channels.ts'
import type { DocumentJson, Field } from '@auzolan/shared/schema/fields.ts'
import { paragraphs, readDocument, withEveryField, writeDocument } from '@auzolan/shared/schema/json.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { REPORT } from '@auzolan/shared/schema/report.ts'

const TYPES = DOCUMENT_TYPE_IDS.map((id) => DOCUMENT_TYPES[id])
const LANGUAGES = ['eu', 'es']
const REPORT_TYPE = DOCUMENT_TYPES.report

describe('[DT1] types of document', () => {
  it('have sections and lists of names that no other has: a path alone says where it leads', () => {
    const all = [...TYPES.map(({ frozen }) => frozen), CALENDAR].flatMap(({ sections }) => sections)
    const ids = all.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const roots = all.flatMap(({ fields }) =>
      Object.values<Field>(fields).flatMap((field) => (field.kind === 'list' ? [field.root] : [])),
    )
    expect(new Set(roots).size).toBe(roots.length)
  })

  it.each(TYPES.map((type) => [type.id, type] as const))(
    '%s says where its title is, and what opens first',
    (id, type) => {
      expect(type.id).toBe(id)
      const { section, field } = type.title
      const title = type.content.sections.find((one) => one.id === section)?.fields[field]
      expect(title).toMatchObject({ kind: 'text', translated: true, required: true })
      expect(type.content.sections.map((one) => one.id)).toContain(type.first)
      // Each section is in a group of the type, and what is read as frozen is what is written and more.
      const groups = type.groups.map((group) => group.id)
      for (const one of type.frozen.sections) expect(groups).toContain(one.group)
      for (const one of type.content.sections) expect(type.frozen.sections).toContain(one)
      expect(type.frozen.version).toBe(type.content.version)
    },
  )

  it.each(TYPES.map((type) => [type.id, type] as const))(
    'a text of a %s says itself which one it is',
    (id, type) => {
      const doc = new Y.Doc()
      const { section, field } = type.title
      writeDocument(type.content, doc, LANGUAGES, { [section]: { [field]: { eu: 'Izena' } } })
      const document = '6b1f6f0a-3c51-4f0e-9d4a-0d1d1b1f2a3c' as DocumentId
      expect(typeIn(channelId(document, 'content'), doc)).toBe(type.content)
      expect(typeIn(channelId(document, 'comments'), doc)).toBeNull()
      expect(titleIn(type, readDocument(type.content, doc))).toEqual({ eu: 'Izena', es: '' })
      expect(hasChannel(id, 'calendar')).toBe(type.calendar)
    },
  )
})

const NOTE = 'x'.repeat(IMPACT_NOTE_MIN_CHARACTERS)
const report = (change: (json: { [section: string]: { [field: string]: unknown } }) => void = () => {}) => {
  const json = withEveryField(
    REPORT,
    {
      identification: { title: { eu: 'Azaroa', es: 'Noviembre' }, from: '2026-11-01', to: '2026-11-30' },
      reading: { says: { eu: paragraphs('Gora.'), es: paragraphs('Sube.') } },
      limits: { impactNote: { eu: paragraphs(NOTE), es: paragraphs(NOTE) } },
    },
    LANGUAGES,
  )
  change(json)
  return json as DocumentJson
}
const CONTEXT = { languages: LANGUAGES, today: '2026-12-01', inForce: false }
const said = (change?: Parameters<typeof report>[0]) =>
  checkDocument(REPORT_TYPE, report(change), CONTEXT).findings.map(
    ({ check, severity, path }) => `${check} ${severity} ${path}`,
  )
const note =
  (eu: string, es = NOTE) =>
  (json: { [section: string]: { [field: string]: unknown } }) =>
    void (json['limits']!['impactNote'] = { eu: paragraphs(eu), es: paragraphs(es) })
const time =
  (from: string | null, to: string | null) => (json: { [section: string]: { [field: string]: unknown } }) =>
    void Object.assign(json['identification']!, { from, to })

describe('[RP3] what is asked of a report', () => {
  it.each<[string, string[], Parameters<typeof report>[0]]>([
    ['a whole one: nothing', [], undefined],
    ['no note', ['field block limits.impactNote:eu'], note('')],
    ['a note of 49', ['P-50 block limits.impactNote:eu'], note('x'.repeat(49))],
    ['a note of 50', [], note('x'.repeat(50))],
    ['spaces are no words', ['P-50 block limits.impactNote:eu'], note(`x${' '.repeat(60)}y`)],
    ['the other language short: worth a look', ['P-50 warn limits.impactNote:es'], note(NOTE, 'breve')],
    ['it ends before it begins', ['R-01 block identification.to'], time('2026-11-02', '2026-11-01')],
    ['one day: no figures of it', ['R-01 warn identification.to'], time('2026-11-02', '2026-11-02')],
    ['half a year is whole months', [], time('2026-01-01', '2026-06-30')],
    ['a week', [], time('2026-11-02', '2026-11-08')],
    ['no end', ['field block identification.to'], time('2026-11-01', null)],
    [
      'an effect that is supposed, and not why',
      ['field block limits.attributionReason:eu'],
      (json) => void (json['limits']!['attribution'] = 'weak'),
    ],
    ['no effect needs no reason', [], (json) => void (json['limits']!['attribution'] = 'none')],
    [
      'figures, none of them a number',
      ['R-02 warn identification.to'],
      (json) => void (json['figures'] = { figures: [{ id: 'a', value: null }] }),
    ],
    ['a nought is a figure', [], (json) => void (json['figures'] = { figures: [{ id: 'a', value: 0 }] })],
  ])('%s', (_what, expected, change) => expect(said(change)).toEqual(expected))
})

const MONTH = { from: '2026-11-01', to: '2026-11-30' }
const row = (metric: string, value: number | null, more: Partial<Figure> = {}): Figure => ({
  profile: 'insta',
  metric,
  ...MONTH,
  value,
  nullReason: null,
  ...more,
})
/** DOMAIN G.1, November, Instagram. */
const NOVEMBER = [
  row('followers_start', 4120),
  row('followers_end', 4386),
  row('posts', 46),
  row('likes', 1830),
  row('comments', 214),
  row('shares', 402),
  row('reach', 38200),
  row('impressions', null, { nullReason: 'not_provided_by_network' }),
  row('answerable', 0),
  row('answered', 0),
]
const indicator = (id: string, formula: string | null, more: object = {}) => ({
  id,
  name: { eu: id, es: id },
  period: 'month',
  target: 1,
  unit: 'count',
  formula,
  ...more,
})
const planWith = (...indicators: object[]) =>
  ({
    planning: { indicators },
    profiles: {
      profiles: [
        { id: 'insta', handle: '@haranberriudala', network: 'instagram' },
        { id: 'masto', handle: '@udala', network: 'mastodon' },
      ],
    },
  }) as unknown as Plan
const figures = (rows: readonly Figure[], span: typeof MONTH, ...indicators: object[]) =>
  figuresWith([], rows, span, ...indicators)
const figuresWith = (
  heard: readonly HeardCount[],
  rows: readonly Figure[],
  span: typeof MONTH,
  ...indicators: object[]
) =>
  reportFigures({
    plan: planWith(...indicators),
    rows,
    heard,
    span,
    languages: LANGUAGES,
    sayIn: () => sayFrom(undefined),
  })

describe('[RP4] the figures of a report', () => {
  it.each([
    ['growth', 6.46, 'percent'],
    ['er_post', 1.25, 'percent'],
    ['er_reach', 6.4, 'percent'],
    ['interactions', 2446, 'count'],
    ['followers', 4386, 'count'],
  ])('%s of November is %d', (formula, value, unit) => {
    const found = figures(NOVEMBER, MONTH, indicator('i', formula))
    // A profile of which nothing is known has no line.
    expect(found).toMatchObject([{ id: 'i.insta', value, unit, nullReason: null, ...MONTH }])
    expect(found[0]!.profile).toContain('@haranberriudala')
  })

  it.each([
    ['er_impressions', 'not_provided_by_network'],
    ['clicks', 'not_collected'],
    ['response_rate', 'nothing_to_divide_by'],
  ])('%s is missing, never a nought: %s', (formula, nullReason) =>
    expect(figures(NOVEMBER, MONTH, indicator('i', formula))).toMatchObject([
      { value: null, nullReason, reached: null, attainment: null },
    ]),
  )

  it('are spelt out, and come so far', () => {
    const [one] = figures(NOVEMBER, MONTH, indicator('i', 'interactions', { target: 2446 * 2 }))
    expect(one).toMatchObject({ target: 4892, attainment: 50, reached: 'no' })
    expect(one!.components['eu']).toBe('Likes 1830 · Comments 214 · Shares 402')
    // What is made of one figure is that figure.
    expect(figures(NOVEMBER, MONTH, indicator('i', 'posts'))[0]!.components['eu']).toBe('')
    const [range] = figures(
      NOVEMBER,
      MONTH,
      indicator('i', 'posts', { direction: 'range', min: 40, max: 46 }),
    )
    expect(range).toMatchObject({ target: null, min: 40, max: 46, reached: 'yes', attainment: null })
  })

  it('of an own indicator are what somebody entered, of half a year the months together', () => {
    const own = (value: number | null) => [row(ownOf('i'), value, { profile: '' })]
    expect(figures(own(7), MONTH, indicator('i', null))).toMatchObject([
      { id: 'i.own', value: 7, profile: '' },
    ])
    expect(figures([], MONTH, indicator('i', null))).toMatchObject([
      { value: null, nullReason: 'not_collected' },
    ])
    const two = [row('likes', 1, { from: '2026-10-01', to: '2026-10-31' }), row('likes', 2)]
    const span = { from: '2026-10-01', to: '2026-11-30' }
    expect(figures(two, span, indicator('i', 'likes'))).toMatchObject([{ value: 3 }])
    // A month without its part leaves none.
    expect(figures(two.slice(1), span, indicator('i', 'likes'))).toMatchObject([{ value: null }])
  })

  it('[RP4] are held against a target of a month in a month alone, but for what is counted at an end', () => {
    const span = { from: '2026-10-01', to: '2026-11-30' }
    const rows = [
      row('likes', 1, { from: '2026-10-01', to: '2026-10-31' }),
      row('likes', 2),
      row('followers_end', 900, { from: '2026-10-01', to: '2026-10-31' }),
      row('followers_end', 905),
    ]
    const said = (formula: string, over: typeof span, more: object) =>
      figures(rows, over, indicator('i', formula, more)).map(({ value, reached }) => [value, reached])
    expect(said('likes', span, { target: 3 })).toEqual([[3, null]])
    expect(said('likes', MONTH, { target: 3 })).toEqual([[2, 'no']])
    expect(said('followers', span, { target: 900 })).toEqual([[905, 'yes']])
  })

  it('[RP4] of what is measured once in a quarter, a month says nothing', () => {
    const own = [row(ownOf('i'), 7, { profile: '', from: '2026-10-01', to: '2026-12-31' })]
    const quarter = { from: '2026-10-01', to: '2026-12-31' }
    const measured = indicator('i', null, { period: 'quarter' })
    expect(figures(own, MONTH, measured)).toEqual([])
    expect(figures(own, quarter, measured)).toMatchObject([{ value: 7 }])
    expect(figures([], quarter, measured)).toMatchObject([{ nullReason: 'not_collected' }])
  })

  it('are of the networks the indicator is about', () => {
    const both = [...NOVEMBER, row('likes', 9, { profile: 'masto' })]
    const ids = (more: object) => figures(both, MONTH, indicator('i', 'likes', more)).map(({ id }) => id)
    expect(ids({})).toEqual(['i.insta', 'i.masto'])
    expect(ids({ networks: ['mastodon'] })).toEqual(['i.masto'])
  })

  it('of what is said of us are its balance, of no profile; a small sample says so', () => {
    const heard = (positive: number, negative: number, neutral: number, network = 'instagram') => [
      { network, sentiment: 'positive' as const, count: positive },
      { network, sentiment: 'negative' as const, count: negative },
      { network, sentiment: 'neutral' as const, count: neutral },
    ]
    const net = (some: readonly HeardCount[], more: object = {}) =>
      figuresWith(some, NOVEMBER, MONTH, indicator('i', 'net_sentiment', more))
    // DOMAIN G.1.
    const [november, ...more] = net(heard(38, 17, 61), { target: 15 })
    expect(november).toMatchObject({ id: 'i.own', profile: '', value: 18.1, unit: 'percent', caution: null })
    expect([november!.reached, more]).toEqual(['yes', []])
    expect(november!.components['eu']).toBe('Positive mentions 38 · Negative mentions 17 · Mentions 116')
    expect(net(heard(5, 10, 15))).toMatchObject([{ value: -16.7, caution: null }])
    expect(net(heard(5, 10, 14))).toMatchObject([{ value: -17.2, caution: 'small_sample' }])
    expect(net([])).toMatchObject([{ value: null, nullReason: 'nothing_to_divide_by' }])
    const both = [...heard(10, 0, 20), ...heard(0, 40, 0, 'elsewhere')]
    expect(net(both)).toMatchObject([{ value: -42.9 }])
    expect(net(both, { networks: ['instagram'] })).toMatchObject([{ value: 33.3 }])
  })

  it('are read, compared and told like any text, and nobody writes them', () => {
    const version = (value: number) =>
      JSON.stringify({
        ...report(),
        figures: { figures: figures([row('likes', value)], MONTH, indicator('i', 'likes')) },
      })
    const json = parseDocument(REPORT_TYPE, version(5), LANGUAGES)
    expect(json['figures']!['figures']).toMatchObject([{ value: 5 }])
    const { changes } = compareVersions(
      REPORT_TYPE.frozen,
      LANGUAGES,
      JSON.parse(version(5)),
      JSON.parse(version(8)),
    )
    expect(changes.map(({ path }) => path)).toContain('figures/i.insta/value')
    const told = tell({
      type: REPORT_TYPE.frozen,
      json,
      language: 'es',
      say: sayFrom(undefined),
      organisation: { departments: [] },
      outside: true,
    })
    expect(told.map(({ id }) => id)).toEqual(['identification', 'figures', 'reading', 'limits'])
    expect(JSON.stringify(told)).toContain('@haranberriudala')
  })
})
