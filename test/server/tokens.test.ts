/** What a token has to say to count, each limit on both sides. Signed by another implementation (`jose`), which also reads what we sign. */
import { createHmac } from 'node:crypto'
import { CompactSign, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import { API_TOKEN_MAX_AGE_S, CLOCK_LEEWAY_S } from '@auzolan/shared/limits.ts'
import { keyFromNextcloud } from '@auzolan/server/src/access/keys.ts'
import { readSigned, sign } from '@auzolan/server/src/access/signed.ts'
import { Tokens } from '@auzolan/server/src/access/tokens.ts'
import type { Journal } from '@auzolan/server/src/journal/journal.ts'
import type { Revocations } from '@auzolan/server/src/access/revocations.ts'

const KEY = keyFromNextcloud('a secret that two share, long enough')
const BEFORE = keyFromNextcloud('the secret of before, as long as that')
const STRANGERS = keyFromNextcloud('a secret that nobody here has heard')
const NOW = Date.parse('2026-05-04T10:00:00Z') / 1000
const ISSUER = 'https://nube.udala.example'

let previousCounts = true
const tokens = new Tokens(
  {
    key: KEY,
    previous: { key: BEFORE, counts: () => previousCounts },
    issuer: ISSUER,
    now: () => new Date(NOW * 1000),
  },
  // Neither is asked about an API token that names its groups and that nobody has revoked.
  {} as Journal,
  { isVoid: () => false } as unknown as Revocations,
)

const CLAIMS = {
  iss: ISSUER,
  aud: 'auzolan-server',
  sub: 'maite',
  name: 'Maite',
  groups: ['kultura'],
  scope: 'api',
  iat: NOW,
  exp: NOW + API_TOKEN_MAX_AGE_S,
  jti: newUuid(),
}
const signed = (claims: object, key = KEY, alg = 'HS256'): Promise<string> =>
  new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ alg }).sign(key)
const read = async (token: string | Promise<string>): Promise<string> => {
  const claims = await tokens.readApiToken(await token)
  return isRefusal(claims) ? claims.refused : claims.person
}
/** Another header, body or signature in its place, as they are. */
const replaced = async (part: 0 | 1 | 2, by: string): Promise<string> =>
  (await signed({})).split('.').with(part, by).join('.')
/** Whatever it says, with a signature that is right. */
const ourOwn = (header: unknown, body: unknown): string => {
  const said = `${json(header)}.${json(body)}`
  return `${said}.${createHmac('sha256', KEY).update(said).digest('base64url')}`
}
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

