/** What keeps a tool true once it is in the catalogue: each rule on both sides of its limit. */
import { describe, expect, it } from 'vitest'
import { entryOf, statusOf, type CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import { leadsTo, mayIUse, sameNeed, type Listed } from '@auzolan/shared/catalogue/may-i-use.ts'
import {
  beyondOf,
  careOf,
  isInUse,
  isToConfirm,
  isWatched,
  lacksTraining,
  lastRecommended,
  reviewStage,
  type DepartmentUse,
} from '@auzolan/shared/catalogue/upkeep.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { EVALUATION, type Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { addDays } from '@auzolan/shared/working-days.ts'

const TODAY = '2026-11-26'
const DUE = '2027-07-02'
const HOUSE = ['eu', 'es']
function entry(decision: object = {}, more: Partial<CatalogueEntry> = {}): CatalogueEntry {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  const proposed = {
    outcome: 'recommended_with_conditions',
    allowedDataClasses: ['internal', 'personal_citizen'],
    allowedLevels: ['collective'],
  }
  base['decision'] = { ...base['decision'], ...proposed, ...decision }
  const text = withEveryField(EVALUATION, base, HOUSE) as unknown as Evaluation
  const decided = { id: 'meet', version: 2, sha256: 'x', decidedOn: '2026-11-10' }
  return { ...entryOf(text, decided, BUILTIN, UNDESCRIBED.policy, TODAY), nextReviewOn: DUE, ...more }
}
const listed = (one: CatalogueEntry, today = TODAY): Listed => ({
  entry: one,
  status: statusOf(one, false, today),
})
const use = (more: Partial<DepartmentUse> = {}): DepartmentUse => ({
  department: 'kultura',
  since: '2025-01-01',
  until: null,
  level: 'collective',
  useCase: { eu: 'Hitzorduak' },
  people: 6,
  satisfaction: 4,
  dataClasses: ['personal_citizen'],
  confirmedOn: '2026-11-01',
  ...more,
})

describe('[TU1] who looks after the tools', () => {
  const { toolWatch } = UNDESCRIBED
  it.each([
    ['nobody, as long as nobody is named', toolWatch, false],
    ['nobody, with hours for nobody', { ...toolWatch, hoursPerWeek: 5 }, false],
    ['somebody', { ...toolWatch, person: { id: 'ane', name: 'Ane' } }, true],
    ['a department', { ...toolWatch, department: 'informatika' }, true],
  ])('is %s', (_what, watch, watched) => expect(isWatched(watch)).toBe(watched))
})

describe('[TU2] the use of a department', () => {
  it('goes on until its last day, and is over the day after', () => {
    const one = use({ until: TODAY })
    expect([isInUse(one, TODAY), isInUse(one, addDays(TODAY, 1)), isInUse(use(), '2099-01-01')]).toEqual([
      true,
      false,
      true,
    ])
  })
  it('is to be confirmed when a year has gone by since somebody said so, not on the day, and not when it is over', () => {
    const one = use({ confirmedOn: '2025-11-26' })
    expect([isToConfirm(one, TODAY), isToConfirm(one, addDays(TODAY, 1))]).toEqual([false, true])
    expect(isToConfirm({ ...one, until: TODAY }, addDays(TODAY, 1))).toBe(false)
    // A leap day ends with February.
    expect(isToConfirm(use({ confirmedOn: '2024-02-29' }), '2025-02-28')).toBe(false)
    expect(isToConfirm(use({ confirmedOn: '2024-02-29' }), '2025-03-01')).toBe(true)
  })
  it.each([
    ['within what was decided', {}, {}, []],
    ['with less than that', { dataClasses: ['public'] }, {}, []],
    ['with other data', { dataClasses: ['public', 'special_art9'] }, {}, ['data']],
    ['by more', { level: 'institutional' }, {}, ['level']],
    ['by fewer', { level: 'individual' }, {}, []],
    ['in both', { level: 'institutional', dataClasses: ['secret_or_classified'] }, {}, ['data', 'level']],
    ['that is over', { until: '2026-11-25', dataClasses: ['special_art9'] }, {}, []],
    ['of what is advised against', {}, { outcome: 'not_recommended' }, ['not_recommended']],
    ['of what is left, up to the day', {}, { outcome: 'withdrawn', exitOn: '2026-11-27' }, []],
    ['of what was left', {}, { outcome: 'withdrawn', exitOn: TODAY }, ['withdrawn']],
    ['of what was left with no day', {}, { outcome: 'withdrawn', exitOn: null }, ['withdrawn']],
  ] as const)('%s needs more than was decided: %j %j %j', (_what, more, decision, beyond) =>
    expect(beyondOf(use(more as Partial<DepartmentUse>), listed(entry(decision)), TODAY)).toEqual(beyond),
  )
})

describe('[TU3] training', () => {
  const none = { materials: [], promisedBy: null }
  const lacks = (status: Listed['status'], more: object = {}) =>
    lacksTraining(status, { ...none, ...more }, HOUSE, TODAY)
  it.each([
    ['recommended', true],
    ['conditional', true],
    ['under_review', false],
    ['not_recommended', false],
    ['withdrawn', false],
  ] as const)('is asked of what is %s: %s', (status, asked) => expect(lacks(status)).toBe(asked))
  it.each([
    ['in a language of the house', { materials: [{ language: 'en' }, { language: 'eu' }] }, false],
    ['in another language alone', { materials: [{ language: 'en' }] }, true],
    ['promised for today', { promisedBy: TODAY }, false],
    ['promised for yesterday', { promisedBy: '2026-11-25' }, true],
  ])('%s', (_what, taught, lacking) => expect(lacks('recommended', taught)).toBe(lacking))
})

describe('[TU4] looking again', () => {
  it.each([
    [91, null],
    [90, 90],
    [31, 90],
    [30, 30],
    [1, 30],
    [0, 0],
    [-100, 0],
  ] as const)('%i days before is told as %j', (days, stage) =>
    expect(reviewStage(entry(), addDays(DUE, -days))).toBe(stage),
  )
  it('is not asked of what was withdrawn', () =>
    expect(reviewStage(entry({ outcome: 'withdrawn' }), addDays(DUE, 10))).toBe(null))
})

describe('[TU5] what is left', () => {
  const gela = entry({ outcome: 'recommended', conditions: [] }, { id: 'gela', name: 'Gela' })
  const other = entry(
    { outcome: 'recommended', conditions: [] },
    { id: 'other', name: 'Beste', category: 'forms' },
  )
  const score = {
    overall: 99,
    low: null,
    high: null,
    people: 3,
    disagreements: 0,
    fragile: false,
    recommendFrom: null,
  }
  const better = { ...gela, id: 'better', name: 'Hobea', score }
  const gone = (words: object) => entry({ outcome: 'withdrawn', exitOn: '2027-01-01', useInstead: words })
  const all = [gela, other, better].map((one) => listed(one))
  it('leads to the tool it names, in whatever language and however it is written, and to nothing by words', () => {
    expect(leadsTo(gone({ es: ' GELA ' }), all)?.entry.id).toBe('gela')
    expect(leadsTo(gone({ eu: 'Deitu telefonoz' }), all)).toBe(null)
    expect(leadsTo(gone({}), all)).toBe(null)
    // Not to itself.
    expect(leadsTo({ ...gone({ eu: 'Gela' }), id: 'gela' }, all)).toBe(null)
  })
  it('proposes it before everything else, also from another shelf, and only where it may be used', () => {
    const ask = (words: object, data: 'internal' | 'special_art9' = 'internal') =>
      mayIUse([listed(gone(words))], { purpose: null, data, level: 'collective' }, all)?.instead.map(
        ({ id }) => id,
      )
    expect(ask({ eu: 'Gela' })).toEqual(['gela', 'better'])
    expect(ask({ eu: 'Beste' })).toEqual(['other', 'better', 'gela'])
    expect(ask({ eu: 'Telefonoa' })).toEqual(['better', 'gela'])
    expect(ask({ eu: 'Beste' }, 'special_art9')).toEqual([])
  })
  it('says how one leaves and what instead only of what is left', () => {
    const words = { useInstead: { eu: 'Gela' }, exitOn: '2027-01-01' }
    expect(entry({ ...words, outcome: 'recommended' })).toMatchObject({
      useInstead: {},
      exitPlan: {},
      exitOn: null,
    })
    expect(entry({ ...words, outcome: 'not_recommended' })).toMatchObject({
      useInstead: { eu: 'Gela' },
      exitPlan: {},
    })
    const left = entry({ ...words, outcome: 'withdrawn' })
    expect(left).toMatchObject({ useInstead: { eu: 'Gela' }, exitOn: '2027-01-01' })
    expect(left.exitPlan['es']).toContain('Gela')
  })
  it('was recommended last in this version', () => {
    const past = (outcome: string | null, version: number) => ({ outcome, version })
    expect(
      lastRecommended([past('withdrawn', 5), past('recommended_with_conditions', 4), past('recommended', 2)]),
    ).toEqual(past('recommended_with_conditions', 4))
    expect(lastRecommended([past('not_recommended', 1)])).toBe(null)
  })
  it('has others for the same need: those that may be used, of its kind', () => {
    const one = entry()
    const not = { ...gela, id: 'not', outcome: 'not_recommended' as const }
    expect(sameNeed(one, [listed(one), ...all, listed(not)]).map(({ entry: { id } }) => id)).toEqual([
      'gela',
      'better',
    ])
    expect(sameNeed({ ...one, category: '' }, [listed({ ...gela, category: '' })])).toEqual([])
  })
})

describe('[TU6] what needs care', () => {
  const none = { uses: [], materials: [{ language: 'es' }], promisedBy: null }
  const kinds = (said: object, today = TODAY, one = entry()) =>
    careOf(listed(one, today), { ...none, ...said }, HOUSE, today).map(({ kind }) => kind)
  it('is nothing where all is well', () => expect(kinds({ uses: [use()] })).toEqual([]))
  it('stands with what presses most first', () => {
    const old = use({ confirmedOn: '2025-01-01', dataClasses: ['special_art9'] })
    expect(kinds({ uses: [old], materials: [] }, addDays(DUE, 1))).toEqual([
      'review',
      'beyond',
      'training',
      'confirm',
    ])
  })
  it('says of a review whether its day is over', () => {
    const on = (today: string) => careOf(listed(entry(), today), none, HOUSE, today)
    expect(on(DUE)).toEqual([{ kind: 'review', tool: 'meet', name: 'Saioa Meet', on: DUE, overdue: false }])
    expect(on(addDays(DUE, 1))).toMatchObject([{ overdue: true }])
  })
})
