/** Principles and tone (DOMAIN A.3). */
import { message } from '../finding.ts'
import type { PlanCheck } from './check.ts'

export const PRINCIPLES_CHECKS: readonly PlanCheck[] = [
  {
    id: 'P-05',
    section: 'principles',
    path: 'principles.noPersonalOpinions',
    subject: 'No personal opinions from official profiles',
    asks: ['principles.noPersonalOpinions'],
    run: (plan) =>
      plan.principles.noPersonalOpinions
        ? []
        : [
            {
              severity: 'block',
              gate: 'approval',
              section: 'principles',
              path: 'principles.noPersonalOpinions',
              message: message('The plan does not say yet that official profiles give no personal opinions.'),
              fix: message('Accept the statement in Principles and tone.'),
            },
          ],
  },
]
