/** Commands on the posts of a calendar, and what has become of each. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { CALENDAR_DAYS_MAX, LINK_MAX_CHARACTERS, REVIEW_TEXT_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { POST_COMMANDS } from '@auzolan/shared/posts/life.ts'
import type { LanguageReviewed, PostOrder } from '@auzolan/shared/protocol/posts.ts'
import { daysBetween } from '@auzolan/shared/working-days.ts'
import type { PostsOverview } from '../posts/overview.ts'
import type { Posts } from '../posts/posts.ts'
import { answered, entering, recordId, sha256 } from './entered.ts'
import type { Routing } from './routing.ts'

const Command = z.object({ post: recordId, command: z.enum(POST_COMMANDS) })
const InLanguage = z.object({ post: recordId, language: z.string().min(2).max(35) })
const OrderBody = z.object({
  sha256: sha256.optional(),
  note: z.string().trim().max(REVIEW_TEXT_MAX_CHARACTERS).default(''),
  neutral: z.boolean().optional(),
  published: z
    .object({
      profile: recordId,
      url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(LINK_MAX_CHARACTERS)]),
      at: z.iso.datetime(),
    })
    .optional(),
}) satisfies z.ZodType<PostOrder>
const Between = z
  .object({ from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to && daysBetween(from, to) < CALENDAR_DAYS_MAX, 'too many days, or none')
const ReviewedBody = z.object({ sha256 }) satisfies z.ZodType<LanguageReviewed>

export interface PostRoutesPorts {
  readonly posts: Posts
  readonly overview: PostsOverview
}

export function addPostRoutes(api: Router, routing: Routing, { posts, overview }: PostRoutesPorts): void {
  const { signedIn, refuse } = routing
  const entered = entering(routing)

  /** Anybody signed in: posts of the plans whose calendars they read, and of no others. */
  api.get(
    '/calendar',
    signedIn(async (claims, request, response) => {
      const asked = Between.safeParse(request.query)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      const { from, to } = asked.data
      response.json(await overview.list(claims, from, to))
    }),
  )

  /** The team. */
  api.get(
    '/documents/:id/posts',
    entered(z.unknown(), z.unknown(), async (claims, id, _at, _body, response) =>
      answered(response, await posts.states(claims, id)),
    ),
  )

  /** Those who write it; to approve and to send back, its coordinators and directors who have not written the post. */
  api.post(
    '/documents/:id/posts/:post/:command',
    entered(Command, OrderBody, (claims, id, { post, command }, body) =>
      posts.order(claims, id, post, command, body),
    ),
  )

  /** Who writes or reviews languages, of what others wrote. */
  api.post(
    '/documents/:id/posts/:post/languages/:language',
    entered(InLanguage, ReviewedBody, (claims, id, { post, language }, body) =>
      posts.review(claims, id, post, language, body),
    ),
  )
}
