/** Whether it is said what became of a disagreement (E-16): what, and why, in the first language of the document. */
import type { Evaluation } from '../../schema/evaluation.ts'

export const isSettled = (
  { resolutions }: Evaluation['decision'],
  criterion: string | null,
  languages: readonly string[],
): boolean =>
  resolutions.some(
    (one) =>
      one.criterion === criterion &&
      one.outcome !== null &&
      (one.note[languages[0] ?? ''] ?? '').trim() !== '',
  )
