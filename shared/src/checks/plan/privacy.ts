/** Privacy (DOMAIN A.8) [SEED L161–167]. */
import type { OpinionRole } from '../../protocol/review.ts'
import type { Plan } from '../../schema/plan.ts'
import { message } from '../finding.ts'
import type { PlanCheck } from './check.ts'

/** Whose opinion the text itself asks for, whatever the route says: the DPO's (DOMAIN P-20), among legal. */
export const opinionsAskedBy = ({ privacy }: Plan): readonly OpinionRole[] =>
  privacy.paidTargeting || privacy.contactLists || privacy.addressesChildren ? ['legal'] : []

export const PRIVACY_CHECKS: readonly PlanCheck[] = [
  {
    id: 'P-19',
    section: 'privacy',
    path: 'privacy.replies',
    subject: 'A quick reply leads to the official channel',
    run: ({ privacy: { replies } }) =>
      replies.some(({ purpose }) => purpose === 'official_channel')
        ? []
        : [
            {
              severity: 'warn',
              gate: 'approval',
              section: 'privacy',
              path: 'privacy.replies',
              message: message('No quick reply asks people to write by the official channel.'),
              fix: message('Add one for “Somebody tells their own case in public”.'),
            },
          ],
  },
]
