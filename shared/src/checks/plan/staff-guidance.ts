/** Recommendations to staff (DOMAIN A.9) [SEED L128–147]. */
import { phrasesOf } from '../../reference/phrases.ts'
import { staffGuidance } from '../../schema/plan/staff-guidance.ts'
import { message, referencesOf } from '../finding.ts'
import { isNotApplicable } from '../required.ts'
import type { PlanCheck } from './check.ts'

export const STAFF_GUIDANCE_CHECKS: readonly PlanCheck[] = [
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
      return isNotApplicable(staffGuidance, { staffGuidance: values }, context.languages)
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
