/**
 * Who wrote in the comments under which client id, kept when the server binds the id: a reader must not believe a name that
 * stands in an event, and a role that somebody has now says nothing of what they wrote with another.
 */
import type { Role } from '@auzolan/shared/grants.ts'
import type { Commenter, Commenters as Known } from '@auzolan/shared/comments/threads.ts'
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal, Rows } from '../journal/journal.ts'

export class Commenters {
  readonly #journal: Journal
  constructor(journal: Journal) {
    this.#journal = journal
  }

  /**
   * To be called when the ids are bound to this person. Whoever has lost a role keeps none of what they do with it under an id
   * of before; one that was won counts from the next id on.
   */
  async seen(
    document: DocumentId,
    clients: readonly number[],
    { person, name }: Claims,
    roles: readonly Role[],
  ): Promise<void> {
    if (clients.length === 0) return
    const known = await this.#journal.rows
      .selectFrom('commenter')
      .select(['client', 'person', 'roles'])
      .where('document', '=', document)
      .where('client', 'in', clients)
      .execute()
    for (const client of clients) {
      // A number that was given up, unused, may be somebody else's by now.
      const before = known.find((row) => row.client === client && row.person === person)
      const kept = before
        ? (JSON.parse(before.roles) as Role[]).filter((role) => roles.includes(role))
        : roles
      const row = { document, client, person, name, roles: JSON.stringify(kept) }
      if (row.roles === before?.roles) continue
      await this.#journal.rows
        .insertInto('commenter')
        .values(row)
        .onConflict((c) => c.columns(['document', 'client']).doUpdateSet(row))
        .execute()
      if (!before) await this.#forgetGivenUp(document, person)
    }
  }

  /** Of pages that never wrote anything the log gives up the numbers (limits), and so do we. */
  async #forgetGivenUp(document: DocumentId, person: string): Promise<void> {
    await this.#journal.rows
      .deleteFrom('commenter')
      .where('document', '=', document)
      .where('person', '=', person)
      .where('client', 'not in', (rows) =>
        rows
          .selectFrom('author')
          .select('author.client')
          .where('author.channel', '=', channelId(document, 'comments')),
      )
      .execute()
  }

  /** Those who have said something. */

  async of(document: DocumentId, rows: Rows = this.#journal.rows): Promise<Known> {
    const found = await rows
      .selectFrom('commenter')
      .innerJoin('author', 'author.client', 'commenter.client')
      .select(['commenter.client', 'commenter.person', 'commenter.name', 'commenter.roles'])
      .where('commenter.document', '=', document)
      .where('author.channel', '=', channelId(document, 'comments'))
      .where('author.clock', '>', 0)
      .execute()
    return new Map(
      found.map(({ client, person, name, roles }): [number, Commenter] => [
        client,
        { id: person, name, roles: JSON.parse(roles) as Role[] },
      ]),
    )
  }
}
