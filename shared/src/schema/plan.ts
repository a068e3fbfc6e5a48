/**
 * The social media plan: its sections in document order (DOMAIN A.17), their fields, words and help.
 * Sections that follow are further entries of `sections`; nothing else needs to know them.
 */
import type { DocumentOf, DocumentType, Option, Section } from './fields.ts'

const OPEN_GOVERNMENT_AXES = [
  { id: 'transparency', label: 'Transparency' },
  { id: 'participation', label: 'Participation' },
  { id: 'collaboration', label: 'Collaboration' },
] as const satisfies readonly Option[]

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

/** DOMAIN A.1 */
const identity = {
  id: 'identity',
  group: 'start',
  label: 'Identification and sponsorship',
  purpose: 'What this plan is, for how long it holds, and who stands behind it.',
  seed: {
    text: 'The support of those who lead the institution, political and senior, is what makes the rest possible.',
    quoted: false,
    section: 6,
  },
  fields: {
    title: { kind: 'text', translated: true, maxCharacters: 200, required: true, label: 'Title of the plan' },
    scope: {
      kind: 'choices',
      options: 'departments',
      label: 'Departments it is for',
      help: 'Leave empty when the plan is for the whole organisation.',
    },
    from: { kind: 'date', required: true, label: 'Valid from' },
    to: { kind: 'date', required: true, label: 'Valid until', help: 'Two years at most, or it ages unread.' },
    sponsorRole: {
      kind: 'text',
      translated: true,
      maxCharacters: 200,
      required: true,
      label: 'Who sponsors the plan',
      help: 'The post, not the name of the person.',
      example: 'Mayor’s office',
    },
    sponsorBody: {
      kind: 'choice',
      required: true,
      label: 'At which level',
      options: [
        { id: 'political', label: 'Political leadership' },
        { id: 'senior', label: 'Senior management' },
        { id: 'middle_management', label: 'Middle management' },
      ],
    },
    sponsoredOn: { kind: 'date', required: true, label: 'Date of the commitment' },
    sponsorStatement: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'What the sponsor commits to',
      help: 'Time, people, and defending the plan when it is uncomfortable.',
    },
    strategy: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'What the institution wants to achieve',
      help: 'The policy this plan serves, in the words you would use with a neighbour.',
    },
    axes: { kind: 'choices', options: OPEN_GOVERNMENT_AXES, label: 'Open government axis it serves' },
  },
} as const satisfies Section

