import { PLAN_CHECKS } from '../checks/plan.ts'
import { PLAN } from '../schema/plan.ts'
import { FACTS } from './facts.ts'
import type { TypeOfDocument } from './type.ts'

export const PLAN_TYPE: TypeOfDocument = { ...FACTS.plan, content: PLAN, frozen: PLAN, checks: PLAN_CHECKS }
