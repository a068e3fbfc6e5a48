/** The audit for auditors: all of it for administrators of Nextcloud, the rows of a document for those who answer for it. */
import { once } from 'node:events'
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { EXPORT_FORMATS, type AuditExport, type ExportRange } from '../journal/audit-export.ts'
import type { Routing } from './routing.ts'

const Range = z.object({
  format: z.enum(EXPORT_FORMATS).default('json'),
  from: z.iso.date().nullable().default(null),
  to: z.iso.date().nullable().default(null),
}) satisfies z.ZodType<ExportRange>

export interface AuditPorts {
  readonly audit: AuditExport
}

export function addAuditRoutes(
  api: Router,
  { signedIn, enter, refuse }: Routing,
  { audit }: AuditPorts,
): void {
  const rangeOf = (request: Request): ExportRange | Refusal => {
    const parsed = Range.safeParse(request.query)
    return parsed.success ? parsed.data : refusal('INVALID_INPUT', z.prettifyError(parsed.error))
  }
  const send = async (
    response: Response,
    name: string,
    { format }: ExportRange,
    lines: AsyncIterable<string>,
  ): Promise<void> => {
    response.attachment(`${name}.${format}`)
    response.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json')
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    for await (const line of lines) {
      // Whoever has left needs no more pages read; whoever reads slowly is waited for.
      if (gone.signal.aborted) return
      if (!response.write(line)) await once(response, 'drain', { signal: gone.signal }).catch(() => {})
    }
    response.end()
  }

  /** Administrators of Nextcloud; everybody knows that it exists, so 403 and not 404. */
  api.get(
    '/audit',
    signedIn(async (claims, request, response) => {
      if (!claims.admin) return refuse(response, refusal('NOT_ALLOWED', 'for administrators of Nextcloud'))
      const range = rangeOf(request)
      if (isRefusal(range)) return refuse(response, range)
      await send(response, 'auzolan-audit', range, await audit.lines(claims.person, null, range))
    }),
  )

  /** The coordinators and directors of its team. */
  api.get(
    '/documents/:id/audit',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      if (!entered.roles.some((role) => role === 'coordinator' || role === 'director'))
        return refuse(response, refusal('NOT_ALLOWED', 'for coordinators and directors of the team'))
      const range = rangeOf(request)
      if (isRefusal(range)) return refuse(response, range)
      const document: DocumentId = entered.document.id
      await send(
        response,
        `auzolan-audit-${document}`,
        range,
        await audit.lines(claims.person, document, range),
      )
    }),
  )
}
