/**
 * Two evaluations of the demo as people would have left them: «Saioa Meet», scored by four, revealed and decided on with conditions
 * (DOMAIN G.2); and «Tauler», of which a round is open. Through what a page calls, so that nothing is in them that could not be.
 */
import { isRefusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { CRITERIA, type CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { needsReason } from '@auzolan/shared/scoring/rounds.ts'
import type { Claims } from '../access/claims.ts'
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
/** In the order of the criteria. */
const SAIOA_SHEETS: readonly (readonly [SamplePerson, Row])[] = [
  [IT, [5, 4, 5, 3, 5, 4, 3, 4, 2, 3, 4, 3, 2, 3, 3, 0, 3]],
  [LEGAL, [4, 4, 5, 3, 4, 4, 1, 3, 2, 2, 3, 2, 2, 2, 3, 0, 4]],
  [CULTURE, [5, 3, 4, 4, 5, 5, 4, 4, 3, 3, 4, 3, 3, 3, 3, 1, 3]],
  [YOUTH, [4, 4, 4, 3, 4, 4, 2, 3, 2, 3, 4, 1, 2, 3, 2, 0, 3]],
]
const REASONS: { readonly [criterionAndScore: string]: string } = {
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
  await tauler(ports)
}

async function saioaMeet(ports: EvaluatedPorts): Promise<void> {
  const { documents, teams, scoringRounds, submissions, opinions, decisions } = ports
  const teamId = await teams.create(
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
  const id = await documents.create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template: { ...SAIOA_MEET, decision: { ...SAIOA_MEET['decision'], resolutions: SAIOA_RESOLUTIONS } },
    by: YOUTH.id as PersonId,
  })
  const evaluators = SAIOA_SHEETS.map(([person]) => evaluator(person))
  done(await scoringRounds.open(as(YOUTH), id, 1, { evaluators }))
  for (const [person, row] of SAIOA_SHEETS) await score(ports, id, person, row)
  done(await scoringRounds.reveal(as(YOUTH), id, 1))
  const version = await submissions.submit(as(YOUTH), id, { note: '', due: null })
  // Once what it relies on has run out it cannot be approved as it was: then it is what is left to do.
  if (isRefusal(version)) return
  const said: readonly (readonly [SamplePerson, OpinionRole, string])[] = [
    [IT, 'it', 'Saio-hasiera bakarra prest dago; laguntza Indiatik ixtea da falta dena.'],
    [LEGAL, 'legal', 'Kontratuak 28. artikuluak eskatzen duena dakar. Baldintzak bete arte, ez hasi.'],
    [HR, 'hr', 'Ordubeteko saio bat sail bakoitzean, abendurako antolatuta.'],
  ]
  for (const [person, role, text] of said)
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
    conditions: 'Idatzitako hiru baldintzak beteta.',
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
  await score(ports, id, CULTURE, TAULER_SHEET)
}

async function score(
  { sheets }: EvaluatedPorts,
  id: DocumentId,
  person: SamplePerson,
  row: Row,
): Promise<void> {
  const at = { id, n: 1 }
  const scores = Object.fromEntries(CRITERIA.map((one, i) => [one.id, row[i]!])) as {
    readonly [criterion in CriterionId]: Score
  }
  const reasons = Object.fromEntries(
    CRITERIA.map((one, i) => [one.id, row[i]!] as const)
      .filter(([, given]) => needsReason(given))
      .map(([criterion, given]) => [
        criterion,
        REASONS[`${criterion}${given}`] ?? 'Ez dagokio erabilera honi.',
      ]),
  )
  done(await sheets.save(as(person), at, { id: newUuid(), revision: 0, scores, reasons }))
  done(await sheets.handIn(as(person), at, { revision: 1 }))
}

const membersIn = (places: readonly (readonly [SamplePerson, Role])[]) =>
  places.map(([{ id, name, department, expertise }, role]) => ({
    principal: { kind: 'person' as const, id },
    name,
    roles: [role],
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
