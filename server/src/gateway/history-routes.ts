/** Who changed what, versions that are given a name, and how far a person has read. */
import type { Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { VERSION_LABEL_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { SeenUpTo, VersionNamed } from '@auzolan/shared/protocol/history.ts'
import type { Attribution } from '../history/attribution.ts'
import type { Happened } from '../history/happened.ts'
import type { NamedVersions } from '../history/naming.ts'
import type { SeenMarks } from '../history/seen.ts'
import type { Routing } from './routing.ts'

const Kept = z.union([
  z.strictObject({ label: z.string().trim().min(1).max(VERSION_LABEL_MAX_CHARACTERS) }),
  z.strictObject({ beforeRestoring: z.int().min(1) }),
]) satisfies z.ZodType<VersionNamed>
const UpTo = z.object({ seq: z.int().min(0).nullable().default(null) }) satisfies z.ZodType<SeenUpTo>
const Between = z.object({
  from: z.coerce.number().int().min(0).default(0),
  to: z.coerce.number().int().min(1).nullable().default(null),
})
const Language = z.object({ language: z.string().max(20).default('') })

export interface HistoryRoutesPorts {
  readonly attribution: Attribution
  readonly namedVersions: NamedVersions
  readonly happened: Happened
  readonly seen: SeenMarks
  /** Reads what was written to a document and has not been read yet. */
  readonly catchUp: (document: DocumentId) => Promise<unknown>
}

export function addHistoryRoutes(
  api: Router,
  { signedIn, entered, refuse }: Routing,
  ports: HistoryRoutesPorts,
): void {
  const { attribution, namedVersions, happened, seen, catchUp } = ports
  const invalid = (error: z.ZodError): Refusal => refusal('INVALID_INPUT', z.prettifyError(error))

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/touched',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const parsed = Between.safeParse(request.query)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      await catchUp(id)
      response.json(await attribution.between(id, parsed.data.from, parsed.data.to))
    }),
  )

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/happened',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      response.json(await happened.with(id))
    }),
  )

  /** Those who write it. */
  api.post(
    '/documents/:id/versions',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const parsed = Kept.safeParse(request.body)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      const n = await namedVersions.keep(claims, id, parsed.data)
      if (isRefusal(n)) return refuse(response, n)
      response.status(201).json({ version: n })
    }),
  )

  /** Whoever may read the document, for themselves: there is no way to read or write it for somebody else. */
  api.put(
    '/documents/:id/seen',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const parsed = UpTo.safeParse(request.body ?? {})
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      await seen.mark(claims.person, id, parsed.data.seq)
      response.status(204).end()
    }),
  )

  /** Anybody signed in: what has changed in what they have looked at, and may still read. */
  api.get(
    '/changes',
    signedIn(async (claims, request, response) => {
      const parsed = Language.safeParse(request.query)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      response.json(await seen.changes(claims, parsed.data.language))
    }),
  )
}
