/** Privacy and staff guidance (DOMAIN A.8, A.9) [SEED L128–167]. */
import type { OpinionRole } from '../../protocol/review.ts'
import { phrasesOf } from '../../reference/phrases.ts'
import type { Plan } from '../../schema/plan.ts'
import { message, referencesOf } from '../finding.ts'
import { isNotApplicable } from '../required.ts'
import { staffGuidance } from '../../schema/plan/staff-guidance.ts'
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
  {
    id: 'P-21',
    section: 'staffGuidance',
    path: 'staffGuidance.freedom',
    subject: 'The recommendations say that opinions are free',
    run: ({ staffGuidance: values }, context) => {
      const freedom = phrasesOf(referencesOf(context).phrases, 'freedom')
      // In a language for which nobody has said how it is said, any sentence will do.
      const isSaid = (language: string): boolean => {
        const text = values.freedom[language] ?? ''
        return freedom.in(text) || (!freedom.has(language) && text.trim() !== '')
      }
      return isNotApplicable(staffGuidance, values, context.languages)
        ? []
        : context.languages
            .filter((language) => !isSaid(language))
            .map((language) => ({
              severity: 'block',
              gate: 'approval',
              section: 'staffGuidance',
              path: `staffGuidance.freedom:${language}`,
              message: message(
                'In {language} the leaflet does not say that everybody may express opinions freely.',
                {
                  language: `lang:${language}`,
                },
              ),
              fix: message('Put the proposed sentence back, or name the freedom of expression in your own.'),
            }))
    },
  },
]
