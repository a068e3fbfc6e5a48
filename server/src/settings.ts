/** Every environment variable of the server: its form, what is wrong with it in a sentence, and which are unknown. */
import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { DEFAULT_CAPACITY, SECRET_MIN_CHARACTERS, SOCKET_PATH_MAX_BYTES } from '@auzolan/shared/limits.ts'

/** A setting that stops the start: its message is meant for whoever types the command. */
export class ConfigError extends Error {}
/** What is set may well be right, and only cannot be reached now. */
export class NotNowError extends ConfigError {}

const whole = (from: number, to: number, words: string) =>
  z.coerce
    .number(`must be ${words}`)
    .int(`must be ${words}`)
    .min(from, `must be ${words}`)
    .max(to, `must be ${words}`)
const port = whole(1, 65535, 'a port: a whole number from 1 to 65535')
const atLeastOne = whole(1, Number.MAX_SAFE_INTEGER, 'a whole number, 1 or more')

const ADDRESS = 'must be an address with http:// or https:// in front, e.g. https://cloud.example.org'
/** An address of which everything below starts: no query, no name and password, no `/` at the end. */
const base = z
  .url({ protocol: /^https?$/, error: ADDRESS, abort: true })
  .refine((url) => {
    const { search, hash, username, password } = new URL(url)
    return search + hash + username + password === '' && !/[?#]$/.test(url)
  }, 'must end with the path: no user or password, no “?” and no “#” belong into it')
  .transform((url) => url.replace(/\/+$/, ''))
const hostName = z
  .string()
  .regex(
    /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:\d{1,5})?$/i,
    'must be a host name as in an address, e.g. cloud.example.org',
  )

/**
 * An address of a store. What ends a password too early would be taken for the name of a host, and shown as one: the host then stands behind
 * an `@` that is none of a parameter. `user@/database?host=/run/postgresql`, a socket, is read as `pg` reads it.
 */
const withPassword = (begins: RegExp, words: string) =>
  z
    .string()
    .regex(begins, { error: words, abort: true })
    .refine((url) => {
      const read = URL.parse(url) ?? URL.parse(url.replace('@/', '@socket/'))
      return read !== null && !`${read.pathname}${read.hash}`.includes('@') && !/^\?[^=]*@/.test(read.search)
    }, 'is no address as it stands: in a password write %2F for “/”, %3F for “?”, %23 for “#”, %3A for “:”, %40 for “@” and %25 for “%”')

/** Names of things only this machine sees; a secret is never repeated in a message. */
const SECRETS = ['AUZOLAN_SECRET', 'AUZOLAN_PREVIOUS_SECRET', 'AUZOLAN_METRICS_TOKEN'] as const
type SecretName = (typeof SECRETS)[number]
/** What has a password in it: it may be in a file, too, and is not repeated either. */
const WITH_PASSWORD = ['AUZOLAN_DATABASE_URL', 'AUZOLAN_REDIS_URL'] as const
const HIDDEN = [...SECRETS, ...WITH_PASSWORD]
type HiddenName = (typeof HIDDEN)[number]
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

const Environment = z.object({
  AUZOLAN_PORT: port.default(8790),
  AUZOLAN_LISTEN: z.string().default('::'),
  AUZOLAN_SOCKET: z
    .string()
    .startsWith('/', 'must be the full path of a file, e.g. /run/auzolan/auzolan.sock')
    .refine(
      (path) => Buffer.byteLength(path) <= SOCKET_PATH_MAX_BYTES,
      `must be a path of at most ${SOCKET_PATH_MAX_BYTES} bytes: the system takes no longer one for a socket`,
    )
    .optional(),
  AUZOLAN_DATA: z.string().default('data'),
  AUZOLAN_DATABASE_URL: withPassword(
    /^postgres(ql)?:\/\//,
    'must be an address with postgres:// in front, e.g. postgres://auzolan:…@db.example.org:5432/auzolan',
  ).optional(),
  AUZOLAN_REDIS_URL: withPassword(
    /^rediss?:\/\//,
    'must be an address with redis:// or rediss:// in front, e.g. redis://:…@redis.example.org:6379',
  ).optional(),
  AUZOLAN_LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
  AUZOLAN_METRICS_PORT: port.optional(),
  AUZOLAN_METRICS_TOKEN: z.string().optional(),
  AUZOLAN_UPDATES_PER_SECOND: atLeastOne.default(DEFAULT_CAPACITY.updatesPerSecond),
  AUZOLAN_UPDATES_BURST: atLeastOne.default(DEFAULT_CAPACITY.updatesBurst),
  AUZOLAN_WRITERS_PER_DOCUMENT: atLeastOne.default(DEFAULT_CAPACITY.writersPerDocument),
  AUZOLAN_SESSIONS_PER_DOCUMENT: atLeastOne.default(DEFAULT_CAPACITY.sessionsPerDocument),
  AUZOLAN_BIRTHS_AT_ONCE: atLeastOne.default(DEFAULT_CAPACITY.birthsAtOnce),
  AUZOLAN_LEASE_SECONDS: atLeastOne.default(DEFAULT_CAPACITY.leaseMs / 1000),
  AUZOLAN_NEXTCLOUD_URL: base.optional(),
  AUZOLAN_NEXTCLOUD_INTERNAL_URL: base.optional(),
  AUZOLAN_NEXTCLOUD_INTERNAL_HOST: hostName.optional(),
  AUZOLAN_PUBLIC_URL: base.optional(),
  AUZOLAN_SECRET: z.string().optional(),
  AUZOLAN_PREVIOUS_SECRET: z.string().optional(),
})
export type Settings = z.infer<typeof Environment>

