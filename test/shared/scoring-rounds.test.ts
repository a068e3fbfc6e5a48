/** Rounds of scores beside their figures: what a sheet lacks, whom a level asks for, what is frozen, and what is checked of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDocument, parseDocument } from '@auzolan/shared/checks/run.ts'
import type { CheckContext } from '@auzolan/shared/checks/finding.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { JUSTIFICATION_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { EVALUATION } from '@auzolan/shared/schema/evaluation.ts'
import type { FrozenScoring } from '@auzolan/shared/schema/evaluation/scoring.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import {
  CRITERIA,
  DEFAULT_WEIGHTS,
  type CriterionId,
  type Weights,
} from '@auzolan/shared/scoring/criteria.ts'
import { tell } from '@auzolan/shared/export/told.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { FROZEN_EVALUATION } from '@auzolan/shared/schema/evaluation.ts'
import { frozenScoring, type ScoredRound } from '@auzolan/shared/scoring/frozen.ts'
import { DEFAULT_THRESHOLDS, type Score } from '@auzolan/shared/scoring/result.ts'
import {
  areWeights,
  demandsOf,
  departmentsAmong,
  lacking,
  needsReason,
  SCORES,
  type Scores,
} from '@auzolan/shared/scoring/rounds.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { DEPARTMENTS, SAIOA_SHEETS, sheetOf } from '../support/scored.ts'

const LANGUAGES = ['eu', 'es']
const NEEDED = { evaluators: 3, departments: 2 }
const round = (
  sheets: readonly { readonly [criterion in CriterionId]: Score }[],
  more: Partial<ScoredRound> = {},
): ScoredRound => ({
  n: 1,
  state: 'revealed',
  weights: DEFAULT_WEIGHTS,
  weightSet: 0,
  thresholds: DEFAULT_THRESHOLDS,
  sheets: sheets.map((scores, i) => ({
    person: `p.${i}@udala.eus`,
    name: `P ${i}`,
    department: DEPARTMENTS[i % 4]!,
    scores,
  })),
  ...more,
})
const all = (score: Score, over: { readonly [criterion in CriterionId]?: Score } = {}) => ({
  ...sheetOf(CRITERIA.map(() => score)),
  ...over,
})

describe('[EV5] a sheet', () => {
  it('needs a reason for what is strong and for what does not apply', () =>
    expect(SCORES.filter(needsReason)).toEqual([0, 1, 5, 'NA']))
  it.each<[string, Scores, object, readonly string[]]>([
    ['nothing yet', {}, {}, CRITERIA.map(({ id }) => `${id} score`)],
    ['all of it 3', all(3), {}, []],
    ['a 5 without a word', all(3, { D1: 5 }), {}, ['D1 reason']],
    ['a 5 with blanks', all(3, { D1: 5 }), { D1: ' \n' }, ['D1 reason']],
    ['a 5 with its reason', all(3, { D1: 5 }), { D1: 'https://…' }, []],
    ['a reason for something else', all(3, { D1: 0 }), { D2: 'x' }, ['D1 reason']],
    ['one gone', { ...all(3), X4: undefined }, {}, ['X4 score']],
    ['it does not apply', all(3, { A2: 'NA' }), {}, ['A2 reason']],
  ])('%s', (_what, scores, reasons, expected) =>
    expect(lacking(scores, reasons).map(({ criterion, what }) => `${criterion} ${what}`)).toEqual(expected),
  )
})

describe('[EV4] weights and people', () => {
  const weights = (over: Partial<Weights>): Weights => ({ ...DEFAULT_WEIGHTS, ...over })
  it.each([
    ['those of the program', {}, true],
    ['moved', { N1: 0, D1: 19 }, true],
    ['99 in all', { N1: 8 }, false],
    ['101 in all', { N1: 10 }, false],
    ['below 0', { N1: -1, D1: 20 }, false],
    ['halves', { N1: 8.5, N2: 6.5 }, false],
    ['nothing', { N1: NaN }, false],
  ] as const)('%s: %s', (_what, over, are) => expect(areWeights(weights(over))).toBe(are))
  it.each([
    ['individual', 1, 0],
    ['collective', 2, 0],
    ['institutional', 3, 2],
    [null, 3, 2],
  ] as const)('%s asks for %i people of %i departments', (level, evaluators, departments) =>
    expect(demandsOf(level, UNDESCRIBED.policy)).toEqual({ evaluators, departments }),
  )
  it('count each department once, and none for nobody', () =>
    expect(departmentsAmong(['a', 'a', null, 'b', null].map((department) => ({ department })))).toBe(2))
})

describe('[EV9] what is frozen', () => {
  it('is G.2 as it is shown', () => {
    const frozen = frozenScoring(round(SAIOA_SHEETS.map(sheetOf)), NEEDED)
    expect(frozen).toMatchObject({ overall: 65.8, low: 61.2, high: 70.4, fragile: true, covered: true })
    // Of nobody: the highest first.
    expect(frozen.totals).toEqual([74.6, 70.4, 59.2, 57.4].map((points, i) => ({ id: `e${i + 1}`, points })))
    expect(JSON.stringify(frozen)).not.toMatch(/udala|P 3/)
    expect(frozen.criteria.find(({ id }) => id === 'D1')).toMatchObject({ deviation: 1.12, agreement: 0.55 })
  })
  it('is read of a version from before without the names that lie in it', () => {
    const scoring = {
      ...frozenScoring(round(SAIOA_SHEETS.map(sheetOf)), NEEDED),
      turnedBy: { id: 'p.3@udala.eus', name: 'P 3' },
      totals: [
        { id: 'e1', evaluator: { id: 'p.3@udala.eus', name: 'P 3' }, department: 'gazteria', points: 59.2 },
      ],
    }
    const told = tell({
      type: FROZEN_EVALUATION,
      json: { scoring },
      language: 'eu',
      say: (text) => text,
      organisation: { departments: [{ id: 'gazteria', name: { eu: 'Gazteria' } }] },
      outside: false,
    })
    expect(JSON.stringify(told)).toContain('59.2')
    expect(JSON.stringify(told)).not.toMatch(/P 3|udala|gazteria/i)
  })
  it('is nothing of a round that is open, whatever is known of it, and nothing before there is one', () => {
    const open = frozenScoring(round(SAIOA_SHEETS.map(sheetOf), { state: 'open', n: 2 }), NEEDED)
    const none = frozenScoring(null, NEEDED)
    expect({ ...open, round: null, state: null }).toEqual(none)
    expect([open.round, open.state]).toEqual([2, 'open'])
    expect(none).toMatchObject({ overall: null, totals: [], criteria: [], sheets: null, sheetsNeeded: 3 })
  })
  it('decides by what was not rounded: 69.992 is shown as 70.0 and suggests conditions', () => {
    const weights = Object.fromEntries(CRITERIA.map(({ id }) => [id, 0])) as { [id in CriterionId]: number }
    weights.N1 = 2502
    weights.N2 = 2498
    const frozen = frozenScoring(round([all(3, { N1: 3, N2: 4 })], { weights }), NEEDED)
    expect([frozen.overall, frozen.band]).toEqual([70, 'recommended_with_conditions'])
  })
  it('says the same of a version that is read again, and is JSON', () =>
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom<Score>(...SCORES), { minLength: 17, maxLength: 17 }), {
          maxLength: 5,
        }),
        (sheets) => {
          const scoring = frozenScoring(round(sheets.map(sheetOf)), NEEDED)
          const json = JSON.stringify({ scoring })
          expect(parseDocument(typeOfDocument('evaluation'), json, LANGUAGES)['scoring']).toEqual(scoring)
        },
      ),
      { numRuns: 100 },
    ))
})

const NOTE = (text: string) => ({ eu: text, es: '' })
const resolution = (criterion: string, more: object = {}) => ({
  id: `r${criterion}`,
  criterion,
  outcome: 'agreed',
  note: NOTE('Hitz egin dugu.'),
  ...more,
})
const CONTEXT: CheckContext = { languages: LANGUAGES, today: '2026-11-10', inForce: false }
const said = (
  scoring: FrozenScoring | undefined,
  decision: object = {},
  more: { [section: string]: object } = {},
) => {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  for (const [section, fields] of Object.entries({ decision, ...more }))
    base[section] = { ...base[section], ...fields }
  const json = withEveryField(EVALUATION, base, LANGUAGES) as DocumentJson
  const whole = scoring ? { ...json, scoring: scoring as unknown as DocumentJson[string] } : json
  return checkDocument(typeOfDocument('evaluation'), whole, CONTEXT).findings.filter(({ check }) =>
    ['E-16', 'E-17', 'E-18'].includes(check),
  )
}
const ids = (...given: Parameters<typeof said>) =>
  said(...given).map(({ check, severity, gate }) => `${check} ${severity} ${gate}`)
const three = (score: Score, over: Parameters<typeof all>[1] = {}) => [
  all(score, over),
  all(score),
  all(score),
]

describe('[E-16] disagreements', () => {
  const flagged = frozenScoring(round(SAIOA_SHEETS.map(sheetOf)), NEEDED)
  it.each([
    ['nothing said of it', [], 1],
    ['said', [resolution('D1')], 0],
    ['said that it remains', [resolution('D1', { outcome: 'remains' })], 0],
    ['said of another one', [resolution('D2')], 1],
    ['without saying why', [resolution('D1', { note: NOTE('  ') })], 1],
    ['in the second language alone', [resolution('D1', { note: { eu: '', es: 'Hablado.' } })], 1],
    ['without saying what became of it', [resolution('D1', { outcome: null })], 1],
  ] as const)('%s', (_what, resolutions, count) =>
    expect(ids(flagged, { resolutions }).filter((one) => one.startsWith('E-16'))).toEqual(
      Array.from({ length: count }, () => 'E-16 block review'),
    ),
  )
  it('each of them', () => {
    const two = frozenScoring(round([all(3, { D1: 0, D2: 0 }), all(3), all(3)]), NEEDED)
    expect(ids(two, { resolutions: [] })).toEqual(['E-16 block review', 'E-16 block review'])
  })
  // On the screens a criterion has a name and no code.
  it('by the name of its criterion, in the language of the screen', () => {
    const [found] = said(flagged, { resolutions: [] })
    expect(found!.message.holes).toEqual({ field: 'Where the data are, and under which law', id: 'D1' })
    for (const language of ['eu', 'es', 'ca']) {
      const say = wordsIn(language)
      const words = say(found!.message.text, found!.message.holes)
      expect(words).toContain('(D1)')
      expect(say(found!.message.holes!['field']!)).not.toBe(found!.message.holes!['field'])
    }
  })
})

describe('[E-17] enough', () => {
  const block = ['E-17 block review']
  it.each<[string, FrozenScoring | undefined, readonly string[]]>([
    ['nobody knows, on a device without network', undefined, []],
    ['no round', frozenScoring(null, NEEDED), block],
    ['one that is open', frozenScoring(round(three(4), { state: 'open' }), NEEDED), block],
    ['three', frozenScoring(round(three(4)), NEEDED), []],
    ['three, closed', frozenScoring(round(three(4), { state: 'closed' }), NEEDED), []],
    ['two', frozenScoring(round(three(4).slice(1)), NEEDED), block],
    ['four asked for', frozenScoring(round(three(4)), { ...NEEDED, evaluators: 4 }), block],
    ['four departments asked for', frozenScoring(round(three(4)), { ...NEEDED, departments: 4 }), block],
    ['80 % of the weights', frozenScoring(round([1, 2, 3].map(() => but('D1', 'N2', 'N4'))), NEEDED), []],
    ['79 %', frozenScoring(round([1, 2, 3].map(() => but('D1', 'U1', 'X3'))), NEEDED), block],
    ['nothing applies', frozenScoring(round(three('NA')), NEEDED), block],
  ])('%s', (_what, scoring, expected) => expect(ids(scoring)).toEqual(expected))
})
/** Everything 4, and these do not apply. */
function but(...out: CriterionId[]) {
  return all(4, Object.fromEntries(out.map((id) => [id, 'NA' as const])))
}

