/** How far it will be used, and what that asks for (DOMAIN B.3) [SEED L267–279]. */
import type { Section } from '../fields.ts'
import { INSTITUTIONAL_USE, SHARED_USE, USE_LEVELS } from './levels.ts'

export const useLevel = {
  id: 'useLevel',
  group: 'tool',
  label: 'Level of use',
  purpose:
    'The further it is used, the more is asked: of one person little, of the organisation the whole of it.',
  seed: {
    text: 'From one’s own initiative to use in a group, and from there to the will of the institution: which then has to change in organisation, law and technology, and needs human resources, technology and legal services together.',
    section: 10,
  },
  fields: {
    level: { kind: 'choice', options: USE_LEVELS, required: true, label: 'Level of use' },
    ownBackup: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      when: { field: 'level', is: ['individual'] },
      label: 'Where a copy of one’s own of the documents is kept',
    },
    sharedAdministrator: {
      kind: 'person',
      required: true,
      when: SHARED_USE,
      label: 'Who looks after the shared space',
    },
    leavers: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      when: SHARED_USE,
      label: 'What happens when somebody leaves',
    },
    ownerDepartment: {
      kind: 'choice',
      options: 'departments',
      required: true,
      when: INSTITUTIONAL_USE,
      label: 'Unit that answers for the tool',
    },
    organisationalChange: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      when: INSTITUTIONAL_USE,
      label: 'What changes in the organisation',
    },
    legalChange: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      when: INSTITUTIONAL_USE,
      label: 'What changes legally',
    },
    technologicalChange: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      when: INSTITUTIONAL_USE,
      label: 'What changes in technology',
    },
    trainingPlan: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      when: INSTITUTIONAL_USE,
      label: 'Who is trained, how and when',
    },
    promotions: {
      kind: 'list',
      root: 'promotions',
      columns: ['on', 'level', 'why'],
      label: 'How its use has grown',
      add: 'Add a step',
      item: {
        on: { kind: 'date', required: true, label: 'Since' },
        level: { kind: 'choice', options: USE_LEVELS, required: true, label: 'Level of use' },
        why: { kind: 'text', translated: true, maxCharacters: 300, label: 'Why' },
      },
    },
  },
} as const satisfies Section
