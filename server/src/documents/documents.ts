/** Teams, memberships and the envelopes of documents: everything about a document but its text. */
import type { Role, Visibility, Work } from '@auzolan/shared/grants.ts'
import { ROLES } from '@auzolan/shared/grants.ts'
import { channelId, newUuid, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import { TITLE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { DocumentSummary, Organisation } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { Claims } from '../access/claims.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Template } from '../compaction/tasks.ts'
import type { Journal, Tables } from '../journal/journal.ts'

export interface StoredDocument {
  readonly id: DocumentId
  readonly type: 'plan'
  readonly title: Translated<string>
  readonly languages: readonly string[]
  readonly teamId: TeamId
  readonly work: Work
  readonly inForce: number | null
  readonly visibility: Visibility
  readonly archived: boolean
  readonly updatedAt: string
}

export interface Principal {
  readonly kind: 'person' | 'group'
  readonly id: string
}

/** The organisation before anybody has described it. */
const UNNAMED: Organisation = { name: {}, languages: ['eu', 'es'], departments: [] }

export class Documents {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #now: () => Date
  readonly #listeners: ((document: DocumentId | null) => void)[] = []
  constructor(journal: Journal, compaction: Compaction, now: () => Date) {
    this.#journal = journal
    this.#compaction = compaction
    this.#now = now
  }

  async organisation(): Promise<Organisation> {
    const row = await this.#journal.rows
      .selectFrom('setting')
      .select('value')
      .where('key', '=', 'organisation')
      .executeTakeFirst()
    return row ? (JSON.parse(row.value) as Organisation) : UNNAMED
  }

  async describeOrganisation(organisation: Organisation): Promise<void> {
    const value = JSON.stringify(organisation)
    await this.#journal.rows
      .insertInto('setting')
      .values({ key: 'organisation', value })
      .onConflict((c) => c.column('key').doUpdateSet({ value }))
      .execute()
  }

  async find(id: DocumentId): Promise<StoredDocument | null> {
    const row = await this.#journal.rows
      .selectFrom('document')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? fromRow(row) : null
  }

  /** Documents the person may at least read, the latest edit first. */
  async listFor(claims: Claims): Promise<DocumentSummary[]> {
    const teams = this.#journal.rows
      .selectFrom('membership')
      .select('team_id')
      .where((row) =>
        row.or([
          row.and([row('principal_kind', '=', 'person'), row('principal_id', '=', claims.person)]),
          row.and([
            row('principal_kind', '=', 'group'),
            row('principal_id', 'in', claims.groups.length > 0 ? [...claims.groups] : ['']),
          ]),
        ]),
      )
    const rows = await this.#journal.rows
      .selectFrom('document')
      .innerJoin('team', 'team.id', 'document.team_id')
      .selectAll('document')
      .select('team.name as team')
      .where((row) => row.or([row('team_id', 'in', teams), row('visibility', '!=', 'team')]))
      .orderBy('document.updated_at', 'desc')
      .execute()
    return rows.map((row) => {
      const { id, type, title, work, updatedAt } = fromRow(row)
      return { id, type, title, work, updatedAt, team: row.team }
    })
  }

  async rolesIn(team: TeamId, claims: Claims): Promise<Role[]> {
    const rows = await this.#journal.rows
      .selectFrom('membership')
      .select(['principal_kind', 'principal_id', 'role'])
      .where('team_id', '=', team)
      .execute()
    const own = rows.filter((m) =>
      m.principal_kind === 'person'
        ? m.principal_id === claims.person
        : claims.groups.includes(m.principal_id),
    )
    return ROLES.filter((role) => own.some((m) => m.role === role))
  }

  async teamName(team: TeamId): Promise<string> {
    const row = await this.#journal.rows
      .selectFrom('team')
      .select('name')
      .where('id', '=', team)
      .executeTakeFirst()
    return row?.name ?? ''
  }

  async createTeam(name: string, members: readonly (Principal & { role: Role })[]): Promise<TeamId> {
    const id = newUuid() as TeamId
    await this.#journal.transact(async (rows) => {
      await rows.insertInto('team').values({ id, name, created_at: this.#now().toISOString() }).execute()
      for (const member of members) {
        await rows
          .insertInto('membership')
          .values({ team_id: id, principal_kind: member.kind, principal_id: member.id, role: member.role })
          .execute()
      }
    })
    return id
  }

  /** The team that is this one person or group and nobody else; made when it is first needed. */
  async teamOf(principal: Principal, name: string): Promise<TeamId> {
    const row = await this.#journal.rows
      .selectFrom('membership')
      .select('team_id')
      .where('principal_kind', '=', principal.kind)
      .where('principal_id', '=', principal.id)
      .where('role', '=', 'editor')
      .where((m) =>
        m.not(
          m.exists(
            m
              .selectFrom('membership as other')
              .select('other.team_id')
              .whereRef('other.team_id', '=', 'membership.team_id')
              .where((other) =>
                other.or([
                  other('other.principal_id', '!=', principal.id),
                  other('other.principal_kind', '!=', principal.kind),
                ]),
              ),
          ),
        ),
      )
      .executeTakeFirst()
    return row ? (row.team_id as TeamId) : this.createTeam(name, [{ ...principal, role: 'editor' }])
  }

  /** A document is born on the server, from a template: text first, then the envelope that makes it visible. */
  async create(spec: {
    readonly teamId: TeamId
    readonly languages: readonly string[]
    readonly template: Template
    readonly by: PersonId
  }): Promise<DocumentId> {
    const id = newUuid() as DocumentId
    const birth = await this.#compaction.birth(spec.languages, spec.template)
    await this.#journal.create([
      { channel: channelId(id, 'content'), birth: birth.entry },
      { channel: channelId(id, 'comments'), birth: null },
    ])
    const now = this.#now().toISOString()
    await this.#journal.rows
      .insertInto('document')
      .values({
        id,
        type: PLAN.id,
        title: JSON.stringify(birth.title),
        languages: JSON.stringify(spec.languages),
        team_id: spec.teamId,
        work: 'draft',
        in_force: null,
        visibility: 'team',
        archived: 0,
        created_by: spec.by,
        created_at: now,
        updated_at: now,
      })
      .execute()
    return id
  }

  /** Told when what people may do with a document has changed; with `null` when it is more than one. */
  onStandingChanged(listener: (document: DocumentId | null) => void): void {
    this.#listeners.push(listener)
  }

  /** Moves a document between the states of its work; in review its content takes no edits. */
  async setWork(id: DocumentId, work: Work): Promise<void> {
    await this.#journal.rows.updateTable('document').set({ work }).where('id', '=', id).execute()
    this.#standingChanged(id)
  }

  async archive(id: DocumentId, archived: boolean): Promise<void> {
    await this.#journal.rows
      .updateTable('document')
      .set({ archived: archived ? 1 : 0 })
      .where('id', '=', id)
      .execute()
    this.#standingChanged(id)
  }

  /** Takes every role in a team from somebody. */
  async removeMember(team: TeamId, principal: Principal): Promise<void> {
    await this.#journal.rows
      .deleteFrom('membership')
      .where('team_id', '=', team)
      .where('principal_kind', '=', principal.kind)
      .where('principal_id', '=', principal.id)
      .execute()
    this.#standingChanged(null)
  }

  #standingChanged(document: DocumentId | null): void {
    for (const listener of this.#listeners) listener(document)
  }

  async retitle(id: DocumentId, text: Translated<string>): Promise<void> {
    const title = Object.fromEntries(
      Object.entries(text).map(([language, words]) => [language, words.slice(0, TITLE_MAX_CHARACTERS)]),
    )
    const json = JSON.stringify(title)
    await this.#journal.rows
      .updateTable('document')
      .set({ title: json })
      .where('id', '=', id)
      .where('title', '!=', json)
      .execute()
  }
}

const fromRow = (row: Tables['document']): StoredDocument => ({
  id: row.id as DocumentId,
  type: 'plan',
  title: JSON.parse(row.title) as Translated<string>,
  languages: JSON.parse(row.languages) as string[],
  teamId: row.team_id as TeamId,
  work: row.work as Work,
  inForce: row.in_force,
  visibility: row.visibility as Visibility,
  archived: row.archived === 1,
  updatedAt: row.updated_at,
})
