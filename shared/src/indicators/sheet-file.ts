/**
 * A month's figures from a file or from the clipboard: which column is which profile, which row which figure, and what is wrong by
 * its line. With one thing wrong nothing is taken.
 */
import { FIGURES_FILE_LINES_MAX, FIGURES_FILE_MAX_BYTES, FIGURES_PROBLEMS_MAX } from '../limits.ts'
import { csvLines, type CsvLine } from '../reference/csv.ts'
import { fold } from '../reference/list.ts'
import { readFigure, type DecimalSign } from './figure-text.ts'
import type { Figure } from './figures.ts'
import { takesDecimals } from './metrics.ts'
import { readMonth } from './month-text.ts'
import type { Span } from './periods.ts'

export interface SheetColumn {
  readonly profile: string
  /** Whatever a file may call it. */
  readonly names: readonly string[]
}
export interface SheetRow {
  readonly metric: string
  readonly names: readonly string[]
  /** Where the figure is of another span than the sheet, as a quarter that ends with the month. */
  readonly span?: Span
  /** Of no profile: of an indicator of our own. */
  readonly alone?: true
  /** Not in the table on the screen: a block without names passes it by. */
  readonly unseen?: true
}
export interface Sheet {
  /** A month. */
  readonly span: Span
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly SheetRow[]
  readonly decimal: DecimalSign
}

export type SheetProblemCode =
  | 'wrong_month'
  | 'unknown_profile'
  | 'two_profiles'
  | 'unknown_figure'
  | 'negative'
  | 'not_a_number'
  | 'not_whole'
  | 'too_large'
  | 'twice'
  | 'empty'
  | 'outside'
export interface SheetProblem {
  readonly line: number
  readonly code: SheetProblemCode
  /** What stands there, or where it stood before. */
  readonly detail: string
}
export interface ReadFigureAt extends Figure {
  readonly line: number
}
export type SheetRead =
  | { readonly kind: 'read'; readonly figures: readonly ReadFigureAt[]; readonly empty: number }
  | { readonly kind: 'wrong'; readonly problems: readonly SheetProblem[]; readonly more: number }
  | {
      readonly kind: 'unreadable'
      readonly why: 'too_large' | 'too_many_lines' | 'no_table' | 'no_profile' | 'nothing'
    }

const HEADS = {
  month: ['mes', 'periodo', 'hilabetea', 'hila', 'month', 'period', 'periode'],
  figure: [
    ...[
      'medida',
      'indicador',
      'metrica',
      'cifra',
      'zifra',
      'datua',
      'neurria',
      'adierazlea',
      'mesura',
      'mida',
      'xifra',
    ],
    ...['measure', 'metric', 'figure', 'indicator'],
  ],
  profile: ['perfil', 'profila', 'profile', 'cuenta', 'kontua', 'compte', 'account'],
  value: ['valor', 'balioa', 'value'],
} as const
type Head = keyof typeof HEADS

/** Reads what a spreadsheet has saved: a table as on the screen, or one line a figure. */
export function readFiguresFile(text: string, sheet: Sheet): SheetRead {
  if (text.length > FIGURES_FILE_MAX_BYTES) return { kind: 'unreadable', why: 'too_large' }
  const lines = csvLines(text)
  if (!lines || lines.length < 2) return { kind: 'unreadable', why: 'no_table' }
  if (lines.length > FIGURES_FILE_LINES_MAX) return { kind: 'unreadable', why: 'too_many_lines' }
  const [heads, ...body] = lines as [CsvLine, ...CsvLine[]]
  const taking = new Taking(sheet)
  const named = heads.cells.map(headOf)
  const at = (head: Head): number => named.indexOf(head)
  if (at('profile') >= 0 && at('value') >= 0 && at('figure') >= 0) {
    for (const { line, cells } of body) {
      const cell = (head: Head): string => (cells[at(head)] ?? '').trim()
      if (at('month') >= 0 && !taking.inMonth(line, cell('month'))) continue
      const row = taking.rowNamed(line, cell('figure'))
      const column = row?.alone ? null : taking.columnNamed(line, cell('profile'))
      if (row && column !== undefined) taking.take(line, row, column, cell('value'), true)
    }
    return taking.read()
  }
  const table = tableIn(heads, taking)
  if (!table) return { kind: 'unreadable', why: 'no_profile' }
  for (const { line, cells } of body) {
    if (table.month !== null && !taking.inMonth(line, cells[table.month] ?? '')) continue
    taking.takeRow(line, taking.rowNamed(line, cells[table.figure] ?? ''), table.columns, cells)
  }
  return taking.read()
}

