/** Reads what the host signed: API tokens (5 minutes), tickets (60 seconds, once), and its own calls (60 seconds). */
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import {
  API_TOKEN_MAX_AGE_S,
  CLOCK_JUMP_MAX_S,
  CLOCK_LEEWAY_S,
  GROUPS_IN_TOKEN_MAX,
  TICKET_MAX_AGE_S,
} from '@auzolan/shared/limits.ts'
import type { Journal } from '../journal/journal.ts'
import { Together } from '../together.ts'
import type { Claims, Ticket } from './claims.ts'
import type { PassingKey } from './keys.ts'
import type { People } from './people.ts'
import type { Revocations } from './revocations.ts'
import { AUDIENCE, readSigned } from './signed.ts'

const Payload = z.object({
  iss: z.string(),
  aud: z.union([z.literal(AUDIENCE), z.array(z.string()).refine((all) => all.includes(AUDIENCE))]),
  // No account of Nextcloud has a slash; the server's own entries are signed with one.
  sub: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/]+$/),
  name: z.string().max(255).default(''),
  /** Absent when they did not fit: then Nextcloud is asked. */
  groups: z.array(z.string()).max(GROUPS_IN_TOKEN_MAX).optional(),
  teams: z.array(z.string()).max(GROUPS_IN_TOKEN_MAX).default([]),
  language: z.string().max(16).default('en'),
  admin: z.boolean().default(false),
  scope: z.enum(['api', 'ticket', 'system']),
  document: z.string().optional(),
  /** Which of our routes for the host itself a call of its own is for, below `/host/`. */
  call: z.string().optional(),
  /** SHA-256 of the body of a call of the host's own, hex. */
  body: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  // Unix seconds.
  iat: z.number(),
  nbf: z.number().optional(),
  exp: z.number(),
  jti: z.string().min(8).max(200),
})

type Payload = z.infer<typeof Payload>

/** What Nextcloud itself calls for, as the routes below `/host/` are named. */
export type HostCall = 'changed' | 'self-test' | 'rotate-key' | 'personal-data' | 'erase'
/** Said twice they do what they did. */
const REPEATABLE: ReadonlySet<HostCall> = new Set(['changed', 'self-test'])

/** Spent tickets that can no longer be shown again are forgotten this often; looking for them reads them all. */
const FORGET_EVERY_S = 60

export interface TokenOptions {
  readonly key: Uint8Array
  /** Key of before a change of the secret. */
  readonly previous?: PassingKey | null
  /** Whom to ask about people whose groups did not fit; without it they are in none. */
  readonly people?: People | null
  /** Address of the Nextcloud that may sign, as it knows itself. */
  readonly issuer: string
  readonly now: () => Date
}

export class Tokens {
  readonly #options: TokenOptions
  readonly #journal: Journal
  readonly #revocations: Revocations
  readonly #spent = new Together((payloads: readonly Payload[]) => this.#spend(payloads))
  /** Unix seconds. */
  #forgotAt = 0

  constructor(options: TokenOptions, journal: Journal, revocations: Revocations) {
    this.#options = options
    this.#journal = journal
    this.#revocations = revocations
  }

  /** The person behind an API token. */
  async readApiToken(token: string | undefined): Promise<Claims | Refusal> {
    const payload = this.#verify(token, 'api', API_TOKEN_MAX_AGE_S)
    if (isRefusal(payload)) return payload
    const claims = await this.#claimsOf(payload)
    return isRefusal(claims) ? claims : this.unlessVoid(claims)
  }

