/** The seven values of the seed [SEED L120]. */
import { proposed } from './proposed.ts'

export const principles = {
  values: [
    {
      id: 'public-service',
      name: proposed('Public service', 'Servicio público', 'Zerbitzu publikoa', 'Servei públic'),
    },
    { id: 'transparency', name: proposed('Transparency', 'Transparencia', 'Gardentasuna', 'Transparència') },
    { id: 'quality', name: proposed('Quality', 'Calidad', 'Kalitatea', 'Qualitat') },
    {
      id: 'co-responsibility',
      name: proposed('Co-responsibility', 'Corresponsabilidad', 'Erantzunkidetasuna', 'Coresponsabilitat'),
    },
    {
      id: 'participation',
      name: proposed('Participation', 'Participación', 'Parte-hartzea', 'Participació'),
    },
    {
      id: 'open-knowledge',
      name: proposed('Open knowledge', 'Conocimiento abierto', 'Ezagutza irekia', 'Coneixement obert'),
    },
    {
      id: 'close-conversation',
      name: proposed(
        'Close and cordial conversation',
        'Conversación cercana y cordial',
        'Elkarrizketa hurbila eta adeitsua',
        'Conversa propera i cordial',
      ),
    },
  ],
} as const
