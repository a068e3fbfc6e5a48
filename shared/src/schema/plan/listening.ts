/**
 * Reputation and listening (DOMAIN A.15) [SEED L211–219]: how we learn what is said of us. What was heard is no part of the text:
 * it is rows, for few people and for a time (server/src/heard).
 */
import { LISTENING_KEPT_MAX_MONTHS } from '../../limits.ts'
import type { Section } from '../fields.ts'
import { notApplicable } from './not-applicable.ts'

export const listening = {
  id: 'listening',
  group: 'daily',
  label: 'Listening',
  purpose: 'What is said of us, good and bad: we want to know it, not to talk it down.',
  seed: {
    text: 'Wanted or not, we are on the networks already, through media, other administrations, citizens and parties. Being there ourselves is how an identity and a good name are made. It is not about countering what is negative, but about knowing it, the positive and the negative; and they will talk about us anyway, so better that we say something ourselves.',
    section: 10,
  },
  fields: {
    cadence: {
      kind: 'choice',
      required: true,
      label: 'How often we look',
      options: [
        { id: 'daily', label: 'Every working day' },
        { id: 'twice_a_week', label: 'Twice a week' },
        { id: 'weekly', label: 'Once a week' },
        { id: 'monthly', label: 'Once a month' },
      ],
    },
    responsible: { kind: 'person', required: true, label: 'Who looks, and passes it on' },
    tools: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      label: 'What we look with',
      example: 'The search of each network, and an alert for our name',
    },
    queries: {
      kind: 'list',
      root: 'queries',
      columns: ['terms', 'languages', 'networks', 'excludes'],
      required: true,
      label: 'What we look for',
      help: 'Our name in each language, and how people really call us.',
      add: 'Add something to look for',
      item: {
        terms: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          required: true,
          label: 'Words',
          example: 'Haranberriko Udala, Ayuntamiento de Haranberri, #Haranberri',
        },
        languages: { kind: 'choices', options: 'languages', label: 'In which languages' },
        networks: { kind: 'choices', options: 'networks', label: 'On which networks' },
        excludes: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          label: 'Without',
          example: 'football, the village of the same name',
        },
      },
    },
    retentionMonths: {
      kind: 'number',
      min: 1,
      max: LISTENING_KEPT_MAX_MONTHS,
      unit: 'months',
      required: true,
      label: 'Kept with its words for',
      help: 'What was heard, and the notes of the log of moderation. Then only what is counted is left. It holds once the plan is approved.',
    },
    notApplicable,
  },
} as const satisfies Section
