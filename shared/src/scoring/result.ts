/**
 * What a round of scores comes to (DOMAIN B.14): per criterion, per block, per person, over all, and how firm that is. Medians, so
 * that one far-off score moves nothing; dispersion beside them, so that disagreement is shown and not averaged away.
 */
import type { Policy } from '../protocol/organisation.ts'
import { BLOCKS, CRITERIA, SCORE_MAX, type BlockId, type CriterionId, type Weights } from './criteria.ts'

/** 0 to 5, whole; `'NA'` where the criterion does not apply, which takes its weight out. */
export type Score = 0 | 1 | 2 | 3 | 4 | 5 | 'NA'
export interface Sheet {
  readonly evaluator: string
  readonly scores: { readonly [criterion in CriterionId]: Score }
}

export interface CriterionResult {
  readonly id: CriterionId
  /** How many scored it, those who said that it does not apply left out. With none, the figures are null. */
  readonly n: number
  readonly median: number | null
  readonly mean: number | null
  /** Of the population. */
  readonly deviation: number | null
  readonly min: number | null
  readonly max: number | null
  readonly range: number | null
  /** 1 when all say the same, 0 when they could not be further apart. */
  readonly agreement: number | null
  /** So far apart that a note must say what became of it (E-16). */
  readonly flagged: boolean
}

/** What the total suggests, blocks and conditions aside. */
export type Band = 'recommended' | 'recommended_with_conditions' | 'not_recommended'
/** From how many points on: an organisation has its own, and a round keeps those it was opened with. */
export type Thresholds = Policy['thresholds']
export const DEFAULT_THRESHOLDS: Thresholds = { recommend: 70, conditional: 50 }
/** Below, there is too little to say anything (E-17). Percent of the weights. */
export const COVERAGE_MIN = 80

export interface Result {
  readonly criteria: readonly CriterionResult[]
  /** 0 to 100; null where nothing of the block was scored. */
  readonly blocks: { readonly [block in BlockId]: number | null }
  /** 0 to 100; null when nothing was scored, or all of that has no weight. */
  readonly overall: number | null
  /** Percent of the weights on criteria that somebody scored; null when nothing has a weight. */
  readonly coverage: number | null
  /** Each person's own total, in the order of the sheets. */
  readonly totals: readonly { readonly evaluator: string; readonly total: number | null }[]
  /** The lowest and the highest total without one of the people; null with fewer than two sheets. */
  readonly leaveOneOut: {
    readonly low: number
    readonly high: number
    /**
     * The person without whom the suggestion would be another, the first by the order of the sheets, and the total then: null where too
     * little would be scored for any. Null when there is no such person.
     */
    readonly turns: { readonly evaluator: string; readonly total: number | null } | null
  } | null
  /** Whether leaving out any one person changes what the total suggests, or leaves too little to suggest anything. */
  readonly fragile: boolean
}

/** Largest deviation that scores from 0 to 5 can have. */
const DEVIATION_MAX = SCORE_MAX / 2

