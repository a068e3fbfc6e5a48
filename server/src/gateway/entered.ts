/** Routes about one document: whoever may not read it does not learn that it exists. */
import type { RequestHandler, Response } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { isRecordId, type DocumentId } from '@auzolan/shared/ids.ts'
import { isSha256 } from '@auzolan/shared/protocol/files.ts'
import type { Claims } from '../access/claims.ts'
import type { Routing } from './routing.ts'

/** Ids of records of a document: of ours, or of a template. */
export const recordId = z.string().refine(isRecordId)
export const sha256 = z.string().refine(isSha256, 'no SHA-256')

const Signed = z.object({ signedInAs: z.string() })
/**
 * Whether a body says that it comes from another person than the one who is signed in: what waited on a device is sent
 * when its page has long outlived its session. Asked before everything else: what somebody else may not see is no answer
 * to the person who has entered this.
 */
export function isSomebodyElses(body: unknown, { person }: Claims): boolean {
  const signed = Signed.safeParse(body)
  return signed.success && signed.data.signedInAs !== person
}

export type Work<P, B> = (
  claims: Claims,
  id: DocumentId,
  at: P,
  body: B,
  response: Response,
) => Promise<Refusal | null>

/** With the document, and with what the address and the body say; without an answer of its own, 204. */
export const entering =
  ({ signedIn, entered, refuse }: Routing) =>
  <P, B>(place: z.ZodType<P>, body: z.ZodType<B>, work: Work<P, B>): RequestHandler =>
    signedIn(async (claims, request, response) => {
      if (isSomebodyElses(request.body, claims))
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
