/**
 * Who has read an approved version, by their own word. Counted and never listed: neither a route nor the audit tells who
 * they are, and nobody can say it for somebody else (DOMAIN A.9).
 */
import { progressOf } from '@auzolan/shared/approval-route.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import type { Acknowledgement } from '@auzolan/shared/protocol/acknowledgement.ts'
import type { Journal } from '../journal/journal.ts'
import { routeOf, type Versions } from './versions.ts'

export interface AcknowledgementPorts {
  readonly journal: Journal
  readonly versions: Versions
}

export class Acknowledgements {
  readonly #journal: Journal
  readonly #versions: Versions
  constructor({ journal, versions }: AcknowledgementPorts) {
    this.#journal = journal
    this.#versions = versions
  }

  /** Said twice counts once. */
  async give(person: PersonId, document: DocumentId, n: number): Promise<Refusal | null> {
    return this.#journal.transact(async (rows) => {
      const version = await this.#versions.row(rows, document, n)
      if (!version) return refusal('NOT_FOUND', 'no such version')
      const approvals = await this.#versions.approvals(rows, document, n)
      if (version.label !== null || !progressOf(routeOf(version), approvals).reached)
        return refusal('ILLEGAL_MOVE', 'not approved: it may still change')
      await rows
        .insertInto('acknowledged')
        .values({ document, n, person })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return null
    })
  }

  async read(person: PersonId, document: DocumentId, n: number): Promise<Acknowledgement | Refusal> {
    const { rows } = this.#journal
    const version = rows.selectFrom('version').select('n').where('document', '=', document).where('n', '=', n)
    if (!(await version.executeTakeFirst())) return refusal('NOT_FOUND', 'no such version')
    const all = rows.selectFrom('acknowledged').where('document', '=', document).where('n', '=', n)
    const counted = await all.select(({ fn }) => fn.countAll().as('count')).executeTakeFirst()
    const own = await all.select('n').where('person', '=', person).executeTakeFirst()
    return { count: Number(counted?.count ?? 0), mine: own !== undefined }
  }
}