export function resultOf(
  sheets: readonly Sheet[],
  weights: Weights,
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Result {
  const criteria = CRITERIA.map(({ id }) => criterionResult(id, sheets))
  const overall = totalOf(sheets, weights)
  const coverage = coverageOf(criteria, weights)
  const said = bandSaid({ overall, coverage }, thresholds)
  // Without the only one there is nobody to say anything, and nothing to compare.
  const without = (sheets.length < 2 ? [] : sheets).map(({ evaluator }, i) => {
    const others = sheets.filter((_, j) => j !== i)
    const left = CRITERIA.map(({ id }) => criterionResult(id, others))
    const total = totalOf(others, weights)
    return {
      evaluator,
      total,
      band: bandSaid({ overall: total, coverage: coverageOf(left, weights) }, thresholds),
    }
  })
  const turning = without.find(({ band }) => band !== said) ?? null
  const totals = without.flatMap(({ total }) => total ?? [])
  return {
    criteria,
    blocks: Object.fromEntries(
      BLOCKS.map(({ id: block }) => [
        block,
        totalOf(sheets, weights, (criterion) => criterion.block === block),
      ]),
    ) as Result['blocks'],
    overall,
    coverage,
    totals: sheets.map((sheet) => ({ evaluator: sheet.evaluator, total: totalOf([sheet], weights) })),
    leaveOneOut:
      totals.length === 0
        ? null
        : {
            low: Math.min(...totals),
            high: Math.max(...totals),
            turns: turning && {
              evaluator: turning.evaluator,
              total: turning.band === null ? null : turning.total,
            },
          },
    fragile: turning !== null,
  }
}

/** What a total suggests by itself, or null where too little was scored to say so. */
const bandSaid = (
  { overall, coverage }: Pick<Result, 'overall' | 'coverage'>,
  thresholds: Thresholds,
): Band | null => (overall === null || !isCovered(coverage) ? null : bandOf(overall, thresholds))
const isCovered = (coverage: number | null): boolean => coverage !== null && coverage >= COVERAGE_MIN

/** The thresholds belong to what is above them: with the usual ones 70 is recommended, 50 with conditions. */
export const bandOf = (total: number, { recommend, conditional }: Thresholds = DEFAULT_THRESHOLDS): Band =>
  total >= recommend
    ? 'recommended'
    : total >= conditional
      ? 'recommended_with_conditions'
      : 'not_recommended'

function scoresOf(id: CriterionId, sheets: readonly Sheet[]): readonly number[] {
  return sheets
    .map(({ scores }) => scores[id])
    .filter((score): score is Exclude<Score, 'NA'> => score !== 'NA')
    .sort((a, b) => a - b)
}

/** The middle one, or halfway between the two middle ones; of at least one score, in order. */
const medianOf = (sorted: readonly number[]): number =>
  (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2

function criterionResult(id: CriterionId, sheets: readonly Sheet[]): CriterionResult {
  const scores = scoresOf(id, sheets)
  const n = scores.length
  if (n === 0)
    return {
      id,
      n,
      median: null,
      mean: null,
      deviation: null,
      min: null,
      max: null,
      range: null,
      agreement: null,
      flagged: false,
    }
  const mean = scores.reduce((sum, score) => sum + score, 0) / n
  const min = scores[0]!
  const max = scores[n - 1]!
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / n)
  return {
    id,
    n,
    median: medianOf(scores),
    mean,
    deviation,
    min,
    max,
    range: max - min,
    agreement: 1 - deviation / DEVIATION_MAX,
    flagged: isFlagged(scores),
  }
}

/** Range of 3 or more, a deviation of 1.0 or more, or two people 2 apart. In whole numbers, so that exactly 1.0 is 1.0. */
function isFlagged(sorted: readonly number[]): boolean {
  const n = sorted.length
  const range = sorted[n - 1]! - sorted[0]!
  const sum = sorted.reduce((all, score) => all + score, 0)
  const squares = sorted.reduce((all, score) => all + score * score, 0)
  // n² · variance = n · Σx² − (Σx)²
  const wide = n * squares - sum * sum >= n * n
  return range >= 3 || wide || (n === 2 && range >= 2)
}

/**
 * Σ weight · median ÷ Σ weight, of those that somebody scored, as a share of 100. Twice each median is whole, so that a
 * total on a threshold is exactly that.
 */
function totalOf(
  sheets: readonly Sheet[],
  weights: Weights,
  counts: (criterion: (typeof CRITERIA)[number]) => boolean = () => true,
): number | null {
  let points = 0
  let weight = 0
  for (const criterion of CRITERIA) {
    if (!counts(criterion)) continue
    const scores = scoresOf(criterion.id, sheets)
    if (scores.length === 0) continue
    points += weights[criterion.id] * medianOf(scores) * 2
    weight += weights[criterion.id]
  }
  return weight === 0 ? null : (points * 100) / (weight * 2 * SCORE_MAX)
}

function coverageOf(criteria: readonly CriterionResult[], weights: Weights): number | null {
  const sum = (of: readonly CriterionResult[]): number => of.reduce((all, { id }) => all + weights[id], 0)
  const all = sum(criteria)
  return all === 0 ? null : (sum(criteria.filter(({ n }) => n > 0)) * 100) / all
}

/** What the scores alone come to, before anything is rounded to be shown: a total of 69.96 is shown as 70.0, and is none. */
export interface Weighed {
  /** Null when nothing was scored. */
  readonly band: Band | null
  /** Enough of the weights was scored. */
  readonly covered: boolean
  readonly fragile: boolean
}
export const weighed = (
  { overall, coverage, fragile }: Pick<Result, 'overall' | 'coverage' | 'fragile'>,
  thresholds: Thresholds = DEFAULT_THRESHOLDS,
): Weighed => ({
  band: overall === null ? null : bandOf(overall, thresholds),
  covered: isCovered(coverage),
  fragile,
})

/**
 * What the scores suggest (DOMAIN B.15): a block that is open outweighs any points; a result that one person turns, and one that
 * rests on conditions, is not recommended without them. Null when too little was scored to say anything.
 */
export function suggestedBy(
  { band, covered, fragile }: Weighed,
  { blocked, conditions }: { readonly blocked: boolean; readonly conditions: boolean },
): Band | null {
  if (blocked) return 'not_recommended'
  if (!covered) return null
  return band === 'recommended' && (fragile || conditions) ? 'recommended_with_conditions' : band
}
export const suggestionOf = (
  result: Parameters<typeof weighed>[0],
  beside: Parameters<typeof suggestedBy>[1],
  thresholds?: Thresholds,
): Band | null => suggestedBy(weighed(result, thresholds), beside)
