/**
 * Suggestions that were accepted: from then on whoever made one and whoever took it are authors of the text (DOMAIN W-01). The
 * row comes before the edit, which the accepter's own page makes: a page that fails in between has made an author too many, and
 * never one too few.
 */
import type { Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { Said } from '@auzolan/shared/comments/said.ts'
import { channelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { Standings } from '../review/standing.ts'
import { touch } from '../history/attribution.ts'
import type { Comments } from './comments.ts'

export interface SuggestionPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly comments: Comments
  readonly now: () => Date
}

export class Suggestions {
  readonly #ports: SuggestionPorts
  constructor(ports: SuggestionPorts) {
    this.#ports = ports
  }

  /** Who has made the suggestion is read from the log. Accepted twice it counts once. */
  async accept(claims: Claims, id: DocumentId, event: string): Promise<Refusal | null> {
    const { journal, standings, comments } = this.#ports
    const { said } = await comments.said(id)
    const threads = await comments.woven(id, said)
    const at = this.#ports.now().toISOString()
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!standing.roles.some((role) => WRITERS.includes(role)))
        return refusal('NOT_ALLOWED', 'for those who write')
      if (standing.flow.archived) return refusal('NOT_ALLOWED', 'archived')
      if (standing.flow.work === 'in_review') return refusal('LOCKED', 'in review')
      const suggested = said.find((one) => one.event.id === event && one.event.kind === 'suggest')
      const thread = threads.find((one) => one.id === event)
      if (!suggested || !thread?.suggestion) return refusal('NOT_FOUND', 'no such suggestion')
      if (thread.suggestion.state === 'rejected' || thread.first.hidden)
        return refusal('CHANGED_MEANWHILE', 'rejected, or taken back')
      const refused = await credit(rows, id, suggested, { id: claims.person, name: claims.name }, at)
      // Taken again, perhaps into a later version: they are authors of that one, too.
      return refused === 'known' ? countAgain(rows, id, suggested, claims.person, at) : refused
    })
  }

  /** Acceptances of which only the comments know: a page that did not follow the order. To be called before a text is frozen. */
  async settle(rows: Transaction<Tables>, id: DocumentId, said: readonly Said[], at: string): Promise<void> {
    for (const thread of await this.#ports.comments.everything(id, said, rows)) {
      const suggested = said.find((one) => one.event.id === thread.id)
      if (thread.suggestion?.state === 'accepted' && suggested)
        await credit(rows, id, suggested, thread.suggestion.by!, at)
    }
  }
}

async function credit(
  rows: Transaction<Tables>,
  id: DocumentId,
  { event, client }: Said,
  accepter: { readonly id: string; readonly name: string },
  at: string,
): Promise<Refusal | 'known' | null> {
  const owner = await rows
    .selectFrom('author')
    .leftJoin('commenter', (join) =>
      join.onRef('commenter.client', '=', 'author.client').on('commenter.document', '=', id),
    )
    .select(['author.person', 'commenter.name'])
    .where('author.channel', '=', channelId(id, 'comments'))
    .where('author.client', '=', client)
    .executeTakeFirst()
  if (!owner) return refusal('NOT_FOUND', 'a suggestion of nobody')
  const row = {
    document: id,
    event: event.id,
    author: owner.person,
    author_name: owner.name ?? owner.person,
    accepter: accepter.id,
    accepter_name: accepter.name,
    at,
  }
  const accepted = await rows
    .insertInto('accepted_suggestion')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (accepted.numInsertedOrUpdatedRows === 0n) return 'known'
  for (const person of new Set([owner.person, accepter.id])) await contributes(rows, id, person as PersonId)
  if (event.anchor) await touch(rows, id, event.anchor.path, owner.person, at)
  const detail = {
    event: event.id,
    author: owner.person,
    path: event.anchor?.path ?? '',
    digest: digestOf('accepted_suggestion', row),
  }
  await record(rows, { at, actor: accepter.id, action: 'suggestion.accept', subject: id, detail })
  return null
}

async function countAgain(
  rows: Transaction<Tables>,
  id: DocumentId,
  { event, client }: Said,
  accepter: PersonId,
  at: string,
): Promise<null> {
  const owner = await rows
    .selectFrom('author')
    .select('person')
    .where('channel', '=', channelId(id, 'comments'))
    .where('client', '=', client)
    .executeTakeFirst()
  for (const person of new Set([owner?.person ?? accepter, accepter]))
    await contributes(rows, id, person as PersonId)
  if (event.anchor && owner) await touch(rows, id, event.anchor.path, owner.person, at)
  return null
}

/** Counted like an entry in the content: so who may approve, now and for every later version, follows by itself. */
async function contributes(rows: Transaction<Tables>, id: DocumentId, person: PersonId): Promise<void> {
  await rows
    .insertInto('contribution')
    .values({ channel: channelId(id, 'content'), person, entries: 1 })
    .onConflict((c) =>
      c.columns(['channel', 'person']).doUpdateSet(({ ref, eb }) => ({
        entries: eb(ref('contribution.entries'), '+', 1),
      })),
    )
    .execute()
}
