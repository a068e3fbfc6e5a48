/** What the doctor looks at where everything is in PostgreSQL. Only reads. */
import type { Client } from 'pg'
import { addressOf, connectAlone, examine, reasonOf } from '../journal/postgres/connecting.ts'
import { versionOf } from '../journal/postgres/migrate.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { WITNESS, keysIn, usable, witnessed } from '../review/signing-keys.ts'
import { ConfigError } from '../settings.ts'
import { queuesSaid } from './data.ts'
import { bytesSaid, fault, ok, skipped, warning, type Look } from './finding.ts'

export interface SharedLooks {
  readonly database: Look
  readonly keys: Look
  readonly queues: Look
  readonly backups: Look
}

export async function sharedDatabase(url: string, now: Date): Promise<SharedLooks> {
  const comesFirst = skipped('The database comes first.')
  const backups = skipped(
    'Everything is in PostgreSQL: its backups are in the hands of whoever runs it.',
    'pg_dump --format=custom has all of it, also the files and the keys that sign.',
  )
  const rest = { keys: comesFirst, queues: comesFirst, backups }
  let client: Client | undefined
  try {
    const address = addressOf(url)
    const began = performance.now()
    try {
      client = await connectAlone(address)
      await examine(client)
    } catch (error) {
      const says = `The database ${address.name} cannot be used: ${reasonOf(error)}.`
      return { database: fault(says), ...rest }
    }
    const database = await lookAt(client, address.name, performance.now() - began)
    const isThere = database.state !== 'fault' && (await versionOf(client)) !== null
    return isThere
      ? { database, keys: await keysOf(client), queues: await queuesOf(client, now), backups }
      : { database, ...rest }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { database: fault(error.message), ...rest }
  } finally {
    await client?.end()
  }
}

async function lookAt(client: Client, name: string, tookMs: number): Promise<Look> {
  const { rows } = await client.query<{ version: string; size: number; fsync: string; pages: string }>(
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
      current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages`,
  )
  const { version, size, fsync, pages } = rows[0]!
  if (fsync !== 'on' || pages !== 'on')
    return fault(
      `PostgreSQL at ${name} does not wait for its disk (fsync ${fsync}, full_page_writes ${pages}): what was acknowledged may be lost with the power.`,
      'In postgresql.conf: fsync = on, full_page_writes = on',
    )
  const there = await versionOf(client)
  if (there && there.step > MIGRATIONS.length)
    return fault(
      'The data is of a newer version of Auzolan than this program.',
      'Use the program of that version on every node.',
    )
  const says = `PostgreSQL ${version} at ${name} answered in ${Math.round(tookMs)} ms (${bytesSaid(size)}`
  if (!there) return warning(`${says}); there is nothing in it yet.`, 'The first start makes the tables.')
  return there.step < MIGRATIONS.length
    ? warning(
        `${says}); it is of an older version, and the next start brings it up to date.`,
        'Make a backup before: pg_dump',
      )
    : ok(`${says}, tables of version ${there.step}).`)
}

async function keysOf(client: Client): Promise<Look> {
  const setting = await client.query<{ value: string }>('SELECT value FROM setting WHERE key = $1', [WITNESS])
  const row = await client.query<{ content: string }>('SELECT content FROM signing_key')
  const name = 'The row of the table signing_key'
  try {
    const content = row.rows[0]?.content
    const file = content === undefined ? null : keysIn(content, name)
    const found = usable(file, name, witnessed(setting.rows[0]?.value))
    if (!found) return ok('Nothing was signed yet: the first decision makes the key.')
    return ok(
      found.current
        ? `The key ${found.current.id} signs; ${found.file.keys.length} in all.`
        : 'No key signs now: the next decision makes one.',
    )
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const [says = '', ...todo] = error.message.split('\n')
    return fault(says, ...todo)
  }
}

async function queuesOf(client: Client, now: Date): Promise<Look> {
  const { rows } = await client.query<Parameters<typeof queuesSaid>[0]>(`
    SELECT (SELECT count(*) FROM outbox WHERE aside IS NULL) AS waiting,
      (SELECT min(at) FROM outbox WHERE aside IS NULL) AS oldest,
      (SELECT count(*) FROM outbox WHERE aside IS NOT NULL) AS aside,
      (SELECT count(*) FROM quarantined) AS harmful`)
  return queuesSaid(rows[0]!, now)
}
