/** The comments of a document as the server reads them from its log: what was said, and the threads it makes. */
import type { Said } from '@auzolan/shared/comments/said.ts'
import { allThreadsOf, threadsOf, type Thread } from '@auzolan/shared/comments/threads.ts'
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import type { Commenters } from './commenters.ts'

/** What was said up to a place of the log. */
export interface SaidSoFar {
  readonly epoch: number
  readonly seq: number
  readonly said: readonly Said[]
}

export class Comments {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #commenters: Commenters
  constructor(journal: Journal, compaction: Compaction, commenters: Commenters) {
    this.#journal = journal
    this.#compaction = compaction
    this.#commenters = commenters
  }

  async said(document: DocumentId): Promise<SaidSoFar> {
    const channel = channelId(document, 'comments')
    const head = await this.#head(this.#journal.rows, document)
    if (!head || head.seq === 0) return { epoch: head?.epoch ?? 0, seq: 0, said: [] }
    const log = await readOn(this.#journal, channel, 0)
    const said = await this.#compaction.said({ channel, ...log })
    return { epoch: head.epoch, seq: log.entries.at(-1)?.seq ?? log.snapshot?.seq ?? 0, said }
  }

  async threads(document: DocumentId): Promise<readonly Thread[]> {
    const { said } = await this.said(document)
    return this.woven(document, said)
  }

  async woven(document: DocumentId, said: readonly Said[], rows?: Rows): Promise<readonly Thread[]> {
    return threadsOf(said, await this.#commenters.of(document, rows))
  }

  /** Also what was hidden. */
  async everything(document: DocumentId, said: readonly Said[], rows: Rows): Promise<readonly Thread[]> {
    return allThreadsOf(said, await this.#commenters.of(document, rows))
  }

  /** Whether nothing has been said since. */
  async isStill(rows: Rows, document: DocumentId, { epoch, seq }: SaidSoFar): Promise<boolean> {
    const now = await this.#head(rows, document)
    return (now?.epoch ?? 0) === epoch && (now?.seq ?? 0) === seq
  }

  #head(rows: Rows, document: DocumentId): Promise<{ epoch: number; seq: number } | undefined> {
    return rows
      .selectFrom('channel')
      .select(['epoch', 'seq'])
      .where('id', '=', channelId(document, 'comments'))
      .executeTakeFirst()
  }
}
