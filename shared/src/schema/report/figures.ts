/**
 * The figures of a report, described like everything else that is read, compared, signed and printed: one record for each indicator
 * and profile. Nobody writes them in the report.
 */
import { MEASURE_UNITS } from '../../indicators/catalogue.ts'
import type { Section, ValueOf } from '../fields.ts'

export const figures = {
  id: 'figures',
  group: 'report',
  label: 'Figures',
  purpose: 'What was measured in that time, from the figures of the plan.',
  fields: {
    figures: {
      kind: 'list',
      root: 'figures',
      label: 'Figures',
      add: '',
      columns: ['name', 'profile', 'value', 'unit', 'target', 'attainment', 'nullReason'],
      item: {
        name: { kind: 'text', translated: true, maxCharacters: 200, label: 'Indicator' },
        profile: { kind: 'text', translated: false, maxCharacters: 300, label: 'Profile' },
        from: { kind: 'date', label: 'First day' },
        to: { kind: 'date', label: 'Last day' },
        // A balance may be below nought.
        value: { kind: 'number', min: -1_000_000_000, max: 1_000_000_000, label: 'Value' },
        unit: { kind: 'choice', label: 'Unit', options: MEASURE_UNITS },
        target: { kind: 'number', min: 0, max: 1_000_000_000, label: 'Target' },
        min: { kind: 'number', min: 0, max: 1_000_000_000, label: 'At least' },
        max: { kind: 'number', min: 0, max: 1_000_000_000, label: 'At most' },
        reached: {
          kind: 'choice',
          label: 'Target reached',
          options: [
            { id: 'yes', label: 'Yes' },
            { id: 'no', label: 'Not yet' },
          ],
        },
        attainment: { kind: 'number', min: 0, max: 150, unit: '%', label: 'Of the target' },
        components: { kind: 'text', translated: true, maxCharacters: 1000, label: 'Made of' },
        nullReason: {
          kind: 'choice',
          label: 'Why there is no figure',
          options: [
            { id: 'not_provided_by_network', label: 'The network does not give it' },
            { id: 'not_collected', label: 'It was not collected' },
            { id: 'nothing_to_divide_by', label: 'There was nothing to divide by' },
          ],
        },
        caution: {
          kind: 'choice',
          label: 'Mind',
          options: [
            { id: 'not_comparable', label: 'Over so long a time it is not comparable' },
            { id: 'small_sample', label: 'A small sample' },
          ],
        },
      },
    },
  },
} as const satisfies Section
export type ReportFigure = ValueOf<typeof figures.fields.figures>[number]
