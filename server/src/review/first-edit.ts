/**
 * Whoever writes after changes were asked for has gone on with the work: the first edit since then says so by itself
 * (DOMAIN D.2 "resume"). It follows the edit within two seconds, and a start of the server: the edit is never held up by it.
 */
import { isRefusal } from '@auzolan/shared/codes.ts'
import { channelNameOf, documentOf, type ChannelId } from '@auzolan/shared/ids.ts'
import { moved } from '@auzolan/shared/workflow.ts'
import type { EntryRead } from '../compaction/readers.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import { tellResumed } from './notices.ts'
import { envelopes, flowOf, store } from './standing.ts'
import type { Versions } from './versions.ts'

export interface FirstEditPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly versions: Versions
  readonly now: () => Date
}

export class FirstEdit {
  readonly #ports: FirstEditPorts
  constructor(ports: FirstEditPorts) {
    this.#ports = ports
  }

  async read(channel: ChannelId, entries: readonly EntryRead[]): Promise<void> {
    if (channelNameOf(channel) !== 'content') return
    const { journal, documents, versions, now } = this.#ports
    const id = documentOf(channel)
    const { work } = (await journal.rows
      .selectFrom('document')
      .select('work')
      .where('id', '=', id)
      .executeTakeFirst()) ?? { work: null }
    if (work !== 'changes_requested') return
    const at = now().toISOString()
    const done = await journal.transact(async (rows) => {
      const row = await envelopes(rows).where('document.id', '=', id).executeTakeFirst()
      if (!row) return false
      const flow = moved(flowOf(row), { kind: 'resume' })
      if (isRefusal(flow)) return false
      // What was written before the version was frozen is the text that changes were asked for.
      const latest = await versions.latest(rows, id)
      const frozenAt = latest?.seq ?? 0
      const first = entries.find(({ seq }) => seq > frozenAt)
      if (!first) return false
      await store(rows, id, flow)
      const detail = { by: 'edit', seq: first.seq }
      await record(rows, { at, actor: first.person, action: 'review.resume', subject: id, detail })
      if (latest) await tellResumed(rows, at, id, latest.n)
      return true
    })
    if (done) documents.standingChanged(id)
  }
}
