/** The SHA-256 of bytes, also where the page was not fetched over HTTPS and the browser keeps its own arithmetic to itself. */
import { digest } from 'lib0/hash/sha256'

export async function sha256Of(bytes: ArrayBuffer): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined
  const hash = subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : digest(new Uint8Array(bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
