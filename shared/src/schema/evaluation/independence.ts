/** Whether we could leave (DOMAIN B.12; EU Data Act, chapter VI). */
import type { Section } from '../fields.ts'
import { SHARED_USE } from './levels.ts'

export const independence = {
  id: 'independence',
  group: 'use',
  label: 'Independence',
  purpose: 'Whether we can leave with everything that is ours, and how.',
  fields: {
    licence: {
      kind: 'text',
      translated: false,
      maxCharacters: 120,
      required: true,
      label: 'Licence of the program',
      example: 'AGPL-3.0-or-later',
      help: 'As it is called (SPDX), or “proprietary”.',
    },
    openness: {
      kind: 'choice',
      required: true,
      label: 'Its source code',
      options: [
        { id: 'open', label: 'Is open, and others work on it' },
        { id: 'open_core', label: 'Is open in its core' },
        { id: 'parts', label: 'Is open in some parts' },
        { id: 'closed', label: 'Is closed' },
      ],
    },
    openStandards: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'Open standards it keeps',
    },
    interfaces: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'Interfaces for other programs',
    },
    exports: {
      kind: 'choice',
      required: true,
      label: 'One can take along',
      options: [
        { id: 'everything', label: 'Everything, in a documented format' },
        { id: 'partly', label: 'A part, or in a format of its own' },
        { id: 'nothing', label: 'Nothing' },
        { id: 'unknown', label: 'We do not know' },
      ],
    },
    exportFormats: { kind: 'text', translated: false, maxCharacters: 200, label: 'In which formats' },
    exportTestedOn: { kind: 'date', label: 'Leaving was tried out on' },
    exportTest: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'How much, how long it took, what was lost',
    },
    exitPlan: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      required: true,
      when: SHARED_USE,
      label: 'Exit plan',
    },
    deletionProof: { kind: 'flag', label: 'They prove that everything was deleted.' },
    lockIn: { kind: 'text', translated: true, maxCharacters: 500, label: 'What would make leaving hard' },
    noticeMonths: {
      kind: 'number',
      min: 0,
      max: 60,
      unit: 'months',
      label: 'Notice',
      help: 'Two months at most (Data Act).',
    },
    transitionDays: {
      kind: 'number',
      min: 0,
      max: 1_000,
      unit: 'days',
      label: 'Time to move',
      help: 'Thirty days at most, up to seven months where it cannot be done faster (Data Act).',
    },
    retrievalDays: {
      kind: 'number',
      min: 0,
      max: 1_000,
      unit: 'days',
      label: 'Time to fetch what is left',
      help: 'Thirty days at least (Data Act).',
    },
    switchingCharges: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      label: 'What moving costs',
      help: 'From 12 January 2027 on, nothing (Data Act).',
    },
  },
} as const satisfies Section
