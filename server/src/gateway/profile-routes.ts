/** Commands on the profiles of a plan, who has finished which of its courses, and what was moderated. */
import type { Router } from 'express'
import { z } from 'zod'
import {
  MODERATION_NOTE_MAX_CHARACTERS,
  PROFILE_NOTE_MAX_CHARACTERS,
  REVIEW_TEXT_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import { PROFILE_COMMANDS } from '@auzolan/shared/profile-life.ts'
import {
  MODERATION_ACTIONS,
  MODERATION_REASONS,
  type ModerationGiven,
} from '@auzolan/shared/protocol/moderation.ts'
import type { ProfileOrder, TrainingNoted } from '@auzolan/shared/protocol/profiles.ts'
import type { Moderation } from '../profiles/moderation.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Trainings } from '../profiles/trainings.ts'
import { answered, entering, recordId } from './entered.ts'
import type { Routing } from './routing.ts'

const Place = z.object({ profile: recordId })
const Command = Place.extend({ command: z.enum(PROFILE_COMMANDS) })
const Attended = z.object({ training: recordId, person: z.string().min(1).max(255) })
const OrderBody = z.object({
  note: z.string().trim().max(PROFILE_NOTE_MAX_CHARACTERS).default(''),
  waivers: z
    .array(z.object({ check: z.string().max(64), reason: z.string().trim().max(REVIEW_TEXT_MAX_CHARACTERS) }))
    .max(20)
    .default([]),
}) satisfies z.ZodType<ProfileOrder>
const NotedBody = z.object({
  completedOn: z.iso.date().refine((day) => day >= '2000-01-01', 'before any of this'),
  name: z.string().trim().min(1).max(255),
}) satisfies z.ZodType<TrainingNoted>
const Row = z.object({ row: z.uuid() })
const ModerationBody = z.object({
  id: z.uuid(),
  profile: recordId.nullable(),
  postUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)]),
  reason: z.enum(MODERATION_REASONS).nullable(),
  action: z.enum(MODERATION_ACTIONS),
  note: z.string().trim().max(MODERATION_NOTE_MAX_CHARACTERS),
}) satisfies z.ZodType<ModerationGiven>

export interface ProfileRoutesPorts {
  readonly profiles: Profiles
  readonly trainings: Trainings
  readonly moderation: Moderation
}

export function addProfileRoutes(
  api: Router,
  routing: Routing,
  { profiles, trainings, moderation }: ProfileRoutesPorts,
): void {
  const entered = entering(routing)

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/profiles',
    entered(z.unknown(), z.unknown(), async (_claims, id, _at, _body, response) =>
      answered(response, await profiles.states(id)),
    ),
  )

  /** The team. */
  api.get(
    '/documents/:id/profiles/:profile',
    entered(Place, z.unknown(), async (claims, id, { profile }, _body, response) =>
      answered(response, await profiles.gate(claims, id, profile)),
    ),
  )

  /** The coordinators of its team; its directors to open, also with waivers. */
  api.post(
    '/documents/:id/profiles/:profile/:command',
    entered(Command, OrderBody, (claims, id, { profile, command }, body) =>
      profiles.order(claims, id, profile, command, body),
    ),
  )

  /** The team. */
  api.get(
    '/documents/:id/training',
    entered(z.unknown(), z.unknown(), async (claims, id, _at, _body, response) =>
      answered(response, await trainings.list(claims, id)),
    ),
  )

  /** The team for themselves, its coordinators for anybody. */
  api.put(
    '/documents/:id/training/:training/:person',
    entered(Attended, NotedBody, (claims, id, at, body) => trainings.note(claims, id, at, body)),
  )
  api.delete(
    '/documents/:id/training/:training/:person',
    entered(Attended, z.unknown(), (claims, id, at) => trainings.takeBack(claims, id, at)),
  )

  /** The team. */
  api.get(
    '/documents/:id/moderation',
    entered(z.unknown(), z.unknown(), async (claims, id, _at, _body, response) =>
      answered(response, await moderation.list(claims, id)),
    ),
  )

  /** Those who write it; a block is confirmed by another one of them. */
  api.post(
    '/documents/:id/moderation',
    entered(z.unknown(), ModerationBody, (claims, id, _at, body) => moderation.log(claims, id, body)),
  )
  api.post(
    '/documents/:id/moderation/:row/confirm',
    entered(Row, z.unknown(), (claims, id, { row }) => moderation.confirm(claims, id, row)),
  )
}
