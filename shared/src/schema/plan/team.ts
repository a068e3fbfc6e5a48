/** Team, roles, community managers (DOMAIN A.6) [SEED L201–209]. */
import type { Option, Section } from '../fields.ts'

/** The five axes of the seed's portrait of a community manager [SEED L203–207]. Self-declared; never published. */
export const MANAGER_AXES = [
  'knowsInstitution',
  'knowsServices',
  'knowsPeople',
  'networkSkill',
  'informalWriting',
] as const

/** Anchors of an axis; the id is the value, 0 to 3. */
const LEVELS = [
  { id: '0', label: 'Not yet' },
  { id: '1', label: 'A little' },
  { id: '2', label: 'Well' },
  { id: '3', label: 'Could teach it' },
] as const satisfies readonly Option[]

export const ACTIVITIES = [
  { id: 'publish', label: 'Publish' },
  { id: 'answer', label: 'Answer' },
  { id: 'moderate', label: 'Moderate' },
  { id: 'crisis', label: 'Crisis' },
  { id: 'measure', label: 'Measure' },
] as const satisfies readonly Option[]

const EXTERNAL = { field: 'staffing', is: ['external_support', 'external_only'] } as const

export const team = {
  id: 'team',
  group: 'how',
  label: 'Team',
  purpose: 'Who speaks for us, what they bring, and who coordinates.',
  seed: {
    text: 'The best community managers are ourselves: people who know the institution, its services and its neighbours, and who learn to write closer.',
    section: 9,
  },
  fields: {
    staffing: {
      kind: 'choice',
      required: true,
      label: 'Who does the work',
      options: [
        { id: 'internal', label: 'Our own people' },
        { id: 'external_support', label: 'Our own people, with outside support' },
        { id: 'external_only', label: 'A contractor alone' },
      ],
    },
    externalReason: {
      kind: 'prose',
      translated: true,
      required: true,
      when: EXTERNAL,
      label: 'Why somebody from outside',
    },
    contract: {
      kind: 'text',
      translated: false,
      maxCharacters: 200,
      when: EXTERNAL,
      label: 'Reference of the contract',
    },
    dataAgreement: {
      kind: 'flag',
      when: EXTERNAL,
      label: 'The contract has the agreement on personal data (GDPR art. 28)',
    },
    internalResponsible: {
      kind: 'person',
      when: EXTERNAL,
      label: 'Who of us answers for it',
    },
    managers: {
      kind: 'list',
      root: 'managers',
      columns: ['person', 'departmentId', 'profileIds', 'languages', 'trainingIds'],
      required: true,
      label: 'Community managers',
      help: 'How well each knows what is asked, in their own words. It helps to plan training, is seen by the team only and never published.',
      add: 'Add a community manager',
      item: {
        person: { kind: 'person', required: true, label: 'Person' },
        departmentId: { kind: 'choice', options: 'departments', required: true, label: 'Department' },
        profileIds: { kind: 'references', to: 'profiles', label: 'Profiles' },
        languages: { kind: 'choices', options: 'languages', required: true, label: 'Languages' },
        knowsInstitution: {
          kind: 'choice',
          options: LEVELS,
          restricted: true,
          label: 'Knows the institution',
        },
        knowsServices: { kind: 'choice', options: LEVELS, restricted: true, label: 'Knows the services' },
        knowsPeople: { kind: 'choice', options: LEVELS, restricted: true, label: 'Knows the people' },
        networkSkill: { kind: 'choice', options: LEVELS, restricted: true, label: 'Skill with networks' },
        informalWriting: {
          kind: 'choice',
          options: LEVELS,
          restricted: true,
          label: 'Writes closer than an official letter',
        },
        trainingIds: { kind: 'references', to: 'training', label: 'Training' },
      },
    },
    coordinationUnit: {
      kind: 'choice',
      options: 'departments',
      label: 'Unit that coordinates',
      help: 'Communications or press. Needed as soon as more than one department looks after profiles.',
    },
    coordinator: { kind: 'person', label: 'Coordinator' },
    duties: {
      kind: 'list',
      root: 'duties',
      columns: ['activity', 'does', 'answers', 'consulted', 'informed'],
      label: 'Who does what',
      help: 'A post, not a name.',
      add: 'Add an activity',
      item: {
        activity: { kind: 'choice', options: ACTIVITIES, required: true, label: 'Activity' },
        does: { kind: 'text', translated: true, maxCharacters: 200, required: true, label: 'Does it' },
        answers: {
          kind: 'text',
          translated: true,
          maxCharacters: 200,
          required: true,
          label: 'Answers for it',
        },
        consulted: { kind: 'text', translated: true, maxCharacters: 200, label: 'Is asked before' },
        informed: { kind: 'text', translated: true, maxCharacters: 200, label: 'Is told afterwards' },
      },
    },
    continuity: {
      kind: 'prose',
      translated: true,
      required: true,
      label: 'Holidays, handover',
      help: 'Nobody notices from outside who is away.',
    },
    recovery: {
      kind: 'person',
      label: 'Who can get an account back',
      help: 'When whoever looks after it has left, or has lost the second factor.',
    },
  },
} as const satisfies Section
