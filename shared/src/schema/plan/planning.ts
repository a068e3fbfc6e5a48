/** The four questions (DOMAIN A.2) [SEED L191]: the gate. An answer is prose *and* a structure; both must stand. */
import { DIMENSIONS, FORMULAS, MEASURE_PERIODS, MEASURE_UNITS } from '../../indicators/catalogue.ts'
import type { Option, Section } from '../fields.ts'
import { OPEN_GOVERNMENT_AXES } from './open-government.ts'

const PURPOSE_KINDS = [
  { id: 'inform', label: 'Inform' },
  { id: 'listen', label: 'Listen' },
  { id: 'converse', label: 'Converse' },
  { id: 'serve', label: 'Serve' },
  { id: 'participate', label: 'Invite to take part' },
  { id: 'collaborate', label: 'Collaborate' },
  { id: 'account', label: 'Give account' },
  { id: 'emergency', label: 'Warn in emergencies' },
  { id: 'promote_language', label: 'Promote our language' },
  { id: 'other', label: 'Something else' },
] as const satisfies readonly Option[]

export const planning = {
  id: 'planning',
  group: 'start',
  label: 'The four questions',
  purpose:
    'Who, what for, for whom and where. Until the four answers are complete, no profile can be opened.',
  seed: {
    text: 'The worst one can do: to be there without purposes, without criteria, on a network “because it is expected”.',
    section: 7,
  },
  fields: {
    whoAnswer: { kind: 'prose', translated: true, required: true, label: 'How we organise it' },
    responsible: { kind: 'person', required: true, label: 'Responsible person' },
    responsibleRole: {
      kind: 'text',
      translated: true,
      maxCharacters: 200,
      required: true,
      label: 'Post of the responsible person',
      example: 'Head of communications',
    },
    responsibleDepartment: { kind: 'choice', options: 'departments', label: 'Department' },
    responsibleAccepts: {
      kind: 'acceptance',
      of: 'responsible',
      required: true,
      label: 'Has accepted the responsibility',
    },
    deputy: { kind: 'person', label: 'Deputy', help: 'For holidays and illness.' },

    whyAnswer: { kind: 'prose', translated: true, required: true, label: 'Why we use social networks' },
    purposes: {
      kind: 'list',
      root: 'purposes',
      required: true,
      label: 'Purposes',
      add: 'Add a purpose',
      item: {
        text: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          required: true,
          label: 'Purpose',
          example: 'Explain clearly what each municipal service offers and until when',
        },
        kind: { kind: 'choice', options: PURPOSE_KINDS, required: true, label: 'Kind of purpose' },
        policyGoal: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          label: 'Policy it serves',
          example: 'Plan for the use of Basque 2025–2030',
        },
        axis: { kind: 'choice', options: OPEN_GOVERNMENT_AXES, label: 'Open government axis it serves' },
        indicatorIds: {
          kind: 'references',
          to: 'indicators',
          required: true,
          label: 'Indicators',
          help: 'How you will notice that the purpose is being reached.',
        },
      },
    },
    indicators: {
      kind: 'list',
      root: 'indicators',
      columns: ['name', 'period', 'target', 'unit'],
      label: 'Indicators',
      add: 'Add an indicator',
      item: {
        name: {
          kind: 'text',
          translated: true,
          maxCharacters: 200,
          required: true,
          label: 'Indicator',
          example: 'Questions answered within two working days',
        },
        period: { kind: 'choice', required: true, label: 'Measured every', options: MEASURE_PERIODS },
        target: { kind: 'number', min: 0, max: 1_000_000_000, required: true, label: 'Target' },
        unit: { kind: 'choice', label: 'Unit', options: MEASURE_UNITS },
        dimension: { kind: 'choice', label: 'What it tells about', options: DIMENSIONS },
        formula: {
          kind: 'choice',
          label: 'Computed as',
          help: 'Without one you enter its figure yourselves each time.',
          options: FORMULAS,
        },
        language: {
          kind: 'choice',
          label: 'Language that is counted',
          options: 'languages',
          when: { field: 'formula', is: ['language_balance'] },
        },
        networks: {
          kind: 'choices',
          options: 'networks',
          label: 'Networks it is about',
          help: 'None chosen: all of them.',
        },
        direction: {
          kind: 'choice',
          label: 'What is good',
          options: [
            { id: 'up', label: 'The more, the better' },
            { id: 'down', label: 'The less, the better' },
            { id: 'range', label: 'Between two values' },
          ],
        },
        min: {
          kind: 'number',
          min: 0,
          max: 1_000_000_000,
          label: 'At least',
          when: { field: 'direction', is: ['range'] },
        },
        max: {
          kind: 'number',
          min: 0,
          max: 1_000_000_000,
          label: 'At most',
          when: { field: 'direction', is: ['range'] },
        },
        baseline: {
          kind: 'number',
          min: 0,
          max: 1_000_000_000,
          label: 'Where we begin',
          help: 'Its value before this plan.',
        },
        baselinePeriod: {
          kind: 'text',
          translated: false,
          maxCharacters: 60,
          label: 'When it was so',
          example: 'June 2026',
        },
        owner: { kind: 'person', label: 'Who measures it' },
        limits: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          label: 'What it does not tell',
          example: 'More followers do not show that anybody was helped.',
        },
      },
    },

    whomAnswer: { kind: 'prose', translated: true, required: true, label: 'Whom we speak to' },
    audiences: {
      kind: 'list',
      root: 'audiences',
      required: true,
      label: 'Audiences',
      add: 'Add an audience',
      item: {
        name: {
          kind: 'text',
          translated: true,
          maxCharacters: 120,
          required: true,
          label: 'Name of the audience',
          example: 'Young people, 16 to 29',
        },
        description: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'Who they are',
        },
        needs: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'What they need from us',
          example: 'Events, grants, leisure',
        },
        languages: {
          kind: 'choices',
          options: 'languages',
          required: true,
          label: 'Languages we speak with them',
        },
        channels: { kind: 'choices', options: 'networks', label: 'Networks they use' },
        vulnerable: { kind: 'flag', label: 'Needs special care (children, people at risk)' },
      },
    },

    whereAnswer: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'Why these networks and no others',
    },
  },
} as const satisfies Section

