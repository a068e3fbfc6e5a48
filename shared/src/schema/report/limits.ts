/** What cannot be concluded from the figures [SEED L199], and what one supposes all the same. */
import type { Section } from '../fields.ts'

export const limits = {
  id: 'limits',
  group: 'report',
  label: 'What we cannot conclude',
  purpose: 'What these figures do not show, so that nobody reads it into them.',
  seed: {
    text: 'Measuring the real impact would be ideal, and is very hard: of advice on road safety nobody can tell what it has done for fewer accidents.',
    section: 8,
  },
  fields: {
    impactNote: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'What we cannot conclude from these figures',
      help: 'At least 50 characters: which result of the policy they do not show, and why.',
    },
    policyGoal: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      label: 'The aim of the policy behind it',
      help: 'Only if you suppose an effect: then say also how anybody could see it.',
      example: 'More rubbish separated at home',
    },
    outcomeIndicator: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      label: 'What would show it',
      example: 'Kilos of organic waste per inhabitant',
    },
    externalSource: { kind: 'link', label: 'Where that is measured' },
    attribution: {
      kind: 'choice',
      label: 'How much of it can be put down to our networks',
      options: [
        { id: 'none', label: 'Nothing that could be shown' },
        { id: 'weak', label: 'Perhaps a little' },
        { id: 'moderate', label: 'A part, and it can be argued' },
      ],
    },
    attributionReason: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      label: 'Why we think so',
      when: { field: 'attribution', is: ['weak', 'moderate'] },
    },
  },
} as const satisfies Section
