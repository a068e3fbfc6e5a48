/** «Idazluma»: texts written together at a company's, recommended once with conditions, and withdrawn since «Orri» runs in the town hall (DOMAIN G.3). */
import type { Template } from '../../compaction/tasks.ts'
import { both } from '../sample-plan/writing.ts'
import type { Rewritten } from '../sample-written.ts'
import { IT, ONLY_BY_HAND, placesOf, rows, test } from './writing.ts'

const CONTRACT = {
  text: both('Kontratua, 3. klausula', 'Contrato, cláusula 3'),
  url: 'https://idazluma.example/kontratua',
  on: '2025-02-18',
  contractual: true,
}

export const IDAZLUMA: Template = {
  tool: {
    title: both('Idazluma: testuak elkarrekin idazteko', 'Idazluma: para escribir textos entre varios'),
    toolName: 'Idazluma',
    versionOrPlan: 'Taldea',
    url: 'https://idazluma.example/',
    vendor: 'Idazluma BV',
    description: both(
      'Testu-editorea nabigatzailean, aldi berean idazteko.',
      'Editor de textos en el navegador, para escribir a la vez.',
    ),
    intendedUse: both(
      'Sailen barruko zirriborroak elkarrekin idaztea.',
      'Escribir entre varios los borradores de cada departamento.',
    ),
    category: 'documents',
    deployment: 'saas',
    cloudModel: 'public',
    serviceModel: 'saas',
    scalesWithNeed: 'yes',
    avoidsInvestment: 'yes',
    dataUnderOurControl: 'no',
    evaluatedOn: '2025-02-25',
    departments: ['informatika', 'giza-baliabideak'],
  },
  need: {
    need: both(
      'Zirriborroak postaz bueltaka ez ibiltzea.',
      'Que los borradores no vayan y vengan por correo.',
    ),
    whoNeedsIt: ['gazteria', 'kultura'],
    today: both('Posta elektronikoz, bertsioz bertsio.', 'Por correo electrónico, versión a versión.'),
    alternatives: ONLY_BY_HAND,
    individual: both('Ez da bertsiorik nahasten.', 'No se mezclan versiones.'),
    collective: both('Denek testu bera ikusten dute.', 'Todos ven el mismo texto.'),
  },
  useLevel: {
    level: 'collective',
    sharedAdministrator: IT,
    leavers: both('Taldetik kentzen da.', 'Se le quita del grupo.'),
  },
  features: {
    classes: ['manage', 'share'],
    cooperation: ['internal'],
    tags: both('testuak, zirriborroak', 'textos, borradores'),
  },
  cost: {
    model: 'subscription',
    contracted: true,
    annualCost: 540,
    priceStability: 'one_year',
    contractType: both('Zerbitzuak, txikia', 'Servicios, menor'),
    contractEndsOn: '2027-03-31',
    clauses: ['purpose', 'data_law', 'servers', 'change_notice'],
    serverDeclarationOn: '2025-02-18',
    serverCountries: ['NL'],
  },
  dataLocation: {
    places: placesOf('Idazluma BV', CONTRACT, [
      { activity: 'storage', country: 'NL' },
      { activity: 'backup', country: 'NL' },
      { activity: 'processing', country: 'NL' },
    ]),
    legalEntity: 'Idazluma BV',
    companyCountry: 'NL',
    inTransit: 'yes',
    atRest: 'yes',
    endToEnd: 'no',
    keyCustody: 'provider',
    residency: 'contractual',
    legalFramework: both('Herbehereetako zuzenbidea eta DBEO.', 'Derecho neerlandés y RGPD.'),
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
    devices: ['windows', 'macos', 'linux'],
    browserOnly: true,
    offline: 'none',
    conflicts: 'last_write_wins',
    minimumBandwidth: 200,
    linkTests: [test('t1', both('Testu bat irekitzea', 'Abrir un texto'), 12, 'some_lost')],
    testedOn: '2025-02-24',
    testedBy: IT,
    outage: both('Norberaren ordenagailuan.', 'En el ordenador de cada cual.'),
  },
  accessibility: {
    audience: ['staff'],
    mandatory: false,
    evidence: 'own_test',
    keyboard: 'good',
    screenReader: 'some',
    contrast: 'good',
    zoom: 'good',
  },
  ease: {
    easeOfUse: both('Edozein testu-editore bezala.', 'Como cualquier editor de textos.'),
    easeOfLearning: both('Ordu erdi.', 'Media hora.'),
    pilotPeople: 4,
    pilotMinutes: 6,
    pilotSus: 72,
    pilotQuestions: 2,
    interfaceLanguages: ['es', 'en'],
    helpLanguages: ['en'],
    trainingHours: 1,
  },
  independence: {
    licence: 'proprietary',
    openness: 'closed',
    exports: 'everything',
    exportFormats: 'ODT, DOCX',
    exportTestedOn: '2025-02-24',
    exitPlan: both(
      'Sail bakoitzak bere testuak ODTn deskargatu eta Orrira igotzen ditu; Informatikak egun bat eskaintzen dio sail bakoitzari. Amaieran, hornitzaileak ezabatu izanaren agiria bidaltzen du.',
      'Cada departamento descarga sus textos en ODT y los sube a Orri; Informática dedica un día a cada uno. Al final, el proveedor envía el certificado de borrado.',
    ),
    noticeMonths: 3,
    transitionDays: 90,
    retrievalDays: 30,
  },
  balance: {
    uses: rows('u', both('Sailen zirriborroak', 'Borradores de los departamentos')),
    precautions: [
      {
        id: 'c1',
        text: both('Datu pertsonalik ez jartzea.', 'No poner datos personales.'),
        severity: 'medium',
        mitigation: both('Espedienteak kudeatzailean.', 'Los expedientes, en el gestor.'),
        levels: ['collective'],
      },
    ],
    jobAdvantages: rows('j', both('Bertsio bakarra.', 'Una sola versión.')),
    institutionAdvantages: rows(
      'i',
      both('Zirriborroak ez dira postan.', 'Los borradores no van por correo.'),
    ),
  },
  decision: {
    outcome: 'recommended_with_conditions',
    allowedDataClasses: ['public', 'internal'],
    allowedLevels: ['individual', 'collective'],
    conditions: [
      {
        id: 'k1',
        text: both('Datu pertsonalik gabe.', 'Sin datos personales.'),
        owner: IT,
        dueOn: '2025-06-30',
      },
    ],
    justification: both(
      'Zirriborroetarako balio du, geurerik izan arte.',
      'Para borradores sirve, mientras no haya una propia.',
    ),
    departmentsUsing: ['gazteria'],
  },
}

/** What technology wrote into it a year and a half later. */
export const IDAZLUMA_WITHDRAWN: Rewritten = {
  outcome: 'withdrawn',
  exitOn: '2027-03-31',
  useInstead: both('Orri', 'Orri'),
  justification: both(
    'Orri gure zerbitzarietan dabil, konexiorik gabe ere bai; bi editore ordaintzeak ez du zentzurik, eta kontratua martxoan amaitzen da.',
    'Orri funciona en nuestros servidores, también sin conexión; pagar dos editores no tiene sentido, y el contrato acaba en marzo.',
  ),
  changedSince: both(
    'Orri prest dago guztiontzat, eta Idazlumak prezioa igo du.',
    'Orri está lista para toda la casa, e Idazluma ha subido el precio.',
  ),
}
