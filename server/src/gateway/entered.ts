/** Routes about one document: whoever may not read it does not learn that it exists. */
import type { RequestHandler, Response } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Claims } from '../access/claims.ts'
import type { Routing } from './routing.ts'

/** Ids of records of a document: of ours, or of a template. */
export const recordId = z.string().regex(/^[\w-]{1,64}$/)

export type Work<P, B> = (
  claims: Claims,
  id: DocumentId,
  at: P,
  body: B,
  response: Response,
) => Promise<Refusal | null>

/** Whose it is: what waited on a device must not be written in the name of whoever signed in there next. */
const Signed = z.object({ signedInAs: z.string() })

/** With the document, and with what the address and the body say; without an answer of its own, 204. */
export const entering =
  ({ signedIn, entered, refuse }: Routing) =>
  <P, B>(place: z.ZodType<P>, body: z.ZodType<B>, work: Work<P, B>): RequestHandler =>
    signedIn(async (claims, request, response) => {
      // Before anything else: what somebody else may not see is no answer to the person who has sent this.
      const signed = Signed.safeParse(request.body)
      if (signed.success && signed.data.signedInAs !== claims.person)
        return refuse(response, refusal('OTHER_PERSON', 'sent by somebody else'))
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const at = place.safeParse(request.params)
      if (!at.success) return refuse(response, refusal('NOT_FOUND', 'no such place'))
      const given = body.safeParse(request.body ?? {})
      if (!given.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(given.error)))
      const refused = await work(claims, id, at.data, given.data, response)
      if (refused) refuse(response, refused)
      else if (!response.headersSent) response.status(204).end()
    })

/** Sends what was found, or hands on why not. */
export function answered(response: Response, found: object | Refusal): Refusal | null {
  if (isRefusal(found)) return found
  response.json(found)
  return null
}
