/** Licences under which works are used and shared (DOMAIN A.10, E.5); an administration chooses among the open ones. */
import { referenceList, type EntryOf } from './list.ts'

export const licences = referenceList(
  {
    id: 'licences',
    key: ['id'],
    columns: {
      id: { kind: 'id', required: true },
      label: { kind: 'text', max: 60, required: true },
      url: { kind: 'link', required: true },
      /** May be chosen for what the organisation makes itself. */
      ours: { kind: 'flag' },
      attribution: { kind: 'flag' },
      shareAlike: { kind: 'flag' },
      nonCommercial: { kind: 'flag' },
      noDerivatives: { kind: 'flag' },
      notes: { kind: 'translated', max: 600 },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'Creative Commons',
    entries: [
      {
        id: 'CC-BY-4.0',
        label: 'CC BY 4.0',
        url: 'https://creativecommons.org/licenses/by/4.0/',
        ours: true,
        attribution: true,
      },
      {
        id: 'CC0-1.0',
        label: 'CC0 1.0',
        url: 'https://creativecommons.org/publicdomain/zero/1.0/',
        ours: true,
      },
      {
        id: 'CC-BY-SA-4.0',
        label: 'CC BY-SA 4.0',
        url: 'https://creativecommons.org/licenses/by-sa/4.0/',
        ours: true,
        attribution: true,
        shareAlike: true,
      },
      {
        id: 'CC-BY-NC-4.0',
        label: 'CC BY-NC 4.0',
        url: 'https://creativecommons.org/licenses/by-nc/4.0/',
        attribution: true,
        nonCommercial: true,
      },
      {
        id: 'CC-BY-ND-4.0',
        label: 'CC BY-ND 4.0',
        url: 'https://creativecommons.org/licenses/by-nd/4.0/',
        attribution: true,
        noDerivatives: true,
      },
    ],
  },
)
export type Licence = EntryOf<(typeof licences)['columns']>

/** What a licence of another's work can be beside those of the list (DOMAIN A.10, P-30). */
export const LICENCES_BESIDE = [
  { id: 'own', label: 'All rights are ours' },
  { id: 'other', label: 'Another licence, or a contract' },
  { id: 'none', label: 'No licence' },
] as const
