/** Languages an audience may be spoken to in. The program has names for the usual ones; others bring theirs. */
import { referenceList, type EntryOf } from './list.ts'

export const languages = referenceList(
  {
    id: 'languages',
    key: ['id'],
    columns: {
      id: { kind: 'language', required: true },
      name: { kind: 'translated', max: 60 },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'IANA (BCP 47)',
    entries: [
      'eu',
      'es',
      'ca',
      'gl',
      'oc',
      'an',
      'ast',
      'en',
      'fr',
      'pt',
      'ro',
      'ar',
      'uk',
      'zh',
      'ur',
      'wo',
    ].map((id) => ({ id })),
  },
)
export type Language = EntryOf<(typeof languages)['columns']>
