/** Which report it is, and of which time. */
import type { Section } from '../fields.ts'

export const identification = {
  id: 'identification',
  group: 'report',
  label: 'Which report it is',
  purpose: 'Its title, and the time its figures are of.',
  fields: {
    title: {
      kind: 'text',
      translated: true,
      maxCharacters: 200,
      required: true,
      label: 'Title of the report',
      example: 'Our social media in November 2026',
    },
    from: { kind: 'date', required: true, label: 'First day' },
    to: { kind: 'date', required: true, label: 'Last day' },
  },
} as const satisfies Section
