/** Comma-separated values (RFC 4180), as spreadsheets write and read them: with a semicolon where the comma is for decimals. */

/** A spreadsheet takes what begins with one of these for a formula, also behind blanks, tabs and signs that nobody sees. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u
const GUARDED = /^'(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/u

/** What a formula calls, fetches or runs with: a function, another program or another file. Without it one can only add up. */
const EFFECT = /^[\s\p{Cf}]*[=＝]|[(|[\\]|!\S/u

/** `exact`: for programs; only what could do something is guarded, and a text that begins with a mention is that text. */
export function toCsv(
  rows: readonly (readonly string[])[],
  separator: ',' | ';' = ',',
  { exact = false } = {},
): string {
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => quoted(isGuarded(cell, exact) ? `'${cell}` : cell)).join(separator)
  // Spreadsheets take UTF-8 for something else unless it begins like this.
  return `\uFEFF${rows.map(line).join('\r\n')}\r\n`
}

const isGuarded = (text: string, exact: boolean): boolean =>
  FORMULA.test(text) && (!exact || EFFECT.test(text))
const quoted = (text: string): string => (/[",;\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Rows with something in them; `null` when a quote is never closed. */
export const parseCsv = (text: string): string[][] | null =>
  csvLines(text)?.map(({ cells }) => [...cells]) ?? null

export interface CsvLine {
  /** Where it begins in the file, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}
/** The same with the line of each row. What is pasted from a spreadsheet has tabs, and says so here. */
export function csvLines(text: string, known?: '\t'): CsvLine[] | null {
  const body = text.replace(/^\uFEFF/, '')
  const separator = known ?? separatorOf(body)
  const rows: CsvLine[] = []
  let line = 1
  let begun = 1
  let row: string[] = []
  let cell = ''
  let quoting = false
  const endCell = (): void => {
    row.push(cell.replace(GUARDED, ''))
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (row.some((one) => one.trim() !== '')) rows.push({ line: begun, cells: row })
    row = []
    begun = line
  }
  for (let i = 0; i < body.length; i++) {
    const sign = body[i]!
    if (sign === '\n' || (sign === '\r' && body[i + 1] !== '\n')) line++
    if (quoting) {
      if (sign !== '"') cell += sign
      else if (body[i + 1] === '"') {
        cell += '"'
        i++
      } else quoting = false
    } else if (sign === '"' && cell === '') quoting = true
    else if (sign === separator) endCell()
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && body[i + 1] === '\n') {
        i++
        line++
      }
      endRow()
    } else cell += sign
  }
  if (quoting) return null
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** Whichever there is more of in the first line. */
function separatorOf(text: string): string {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)))
  const count = (sign: string): number => first.split(sign).length
  return [';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',')
}
