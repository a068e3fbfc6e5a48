/** All checks of the plan (DOMAIN §10), in the order in which they are shown. Pure: same plan, same result. */
import type { Plan } from '../schema/plan.ts'
import { message, type CheckContext, type Outcome } from './finding.ts'
import type { DocumentChecks } from './document.ts'
import type { PlanCheck } from './plan/check.ts'
import { FAMILY_CHECKS } from './plan/family.ts'
import { IDENTITY_CHECKS } from './plan/identity.ts'
import { PLANNING_CHECKS } from './plan/planning.ts'
import { PRINCIPLES_CHECKS } from './plan/principles.ts'
import { PRIVACY_CHECKS, opinionsAskedBy } from './plan/privacy.ts'
import { blocksQuestion, questionOf } from './plan/questions.ts'
import { PROFILE_CHECKS } from './plan/profiles.ts'
import { PURPOSELESS_CHECKS } from './plan/purposeless.ts'
import { STAFF_GUIDANCE_CHECKS } from './plan/staff-guidance.ts'
import { TEAM_CHECKS } from './plan/team.ts'
import { TRAINING_CHECKS } from './plan/training.ts'

const CHECKS: readonly PlanCheck[] = [
  ...PLANNING_CHECKS,
  ...IDENTITY_CHECKS,
  ...FAMILY_CHECKS,
  ...PRINCIPLES_CHECKS,
  ...PROFILE_CHECKS,
  ...PURPOSELESS_CHECKS,
  ...TEAM_CHECKS,
  ...TRAINING_CHECKS,
  ...PRIVACY_CHECKS,
  ...STAFF_GUIDANCE_CHECKS,
]

const NONE: ReadonlySet<string> = new Set()

/** @param empty paths of required fields that are said to be missing */
export const planChecks = (plan: Plan, context: CheckContext, empty = NONE): Outcome[] =>
  CHECKS.filter(({ asks = [] }) => !asks.some((path) => empty.has(path))).map(
    ({ id, section, path, subject, run }) => ({
      check: id,
      section,
      path,
      subject: message(subject),
      findings: run(plan, context).map((finding) => ({ check: id, ...finding })),
    }),
  )

export const PLAN_CHECKS: DocumentChecks = {
  outcomes: (json, context, empty) => planChecks(json as unknown as Plan, context, empty),
  // The fourth question is answered in the profiles, so their gaps count for both sections.
  leavesOpen: (section, finding) =>
    section === 'planning' && questionOf(finding.path) !== null && blocksQuestion(finding),
  opinions: (json) => opinionsAskedBy(json as unknown as Plan),
}
