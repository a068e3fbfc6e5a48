/** Out of use and back: what is archived is read and no longer written, until a director opens it again. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { isReason, type Move } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import { dismissAll } from '../outbox/outbox.ts'
import type { Journal } from '../journal/journal.ts'
import { moveOf, store, type Standings } from './standing.ts'

export interface ArchivingPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly now: () => Date
}

export class Archiving {
  readonly #ports: ArchivingPorts
  constructor(ports: ArchivingPorts) {
    this.#ports = ports
  }

  archive(claims: Claims, id: DocumentId, reason: string): Promise<Refusal | null> {
    const at = this.#ports.now().toISOString()
    return this.#step(claims, id, { kind: 'archive', reason: reason.trim(), at }, { reason: reason.trim() })
  }

  /** The next approval then makes a new version. */
  reopen(claims: Claims, id: DocumentId): Promise<Refusal | null> {
    return this.#step(claims, id, { kind: 'reopen' }, {})
  }

  /** Who has archived it last. */
  async archivist(id: DocumentId): Promise<string | null> {
    const row = await this.#ports.journal.rows
      .selectFrom('audit')
      .select('actor')
      .where('subject', '=', id)
      .where('action', '=', 'document.archive')
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.actor ?? null
  }

  async #step(
    claims: Claims,
    id: DocumentId,
    move: Move & { readonly kind: 'archive' | 'reopen' },
    detail: { readonly [key: string]: string },
  ): Promise<Refusal | null> {
    const { journal, documents, standings, now } = this.#ports
    const at = now().toISOString()
    const refused = await journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      const flow = moveOf(standing, move, false)
      if (isRefusal(flow)) return flow
      if (move.kind === 'archive' && !isReason(move.reason))
        return refusal('INVALID_INPUT', 'a reason is missing')
      await store(rows, id, flow)
      // Nobody is called to what is out of use.
      if (move.kind === 'archive') await dismissAll(rows, at, id)
      const action = `document.${move.kind}`
      await record(rows, { at, actor: claims.person, action, subject: id, detail })
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
  }
}
