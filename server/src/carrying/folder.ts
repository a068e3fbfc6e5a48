/** A data folder that is carried out of, or into: its database, and what lies beside it. */
import { chmodSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { RefusedBackup } from '../backup/refused.ts'
import { DATABASE, FILES, placeOf } from '../journal/file-place.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import type { Table } from '../journal/postgres/tables.ts'
import { Summing, inOrder, namesOf, type Row, type Sum } from './rows.ts'

export class CarriedFolder {
  readonly folder: string
  readonly #db: Database.Database
  private constructor(folder: string, db: Database.Database) {
    this.folder = folder
    this.#db = db
  }

  /** To read from. @throws {RefusedBackup} when there is no database of this version */
  static reading(folder: string): CarriedFolder {
    let db: Database.Database
    try {
      db = new Database(join(folder, DATABASE), { readonly: true, fileMustExist: true })
    } catch {
      throw new RefusedBackup(`There is no database of Auzolan in ${folder}.`)
    }
    const schema = db.pragma('user_version', { simple: true }) as number
    if (schema !== MIGRATIONS.length) {
      db.close()
      throw new RefusedBackup(
        schema > MIGRATIONS.length
          ? `The data in ${folder} is of a newer version of Auzolan: use the program of that version.`
          : `The data in ${folder} is of an older version of Auzolan: start this one on it once, stop it, and ask again.`,
      )
    }
    return new CarriedFolder(folder, db)
  }

  /** A new one, to write to. */
  static made(folder: string): CarriedFolder {
    const path = join(folder, DATABASE)
    const db = new Database(path)
    // As a server makes it: what people write is for nobody else on the machine.
    chmodSync(path, 0o600)
    for (const step of MIGRATIONS) db.exec(step)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
    // Rows come table by table, and name each other.
    db.pragma('foreign_keys = OFF')
    return new CarriedFolder(folder, db)
  }

  *rowsOf(table: Table): Generator<Row> {
    yield* this.#db.prepare(inOrder(table)).raw().iterate() as IterableIterator<Row>
  }

  sumOf(table: Table): Sum {
    const summing = new Summing()
    for (const row of this.rowsOf(table)) summing.add(row)
    return summing.sum
  }

  async put(table: Table, rows: AsyncIterable<Row>): Promise<void> {
    const insert = this.#db.prepare(
      `INSERT INTO "${table.name}" (${namesOf(table)}) VALUES (${table.columns.map(() => '?').join(', ')})`,
    )
    this.#db.exec('BEGIN')
    for await (const row of rows)
      insert.run(...row.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)))
    this.#db.exec('COMMIT')
  }

  count(table: string): number {
    const last = this.#db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table)
    return (last as number | undefined) ?? 0
  }
  setCount(table: string, last: number): void {
    this.#db.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
    this.#db.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(table, last)
  }

  /** The hashes of the files that rows name. */
  files(): string[] {
    return this.#db.prepare('SELECT DISTINCT sha256 FROM file ORDER BY sha256').pluck().all() as string[]
  }
  /** `null`, when it is not there. */
  file(sha256: string): Promise<Buffer | null> {
    return readFile(join(this.folder, FILES, placeOf(sha256))).catch(() => null)
  }

  /** @throws naming rows that name what is not there */
  checkReferences(): void {
    const broken = this.#db.pragma('foreign_key_check') as { table: string }[]
    if (broken[0]) throw new Error(`rows of ${broken[0].table} name what is not there`)
  }

  close(): void {
    this.#db.close()
  }
}
