/** "I have read it", for an approved version. */
import type { Request, Router } from 'express'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseVersionNumber, type DocumentId } from '@auzolan/shared/ids.ts'
import type { Claims } from '../access/claims.ts'
import type { Acknowledgements } from '../review/acknowledgements.ts'
import type { Routing } from './routing.ts'

export interface AcknowledgementRoutesPorts {
  readonly acknowledgements: Acknowledgements
}

export function addAcknowledgementRoutes(
  api: Router,
  { signedIn, entered: entering, refuse }: Routing,
  { acknowledgements }: AcknowledgementRoutesPorts,
): void {
  const path = '/documents/:id/versions/:n/acknowledgement'
  const entered = async (
    claims: Claims,
    request: Request,
  ): Promise<{ readonly id: DocumentId; readonly n: number } | Refusal> => {
    const n = parseVersionNumber(String(request.params['n']))
    if (n === null) return refusal('NOT_FOUND', 'no such version')
    const id = await entering(claims, request)
    return isRefusal(id) ? id : { id, n }
  }

  /** Whoever may read the document: a number, and whether they are in it themselves. */
  api.get(
    path,
    signedIn(async (claims, request, response) => {
      const at = await entered(claims, request)
      if (isRefusal(at)) return refuse(response, at)
      const counted = await acknowledgements.read(claims.person, at.id, at.n)
      if (isRefusal(counted)) return refuse(response, counted)
      response.json(counted)
    }),
  )

  /** Whoever may read the document, for themselves. */
  api.put(
    path,
    signedIn(async (claims, request, response) => {
      const at = await entered(claims, request)
      const refused = isRefusal(at) ? at : await acknowledgements.give(claims.person, at.id, at.n)
      if (refused) refuse(response, refused)
      else response.status(204).end()
    }),
  )
}
