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
    pilotPeople: { kind: 'number', min: 0, max: 100_000, unit: 'people', label: 'Who tried it' },
    pilotMinutes: {
      kind: 'number',
      min: 0,
      max: 10_000,
      unit: 'min',
      label: 'Until the first thing worked',
    },
    pilotSus: {
      kind: 'number',
      min: 0,
      max: 100,
      label: 'Usability score (SUS)',
      help: 'From 0 to 100; 68 is the middle.',
    },
    pilotQuestions: { kind: 'number', min: 0, max: 100_000, label: 'Questions they asked' },
    pilotNotes: {
      kind: 'prose',
      translated: true,
      label: 'What was seen while they tried it',
      help: 'Without names.',
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
