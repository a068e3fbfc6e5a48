/**
 * Who has written in which document, when, and in which of its sections: one audit row a session of editing, and never what
 * was typed. What is read here was committed, and read by the worker without harm.
 */
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import {
  channelNameOf,
  documentOf,
  type ChannelId,
  type DocumentId,
  type PersonId,
} from '@auzolan/shared/ids.ts'
import { EDIT_SESSION_IDLE_MS, EDIT_SESSION_MAX_MS } from '@auzolan/shared/limits.ts'
import { sectionOfRoot } from '@auzolan/shared/schema/shapes.ts'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import type { EntryRead } from '../compaction/readers.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { typeOfStored } from '../journal/type-of.ts'

const ACTION = 'document.edit'
/** Rows of before that are looked at after a start: several people may have had a session at once. */
const EARLIER_ROWS = 50

interface EditSession {
  readonly document: DocumentId
  readonly person: PersonId
  readonly from: string
  to: string
  seq: number
  entries: number
  readonly sections: Set<string>
}

export class EditSessions {
  readonly #journal: Journal
  readonly #now: () => Date
  readonly #open = new Map<string, EditSession>()
  /** Up to which entry a document has been told of: after a start its log is read again. */
  readonly #told = new Map<DocumentId, number>()

  /** What there is to write in it; a document stays of its type. */
  readonly #contents = new Map<DocumentId, TypeOfDocument['content']>()

  constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  async read(channel: ChannelId, entries: readonly EntryRead[]): Promise<void> {
    if (channelNameOf(channel) !== 'content') return
    const document = documentOf(channel)
    const told = this.#told.get(document) ?? (await this.#recorded(document))
    this.#told.set(document, told)
    const content = this.#contents.get(document) ?? (await this.#contentOf(document))
    for (const { seq, at, person, paths } of entries) {
      if (seq <= told) continue
      const key = `${document} ${person}`
      const last = this.#open.get(key)
      if (last && Date.parse(at) - Date.parse(last.to) >= EDIT_SESSION_IDLE_MS) await this.#record([last])
      const session = this.#open.get(key) ?? {
        document,
        person,
        from: at,
        to: at,
        seq,
        entries: 0,
        sections: new Set(),
      }
      session.to = at
      session.seq = seq
      session.entries += 1
      for (const path of paths) {
        const section = sectionOfRoot(content, path.split('/')[0]!)
        if (section !== null) session.sections.add(section)
      }
      this.#open.set(key, session)
      this.#told.set(document, seq)
    }
  }

  /** Writes down the sessions that have ended, or become long. */
  async sweep(): Promise<void> {
    const now = this.#now().getTime()
    await this.#record(
      [...this.#open.values()].filter(({ from, to }) => {
        const [idle, length] = [now - Date.parse(to), now - Date.parse(from)]
        // A clock that was set back must not keep a session open for hours.
        return idle >= EDIT_SESSION_IDLE_MS || length >= EDIT_SESSION_MAX_MS || idle < -EDIT_SESSION_IDLE_MS
      }),
    )
  }

  /** Before a stop: what is open ends here. */
  close(): Promise<void> {
    return this.#record([...this.#open.values()])
  }

  async #record(sessions: readonly EditSession[]): Promise<void> {
    if (sessions.length === 0) return
    for (const { document, person } of sessions) this.#open.delete(`${document} ${person}`)
    const at = this.#now().toISOString()
    await this.#journal.transact(async (rows) => {
      for (const { document, person, from, to, seq, entries, sections } of sessions) {
        // Every node that has the document open has seen the same session.
        if ((await recordedSeq(rows, document, person)) >= seq) continue
        await record(rows, {
          at,
          actor: person,
          action: ACTION,
          subject: document,
          detail: { from, to, seq, entries, sections: [...sections].sort() },
        })
      }
    })
  }

  async #contentOf(document: DocumentId): Promise<TypeOfDocument['content']> {
    const { content } = typeOfDocument(await typeOfStored(this.#journal.rows, document))
    this.#contents.set(document, content)
    return content
  }

  async #recorded(document: DocumentId): Promise<number> {
    return recordedSeq(this.#journal.rows, document)
  }
}

/** Up to which entry the audit tells of a document. @param person whose sessions alone */
async function recordedSeq(from: Rows, document: DocumentId, person?: PersonId): Promise<number> {
  const rows = await from
    .selectFrom('audit')
    .select('detail')
    .where('subject', '=', document)
    .where('action', '=', ACTION)
    .$if(person !== undefined, (query) => query.where('actor', '=', person!))
    .orderBy('n', 'desc')
    .limit(EARLIER_ROWS)
    .execute()
  return Math.max(0, ...rows.map(({ detail }) => (JSON.parse(detail) as { seq?: number }).seq ?? 0))
}
