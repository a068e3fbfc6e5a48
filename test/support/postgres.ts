/** A PostgreSQL for tests: one server for a run, and of it a database of its own for each that asks, with tables in it or empty. */
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { PostgresJournal } from '@auzolan/server/src/journal/postgres/journal.ts'
import { freePort } from './free-port.ts'
import { guarded, programAt, service, type Service } from './services.ts'

const DEBIAN = '/usr/lib/postgresql'
const GIVEN = process.env['AUZOLAN_TEST_POSTGRES_URL']

/** Where programs of it may be. */
export const postgresFolders = (): string[] =>
  existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(DEBIAN, version, 'bin'))
    : []

/** Why there is no PostgreSQL to test with; `null` where there is one. */
export const NO_POSTGRES: string | null =
  GIVEN || programAt('initdb', ...postgresFolders())
    ? null
    : 'PostgreSQL is not installed here (Debian: apt install postgresql), and AUZOLAN_TEST_POSTGRES_URL names none'

/** @returns its address for a superuser: the first database of a server, whose password is in it */
const serverUrl = (): Promise<string> => (GIVEN ? Promise.resolve(GIVEN) : service('postgres', start))

async function start(here: Service): Promise<string> {
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => programAt(name, ...postgresFolders())!)
  const [cluster, port, password] = [
    join(here.folder, 'cluster'),
    await freePort(),
    randomBytes(16).toString('hex'),
  ]
  const passwordFile = join(here.folder, 'password')
  writeFileSync(passwordFile, password, { mode: 0o644 })
  const made = spawnSync(
    initdb!,
    [
      '-D',
      cluster,
      '-U',
      'auzolan',
      '-E',
      'UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-sync',
    ],
    { encoding: 'utf8', cwd: here.folder, ...here.account },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || String(made.error)}`)
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: here.folder,
    max_connections: 300,
    shared_buffers: '64MB',
  }
  guarded(here, postgres!, [
    '-D',
    cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const url = `postgres://auzolan:${password}@127.0.0.1:${port}/postgres`
  for (const end = Date.now() + 30_000; ;) {
    try {
      await ask(url, 'SELECT 1')
      return url
    } catch (error) {
      const said = (): string => readFileSync(join(here.folder, '..', 'output'), 'utf8')
      if (Date.now() > end) throw new Error(`PostgreSQL does not answer: ${said()}`, { cause: error })
      await sleep(50)
    }
  }
}

/** Asks one thing over a connection of its own. */
export async function ask<R extends pg.QueryResultRow>(url: string, question: string): Promise<R[]> {
  const client = new pg.Client(url)
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<R>(question)).rows
  } finally {
    await client.end()
  }
}

export interface TestDatabase {
  readonly url: string
  drop(): Promise<void>
}

/** Those that nobody uses any more, and are as they came: to make a database takes half a second, to empty one does not. */
const free: string[] = []

/** A database that nobody else has, with the tables of this program. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = await serverUrl()
  const name = free.pop() ?? (await created(server, await template()))
  const url = at(server, name)
  return {
    url,
    async drop() {
      if (GIVEN) return dropped(server, name)
      await ask(url, EMPTIED)
      free.push(name)
    },
  }
}

/** With AUZOLAN_TEST_STORE=postgres servers of tests have a PostgreSQL; `null` for SQLite, as without. */
export const storeOfRun = async (): Promise<TestDatabase | null> =>
  process.env['AUZOLAN_TEST_STORE'] === 'postgres' ? freshDatabase() : null

/** One with nothing in it. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const server = await serverUrl()
  const name = await created(server, 'template0')
  return { url: at(server, name), drop: () => dropped(server, name) }
}

async function created(server: string, from: string): Promise<string> {
  const name = `auzolan_${randomBytes(6).toString('hex')}`
  await ask(server, `CREATE DATABASE ${name} TEMPLATE ${from}`)
  return name
}
const dropped = async (server: string, name: string): Promise<void> =>
  void (await ask(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))

/** Whoever still has a connection loses it first: a server that was killed may not know yet. */
const EMPTIED = `
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
  SET session_replication_role = replica;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT quote_ident(relname) FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('store_version', 'counted')
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    UPDATE counted SET last = 0;
  END $$`

const at = (server: string, name: string): string => {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

let ready: Promise<string> | null = null
/** Made once for a run: bringing an empty database to our tables takes longer than copying them. */
function template(): Promise<string> {
  ready ??= (async () => {
    const server = await serverUrl()
    return service('postgres-template', async () => {
      const name = `auzolan_template_${randomBytes(6).toString('hex')}`
      await ask(server, `CREATE DATABASE ${name} TEMPLATE template0`)
      await (await PostgresJournal.open(at(server, name), () => new Date())).close()
      return name
    })
  })()
  return ready
}
