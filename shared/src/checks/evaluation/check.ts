/** What every check of an evaluation looks like. */
import type { Evaluation } from '../../schema/evaluation.ts'
import type { FrozenScoring } from '../../schema/evaluation/scoring.ts'
import type { CheckContext, Finding } from '../finding.ts'

/** With what the scores came to, where that is known. */
export type Read = Evaluation & { readonly scoring?: FrozenScoring }
/** Its section and its check are those of the check that found it, unless it says otherwise. */
export type Found = Omit<Finding, 'check' | 'section'> & {
  readonly check?: string
  readonly section?: string
}
export interface EvaluationCheck {
  readonly id: string
  readonly section: string
  readonly path: string
  /** What is being checked, said positively: shown when it passes. */
  readonly subject: string
  readonly run: (evaluation: Read, context: CheckContext) => readonly Found[]
}
