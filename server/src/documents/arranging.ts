/** What is done with a document as a whole: into another team, seen by others, into the trash and back, gone for good. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Commenting, Visibility } from '@auzolan/shared/grants.ts'
import { CHANNELS, channelId, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import { TRASH_KEPT_MS } from '@auzolan/shared/limits.ts'
import type { Claims } from '../access/claims.ts'
import { record, type Deed } from '../journal/audit.ts'
import type { Transaction } from 'kysely'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { dismissAll } from '../outbox/outbox.ts'
import type { Teams } from '../teams/teams.ts'
import type { Documents } from './documents.ts'

/** What belongs to a channel; before the channel itself, which they refer to. */
export const CHANNEL_TABLES = [
  'entry',
  'snapshot',
  'author',
  'contribution',
  'quarantined',
  'search_look',
  'to_renew',
] as const
/** Rows that go with a document for good, in an order in which none is named by one that is still there. */
export const OF_A_DOCUMENT = [
  'commenter',
  'accepted_suggestion',
  'mention_told',
  'mentioned',
  'mention_look',
  'passage',
  'touched',
  'seen',
  'acknowledged',
  'delegation',
  'reminded',
  'to_archive',
  'profile_state',
  'post_state',
  'post_author',
  'training_done',
  'moderation',
  'file',
  'consent',
  'metric_sample',
  'metric_entry',
  'scoring_round',
  'score_sheet',
  'reopening',
  'tool_said',
  'tool_use',
  'tool_material',
  'tool_teacher',
  'tool_promise',
  'mention',
  'publication',
  'opinion',
  'decision',
  'version',
] as const

interface Arranged {
  readonly values: {
    team_id?: string
    trashed_at?: string | null
    visibility?: string
    commenting?: string
  }
  readonly deed: Pick<Deed, 'action' | 'detail'>
}

export class Arranging {
  readonly #journal: Journal
  readonly #documents: Documents
  readonly #teams: Teams
  readonly #now: () => Date
  constructor(journal: Journal, documents: Documents, teams: Teams, now: () => Date) {
    this.#journal = journal
    this.#documents = documents
    this.#teams = teams
    this.#now = now
  }

