/** How this server signs what it says to Nextcloud (PHP: `lib/Service/Signature.php` reads it). */
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** What the routes of ours in Nextcloud begin with, as both sides sign it: without host, prefix or query. */
const ROUTES = '/apps/auzolan/api/v1/server/'

export interface Signing {
  readonly key: Uint8Array
  readonly method: string
  /** Name of the route, e.g. `ping`. */
  readonly what: string
  readonly body: string
  /** Unix seconds. */
  readonly time: number
  /** 32 hex characters, never used twice. */
  readonly nonce: string
}

export const newNonce = (): string => randomBytes(16).toString('hex')

/** Hex HMAC-SHA256 over time, nonce, method, path and the hash of the body, one a line. */
export function signatureOf({ key, method, what, body, time, nonce }: Signing): string {
  const hash = createHash('sha256').update(body).digest('hex')
  const lines = [String(time), nonce, method, ROUTES + what, hash]
  return createHmac('sha256', key).update(lines.join('\n')).digest('hex')
}