describe('[E-18] a decision other than what is suggested', () => {
  const good = frozenScoring(round(three(4)), NEEDED)
  const middling = frozenScoring(round(three(3)), NEEDED)
  const poor = frozenScoring(round(three(2)), NEEDED)
  const short = NOTE('x'.repeat(JUSTIFICATION_MIN_CHARACTERS - 1))
  const long = NOTE('x'.repeat(JUSTIFICATION_MIN_CHARACTERS))
  const NONE = { conditions: [] }
  it.each<[string, FrozenScoring, object, readonly string[]]>([
    ['80, recommended', good, { ...NONE, outcome: 'recommended' }, []],
    ['80, not recommended', good, { ...NONE, outcome: 'not_recommended' }, ['E-18 block approval']],
    ['80, with conditions that there are', good, { outcome: 'recommended_with_conditions' }, []],
    [
      '80, recommended and conditions all the same',
      good,
      { outcome: 'recommended' },
      ['E-18 block approval'],
    ],
    ['60, with conditions', middling, { ...NONE, outcome: 'recommended_with_conditions' }, []],
    ['60, recommended', middling, { ...NONE, outcome: 'recommended' }, ['E-18 block approval']],
    ['40, not recommended', poor, { ...NONE, outcome: 'not_recommended' }, []],
    ['40, recommended', poor, { ...NONE, outcome: 'recommended' }, ['E-18 block approval']],
    ['80, withdrawn', good, { ...NONE, outcome: 'withdrawn' }, ['E-18 block approval']],
    ['40, recommended, with 50 signs', poor, { ...NONE, outcome: 'recommended', justification: long }, []],
    ['nothing proposed yet', poor, { ...NONE, outcome: null }, []],
  ])('%s', (_what, scoring, decision, expected) =>
    expect(ids(scoring, { justification: short, ...decision })).toEqual(expected),
  )
  it('spaces are no reasons', () =>
    expect(
      ids(poor, { ...NONE, outcome: 'recommended', justification: NOTE(`x${' '.repeat(60)}y`) }),
    ).toEqual(['E-18 block approval']))
  it('a blocking criterion suggests that it is not recommended, whatever the points', () => {
    const blocked = { independence: { exports: 'nothing' } }
    const decision = { ...NONE, outcome: 'not_recommended', justification: short }
    expect(ids(good, decision)).toEqual(['E-18 block approval'])
    expect(ids(good, decision, blocked)).toEqual([])
  })
  it('says nothing where there is nothing to say it by', () => {
    const decision = { outcome: 'not_recommended', justification: short }
    expect(ids(undefined, decision)).toEqual([])
    expect(ids(frozenScoring(null, NEEDED), decision)).toEqual(['E-17 block review'])
  })
})
