/**
 * Keys derived from the one shared secret, one per direction, so that a token of Nextcloud can never be
 * replayed as a signature of ours.
 */
import { hkdfSync } from 'node:crypto'
import { PREVIOUS_SECRET_MS } from '@auzolan/shared/limits.ts'

const derived = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), purpose, 32))

/** Key of what Nextcloud signs for us: tokens and tickets. PHP: `hash_hkdf('sha256', $secret, 32, …)`. */
export const keyFromNextcloud = (secret: string): Uint8Array => derived(secret, 'auzolan nc->server')
/** Key of what we sign for Nextcloud: our calls. */
export const keyToNextcloud = (secret: string): Uint8Array => derived(secret, 'auzolan server->nc')

/** A key that counts only for a while. */
export interface PassingKey {
  readonly key: Uint8Array
  /** Whether it still counts. */
  readonly counts: () => boolean
}

/**
 * After a change of the secret, what was signed with the one before is accepted for a while after our start: Nextcloud's
 * web server and its command line learn of the change at different moments.
 * @param elapsed milliseconds, monotonic
 */
export function previousKey(secret: string, elapsed = (): number => performance.now()): PassingKey {
  const until = elapsed() + PREVIOUS_SECRET_MS
  return { key: keyFromNextcloud(secret), counts: () => elapsed() < until }
}
