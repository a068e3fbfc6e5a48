/**
 * What a new plan contains before anybody writes: the seed's seven values [SEED L120], in the organisation's
 * languages. Everything else starts empty, with help beside it.
 */
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Template } from '../compaction/tasks.ts'

const VALUES: readonly { id: string; name: Translated<string> }[] = [
  {
    id: 'public-service',
    name: { en: 'Public service', es: 'Servicio público', eu: 'Zerbitzu publikoa', ca: 'Servei públic' },
  },
  {
    id: 'transparency',
    name: { en: 'Transparency', es: 'Transparencia', eu: 'Gardentasuna', ca: 'Transparència' },
  },
  { id: 'quality', name: { en: 'Quality', es: 'Calidad', eu: 'Kalitatea', ca: 'Qualitat' } },
  {
    id: 'co-responsibility',
    name: {
      en: 'Co-responsibility',
      es: 'Corresponsabilidad',
      eu: 'Erantzunkidetasuna',
      ca: 'Coresponsabilitat',
    },
  },
  {
    id: 'participation',
    name: { en: 'Participation', es: 'Participación', eu: 'Parte-hartzea', ca: 'Participació' },
  },
  {
    id: 'open-knowledge',
    name: {
      en: 'Open knowledge',
      es: 'Conocimiento abierto',
      eu: 'Ezagutza irekia',
      ca: 'Coneixement obert',
    },
  },
  {
    id: 'close-conversation',
    name: {
      en: 'Close and cordial conversation',
      es: 'Conversación cercana y cordial',
      eu: 'Elkarrizketa hurbila eta adeitsua',
      ca: 'Conversa propera i cordial',
    },
  },
]

/** A record id in a template only has to be unique in its list; UUIDs are for what people add. */
export const seedValues = (languages: readonly string[]): readonly object[] =>
  VALUES.map(({ id, name }) => ({
    id,
    name: Object.fromEntries(languages.map((l) => [l, name[l] ?? name['es']])),
  }))

export const planTemplate = (languages: readonly string[], title: Translated<string>): Template => ({
  identity: { title: Object.fromEntries(languages.map((l) => [l, title[l] ?? ''])) },
  principles: { values: seedValues(languages) },
})
