/**
 * What the last round of scores came to, described like everything else that is read, compared, signed and printed. Nobody writes it
 * in the evaluation: the server puts it into a version, as it is shown, and with it what was decided on before anything was rounded. A
 * version is read by whoever may read the evaluation: who gave what is for the team (ADR 0041).
 */
import { BLOCKS, CRITERIA } from '../../scoring/criteria.ts'
import type { Section, ValuesOf } from '../fields.ts'
import { OUTCOMES } from './decision.ts'

const points = { kind: 'number', min: 0, max: 100 } as const
const score = { kind: 'number', min: 0, max: 5 } as const
const count = { kind: 'number', min: 0, max: 1_000 } as const

export const scoring = {
  id: 'scoring',
  group: 'decision',
  label: 'Scores',
  purpose: 'What those who scored the tool, each for themselves, came to together.',
  fields: {
    round: { ...count, label: 'Round' },
    state: {
      kind: 'choice',
      label: 'State of the round',
      options: [
        { id: 'open', label: 'Being scored' },
        { id: 'revealed', label: 'Revealed' },
        { id: 'closed', label: 'Closed' },
      ],
    },
    overall: { ...points, label: 'Overall' },
    low: { ...points, label: 'Lowest without one person' },
    high: { ...points, label: 'Highest without one person' },
    coverage: { ...points, unit: '%', label: 'Of the weights, scored' },
    covered: { kind: 'flag', label: 'Enough of the weights was scored' },
    band: {
      kind: 'choice',
      label: 'What the points suggest',
      options: OUTCOMES.filter(({ id }) => id !== 'withdrawn'),
    },
    fragile: { kind: 'flag', label: 'Fragile: without one person the points would suggest something else' },
    recommendFrom: { ...points, label: 'Recommended from (points of 100)' },
    conditionsFrom: { ...points, label: 'With conditions from (points of 100)' },
    weightSet: { ...count, label: 'Version of the organisation’s weights' },
    sheets: { ...count, label: 'People who scored' },
    sheetsNeeded: { ...count, label: 'People asked for by the level of use' },
    departments: { ...count, label: 'Departments they are of' },
    departmentsNeeded: { ...count, label: 'Departments asked for by the level of use' },
    blocks: {
      kind: 'list',
      root: 'scoredBlocks',
      columns: ['block', 'points'],
      label: 'By block',
      add: '',
      item: {
        block: {
          kind: 'choice',
          label: 'Block of criteria',
          options: BLOCKS.map(({ id, label }) => ({ id, label })),
        },
        points: { ...points, label: 'Points' },
      },
    },
    criteria: {
      kind: 'list',
      root: 'scoredCriteria',
      columns: ['criterion', 'weight', 'median', 'min', 'max', 'agreement', 'flagged'],
      label: 'By criterion',
      add: '',
      item: {
        criterion: {
          kind: 'choice',
          label: 'Criterion',
          options: CRITERIA.map(({ id, label }) => ({ id, label })),
        },
        weight: { ...points, label: 'Weight' },
        n: { ...count, label: 'Scores' },
        median: { ...score, label: 'Median' },
        mean: { ...score, label: 'Mean' },
        deviation: { ...score, label: 'Deviation' },
        min: { ...score, label: 'Lowest' },
        max: { ...score, label: 'Highest' },
        range: { ...score, label: 'Range' },
        agreement: { kind: 'number', min: 0, max: 1, label: 'Agreement' },
        flagged: { kind: 'flag', label: 'Disagreement' },
      },
    },
    // No names, and no departments: there are departments of one. The order is that of the points.
    totals: {
      kind: 'list',
      root: 'scoredTotals',
      columns: ['points'],
      label: 'Each one’s own total',
      add: '',
      item: { points: { ...points, label: 'Points' } },
    },
  },
} as const satisfies Section
export type FrozenScoring = ValuesOf<typeof scoring.fields>
