/**
 * The evaluations of the demo as people would have left them (DOMAIN G.2, G.3): those of its catalogue, scored, revealed and decided on, and
 * one that technology has only begun.
 */
import type { PersonId, TeamId } from '@auzolan/shared/ids.ts'
import { SAIOA_MEET, SAIOA_RESOLUTIONS } from './sample-evaluation.ts'
import {
  CULTURE,
  DIRECTOR,
  HR,
  IT,
  LEGAL,
  REASONS,
  YOUTH,
  decided,
  membersIn,
  type EvaluatedPorts,
  type Reasons,
  type Sample,
  type Sheet,
} from './sample-decided.ts'
import { decidedBefore, lookedAtAgain } from './sample-earlier.ts'
import { both } from './sample-plan/writing.ts'
import { BIDALI_FITX } from './sample-tools/bidali-fitx.ts'
import { GALDETU } from './sample-tools/galdetu.ts'
import { GELA } from './sample-tools/gela.ts'
import { IRUDIKA } from './sample-tools/irudika.ts'
import { ITZULIKA } from './sample-tools/itzulika.ts'
import { ORRI } from './sample-tools/orri.ts'

const SAIOA_SHEETS: readonly Sheet[] = [
  [IT, [5, 4, 5, 3, 5, 4, 3, 4, 2, 3, 4, 3, 2, 3, 3, 0, 3]],
  [LEGAL, [4, 4, 5, 3, 4, 4, 1, 3, 2, 2, 3, 2, 2, 2, 3, 0, 4]],
  [CULTURE, [5, 3, 4, 4, 5, 5, 4, 4, 3, 3, 4, 3, 3, 3, 3, 1, 3]],
  [YOUTH, [4, 4, 4, 3, 4, 4, 2, 3, 2, 3, 4, 1, 2, 3, 2, 0, 3]],
]
const SAIOA_REASONS: Reasons = {
  N15: '600 hitzordu urtean, eta erdiak etorri ezinik.',
  N35: 'Batzordeak denak batera, saio proban ikusi zen bezala.',
  U15: 'Esteka bat sakatu eta kito: proban inork ez zuen galderarik egin.',
  U25: 'Ordubete baino gutxiago, eta laguntza gaztelaniaz.',
  D11: 'Laguntza Indiatik ematen da, eta jabea AEBko legeen mende dago.',
  A11: 'Pantaila-irakurleak ez du txata irakurtzen.',
  X30: 'Jabeduna, eta kodearen gordailurik ez.',
  X31: 'Jabeduna, baina WebRTC zatia irekia da.',
}
export async function evaluateSamples(ports: EvaluatedPorts): Promise<void> {
  const { clock, teams, documents } = ports
  /** What technology has evaluated for others. */
  const teamId = await clock.on('2025-01-20', () =>
    teams.create(
      {
        name: both('Tresnen katalogoa', 'Catálogo de herramientas'),
        departments: ['informatika', 'idazkaritza', 'giza-baliabideak'],
      },
      membersIn([[IT, 'coordinator', 'it'], [LEGAL, 'legal'], [HR, 'hr'], DIRECTOR]),
    ),
  )
  // In the order of the days: the audit is a book.
  const tauler = await decidedBefore(ports, teamId)
  await clock.on('2026-11-23', () =>
    documents.create({
      type: 'evaluation',
      teamId,
      languages: ['eu', 'es'],
      template: ITZULIKA,
      by: IT.id as PersonId,
    }),
  )
  await saioaMeet(ports)
  await catalogue(ports, teamId)
  await lookedAtAgain(ports, tauler)
}

async function saioaMeet(ports: EvaluatedPorts): Promise<void> {
  const teamId = await ports.teams.create(
    {
      name: both('Tresnen lantaldea', 'Equipo de herramientas'),
      departments: ['informatika', 'idazkaritza', 'kultura', 'gazteria', 'giza-baliabideak'],
    },
    membersIn([
      [YOUTH, 'coordinator'],
      [CULTURE, 'editor'],
      [IT, 'it'],
      [LEGAL, 'legal'],
      [HR, 'hr'],
      DIRECTOR,
    ]),
  )
  await decided(ports, {
    template: { ...SAIOA_MEET, decision: { ...SAIOA_MEET['decision'], resolutions: SAIOA_RESOLUTIONS } },
    teamId,
    by: YOUTH,
    sheets: SAIOA_SHEETS,
    reasons: SAIOA_REASONS,
    opinions: [
      [IT, 'it', 'Saio-hasiera bakarra prest dago; laguntza Indiatik ixtea da falta dena.'],
      [LEGAL, 'legal', 'Kontratuak 28. artikuluak eskatzen duena dakar. Baldintzak bete arte, ez hasi.'],
      [HR, 'hr', 'Ordubeteko saio bat sail bakoitzean, abendurako antolatuta.'],
    ],
    conditions: 'Idatzitako hiru baldintzak beteta.',
  })
}

async function catalogue(ports: EvaluatedPorts, teamId: TeamId): Promise<void> {
  const common = {
    teamId,
    by: IT,
    reasons: REASONS,
    opinions: [[LEGAL, 'legal', 'Idatzitako mugekin, ados.']],
    conditions: '',
  } as const
  const forAll = {
    ...common,
    opinions: [
      [IT, 'it', 'Gure zerbitzarietan dabil, babeskopiekin.'],
      [LEGAL, 'legal', 'Datuak etxean: eragozpenik ez.'],
      [HR, 'hr', 'Prestakuntza urteko planean dago.'],
    ],
  } as const
  const samples: readonly Sample[] = [
    {
      ...forAll,
      template: GELA,
      sheets: [
        [IT, [4, 4, 4, 4, 4, 4, 4, 4, 5, 3, 3, 3, 4, 4, 4, 5, 4]],
        [LEGAL, [4, 4, 4, 3, 4, 4, 5, 4, 5, 3, 3, 3, 3, 4, 4, 5, 4]],
        [HR, [4, 3, 4, 4, 4, 5, 4, 4, 4, 3, 4, 3, 4, 4, 4, 4, 4]],
      ],
    },
    {
      ...forAll,
      template: ORRI,
      sheets: [
        [IT, [5, 5, 5, 5, 4, 4, 5, 3, 5, 3, 3, 4, 5, 3, 5, 4, 3]],
        [LEGAL, [5, 4, 5, 5, 4, 4, 5, 3, 5, 3, 3, 4, 5, 3, 4, 4, 3]],
        [HR, [5, 5, 5, 4, 4, 5, 5, 3, 4, 3, 4, 4, 5, 4, 5, 5, 4]],
      ],
    },
    {
      ...common,
      template: GALDETU,
      sheets: [
        [IT, [4, 4, 3, 3, 4, 4, 3, 3, 3, 2, 3, 3, 2, 3, 2, 0, 3]],
        [HR, [4, 4, 3, 3, 4, 4, 3, 3, 3, 2, 4, 4, 2, 2, 1, 0, 3]],
      ],
    },
    { ...common, template: IRUDIKA, sheets: [[IT, [4, 4, 2, 3, 4, 4, 2, 2, 1, 2, 3, 2, 2, 2, 2, 0, 3]]] },
    { ...common, template: BIDALI_FITX, sheets: [[IT, [3, 3, 2, 1, 4, 3, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 2]]] },
  ]
  for (const sample of samples) await decided(ports, sample)
}