/** Of an indicator, what the second question asks; the rest is asked where it is measured. */
export const INDICATOR_IN_SHORT: readonly string[] = ['name', 'period', 'target', 'unit']

/** The four questions, in order, with the fields that answer each; every field of the section answers one [SEED L191]. */
export const QUESTIONS = [
  {
    id: 'who',
    short: 'Who',
    question: 'Who will be the person responsible for managing our social networks?',
    prose: 'whoAnswer',
    fields: [
      'whoAnswer',
      'responsible',
      'responsibleRole',
      'responsibleDepartment',
      'responsibleAccepts',
      'deputy',
    ],
  },
  {
    id: 'why',
    short: 'What for',
    question: 'What purposes move us to use social networks?',
    prose: 'whyAnswer',
    fields: ['whyAnswer', 'purposes', 'indicators'],
  },
  {
    id: 'whom',
    short: 'For whom',
    question: 'Whom do we address?',
    prose: 'whomAnswer',
    fields: ['whomAnswer', 'audiences'],
  },
  {
    id: 'where',
    short: 'Which networks',
    question: 'Which social networks are we going to use?',
    prose: 'whereAnswer',
    fields: ['whereAnswer'],
  },
] as const satisfies readonly {
  readonly id: string
  readonly short: string
  readonly question: string
  readonly prose: keyof typeof planning.fields
  readonly fields: readonly (keyof typeof planning.fields)[]
}[]
export type QuestionId = (typeof QUESTIONS)[number]['id']
