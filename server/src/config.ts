/** The server's settings, all from the environment, read and checked once. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { DEFAULT_CAPACITY, SECRET_MIN_CHARACTERS, type Capacity } from '@auzolan/shared/limits.ts'

export interface Config {
  readonly port: number
  /** Address to listen on; the standalone host insists on loopback. */
  readonly listen: string
  readonly dataFolder: string
  readonly logLevel: string
  readonly capacity: Capacity
  /** Where `/metrics` is answered: on a port of its own on this machine, to whoever has the token, or nowhere. */
  readonly metrics: { readonly port: number | null; readonly token: string | null }
  readonly host:
    | { readonly kind: 'standalone' }
    | { readonly kind: 'nextcloud'; readonly url: string; readonly secret: string }
}

/** A setting that stops the start: its message is meant for whoever types the command. */
export class ConfigError extends Error {}

const whole = (from: number, to: number, words: string) =>
  z.coerce
    .number(`must be ${words}`)
    .int(`must be ${words}`)
    .min(from, `must be ${words}`)
    .max(to, `must be ${words}`)
const port = whole(1, 65535, 'a port: a whole number from 1 to 65535')
const atLeastOne = whole(1, Number.MAX_SAFE_INTEGER, 'a whole number, 1 or more')

const Environment = z.object({
  AUZOLAN_PORT: port.default(8790),
  AUZOLAN_LISTEN: z.string().default('::'),
  AUZOLAN_DATA: z.string().min(1).default('data'),
  AUZOLAN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  AUZOLAN_METRICS_PORT: port.optional(),
  AUZOLAN_METRICS_TOKEN: z.string().min(SECRET_MIN_CHARACTERS).optional(),
  AUZOLAN_UPDATES_PER_SECOND: atLeastOne.default(DEFAULT_CAPACITY.updatesPerSecond),
  AUZOLAN_UPDATES_BURST: atLeastOne.default(DEFAULT_CAPACITY.updatesBurst),
  AUZOLAN_WRITERS_PER_DOCUMENT: atLeastOne.default(DEFAULT_CAPACITY.writersPerDocument),
  AUZOLAN_SESSIONS_PER_DOCUMENT: atLeastOne.default(DEFAULT_CAPACITY.sessionsPerDocument),
  AUZOLAN_LEASE_SECONDS: atLeastOne.default(DEFAULT_CAPACITY.leaseMs / 1000),
  AUZOLAN_NEXTCLOUD_URL: z.url({ protocol: /^https?$/ }).optional(),
  AUZOLAN_SECRET: z.string().optional(),
  AUZOLAN_SECRET_FILE: z.string().optional(),
})

/** @throws {ConfigError} with a sentence that says what to set. */
export function readConfig(environment: NodeJS.ProcessEnv, standalone: boolean): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) throw new ConfigError(`A setting cannot be used.\n${z.prettifyError(parsed.error)}`)
  const env = parsed.data
  const base = {
    port: env.AUZOLAN_PORT,
    dataFolder: resolve(env.AUZOLAN_DATA),
    logLevel: env.AUZOLAN_LOG_LEVEL,
    capacity: {
      updatesPerSecond: env.AUZOLAN_UPDATES_PER_SECOND,
      updatesBurst: env.AUZOLAN_UPDATES_BURST,
      writersPerDocument: env.AUZOLAN_WRITERS_PER_DOCUMENT,
      sessionsPerDocument: env.AUZOLAN_SESSIONS_PER_DOCUMENT,
      leaseMs: env.AUZOLAN_LEASE_SECONDS * 1000,
    },
    metrics: { port: env.AUZOLAN_METRICS_PORT ?? null, token: env.AUZOLAN_METRICS_TOKEN ?? null },
  }
  if (standalone) return { ...base, listen: '127.0.0.1', host: { kind: 'standalone' } }
  if (!env.AUZOLAN_NEXTCLOUD_URL) {
    throw new ConfigError(
      'AUZOLAN_NEXTCLOUD_URL is not set: the address of your Nextcloud, e.g. https://cloud.example.org.\n' +
        'To look around without a Nextcloud, use: npm start',
    )
  }
  const secret = readSecret(env)
  return {
    ...base,
    listen: env.AUZOLAN_LISTEN,
    host: { kind: 'nextcloud', url: env.AUZOLAN_NEXTCLOUD_URL.replace(/\/+$/, ''), secret },
  }
}

function readSecret(env: z.infer<typeof Environment>): string {
  let secret = env.AUZOLAN_SECRET ?? ''
  if (env.AUZOLAN_SECRET_FILE) {
    try {
      secret = readFileSync(env.AUZOLAN_SECRET_FILE, 'utf8').trim()
    } catch (error) {
      throw new ConfigError(`AUZOLAN_SECRET_FILE cannot be read: ${(error as Error).message}`)
    }
  }
  if (secret.length < SECRET_MIN_CHARACTERS) {
    throw new ConfigError(
      `AUZOLAN_SECRET must have at least ${SECRET_MIN_CHARACTERS} characters and be the one Nextcloud has.\n` +
        'Make one with: openssl rand -hex 32\n' +
        'Give it to Nextcloud with: occ config:app:set auzolan secret --sensitive --value=…',
    )
  }
  return secret
}
