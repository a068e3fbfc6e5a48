/** Asks the server that runs here, in the name of Nextcloud: whoever may read its settings has the secret that both share. */
import { createHash, randomUUID } from 'node:crypto'
import { TICKET_MAX_AGE_S } from '@auzolan/shared/limits.ts'
import { keyFromNextcloud } from '../access/keys.ts'
import { AUDIENCE, sign } from '../access/signed.ts'
import { readConfig } from '../config.ts'
import { askNear } from '../doctor/ask.ts'
import { RefusedCommand, type Surroundings } from './words.ts'

/** Erasing may take long where much was written. */
const ANSWER_MAX_MS = 60 * 60 * 1000
const ANSWER_MAX_BYTES = 1024 * 1024 * 1024
/** Who did it, for the audit. No account of Nextcloud has a colon in its name. */
const COMMAND = 'auzolan:command'

export interface Asked<T> {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Below `/api/v1/`. */
  readonly path: string
  readonly content?: object
  /** A call of Nextcloud's own over exactly this content; or one of an administrator. */
  readonly as: 'nextcloud' | 'administrator'
  /** What our own server answers with; anything may listen on a port. */
  readonly expects: readonly (keyof T & string)[]
}

/** @throws {RefusedCommand} when no server runs with these settings, it says no, or what answers is something else */
export async function askRunning<T extends object>(
  asked: Asked<T>,
  { environment, now }: Surroundings,
): Promise<T> {
  const config = readConfig(environment, false)
  if (config.host.kind !== 'nextcloud')
    throw new RefusedCommand('The demo keeps its secret to itself: nothing can be asked of it.')
  const body = asked.content === undefined ? undefined : JSON.stringify(asked.content)
  const at = Math.floor(now().getTime() / 1000)
  const hash = createHash('sha256')
    .update(body ?? '')
    .digest('hex')
  const whose =
    asked.as === 'nextcloud'
      ? { scope: 'system', call: asked.path.replace('host/', ''), body: hash }
      : { scope: 'api', admin: true, groups: [] }
  const claims = {
    iss: config.host.url,
    aud: AUDIENCE,
    sub: COMMAND,
    iat: at,
    exp: at + TICKET_MAX_AGE_S,
    jti: randomUUID(),
    name: 'auzolan-server',
    ...whose,
  }
  const token = sign(claims, keyFromNextcloud(config.host.secret))
  const answer = await askNear(config, `/api/v1/${asked.path}`, {
    method: asked.method,
    ...(body === undefined ? {} : { body }),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    maxMs: ANSWER_MAX_MS,
    maxBytes: ANSWER_MAX_BYTES,
  })
  if (answer === null)
    throw new RefusedCommand(
      'The server does not run here with these settings; it has to: `systemctl start auzolan`.',
    )
  if (answer.status === 0)
    throw new RefusedCommand(
      'The answer of the server did not come whole: it is not known whether this was done. Look at its log, then run it again.',
    )
  if (answer.status === 200) {
    if (asked.expects.every((key) => key in answer.body)) return answer.body as T
    throw new RefusedCommand(
      `What answers at ${config.socket ?? `port ${config.port}`} is no Auzolan of this version: see AUZOLAN_PORT, or restart the server.`,
    )
  }
  const { code, detail } = answer.body as { code?: unknown; detail?: unknown }
  throw new RefusedCommand(
    `The server says no (${answer.status} ${String(code ?? '')}): ${String(detail ?? '')}.`,
  )
}
