/** Reads what the host signed: API tokens (5 minutes), tickets (60 seconds, once), and its own calls (60 seconds). */
import { createHash, timingSafeEqual } from 'node:crypto'
import { errors, jwtVerify } from 'jose'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import {
  API_TOKEN_MAX_AGE_S,
  CLOCK_JUMP_MAX_S,
  CLOCK_LEEWAY_S,
  TICKET_MAX_AGE_S,
} from '@auzolan/shared/limits.ts'
import type { Journal } from '../journal/journal.ts'
import type { Claims, Ticket } from './claims.ts'
import type { Revocations } from './revocations.ts'

const Payload = z.object({
  // No account of Nextcloud has a slash; the server's own entries are signed with one.
  sub: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/]+$/),
  name: z.string().max(255),
  groups: z.array(z.string()).max(200).default([]),
  teams: z.array(z.string()).max(200).default([]),
  language: z.string().max(16).default('en'),
  admin: z.boolean().default(false),
  scope: z.enum(['api', 'ticket', 'system']),
  document: z.string().optional(),
  /** SHA-256 of the body of a call of the host's own, hex. */
  body: z.string().length(64).optional(),
  iat: z.number(),
  exp: z.number(),
  jti: z.string().min(8).max(200),
})

/** Spent tickets that can no longer be shown again are forgotten this often; looking for them reads them all. */
const FORGET_EVERY_S = 60

export interface TokenOptions {
  readonly key: Uint8Array
  /** Address of the Nextcloud that may sign, as it knows itself. */
  readonly issuer: string
  readonly now: () => Date
}

export class Tokens {
  readonly #options: TokenOptions
  readonly #journal: Journal
  readonly #revocations: Revocations
  /** Unix seconds. */
  #forgotAt = 0

  constructor(options: TokenOptions, journal: Journal, revocations: Revocations) {
    this.#options = options
    this.#journal = journal
    this.#revocations = revocations
  }

  /** The person behind an API token. */
  async readApiToken(token: string | undefined): Promise<Claims | Refusal> {
    const payload = await this.#verify(token, 'api', API_TOKEN_MAX_AGE_S)
    return isRefusal(payload) ? payload : this.unlessVoid(claimsOf(payload))
  }

  /** When the host itself signed this call with this body; Unix seconds by its clock. */
  async readHostCall(token: string | undefined, body: Uint8Array): Promise<number | Refusal> {
    const payload = await this.#verify(token, 'system', TICKET_MAX_AGE_S)
    if (isRefusal(payload)) return payload
    const hash = createHash('sha256').update(body).digest('hex')
    const same = timingSafeEqual(Buffer.from(hash), Buffer.from(payload.body ?? hash.replace(/./g, '0')))
    return same ? payload.iat : refusal('TICKET_INVALID', 'signed for another body')
  }

  /** Accepts a ticket, once in its life, also across a restart. */
  async redeemTicket(token: string | undefined): Promise<Ticket | Refusal> {
    const payload = await this.#verify(token, 'ticket', TICKET_MAX_AGE_S)
    if (isRefusal(payload)) return payload
    const document = parseDocumentId(payload.document ?? '')
    if (document === null) return refusal('TICKET_INVALID', 'no document')
    const claims = this.unlessVoid(claimsOf(payload))
    if (isRefusal(claims)) return claims
    const now = Math.floor(this.#options.now().getTime() / 1000)
    const forget = Math.abs(now - this.#forgotAt) >= FORGET_EVERY_S
    if (forget) this.#forgotAt = now
    const first = await this.#journal.transact(async (rows) => {
      if (forget)
        await rows
          .deleteFrom('spent_ticket')
          .where('expires_at', '<', now - CLOCK_LEEWAY_S - CLOCK_JUMP_MAX_S)
          .execute()
      const spent = await rows
        .insertInto('spent_ticket')
        .values({ jti: payload.jti, expires_at: payload.exp })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst()
      return spent.numInsertedOrUpdatedRows === 1n
    })
    if (!first) return refusal('TICKET_SPENT', 'used before')
    // News may have come while the row was written.
    const valid = this.unlessVoid(claims)
    if (isRefusal(valid)) return valid
    return { ...claims, document, jti: payload.jti, expiresAt: payload.exp }
  }

  /** A void token is like one that has run out: whoever still may gets a new one. */
  unlessVoid(claims: Claims): Claims | Refusal {
    return this.#revocations.isVoid(claims) ? refusal('TICKET_EXPIRED', 'revoked') : claims
  }

  async #verify(
    token: string | undefined,
    scope: 'api' | 'ticket' | 'system',
    maxAgeS: number,
  ): Promise<z.infer<typeof Payload> | Refusal> {
    if (!token) return refusal('TICKET_MISSING', 'no token')
    try {
      const { payload } = await jwtVerify(token, this.#options.key, {
        algorithms: ['HS256'],
        issuer: this.#options.issuer,
        audience: 'auzolan-server',
        clockTolerance: CLOCK_LEEWAY_S,
        maxTokenAge: maxAgeS,
        currentDate: this.#options.now(),
      })
      const parsed = Payload.safeParse(payload)
      if (!parsed.success) return refusal('TICKET_INVALID', parsed.error.message)
      return parsed.data.scope === scope
        ? parsed.data
        : refusal('TICKET_INVALID', `scope ${parsed.data.scope}`)
    } catch (error) {
      // Signed in what is the future here: as outside its time as one that has run out, and no doubt about the secret.
      const early = error instanceof errors.JWTClaimValidationFailed && error.claim === 'iat'
      if (error instanceof errors.JWTExpired || (early && error.reason === 'check_failed'))
        return refusal('TICKET_EXPIRED', error.message)
      if (error instanceof errors.JOSEError) return refusal('TICKET_INVALID', error.message)
      throw error
    }
  }
}

const claimsOf = (payload: z.infer<typeof Payload>): Claims => ({
  person: payload.sub as PersonId,
  name: payload.name || payload.sub,
  groups: payload.groups,
  teams: payload.teams,
  language: payload.language,
  admin: payload.admin,
  issuedAt: payload.iat,
})
