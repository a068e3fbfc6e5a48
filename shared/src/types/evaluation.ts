import { EVALUATION_CHECKS } from '../checks/evaluation.ts'
import { EVALUATION, FROZEN_EVALUATION } from '../schema/evaluation.ts'
import { FACTS } from './facts.ts'
import type { TypeOfDocument } from './type.ts'

export const EVALUATION_TYPE: TypeOfDocument = {
  ...FACTS.evaluation,
  content: EVALUATION,
  frozen: FROZEN_EVALUATION,
  checks: EVALUATION_CHECKS,
}
