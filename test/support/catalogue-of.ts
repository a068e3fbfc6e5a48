/** Invented tools as the server tells of them, as many as a test needs: for rules, screens and benches that are about catalogues and not evaluations. */
import type { CatalogueEntry, EntryStatus } from '@auzolan/shared/catalogue/entry.ts'
import { wordsBeyondShelf } from '@auzolan/shared/catalogue/card-words.ts'
import type { OnShelf, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'

export const GELA: CatalogueEntry = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Gela',
  versionOrPlan: '2.1',
  vendor: 'Herri Tresnak',
  url: 'https://gela.example/',
  category: 'video-conferencing',
  classes: ['share'],
  description: { eu: 'Geure zerbitzarian dagoen bideo-gela.', es: 'Sala de vídeo en nuestro servidor.' },
  intendedUse: { eu: 'Bilerak, konexio motelarekin ere', es: 'Reuniones, también con mala conexión' },
  tags: { eu: 'bideo, bilera', es: 'vídeo, reunión' },
  need: { eu: 'Urrutitik biltzea', es: 'Reunirse a distancia' },
  exitPlan: {},
  useInstead: {},
  level: 'institutional',
  outcome: 'recommended',
  justification: { eu: 'Gurea da.', es: 'Es nuestra.' },
  conditions: [],
  leftOut: [],
  allowedDataClasses: ['public', 'internal', 'personal_staff', 'personal_citizen', 'special_art9'],
  allowedLevels: ['individual', 'collective', 'institutional'],
  uses: [{ eu: 'Bilerak', es: 'Reuniones' }],
  precautions: [],
  jobAdvantages: [],
  institutionAdvantages: [],
  location: {
    worst: 'ES',
    exposed: false,
    atRest: ['ES'],
    backedUp: [],
    reachedFrom: [],
    law: ['ES'],
    own: true,
    happenings: [{ activity: 'storage', country: 'ES', zone: 'ES', mechanism: null }],
  },
  licence: 'Apache-2.0',
  openness: 'open',
  costModel: 'open_source_self_hosted',
  offline: 'none',
  devices: ['desktop'],
  interfaceLanguages: ['eu', 'es'],
  trainingPlan: { eu: 'Gida bat', es: 'Una guía' },
  score: { overall: 78, low: 74.5, high: 81, people: 4, disagreements: 0, fragile: false, recommendFrom: 70 },
  departmentsUsing: ['kultura', 'gazteria'],
  exitOn: null,
  version: 1,
  sha256: 'a'.repeat(64),
  decidedOn: '2026-09-14',
  nextReviewOn: '2027-09-14',
  expires: null,
}
const CONDITION = (text: string) => ({ id: text, text: { eu: text, es: text }, dueOn: null, doneOn: null })
export const SAIOA: CatalogueEntry = {
  ...GELA,
  id: '00000000-0000-4000-8000-000000000002',
  name: 'Saioa Meet',
  vendor: 'Saioa Meet GmbH',
  intendedUse: { eu: 'Herritarrekin hitzorduak', es: 'Citas con la ciudadanía' },
  tags: { eu: 'bideo', es: 'vídeo' },
  description: { eu: 'Bideo-deiak nabigatzailean.', es: 'Videollamadas en el navegador.' },
  outcome: 'recommended_with_conditions',
  conditions: ['Bat', 'Bi', 'Hiru'].map(CONDITION),
  allowedDataClasses: ['public', 'internal', 'personal_citizen'],
  location: {
    ...GELA.location,
    own: false,
    worst: 'THIRD',
    exposed: true,
    atRest: ['DE'],
    reachedFrom: ['IN'],
  },
  licence: 'proprietary',
  openness: 'closed',
  costModel: 'subscription',
  interfaceLanguages: ['eu'],
  score: {
    overall: 65.8,
    low: 62,
    high: 68.4,
    people: 4,
    disagreements: 1,
    fragile: false,
    recommendFrom: 70,
  },
  departmentsUsing: ['kultura'],
}
export const TAULER: CatalogueEntry = {
  ...GELA,
  id: '00000000-0000-4000-8000-000000000003',
  name: 'Tauler',
  vendor: 'Tauler SL',
  category: 'tasks',
  classes: ['manage'],
  intendedUse: { eu: 'Lanak eta epeak taula batean', es: 'Tareas y plazos en un tablero' },
  tags: { eu: 'lanak', es: 'tareas' },
  description: { eu: 'Zereginen taula.', es: 'Tablero de tareas.' },
  outcome: 'recommended_with_conditions',
  allowedDataClasses: ['public', 'internal'],
  allowedLevels: ['individual'],
  location: { ...GELA.location, own: false, worst: 'ADEQUATE', exposed: true, atRest: ['FR', 'GB'] },
  licence: '',
  openness: null,
  costModel: 'freemium',
  offline: 'read_only',
  interfaceLanguages: ['es'],
  score: { overall: 70, low: 66, high: 72, people: 3, disagreements: 0, fragile: true, recommendFrom: 70 },
  departmentsUsing: [],
  nextReviewOn: '2026-08-14',
}

export const onShelf = (entry: CatalogueEntry, status: EntryStatus): OnShelf => ({
  ...entry,
  status,
  usedBy: [],
  words: wordsBeyondShelf(entry, []),
})
export const cardOf = (entry: CatalogueEntry, status: EntryStatus): ToolCard => ({
  entry,
  status,
  history: [
    {
      version: entry.version,
      decidedOn: entry.decidedOn,
      outcome: entry.outcome,
      versionOrPlan: entry.versionOrPlan,
      changedSince: {},
      sha256: entry.sha256,
    },
  ],
  readable: false,
  instead: null,
  sameNeed: [],
  upkeep: {
    uses: [],
    materials: [],
    promisedBy: null,
    teachers: [],
    speaksFor: [],
    own: [],
    trains: false,
  },
})
/** Three of the pictures of the design, each with another decision. */
export const THREE: readonly ToolCard[] = [
  cardOf(GELA, 'recommended'),
  cardOf(SAIOA, 'conditional'),
  cardOf(TAULER, 'under_review'),
]

const KINDS = ['video-conferencing', 'tasks', 'surveys', 'documents', 'messaging']
/** As many more as are asked for, of several kinds, no two called the same. */
export const manyEntries = (count: number): readonly CatalogueEntry[] =>
  Array.from({ length: count }, (_, i) => {
    const base = [GELA, SAIOA, TAULER][i % 3]!
    const id = `00000000-0000-4000-9000-${String(i).padStart(12, '0')}`
    return { ...base, id, name: `${base.name} ${i}`, category: KINDS[i % KINDS.length]! }
  })
export const STATUSES: readonly EntryStatus[] = ['recommended', 'conditional', 'under_review']