  /** Into another team: whoever is in it has it from now on, and nobody else. For those who coordinate both. */
  move(id: DocumentId, to: TeamId, claims: Claims): Promise<Refusal | null> {
    return this.#arrange(id, claims, { to }, ({ team_id: from }) => ({
      values: { team_id: to },
      deed: { action: 'document.move', detail: { from, to } },
    }))
  }

  /** Who may read it beside its team. What was published is not hidden in silence: archived, it says so and why. */
  show(id: DocumentId, to: Visibility, claims: Claims): Promise<Refusal | null> {
    return this.#arrange(id, claims, {}, ({ visibility: from, published }) =>
      published && to !== 'public'
        ? refusal('ILLEGAL_MOVE', 'a version is published: it is archived, and not hidden')
        : {
            values: { visibility: to },
            deed: { action: 'document.visibility', detail: { from, to } },
          },
    )
  }

  /** Who may comment beside the team. */
  setCommenting(id: DocumentId, commenting: Commenting, claims: Claims): Promise<Refusal | null> {
    return this.#arrange(id, claims, {}, () => ({
      values: { commenting },
      deed: { action: 'document.commenting', detail: { commenting } },
    }))
  }

  /** Nobody can open it any more; a coordinator can take it back for 30 days. */
  trash(id: DocumentId, claims: Claims): Promise<Refusal | null> {
    const trashed_at = this.#now().toISOString()
    return this.#arrange(id, claims, { trashing: true }, () => ({
      values: { trashed_at },
      deed: { action: 'document.trash', detail: {} },
    }))
  }

  takeBack(id: DocumentId, claims: Claims): Promise<Refusal | null> {
    return this.#arrange(id, claims, { trashed: true }, () => ({
      values: { trashed_at: null },
      deed: { action: 'document.takeBack', detail: {} },
    }))
  }

  /** Ends for good what has been in the trash for 30 days: text, comments and envelope. The audit rows stay. */
  async purge(): Promise<number> {
    const before = new Date(this.#now().getTime() - TRASH_KEPT_MS).toISOString()
    const due = await this.#journal.rows
      .selectFrom('document')
      .select('id')
      .where('trashed_at', '<=', before)
      .execute()
    for (const { id } of due) await this.#purge(id as DocumentId, before)
    return due.length
  }

  async #purge(id: DocumentId, before: string): Promise<void> {
    await this.#journal.transact(async (rows) => {
      const gone = await rows
        .deleteFrom('document')
        .where('id', '=', id)
        .where('trashed_at', '<=', before)
        .executeTakeFirst()
      // Taken back in this very moment.
      if (gone.numDeletedRows === 0n) return
      for (const table of OF_A_DOCUMENT) await rows.deleteFrom(table).where('document', '=', id).execute()
      await rows.updateTable('document').set({ parent: null }).where('parent', '=', id).execute()
      await rows.updateTable('document').set({ about: null }).where('about', '=', id).execute()
      for (const name of CHANNELS) {
        const channel = channelId(id, name)
        for (const table of CHANNEL_TABLES)
          await rows.deleteFrom(table).where('channel', '=', channel).execute()
        await rows.deleteFrom('channel').where('id', '=', channel).execute()
      }
      const at = this.#now().toISOString()
      await dismissAll(rows, at, id)
      await record(rows, { at, actor: '/system', action: 'document.purge', subject: id, detail: {} })
    })
  }

  /**
   * Who may is asked in the transaction: of two people who arrange one document at the same moment, the second finds it where
   * the first has put it, which may be a place that is not theirs.
   */
  async #arrange(
    id: DocumentId,
    claims: Claims,
    {
      to = null,
      trashed = false,
      trashing = false,
    }: { readonly to?: TeamId | null; readonly trashed?: boolean; readonly trashing?: boolean },
    become: (now: {
      readonly team_id: string
      readonly visibility: string
      readonly published: boolean
    }) => Arranged | Refusal,
  ): Promise<Refusal | null> {
    const at = this.#now().toISOString()
    const refused = await this.#journal.transact(async (rows) => {
      const now = await rows
        .selectFrom('document')
        .select(['team_id', 'trashed_at', 'visibility', 'about'])
        .where('id', '=', id)
        .executeTakeFirst()
      const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
      if (!now || (now.trashed_at !== null) !== trashed) return nothing
      const from = now.team_id as TeamId
      for (const team of to === null ? [from] : [from, to]) {
        const roles = await this.#teams.rolesIn(team, claims, rows)
        if (roles.length === 0) return nothing
        if (!roles.includes('coordinator')) return refusal('NOT_ALLOWED', 'for coordinators of the team')
      }
      // What others take over must not disappear under them.
      const below =
        trashing &&
        (await rows
          .selectFrom('document')
          .select('id')
          .where('parent', '=', id)
          .where('trashed_at', 'is', null)
          .limit(1)
          .executeTakeFirst())
      if (below) return refusal('IN_USE', 'other plans are below it')
      if (to !== null && now.about !== null)
        return refusal('ILLEGAL_MOVE', 'it goes where what it belongs to goes')
      // Whoever scores it might not be in the other team, and the sheets are sealed until those of this one reveal them.
      const scored =
        to !== null &&
        from !== to &&
        (await rows
          .selectFrom('scoring_round')
          .select('n')
          .where('document', '=', id)
          .where('state', '=', 'open')
          .executeTakeFirst())
      if (scored) return refusal('ILLEGAL_MOVE', 'a round of scores is open')
      // It is there already: nothing is done, and nothing is on record.
      if (from === to) return null
      const publication = await rows
        .selectFrom('publication')
        .select('n')
        .where('document', '=', id)
        .limit(1)
        .executeTakeFirst()
      const arranged = become({ ...now, published: publication !== undefined })
      if (isRefusal(arranged)) return arranged
      const { values, deed } = arranged
      await rows.updateTable('document').set(values).where('id', '=', id).execute()
      if (to !== null) await this.#takeAlong(rows, id, to, at)
      // Whom it waited for, and who could open it, was said of the place where it was.
      if ('team_id' in values || 'trashed_at' in values) await dismissAll(rows, at, id)
      await record(rows, { at, actor: claims.person, subject: id, ...deed })
      return null
    })
    if (!refused)
      for (const moved of [id, ...(await this.#belonging(id))]) this.#documents.standingChanged(moved)
    return refused
  }

  /** What belongs to it is of its team too. */
  async #takeAlong(rows: Transaction<Tables>, id: DocumentId, to: TeamId, at: string): Promise<void> {
    await rows.updateTable('document').set({ team_id: to }).where('about', '=', id).execute()
    for (const one of await this.#belonging(id, rows)) await dismissAll(rows, at, one)
  }
  async #belonging(id: DocumentId, rows: Rows = this.#journal.rows): Promise<DocumentId[]> {
    const found = await rows.selectFrom('document').select('id').where('about', '=', id).execute()
    return found.map((row) => row.id as DocumentId)
  }
}