/** DOMAIN A.2 [SEED L191]: the gate. The answer is prose *and* a structure; both must stand. */
const planning = {
  id: 'planning',
  group: 'start',
  label: 'The four questions',
  purpose:
    'Who, what for, for whom and where. Until the four answers are complete, no profile can be opened.',
  seed: {
    text: 'The worst one can do: to be there without purposes, without criteria, on a network “because it is expected”.',
    quoted: false,
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

/** DOMAIN A.3 [SEED L120–126] */
const principles = {
  id: 'principles',
  group: 'how',
  label: 'Principles and tone',
  purpose: 'The values we speak from, what we do not do, and how we sound.',
  seed: {
    text: 'Networks are the citizens’ own ground: we share, listen and converse there; we do not try to change their opinions.',
    quoted: false,
    section: 1,
  },
  fields: {
    values: {
      kind: 'list',
      root: 'values',
      required: true,
      label: 'Values',
      help: 'The seven of the source document. Give each a local example; say why if you leave one out.',
      add: 'Add a value',
      item: {
        name: { kind: 'text', translated: true, maxCharacters: 120, required: true, label: 'Value' },
        example: { kind: 'text', translated: true, maxCharacters: 300, label: 'What it means here' },
        leftOut: { kind: 'flag', label: 'We leave it out' },
        reason: { kind: 'text', translated: true, maxCharacters: 300, label: 'Why we leave it out' },
      },
    },
    stanceGround: { kind: 'flag', required: true, label: 'Networks are the citizens’ own space.' },
    stanceRespect: { kind: 'flag', required: true, label: 'We respect opinions we do not share.' },
    stanceListen: {
      kind: 'flag',
      required: true,
      label: 'We share, listen and converse; we do not try to change or impose opinions.',
    },
    noPersonalOpinions: {
      kind: 'flag',
      required: true,
      label: 'No personal opinions are given from official profiles.',
    },
    editorialLine: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'Editorial line',
      help: 'It is the one of the official website.',
    },
    editorialSource: {
      kind: 'link',
      required: true,
      label: 'Where the official website sets it out',
      example: 'https://www.haranberri.example/editorial',
    },
    editorialReviewedOn: { kind: 'date', label: 'Last compared with the website' },
    tone: {
      kind: 'list',
      root: 'tone',
      label: 'How we sound',
      help: 'Pairs of what to write and what not to. More direct than an official letter, and still correct.',
      add: 'Add an example of tone',
      item: {
        language: { kind: 'choice', options: 'languages', required: true, label: 'Language' },
        write: { kind: 'text', translated: false, maxCharacters: 300, required: true, label: 'We write' },
        avoid: {
          kind: 'text',
          translated: false,
          maxCharacters: 300,
          required: true,
          label: 'We do not write',
        },
      },
    },
  },
} as const satisfies Section

/** DOMAIN A.4 */
const profiles = {
  id: 'profiles',
  group: 'how',
  label: 'Profiles',
  purpose:
    'The official voices of the institution: each has its purpose, its audience and somebody who looks after it.',
  fields: {
    profiles: {
      kind: 'list',
      root: 'profiles',
      required: true,
      label: 'Profiles',
      add: 'New profile',
      item: {
        displayName: {
          kind: 'text',
          translated: false,
          maxCharacters: 100,
          required: true,
          label: 'Name shown',
          example: 'Haranberriko Udala',
        },
        network: { kind: 'choice', options: 'networks', required: true, label: 'Network' },
        handle: {
          kind: 'text',
          translated: false,
          maxCharacters: 60,
          required: true,
          label: 'Account name',
          example: '@haranberriudala',
        },
        url: { kind: 'link', label: 'Address' },
        purposeIds: { kind: 'references', to: 'purposes', required: true, label: 'What for' },
        audienceIds: { kind: 'references', to: 'audiences', required: true, label: 'For whom' },
        why: {
          kind: 'text',
          translated: true,
          maxCharacters: 500,
          required: true,
          label: 'Why this network',
          example: 'Our young people are here, and ask here',
        },
        hoursPerWeek: {
          kind: 'number',
          min: 0,
          max: 168,
          unit: 'h',
          required: true,
          label: 'Hours a week to look after it',
        },
        departmentId: { kind: 'choice', options: 'departments', label: 'Department' },
        owner: { kind: 'person', required: true, label: 'Who looks after it' },
        deputy: { kind: 'person', label: 'Deputy' },
        languages: {
          kind: 'choices',
          options: 'languages',
          required: true,
          label: 'Languages of the profile',
        },
        languageMode: {
          kind: 'choice',
          label: 'How the languages share it',
          options: [
            { id: 'bilingual_single', label: 'Every post in all languages' },
            { id: 'one_per_language', label: 'One profile per language' },
            { id: 'single', label: 'One language only' },
          ],
        },
        bio: { kind: 'text', translated: true, maxCharacters: 500, label: 'Presentation text' },
        corporateMailbox: { kind: 'flag', label: 'Registered with the mailbox of a unit, not of a person' },
        twoFactor: { kind: 'flag', label: 'Signing in needs a second factor' },
        credentialsPlace: {
          kind: 'text',
          translated: false,
          maxCharacters: 200,
          label: 'Where the password is kept',
          help: 'The place, never the password.',
        },
        privacyNotice: { kind: 'link', label: 'Privacy notice' },
        participationNorms: { kind: 'link', label: 'Participation norms' },
      },
    },
    notOpened: {
      kind: 'list',
      root: 'notOpened',
      label: 'Networks we do not open',
      help: 'These decisions are part of the plan too.',
      add: 'Add a network we do not open',
      item: {
        network: { kind: 'choice', options: 'networks', required: true, label: 'Network' },
        reason: { kind: 'text', translated: true, maxCharacters: 300, required: true, label: 'Why not' },
        reviewOn: { kind: 'date', label: 'We look at it again on' },
      },
    },
  },
} as const satisfies Section

const sections = [identity, planning, principles, profiles] as const
export const PLAN = { id: 'plan', version: 1, sections } as const satisfies DocumentType
export type Plan = DocumentOf<typeof sections>

/** The four questions, in order, with the fields that answer each [SEED L191, quoted in Spanish]. */
export const QUESTIONS = [
  {
    id: 'who',
    short: 'Who',
    question: 'Who will be the person responsible for managing our social networks?',
    prose: 'whoAnswer',
  },
  {
    id: 'why',
    short: 'What for',
    question: 'What purposes move us to use social networks?',
    prose: 'whyAnswer',
  },
  { id: 'whom', short: 'For whom', question: 'Whom do we address?', prose: 'whomAnswer' },
  {
    id: 'where',
    short: 'Which networks',
    question: 'Which social networks are we going to use?',
    prose: 'whereAnswer',
  },
] as const
export type QuestionId = (typeof QUESTIONS)[number]['id']