/**
 * What was copied in a spreadsheet: with the names of figures and profiles around it, wherever it is put; without, from the cell on.
 */
export function readPasted(
  text: string,
  sheet: Sheet,
  at: { readonly row: number; readonly column: number },
): SheetRead {
  if (text.length > FIGURES_FILE_MAX_BYTES) return { kind: 'unreadable', why: 'too_large' }
  // Blank lines count here: a cell without a figure leaves its own alone.
  const lines = text.replace(/(\r\n|\r|\n)+$/, '').split(/\r\n|\r|\n/)
  if (lines.length > FIGURES_FILE_LINES_MAX) return { kind: 'unreadable', why: 'too_many_lines' }
  const block = lines.map((line, i): CsvLine => ({ line: i + 1, cells: unquoted(line) }))
  const taking = new Taking(sheet)
  const hasProfiles = (block[0]?.cells ?? []).some((cell) => taking.isProfile(cell))
  const heads = hasProfiles ? block[0]! : null
  const body = heads ? block.slice(1) : block
  const hasFigures = body.some(({ cells }) => taking.isRow(cells[0] ?? ''))
  const table = heads && tableIn(heads, taking, hasFigures)
  const beside = hasFigures ? 1 : 0
  const width = Math.max(...body.map(({ cells }) => cells.length), 0)
  const columns =
    table?.columns ??
    Array.from({ length: width - beside }, (_, i) => ({
      at: i + beside,
      column: sheet.columns[at.column + i],
    }))
  const seen = sheet.rows.filter(({ unseen }) => !unseen)
  body.forEach(({ line, cells }, i) => {
    if (cells.every((cell) => cell.trim() === '')) return
    const positional = seen[at.row + i]
    if (hasFigures)
      taking.takeRow(line, taking.rowNamed(line, cells[table?.figure ?? 0] ?? ''), columns, cells)
    else if (positional) taking.takeRow(line, positional, columns, cells)
    else taking.wrong(line, 'outside', cells.find((cell) => cell.trim() !== '') ?? '')
  })
  return taking.read()
}

const unquoted = (line: string): readonly string[] => csvLines(line, '\t')?.[0]?.cells ?? line.split('\t')

function headOf(written: string): Head | null {
  const name = fold(written)
  return (
    (Object.keys(HEADS) as Head[]).find((head) => (HEADS[head] as readonly string[]).includes(name)) ?? null
  )
}

interface TableColumn {
  readonly at: number
  /** Missing: beyond the last profile. */
  readonly column: SheetColumn | undefined
}

/** Which column is which, by the first line; `null` without a profile in it. */
function tableIn(
  { line, cells }: CsvLine,
  taking: Taking,
  hasFigures = true,
): { month: number | null; figure: number; columns: TableColumn[] } | null {
  if (!cells.some((cell) => taking.isProfile(cell))) return null
  const heads = cells.map(headOf)
  const month = heads.indexOf('month')
  const named = heads.indexOf('figure')
  const figure = named >= 0 ? named : cells.findIndex((_, i) => i !== month)
  // The corner may say which month it is.
  const corner = readMonth(cells[figure] ?? '')
  if (hasFigures && corner !== null) taking.inMonth(line, cells[figure]!)
  const columns = cells.flatMap((cell, at) => {
    if (at === month || (at === figure && hasFigures) || cell.trim() === '') return []
    const column = taking.columnNamed(line, cell)
    return column ? [{ at, column }] : []
  })
  return { month: month < 0 ? null : month, figure, columns }
}

