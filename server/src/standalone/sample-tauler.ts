/**
 * The evaluation of «Tauler», an invented service with boards for tasks, that Communications made for its own use in August of 2025 (DOMAIN
 * G.3). Nobody has looked again within the year.
 */
import type { Template } from '../compaction/tasks.ts'
import { both, COMMUNICATIONS } from './sample-plan/writing.ts'
import { rows, test } from './sample-tools/writing.ts'

const place = (id: string, activity: string, country: string) => ({
  id,
  activity,
  country,
  provider: 'Tauler Serveis, SL',
  mechanism: country === 'GB' ? 'adequacy' : 'eea',
  contractual: true,
  evidence: both('Kontratua, 4. klausula', 'Contrato, cláusula 4'),
  evidenceUrl: 'https://tauler.example/contracte',
  evidenceOn: '2025-08-04',
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
    evaluatedOn: '2025-08-14',
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
    individual: both('Norberak badaki zer daukan asterako.', 'Cada cual sabe qué tiene para la semana.'),
    collective: both('Inork ez du bi aldiz gauza bera egiten.', 'Nadie hace lo mismo dos veces.'),
  },
  useLevel: {
    level: 'collective',
    sharedAdministrator: COMMUNICATIONS,
    leavers: both('Arbeletik kentzen da.', 'Se le quita del tablero.'),
  },
  features: {
    classes: ['manage'],
    cooperation: ['internal'],
    tags: both('lanak, txandak, arbelak', 'tareas, turnos, tableros'),
  },
  cost: {
    model: 'subscription',
    contracted: true,
    annualCost: 240,
    priceStability: 'one_year',
    contractType: both('Zerbitzuak, txikia', 'Servicios, menor'),
    contractEndsOn: '2027-08-31',
    clauses: ['purpose', 'data_law', 'servers', 'change_notice'],
    serverDeclarationOn: '2025-08-04',
    serverCountries: ['IE', 'GB'],
  },
  dataLocation: {
    places: [place('l1', 'storage', 'IE'), place('l2', 'processing', 'IE'), place('l3', 'backup', 'GB')],
    legalEntity: 'Tauler Serveis, SL',
    companyCountry: 'ES',
    inTransit: 'yes',
    atRest: 'yes',
    keyCustody: 'provider',
    residency: 'contractual',
    legalFramework: both(
      'DBEO; babeskopiak, Erresuma Batuko egokitasun-erabakiarekin.',
      'RGPD; las copias, con la decisión de adecuación del Reino Unido.',
    ),
  },
  dataProtection: { dataClasses: ['public', 'internal'] },
  security: {
    confidentiality: 'low',
    integrity: 'low',
    traceability: 'low',
    authenticity: 'low',
    availability: 'low',
    conformity: 'declaration',
    certificateCategory: 'basic',
    singleSignOn: 'no',
    secondFactor: 'yes',
    provisioning: 'no',
  },
  access: {
    devices: ['windows', 'macos', 'linux', 'android', 'ios'],
    browserOnly: true,
    offline: 'read_only',
    conflicts: 'last_write_wins',
    minimumBandwidth: 100,
    linkTests: [test('t1', both('Txartel bat mugitzea', 'Mover una tarjeta'), 9, 'some_lost')],
    testedOn: '2025-08-13',
    testedBy: COMMUNICATIONS,
    outage: both('Posta elektronikoz.', 'Por correo electrónico.'),
  },
  accessibility: {
    audience: ['staff'],
    mandatory: false,
    evidence: 'own_test',
    keyboard: 'some',
    screenReader: 'some',
    contrast: 'good',
    zoom: 'good',
  },
  ease: {
    easeOfUse: both('Txartelak arrastatzen dira.', 'Las tarjetas se arrastran.'),
    easeOfLearning: both('Ordu erdi.', 'Media hora.'),
    pilotPeople: 5,
    pilotMinutes: 4,
    pilotSus: 80,
    pilotQuestions: 1,
    interfaceLanguages: ['ca', 'es', 'en'],
    helpLanguages: ['ca', 'es'],
    trainingHours: 1,
  },
  independence: {
    licence: 'proprietary',
    openness: 'closed',
    exports: 'everything',
    exportFormats: 'CSV',
    exportTestedOn: '2025-08-13',
    exitPlan: both('Txartelak CSVn deskargatzen dira.', 'Las tarjetas se descargan en CSV.'),
    noticeMonths: 1,
    transitionDays: 30,
    retrievalDays: 30,
  },
  balance: {
    uses: rows(
      'u',
      both('Argitalpenen txandak', 'Turnos de las publicaciones'),
      both('Ekitaldien prestaketa', 'Preparar los actos'),
    ),
    precautions: [
      {
        id: 'c1',
        text: both('Herritarren daturik ez txarteletan.', 'Nada de datos de la ciudadanía en las tarjetas.'),
        severity: 'medium',
        mitigation: both('Kasuaren zenbakia bakarrik.', 'Solo el número del caso.'),
        levels: ['collective'],
      },
    ],
    jobAdvantages: rows('j', both('Nork zer duen, begirada batean.', 'Quién tiene qué, de un vistazo.')),
    institutionAdvantages: rows(
      'i',
      both('Oporretan ere badakigu zer dagoen hasita.', 'También en vacaciones se sabe qué está empezado.'),
    ),
  },
  decision: {
    outcome: 'recommended_with_conditions',
    allowedDataClasses: ['public', 'internal'],
    allowedLevels: ['individual', 'collective'],
    conditions: [
      {
        id: 'k1',
        text: both('Herritarren daturik ez idaztea.', 'No escribir datos de la ciudadanía.'),
        owner: COMMUNICATIONS,
        dueOn: '2025-10-31',
      },
    ],
    justification: both(
      'Txandetarako balio du; babeskopiak Erresuma Batuan daude, eta horregatik urtero begiratuko dugu.',
      'Para los turnos sirve; las copias están en el Reino Unido, y por eso se mirará cada año.',
    ),
    departmentsUsing: ['komunikazioa', 'kultura'],
  },
}
