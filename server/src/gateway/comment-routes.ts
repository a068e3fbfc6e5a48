/** Beside the comments themselves, which travel as edits: who wrote them, who may, and suggestions that become text. */
import type { Request, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { COMMENTING } from '@auzolan/shared/grants.ts'
import type { Admission } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Commenters } from '../comments/commenters.ts'
import type { Mentioned } from '../comments/mentioned.ts'
import type { Comments } from '../comments/comments.ts'
import type { Suggestions } from '../comments/suggestions.ts'
import type { Arranging } from '../documents/arranging.ts'
import type { Routing } from './routing.ts'

const CommentingBody = z.object({ commenting: z.enum(COMMENTING) })

export interface CommentRoutesPorts {
  readonly arranging: Arranging
  readonly comments: Comments
  readonly commenters: Commenters
  readonly suggestions: Suggestions
  readonly mentioned: Mentioned
}

export function addCommentRoutes(
  api: Router,
  { signedIn, enter, refuse }: Routing,
  { arranging, comments, commenters, suggestions, mentioned }: CommentRoutesPorts,
): void {
  /** The document, for those who may read what is said about it. */
  const enterComments = async (claims: Claims, request: Request): Promise<Admission | Refusal> => {
    const entered = await enter(claims, request)
    if (isRefusal(entered) || entered.may('comments').read) return entered
    return refusal('NOT_ALLOWED', 'comments are for the team')
  }

  /** Whoever may read the comments: whose each client id is. */
  api.get(
    '/documents/:id/commenters',
    signedIn(async (claims, request, response) => {
      const entered = await enterComments(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      response.json(Object.fromEntries(await commenters.of(entered.document.id)))
    }),
  )

  /** Whoever may read the comments. */
  api.get(
    '/documents/:id/comments',
    signedIn(async (claims, request, response) => {
      const entered = await enterComments(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      response.json(await comments.threads(entered.document.id))
    }),
  )

  /** Anybody signed in: where they were named and have not looked. */
  api.get(
    '/mentions',
    signedIn(async (claims, _request, response) => void response.json(await mentioned.of(claims))),
  )

  /** Whoever may read the document, for themselves. */
  api.delete(
    '/documents/:id/mentions',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      await mentioned.seen(claims.person, entered.document.id)
      response.status(204).end()
    }),
  )

  /** Those who write the text, before they change it. */
  api.post(
    '/documents/:id/suggestions/:event/accepted',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      const refused = isRefusal(entered)
        ? entered
        : await suggestions.accept(claims, entered.document.id, String(request.params['event']))
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )

  /** Those who coordinate the team. */
  api.put(
    '/documents/:id/commenting',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      if (!entered.roles.includes('coordinator'))
        return refuse(response, refusal('NOT_ALLOWED', 'for coordinators of the team'))
      const parsed = CommentingBody.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const refused = await arranging.setCommenting(entered.document.id, parsed.data.commenting, claims)
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )
}
