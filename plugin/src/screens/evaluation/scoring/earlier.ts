/** What somebody gave in the round before, where they give something else by now. */
import type { RevealedSheet, Round } from '@auzolan/shared/protocol/scoring.ts'
import type { CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'

export function scoreBefore(
  before: Round | null,
  { evaluator, scores }: RevealedSheet,
  id: CriterionId,
): Score | null {
  const sheet = before?.sheets?.find((one) => one.evaluator.person === evaluator.person)
  const score = sheet?.conflict === '' ? sheet.scores[id] : undefined
  return score === undefined || score === scores[id] ? null : score
}
