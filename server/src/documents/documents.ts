/** The envelopes of documents: everything about a document but its text. */
import type { Selectable } from 'kysely'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { WITH_CALENDAR } from '@auzolan/shared/types/facts.ts'
import type { Commenting, Role, Visibility, Work } from '@auzolan/shared/grants.ts'
import {
  channelId,
  newUuid,
  type ChannelId,
  type DocumentId,
  type PersonId,
  type TeamId,
  type DocumentTypeId,
} from '@auzolan/shared/ids.ts'
import { TITLE_MAX_CHARACTERS, TRASH_KEPT_MS } from '@auzolan/shared/limits.ts'
import type { DocumentKind, DocumentSummary, TrashedDocument } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Named, Template } from '../compaction/tasks.ts'
import { record } from '../journal/audit.ts'
import type { Journal, NewEntry, Rows, Tables } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'
import { Together } from '../together.ts'
import { keepToolSaid } from '../tools/said-rows.ts'

export interface StoredDocument {
  readonly id: DocumentId
  readonly type: DocumentTypeId
  readonly title: Translated<string>
  readonly languages: readonly string[]
  readonly teamId: TeamId
  readonly work: Work
  readonly inForce: number | null
  readonly visibility: Visibility
  readonly archived: boolean
  readonly commenting: Commenting
  /** Since when it is in the trash, where nobody can open it. ISO instant. */
  readonly trashedAt: string | null
  readonly updatedAt: string
  readonly kind: DocumentKind
  readonly parent: string | null
  /** What it belongs to. */
  readonly about: string | null
  readonly ofOrganisation: boolean
  readonly madeFrom: { readonly id: string; readonly version: number | null } | null
}

export class Documents {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #teams: Teams
  readonly #now: () => Date
  readonly #listeners: ((document: DocumentId) => void)[] = []
  readonly #found = new Together((ids: readonly DocumentId[]) => this.#findEach(ids))
  constructor(journal: Journal, compaction: Compaction, teams: Teams, now: () => Date) {
    this.#journal = journal
    this.#teams = teams
    this.#compaction = compaction
    this.#now = now
  }

  async find(id: DocumentId): Promise<StoredDocument | null> {
    const row = await this.#found.ask(id)
    return row ? fromRow(row) : null
  }

