/** Identification and sponsorship of the plan (DOMAIN A.1). */
import type { Section } from '../fields.ts'
import { OPEN_GOVERNMENT_AXES } from './open-government.ts'

export const identity = {
  id: 'identity',
  group: 'start',
  label: 'Identification and sponsorship',
  purpose: 'What this plan is, for how long it holds, and who stands behind it.',
  seed: {
    text: 'The support of those who lead the institution, political and senior, is what makes the rest possible.',
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
    lessons: {
      kind: 'prose',
      translated: true,
      label: 'What we learned from the plan before',
    },
    axes: {
      kind: 'choices',
      options: OPEN_GOVERNMENT_AXES,
      label: 'Open government axis it serves',
      help: 'Transparency: people see what we do, and why. Participation: they are part of decisions. Collaboration: citizens, other administrations and organisations do it with us. To be open is how trust comes back.',
    },
  },
} as const satisfies Section
