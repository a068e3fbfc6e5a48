/** Whether everybody can use it (DOMAIN B.10; RD 1112/2018, EN 301 549). */
import type { Option, Section } from '../fields.ts'
import { SHARED_USE } from './levels.ts'

const FOUND = [
  { id: 'good', label: 'Good' },
  { id: 'some', label: 'With difficulties' },
  { id: 'bad', label: 'It shuts people out' },
] as const satisfies readonly Option[]
const found = <L extends string>(label: L) => ({ kind: 'choice', options: FOUND, label }) as const

export const accessibility = {
  id: 'accessibility',
  group: 'use',
  label: 'Accessibility',
  purpose: 'Whether everybody can use it, and what there is for those who cannot.',
  when: SHARED_USE,
  fields: {
    audience: {
      kind: 'choices',
      required: true,
      label: 'Who uses it',
      options: [
        { id: 'staff', label: 'Staff' },
        { id: 'citizens', label: 'Citizens' },
      ],
    },
    mandatory: { kind: 'flag', label: 'Whoever needs the service has no other way.' },
    evidence: {
      kind: 'choice',
      required: true,
      label: 'What there is to go by',
      options: [
        { id: 'declaration', label: 'A declaration' },
        { id: 'report', label: 'A conformance report (VPAT, ACR)' },
        { id: 'own_test', label: 'Our own test' },
        { id: 'none', label: 'Nothing' },
      ],
    },
    standard: {
      kind: 'text',
      translated: false,
      maxCharacters: 120,
      label: 'Standard and version',
      example: 'EN 301 549 v3.2.1',
    },
    keyboard: found('With the keyboard alone'),
    screenReader: found('With a screen reader'),
    contrast: found('Contrast'),
    zoom: found('At 400 %'),
    captions: found('Captions'),
    errors: found('Errors that can be understood'),
    barriers: {
      kind: 'list',
      root: 'barriers',
      columns: ['what', 'serious', 'alternative'],
      label: 'Barriers found',
      add: 'Add a barrier',
      item: {
        what: { kind: 'text', translated: true, maxCharacters: 300, required: true, label: 'Barrier' },
        serious: { kind: 'flag', label: 'It shuts somebody out' },
        alternative: {
          kind: 'text',
          translated: true,
          maxCharacters: 300,
          label: 'What they can do instead',
        },
      },
    },
  },
} as const satisfies Section
