/** Imitates how Nextcloud passes requests on to the server (PHP: `lib/Controller/RelayController.php`). */
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { RELAY_BODY_MAX_BYTES, RELAY_FILE_MAX_BYTES } from '@auzolan/shared/limits.ts'

export interface RelayOptions {
  /** Where it begins; Nextcloud may or may not have `index.php` in its addresses. */
  readonly paths: readonly string[]
  readonly server: string
  /** An API token for whoever asks, or `null` for strangers. */
  readonly tokenFor: (request: Request) => string | null
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const SEGMENT = /^[A-Za-z0-9._~%@:+,=-]+$/

export function addRelay(host: Router, { paths, server, tokenFor }: RelayOptions): void {
  const upTo = (limit: number): RequestHandler => express.raw({ type: () => true, limit })
  const [body, file] = [upTo(RELAY_BODY_MAX_BYTES), upTo(RELAY_FILE_MAX_BYTES)]
  for (const start of paths) {
    host.all(`${start}/documents/:id/files/:sha256`, file)
    host.all(`${start}/{*rest}`, body, async (request, response) => {
      const token = tokenFor(request)
      if (token === null) return answer(response, 401, 'TICKET_MISSING', 'not signed in')
      const path = request.originalUrl.slice(start.length + 1)
      if (!METHODS.includes(request.method) || !isPassedOn(path))
        return answer(response, 404, 'NOT_FOUND', 'no such route')
      const sent = Buffer.isBuffer(request.body) && request.body.length > 0
      const type = request.header('content-type')
      const answered = await fetch(`${server}/api/v1/${path}`, {
        method: request.method,
        headers: { authorization: `Bearer ${token}`, ...(type ? { 'content-type': type } : {}) },
        ...(sent ? { body: new Uint8Array(request.body as Buffer) } : {}),
      })
      const retryAfter = answered.headers.get('retry-after')
      if (retryAfter) response.setHeader('Retry-After', retryAfter)
      response.setHeader('X-Content-Type-Options', 'nosniff')
      response.setHeader('Content-Disposition', 'attachment')
      response
        .status(answered.status)
        .type(answered.headers.get('content-type') ?? 'application/octet-stream')
        .send(Buffer.from(await answered.arrayBuffer()))
    })
  }
}

/** Nothing that climbs or is read in two ways, and nothing that only Nextcloud itself may say. */
function isPassedOn(path: string): boolean {
  const segments = path.split('?')[0]!.split('/')
  const plain = segments.every((segment) => {
    const decoded = decodedOf(segment)
    return SEGMENT.test(segment) && decoded !== null && !/^\.{1,2}$|[/\\%]/.test(decoded)
  })
  return plain && decodedOf(segments[0]!)?.toLowerCase() !== 'host'
}

function decodedOf(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

function answer(response: Response, status: number, code: RefusalCode, detail: string): void {
  const problem = { type: 'about:blank', title: code, status, code, detail }
  response.status(status).type('application/problem+json').send(JSON.stringify(problem))
}
