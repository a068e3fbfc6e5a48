/** How PostgreSQL is reached: what is asked of every connection, what its values become, and what went wrong in a sentence without the password. */
import { parseIntoClientConfig } from 'pg-connection-string'
import pg, { type ClientBase, type ClientConfig, type PoolConfig } from 'pg'
import { ConfigError } from '../../settings.ts'

/** The oldest that it is tried with; those before are no longer looked after by their makers. */
const OLDEST_VERSION = 15
const CONNECT_MS = 10_000
/** No statement of ours takes this long; one that waits for somebody who hangs gives up. */
const STATEMENT_MS = 60_000
/** A transaction that says nothing for so long is rolled back: everybody else waits for it. */
const SILENT_MS = 30_000
/** After this the connection itself is given up: nobody answers at the other end. */
const ANSWER_MS = STATEMENT_MS + 10_000
/** A machine that is gone without a word is noticed after so long without one (s), asked so many times more at this distance. */
const KEEPALIVE = { idle: 10, interval: 5, count: 3 }

const { builtins } = pg.types

/** As SQLite gives them: numbers, 1 and 0 for true and false, bytes. No number of ours goes beyond what JavaScript counts. */
const NUMBERS = new Set<number>([builtins.INT8, builtins.NUMERIC])
const types = {
  getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (NUMBERS.has(type)) return Number
    if (type === builtins.BOOL) return (value) => (value === 't' ? 1 : 0)
    if (type === builtins.BYTEA) return fromHex
    return pg.types.getTypeParser(type, format) as (value: string) => unknown
  },
}
const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.slice(2), 'hex'))

/** Where a database is; `name` says so without the password. */
export interface Address {
  readonly config: ClientConfig
  readonly name: string
}

/** @param url `postgres://user:password@host:5432/database`. @throws {ConfigError} with a sentence that does not repeat it */
export function addressOf(url: string): Address {
  let parsed: ClientConfig
  try {
    if (!/^postgres(ql)?:\/\//.test(url)) throw new Error('not an address of PostgreSQL')
    parsed = parseIntoClientConfig(url) as ClientConfig
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException
    throw new ConfigError(
      path === undefined
        ? 'AUZOLAN_DATABASE_URL must be like postgres://user:password@host:5432/database; signs as “@”, “/” and “%” in the password are written %40, %2F and %25.'
        : `AUZOLAN_DATABASE_URL names the file ${path}, which cannot be read (${code}).`,
    )
  }
  const { user, host, port, database } = parsed
  if (!host || !database)
    throw new ConfigError(
      'AUZOLAN_DATABASE_URL must name a host and a database: postgres://user:password@host:5432/database.',
    )
  return {
    name: `${user ? `${user}@` : ''}${host}${host.startsWith('/') ? '' : `:${port ?? 5432}`}/${database}`,
    config: {
      ...parsed,
      application_name: 'auzolan',
      connectionTimeoutMillis: CONNECT_MS,
      statement_timeout: STATEMENT_MS,
      query_timeout: ANSWER_MS,
      idle_in_transaction_session_timeout: SILENT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE.idle * 1000,
      types,
    },
  }
}

/** What the settings of the server or of a role may have made otherwise. Not every system lets one set how a dead line is noticed. */
const PREPARE = `
  SELECT set_config('default_transaction_isolation', 'read committed', false), set_config('bytea_output', 'hex', false);
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local');
  DO $$ BEGIN
    PERFORM set_config('tcp_keepalives_idle', '${KEEPALIVE.idle}', false),
      set_config('tcp_keepalives_interval', '${KEEPALIVE.interval}', false),
      set_config('tcp_keepalives_count', '${KEEPALIVE.count}', false);
  EXCEPTION WHEN OTHERS THEN NULL; END $$`

/**
 * What PostgreSQL adds to an error may be what somebody wrote ("Failing row contains …"), and errors end up in logs.
 * @throws it, with what it says and its code alone
 */
export function withoutRows(error: unknown): never {
  for (const part of ['detail', 'where', 'internalQuery', 'hint'] as const)
    if (error instanceof pg.DatabaseError) delete error[part]
  throw error
}

/** @param more statements that every connection begins with */
export function poolOf({ config }: Address, options: PoolConfig, more = 'SELECT 1'): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    ...options,
    onConnect: async (client: ClientBase) => {
      // Whoever uses it is told by their statement; without a listener the process would end.
      client.on('error', () => {})
      await client.query(`${PREPARE}; ${more}`)
    },
  })
  pool.on('error', () => {})
  return pool
}

/** One connection of its own, for what takes as long as it takes. Whoever asks for it ends it. */
export async function connectAlone({ config }: Address): Promise<pg.Client> {
  const client = new pg.Client({ ...config, statement_timeout: 0, query_timeout: 0 })
  client.on('error', () => {})
  await client.connect()
  await client.query(PREPARE)
  return client
}

/** @throws with a sentence, when the server is too old, or takes texts that are not Unicode */
export async function examine(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: string; name: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_version') AS name, current_setting('server_encoding') AS encoding`,
  )
  const { version, name, encoding } = rows[0]!
  if (Number(version) < OLDEST_VERSION * 10_000)
    throw new Error(`it is PostgreSQL ${name}, and Auzolan needs ${OLDEST_VERSION} or newer`)
  if (encoding !== 'UTF8')
    throw new Error(
      `its texts are ${encoding}, and Auzolan needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
    )
}

/** What somebody can do about it; the message of PostgreSQL itself where nothing better is known. */
const REMEDIES: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nothing answers there (PostgreSQL does not run, or listens somewhere else)',
  ENOTFOUND: 'no machine has this name',
  EAI_AGAIN: 'the name of the machine could not be looked up',
  ENOENT: 'there is no such socket',
  EACCES: 'this user may not open the socket',
  ETIMEDOUT: 'nobody answers there',
  EHOSTUNREACH: 'there is no way to this machine',
  ENETUNREACH: 'there is no way to this machine',
  ECONNRESET: 'the connection was closed from the other side',
  '28P01': 'the password is not right',
  '28000': 'PostgreSQL does not let this user in (pg_hba.conf)',
  '3D000': 'there is no such database: CREATE DATABASE … OWNER …',
  '42501': 'this user may not make tables there: it must own the database',
  '53300': 'PostgreSQL has no connection left (max_connections)',
  '55P03': 'somebody reads from it for long (a pg_dump?): start again when that is over',
  '57P03': 'PostgreSQL is starting or stopping',
  '25006': 'it can only be read (a standby?)',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by nobody known: name the authority with sslrootcert=',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by nobody known: name the authority with sslrootcert=',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is signed by nobody known: name the authority with sslrootcert=',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

/** Why a database cannot be used, in words for whoever set its address. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return REMEDIES[code ?? ''] ?? message ?? String(error)
}

/** Whether it is not the address that is wrong: a machine or a server that is not there now, or has no place left. */
export const isPassing = (error: unknown): boolean => PASSING.has((error as { code?: string }).code ?? '')
const PASSING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  '53300',
  '57P03',
])
