/** The audit as it leaves the server: line by line, read in pages, with an end that is fixed before the first line. */
import type { Transaction } from 'kysely'
import { AUDIT_EXPORT_MAX_ROWS } from '@auzolan/shared/limits.ts'
import { CHANNELS, channelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { FIRST, record, type ChainRow } from './audit.ts'
import type { Journal, Tables } from './journal.ts'

export const AUDIT_FORMAT = 'auzolan-audit'
export const EXPORT_FORMATS = ['json', 'csv'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportRange {
  readonly format: ExportFormat
  /** ISO dates, both included; `null` where it is open. */
  readonly from: string | null
  readonly to: string | null
}

const PAGE_ROWS = 500
const COLUMNS = ['n', 'at', 'actor', 'action', 'subject', 'detail', 'prev_hash', 'hash'] as const

export class AuditExport {
  readonly #journal: Journal
  readonly #now: () => Date
  readonly #maxRows: number
  constructor(journal: Journal, now: () => Date, maxRows = AUDIT_EXPORT_MAX_ROWS) {
    this.#journal = journal
    this.#now = now
    this.#maxRows = maxRows
  }

  /** An export is a deed like others: it stands in the audit before its first line leaves, and in the export itself. */
  async lines(by: PersonId, document: DocumentId | null, range: ExportRange): Promise<AsyncIterable<string>> {
    const at = this.#now().toISOString()
    const rows = await this.#journal.transact(async (transaction) => {
      const detail = { ...range, ...(document === null ? {} : { document }) }
      const subject = document ?? 'audit'
      await record(transaction, { at, actor: by, action: 'audit.export', subject, detail })
      return boundsOf(transaction, range)
    })
    return range.format === 'csv' ? this.#csv(document, rows) : this.#json(document, range, rows, at)
  }

  /** Something else has left the server as a file. */
  async told(by: PersonId, document: DocumentId, what: string, version: number): Promise<void> {
    const at = this.#now().toISOString()
    await this.#journal.transact((rows) =>
      record(rows, { at, actor: by, action: `${what}.export`, subject: document, detail: { version } }),
    )
  }

  async *#csv(document: DocumentId | null, bounds: Bounds): AsyncIterable<string> {
    // Spreadsheets take UTF-8 for something else unless it begins like this.
    yield `\uFEFF${COLUMNS.join(',')}\r\n`
    for await (const page of this.#pages(document, bounds))
      yield page.map((row) => `${COLUMNS.map((column) => cell(row[column])).join(',')}\r\n`).join('')
  }

  async *#json(
    document: DocumentId | null,
    { from, to }: ExportRange,
    bounds: Bounds,
    exportedAt: string,
  ): AsyncIterable<string> {
    let rows = 0
    let end: ChainRow | null = null
    const begins = document === null ? await this.#begins(bounds) : null
    const head = {
      format: AUDIT_FORMAT,
      v: 1,
      scope: document ?? 'all',
      from,
      to,
      exportedAt,
      begins,
      rows: [],
    }
    // One row a line: whoever checks a file of a gigabyte reads it row by row.
    yield JSON.stringify(head).slice(0, -2)
    for await (const page of this.#pages(document, bounds)) {
      yield page.map((row, i) => `${rows + i > 0 ? ',' : ''}\n${JSON.stringify(readable(row))}`).join('')
      rows += page.length
      end = page.at(-1) ?? end
    }
    const more = rows >= this.#maxRows && end !== null && end.n < bounds.last
    yield `\n],"end":${JSON.stringify({ rows, more, n: end?.n ?? null, hash: end?.hash ?? null })}}\n`
  }

  /** What the first row follows. */
  async #begins({ first }: Bounds): Promise<string> {
    const before = await this.#journal.rows
      .selectFrom('audit')
      .select('hash')
      .where('n', '<', first)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    return before?.hash ?? FIRST
  }

  async *#pages(document: DocumentId | null, { first, last }: Bounds): AsyncIterable<ChainRow[]> {
    let after = first - 1
    for (let left = this.#maxRows; left > 0;) {
      const page = await this.#journal.rows
        .selectFrom('audit')
        .selectAll()
        .where('n', '>', after)
        .where('n', '<=', last)
        .$if(document !== null, (query) => query.where('subject', 'in', subjectsOf(document!)))
        .orderBy('n')
        .limit(Math.min(PAGE_ROWS, left))
        .execute()
      if (page.length === 0) return
      yield page
      after = page.at(-1)!.n
      left -= page.length
    }
  }
}

interface Bounds {
  readonly first: number
  readonly last: number
}

/** From the first to the last row of these days, without gaps: a clock that was set back must not break the chain. */
async function boundsOf(rows: Transaction<Tables>, { from, to }: ExportRange): Promise<Bounds> {
  const { first, last } = await rows
    .selectFrom('audit')
    .select((row) => [row.fn.min('n').as('first'), row.fn.max('n').as('last')])
    .$if(from !== null, (query) => query.where('at', '>=', from!))
    .$if(to !== null, (query) => query.where('at', '<', dayAfter(to!)))
    .executeTakeFirstOrThrow()
  return { first: Number(first ?? 1), last: Number(last ?? 0) }
}

const subjectsOf = (document: DocumentId): string[] => [
  document,
  ...CHANNELS.map((name) => channelId(document, name)),
]
const dayAfter = (date: string): string => new Date(Date.parse(date) + 24 * 60 * 60 * 1000).toISOString()

/** With its detail opened, for people; where it is no JSON any more, as it stands there. */
function readable(row: ChainRow): object {
  try {
    return { ...row, detail: JSON.parse(row.detail) as object }
  } catch {
    return row
  }
}

/** A spreadsheet takes what begins with one of these for a formula; some skip blanks before it. */
const FORMULA = /^(?:[=+\-@＝＋－＠]|\s)/u
const cell = (value: string | number): string => {
  if (typeof value === 'number') return String(value)
  // Where the list separator is a semicolon, a cell is cut there, quotes or not.
  const cut = value.replace(/(;)(?=\s*[=+\-@＝＋－＠])/gu, "$1'")
  return `"${(FORMULA.test(cut) ? `'${cut}` : cut).replaceAll('"', '""')}"`
}
