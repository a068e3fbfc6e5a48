/**
 * What colleagues of the demo know of tools beside their evaluations (DOMAIN C.1, C-02, C-05, G.3) [SEED L281]: what they suggest, what
 * departments use them for, how one learns them and who can teach them. Each says it under their own name, through what a page calls.
 */
import type { Imported } from '@auzolan/shared/catalogue/imported.ts'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import type { VoiceTerms } from '@auzolan/shared/protocol/suggestions.ts'
import type { MaterialGiven, UseGiven } from '@auzolan/shared/protocol/upkeep.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import type { CatalogueEntries } from '../catalogue/entries.ts'
import type { Settling } from '../catalogue/settling.ts'
import type { ToolSuggestions } from '../catalogue/tool-suggestions.ts'
import type { ToolUpkeep } from '../catalogue/upkeep.ts'
import type { Documents } from '../documents/documents.ts'
import type { SamplePerson } from './people.ts'
import type { SampleClock } from './sample-clock.ts'
import {
  COMMUNICATIONS,
  CULTURE,
  ENVIRONMENT,
  HR,
  IT,
  LANGUAGE,
  LEGAL,
  YOUTH,
  as,
  done,
} from './sample-decided.ts'
import { both } from './sample-plan/writing.ts'

export interface KnownPorts {
  readonly clock: SampleClock
  readonly documents: Documents
  readonly catalogue: CatalogueEntries
  readonly upkeep: ToolUpkeep
  readonly toolSuggestions: ToolSuggestions
  readonly settling: Settling
}

/** Null of a tool that could not be approved, since what it relies on has run out: then there is nothing to say of it. */
type Find = (tool: string) => DocumentId | null

/** @param today ISO date */
export async function knowSamples(ports: KnownPorts, today: string): Promise<void> {
  await suggested(ports)
  const entries = await ports.catalogue.all()
  const find: Find = (tool) =>
    (entries.find(({ entry }) => entry.name === tool)?.entry.id as DocumentId | undefined) ?? null
  await used(ports, find)
  await taught(ports, find, today)
}

interface Said extends Partial<VoiceTerms> {
  readonly on: string
  readonly by: SamplePerson
  readonly name: string
  readonly address?: string
  readonly category?: string
  readonly imported?: Imported
}
/** "I use it too", and no more. */
const ME_TOO = {
  ...{ kind: 'uses', whatFor: '', likes: '', cautions: '', dataUsed: 'unsure', level: null, since: null },
  ...{ department: null, free: null, canTeach: false, asked: null },
} as const satisfies VoiceTerms

const IDEAMAPA = { name: 'Ideamapa', address: 'https://ideamapa.example/', category: 'mind-maps' }
const SAID: readonly Said[] = [
  {
    ...IDEAMAPA,
    on: '2026-10-06',
    by: CULTURE,
    whatFor: 'Emanaldien ideiak biltzeko eta ordenatzeko, bileretan.',
    likes: 'Denek batera ikusten dute mapa nola hazten den.',
    cautions: 'Doakoan, esteka duen edonork ikusten du mapa.',
    dataUsed: 'public',
    level: 'individual',
    since: 2023,
    department: 'kultura',
    free: true,
    canTeach: true,
  },
  { ...IDEAMAPA, on: '2026-10-07', by: ENVIRONMENT },
  { ...IDEAMAPA, on: '2026-10-07', by: HR, department: 'giza-baliabideak' },
  {
    ...{ name: 'Orri', address: 'https://orri.example/', category: 'documents' },
    on: '2026-10-08',
    by: LANGUAGE,
    whatFor: 'Testuak elkarrekin zuzentzeko, posta bidali gabe.',
    likes: 'Konexiorik gabe ere idazten da.',
    dataUsed: 'internal',
    level: 'collective',
    since: 2025,
    department: 'idazkaritza',
    free: true,
  },
  {
    // The same tool by another name, until somebody puts them together.
    ...{ name: 'Mapa de ideas', address: 'https://ideamapa.example/taller', category: 'presentations' },
    on: '2026-10-13',
    by: YOUTH,
    whatFor: 'En los talleres con jóvenes: salen las ideas, se agrupan y se votan.',
    likes: 'Se aprende en diez minutos.',
    cautions: 'No poner nombres de participantes.',
    dataUsed: 'public',
    level: 'collective',
    since: 2024,
    department: 'gazteria',
    free: true,
    canTeach: true,
  },
  {
    ...{ name: 'Bozkatu', address: 'https://bozkatu.example/', category: 'surveys' },
    on: '2026-10-15',
    by: ENVIRONMENT,
    kind: 'asks',
    whatFor: 'Parkearen proiektuei buruz auzokoei galdetzeko.',
    dataUsed: 'public',
    asked: { purpose: 'manage', data: 'public', level: 'collective' },
  },
  {
    ...{ name: 'Itzulika', address: 'https://itzulika.example/', category: 'translation' },
    on: '2026-10-19',
    by: LANGUAGE,
    whatFor: 'Oharren lehen itzulpena egiteko; gero pertsona batek berrikusten du.',
    cautions: 'Espedienterik ez sartu.',
    dataUsed: 'public',
    level: 'individual',
    since: 2024,
    department: 'idazkaritza',
  },
  { ...IDEAMAPA, on: '2026-10-20', by: LANGUAGE, whatFor: 'Hitzaldien gidoiak prestatzeko.' },
  {
    ...IDEAMAPA,
    on: '2026-10-22',
    by: LEGAL,
    kind: 'asks',
    asked: { purpose: 'present', data: 'internal', level: 'collective' },
  },
  {
    ...{ name: 'Ilara', address: 'https://ilara.example/', category: 'calendars' },
    on: '2026-11-09',
    by: YOUTH,
    kind: 'asks',
    whatFor: 'Gazte-bulegoko hitzorduak eta txandak emateko.',
    imported: {
      kind: 'catalogue',
      publisher: 'Lurberriko Udala / Ayuntamiento de Lurberri',
      source: 'https://gardena.lurberri.example/katalogoa.json',
      date: '2026-09-30',
      licence: 'CC BY 4.0',
      verdict: 'Baldintzekin / Con condiciones',
      description: 'Hitzorduak eta txandak, norberaren zerbitzarian. / Citas y turnos, en servidor propio.',
    },
  },
]

