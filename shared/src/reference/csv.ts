/** Comma-separated values (RFC 4180), as spreadsheets write and read them: with a semicolon where the comma is for decimals. */

/** A spreadsheet takes what begins with one of these for a formula, also behind blanks, tabs and signs that nobody sees. */
const FORMULA = /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u
const GUARDED = /^'(?=[\s\p{Cf}]*[=+\-@＝＋－＠])/u

export function toCsv(rows: readonly (readonly string[])[], separator: ',' | ';' = ','): string {
  const line = (cells: readonly string[]): string => cells.map(quoted).join(separator)
  // Spreadsheets take UTF-8 for something else unless it begins like this.
  return `\uFEFF${rows.map(line).join('\r\n')}\r\n`
}

function quoted(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",;\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Rows with something in them; `null` when a quote is never closed. */
export function parseCsv(text: string): string[][] | null {
  const body = text.replace(/^\uFEFF/, '')
  const separator = separatorOf(body)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoting = false
  const endCell = (): void => {
    row.push(cell.replace(GUARDED, ''))
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (row.some((one) => one.trim() !== '')) rows.push(row)
    row = []
  }
  for (let i = 0; i < body.length; i++) {
    const sign = body[i]!
    if (quoting) {
      if (sign !== '"') cell += sign
      else if (body[i + 1] === '"') {
        cell += '"'
        i++
      } else quoting = false
    } else if (sign === '"' && cell === '') quoting = true
    else if (sign === separator) endCell()
    else if (sign === '\n' || sign === '\r') {
      if (sign === '\r' && body[i + 1] === '\n') i++
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
