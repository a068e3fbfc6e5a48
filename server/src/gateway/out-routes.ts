/** The posts of a calendar as files, and which calendars somebody has. */
import type { Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { CSV_CHOICES, CSV_KINDS } from '@auzolan/shared/export/posts-csv.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { OUT_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { plainName } from '@auzolan/shared/protocol/files.ts'
import type { Claims } from '../access/claims.ts'
import type { FileOut, Out } from '../posts/out.ts'
import type { Routing } from './routing.ts'

const day = z.iso.date().optional()
/** Of whoever takes it out, where their page is in another one than their account. */
const language = z.string().max(35).optional()
const Days = z.object({ from: day, to: day, language })
const Rows = Days.extend({
  posts: z.enum(CSV_CHOICES).default('ready'),
  kind: z.enum(CSV_KINDS).default('tool'),
})

export interface OutRoutesPorts {
  readonly out: Out
}

export function addOutRoutes(
  api: Router,
  { signedIn, entered, refuse }: Routing,
  { out }: OutRoutesPorts,
): void {
  /** A file of what its calendar says, as the query asks for it. */
  const file = <Q extends { readonly language?: string | undefined }>(
    query: z.ZodType<Q>,
    type: string,
    ending: string,
    work: (claims: Claims, id: DocumentId, asked: Q) => Promise<FileOut | Refusal>,
  ) =>
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const asked = query.safeParse(request.query)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      const reader = { ...claims, language: asked.data.language ?? claims.language }
      const found = await work(reader, id, asked.data)
      if (isRefusal(found)) return refuse(response, found)
      const name = plainName(found.title).slice(0, OUT_NAME_MAX_CHARACTERS).toWellFormed()
      response.attachment(`${name || 'Auzolan'}${ending}`)
      response.setHeader('Content-Type', `${type}; charset=utf-8`)
      response.send(found.text)
    })

  /** The team. */
  api.get(
    '/documents/:id/calendar.ics',
    file(Days, 'text/calendar', '.ics', (claims, id, days) => out.ics(claims, id, days)),
  )
  api.get(
    '/documents/:id/posts.csv',
    file(Rows, 'text/csv', '.csv', (claims, id, asked) => out.csv(claims, id, asked)),
  )

  /** Anybody signed in: those of their own teams. */
  api.get(
    '/calendars',
    signedIn(async (claims, _request, response) => void response.json(await out.calendars(claims))),
  )
}
