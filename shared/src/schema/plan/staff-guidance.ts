/**
 * Recommendations to staff for their personal use (DOMAIN A.9) [SEED L128–147]: a leaflet, one block a statement of the
 * seed. The product never follows up anybody's personal accounts (DOMAIN 0.1).
 */
import type { ProseField, Section } from '../fields.ts'
import { notApplicable } from './not-applicable.ts'

const block = <L extends string>(label: L, help?: string) =>
  ({
    kind: 'prose',
    translated: true,
    required: true,
    label,
    ...(help ? { help } : {}),
  }) as const satisfies ProseField

export const staffGuidance = {
  id: 'staffGuidance',
  group: 'how',
  label: 'Recommendations for staff',
  purpose:
    'A leaflet for everybody who works here: what helps when they use networks as the person they are.',
  seed: {
    text: 'Staff may enjoy networks, responsibly: these are recommendations, and everybody keeps the right to say what they think.',
    section: 2,
  },
  fields: {
    enjoy: block('Enjoying networks, responsibly'),
    opinions: block('Opinions are personal'),
    freedom: {
      kind: 'text',
      translated: true,
      maxCharacters: 500,
      required: true,
      label: 'Freedom of expression',
      help: 'This sentence cannot be left out.',
    },
    publicEmployee: block('Saying that one works here'),
    ownMailbox: block('A mailbox of one’s own'),
    reputation: block('The name of the institution', 'A recommendation, and the leaflet says so.'),
    lawful: block('Transparency and the law'),
    language: block(
      'Our language',
      'The role of staff in the everyday use of the language of the territory.',
    ),
    respect: block('Respect'),
    workingHours: block('In working hours'),
    consulted: {
      kind: 'choices',
      required: true,
      label: 'Consulted before it is published',
      options: [
        { id: 'hr', label: 'Human resources' },
        { id: 'legal', label: 'Legal services' },
        { id: 'unions', label: 'Staff representatives' },
      ],
    },
    consultedOn: { kind: 'date', label: 'Consulted on' },
    notApplicable,
  },
} as const satisfies Section

/** The blocks of the leaflet, in its order. */
export const GUIDANCE_BLOCKS = [
  'enjoy',
  'opinions',
  'freedom',
  'publicEmployee',
  'ownMailbox',
  'reputation',
  'lawful',
  'language',
  'respect',
  'workingHours',
] as const satisfies readonly (keyof typeof staffGuidance.fields)[]