  /**
   * When the host itself signed this call with this body; Unix seconds by its clock.
   * @param call the route, below `/host/`
   */
  async readHostCall(token: string | undefined, call: HostCall, body: Uint8Array): Promise<number | Refusal> {
    const payload = this.#verify(token, 'system', TICKET_MAX_AGE_S)
    if (isRefusal(payload)) return payload
    const hash = createHash('sha256').update(body).digest('hex')
    const same = timingSafeEqual(Buffer.from(hash), Buffer.from(payload.body ?? hash.replace(/./g, '0')))
    if (!same) return refusal('TICKET_INVALID', 'signed for another body')
    const repeatable = REPEATABLE.has(call)
    // The same body asks for a person's data and has them erased: only the name tells the two apart. Apps of before named none.
    if (payload.call !== call && !(repeatable && payload.call === undefined))
      return refusal('TICKET_INVALID', 'signed for another call')
    // Seen on its way and said again, it would make another key, or erase whoever has come back.
    if (!repeatable && !(await this.#spent.ask(payload))) return refusal('TICKET_SPENT', 'used before')
    return payload.iat
  }

  /** Accepts a ticket, once in its life, also across a restart. */
  async redeemTicket(token: string | undefined): Promise<Ticket | Refusal> {
    const payload = this.#verify(token, 'ticket', TICKET_MAX_AGE_S)
    if (isRefusal(payload)) return payload
    const document = parseDocumentId(payload.document ?? '')
    if (document === null) return refusal('TICKET_INVALID', 'no document')
    // Before the ticket is spent: when Nextcloud does not answer, the same ticket is shown again.
    const known = await this.#claimsOf(payload)
    if (isRefusal(known)) return known
    const claims = this.unlessVoid(known)
    if (isRefusal(claims)) return claims
    if (!(await this.#spent.ask(payload))) return refusal('TICKET_SPENT', 'used before')
    // News may have come while the row was written.
    const valid = this.unlessVoid(claims)
    if (isRefusal(valid)) return valid
    return { ...claims, document, jti: payload.jti, expiresAt: payload.exp }
  }

  /** For each whether it is shown for the first time in its life, also across a restart. */
  async #spend(payloads: readonly Payload[]): Promise<boolean[]> {
    const now = Math.floor(this.#options.now().getTime() / 1000)
    const forget = Math.abs(now - this.#forgotAt) >= FORGET_EVERY_S
    if (forget) this.#forgotAt = now
    const { rows } = this.#journal
    if (forget)
      await rows
        .deleteFrom('spent_ticket')
        .where('expires_at', '<', now - CLOCK_LEEWAY_S - CLOCK_JUMP_MAX_S)
        .execute()
    // One statement: a transaction is alone in the whole house, and everybody who comes in spends a ticket.
    const spent = await rows
      .insertInto('spent_ticket')
      .values(payloads.map(({ jti, exp }) => ({ jti, expires_at: exp })))
      .onConflict((c) => c.doNothing())
      .returning('jti')
      .execute()
    const fresh = new Set(spent.map(({ jti }) => jti))
    // Of two who show the same ticket at the same time, the first has it.
    return payloads.map(({ jti }) => fresh.delete(jti))
  }

  /** A void token is like one that has run out: whoever still may gets a new one. */
  unlessVoid(claims: Claims): Claims | Refusal {
    return this.#revocations.isVoid(claims) ? refusal('TICKET_EXPIRED', 'revoked') : claims
  }

  async #claimsOf(payload: Payload): Promise<Claims | Refusal> {
    const { sub, name, language, admin, iat } = payload
    const person = sub as PersonId
    const own = { person, name: name || sub, language, admin, issuedAt: iat }
    const { people } = this.#options
    if (payload.groups !== undefined || !people)
      return { ...own, groups: payload.groups ?? [], teams: payload.teams }
    const belonging = await people.belonging(person)
    return isRefusal(belonging) ? belonging : { ...own, ...belonging }
  }

  #verify(token: string | undefined, scope: Payload['scope'], maxAgeS: number): Payload | Refusal {
    if (!token) return refusal('TICKET_MISSING', 'no token')
    const { key, previous, issuer } = this.#options
    let read = readSigned(token, key)
    if (read === 'other key' && previous?.counts()) read = readSigned(token, previous.key)
    if (read === 'other key') return refusal('TICKET_INVALID', 'signed with another secret')
    if (read === 'malformed') return refusal('TICKET_INVALID', 'no signed claims')
    const parsed = Payload.safeParse(read.claims)
    if (!parsed.success) return refusal('TICKET_INVALID', parsed.error.message)
    const payload = parsed.data
    // Signed with our secret, so whoever reads this has it: an administrator who sees two addresses side by side.
    if (payload.iss !== issuer) return refusal('TICKET_INVALID', `issuer: ${payload.iss} is not ${issuer}`)
    const outside = outsideItsTime(payload, maxAgeS, Math.floor(this.#options.now().getTime() / 1000))
    if (outside) return refusal('TICKET_EXPIRED', outside)
    return payload.scope === scope ? payload : refusal('TICKET_INVALID', `scope ${payload.scope}`)
  }
}

/**
 * Why these claims do not count now, `null` when they do. Signed in what is the future here is as outside its time as what has run out,
 * and no doubt about the secret.
 * @param now Unix seconds
 */
function outsideItsTime({ iat, nbf, exp }: Payload, maxAgeS: number, now: number): string | null {
  if (exp <= now - CLOCK_LEEWAY_S) return 'has run out'
  if (now - iat - CLOCK_LEEWAY_S > maxAgeS) return 'signed too long ago'
  if (Math.max(iat, nbf ?? iat) > now + CLOCK_LEEWAY_S) return 'signed in the future'
  return null
}
