/** How often a small office can look, and how long what it heard is kept (DOMAIN A.8, A.15). */
import { LISTENING_KEPT_MONTHS } from '../../../limits.ts'
import { proposed } from './proposed.ts'

export const listening = {
  cadence: 'weekly',
  tools: proposed(
    'The search of each network, and an alert for our name.',
    'El buscador de cada red y una alerta con nuestro nombre.',
    'Sare bakoitzaren bilatzailea eta gure izenaren alerta bat.',
    'El cercador de cada xarxa i una alerta amb el nostre nom.',
  ),
  retentionMonths: LISTENING_KEPT_MONTHS,
}
