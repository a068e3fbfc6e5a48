/** Rules of a round of scores (DOMAIN B.14): what a sheet must have to be handed in, whom a level of use asks for. Pure. */
import { INSTITUTIONAL_DEPARTMENTS_MIN } from '../limits.ts'
import type { Policy } from '../protocol/organisation.ts'
import { CRITERIA, type CriterionId, type Weights } from './criteria.ts'
import type { Score } from './result.ts'

export const SCORES = [0, 1, 2, 3, 4, 5, 'NA'] as const satisfies readonly Score[]
/** Of a sheet that somebody is still working on, some may be missing. */
export type Scores = { readonly [criterion in CriterionId]?: Score | undefined }
/** A sentence, or the address of what shows it. */
export type Reasons = { readonly [criterion in CriterionId]?: string | undefined }

/** The ends of the scale say something strong, 1 nearly so, and what does not apply takes its weight out. */
export const needsReason = (score: Score): boolean =>
  score === 'NA' || score === 0 || score === 1 || score === 5

/** What keeps a sheet from being handed in, in the order of the criteria. */
export const lacking = (
  scores: Scores,
  reasons: Reasons,
): readonly { readonly criterion: CriterionId; readonly what: 'score' | 'reason' }[] =>
  CRITERIA.flatMap(({ id }): readonly { criterion: CriterionId; what: 'score' | 'reason' }[] => {
    const score = scores[id]
    if (score === undefined) return [{ criterion: id, what: 'score' }]
    return needsReason(score) && (reasons[id] ?? '').trim() === '' ? [{ criterion: id, what: 'reason' }] : []
  })

/** Whole, none below 0, all of them 100. */
export const areWeights = (weights: Weights): boolean => {
  const all = CRITERIA.map(({ id }) => weights[id])
  return (
    all.every((weight) => Number.isInteger(weight) && weight >= 0) &&
    all.reduce((sum, weight) => sum + weight, 0) === 100
  )
}

/** How many have to have handed in, of how many departments. Where no level is said, what is asked for is what asks for most. */
export function demandsOf(
  level: string | null,
  { minEvaluators }: Pick<Policy, 'minEvaluators'>,
): { readonly evaluators: number; readonly departments: number } {
  if (level === 'individual' || level === 'collective')
    return { evaluators: minEvaluators[level], departments: 0 }
  return { evaluators: minEvaluators.institutional, departments: INSTITUTIONAL_DEPARTMENTS_MIN }
}

/** Who has no department counts for none. */
export const departmentsAmong = (people: readonly { readonly department: string | null }[]): number =>
  new Set(people.flatMap(({ department }) => department ?? [])).size
