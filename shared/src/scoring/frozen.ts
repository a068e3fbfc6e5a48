/** What of a round of scores is frozen into a version: its figures as they are shown, and what they decide from before they were rounded. */
import type { Evaluator, RoundState } from '../protocol/scoring.ts'
import type { FrozenScoring } from '../schema/evaluation/scoring.ts'
import { BLOCKS, type Weights } from './criteria.ts'
import { resultOf, weighed, type Sheet, type Thresholds } from './result.ts'
import { departmentsAmong, type demandsOf } from './rounds.ts'

export interface ScoredRound {
  readonly n: number
  readonly state: RoundState
  readonly weights: Weights
  /** Version of the organisation's weights that these are; null when they are of this round alone. */
  readonly weightSet: number | null
  readonly thresholds: Thresholds
  /** Those whose sheets count, each with theirs. */
  readonly sheets: readonly (Evaluator & Pick<Sheet, 'scores'>)[]
}
type Demands = ReturnType<typeof demandsOf>

const decimals =
  (places: number) =>
  (value: number | null): number | null => {
    if (value === null) return null
    const unit = 10 ** places
    // A hair below the half is what binary makes of a half.
    return Math.round(value * unit + 1e-9) / unit
  }
/** Points and medians are shown with one decimal; what says how far apart people are, with two. */
const one = decimals(1)
const two = decimals(2)

/** @param round the last one; of an open one nothing but that there is one */
export function frozenScoring(round: ScoredRound | null, demands: Demands): FrozenScoring {
  const needed = { sheetsNeeded: demands.evaluators, departmentsNeeded: demands.departments }
  if (round === null || round.state === 'open')
    return { ...NOTHING, ...needed, round: round?.n ?? null, state: round?.state ?? null }
  const { sheets, weights, weightSet, thresholds } = round
  const result = resultOf(
    sheets.map(({ person, scores }) => ({ evaluator: person, scores })),
    weights,
    thresholds,
  )
  return {
    ...needed,
    round: round.n,
    state: round.state,
    overall: one(result.overall),
    low: one(result.leaveOneOut?.low ?? null),
    high: one(result.leaveOneOut?.high ?? null),
    coverage: one(result.coverage),
    ...weighed(result, thresholds),
    weightSet,
    recommendFrom: thresholds.recommend,
    conditionsFrom: thresholds.conditional,
    sheets: sheets.length,
    departments: departmentsAmong(sheets),
    blocks: BLOCKS.map(({ id }) => ({ id, block: id, points: one(result.blocks[id]) })),
    criteria: result.criteria.map(
      ({ id, n, median, mean, deviation, min, max, range, agreement, flagged }) => ({
        id,
        criterion: id,
        weight: weights[id],
        n,
        median: one(median),
        mean: two(mean),
        deviation: two(deviation),
        min,
        max,
        range,
        agreement: two(agreement),
        flagged,
      }),
    ),
    totals: result.totals
      .map(({ total }) => one(total))
      .sort((a, b) => (b ?? -1) - (a ?? -1))
      .map((total, i) => ({ id: `e${i + 1}`, points: total })),
  }
}

const NOTHING = {
  overall: null,
  low: null,
  high: null,
  coverage: null,
  covered: false,
  band: null,
  fragile: false,
  weightSet: null,
  recommendFrom: null,
  conditionsFrom: null,
  sheets: null,
  departments: null,
  blocks: [],
  criteria: [],
  totals: [],
} as const
