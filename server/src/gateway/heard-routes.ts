/** What is said of us on networks: for those who listen. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import {
  LISTENING_AUTHOR_MAX_CHARACTERS,
  LISTENING_SUMMARY_MAX_CHARACTERS,
  LISTENING_TOPIC_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import { ACTIONS_TAKEN, SENTIMENTS, SOURCE_KINDS, topicOf } from '@auzolan/shared/listening/mention.ts'
import type { MentionCorrected, MentionGiven } from '@auzolan/shared/protocol/heard.ts'
import type { Heard } from '../heard/heard.ts'
import { answered, entering, recordId } from './entered.ts'
import type { Routing } from './routing.ts'

const day = z.iso.date().refine((text) => text >= '2000-01-01', 'before any of this')
const address = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)])
const Terms = z.object({
  saidOn: day,
  network: recordId,
  sourceKind: z.enum(SOURCE_KINDS),
  author: z.string().trim().max(LISTENING_AUTHOR_MAX_CHARACTERS),
  url: address,
  summary: z.string().trim().min(1).max(LISTENING_SUMMARY_MAX_CHARACTERS),
  sentiment: z.enum(SENTIMENTS),
  topic: z.string().max(LISTENING_TOPIC_MAX_CHARACTERS).transform(topicOf).pipe(z.string().min(1)),
  reach: z.int().min(0).max(1_000_000_000).nullable(),
  needsAnswer: z.boolean(),
  action: z.enum(ACTIONS_TAKEN).nullable(),
  source: address,
  owner: z.object({ id: z.string().min(1).max(255), name: z.string().trim().max(255) }).nullable(),
  closedOn: day.nullable(),
})
const GivenBody = Terms.extend({ id: z.uuid() }) satisfies z.ZodType<MentionGiven>
const CorrectedBody = Terms.extend({ revision: z.int().min(1) }) satisfies z.ZodType<MentionCorrected>
const Place = z.object({ mention: z.uuid() })
const Period = z.object({ from: day.nullable().default(null), to: day.nullable().default(null) })

export interface HeardRoutesPorts {
  readonly heard: Heard
}

export function addHeardRoutes(api: Router, routing: Routing, { heard }: HeardRoutesPorts): void {
  const { signedIn, entered, refuse } = routing
  const place = entering(routing)

  /** Those who write it, legal and directors. */
  api.get(
    '/documents/:id/heard',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (typeof id !== 'string') return refuse(response, id)
      const period = Period.safeParse(request.query)
      const found = period.success
        ? await heard.list(claims, id, period.data)
        : refusal('INVALID_INPUT', 'from and to are days')
      const refused = answered(response, found)
      if (refused) refuse(response, refused)
    }),
  )

  /** Those who write it. */
  api.post(
    '/documents/:id/heard',
    place(z.unknown(), GivenBody, (claims, id, _at, body) => heard.add(claims, id, body)),
  )
  api.put(
    '/documents/:id/heard/:mention',
    place(Place, CorrectedBody, (claims, id, { mention }, body) => heard.correct(claims, id, mention, body)),
  )
  api.delete(
    '/documents/:id/heard/:mention',
    place(Place, z.unknown(), (claims, id, { mention }) => heard.remove(claims, id, mention)),
  )
}
