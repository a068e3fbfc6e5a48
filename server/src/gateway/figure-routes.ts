/** The figures of a plan's profiles. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { NULL_REASONS } from '@auzolan/shared/indicators/figures.ts'
import { FIGURE_NOTE_MAX_CHARACTERS, FIGURES_AT_ONCE_MAX } from '@auzolan/shared/limits.ts'
import { FIGURE_SOURCES } from '@auzolan/shared/protocol/figures.ts'
import type { FigureRows } from '../figures/figures.ts'
import { answered, entering, recordId } from './entered.ts'
import type { Routing } from './routing.ts'

const day = z.iso.date().refine((one) => one >= '2000-01-01', 'before any of this')
const FiguresBody = z.object({
  id: z.uuid(),
  /** Who is meant to have entered them; a device may have changed hands. */
  signedInAs: z.string().max(255).optional(),
  source: z.enum(FIGURE_SOURCES).default('manual'),
  figures: z
    .array(
      z.object({
        profile: z.union([z.literal(''), recordId]),
        metric: z.string().max(80),
        from: day,
        to: day,
        value: z.number().nullable(),
        nullReason: z.enum(NULL_REASONS).nullable(),
        note: z.string().trim().max(FIGURE_NOTE_MAX_CHARACTERS).default(''),
        sure: z.boolean().default(false),
        was: z.number().nullable().optional(),
      }),
    )
    .min(1)
    .max(FIGURES_AT_ONCE_MAX),
})
const Asked = z.object({ from: day.default('2000-01-01'), to: day.default('2199-12-31') })

export interface FigureRoutesPorts {
  readonly figures: FigureRows
}

export function addFigureRoutes(api: Router, routing: Routing, { figures }: FigureRoutesPorts): void {
  const entered = entering(routing)

  /** The team. */
  api.get(
    '/documents/:id/figures',
    entered(z.unknown(), z.unknown(), async (claims, id, _at, _body, response) => {
      const asked = Asked.safeParse(response.req.query)
      if (!asked.success) return refusal('INVALID_INPUT', z.prettifyError(asked.error))
      return answered(response, await figures.list(claims, id, asked.data))
    }),
  )

  /** The team. */
  api.get(
    '/documents/:id/figures/overdue',
    entered(z.unknown(), z.unknown(), async (claims, id, _at, _body, response) =>
      answered(response, await figures.overdue(claims, id)),
    ),
  )

  /** Those who write it. */
  api.post(
    '/documents/:id/figures',
    entered(z.unknown(), FiguresBody, async (claims, id, _at, { signedInAs, ...given }) =>
      signedInAs !== undefined && signedInAs !== claims.person
        ? refusal('OTHER_PERSON', 'sent by somebody else')
        : figures.enter(claims, id, given),
    ),
  )
}
