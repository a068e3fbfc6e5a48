/** Which need it covers (DOMAIN B.2) [SEED L265, L281]. */
import { NEED_MAX_CHARACTERS } from '../../limits.ts'
import type { Section } from '../fields.ts'

export const need = {
  id: 'need',
  group: 'tool',
  label: 'Need',
  purpose: 'A need that exists, how it is met today, and what else was looked at.',
  seed: {
    text: 'It has to cover an existing need, be easy to use and to learn, and make the work of each and of all better.',
    section: 10,
  },
  fields: {
    need: {
      kind: 'text',
      translated: true,
      maxCharacters: NEED_MAX_CHARACTERS,
      required: true,
      label: 'The need',
      help: 'One that is there already, not what would be nice to have.',
    },
    whoNeedsIt: { kind: 'choices', options: 'departments', required: true, label: 'Who has it' },
    today: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      label: 'How it is done today',
    },
    alternatives: {
      kind: 'list',
      root: 'alternatives',
      columns: ['name', 'verdict'],
      required: true,
      label: 'What else was looked at',
      help: 'Also a tool that is in the catalogue already, and doing nothing.',
      add: 'Add an alternative',
      item: {
        name: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          required: true,
          label: 'Alternative',
        },
        verdict: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'Why it is better or worse',
        },
      },
    },
    duplicates: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'What it does that an approved tool does not',
      help: 'If an approved tool covers the same need.',
    },
    individual: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      label: 'What gets better for each person',
    },
    collective: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      label: 'What gets better for all of us',
    },
  },
} as const satisfies Section
