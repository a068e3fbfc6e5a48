/** What is said about the figures. */
import type { Section } from '../fields.ts'

export const reading = {
  id: 'reading',
  group: 'report',
  label: 'What the figures say',
  purpose: 'What somebody should know who has one minute for the figures.',
  seed: {
    text: 'To evaluate is indispensable in any public policy: loyalty and interest are measured to know how useful our networks are.',
    section: 8,
  },
  fields: {
    says: { kind: 'prose', translated: true, required: true, label: 'What the figures say' },
    done: { kind: 'prose', translated: true, label: 'What we did' },
    next: { kind: 'prose', translated: true, label: 'What we do next' },
  },
} as const satisfies Section
