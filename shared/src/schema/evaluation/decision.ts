/** What is decided (DOMAIN B.15). The director’s approval is a row about a version; this is the text it approves. */
import type { Option, Section } from '../fields.ts'
import { USE_LEVELS } from './levels.ts'
import { DATA_CLASSES } from './privacy.ts'
import { CRITERIA } from '../../scoring/criteria.ts'

export const OUTCOMES = [
  { id: 'recommended', label: 'Recommended' },
  { id: 'recommended_with_conditions', label: 'With conditions' },
  { id: 'not_recommended', label: 'Not recommended' },
  { id: 'withdrawn', label: 'Withdrawn' },
] as const satisfies readonly Option[]
export type Outcome = (typeof OUTCOMES)[number]['id']

const RECOMMENDED = { field: 'outcome', is: ['recommended', 'recommended_with_conditions'] } as const

export const decision = {
  id: 'decision',
  group: 'decision',
  label: 'Decision',
  purpose: 'What is proposed, for which data and which use, under which conditions, and until when.',
  fields: {
    resolutions: {
      kind: 'list',
      root: 'resolutions',
      columns: ['criterion', 'outcome', 'note'],
      label: 'What became of disagreements',
      add: 'Add a note',
      item: {
        criterion: {
          kind: 'choice',
          required: true,
          label: 'Criterion',
          options: CRITERIA.map(({ id, label }) => ({ id, label })),
        },
        outcome: {
          kind: 'choice',
          required: true,
          label: 'What became of it',
          options: [
            { id: 'agreed', label: 'Agreed after talking about it' },
            { id: 'remains', label: 'We still disagree' },
          ],
        },
        note: {
          kind: 'text',
          translated: true,
          maxCharacters: 1_000,
          required: true,
          label: 'Why',
        },
      },
    },
    outcome: { kind: 'choice', options: OUTCOMES, required: true, label: 'What is proposed' },
    allowedDataClasses: {
      kind: 'choices',
      options: DATA_CLASSES,
      required: true,
      when: RECOMMENDED,
      label: 'For these data',
    },
    allowedLevels: {
      kind: 'choices',
      options: USE_LEVELS,
      required: true,
      when: RECOMMENDED,
      label: 'At these levels of use',
    },
    conditions: {
      kind: 'list',
      root: 'conditions',
      columns: ['text', 'owner', 'dueOn', 'doneOn'],
      label: 'Conditions',
      add: 'Add a condition',
      item: {
        text: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'Condition',
        },
        owner: { kind: 'person', required: true, label: 'Who sees to it' },
        dueOn: { kind: 'date', required: true, label: 'Due by' },
        doneOn: { kind: 'date', label: 'Done on' },
      },
    },
    justification: {
      kind: 'text',
      translated: true,
      maxCharacters: 2_000,
      required: true,
      label: 'Why',
    },
    departmentsUsing: { kind: 'choices', options: 'departments', label: 'Departments that will use it' },
    reviewBy: {
      kind: 'date',
      label: 'To be looked at again by',
      help: 'At the latest; earlier when a certificate, a contract or an adequacy decision runs out before.',
    },
    exitOn: {
      kind: 'date',
      required: true,
      when: { field: 'outcome', is: ['withdrawn'] },
      label: 'Nobody uses it any more from',
    },
    useInstead: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      required: true,
      when: { field: 'outcome', is: ['not_recommended', 'withdrawn'] },
      label: 'What to use instead',
      help: 'The name of a tool of the catalogue leads to it; where there is none, say how one does without.',
    },
    changedSince: {
      kind: 'text',
      translated: true,
      maxCharacters: 1_000,
      label: 'What has changed since the last decision',
      help: 'In the tool, in what we use it for, or in what it relies on; also that nothing has.',
    },
  },
} as const satisfies Section
