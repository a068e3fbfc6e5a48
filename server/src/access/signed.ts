/** JSON signed with a shared key (JWS, HS256), as host and server say things to each other. Nothing about what it says. */
import jws from 'jws'

/** Whom it is said to, in the claim `aud`. */
export const AUDIENCE = 'auzolan-server'

/** @param claims what is said, as JSON */
export const sign = (claims: object, key: Uint8Array): string =>
  jws.sign({ header: { alg: 'HS256', typ: 'JWT' }, payload: claims, secret: Buffer.from(key) })

/** What was signed with this key; whether it cannot be read at all, or only not with this key. */
export function readSigned(
  token: string,
  key: Uint8Array,
): { readonly claims: unknown } | 'malformed' | 'other key' {
  if (!jws.isValid(token)) return 'malformed'
  // Whatever its header asks for: a token does not choose how it is checked.
  if (!jws.verify(token, 'HS256', Buffer.from(key))) return 'other key'
  try {
    const signed = jws.decode(token, { json: true })
    // What is critical to whoever signed it (RFC 7515, 4.1.11) we do not know.
    if (signed?.header.alg !== 'HS256' || 'crit' in signed.header) return 'malformed'
    // The types say string; with `json` it is what the JSON says.
    return { claims: signed.payload as unknown }
  } catch {
    return 'malformed'
  }
}
