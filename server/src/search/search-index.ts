/**
 * Keeps what can be found in step with what is written: each channel is read again soon after somebody has written in it, and what has changed
 * is exchanged. Beside it stands how far it was read, so that a restart forgets nothing.
 */
import type { Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Passage } from '@auzolan/shared/find/find.ts'
import { foldWithOffsets } from '@auzolan/shared/find/folded.ts'
import { channelNameOf, documentOf, type ChannelId } from '@auzolan/shared/ids.ts'
import { SEARCH_AGAIN_MS, SEARCH_WITHIN_MS } from '@auzolan/shared/limits.ts'
import type { Comments } from '../comments/comments.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import { Paced } from '../paced.ts'
import { wordsOf } from './which-words.ts'
import type { Words } from './words.ts'

export interface SearchIndexPorts {
  readonly journal: Journal
  readonly compaction: Compaction
  readonly comments: Comments
  readonly log: Logger
}

interface Text extends Passage {
  readonly restricted: boolean
}

/** The whole of a text is read each time: of a busy hour, reading takes one part in twenty. */
const PAUSES = 19
/** Rows are put in this many at a time: a statement takes only so many values. */
const ROWS_AT_ONCE = 500

export class SearchIndex {
  readonly #ports: SearchIndexPorts
  readonly #timers = new Map<ChannelId, NodeJS.Timeout>()
  readonly #busy = new Set<ChannelId>()
  readonly #looks = new Paced<ChannelId>(PAUSES)
  readonly #words: Words
  #closed = false
  constructor(ports: SearchIndexPorts) {
    this.#ports = ports
    this.#words = wordsOf(ports.journal.rows)
  }

  /** Somebody has come, or has written. */
  edited({ channel }: { readonly channel: ChannelId }): void {
    this.#lookIn(SEARCH_WITHIN_MS, channel)
  }

  /** Whatever is not as it is written: of before a stop, born without anybody there, renewed. Gives how much there was. */
  async catchUp(): Promise<number> {
    const behind = await this.#ports.journal.rows
      .selectFrom('channel')
      .leftJoin('search_look', 'search_look.channel', 'channel.id')
      .select('channel.id')
      .where('channel.seq', '>', 0)
      .where((row) =>
        row.or([
          row('search_look.seq', 'is', null),
          row('search_look.epoch', '!=', row.ref('channel.epoch')),
          row('search_look.seq', '<', row.ref('channel.seq')),
        ]),
      )
      .execute()
    for (const { id } of behind) await this.#lookNow(id as ChannelId)
    return behind.length
  }

