/** What the server is told to be: the settings put in order, once, at the start. */
import { resolve } from 'node:path'
import type { Capacity } from '@auzolan/shared/limits.ts'
import { ConfigError, readSettings, type Settings } from './settings.ts'

export { ConfigError, NotNowError } from './settings.ts'

export interface NextcloudConfig {
  readonly kind: 'nextcloud'
  /** As people have it in their browser: what it signs with. */
  readonly url: string
  readonly secret: string
  /** The secret of before a change, accepted for a while after the start. */
  readonly previousSecret: string | null
  /** Where this server reaches it, when that is elsewhere; and the name it is then called by. */
  readonly internalUrl: string | null
  readonly internalHost: string | null
}

export interface Config {
  readonly port: number
  /** Address to listen on; the standalone host insists on loopback. */
  readonly listen: string
  /** Path of a unix socket to listen on instead. */
  readonly socket: string | null
  /** What lies on this machine: everything, or with a database what a node needs while it runs. */
  readonly dataFolder: string
  /** A PostgreSQL that holds everything; with a password in it, so never for a log. `null`: SQLite in the data folder. */
  readonly databaseUrl: string | null
  /** What nodes talk over, where it is not the database itself; with a password in it, so never for a log. */
  readonly redisUrl: string | null
  readonly logLevel: string
  readonly capacity: Capacity
  /** Where `/metrics` is answered: on a port of its own on this machine, to whoever has the token, or nowhere. */
  readonly metrics: { readonly port: number | null; readonly token: string | null }
  /** This server as browsers reach it. */
  readonly publicUrl: string | null
  readonly host: { readonly kind: 'standalone' } | NextcloudConfig
  /** Sentences for the log: what was set and does nothing. */
  readonly warnings: readonly string[]
}

/** @throws {ConfigError} with a sentence that says what to set. */
export function readConfig(environment: NodeJS.ProcessEnv, standalone: boolean): Config {
  const { settings: env, warnings: said } = readSettings(environment)
  const idle = env.AUZOLAN_REDIS_URL !== undefined && env.AUZOLAN_DATABASE_URL === undefined
  const warnings = idle
    ? [...said, 'AUZOLAN_REDIS_URL does nothing without AUZOLAN_DATABASE_URL: with SQLite there is one node']
    : said
  const base = {
    port: env.AUZOLAN_PORT,
    dataFolder: resolve(env.AUZOLAN_DATA),
    databaseUrl: env.AUZOLAN_DATABASE_URL ?? null,
    redisUrl: env.AUZOLAN_REDIS_URL ?? null,
    logLevel: env.AUZOLAN_LOG_LEVEL,
    capacity: {
      updatesPerSecond: env.AUZOLAN_UPDATES_PER_SECOND,
      updatesBurst: env.AUZOLAN_UPDATES_BURST,
      writersPerDocument: env.AUZOLAN_WRITERS_PER_DOCUMENT,
      sessionsPerDocument: env.AUZOLAN_SESSIONS_PER_DOCUMENT,
      birthsAtOnce: env.AUZOLAN_BIRTHS_AT_ONCE,
      leaseMs: env.AUZOLAN_LEASE_SECONDS * 1000,
    },
    metrics: { port: env.AUZOLAN_METRICS_PORT ?? null, token: env.AUZOLAN_METRICS_TOKEN ?? null },
    publicUrl: env.AUZOLAN_PUBLIC_URL ?? null,
    warnings,
  }
  if (standalone) return { ...base, listen: '127.0.0.1', socket: null, host: { kind: 'standalone' } }
  return {
    ...base,
    listen: env.AUZOLAN_LISTEN,
    socket: env.AUZOLAN_SOCKET ?? null,
    host: nextcloudOf(env, warnings),
  }
}

/** @param warnings said as well when something is lacking: it may be what somebody meant to set */
function nextcloudOf(env: Settings, warnings: readonly string[]): NextcloudConfig {
  const lacking = (...lines: string[]): never => {
    throw new ConfigError([...lines, ...warnings].join('\n'))
  }
  if (env.AUZOLAN_NEXTCLOUD_URL === undefined) {
    return lacking(
      'AUZOLAN_NEXTCLOUD_URL is not set: the address of your Nextcloud, e.g. https://cloud.example.org.',
      'In Nextcloud, `occ auzolan:setup --show-env` prints all that belongs here.',
    )
  }
  if (env.AUZOLAN_SECRET === undefined) {
    return lacking(
      'AUZOLAN_SECRET (or AUZOLAN_SECRET_FILE) is not set: the secret this server shares with Nextcloud.',
      'In Nextcloud, `occ auzolan:setup --show-env` makes one and prints all that belongs here; or by hand:',
      'openssl rand -hex 32, and occ config:app:set auzolan secret --sensitive --value=…',
    )
  }
  return {
    kind: 'nextcloud',
    url: env.AUZOLAN_NEXTCLOUD_URL,
    secret: env.AUZOLAN_SECRET,
    previousSecret: env.AUZOLAN_PREVIOUS_SECRET ?? null,
    internalUrl: env.AUZOLAN_NEXTCLOUD_INTERNAL_URL ?? null,
    internalHost: env.AUZOLAN_NEXTCLOUD_INTERNAL_HOST ?? null,
  }
}
