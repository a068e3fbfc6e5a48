/** What it is for (DOMAIN B.4) [SEED L259, L239–241]: to manage, share or present information. */
import type { Section } from '../fields.ts'

export const CLASSES = [
  { id: 'manage', label: 'Manage information' },
  { id: 'share', label: 'Share information' },
  { id: 'present', label: 'Present information' },
] as const

export const features = {
  id: 'features',
  group: 'tool',
  label: 'What it is for',
  purpose: 'Whether it manages, shares or presents information, and what that changes in how we work.',
  seed: {
    text: 'Tools to manage, to share and to present information: they change all the time.',
    section: 10,
  },
  fields: {
    classes: {
      kind: 'choices',
      required: true,
      label: 'It serves to',
      options: CLASSES,
    },
    tags: {
      kind: 'text',
      translated: true,
      maxCharacters: 300,
      label: 'Words people would look for',
    },
    newWorkMethods: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'New ways of working that it makes possible',
    },
    improvesExistingSystem: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'What it makes better that is there already',
    },
    cooperation: {
      kind: 'choices',
      label: 'With whom one works together in it',
      options: [
        { id: 'internal', label: 'Among us' },
        { id: 'other_administrations', label: 'With other administrations' },
        { id: 'citizens', label: 'With citizens' },
      ],
    },
    knowledgeManagement: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      label: 'How knowledge is kept and found in it',
    },
  },
} as const satisfies Section
