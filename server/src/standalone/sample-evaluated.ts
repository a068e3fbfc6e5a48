/**
 * The evaluations of the demo as people would have left them: those of its catalogue, scored, revealed and decided on (DOMAIN G.2, G.3); and
 * «Tauler», of which a round is open. Through what a page calls, so that nothing is in them that could not be.
 */
import { isRefusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import { newUuid, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import type { OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { CRITERIA, type CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { needsReason } from '@auzolan/shared/scoring/rounds.ts'
import type { Claims } from '../access/claims.ts'
import type { Template } from '../compaction/tasks.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'
import type { Decisions } from '../review/decisions.ts'
import type { Opinions } from '../review/opinions.ts'
import type { Submissions } from '../review/submissions.ts'
import type { ScoringRounds } from '../scoring/scoring-rounds.ts'
import type { Sheets } from '../scoring/sheets.ts'
import type { Teams } from '../teams/teams.ts'
import { PEOPLE, type SamplePerson } from './people.ts'
import { SAIOA_MEET, SAIOA_RESOLUTIONS } from './sample-evaluation.ts'
import { both } from './sample-plan/writing.ts'
import { BIDALI_FITX } from './sample-tools/bidali-fitx.ts'
import { GALDETU } from './sample-tools/galdetu.ts'
import { GELA } from './sample-tools/gela.ts'
import { IRUDIKA } from './sample-tools/irudika.ts'
import { ORRI } from './sample-tools/orri.ts'
import { TAULER } from './sample-tauler.ts'

export interface EvaluatedPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly teams: Teams
  readonly scoringRounds: ScoringRounds
  readonly sheets: Sheets
  readonly submissions: Submissions
  readonly opinions: Opinions
  readonly decisions: Decisions
}

const named = (id: string): SamplePerson => PEOPLE.find((one) => one.id === id)!
const IT = named('informatika-arduraduna')
const LEGAL = named('lege-zerbitzuak')
const HR = named('giza-baliabideak')
const CULTURE = named('kultura-cm')
const YOUTH = named('gazteria-teknikaria')
const MAYOR = named('alkatetza')
const COMMUNICATIONS = named('komunikazio-arduraduna')

type Row = readonly Score[]
type Sheet = readonly [SamplePerson, Row]
interface Sample {
  readonly template: Template
  readonly teamId: TeamId
  readonly by: SamplePerson
  /** Rows in the order of the criteria. */
  readonly sheets: readonly Sheet[]
  readonly reasons: Reasons
  /** Of those whom an evaluation for the whole house is heard by. */
  readonly opinions: readonly (readonly [SamplePerson, OpinionRole, string])[]
  readonly conditions: string
}
/** Why a criterion got what it got, by both; or by the score alone. */
type Reasons = { readonly [criterionAndScore: string]: string }

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
/** Culture has handed in; whoever coordinates has still to. */
const TAULER_SHEET: Row = [4, 4, 4, 3, 4, 4, 3, 3, 3, 3, 3, 2, 2, 4, 3, 'NA', 3]

export async function evaluateSamples(ports: EvaluatedPorts): Promise<void> {
  await saioaMeet(ports)
  await catalogue(ports)
  await tauler(ports)
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
      [MAYOR, 'director'],
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

/** What IT has evaluated for others: the rest of the catalogue. */
async function catalogue(ports: EvaluatedPorts): Promise<void> {
  const teamId = await ports.teams.create(
    {
      name: both('Tresnen katalogoa', 'Catálogo de herramientas'),
      departments: ['informatika', 'idazkaritza', 'giza-baliabideak'],
    },
    membersIn([
      [IT, 'coordinator', 'it'],
      [LEGAL, 'legal'],
      [HR, 'hr'],
      [MAYOR, 'director'],
    ]),
  )
  const common = {
    teamId,
    by: IT,
    reasons: IN_HOUSE_REASONS,
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
const IN_HOUSE_REASONS: Reasons = {
  5: 'Proban ikusi genuen, eta gehiago ezin zaio eskatu.',
  1: 'Nahi genukeenetik urrun dago.',
  0: 'Ez du, edo ez du esaten.',
}

/** Scored, revealed, heard and approved. */
async function decided(ports: EvaluatedPorts, sample: Sample): Promise<void> {
  const { documents, scoringRounds, submissions, opinions, decisions } = ports
  const { template, teamId, by, sheets, reasons, conditions } = sample
  const id = await documents.create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template,
    by: by.id as PersonId,
  })
  done(await scoringRounds.open(as(by), id, 1, { evaluators: sheets.map(([person]) => evaluator(person)) }))
  for (const [person, row] of sheets) await score(ports, id, person, row, reasons)
  done(await scoringRounds.reveal(as(by), id, 1))
  const version = await submissions.submit(as(by), id, { note: '', due: null })
  // Once what it relies on has run out it cannot be approved as it was: then it is what is left to do.
  if (isRefusal(version)) return
  for (const [person, role, text] of sample.opinions)
    done(await opinions.give(as(person), id, role, { version, stance: 'favourable', text }))
  const { sha256 } = await ports.journal.rows
    .selectFrom('version')
    .select('sha256')
    .where('document', '=', id)
    .where('n', '=', version)
    .executeTakeFirstOrThrow()
  await decisions.decide(as(MAYOR), id, {
    id: newUuid(),
    version,
    sha256,
    verdict: 'approve',
    comment: '',
    sections: [],
    conditions,
    waivers: [],
    overrides: [],
  })
}

async function tauler(ports: EvaluatedPorts): Promise<void> {
  const { documents, teams, scoringRounds } = ports
  const teamId = await teams.create(
    { name: both('Komunikazioko tresnak', 'Herramientas de Comunicación'), departments: ['komunikazioa'] },
    membersIn([
      [COMMUNICATIONS, 'coordinator'],
      [CULTURE, 'editor'],
      [LEGAL, 'legal'],
      [MAYOR, 'director'],
    ]),
  )
  const id = await documents.create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template: TAULER,
    by: COMMUNICATIONS.id as PersonId,
  })
  const evaluators = [COMMUNICATIONS, CULTURE].map(evaluator)
  done(await scoringRounds.open(as(COMMUNICATIONS), id, 1, { evaluators }))
  await score(ports, id, CULTURE, TAULER_SHEET, { NA: 'Ez dagokio erabilera honi.' })
}

async function score(
  { sheets }: EvaluatedPorts,
  id: DocumentId,
  person: SamplePerson,
  row: Row,
  why: Reasons,
): Promise<void> {
  const at = { id, n: 1 }
  const scores = Object.fromEntries(CRITERIA.map((one, i) => [one.id, row[i]!])) as {
    readonly [criterion in CriterionId]: Score
  }
  const reasons = Object.fromEntries(
    CRITERIA.map((one, i) => [one.id, row[i]!] as const)
      .filter(([, given]) => needsReason(given))
      .map(([criterion, given]) => [criterion, why[`${criterion}${given}`] ?? why[given]!]),
  )
  done(await sheets.save(as(person), at, { id: newUuid(), revision: 0, scores, reasons }))
  done(await sheets.handIn(as(person), at, { revision: 1 }))
}

const membersIn = (places: readonly (readonly [SamplePerson, ...Role[]])[]) =>
  places.map(([{ id, name, department, expertise }, ...roles]) => ({
    principal: { kind: 'person' as const, id },
    name,
    roles,
    department,
    expertise,
  }))
const evaluator = ({ id, name, department }: SamplePerson) => ({ person: id, name, department })
const as = ({ id, name, groups, teams, admin }: SamplePerson): Claims => ({
  person: id as PersonId,
  name,
  groups,
  teams,
  language: 'eu',
  admin,
  issuedAt: 0,
})
function done(refused: Refusal | null): void {
  if (refused) throw new Error(`The evaluations of the demo: ${refused.detail}`)
}
