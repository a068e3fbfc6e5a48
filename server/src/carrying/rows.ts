/** What is carried from one store into another: every table, row by row, in one order and one form, so that both sides can be compared by hash. */
import { createHash, type Hash } from 'node:crypto'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { tablesAfter, type Table } from '../journal/postgres/tables.ts'

export type Value = string | number | null | Uint8Array
export type Row = readonly Value[]

/** Which bytes of a folder no row names, and since when: that is of the folder, not of what is kept. */
const NOT_CARRIED = ['file_unnamed']
/** Rows are put in together up to so many values and bytes: a statement takes only so many, and rows may be large. */
export const VALUES_AT_ONCE = 10_000
export const BYTES_AT_ONCE = 4 * 1024 * 1024

export const carriedTables = (): Table[] =>
  [...tablesAfter(MIGRATIONS).values()].filter(({ name }) => !NOT_CARRIED.includes(name))

export const namesOf = ({ columns }: Table): string => columns.map(({ name }) => `"${name}"`).join(', ')
/** In the order of the key, which is the same in both: byte by byte. */
export const inOrder = (table: Table): string =>
  `SELECT ${namesOf(table)} FROM "${table.name}" ORDER BY ${table.key.map((name) => `"${name}"`).join(', ')}`

/** What a store holds of a table, in a number and a hash. */
export interface Sum {
  readonly rows: number
  readonly sha256: string
}
export type Sums = ReadonlyMap<string, Sum>

/** Sums up the rows of one table, in their order. */
export class Summing {
  readonly #hash: Hash = createHash('sha256')
  #rows = 0
  add(row: Row): void {
    this.#rows += 1
    // Each value by what it is: a number and the text of it are two things.
    this.#hash.update(
      `${JSON.stringify(row.map((value) => (value instanceof Uint8Array ? { bytes: hex(value) } : value)))}\n`,
    )
  }
  get sum(): Sum {
    return { rows: this.#rows, sha256: this.#hash.copy().digest('hex') }
  }
}
const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')

/** @throws naming the first table that is not the same on both sides */
export function compare(from: Sums, to: Sums): void {
  for (const [name, sum] of from) {
    const other = to.get(name)
    if (other?.rows !== sum.rows || other.sha256 !== sum.sha256)
      throw new Error(
        `the table ${name} did not arrive as it was (${sum.rows} rows, ${other?.rows ?? 0} arrived)`,
      )
  }
}

/** Rows in portions that one statement takes. */
export function* portions(rows: Iterable<Row>): Generator<Row[]> {
  let some: Row[] = []
  let [values, bytes] = [0, 0]
  for (const row of rows) {
    some.push(row)
    values += row.length
    for (const value of row)
      bytes += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8
    if (values < VALUES_AT_ONCE && bytes < BYTES_AT_ONCE) continue
    yield some
    some = []
    values = bytes = 0
  }
  if (some.length > 0) yield some
}
