/** Who may see a document, making its version in force public, archiving it and opening it again. */
import type { Response, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { REVIEW_TEXT_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { VISIBILITIES, type PublicationRequest } from '@auzolan/shared/protocol/moves.ts'
import type { Claims } from '../access/claims.ts'
import type { Arranging } from '../documents/arranging.ts'
import type { Archiving } from '../review/archiving.ts'
import type { Publications } from '../review/publications.ts'
import type { Routing } from './routing.ts'

const ArchiveBody = z.object({ reason: z.string().max(REVIEW_TEXT_MAX_CHARACTERS) })
const VisibilityBody = z.object({ visibility: z.enum(VISIBILITIES) })
const PublicationBody = z.object({ version: z.int().min(1) }) satisfies z.ZodType<PublicationRequest>

export interface MovesPorts {
  readonly arranging: Arranging
  readonly publications: Publications
  readonly archiving: Archiving
}

export function addMovesRoutes(api: Router, { signedIn, entered, refuse }: Routing, ports: MovesPorts): void {
  const { arranging, publications, archiving } = ports

  const step = <T>(
    form: z.ZodType<T>,
    work: (claims: Claims, id: DocumentId, body: T) => Promise<Refusal | null>,
  ) =>
    signedIn(async (claims, request, response: Response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const parsed = form.safeParse(request.body ?? {})
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const refused = await work(claims, id, parsed.data)
      if (refused) refuse(response, refused)
      else response.status(204).end()
    })

  /** The coordinators of its team. */
  api.put(
    '/documents/:id/visibility',
    step(VisibilityBody, (claims, id, { visibility }) => arranging.show(id, visibility, claims)),
  )

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/publication',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      const found = isRefusal(id) ? id : await publications.read(claims, id)
      if (isRefusal(found)) return refuse(response, found)
      response.json(found)
    }),
  )

  /** The coordinators of its team. */
  api.post(
    '/documents/:id/publication',
    step(PublicationBody, (claims, id, body) => publications.publish(claims, id, body)),
  )

  /** The coordinators and directors of its team. */
  api.post(
    '/documents/:id/archive',
    step(ArchiveBody, (claims, id, { reason }) => archiving.archive(claims, id, reason)),
  )

  /** The directors of its team. */
  api.post(
    '/documents/:id/reopen',
    step(z.unknown(), (claims, id) => archiving.reopen(claims, id)),
  )
}
