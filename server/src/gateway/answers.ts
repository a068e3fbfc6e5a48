/** What every answer of ours has in common: the headers for browsers, and the form of a "no". */
import type { Request, RequestHandler, Response } from 'express'
import { STATUS_CODES } from 'node:http'
import type { Refusal, RefusalCode } from '@auzolan/shared/codes.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'

/** Behind `/auzolan/` we answer on Nextcloud's own origin: nothing we send may become a page or a script of it. */
export const INERT: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "sandbox; default-src 'none'",
}

/** No cookie is ever read; one origin may call. */
export const browserRules =
  (allowedOrigin: string | null): RequestHandler =>
  (request, response, next) => {
    for (const [name, value] of Object.entries(INERT)) response.setHeader(name, value)
    response.setHeader('Cache-Control', 'no-store')
    if (allowedOrigin !== null && request.headers.origin === allowedOrigin) {
      response.setHeader('Access-Control-Allow-Origin', allowedOrigin)
      response.setHeader(
        'Access-Control-Allow-Headers',
        'Authorization, Content-Type, requesttoken, X-Requested-With',
      )
      response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE')
      response.setHeader('Access-Control-Expose-Headers', 'Retry-After')
      response.setHeader('Access-Control-Max-Age', '600')
      response.setHeader('Vary', 'Origin')
    }
    if (request.method === 'OPTIONS') response.status(204).end()
    else next()
  }

export function bearer(request: Request): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  return scheme === 'Bearer' ? token : undefined
}

const STATUS: Partial<Record<RefusalCode, number>> = {
  TICKET_MISSING: 401,
  TICKET_INVALID: 401,
  TICKET_EXPIRED: 401,
  TICKET_SPENT: 401,
  LEASE_OVER: 401,
  ACCESS_ENDED: 403,
  NOT_FOUND: 404,
  CLIENT_ID_TAKEN: 409,
  LAST_COORDINATOR: 409,
  TEAM_FULL: 409,
  VERSIONS_FULL: 409,
  IN_USE: 409,
  FILE_IN_USE: 409,
  FILES_FULL: 409,
  CHANGED_MEANWHILE: 409,
  ILLEGAL_MOVE: 409,
  GATE_CLOSED: 409,
  EPOCH_OLD: 409,
  QUARANTINED: 403,
  LOCKED: 423,
  READ_ONLY: 403,
  NOT_ALLOWED: 403,
  OTHER_PERSON: 403,
  OWN_TEXT: 403,
  OWN_SCORES: 403,
  NOT_YOUR_TURN: 403,
  TOO_LARGE: 413,
  FILE_TYPE: 415,
  FILE_DAMAGED: 422,
  FILE_DIFFERS: 422,
  STORAGE_FULL: 507,
  ENOUGH_TODAY: 429,
  TRY_AGAIN: 503,
  RESTART: 503,
  TOO_SLOW: 503,
  CROWDED: 503,
}

export function refuse(response: Response, refused: Refusal): void {
  const status = STATUS[refused.refused] ?? 400
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: refused.refused,
    detail: refused.detail,
  }
  if (status === 503) response.setHeader('Retry-After', String(1 + Math.floor(Math.random() * 5)))
  response.status(status).type('application/problem+json').send(JSON.stringify(problem))
}
