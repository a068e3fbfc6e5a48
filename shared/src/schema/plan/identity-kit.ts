/** Profile identity, "marca 2.0" (DOMAIN A.5) [SEED L181–185]: one face, one logic of names, correct writing. */
import type { Section } from '../fields.ts'

export const identityKit = {
  id: 'identityKit',
  group: 'how',
  label: 'Identity of the profiles',
  purpose: 'One picture, one logic of names: people recognise the institution on every network.',
  seed: {
    text: 'All profiles share one picture and are named by one logic that shows whose they are; both languages are written correctly, however little room there is.',
    section: 6,
  },
  fields: {
    avatar: {
      kind: 'picture',
      required: true,
      label: 'Profile picture of all profiles',
      help: 'Its fingerprint is compared with the one of each profile. The picture itself stays where it is; a small copy is shown here.',
    },
    variants: {
      kind: 'list',
      root: 'avatarVariants',
      label: 'Allowed variants of the picture',
      help: 'For example with the colour of a department.',
      add: 'Add a variant',
      item: {
        name: {
          kind: 'text',
          translated: false,
          maxCharacters: 100,
          required: true,
          label: 'Name of the variant',
          example: 'Youth, blue band',
        },
        picture: { kind: 'picture', required: true, label: 'Picture' },
        departmentId: { kind: 'choice', options: 'departments', label: 'Department' },
      },
    },
    namingPattern: {
      kind: 'text',
      translated: false,
      maxCharacters: 120,
      required: true,
      label: 'How account names are made',
      help: '{org} stands for the short name of the institution, {dept} for one of the names of a department. What is in square brackets may be left out.',
      example: '{org}[_{dept}]',
    },
    shortName: {
      kind: 'text',
      translated: false,
      maxCharacters: 60,
      required: true,
      label: 'Short name of the institution',
      example: 'haranberriudala',
    },
    departmentNames: {
      kind: 'list',
      root: 'departmentNames',
      label: 'Short names of the departments',
      add: 'Add a short name',
      item: {
        name: {
          kind: 'text',
          translated: false,
          maxCharacters: 60,
          required: true,
          label: 'Short name',
          example: 'youth',
        },
        departmentId: { kind: 'choice', options: 'departments', label: 'Department' },
      },
    },
    affiliation: {
      kind: 'text',
      translated: false,
      maxCharacters: 300,
      required: true,
      label: 'Words that say whose profile it is',
      help: 'With commas between them. The name shown or the account name of each profile has at least one.',
      example: 'udala, ayuntamiento, haranberri',
    },
    writing: {
      kind: 'prose',
      translated: true,
      label: 'Writing correctly in each language',
      help: 'Who reads the texts before they go out. Little room or a direct tone is no excuse.',
    },
  },
} as const satisfies Section
