/** Privacy (DOMAIN A.8) [SEED L161–167]. */
import type { OpinionRole } from '../../protocol/review.ts'
import type { Plan } from '../../schema/plan.ts'
import { listening as listeningSection } from '../../schema/plan/listening.ts'
import { message } from '../finding.ts'
import { isNotApplicable } from '../required.ts'
import type { PlanCheck } from './check.ts'

/** Whose opinion the text itself asks for, whatever the route says: the DPO's (DOMAIN P-20), among legal. */
export const opinionsAskedBy = ({ privacy }: Plan): readonly OpinionRole[] =>
  privacy.paidTargeting || privacy.contactLists || privacy.addressesChildren ? ['legal'] : []

export const PRIVACY_CHECKS: readonly PlanCheck[] = [
  {
    id: 'A-8',
    section: 'listening',
    path: 'listening.retentionMonths',
    subject: 'Privacy and listening keep what was heard for the same time',
    run: ({ privacy, listening }, { languages }) => {
      const months = listening.retentionMonths
      if (months === null || isNotApplicable(listeningSection, { listening }, languages)) return []
      return privacy.protected
        .filter(
          ({ whose, retentionMonths }) =>
            whose === 'mentioned' && retentionMonths !== null && retentionMonths !== months,
        )
        .map(({ id, retentionMonths }) => ({
          severity: 'warn',
          gate: 'review',
          section: 'listening',
          path: 'listening.retentionMonths',
          message: message(
            'How many months what is said of us is kept is said twice, and not alike: {privacy} under “Privacy”, {listening} here.',
            { privacy: String(retentionMonths), listening: String(months) },
          ),
          fix: message(
            'Write the same in both: what stands here is what is done, and what stands there is promised.',
          ),
          fixAt: `protected/${id}/retentionMonths`,
        }))
    },
  },
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