  async #findEach(ids: readonly DocumentId[]): Promise<(DocumentRow | undefined)[]> {
    const rows = await this.#journal.rows
      .selectFrom('document')
      .selectAll()
      .where('id', 'in', [...new Set(ids)])
      .execute()
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id))
  }

  /** Of a team, and what is below them: whoever coordinates a plan reads those too. */
  async idsOf(team: TeamId): Promise<DocumentId[]> {
    const { rows: all } = this.#journal
    const own = all.selectFrom('document').select('id').where('team_id', '=', team)
    const rows = await all
      .selectFrom('document')
      .select('id')
      .where((row) => row.or([row('team_id', '=', team), row('parent', 'in', own)]))
      .execute()
    return rows.map(({ id }) => id as DocumentId)
  }

  /** Documents the person may at least read, the latest edit first. */
  async listFor(claims: Claims): Promise<DocumentSummary[]> {
    const roles = await this.#teams.rolesOf(claims)
    const rows = await this.#inTeams()
      .where('document.id', 'in', readableWith(this.#journal.rows, roles))
      .orderBy('document.updated_at', 'desc')
      .execute()
    return rows.map((row) => summaryOf(row, roles))
  }

  async summary(id: DocumentId, claims: Claims): Promise<DocumentSummary | null> {
    const row = await this.#inTeams().where('document.id', '=', id).executeTakeFirst()
    return row ? summaryOf(row, await this.#teams.rolesOf(claims)) : null
  }

  /** Of documents that are known to be theirs to read, in no order. */
  async summaries(ids: readonly string[], claims: Claims): Promise<DocumentSummary[]> {
    const rows = await this.#inTeams()
      .where('document.id', 'in', ids.length > 0 ? [...ids] : [''])
      .execute()
    const roles = await this.#teams.rolesOf(claims)
    return rows.map((row) => summaryOf(row, roles))
  }

  /** What the person may take back from the trash, the latest first. */
  async trashFor(claims: Claims): Promise<TrashedDocument[]> {
    const roles = await this.#teams.rolesOf(claims)
    const mine = new Map([...roles].filter(([, held]) => held.includes('coordinator')))
    const rows = await this.#inTeams()
      .where('trashed_at', 'is not', null)
      .where('team_id', 'in', someOf(mine))
      .orderBy('trashed_at', 'desc')
      .execute()
    return rows.map((row) => {
      const { id, type, about, title, team, roles: held } = summaryOf(row, roles)
      const trashedAt = row.trashed_at ?? ''
      const purgedAt = new Date(Date.parse(trashedAt) + TRASH_KEPT_MS).toISOString()
      return { id, type, about, title, team, roles: held, trashedAt, purgedAt }
    })
  }

  /** A document is born on the server, from a template: text first, then the envelope that makes it visible. */
  async create(spec: {
    /** A plan, unless it says so. */
    readonly type?: DocumentTypeId
    readonly teamId: TeamId
    readonly languages: readonly string[]
    readonly template: Template
    readonly by: PersonId
    /** What it was duplicated from. */
    readonly copyOf?: DocumentId
    /** Who has written what it is born with. */
    readonly authors?: readonly string[]
    /** A template, with what it is for; everybody else's are documents. */
    readonly mould?: { readonly sentence: string; readonly organisation: boolean }
    readonly madeFrom?: { readonly id: string; readonly version: number | null }
    readonly ofOrganisation?: boolean
    /** What it belongs to. */
    readonly about?: string
    /** What it is below; looked for where it is made, since what is above may have moved meanwhile. */
    readonly parent?: (rows: Rows) => Promise<string | null>
    /** Posts that are there from the start. */
    readonly calendar?: Template
  }): Promise<DocumentId> {
    const id = newUuid() as DocumentId
    const type = spec.type ?? 'plan'
    const birth = await this.#compaction.birth(type, spec.languages, spec.template)
    await this.#journal.create([
      { channel: channelId(id, 'content'), birth: birth.entry },
      { channel: channelId(id, 'comments'), birth: null },
      ...(typeOfDocument(type).calendar ? [await this.#calendarOf(id, spec.languages, spec.calendar)] : []),
    ])
    const at = this.#now().toISOString()
    await this.#journal.transact(async (rows) => {
      const parent = (await spec.parent?.(rows)) ?? null
      await rows
        .insertInto('document')
        .values({
          id,
          type,
          title: JSON.stringify(birth.named.title),
          languages: JSON.stringify(spec.languages),
          team_id: spec.teamId,
          work: 'draft',
          in_force: null,
          visibility: spec.mould?.organisation ? 'organisation' : 'team',
          archived: 0,
          created_by: spec.by,
          created_at: at,
          updated_at: at,
          kind: spec.mould ? 'template' : 'document',
          sentence: spec.mould?.sentence ?? '',
          made_from: spec.madeFrom?.id ?? null,
          made_from_version: spec.madeFrom?.version ?? null,
          parent,
          of_organisation: spec.ofOrganisation ? 1 : 0,
          about: spec.about ?? null,
        })
        .execute()
      await keepToolSaid(rows, id, 0, birth.named.tool)
      for (const person of spec.authors ?? [])
        await rows
          .insertInto('contribution')
          .values({ channel: channelId(id, 'content'), person, entries: 1 })
          .execute()
      const { teamId: team, copyOf, madeFrom } = spec
      const detail = {
        team,
        ...(copyOf ? { copyOf } : {}),
        ...(spec.mould ? { kind: 'template' } : {}),
        ...(madeFrom ? { madeFrom: madeFrom.id, madeFromVersion: madeFrom.version } : {}),
        ...(parent ? { parent } : {}),
        ...(spec.about ? { about: spec.about } : {}),
      }
      await record(rows, { at, actor: spec.by, action: 'document.create', subject: id, detail })
    })
    return id
  }

  /** Plans from before there were calendars get one; to be called before anybody comes in. */
  async addCalendars(): Promise<void> {
    const without = await this.#journal.rows
      .selectFrom('document')
      .select(['id', 'languages'])
      .where('type', 'in', WITH_CALENDAR)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('channel')
              .select('channel.id')
              .where(({ eb }) => eb('channel.id', '=', eb('document.id', '||', '/calendar'))),
          ),
        ),
      )
      .execute()
    for (const { id, languages } of without) {
      const calendar = await this.#calendarOf(id as DocumentId, JSON.parse(languages) as string[])
      await this.#journal.create([calendar]).catch(async (error: unknown) => {
        // Another node starts at the same time, and was first.
        if (!(await this.#journal.open(calendar.channel))) throw error
      })
    }
  }

  async #calendarOf(
    id: DocumentId,
    languages: readonly string[],
    posts: Template = {},
  ): Promise<{ channel: ChannelId; birth: NewEntry }> {
    const { entry } = await this.#compaction.birth('calendar', languages, posts)
    return { channel: channelId(id, 'calendar'), birth: entry }
  }

  /** Told when what people may do with a document has changed. */
  onStandingChanged(listener: (document: DocumentId) => void): void {
    this.#listeners.push(listener)
  }

  #inTeams() {
    return this.#journal.rows
      .selectFrom('document')
      .innerJoin('team', 'team.id', 'document.team_id')
      .selectAll('document')
      .select(['team.name as team_name', 'team.personal_of'])
  }

  /** To be called by whoever has changed the state of a document. */
  standingChanged(document: DocumentId): void {
    for (const listener of this.#listeners) listener(document)
  }

  /** What others see of its text without opening it, as it reads now. */
  async rename(id: DocumentId, { title, tool }: Named): Promise<void> {
    await this.retitle(id, title)
    await keepToolSaid(this.#journal.rows, id, 0, tool)
  }

  async retitle(id: DocumentId, text: Translated<string>): Promise<void> {
    const title = Object.fromEntries(
      Object.entries(text).map(([language, words]) => [
        language,
        // By whole signs: half of one is nothing that anybody else can read.
        [...words.toWellFormed().trim()].slice(0, TITLE_MAX_CHARACTERS).join(''),
      ]),
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

/** Ids of what somebody with these roles may at least read: of their teams, what everybody may, and what is below what they coordinate. */
export function readableWith(rows: Rows, roles: ReadonlyMap<TeamId, readonly Role[]>) {
  const coordinated = [...roles].filter(([, held]) => held.includes('coordinator'))
  const above = rows
    .selectFrom('document')
    .select('id')
    .where('team_id', 'in', someOf(new Map(coordinated)))
    .where('trashed_at', 'is', null)
  return rows
    .selectFrom('document')
    .select('id')
    .where('trashed_at', 'is', null)
    .where((row) =>
      row.or([
        row('team_id', 'in', someOf(roles)),
        row('visibility', '!=', 'team'),
        row('parent', 'in', above),
      ]),
    )
}

/** SQL knows no empty list; no team has an empty id. */
const someOf = (teams: ReadonlyMap<TeamId, unknown>): string[] => (teams.size > 0 ? [...teams.keys()] : [''])

const summaryOf = (
  row: DocumentRow & { readonly team_name: string; readonly personal_of: string | null },
  roles: ReadonlyMap<TeamId, readonly Role[]>,
): DocumentSummary => {
  const { id, type, kind, title, work, archived, updatedAt, teamId, about } = fromRow(row)
  const name = JSON.parse(row.team_name) as Translated<string>
  const team = { id: teamId, name, personal: row.personal_of !== null }
  return { id, type, about, kind, title, work, archived, updatedAt, team, roles: roles.get(teamId) ?? [] }
}

type DocumentRow = Selectable<Tables['document']>
const fromRow = (row: DocumentRow): StoredDocument => ({
  id: row.id as DocumentId,
  type: row.type as DocumentTypeId,
  title: JSON.parse(row.title) as Translated<string>,
  languages: JSON.parse(row.languages) as string[],
  teamId: row.team_id as TeamId,
  work: row.work as Work,
  inForce: row.in_force,
  visibility: row.visibility as Visibility,
  archived: row.archived === 1,
  commenting: row.commenting as Commenting,
  trashedAt: row.trashed_at,
  updatedAt: row.updated_at,
  kind: row.kind as DocumentKind,
  parent: row.parent,
  about: row.about,
  ofOrganisation: row.of_organisation === 1,
  madeFrom: row.made_from === null ? null : { id: row.made_from, version: row.made_from_version },
})
