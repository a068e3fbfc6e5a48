/** A PostgreSQL that is carried into, or out of: all of it in one transaction, so that it is one moment, or nothing happened. */
import type { Client } from 'pg'
import { addressOf, connectAlone, examine, reasonOf } from '../journal/postgres/connecting.ts'
import { EXCLUSIVE } from '../journal/postgres/locks.ts'
import { migrateWithin, versionOf } from '../journal/postgres/migrate.ts'
import { COUNT_TABLE, type Table } from '../journal/postgres/tables.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { wordsIn } from '@auzolan/shared/search/terms.ts'
import { ConfigError } from '../settings.ts'
import { Summing, carriedTables, inOrder, namesOf, portions, type Row, type Sum, type Value } from './rows.ts'

/** Rows read at once: one may be as large as a frame. */
const STEP = 50
/** Where the bytes of a file may be parted. */
const PIECE_BYTES = 1024 * 1024

export class CarriedDatabase {
  readonly #client: Client
  constructor(client: Client) {
    this.#client = client
  }

  async *rowsOf(table: Table): AsyncGenerator<Row> {
    await this.#client.query(`DECLARE one NO SCROLL CURSOR FOR ${inOrder(table)}`)
    for (;;) {
      const { rows } = await this.#client.query<Value[]>({ text: `FETCH ${STEP} FROM one`, rowMode: 'array' })
      yield* rows
      if (rows.length < STEP) break
    }
    await this.#client.query('CLOSE one')
  }

  async sumOf(table: Table): Promise<Sum> {
    const summing = new Summing()
    for await (const row of this.rowsOf(table)) summing.add(row)
    return summing.sum
  }

  async put(table: Table, rows: Iterable<Row>): Promise<void> {
    for (const some of portions(rows)) {
      let n = 0
      const places = some.map((row) => `(${row.map(() => `$${++n}`).join(', ')})`)
      const statement = `INSERT INTO "${table.name}" (${namesOf(table)}) VALUES ${places.join(', ')}`
      await this.#client.query(statement, some.flat()).catch((error: Error) => {
        throw new Error(`the table ${table.name}: ${error.message}`, { cause: error })
      })
      if (table.name === 'passage') await this.#putWords(table, some)
    }
    if (table.numbered === 'any')
      await this.#client.query(
        `SELECT setval(pg_get_serial_sequence('"${table.name}"', $1), (SELECT coalesce(max("${table.key[0]!}"), 0) + 1 FROM "${table.name}"), false)`,
        [table.key[0]],
      )
  }

  async #putWords({ columns }: Table, rows: readonly Row[]): Promise<void> {
    const [id, folded] = ['id', 'folded'].map((name) => columns.findIndex((column) => column.name === name))
    const pairs = rows.flatMap((row) =>
      [...wordsIn(row[folded!] as string)].map((word) => ({ passage: row[id!], word })),
    )
    await this.#client.query(
      'INSERT INTO passage_word (passage, word) SELECT * FROM unnest($1::bigint[], $2::text[])',
      [pairs.map(({ passage }) => passage), pairs.map(({ word }) => word)],
    )
  }

  /** The number of the last row that a table has ever had. */
  async count(table: string): Promise<number> {
    const { rows } = await this.#client.query<{ last: number }>(
      `SELECT last FROM ${COUNT_TABLE} WHERE name = $1`,
      [table],
    )
    return rows[0]?.last ?? 0
  }
  async setCount(table: string, last: number): Promise<void> {
    await this.#client.query(`UPDATE ${COUNT_TABLE} SET last = greatest(last, $2) WHERE name = $1`, [
      table,
      last,
    ])
  }

  async putFile(sha256: string, bytes: Uint8Array): Promise<void> {
    for (let n = 0; n * PIECE_BYTES < bytes.length; n++)
      await this.#client.query('INSERT INTO file_bytes (sha256, n, bytes) VALUES ($1, $2, $3)', [
        sha256,
        n,
        bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES),
      ])
  }
  /** Empty, when it is not there. */
  async file(sha256: string): Promise<Buffer> {
    const { rows } = await this.#client.query<{ bytes: Uint8Array }>(
      'SELECT bytes FROM file_bytes WHERE sha256 = $1 ORDER BY n',
      [sha256],
    )
    return Buffer.concat(rows.map(({ bytes }) => bytes))
  }

  async keys(): Promise<string | null> {
    const { rows } = await this.#client.query<{ content: string }>('SELECT content FROM signing_key')
    return rows[0]?.content ?? null
  }
  async putKeys(content: string): Promise<void> {
    await this.#client.query('INSERT INTO signing_key (one, content) VALUES (1, $1)', [content])
  }
}

/**
 * An empty database, filled by `work` whole or not at all.
 * @throws {ConfigError} with a sentence, when it cannot be reached, or is not empty
 */
export function fillDatabase<T>(url: string, work: (database: CarriedDatabase) => Promise<T>): Promise<T> {
  return connected(url, 'BEGIN', async (client, name) => {
    await client.query(EXCLUSIVE)
    if (await versionOf(client)) await refuseIfUsed(client, name)
    await migrateWithin(client)
    await client.query('SET CONSTRAINTS ALL DEFERRED')
    const done = await work(new CarriedDatabase(client))
    // What names each other is looked at now, and what went wrong is said by name.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE')
    return done
  })
}

/** One moment of a database on which nodes may be working. @throws {ConfigError} with a sentence */
export function readDatabase<T>(url: string, work: (database: CarriedDatabase) => Promise<T>): Promise<T> {
  return connected(url, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async (client, name) => {
    const version = await versionOf(client)
    if (version?.step !== MIGRATIONS.length)
      throw new ConfigError(
        version
          ? `The database ${name} is of another version of Auzolan: use the program of that version, or start this one on it first.`
          : `There is nothing of Auzolan in the database ${name}.`,
      )
    return work(new CarriedDatabase(client))
  })
}

async function connected<T>(
  url: string,
  begin: string,
  work: (client: Client, name: string) => Promise<T>,
): Promise<T> {
  const address = addressOf(url)
  const unusable = (error: unknown): never => {
    throw new ConfigError(`The database ${address.name} cannot be used: ${reasonOf(error)}.`)
  }
  const client = await connectAlone(address).catch(unusable)
  try {
    await examine(client).catch(unusable)
    // Who reads or compares for long says nothing meanwhile.
    await client.query(`SET idle_in_transaction_session_timeout = 0; ${begin}`)
    try {
      const done = await work(client, address.name)
      await client.query('COMMIT')
      return done
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw error
    }
  } finally {
    await client.end()
  }
}

/** Rows that a server writes as it starts on an empty database are rows, too: nothing is mixed in. */
async function refuseIfUsed(client: Client, name: string): Promise<void> {
  for (const table of [...carriedTables().map((one) => one.name), 'file_bytes', 'signing_key']) {
    const { rows } = await client.query(`SELECT 1 FROM "${table}" LIMIT 1`)
    if (rows.length > 0)
      throw new ConfigError(
        `The database ${name} is not empty (there are rows in ${table}). Name another one: nothing is written over.`,
      )
  }
}
