/** Participation norms and moderation (DOMAIN A.11) [SEED L151–159]: three requirements, and what we promise. */
import type { Section, TextField } from '../fields.ts'

const requirement = <L extends string, H extends string>(label: L, help: H) =>
  ({
    kind: 'text',
    translated: true,
    maxCharacters: 500,
    required: true,
    label,
    help,
  }) as const satisfies TextField

export const participation = {
  id: 'participation',
  group: 'how',
  label: 'Participation norms',
  purpose: 'What we ask of those who comment, and what they may expect of us.',
  seed: {
    text: 'In blogs and in every space that is open to comments: whatever keeps the three requirements is published, or answered.',
    section: 3,
  },
  fields: {
    pertinent: requirement(
      'First requirement',
      '«Que sean pertinentes: que no se alejen del tema tratado» (source document, section 3)',
    ),
    respectful: requirement(
      'Second requirement',
      '«Que mantengan el respeto y no ofendan ni atenten contra la dignidad de otras personas» (source document, section 3)',
    ),
    noPersonalData: requirement(
      'Third requirement',
      '«Que no contengan datos de carácter personal ni información publicitaria» (source document, section 3)',
    ),
    commitment: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'What we promise',
      help: 'Comments, questions and contributions that keep the three requirements are published or answered. Criticism is no reason to delete.',
    },
    answerDays: {
      kind: 'number',
      min: 0,
      max: 60,
      unit: 'working days',
      required: true,
      label: 'Answered within',
    },
    hours: {
      kind: 'text',
      translated: true,
      maxCharacters: 200,
      required: true,
      label: 'Opening hours of the profiles',
      example: 'Monday to Friday, 8:00 to 15:00',
    },
    languages: { kind: 'choices', options: 'languages', required: true, label: 'Languages of our answers' },
    spaces: {
      kind: 'list',
      root: 'spaces',
      columns: ['name', 'address', 'profileIds'],
      label: 'Where the norms hold',
      add: 'Add a space',
      item: {
        name: {
          kind: 'text',
          translated: false,
          maxCharacters: 120,
          required: true,
          label: 'Space',
          example: 'Blog of the library',
        },
        address: { kind: 'link', label: 'Address' },
        profileIds: { kind: 'references', to: 'profiles', label: 'Profiles' },
      },
    },
    ladder: {
      kind: 'list',
      root: 'ladder',
      columns: ['step', 'when', 'who'],
      required: true,
      label: 'Steps of moderation',
      help: 'From the mildest to the hardest; each step has its reason.',
      add: 'Add a step',
      item: {
        step: {
          kind: 'choice',
          required: true,
          label: 'Step',
          options: [
            { id: 'answer', label: 'Answer' },
            { id: 'warn', label: 'Warn' },
            { id: 'hide', label: 'Hide' },
            { id: 'delete', label: 'Delete' },
            { id: 'block', label: 'Block' },
            { id: 'report', label: 'Report it' },
          ],
        },
        when: { kind: 'text', translated: true, maxCharacters: 300, required: true, label: 'When' },
        who: { kind: 'text', translated: true, maxCharacters: 200, label: 'Who decides it' },
      },
    },
    appeal: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      required: true,
      label: 'Where to complain about a moderation',
    },
  },
} as const satisfies Section
