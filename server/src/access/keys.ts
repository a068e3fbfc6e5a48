/**
 * Keys derived from the one shared secret, one per direction, so that a token of Nextcloud can never be
 * replayed as a signature of ours.
 */
import { hkdfSync } from 'node:crypto'

/** Key of what Nextcloud signs for us: tokens and tickets. PHP: `hash_hkdf('sha256', $secret, 32, …)`. */
export const keyFromNextcloud = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), 'auzolan nc->server', 32))