type Case = [string, () => string | Promise<string>, string]
describe('an API token', () => {
  const table: Case[] = [
    ['of now', () => signed({}), 'maite'],
    ['for us among others', () => signed({ aud: ['files', 'auzolan-server'] }), 'maite'],
    ['for others', () => signed({ aud: ['files', 'auzolan'] }), 'TICKET_INVALID'],
    ['for nobody', () => signed({ aud: undefined }), 'TICKET_INVALID'],
    ['of another Nextcloud', () => signed({ iss: `${ISSUER}.org` }), 'TICKET_INVALID'],
    ['of no Nextcloud', () => signed({ iss: undefined }), 'TICKET_INVALID'],
    ['of another scope', () => signed({ scope: 'ticket' }), 'TICKET_INVALID'],
    ['of nobody', () => signed({ sub: undefined }), 'TICKET_INVALID'],
    ['of somebody with a slash', () => signed({ sub: 'auzolan/records' }), 'TICKET_INVALID'],
    ['without a number', () => signed({ jti: undefined }), 'TICKET_INVALID'],
    ['without an end', () => signed({ exp: undefined }), 'TICKET_INVALID'],
    ['without a beginning', () => signed({ iat: undefined }), 'TICKET_INVALID'],
    ['that has just not run out', () => signed({ exp: NOW - CLOCK_LEEWAY_S + 1 }), 'maite'],
    ['that has just run out', () => signed({ exp: NOW - CLOCK_LEEWAY_S }), 'TICKET_EXPIRED'],
    [
      'as old as it may be, whatever it says of its end',
      () => signed({ iat: NOW - API_TOKEN_MAX_AGE_S - CLOCK_LEEWAY_S, exp: NOW + 10_000 }),
      'maite',
    ],
    [
      'older',
      () => signed({ iat: NOW - API_TOKEN_MAX_AGE_S - CLOCK_LEEWAY_S - 1, exp: NOW + 10_000 }),
      'TICKET_EXPIRED',
    ],
    ['of a clock that is ahead', () => signed({ iat: NOW + CLOCK_LEEWAY_S }), 'maite'],
    ['of the future', () => signed({ iat: NOW + CLOCK_LEEWAY_S + 1 }), 'TICKET_EXPIRED'],
    ['that counts in a moment', () => signed({ nbf: NOW + CLOCK_LEEWAY_S }), 'maite'],
    ['that counts later', () => signed({ nbf: NOW + CLOCK_LEEWAY_S + 1 }), 'TICKET_EXPIRED'],
    ['of strangers', () => signed({}, STRANGERS), 'TICKET_INVALID'],
    ['of strangers that has run out', () => signed({ exp: NOW - 999 }, STRANGERS), 'TICKET_INVALID'],
    ['signed in another way', () => signed({}, KEY, 'HS512'), 'TICKET_INVALID'],
    ['that says it is not signed', () => `${json({ alg: 'none' })}.${json(CLAIMS)}.`, 'TICKET_INVALID'],
    ['that says so, and is', () => ourOwn({ alg: 'none' }, CLAIMS), 'TICKET_INVALID'],
    [
      'with a header that we must know and do not',
      () => ourOwn({ alg: 'HS256', crit: ['b64'], b64: false }, CLAIMS),
      'TICKET_INVALID',
    ],
    ['with a header that is a number', () => ourOwn(1, CLAIMS), 'TICKET_INVALID'],
    ['with a header that is nothing', () => ourOwn(null, CLAIMS), 'TICKET_INVALID'],
    ...[null, 1, 'maite', [CLAIMS]].map((body): Case => [
      `that says ${JSON.stringify(body).slice(0, 8)}`,
      () => ourOwn({ alg: 'HS256' }, body),
      'TICKET_INVALID',
    ]),
    ['signed so by hand', () => ourOwn({ alg: 'HS256' }, CLAIMS), 'maite'],
    ['without its signature', () => replaced(2, ''), 'TICKET_INVALID'],
    ['with another body', () => replaced(1, json({ ...CLAIMS, sub: 'jon' })), 'TICKET_INVALID'],
    ['with a header that cannot be read', () => replaced(0, 'abc'), 'TICKET_INVALID'],
    ['in two parts', () => replaced(2, '').then((token) => token.slice(0, -1)), 'TICKET_INVALID'],
    ['in four parts', () => replaced(2, 'a.b'), 'TICKET_INVALID'],
    ['of no parts', () => 'token', 'TICKET_INVALID'],
    ['that is not there', () => '', 'TICKET_MISSING'],
  ]
  it.each(table)('%s', async (_name, token, expected) => {
    expect(await read(token())).toBe(expected)
  })

  it('counts with the secret of before for as long as that counts', async () => {
    const token = signed({}, BEFORE)
    expect(await read(token)).toBe('maite')
    previousCounts = false
    expect(await read(token)).toBe('TICKET_INVALID')
    previousCounts = true
  })

  it('of another Nextcloud names both addresses, once the signature is ours', async () => {
    const iss = 'https://cloud.udala.example'
    expect(await tokens.readApiToken(await signed({ iss }))).toMatchObject({
      detail: `issuer: ${iss} is not ${ISSUER}`,
    })
    expect(await tokens.readApiToken(await signed({ iss }, STRANGERS))).not.toMatchObject({
      detail: expect.stringContaining(ISSUER) as string,
    })
  })
})

describe('what we sign', () => {
  it('is read by another implementation, and by ours', async () => {
    const token = sign(CLAIMS, KEY)
    expect((await jwtVerify(token, KEY, { currentDate: new Date(NOW * 1000) })).payload).toEqual(CLAIMS)
    expect(readSigned(token, KEY)).toEqual({ claims: CLAIMS })
  })

  it('cannot be read as claims when it is no JSON', async () => {
    const token = await new CompactSign(Buffer.from('{"sub":')).setProtectedHeader({ alg: 'HS256' }).sign(KEY)
    expect(readSigned(token, KEY)).toBe('malformed')
    expect(await read(token)).toBe('TICKET_INVALID')
  })
})