const FIX: Record<SecretName, string> = {
  AUZOLAN_SECRET:
    'It must be the one Nextcloud has. `occ auzolan:setup --show-env` makes one there and prints it for here.',
  AUZOLAN_PREVIOUS_SECRET: 'It is the secret of before a change; leave it out if there was none.',
  AUZOLAN_METRICS_TOKEN: 'Make one with: openssl rand -hex 32',
}

/**
 * @returns the settings, and a sentence for each variable that begins with AUZOLAN_ and is none of them
 * @throws {ConfigError} with a line for each variable that cannot be used: its name, and what it must be.
 */
export function readSettings(environment: NodeJS.ProcessEnv): {
  readonly settings: Settings
  readonly warnings: readonly string[]
} {
  // `NAME=` in an env file and `${NAME:-}` in a compose file mean: not set.
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => name.startsWith('AUZOLAN_') && value !== ''),
  )
  for (const name of HIDDEN) {
    const secret = readHidden(name, given)
    if (secret !== undefined) given[name] = secret
  }
  for (const name of SECRETS) demandLength(name, given)
  const parsed = Environment.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      if (HIDDEN.some((hidden) => hidden === name)) return `${name} ${message}.`
      return `${name} ${message}. It is “${given[name]?.replace(/\/\/[^/]*@/, '//…@')}”.`
    })
    throw new ConfigError(['A setting cannot be used.', ...lines, ...unknownOf(given)].join('\n'))
  }
  return { settings: parsed.data, warnings: [...unknownOf(given), ...openFiles(given)] }
}

function readHidden(name: HiddenName, given: NodeJS.ProcessEnv): string | undefined {
  const file = given[`${name}_FILE`]
  if (file !== undefined && given[name] !== undefined) {
    throw new ConfigError(`${name} and ${name}_FILE are both set. Remove one of them.`)
  }
  if (file === undefined) return given[name]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new ConfigError(
      `${name}_FILE cannot be read: ${(error as Error).message}\n` +
        'Name a file with the secret in it that this user may read.',
    )
  }
}

function demandLength(name: SecretName, given: NodeJS.ProcessEnv): void {
  const secret = given[name]
  if (secret === undefined || secret.length >= SECRET_MIN_CHARACTERS) return
  throw new ConfigError(
    `${name} must have at least ${SECRET_MIN_CHARACTERS} characters` +
      `${given[`${name}_FILE`] === undefined ? '' : ` (it was read from ${name}_FILE)`}.\n${FIX[name]}`,
  )
}

/** Files with a secret in them that every account of the machine may read. */
function openFiles(given: NodeJS.ProcessEnv): string[] {
  // Windows has no such modes.
  if (process.platform === 'win32') return []
  return HIDDEN.flatMap((name) => given[`${name}_FILE`] ?? [])
    .filter((path) => (statSync(path).mode & 0o004) !== 0)
    .map((path) => `${path} holds a secret, and every account of this machine may read it: chmod o= ${path}`)
}

/** A name with a slip of the pen would else be a setting that silently does nothing. */
function unknownOf(given: NodeJS.ProcessEnv): string[] {
  const known = new Set([...Object.keys(Environment.shape), ...HIDDEN.map((name) => `${name}_FILE`)])
  return Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => `${name} is not a setting of this version and does nothing; docs/OPERATIONS.md lists all`)
}
