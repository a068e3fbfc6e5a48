/** «Gela»: video calls on our own servers, recommended (DOMAIN G.3). */
import type { Template } from '../../compaction/tasks.ts'
import { both } from '../sample-plan/writing.ts'
import { IT, OWN_CERTIFICATE, OWN_SERVERS, rows, test } from './writing.ts'

export const GELA: Template = {
  tool: {
    title: both('Gela: barruko bideo-deiak', 'Gela: videollamadas internas'),
    toolName: 'Gela',
    versionOrPlan: '4.2',
    url: 'https://gela.example/',
    sourceCodeUrl: 'https://gela.example/kodea',
    vendor: 'Gela elkartea',
    description: both(
      'Bideokonferentzia librea, gure zerbitzarietan.',
      'Videoconferencia libre, en nuestros servidores.',
    ),
    intendedUse: both(
      'Bilerak eta prestakuntza, etxean edo kanpoan dauden langileekin.',
      'Reuniones y formación con el personal, esté en la casa o fuera.',
    ),
    category: 'video-conferencing',
    deployment: 'self_hosted',
    scalesWithNeed: 'yes',
    avoidsInvestment: 'no',
    dataUnderOurControl: 'yes',
    evaluatedOn: '2026-10-08',
    departments: ['informatika', 'giza-baliabideak', 'kultura'],
  },
  need: {
    need: both(
      'Bilerak egitea denok leku berean egon gabe, eta grabaziorik inori eman gabe.',
      'Reunirse sin estar todos en el mismo lugar, y sin entregar grabaciones a nadie.',
    ),
    whoNeedsIt: ['informatika', 'giza-baliabideak', 'kultura', 'gazteria'],
    today: both('Telefonoz eta aurrez aurre.', 'Por teléfono y en persona.'),
    alternatives: [
      {
        id: 'a1',
        name: 'Saioa Meet',
        verdict: both(
          'Azpitituluak ditu, baina laguntza EEEtik kanpotik.',
          'Tiene subtítulos, pero el soporte viene de fuera del EEE.',
        ),
      },
    ],
    individual: both('Bidaia gutxiago.', 'Menos viajes.'),
    collective: both('Bilerak laburragoak dira.', 'Las reuniones son más cortas.'),
  },
  useLevel: {
    level: 'institutional',
    sharedAdministrator: IT,
    leavers: both('Kontua egun berean ixten da.', 'La cuenta se cierra el mismo día.'),
    ownerDepartment: 'informatika',
    organisationalChange: both('Bileren erdiak urrutitik.', 'La mitad de las reuniones, a distancia.'),
    legalChange: both('Tratamenduen erregistroan dago.', 'Consta en el registro de actividades.'),
    technologicalChange: both('Zerbitzari bat gehiago.', 'Un servidor más.'),
    trainingPlan: both(
      'Bideo laburrak eta hileko saio bat, euskaraz eta gaztelaniaz.',
      'Vídeos cortos y una sesión al mes, en euskera y en castellano.',
    ),
  },
  features: {
    classes: ['share'],
    cooperation: ['internal', 'other_administrations'],
    tags: both('bilerak, bideodeiak, formakuntza', 'reuniones, videollamadas, formación'),
  },
  cost: {
    model: 'open_source_self_hosted',
    annualCost: 1_900,
    hiddenCosts: [{ id: 'h1', kind: 'hosting', amount: 1_200, note: both('Zerbitzaria', 'El servidor') }],
    priceStability: 'no_cost',
  },
  dataLocation: OWN_SERVERS,
  dataProtection: {
    dataClasses: ['internal', 'personal_staff', 'personal_citizen'],
    volume: both('Urtean 900 bilera.', '900 reuniones al año.'),
    ourRole: 'controller',
    providerRole: 'processor',
    processorContract: true,
    processorContractOn: '2026-04-15',
    subprocessorAuthorisation: 'specific',
    audit: true,
    deletion: true,
    breachNoticeHours: 12,
    activity: 'Bilerak / Reuniones',
    retention: both('Ez da grabatzen.', 'No se graba.'),
    dataSubjectRights: both('Udalaren postontzian.', 'En el buzón del ayuntamiento.'),
    dpiaReason: both('Ez da irizpiderik betetzen.', 'No se cumple ningún criterio.'),
  },
  security: {
    ...OWN_CERTIFICATE,
    certificateScope: both('Udalaren zerbitzariak, Gela barne.', 'Servidores municipales, incluida Gela.'),
  },
  access: {
    devices: ['windows', 'macos', 'linux', 'android', 'ios'],
    browserOnly: true,
    offline: 'none',
    conflicts: 'none',
    minimumBandwidth: 120,
    linkTests: [
      test('t1', both('Soinu hutsez sartzea', 'Entrar solo con sonido'), 6, 'impossible'),
      test('t2', both('Pantaila partekatzea', 'Compartir la pantalla'), 18, 'impossible'),
    ],
    testedOn: '2026-10-06',
    testedBy: IT,
    outage: both('Telefono-bilera bidez.', 'Por conferencia telefónica.'),
  },
  accessibility: {
    audience: ['staff'],
    mandatory: true,
    evidence: 'report',
    standard: 'EN 301 549 v3.2.1',
    keyboard: 'good',
    screenReader: 'some',
    contrast: 'good',
    zoom: 'good',
    captions: 'bad',
    barriers: [
      {
        id: 'b1',
        what: both('Ez du azpititulurik.', 'No tiene subtítulos.'),
        serious: true,
        alternative: both('Zeinu-hizkuntzako interpretea, eskatuta.', 'Intérprete de signos, a petición.'),
      },
    ],
  },
  ease: {
    easeOfUse: both(
      'Gela bakoitzak esteka bat du, beti bera.',
      'Cada sala tiene un enlace, siempre el mismo.',
    ),
    easeOfLearning: both('Ordu erdi.', 'Media hora.'),
    pilotPeople: 14,
    pilotMinutes: 5,
    pilotSus: 78,
    pilotQuestions: 6,
    interfaceLanguages: ['eu', 'es', 'en', 'ca'],
    helpLanguages: ['eu', 'es'],
    trainingHours: 0.5,
  },
  independence: {
    licence: 'Apache-2.0',
    openness: 'open',
    openStandards: both('WebRTC, SIP.', 'WebRTC, SIP.'),
    exports: 'everything',
    exportFormats: 'iCalendar, WebM',
    exportTestedOn: '2026-10-06',
    exitPlan: both(
      'Ez da ezer gordetzen: esteka aldatu besterik ez.',
      'No se guarda nada: basta cambiar el enlace.',
    ),
    deletionProof: true,
    noticeMonths: 0,
    transitionDays: 30,
    retrievalDays: 30,
  },
  balance: {
    uses: rows(
      'u',
      both('Sailen arteko bilerak', 'Reuniones entre departamentos'),
      both('Barne-prestakuntza', 'Formación interna'),
    ),
    precautions: [
      {
        id: 'c1',
        text: both(
          'Hirurogei lagunetik gora, kamerak itzalita.',
          'Con más de sesenta personas, cámaras apagadas.',
        ),
        severity: 'low',
        mitigation: both('Ostalariak itzaltzen ditu.', 'Las apaga quien convoca.'),
        levels: ['institutional'],
      },
    ],
    jobAdvantages: rows(
      'j',
      both('Lotura motelarekin ere entzuten da.', 'Se oye también con una conexión lenta.'),
    ),
    institutionAdvantages: rows(
      'i',
      both('Datuak etxean, eta inoren menpe egon gabe.', 'Los datos, en casa, y sin depender de nadie.'),
    ),
  },
  decision: {
    outcome: 'recommended',
    allowedDataClasses: ['public', 'internal', 'personal_staff', 'personal_citizen'],
    allowedLevels: ['collective', 'institutional'],
    justification: both(
      'Datuak gure zerbitzarietan daude, kodea librea da, eta lotura motelarekin ere badabil.',
      'Los datos están en nuestros servidores, el código es libre y funciona también con una conexión lenta.',
    ),
    departmentsUsing: ['informatika', 'giza-baliabideak', 'kultura', 'gazteria'],
  },
}
