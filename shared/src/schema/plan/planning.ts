/** The four questions (DOMAIN A.2) [SEED L191]: the gate. An answer is prose *and* a structure; both must stand. */
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
        period: {
          kind: 'choice',
          required: true,
          label: 'Measured every',
          options: [
            { id: 'week', label: 'week' },
            { id: 'month', label: 'month' },
            { id: 'quarter', label: 'quarter' },
            { id: 'year', label: 'year' },
          ],
        },
        target: { kind: 'number', min: 0, max: 1_000_000_000, required: true, label: 'Target' },
        unit: {
          kind: 'choice',
          label: 'Unit',
          options: [
            { id: 'count', label: 'times' },
            { id: 'percent', label: '%' },
            { id: 'minutes', label: 'minutes' },
            { id: 'ratio', label: 'ratio' },
          ],
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
