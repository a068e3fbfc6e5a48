/** Where somebody was named in a comment and has not looked since; for that person alone. */
import type { Someone } from '@auzolan/shared/protocol/review.ts'
import type { Mention } from '@auzolan/shared/protocol/notices.ts'
import { MENTIONS_KEPT_MAX } from '@auzolan/shared/limits.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import type { Transaction } from 'kysely'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal, Tables } from '../journal/journal.ts'

export class Mentioned {
  readonly #journal: Journal
  readonly #documents: Documents
  constructor(journal: Journal, documents: Documents) {
    this.#journal = journal
    this.#documents = documents
  }

  /** In documents that the person may still read, the newest first. */
  async of(claims: Claims): Promise<Mention[]> {
    const rows = await this.#journal.rows
      .selectFrom('mentioned')
      .selectAll()
      .where('person', '=', claims.person)
      .orderBy('at', 'desc')
      .orderBy('event')
      .limit(MENTIONS_KEPT_MAX)
      .execute()
    if (rows.length === 0) return []
    const titles = new Map(
      (await this.#documents.listFor(claims)).map(({ id, title }) => [id as string, title]),
    )
    return rows.flatMap(({ document, event, by_id, by_name, at }): Mention[] => {
      const title = titles.get(document)
      return title ? [{ document, title, comment: event, by: { id: by_id, name: by_name }, at }] : []
    })
  }

  /** They have opened the comments of this document. */
  async seen(person: PersonId, document: DocumentId): Promise<void> {
    await this.#journal.rows
      .deleteFrom('mentioned')
      .where('person', '=', person)
      .where('document', '=', document)
      .execute()
  }

  /** Nobody is left whom it could be for. */
  async forget(people: readonly string[]): Promise<void> {
    for (const person of people)
      await this.#journal.rows.deleteFrom('mentioned').where('person', '=', person).execute()
  }
}

/** With the notice, in its transaction: whoever is told by nobody else finds it here. */
export async function note(
  rows: Transaction<Tables>,
  people: readonly string[],
  mention: {
    readonly document: DocumentId
    readonly event: string
    readonly by: Someone
    readonly at: string
  },
): Promise<void> {
  const { document, event, by, at } = mention
  for (const person of people)
    await rows
      .insertInto('mentioned')
      .values({ person, document, event, by_id: by.id, by_name: by.name, at })
      .onConflict((c) => c.doNothing())
      .execute()
}
