/** A Nextcloud as the sync server knows it: an address, a secret, and what is signed with it. */
import { createHash } from 'node:crypto'
import { SignJWT } from 'jose'
import { newUuid } from '@auzolan/shared/ids.ts'
import { keyFromNextcloud } from '@auzolan/server/src/access/keys.ts'

export const NEXTCLOUD = { url: 'http://127.0.0.1:1', secret: '0123456789abcdef'.repeat(4) }

export interface Signing {
  readonly person: string
  /** `null`: they did not fit into the token. */
  readonly groups?: readonly string[] | null
  /** Ids of Nextcloud Teams. */
  readonly teams?: readonly string[]
  readonly admin?: boolean
  readonly scope?: 'api' | 'ticket' | 'system'
  readonly document?: string
  /** Which call of the host's own it is for. */
  readonly call?: string
  /** Its body, whose hash is signed. */
  readonly body?: string
  readonly issuer?: string
  readonly audience?: string
  readonly secret?: string
  /** The time by the host's clock, Unix seconds; without it, that of this machine. */
  readonly at?: number
  /** Seconds from then. */
  readonly issued?: number
  readonly expires?: number
  readonly notBefore?: number
  readonly jti?: string
}

export function sign(what: Signing): Promise<string> {
  const {
    at = Math.floor(Date.now() / 1000),
    person,
    groups = [],
    teams = [],
    scope = 'api',
    issued = 0,
    expires = 60,
  } = what
  const token = new SignJWT({
    name: `${person} of the council`,
    ...(groups === null ? {} : { groups: [...groups] }),
    teams: [...teams],
    language: 'eu',
    admin: what.admin ?? false,
    scope,
    ...(what.document === undefined ? {} : { document: what.document }),
    ...(what.call === undefined ? {} : { call: what.call }),
    ...(what.body === undefined ? {} : { body: createHash('sha256').update(what.body).digest('hex') }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(what.issuer ?? NEXTCLOUD.url)
    .setAudience(what.audience ?? 'auzolan-server')
    .setSubject(person)
    .setIssuedAt(at + issued)
    .setExpirationTime(at + expires)
    .setJti(what.jti ?? newUuid())
  if (what.notBefore !== undefined) token.setNotBefore(at + what.notBefore)
  return token.sign(keyFromNextcloud(what.secret ?? NEXTCLOUD.secret))
}
