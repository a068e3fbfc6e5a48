/**
 * Where a document stands for one person: its state, their roles, and what they may do about it. Asked again in every
 * transaction that moves it: of two who act at once, the first one has (DOMAIN D.2).
 */
import type { Transaction } from 'kysely'
import { checkPlan } from '@auzolan/shared/checks/run.ts'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Barred } from '@auzolan/shared/protocol/review.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { authorsSince, mayMove, moved, type Flow, type Move } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import type { Tables } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'
import { contributionsOf, type Rows, type VersionRow, type Versions } from './versions.ts'

export interface Standing {
  readonly flow: Flow
  readonly team: TeamId
  readonly title: Translated<string>
  readonly type: 'plan'
  readonly languages: readonly string[]
  readonly roles: readonly Role[]
}

export class Standings {
  readonly #teams: Teams
  readonly #versions: Versions
  readonly #now: () => Date
  constructor(teams: Teams, versions: Versions, now: () => Date) {
    this.#teams = teams
    this.#versions = versions
    this.#now = now
  }

  /** The state, and the person's roles, of a document the person may read. */
  async of(rows: Rows, id: DocumentId, claims: Claims): Promise<Standing | Refusal> {
    const row = await rows.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirst()
    const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
    if (!row || row.trashed_at !== null) return nothing
    const roles = await this.#teams.rolesIn(row.team_id as TeamId, claims, rows)
    return roles.length === 0 && row.visibility === 'team' ? nothing : standingOf(row, roles)
  }

  /** The version in review, when it is this one. */
  async inReview(rows: Rows, id: DocumentId, { flow }: Standing, n: number): Promise<VersionRow | Refusal> {
    const latest = await this.#versions.latest(rows, id)
    if (flow.work !== 'in_review' || !latest) return refusal('CHANGED_MEANWHILE', `the work is ${flow.work}`)
    return latest.n === n ? latest : refusal('CHANGED_MEANWHILE', `version ${latest.n} is in review`)
  }

  /** Why this person may not approve this version (DOMAIN W-01). */
  async barred(
    rows: Rows,
    id: DocumentId,
    { roles, flow }: Standing,
    version: VersionRow,
    { person }: Claims,
  ): Promise<Barred | null> {
    if (!roles.includes('director')) return 'role'
    if (version.submitter === person) return 'submitter'
    return (await this.authors(rows, id, flow, version)).includes(person) ? 'author' : null
  }

  /** Who has written in this version since the one in force. */
  async authors(rows: Rows, id: DocumentId, { inForce }: Flow, version: VersionRow): Promise<string[]> {
    const base = inForce && (await this.#versions.row(rows, id, inForce.version))
    return authorsSince(contributionsOf(version), base ? contributionsOf(base) : null)
  }

  /** What the checks say about exactly this text. */
  findings(json: string, { flow, languages }: Standing): readonly Finding[] {
    const today = this.#now().toISOString().slice(0, 10)
    const context = { languages, today, inForce: flow.inForce !== null }
    return checkPlan(JSON.parse(json) as Plan, context).findings
  }
}

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
      published_at: inForce?.publishedAt ?? null,
      archived: archived ? 1 : 0,
    })
    .where('id', '=', id)
    .execute()
}

export const standingOf = (row: Row, roles: readonly Role[]): Standing => ({
  flow: {
    work: row.work as Flow['work'],
    inForce: row.in_force === null ? null : { version: row.in_force, publishedAt: row.published_at },
    archived: row.archived === 1,
  },
  team: row.team_id as TeamId,
  title: JSON.parse(row.title) as Translated<string>,
  type: 'plan',
  languages: JSON.parse(row.languages) as string[],
  roles,
})
interface Row {
  readonly work: string
  readonly in_force: number | null
  readonly published_at: string | null
  readonly archived: number
  readonly team_id: string
  readonly title: string
  readonly languages: string
}
