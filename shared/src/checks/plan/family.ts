/** A department's plan is below that of the organisation (DOMAIN A.1, `parentPlanId`). */
import { message } from '../finding.ts'
import type { PlanCheck } from './check.ts'

export const FAMILY_CHECKS: readonly PlanCheck[] = [
  {
    id: 'A-9',
    section: 'identity',
    path: 'identity.scope',
    subject: 'A department’s plan takes over the common parts',
    run: ({ identity: { scope } }, { family }) =>
      scope.length === 1 && family && family.organisationPlan && !family.parent
        ? [
            {
              severity: 'block',
              gate: 'review',
              section: 'identity',
              path: 'identity.scope',
              message: message('The organisation has a plan in force, and this one is not below it.'),
              fix: message('Choose the plan of the organisation under Details; its coordinators can.'),
            },
          ]
        : [],
  },
]
