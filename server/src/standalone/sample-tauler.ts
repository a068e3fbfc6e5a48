/** The evaluation of «Tauler», an invented service with boards for tasks, that Communications has begun for its own use. */
import type { Template } from '../compaction/tasks.ts'
import { both, COMMUNICATIONS } from './sample-plan/writing.ts'

const place = (id: string, activity: string, country: string) => ({
  id,
  activity,
  country,
  provider: 'Tauler Serveis, SL',
  mechanism: country === 'GB' ? 'adequacy' : 'eea',
  contractual: true,
  evidence: both('Kontratua, 4. klausula', 'Contrato, cláusula 4'),
  evidenceUrl: 'https://tauler.example/contracte',
  evidenceOn: '2026-11-02',
})

export const TAULER: Template = {
  tool: {
    title: both(
      'Tauler: argitalpenak txanda antolatzeko',
      'Tauler: para organizar los turnos de publicación',
    ),
    toolName: 'Tauler',
    versionOrPlan: 'Equips',
    url: 'https://tauler.example/',
    vendor: 'Tauler Serveis, SL',
    description: both('Lanen arbelak, txartelekin.', 'Tableros de tareas, con tarjetas.'),
    intendedUse: both(
      'Nork zer prestatzen duen eta noizko den ikustea, sare sozialetan.',
      'Ver quién prepara qué y para cuándo, en las redes sociales.',
    ),
    category: 'tasks',
    deployment: 'saas',
    scalesWithNeed: 'yes',
    avoidsInvestment: 'yes',
    dataUnderOurControl: 'no',
    evaluatedOn: '2026-11-20',
    departments: ['komunikazioa', 'kultura'],
  },
  need: {
    need: both(
      'Argitalpenak nork prestatzen dituen denek jakitea, astero bilerarik egin gabe.',
      'Que todo el mundo sepa quién prepara cada publicación, sin reunirse cada semana.',
    ),
    whoNeedsIt: ['komunikazioa', 'kultura'],
    today: both('Posta elektronikoz.', 'Por correo electrónico.'),
    alternatives: [
      {
        id: 'a1',
        name: 'Ezer ez egitea / No hacer nada',
        verdict: both('Mezuak galdu egiten dira.', 'Los mensajes se pierden.'),
      },
    ],
  },
  useLevel: {
    level: 'collective',
    sharedAdministrator: COMMUNICATIONS,
    leavers: both('Arbeletik kentzen da.', 'Se le quita del tablero.'),
  },
  features: { classes: ['manage', 'share'], cooperation: ['internal'] },
  cost: { model: 'subscription', contracted: true, annualCost: 240, priceStability: 'one_year' },
  dataLocation: {
    places: [place('l1', 'storage', 'IE'), place('l2', 'processing', 'IE'), place('l3', 'backup', 'GB')],
    legalEntity: 'Tauler Serveis, SL',
    companyCountry: 'ES',
    inTransit: 'yes',
    atRest: 'yes',
    keyCustody: 'provider',
    residency: 'contractual',
  },
  dataProtection: {
    dataClasses: ['public', 'internal'],
    volume: both('Bost lagunen lanak.', 'Las tareas de cinco personas.'),
  },
}
