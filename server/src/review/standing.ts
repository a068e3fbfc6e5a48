/**
 * Where a document stands for one person: its state, their roles, and what they may do about it. Asked again in every
 * transaction that moves it: of two who act at once, the first one has (DOMAIN D.2).
 */
import type { Transaction } from 'kysely'
import {
  placesOf,
  routeFor,
  turnOf,
  type Approval,
  type Route,
  type Turn,
} from '@auzolan/shared/approval-route.ts'
import { checkDocument, parseDocument } from '@auzolan/shared/checks/run.ts'
import { DOCUMENT_TYPES, typeOfDocument } from '@auzolan/shared/document-types.ts'
import type { Family, Finding } from '@auzolan/shared/checks/finding.ts'
import { toolSaidIn } from '@auzolan/shared/find/tool-said.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import type { Commenting, Role, Visibility } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId, DocumentTypeId } from '@auzolan/shared/ids.ts'
import type { DocumentKind } from '@auzolan/shared/protocol/rest.ts'
import type { Barred } from '@auzolan/shared/protocol/review.ts'
import { withRestricted } from '@auzolan/shared/schema/restricted.ts'
import type { DocumentJson, Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import { authorsSince, mayMove, moved, type Flow, type Move } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import { familyOf, oversees } from '../documents/above.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { overdueIn } from '../figures/overdue.ts'
import { planFacts } from '../profiles/facts.ts'
import { coveringIn } from '../tools/approved.ts'
import { evaluatorsBefore } from '../scoring/rows.ts'
import { speaksFor, type Teams } from '../teams/teams.ts'
import { opinionsOn } from './opinions-said.ts'
import { contributionsOf, routeOf, type VersionRow, type Versions } from './versions.ts'

export interface Standing {
  readonly flow: Flow
  readonly team: TeamId
  readonly title: Translated<string>
  readonly type: DocumentTypeId
  readonly languages: readonly string[]
  readonly visibility: Visibility
  readonly commenting: Commenting
  readonly roles: readonly Role[]
  /** Whoever coordinates the plan above reads as if they were; rows about people are not for them. */
  readonly inTeam: boolean
  readonly kind: DocumentKind
  readonly family: Family
}

/** Whose hand decides, and in whose name: their own, or that of whoever has delegated it to them. */
export interface Hand {
  readonly by: string
  readonly principal: Claims
}

export class Standings {
  readonly #journal: Journal
  readonly #teams: Teams
  readonly #versions: Versions
  readonly #organisation: DescribedOrganisation
  readonly #now: () => Date
  constructor(
    journal: Journal,
    teams: Teams,
    versions: Versions,
    organisation: DescribedOrganisation,
    now: () => Date,
  ) {
    this.#journal = journal
    this.#organisation = organisation
    this.#teams = teams
    this.#versions = versions
    this.#now = now
  }

  /** The state alone, whoever asks. */
  async flow(id: DocumentId): Promise<Flow | null> {
    const row = await envelopes(this.#journal.rows).where('document.id', '=', id).executeTakeFirst()
    return row ? flowOf(row) : null
  }

  /** The state, and the person's roles, of a document the person may read. */
  async of(rows: Rows, id: DocumentId, claims: Claims): Promise<Standing | Refusal> {
    const row = await envelopes(rows).where('document.id', '=', id).executeTakeFirst()
    const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
    if (!row || row.trashed_at !== null) return nothing
    const own = await this.#teams.rolesIn(row.team_id as TeamId, claims, rows)
    const above = own.length === 0 && (await oversees(rows, this.#teams, row.parent, claims))
    const roles: readonly Role[] = above ? ['reader'] : own
    if (roles.length === 0 && row.visibility === 'team') return nothing
    return {
      ...standingOf(row, roles),
      inTeam: !above && roles.length > 0,
      family: await familyOf(rows, row),
    }
  }

  /** The version in review, when it is this one. */
  async inReview(rows: Rows, id: DocumentId, { flow }: Standing, n: number): Promise<VersionRow | Refusal> {
    const latest = await this.#versions.latest(rows, id)
    if (flow.work !== 'in_review' || !latest) return refusal('CHANGED_MEANWHILE', `the work is ${flow.work}`)
    return latest.n === n ? latest : refusal('CHANGED_MEANWHILE', `version ${latest.n} is in review`)
  }

  rolesIn(rows: Rows, team: TeamId, claims: Claims): Promise<readonly Role[]> {
    return this.#teams.rolesIn(team, claims, rows)
  }

  /** Who approves what this team writes, as the organisation has it now. */
  async routeOfTeam(rows: Rows, team: TeamId, type: DocumentTypeId): Promise<Route> {
    const { approvalRoutes } = await this.#organisation.read(rows)
    const row = await rows.selectFrom('team').select('departments').where('id', '=', team).executeTakeFirst()
    const departments = JSON.parse(row?.departments ?? '[]') as string[]
    const rules = approvalRoutes.find((one) => one.type === typeOfDocument(type).route)
    return routeFor(rules, departments)
  }

  /** Whether somebody with this standing has a place in the route: the one frozen in the review, or the one of now. */
  async isApprover(rows: Rows, id: DocumentId, standing: Standing, claims: Claims): Promise<boolean> {
    const latest = standing.flow.work === 'in_review' ? await this.#versions.latest(rows, id) : undefined
    const route = latest ? routeOf(latest) : await this.routeOfTeam(rows, standing.team, standing.type)
    return placesFor(route, standing.roles, claims).length > 0
  }
  /** The same for anything that the team writes. */
  async isNamed(rows: Rows, team: TeamId, roles: readonly Role[], claims: Claims): Promise<boolean> {
    for (const { id } of Object.values(DOCUMENT_TYPES))
      if (placesFor(await this.routeOfTeam(rows, team, id), roles, claims).length > 0) return true
    return false
  }

  /** Whose turn it is, and the places that are open to them. `standing` is that of the principal. */
  turn(
    standing: Standing,
    version: VersionRow,
    approvals: readonly Approval[],
    { by, principal }: Hand,
  ): { readonly turn: Turn; readonly places: readonly number[] } {
    const route = routeOf(version)
    const places = placesFor(route, standing.roles, principal)
    return { turn: turnOf(route, approvals, { by, principal: principal.person, places }), places }
  }

  /** Why this hand may not decide on this version; neither it nor its principal has written or sent it (DOMAIN W-01). */
  async barred(
    rows: Rows,
    id: DocumentId,
    standing: Standing,
    version: VersionRow,
    approvals: readonly Approval[],
    hand: Hand,
  ): Promise<Barred | null> {
    const { turn } = this.turn(standing, version, approvals, hand)
    if (turn === 'none') return 'role'
    for (const person of new Set([hand.by, hand.principal.person])) {
      const kept = await this.keptFrom(rows, id, standing, version, person)
      if (kept !== null) return kept
    }
    if (turn !== 'again') return turn === 'now' ? null : 'turn'
    return (await this.#isOvertaken(rows, id, version.n, hand)) ? 'overtaken' : 'again'
  }

  /** Whether somebody is against what this hand, or its principal, approved before. */
  async #isOvertaken(rows: Rows, id: DocumentId, n: number, { by, principal }: Hand): Promise<boolean> {
    const people = [by, principal.person]
    const own = await rows
      .selectFrom('decision')
      .select((row) => row.fn.max('at').as('at'))
      .where('document', '=', id)
      .where('n', '=', n)
      .where('verdict', '=', 'approve')
      .where((row) => row.or([row('person', 'in', people), row('principal', 'in', people)]))
      .executeTakeFirst()
    const approvedAt = own?.at ?? null
    if (approvedAt === null) return false
    return (await opinionsOn(rows, id, n)).some(({ stance, at }) => stance === 'against' && at >= approvedAt)
  }

  /** Why somebody has a part in what is decided on: in its text, or in its scores where the house is not small (DOMAIN W-01, W-02). */
  async keptFrom(
    rows: Rows,
    id: DocumentId,
    standing: Standing,
    version: VersionRow,
    person: string,
  ): Promise<'submitter' | 'author' | 'evaluator' | null> {
    const wrote = await this.wrote(rows, id, standing, version, person)
    if (wrote !== null) return wrote
    return (await this.#evaluatorsKept(rows, id, version)).includes(person) ? 'evaluator' : null
  }

  /** Who need not be told that something waits for their decision: they cannot take it. */
  async cannotDecide(
    rows: Rows,
    id: DocumentId,
    flow: Pick<Flow, 'inForce'>,
    version: VersionRow,
  ): Promise<string[]> {
    return [
      ...(await this.authors(rows, id, flow, version)),
      ...(await this.#evaluatorsKept(rows, id, version)),
    ]
  }

  async #evaluatorsKept(rows: Rows, id: DocumentId, version: VersionRow): Promise<string[]> {
    const scored = await this.scored(rows, id, version)
    if (scored.length === 0) return []
    return (await this.#organisation.read(rows)).policy.smallOrganisation ? [] : scored
  }

  /** Who has scored what is decided on. */
  scored(rows: Rows, id: DocumentId, version: Pick<VersionRow, 'at'>): Promise<string[]> {
    return evaluatorsBefore(rows, id, version.at)
  }

  /** Whether somebody has a part in the text itself. */
  async wrote(
    rows: Rows,
    id: DocumentId,
    { flow }: Standing,
    version: VersionRow,
    person: string,
  ): Promise<'submitter' | 'author' | null> {
    if (version.submitter === person) return 'submitter'
    return (await this.authors(rows, id, flow, version)).includes(person) ? 'author' : null
  }

  /** Who has written in this version since the one in force. */
  async authors(
    rows: Rows,
    id: DocumentId,
    { inForce }: Pick<Flow, 'inForce'>,
    version: VersionRow,
  ): Promise<string[]> {
    const base = inForce && (await this.#versions.row(rows, id, inForce.version))
    return authorsSince(contributionsOf(version), base ? contributionsOf(base) : null)
  }

  /** What the checks say about exactly this text, going by these lists, and about what was done beside it. */
  async findings(
    rows: Rows,
    id: DocumentId,
    text: Pick<VersionRow, 'json' | 'restricted'>,
    { type: typeId, flow, languages, family }: Standing,
    references: References,
  ): Promise<readonly Finding[]> {
    const organisation = await this.#organisation.read(rows)
    const today = localTime(this.#now(), organisation.timeZone).day
    const overdue = await overdueIn(rows, id, organisation, references, this.#now())
    const facts = { ...(await planFacts(rows, id, organisation)), overdue }
    const { departments, policy } = organisation
    const inForce = flow.inForce !== null
    const approved = flow.inForce && (await this.#versions.row(rows, id, flow.inForce.version))
    const before = approved ? (JSON.parse(approved.json) as DocumentJson) : null
    const outcomeInForce = before ? (toolSaidIn(before)?.outcome ?? null) : null
    const changeInForce = changeSaidIn(before, languages[0] ?? '')
    const tool = toolSaidIn(JSON.parse(text.json) as DocumentJson)
    const coveredBy = tool ? await coveringIn(rows, id, tool) : []
    const beyond = { facts, family, coveredBy, policy, outcomeInForce, changeInForce }
    const context = { languages, today, inForce, references, departments, ...beyond }
    const beside = JSON.parse(text.restricted) as { [section: string]: unknown }
    const type = typeOfDocument(typeId)
    const json = withRestricted(type.content, parseDocument(type, text.json, languages), beside)
    return checkDocument(type, json as DocumentJson, context).findings
  }
}

/** What an evaluation says has changed since the decision before it; of another document, nothing. */
function changeSaidIn(json: DocumentJson | null, language: string): string {
  const { changedSince } = (json?.['decision'] ?? {}) as { changedSince?: Translated<string> }
  return changedSince?.[language] ?? ''
}

const placesFor = (route: Route, roles: readonly Role[], claims: Claims): number[] =>
  placesOf(route, roles, (principal) => speaksFor(claims, principal))

/** The facts after a move that somebody with these roles makes. */
export const moveOf = ({ flow, roles }: Standing, move: Move, submitter: boolean): Flow | Refusal =>
  mayMove(move.kind, roles, submitter) ? moved(flow, move) : refusal('NOT_ALLOWED', `may not ${move.kind}`)

export async function store(
  rows: Transaction<Tables>,
  id: DocumentId,
  { work, inForce, archived }: Flow,
): Promise<void> {
  await rows
    .updateTable('document')
    .set({
      work,
      in_force: inForce?.version ?? null,
      archived: archived ? 1 : 0,
      archived_at: archived?.at ?? null,
      archived_reason: archived?.reason ?? null,
    })
    .where('id', '=', id)
    .execute()
}

/** Documents, each with its last publication: an older one may still be what is public. */
export const envelopes = (rows: Rows) =>
  rows
    .selectFrom('document')
    .leftJoin('publication', (join) =>
      join.onRef('publication.document', '=', 'document.id').on('publication.n', '=', (last) =>
        last
          .selectFrom('publication as p')
          .select((column) => column.fn.max('p.n').as('n'))
          .whereRef('p.document', '=', 'document.id'),
      ),
    )
    .selectAll('document')
    .select(['publication.n as published_n', 'publication.at as published_at'])

export const flowOf = (row: FlowRow): Flow => ({
  work: row.work as Flow['work'],
  inForce: row.in_force === null ? null : { version: row.in_force },
  published:
    row.published_n === null || row.published_at === null
      ? null
      : { version: row.published_n, at: row.published_at },
  archived: row.archived === 1 ? { reason: row.archived_reason ?? '', at: row.archived_at ?? '' } : null,
})

export const standingOf = (row: Row, roles: readonly Role[]): Standing => ({
  flow: flowOf(row),
  team: row.team_id as TeamId,
  title: JSON.parse(row.title) as Translated<string>,
  type: row.type as DocumentTypeId,
  languages: JSON.parse(row.languages) as string[],
  visibility: row.visibility as Visibility,
  commenting: row.commenting as Commenting,
  roles,
  inTeam: roles.length > 0,
  kind: row.kind as DocumentKind,
  // Where it counts it is looked for.
  family: { parent: row.parent !== null, organisationPlan: false },
})
interface FlowRow {
  readonly work: string
  readonly in_force: number | null
  readonly published_n: number | null
  readonly published_at: string | null
  readonly archived: number
  readonly archived_at: string | null
  readonly archived_reason: string | null
}
interface Row extends FlowRow {
  readonly type: string
  readonly team_id: string
  readonly title: string
  readonly languages: string
  readonly visibility: string
  readonly commenting: string
  readonly kind: string
  readonly parent: string | null
}