/** One of them shared by many, one of each other state. */
async function suggested({ clock, documents, toolSuggestions, settling }: KnownPorts): Promise<void> {
  const idOf = async (name: string): Promise<string> =>
    (await toolSuggestions.list(as(IT))).suggestions.find((one) => one.name === name)?.id ?? ''
  // A first start that was interrupted has said it already.
  if ((await idOf('Ilara')) !== '') return
  for (const { on, by, name, address = '', category = null, imported = null, ...more } of SAID) {
    const voice = { ...ME_TOO, ...more }
    done(await clock.on(on, () => toolSuggestions.give(as(by), { name, address, category, voice, imported })))
  }
  const [ideamapa, mapa, bozkatu] = [
    await idOf('Ideamapa'),
    await idOf('Mapa de ideas'),
    await idOf('Bozkatu'),
  ]
  const reason =
    'Honetarako Galdetu ebaluatzen ari gara, eta bi ez ditugu behar. Hark ez badu balio, idatzi berriz: hitz egingo dugu.'
  done(await clock.on('2026-10-21', () => settling.merge(as(IT), mapa, ideamapa)))
  done(await clock.on('2026-11-03', () => settling.decline(as(IT), bozkatu, reason)))
  const evaluations = (await documents.listFor(as(IT))).filter(({ type }) => type === 'evaluation')
  const evaluated = (tool: string): DocumentId =>
    evaluations.find(({ title }) => title['eu']?.startsWith(`${tool}:`))!.id as DocumentId
  done(await settling.evaluate(as(IT), await idOf('Itzulika'), evaluated('Itzulika')))
  done(await settling.evaluate(as(IT), await idOf('Orri'), evaluated('Orri')))
}

type Using = readonly [tool: string, by: SamplePerson, department: string, use: UseGiven, on?: string]
const using = (
  since: string,
  level: UseGiven['level'],
  people: number,
  satisfaction: number | null,
  dataClasses: UseGiven['dataClasses'],
  useCase: UseGiven['useCase'],
  until: string | null = null,
): UseGiven => ({ since, until, level, useCase, people, satisfaction, dataClasses })

