/** How an evaluation of the demo comes to its decision: through what a page calls, so that nothing is in it that could not be. */
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
import type { SampleClock } from './sample-clock.ts'

export interface EvaluatedPorts {
  readonly clock: SampleClock
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
export const IT = named('informatika-arduraduna')
export const LEGAL = named('lege-zerbitzuak')
export const HR = named('giza-baliabideak')
export const CULTURE = named('kultura-cm')
export const YOUTH = named('gazteria-teknikaria')
export const LANGUAGE = named('hizkuntza-zerbitzua')
export const ENVIRONMENT = named('ingurumen-teknikaria')
export const COMMUNICATIONS = named('komunikazio-arduraduna')
const MAYOR = named('alkatetza')
/** In every team: the mayor's office decides. */
export const DIRECTOR = [MAYOR, 'director'] as const

export type Row = readonly Score[]
export type Sheet = readonly [SamplePerson, Row]
/** Why a criterion got what it got, by both; or by the score alone. */
export type Reasons = { readonly [criterionAndScore: string]: string }
export const REASONS: Reasons = {
  5: 'Proban ikusi genuen, eta gehiago ezin zaio eskatu.',
  1: 'Nahi genukeenetik urrun dago.',
  0: 'Ez du, edo ez du esaten.',
}
/** What is sent to review, by whom, and what it hears. */
export interface Proposal {
  readonly by: SamplePerson
  /** Of those whom an evaluation for the whole house is heard by. */
  readonly opinions: readonly (readonly [SamplePerson, OpinionRole, string])[]
  readonly conditions: string
}
export interface Sample extends Proposal {
  readonly template: Template
  readonly teamId: TeamId
  /** Rows in the order of the criteria. */
  readonly sheets: readonly Sheet[]
  readonly reasons: Reasons
}

/**
 * Scored, revealed, heard and approved. Once what it relies on has run out it cannot be approved as it was: then it is there all the same,
 * and that is what is left to do.
 */
export async function decided(
  ports: EvaluatedPorts,
  sample: Sample,
): Promise<{ readonly id: DocumentId; readonly refused: Refusal | null }> {
  const { documents, scoringRounds } = ports
  const { template, teamId, by, sheets, reasons } = sample
  const id = await documents.create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template,
    by: by.id as PersonId,
  })
  done(await scoringRounds.open(as(by), id, 1, { evaluators: sheets.map(([person]) => evaluator(person)) }))
  for (const [person, row] of sheets) await score(ports, { id, n: 1 }, person, row, reasons)
  done(await scoringRounds.reveal(as(by), id, 1))
  return { id, refused: await approved(ports, id, sample) }
}

/** What is written now is sent to review, heard and approved. */
export async function approved(
  ports: EvaluatedPorts,
  id: DocumentId,
  proposal: Proposal,
): Promise<Refusal | null> {
  const { submissions, opinions, decisions } = ports
  const version = await submissions.submit(as(proposal.by), id, { note: '', due: null })
  if (isRefusal(version)) return version
  for (const [person, role, text] of proposal.opinions)
    done(await opinions.give(as(person), id, role, { version, stance: 'favourable', text }))
  const { sha256 } = await ports.journal.rows
    .selectFrom('version')
    .select('sha256')
    .where('document', '=', id)
    .where('n', '=', version)
    .executeTakeFirstOrThrow()
  return decisions.decide(as(MAYOR), id, {
    id: newUuid(),
    version,
    sha256,
    verdict: 'approve',
    comment: '',
    sections: [],
    conditions: proposal.conditions,
    waivers: [],
    overrides: [],
  })
}

export async function score(
  { sheets }: EvaluatedPorts,
  at: { readonly id: DocumentId; readonly n: number },
  person: SamplePerson,
  row: Row,
  why: Reasons,
): Promise<void> {
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

export const membersIn = (places: readonly (readonly [SamplePerson, ...Role[]])[]) =>
  places.map(([{ id, name, department, expertise }, ...roles]) => ({
    principal: { kind: 'person' as const, id },
    name,
    roles,
    department,
    expertise,
  }))
export const evaluator = ({ id, name, department }: SamplePerson) => ({ person: id, name, department })
export const as = ({ id, name, groups, teams, admin }: SamplePerson): Claims => ({
  person: id as PersonId,
  name,
  groups,
  teams,
  language: 'eu',
  admin,
  issuedAt: 0,
})
/** @throws when what the demo does was refused: it is wrong then, and its catalogue would be another one than it says */
export function done(answer: unknown): void {
  if (isRefusal(answer)) throw new Error(`The tools of the demo: ${answer.detail}`)
}
