/** The calendars of plans as the server reads them from their logs. */
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import type { Calendar } from '@auzolan/shared/schema/calendar.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Usage } from '../files/files.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'

/** A calendar up to a place of its log. */
export interface CalendarRead {
  readonly epoch: number
  readonly seq: number
  readonly calendar: Calendar
}

/** Read again only when they have changed: those that were asked for last. */
const KEPT_MAX = 50
const NOTHING: Calendar = { posts: [], variants: [], mentions: [], media: [] }

export class Calendars {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #kept = new Map<DocumentId, CalendarRead>()
  /** Of many who ask at once for the same, one reads. */
  readonly #reading = new Map<string, Promise<CalendarRead>>()
  constructor(journal: Journal, compaction: Compaction) {
    this.#journal = journal
    this.#compaction = compaction
  }

  async read(document: DocumentId): Promise<CalendarRead> {
    const head = await this.#head(this.#journal.rows, document)
    const kept = this.#kept.get(document)
    if (kept && kept.epoch === head.epoch && kept.seq === head.seq) return kept
    const key = `${document} ${head.epoch} ${head.seq}`
    const reading = this.#reading.get(key) ?? this.#readNow(document, head.epoch)
    this.#reading.set(key, reading)
    try {
      return await reading
    } finally {
      this.#reading.delete(key)
    }
  }

  /** Which files its media are. */
  async usage(document: DocumentId): Promise<Usage> {
    const read = await this.read(document)
    const shown = new Set(
      read.calendar.media.flatMap(({ file, captions }) => [file?.sha256, captions?.sha256]),
    )
    return {
      shows: (sha256) => shown.has(sha256),
      isStill: (rows, sha256) => this.#isStillWithout(rows, document, read, sha256),
    }
  }

  /** Whether nothing that has been written since has this hash in it: letters elsewhere show no file. */
  async #isStillWithout(
    rows: Rows,
    document: DocumentId,
    { epoch, seq }: CalendarRead,
    sha256: string,
  ): Promise<boolean> {
    const now = await this.#head(rows, document)
    if (now.epoch !== epoch) return false
    const since = await rows
      .selectFrom('entry')
      .select('bytes')
      .where('channel', '=', channelId(document, 'calendar'))
      .where('seq', '>', seq)
      .execute()
    // Fewer than were written: they were put together meanwhile.
    return since.length === now.seq - seq && !since.some(({ bytes }) => Buffer.from(bytes).includes(sha256))
  }

  async #readNow(document: DocumentId, epoch: number): Promise<CalendarRead> {
    const channel = channelId(document, 'calendar')
    const log = await readOn(this.#journal, channel, 0)
    const seq = log.entries.at(-1)?.seq ?? log.snapshot?.seq ?? 0
    const calendar =
      seq === 0
        ? NOTHING
        : (JSON.parse((await this.#compaction.canonical({ channel, ...log })).json) as { calendar: Calendar })
            .calendar
    const read = { epoch, seq, calendar }
    this.#kept.delete(document)
    this.#kept.set(document, read)
    for (const oldest of this.#kept.keys())
      if (this.#kept.size > KEPT_MAX) this.#kept.delete(oldest)
      else break
    return read
  }

  async #head(rows: Rows, document: DocumentId): Promise<{ epoch: number; seq: number }> {
    const row = await rows
      .selectFrom('channel')
      .select(['epoch', 'seq'])
      .where('id', '=', channelId(document, 'calendar'))
      .executeTakeFirst()
    return row ?? { epoch: 0, seq: 0 }
  }
}
