/** Easy to use and to learn (DOMAIN B.11) [SEED L265]. */
import type { Section } from '../fields.ts'
import { SHARED_USE } from './levels.ts'

export const ease = {
  id: 'ease',
  group: 'use',
  label: 'Ease',
  purpose: 'How easy it is to use and to learn, seen in people who tried it.',
  when: SHARED_USE,
  fields: {
    easeOfUse: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      label: 'Ease of use',
    },
    easeOfLearning: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      label: 'Ease of learning',
    },
    pilotPeople: {
      kind: 'number',
      min: 0,
      max: 100_000,
      unit: 'people',
      label: 'How many tried it',
      help: 'Of those who will use it, not of those who chose it. With five one sees most of what goes wrong.',
    },
    pilotMinutes: {
      kind: 'number',
      min: 0,
      max: 10_000,
      unit: 'min',
      label: 'Until the first thing worked',
      help: 'From opening it for the first time until they had done one task without help. Of several people, the one in the middle.',
    },
    pilotSus: {
      kind: 'number',
      min: 0,
      max: 100,
      label: 'Usability score (SUS)',
      help: 'Ten sentences that whoever tried it marks from 1 to 5. Odd ones count their mark minus 1, even ones 5 minus their mark; the sum times 2.5 goes from 0 to 100. 68 is the middle: write the average of all.',
    },
    pilotQuestions: {
      kind: 'number',
      min: 0,
      max: 100_000,
      label: 'Questions they asked',
      help: 'All of them together, while they tried it.',
    },
    pilotNotes: {
      kind: 'prose',
      translated: true,
      label: 'What was seen while they tried it',
      help: 'Where they stopped, what they looked for, what they liked. Without names.',
    },
    interfaceLanguages: {
      kind: 'choices',
      options: 'languages',
      required: true,
      label: 'Languages it speaks',
    },
    helpLanguages: { kind: 'choices', options: 'languages', label: 'Languages of its help' },
    trainingHours: {
      kind: 'number',
      min: 0,
      max: 1_000,
      unit: 'h',
      required: true,
      label: 'Training that is needed',
    },
  },
} as const satisfies Section
