/** Commands on the posts of a calendar, and what has become of each. */
import type { Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { CSV_CHOICES, CSV_KINDS } from '@auzolan/shared/export/posts-csv.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { REVIEW_TEXT_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { POST_COMMANDS } from '@auzolan/shared/posts/life.ts'
import { plainName } from '@auzolan/shared/protocol/files.ts'
import type { LanguageReviewed, PostOrder } from '@auzolan/shared/protocol/posts.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { FileOut, Out } from '../posts/out.ts'
import type { Posts } from '../posts/posts.ts'
import { answered, entering, recordId } from './entered.ts'
import type { Routing } from './routing.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Command = z.object({ post: recordId, command: z.enum(POST_COMMANDS) })
const InLanguage = z.object({ post: recordId, language: z.string().min(2).max(35) })
const OrderBody = z.object({
  sha256: sha256.optional(),
  note: z.string().trim().max(REVIEW_TEXT_MAX_CHARACTERS).default(''),
  neutral: z.boolean().optional(),
  published: z
    .object({
      profile: recordId,
      url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)]),
      at: z.iso.datetime(),
    })
    .optional(),
}) satisfies z.ZodType<PostOrder>
/** With room for what a browser puts behind it. */
const FILE_NAME_MAX = 100
const day = z.iso.date().optional()
const Days = z.object({ from: day, to: day })
const Rows = Days.extend({
  posts: z.enum(CSV_CHOICES).default('ready'),
  kind: z.enum(CSV_KINDS).default('tool'),
})
const ReviewedBody = z.object({ sha256 }) satisfies z.ZodType<LanguageReviewed>

export interface PostRoutesPorts {
  readonly access: Access
  readonly posts: Posts
  readonly out: Out
}

export function addPostRoutes(api: Router, routing: Routing, { access, posts, out }: PostRoutesPorts): void {
  const entered = entering(access, routing)

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

  /** A file of what its calendar says, as the query asks for it. */
  const file = <Q>(
    query: z.ZodType<Q>,
    type: string,
    ending: string,
    work: (claims: Claims, id: DocumentId, asked: Q) => Promise<FileOut | Refusal>,
  ) =>
    routing.signedIn(async (claims, request, response) => {
      const id = await routing.entered(claims, request)
      if (isRefusal(id)) return routing.refuse(response, id)
      const asked = query.safeParse(request.query)
      if (!asked.success)
        return routing.refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      const found = await work(claims, id, asked.data)
      if (isRefusal(found)) return routing.refuse(response, found)
      // Express makes a name of it that no header can be broken with; a plan without a title has none.
      response.attachment(
        `${plainName(found.title).slice(0, FILE_NAME_MAX).toWellFormed() || 'Auzolan'}${ending}`,
      )
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
    routing.signedIn(async (claims, _request, response) => void response.json(await out.calendars(claims))),
  )
}
