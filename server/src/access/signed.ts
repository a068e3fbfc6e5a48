/** JSON signed with a shared key (JWS, HS256), as host and server say things to each other. Nothing about what it says. */
import jws from 'jws'

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
    // The types say string; with `json` it is what the JSON says.
    const claims: unknown = jws.decode(token, { json: true })?.payload
    return { claims }
  } catch {
    return 'malformed'
  }
}
