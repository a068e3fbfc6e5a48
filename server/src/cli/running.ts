/** Tells the server that runs here what whoever holds its settings wants of it, as Nextcloud would: signed with the shared secret. */
import { createHash, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { TICKET_MAX_AGE_S } from '@auzolan/shared/limits.ts'
import { keyFromNextcloud } from '../access/keys.ts'
import { readConfig } from '../config.ts'
import { askNear } from '../doctor/ask.ts'
import { RefusedCommand, type Surroundings } from './words.ts'

/** Erasing may take long where much was written. */
const ANSWER_MAX_MS = 60 * 60 * 1000
const ANSWER_MAX_BYTES = 1024 * 1024 * 1024

/**
 * @param what of `/api/v1/host/`
 * @throws {RefusedCommand} when no server runs with these settings, or it says no
 */
export async function tellRunning(
  what: string,
  content: object,
  { environment, now }: Surroundings,
): Promise<object> {
  const config = readConfig(environment, false)
  if (config.host.kind !== 'nextcloud') throw new RefusedCommand('The demo has nobody who could be meant.')
  const body = JSON.stringify(content)
  const at = Math.floor(now().getTime() / 1000)
  const token = await new SignJWT({
    name: 'auzolan-server',
    scope: 'system',
    body: createHash('sha256').update(body).digest('hex'),
    jti: randomUUID(),
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('auzolan-server')
    .setIssuer(config.host.url)
    .setAudience('auzolan-server')
    .setIssuedAt(at)
    .setExpirationTime(at + TICKET_MAX_AGE_S)
    .sign(keyFromNextcloud(config.host.secret))
  const answer = await askNear(config, `/api/v1/host/${what}`, {
    body,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    maxMs: ANSWER_MAX_MS,
    maxBytes: ANSWER_MAX_BYTES,
  })
  if (answer === null)
    throw new RefusedCommand(
      'The server does not run here with these settings; it has to: `systemctl start auzolan`.',
    )
  if (answer.status === 200) return answer.body
  const { code, detail } = answer.body as { code?: unknown; detail?: unknown }
  throw new RefusedCommand(
    `The server says no (${answer.status} ${String(code ?? '')}): ${String(detail ?? '')}.`,
  )
}
