/** «Itzulika»: machine translation, which the language service has asked for; technology has only begun to evaluate it. */
import type { Template } from '../../compaction/tasks.ts'
import { both } from '../sample-plan/writing.ts'

export const ITZULIKA: Template = {
  tool: {
    title: both('Itzulika: testuak itzultzeko', 'Itzulika: para traducir textos'),
    toolName: 'Itzulika',
    url: 'https://itzulika.example/',
    vendor: 'Itzulika Koop.',
    description: both(
      'Itzultzaile automatikoa, euskaratik eta euskarara.',
      'Traductor automático, del euskera y al euskera.',
    ),
    intendedUse: both('Testu publikoen lehen itzulpena.', 'La primera traducción de textos públicos.'),
    category: 'translation',
    deployment: 'saas',
  },
  need: {
    need: both(
      'Oharrak bi hizkuntzetan aldi berean ateratzea.',
      'Que los avisos salgan a la vez en los dos idiomas.',
    ),
    whoNeedsIt: ['komunikazioa', 'idazkaritza'],
  },
}
