/** What was done with comments of citizens, and why: rows for the team, in no export and in no text (DOMAIN A.11). */
import type { Selectable } from 'kysely'
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { MODERATION_ROWS_MAX, MODERATION_SHOWN_MAX } from '@auzolan/shared/limits.ts'
import {
  addressesOthers,
  blockReviewBy,
  namesAccount,
  needsReason,
  needsSecond,
  type Moderated,
  type ModerationGiven,
} from '@auzolan/shared/protocol/moderation.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { post } from '../outbox/outbox.ts'
import { blockKey } from '../reminding/unconfirmed-blocks.ts'
import type { Standing, Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'

export interface ModerationPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

export class Moderation {
  readonly #ports: ModerationPorts
  constructor(ports: ModerationPorts) {
    this.#ports = ports
  }

  /** For the team. */
  async list(claims: Claims, id: DocumentId): Promise<Moderated[] | Refusal> {
    const { journal, standings, organisation } = this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    const { timeZone } = await organisation.read()
    const found = await journal.rows
      .selectFrom('moderation')
      .selectAll()
      .where('document', '=', id)
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(MODERATION_SHOWN_MAX)
      .execute()
    return found.map((row) => moderatedOf(row, timeZone))
  }

  /** Our account names, as the text has them now. */
  async #handles(id: DocumentId): Promise<string[]> {
    const frozen = await this.#ports.versions.freeze(id)
    if (isRefusal(frozen)) return []
    return parsePlan(frozen.json, []).profiles.profiles.map(({ handle }) => handle)
  }

  /** By those who write the plan: they look after its profiles. */
  async log(claims: Claims, id: DocumentId, given: ModerationGiven): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    const at = now().toISOString()
    if (needsReason(given.action) && given.reason === null)
      return refusal('INVALID_INPUT', `P-22 ${given.action} without a reason`)
    if (namesAccount(given.note)) return refusal('INVALID_INPUT', 'an account is named')
    const readOnly = notModerator(await standings.of(journal.rows, id, claims))
    if (readOnly) return readOnly
    if (addressesOthers(given.postUrl, []) && addressesOthers(given.postUrl, await this.#handles(id)))
      return refusal('INVALID_INPUT', 'the address names an account')
    return journal.transact(async (rows) => {
      const refused = notModerator(await standings.of(rows, id, claims))
      if (refused) return refused
      const known = await rows
        .selectFrom('moderation')
        .select(['document', 'moderator', 'action'])
        .where('id', '=', given.id)
        .executeTakeFirst()
      if (known)
        return known.document === id && known.moderator === claims.person && known.action === given.action
          ? null
          : refusal('CHANGED_MEANWHILE', 'another row has this id')
      const { count } = await rows
        .selectFrom('moderation')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('document', '=', id)
        .executeTakeFirstOrThrow()
      if (Number(count) >= MODERATION_ROWS_MAX) return refusal('DOCUMENT_FULL', 'a very long log')
      const { id: row, profile, postUrl, reason, action, note } = given
      await rows
        .insertInto('moderation')
        .values({
          id: row,
          document: id,
          at,
          profile,
          post_url: postUrl,
          reason,
          action,
          note,
          moderator: claims.person,
          moderator_name: claims.name,
          confirmed_by: null,
          confirmed_name: null,
          confirmed_at: null,
        })
        .execute()
      const detail = { moderation: row, profile, reason, action }
      await record(rows, { at, actor: claims.person, action: 'moderation.log', subject: id, detail })
      return null
    })
  }

  /** A second person has looked at it and agrees. */
  async confirm(claims: Claims, id: DocumentId, row: string): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      const refused = notModerator(await standings.of(rows, id, claims))
      if (refused) return refused
      const found = await rows
        .selectFrom('moderation')
        .selectAll()
        .where('document', '=', id)
        .where('id', '=', row)
        .executeTakeFirst()
      if (!found) return refusal('NOT_FOUND', 'no such row')
      if (!needsSecond(found.action as Moderated['action']) || found.confirmed_by !== null)
        return refusal('ILLEGAL_MOVE', 'nothing to confirm')
      if (found.moderator === claims.person) return refusal('NOT_ALLOWED', 'somebody else confirms it')
      await rows
        .updateTable('moderation')
        .set({ confirmed_by: claims.person, confirmed_name: claims.name, confirmed_at: at })
        .where('id', '=', row)
        .execute()
      await post(rows, at, { kind: 'dismiss', key: blockKey(id, row) })
      const detail = { moderation: row }
      await record(rows, { at, actor: claims.person, action: 'moderation.confirm', subject: id, detail })
      return null
    })
  }
}

function notModerator(standing: Standing | Refusal): Refusal | null {
  if (isRefusal(standing)) return standing
  if (!standing.roles.some((role) => WRITERS.includes(role)))
    return refusal('NOT_ALLOWED', 'for those who write it')
  return standing.flow.archived ? refusal('ILLEGAL_MOVE', 'an archived document') : null
}

function moderatedOf(row: Selectable<Tables['moderation']>, timeZone: string): Moderated {
  const action = row.action as Moderated['action']
  const confirmed =
    row.confirmed_by === null
      ? null
      : { by: { id: row.confirmed_by, name: row.confirmed_name ?? '' }, at: row.confirmed_at ?? '' }
  return {
    id: row.id,
    at: row.at,
    profile: row.profile,
    postUrl: row.post_url,
    reason: row.reason as Moderated['reason'],
    action,
    note: row.note,
    by: { id: row.moderator, name: row.moderator_name },
    confirmed,
    reviewBy: needsSecond(action) && !confirmed ? blockReviewBy(row.at, timeZone) : null,
  }
}
