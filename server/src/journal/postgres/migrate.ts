/** Brings the tables of a PostgreSQL database to those of this program. Nodes that start at once wait for the first of them. */
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { MIGRATIONS } from '../sqlite/schema.ts'
import { FUNCTIONS } from './functions.ts'
import { EXCLUSIVE, TABLE_WAIT_MS, isHeld } from './locks.ts'
import { COUNT_TABLE, WORDS_TABLE, statementsFor, tablesAfter } from './tables.ts'

/**
 * What a migration does to rows, in words of PostgreSQL; by the number of its step, from 1. A step that is not here changes tables alone, and
 * is done by the difference of the tables before and after it. The first ones never ran on PostgreSQL: it began with the tables of step 38.
 */
export const STEPS: { readonly [step: number]: readonly string[] } = {}
export const FIRST_STEP = 38

const VERSION_TABLE = 'store_version'
/** Tables of this store alone, which no other has and nothing of ours lists. */
export const OWN_TABLES: readonly string[] = [
  VERSION_TABLE,
  COUNT_TABLE,
  WORDS_TABLE,
  'file_bytes',
  'signing_key',
]

const BEGINNING: readonly string[] = [
  `CREATE TABLE ${VERSION_TABLE} (step bigint NOT NULL, functions text NOT NULL)`,
  `INSERT INTO ${VERSION_TABLE} VALUES (0, '')`,
  `CREATE TABLE ${COUNT_TABLE} (name text PRIMARY KEY, last bigint NOT NULL)`,
]
const AFTER_TABLES: readonly string[] = [
  `CREATE TABLE ${WORDS_TABLE} (
    word text COLLATE "C" NOT NULL,
    passage bigint NOT NULL REFERENCES passage (id) ON DELETE CASCADE,
    PRIMARY KEY (word, passage)
  )`,
  `CREATE INDEX ${WORDS_TABLE}_of ON ${WORDS_TABLE} (passage)`,
  // What lies in the data folder of one server: the bytes of files, in pieces, and the file of the keys that sign.
  `CREATE TABLE file_bytes (
    sha256 text COLLATE "C" NOT NULL,
    n bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (sha256, n)
  )`,
  `ALTER TABLE file_bytes ALTER COLUMN bytes SET STORAGE EXTERNAL`,
  `CREATE TABLE signing_key (one bigint PRIMARY KEY CHECK (one = 1), content text NOT NULL)`,
]

const functionsDigest = createHash('sha256').update(FUNCTIONS.join(';')).digest('hex')

interface Version {
  readonly step: number
  readonly functions: string
}

/** While somebody reads for long, those who write get their turn between two tries. */
const TRIES = 12
const TRY_AGAIN_MS = 3_000

/**
 * @param client whose connection nobody else uses meanwhile
 * @throws with a sentence, when the database is of a newer program or holds something else; then it is as it was
 */
export async function migrate(
  client: ClientBase,
  migrations: readonly string[] = MIGRATIONS,
  steps: typeof STEPS = STEPS,
): Promise<void> {
  for (let left = TRIES; !isDone(await versionOf(client), migrations); left--) {
    // Another node that is at it is waited for: then nothing is left to do.
    await client.query(`BEGIN; ${EXCLUSIVE}; SET LOCAL lock_timeout = ${TABLE_WAIT_MS}`)
    try {
      await migrateWithin(client, migrations, steps)
      await client.query('COMMIT')
      return
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      if (left === 0 || !isHeld(error)) throw error
    }
    await sleep(TRY_AGAIN_MS)
  }
}

/** In a transaction of the caller's, which holds the lock of whoever writes alone. */
export async function migrateWithin(
  client: ClientBase,
  migrations: readonly string[] = MIGRATIONS,
  steps: typeof STEPS = STEPS,
): Promise<void> {
  const version = await versionOf(client)
  // Another node may have done it while this one waited.
  if (isDone(version, migrations)) return
  if (!version) await beAlone(client)
  for (const statement of version ? [] : BEGINNING) await client.query(statement)
  for (const statement of FUNCTIONS) await client.query(statement)
  for (const statement of statements(version?.step ?? 0, migrations, steps)) await client.query(statement)
  await client.query(`UPDATE ${VERSION_TABLE} SET step = $1, functions = $2`, [
    migrations.length,
    functionsDigest,
  ])
}

function isDone(version: Version | null, migrations: readonly string[]): boolean {
  if (version && version.step > migrations.length)
    throw new Error(`the database was written by a newer version (${version.step} > ${migrations.length})`)
  return version?.step === migrations.length && version.functions === functionsDigest
}

function statements(from: number, migrations: readonly string[], steps: typeof STEPS): string[] {
  if (from === 0) return [...statementsFor(new Map(), tablesAfter(migrations)), ...AFTER_TABLES]
  let before = tablesAfter(migrations.slice(0, from))
  return migrations.slice(from).flatMap((_, i) => {
    const after = tablesAfter(migrations.slice(0, from + i + 1))
    const told = steps[from + i + 1] ?? statementsFor(before, after)
    before = after
    return told
  })
}

/** `null`, when nothing of ours is there. */
export async function versionOf(client: ClientBase): Promise<Version | null> {
  const { rows } = await client.query<{ there: string | null }>('SELECT to_regclass($1)::text AS there', [
    VERSION_TABLE,
  ])
  if (rows[0]!.there === null) return null
  return (await client.query<Version>(`SELECT step::int, functions FROM ${VERSION_TABLE}`)).rows[0] ?? null
}

/** Tables of somebody else would be mixed with ours, or stop us half way. */
async function beAlone(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm') LIMIT 1`,
  )
  if (rows[0])
    throw new Error(
      `it holds something else than Auzolan (a table ${rows[0].name}): give Auzolan a database of its own`,
    )
}
