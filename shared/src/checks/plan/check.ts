/** What one check of the plan is (DOMAIN §10). Pure: same plan, same context, same findings. */
import type { Plan } from '../../schema/plan.ts'
import type { CheckContext, Finding } from '../finding.ts'

export type Found = Omit<Finding, 'check'>

export interface PlanCheck {
  readonly id: string
  readonly section: string
  readonly path: string
  /** What is being checked, said positively: shown when it passes. */
  readonly subject: string
  /** Required fields it is made of: while one of them is empty that is what is said, once. */
  readonly asks?: readonly string[]
  readonly run: (plan: Plan, context: CheckContext) => readonly Found[]
}
