/** Those who are told of each entry that the worker has read without harm: who wrote it, when, and which fields it touched. */
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { Journal } from '../journal/journal.ts'
import { SYSTEM } from './compaction.ts'
import type { Touch } from './touches.ts'

/** An entry of a person, and which fields of the text it has touched. */
export interface EntryRead {
  readonly seq: number
  readonly at: string
  readonly person: PersonId
  readonly paths: readonly string[]
}
export type EntriesRead = (channel: ChannelId, entries: readonly EntryRead[]) => Promise<void>

export class Readers {
  readonly #journal: Journal
  readonly #all: EntriesRead[] = []
  constructor(journal: Journal) {
    this.#journal = journal
  }

  add(reader: EntriesRead): void {
    this.#all.push(reader)
  }

  async tell(channel: ChannelId, touches: readonly Touch[]): Promise<void> {
    const [first, last] = [touches[0], touches.at(-1)]
    if (!first || !last || this.#all.length === 0) return
    const found = await this.#journal.rows
      .selectFrom('entry')
      .select(['seq', 'at', 'person'])
      .where('channel', '=', channel)
      .where('seq', '>=', first.seq)
      .where('seq', '<=', last.seq)
      .where('person', '!=', SYSTEM)
      .orderBy('seq')
      .execute()
    const paths = new Map(touches.map((one) => [one.seq, one.paths]))
    const entries = found.map((row) => ({
      ...row,
      person: row.person as PersonId,
      paths: paths.get(row.seq) ?? [],
    }))
    if (entries.length === 0) return
    for (const reader of this.#all) await reader(channel, entries)
  }
}