/** Takes cell by cell, and notes what is wrong. */
class Taking {
  readonly #sheet: Sheet
  readonly #figures: ReadFigureAt[] = []
  readonly #problems: SheetProblem[] = []
  readonly #lines = new Map<string, number>()
  #empty = 0

  constructor(sheet: Sheet) {
    this.#sheet = sheet
  }

  wrong(line: number, code: SheetProblemCode, detail: string | number): void {
    this.#problems.push({ line, code, detail: String(detail).trim().slice(0, 60) })
  }

  inMonth(line: number, written: string): boolean {
    if (readMonth(written) === this.#sheet.span.from.slice(0, 7)) return true
    this.wrong(line, 'wrong_month', written)
    return false
  }

  isProfile(written: string): boolean {
    return this.#columnsNamed(written).length > 0
  }
  isRow(written: string): boolean {
    return this.#rowNamed(written) !== undefined
  }

  columnNamed(line: number, written: string): SheetColumn | undefined {
    const found = this.#columnsNamed(written)
    if (found.length === 1) return found[0]
    this.wrong(line, found.length === 0 ? 'unknown_profile' : 'two_profiles', written)
    return undefined
  }
  rowNamed(line: number, written: string): SheetRow | undefined {
    const row = this.#rowNamed(written)
    if (!row) this.wrong(line, 'unknown_figure', written)
    return row
  }
  #columnsNamed(written: string): SheetColumn[] {
    const name = nameOf(written)
    return name === ''
      ? []
      : this.#sheet.columns.filter(
          ({ profile, names }) => profile === written.trim() || names.some((one) => nameOf(one) === name),
        )
  }
  #rowNamed(written: string): SheetRow | undefined {
    const name = nameOf(written)
    return name === ''
      ? undefined
      : this.#sheet.rows.find(
          ({ metric, names }) => metric === written.trim() || names.some((one) => nameOf(one) === name),
        )
  }

  takeRow(
    line: number,
    row: SheetRow | undefined,
    columns: readonly TableColumn[],
    cells: readonly string[],
  ): void {
    if (!row) return
    for (const { at, column } of columns) {
      const cell = cells[at] ?? ''
      if (column) this.take(line, row, row.alone ? null : column, cell, false)
      else if (cell.trim() !== '') this.wrong(line, 'outside', cell)
    }
  }

  /** @param asked whether a line of its own was written for this figure */
  take(line: number, row: SheetRow, column: SheetColumn | null, cell: string, asked: boolean): void {
    const { metric, span = this.#sheet.span } = row
    const read = readFigure(cell, !takesDecimals(metric), this.#sheet.decimal)
    if (read.kind === 'empty') {
      if (asked) this.wrong(line, 'empty', row.names[0] ?? metric)
      else this.#empty += 1
      return
    }
    if (read.kind === 'wrong') return this.wrong(line, read.code, cell)
    const profile = column?.profile ?? ''
    const key = JSON.stringify([profile, metric])
    const before = this.#lines.get(key)
    if (before !== undefined) return this.wrong(line, 'twice', before)
    this.#lines.set(key, line)
    const { value, nullReason } =
      read.kind === 'figure'
        ? { value: read.value, nullReason: null }
        : { value: null, nullReason: read.reason }
    this.#figures.push({ line, profile, metric, from: span.from, to: span.to, value, nullReason })
  }

  read(): SheetRead {
    const problems = this.#problems
    if (problems.length > 0)
      return {
        kind: 'wrong',
        problems: problems.slice(0, FIGURES_PROBLEMS_MAX),
        more: Math.max(0, problems.length - FIGURES_PROBLEMS_MAX),
      }
    return this.#figures.length === 0
      ? { kind: 'unreadable', why: 'nothing' }
      : { kind: 'read', figures: this.#figures, empty: this.#empty }
  }
}

/** Without signs around the words, so that «@haranberriudala (Instagram)» is «Instagram · haranberriudala» in another order. */
const nameOf = (written: string): string => (fold(written).match(/[\p{L}\p{N}_.]+/gu) ?? []).sort().join(' ')