const USES: readonly Using[] = [
  // Confirmed once and never again: it is to be asked.
  [
    'Tauler',
    CULTURE,
    'kultura',
    using(
      '2025-09-01',
      'collective',
      5,
      4,
      ['internal'],
      both('Jaien prestaketa, nor zertan dabilen', 'Preparar las fiestas: quién está con qué'),
    ),
    '2025-09-15',
  ],
  [
    'Idazluma',
    YOUTH,
    'gazteria',
    using(
      '2025-04-01',
      'collective',
      4,
      3,
      ['internal'],
      both('Udalekuen zirriborroak', 'Borradores de las colonias'),
      '2027-03-31',
    ),
    '2026-11-16',
  ],
  [
    'Gela',
    CULTURE,
    'kultura',
    using(
      '2026-02-01',
      'collective',
      6,
      5,
      ['internal', 'personal_citizen'],
      both('Elkarteekin bilerak', 'Reuniones con las asociaciones'),
    ),
  ],
  [
    'Gela',
    LEGAL,
    'idazkaritza',
    using(
      '2026-05-04',
      'institutional',
      12,
      4,
      ['internal', 'personal_staff'],
      both('Batzordeak, etxetik datozenekin', 'Comisiones, con quienes se conectan desde casa'),
    ),
  ],
  [
    'Orri',
    COMMUNICATIONS,
    'komunikazioa',
    using(
      '2026-09-01',
      'collective',
      8,
      5,
      ['public', 'internal'],
      both('Prentsa-oharrak elkarrekin idaztea', 'Escribir entre varios las notas de prensa'),
    ),
  ],
  [
    'Orri',
    HR,
    'giza-baliabideak',
    using(
      '2026-10-01',
      'collective',
      3,
      4,
      ['internal', 'personal_staff'],
      both('Lanpostuen zerrenda prestatzea', 'Preparar la relación de puestos'),
    ),
  ],
  [
    'Saioa Meet',
    YOUTH,
    'gazteria',
    using(
      '2026-11-16',
      'institutional',
      2,
      null,
      ['personal_citizen'],
      both('Gazteekin hitzorduak, urrutitik', 'Citas con jóvenes, a distancia'),
    ),
  ],
  // More than was decided: a need to look at, and nobody's fault (C-06).
  [
    'Galdetu',
    ENVIRONMENT,
    'ingurumena',
    using(
      '2026-06-01',
      'collective',
      3,
      4,
      ['public', 'personal_citizen'],
      both('Baratzeetan izena ematea', 'Inscribirse en los huertos'),
    ),
  ],
  [
    'Bidali Fitx',
    ENVIRONMENT,
    'ingurumena',
    using(
      '2024-01-08',
      'individual',
      2,
      3,
      ['internal'],
      both('Planoak enpresei bidaltzea', 'Enviar planos a las empresas'),
    ),
  ],
]

async function used({ clock, upkeep }: KnownPorts, find: Find): Promise<void> {
  for (const [tool, by, department, use, on] of USES) {
    const id = find(tool)
    if (!id) continue
    const say = () => upkeep.use(as(by), id, department, use)
    done(await (on ? clock.on(on, say) : say()))
  }
}

const material = (
  kind: MaterialGiven['kind'],
  language: string,
  title: MaterialGiven['title'],
  minutes: number,
  updatedOn: string,
  accessible = true,
): MaterialGiven => ({
  ...{ kind, language, title, minutes, updatedOn, accessible },
  url: `https://www.haranberri.example/ikasi/${kind}-${updatedOn}`,
})
const MATERIALS: readonly (readonly [tool: string, MaterialGiven])[] = [
  ['Gela', material('guide', 'eu', both('Gela lehen aldiz', 'Gela, por primera vez'), 10, '2026-09-21')],
  [
    'Gela',
    material('video', 'es', both('Gela konexio motelarekin', 'Gela con mala conexión'), 4, '2026-10-05'),
  ],
  ['Orri', material('course', 'eu', both('Orri: oinarriak', 'Orri: lo básico'), 90, '2026-09-28')],
  ['Orri', material('session', 'es', both('Idazlumatik Orrira', 'De Idazluma a Orri'), 60, '2026-11-13')],
  ['Galdetu', material('faq', 'es', both('Galdetu: galderak', 'Galdetu: preguntas'), 5, '2026-10-26')],
  [
    'Tauler',
    material('guide', 'es', both('Tauler orri batean', 'Tauler en una hoja'), 5, '2025-09-03', false),
  ],
]
const TEACHERS: readonly (readonly [tool: string, SamplePerson])[] = [
  ['Gela', CULTURE],
  ['Orri', HR],
  ['Orri', COMMUNICATIONS],
  ['Galdetu', YOUTH],
]
/** Human resources give a session in each department (DOMAIN C-02). */
const PROMISED_WITHIN_DAYS = 25

async function taught({ upkeep }: KnownPorts, find: Find, today: string): Promise<void> {
  for (const [tool, given] of MATERIALS) {
    const id = find(tool)
    if (id) done(await upkeep.material(as(IT), id, newUuid(), given))
  }
  for (const [tool, person] of TEACHERS) {
    const id = find(tool)
    if (id) done(await upkeep.teach(as(person), id, { department: person.department }))
  }
  const meet = find('Saioa Meet')
  const by = addDays(today, PROMISED_WITHIN_DAYS)
  if (meet) done(await upkeep.promise(as(YOUTH), meet, { by }))
}
