/** Uses, drawbacks, advantages (DOMAIN B.13) [SEED L281]: what the seed wants the catalogue to say of each tool. */
import type { ListField, Section } from '../fields.ts'
import { USE_LEVELS } from './levels.ts'

const sentence = <L extends string>(label: L) =>
  ({ kind: 'text', translated: true, maxCharacters: 500, required: true, label }) as const
const found = {
  evidence: { kind: 'text', translated: true, maxCharacters: 300, label: 'How we know' },
  owner: { kind: 'person', label: 'Who says so' },
} as const

export const balance = {
  id: 'balance',
  group: 'use',
  label: 'Advantages and precautions',
  purpose:
    'What it can be used for, what to take care of, and what it is good for: this goes into the catalogue.',
  seed: {
    text: 'A catalogue that says what each tool can be used for, its drawbacks and precautions, and its advantages for the job and for the institution.',
    section: 10,
  },
  fields: {
    uses: {
      kind: 'list',
      root: 'uses',
      required: true,
      label: 'What it can be used for',
      add: 'Add a use',
      item: { text: sentence('Use'), ...found },
    },
    precautions: {
      kind: 'list',
      root: 'precautions',
      required: true,
      columns: ['text', 'severity', 'mitigation'],
      label: 'Drawbacks and precautions',
      add: 'Add a precaution',
      item: {
        text: sentence('Drawback or precaution'),
        severity: {
          kind: 'choice',
          required: true,
          label: 'How serious',
          options: [
            { id: 'low', label: 'A little' },
            { id: 'medium', label: 'Serious' },
            { id: 'high', label: 'Very serious' },
          ],
        },
        mitigation: { kind: 'text', translated: true, maxCharacters: 500, label: 'What one does about it' },
        levels: { kind: 'choices', options: USE_LEVELS, label: 'At which level of use' },
        ...found,
      },
    },
    jobAdvantages: {
      kind: 'list',
      root: 'jobAdvantages',
      required: true,
      label: 'Advantages for the job',
      add: 'Add an advantage',
      item: { text: sentence('Advantage'), ...found },
    },
    institutionAdvantages: {
      kind: 'list',
      root: 'institutionAdvantages',
      required: true,
      label: 'Advantages for the institution',
      add: 'Add an advantage',
      item: { text: sentence('Advantage'), ...found },
    },
  } as const satisfies { readonly [key: string]: ListField },
} as const satisfies Section
