/** Risk and crisis annex (DOMAIN A.16) [SEED L191]: thought through before, so that it is short when it happens. */
import type { Section } from '../fields.ts'
import { notApplicable } from './not-applicable.ts'

export const crisis = {
  id: 'crisis',
  group: 'daily',
  label: 'Crisis annex',
  purpose: 'What we do in the first hour, decided while there is no hurry.',
  seed: {
    text: 'Planning beforehand spares trouble later.',
    section: 7,
  },
  fields: {
    scenarios: {
      kind: 'list',
      root: 'scenarios',
      required: true,
      label: 'Scenarios',
      add: 'Add a scenario',
      item: {
        name: {
          kind: 'text',
          translated: true,
          maxCharacters: 120,
          required: true,
          label: 'Scenario',
          example: 'Somebody else has taken over a profile',
        },
        trigger: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          required: true,
          label: 'How we notice',
        },
        firstHour: {
          kind: 'text',
          translated: true,
          maxCharacters: 1_000,
          required: true,
          label: 'In the first hour',
        },
        spokesperson: {
          kind: 'text',
          translated: true,
          maxCharacters: 200,
          required: true,
          label: 'Who speaks',
          help: 'The post, not the name of the person.',
        },
        holding: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'What we say meanwhile',
        },
        escalation: { kind: 'text', translated: true, maxCharacters: 300, label: 'When it goes further up' },
        restore: { kind: 'text', translated: true, maxCharacters: 500, label: 'How it ends' },
      },
    },
    annex: {
      kind: 'prose',
      translated: true,
      label: 'Annex',
      help: 'What has no other place in the plan.',
    },
    notApplicable,
  },
} as const satisfies Section