  close(): void {
    this.#closed = true
    this.#looks.close()
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #lookIn(ms: number, channel: ChannelId): void {
    if (this.#closed || this.#timers.has(channel) || this.#looks.has(channel)) return
    const timer = setTimeout(() => {
      this.#timers.delete(channel)
      this.#looks.add(channel, () => this.#lookNow(channel))
    }, ms)
    timer.unref()
    this.#timers.set(channel, timer)
  }

  /** One look at a time for each channel; what comes meanwhile is for the next. */
  async #lookNow(channel: ChannelId): Promise<void> {
    if (this.#closed) return
    if (this.#busy.has(channel)) return this.#lookIn(SEARCH_WITHIN_MS, channel)
    this.#busy.add(channel)
    try {
      await this.#look(channel)
    } catch (error) {
      if (this.#closed) return
      this.#ports.log.warn({ err: error, channel }, 'a text could not be read for the search')
      this.#lookIn(SEARCH_AGAIN_MS, channel)
    } finally {
      this.#busy.delete(channel)
    }
  }

  async #look(channel: ChannelId): Promise<void> {
    const { journal } = this.#ports
    const head = await this.#head(journal.rows, channel)
    if (!head || (head.epoch === head.read_epoch && head.seq === head.read_seq)) return
    const { seq, texts } = await this.#read(channel)
    await journal.transact(async (rows) => {
      const now = await this.#head(rows, channel)
      // Purged, or renewed without what was erased: not a word of before comes back.
      if (now?.epoch !== head.epoch) return
      // Nor does an older reading take the place of what another node has read since.
      if (now.read_epoch === now.epoch && now.read_seq! >= seq) return
      await exchange(rows, channel, texts.map(writable), this.#words)
      const { epoch } = head
      await rows
        .insertInto('search_look')
        .values({ channel, epoch, seq })
        .onConflict((conflict) => conflict.column('channel').doUpdateSet({ epoch, seq }))
        .execute()
    })
  }

  /** How far its log goes, and how far that was read. */
  #head(rows: Rows, channel: ChannelId) {
    return rows
      .selectFrom('channel')
      .leftJoin('search_look', 'search_look.channel', 'channel.id')
      .select([
        'channel.epoch',
        'channel.seq',
        'search_look.epoch as read_epoch',
        'search_look.seq as read_seq',
      ])
      .where('channel.id', '=', channel)
      .executeTakeFirst()
  }

  async #read(channel: ChannelId): Promise<{ readonly seq: number; readonly texts: readonly Text[] }> {
    const { journal, compaction, comments } = this.#ports
    if (channelNameOf(channel) === 'comments') {
      const { seq, said } = await comments.said(documentOf(channel))
      const threads = await comments.woven(documentOf(channel), said)
      const texts = threads.flatMap(({ id, path, first, replies }) =>
        [first, ...replies]
          .filter(({ hidden, body }) => !hidden && body !== '')
          .map((remark) => ({
            path: `comments/${id}/${remark.id}`,
            section: path?.split(/[./]/)[0] ?? '',
            label: '',
            language: null,
            record: remark.by.name,
            text: remark.body,
            restricted: false,
          })),
      )
      return { seq, texts }
    }
    const log = await readOn(journal, channel, 0)
    const { open, restricted } = await compaction.passages({ channel, ...log })
    return {
      seq: log.entries.at(-1)?.seq ?? log.snapshot?.seq ?? 0,
      texts: [
        ...open.map((one) => ({ ...one, restricted: false })),
        ...restricted.map((one) => ({ ...one, restricted: true })),
      ],
    }
  }
}

/** U+0000 is no sign that anybody looks for, and not every store keeps it in a text. */
const writable = (one: Text): Text => {
  const [text, record] = [one.text, one.record].map((words) => words.replaceAll('\0', ' '))
  return { ...one, text: text!, record: record! }
}

/** Puts in what is new, takes out what has gone, and leaves alone what is as it was. */
async function exchange(
  rows: Transaction<Tables>,
  channel: ChannelId,
  texts: readonly Text[],
  words: Words,
): Promise<void> {
  const [document, kind] = [documentOf(channel), channelNameOf(channel)]
  const there = await rows
    .selectFrom('passage')
    .select(['id', 'path', 'text', 'record', 'restricted'])
    .where('document', '=', document)
    .where('kind', '=', kind)
    .execute()
  const key = (one: { path: string; text: string; record: string; restricted: number | boolean }): string =>
    JSON.stringify([one.path, one.text, one.record, Number(one.restricted)])
  const wanted = new Map(texts.map((one) => [key(one), one]))
  const gone = there.filter((row) => !wanted.delete(key(row))).map(({ id }) => id)
  for (let i = 0; i < gone.length; i += ROWS_AT_ONCE)
    await rows
      .deleteFrom('passage')
      .where('id', 'in', gone.slice(i, i + ROWS_AT_ONCE))
      .execute()
  const fresh = [...wanted.values()].map(({ restricted, ...one }) => ({
    ...one,
    document,
    kind,
    restricted: restricted ? 1 : 0,
    folded: foldWithOffsets(one.text).text,
  }))
  for (let i = 0; i < fresh.length; i += ROWS_AT_ONCE) {
    const some = fresh.slice(i, i + ROWS_AT_ONCE)
    await rows.insertInto('passage').values(some).execute()
    await words.added(rows, some)
  }
}
