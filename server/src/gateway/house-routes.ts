/** What Nextcloud shows of ours among its own: found by words, and behind a link. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { HOUSE_FOUND_MAX, LINK_MAX_CHARACTERS, SEARCH_QUERY_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { FoundInHouse } from '@auzolan/shared/protocol/house.ts'
import { findEverything, type Finders } from '../search/everything.ts'
import type { Previews } from '../search/previews.ts'
import { toldOf } from '../search/told.ts'
import type { Routing } from './routing.ts'

const Asked = z.object({
  q: z.string().max(SEARCH_QUERY_MAX_CHARACTERS),
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(HOUSE_FOUND_MAX).default(HOUSE_FOUND_MAX),
})
const Linked = z.object({ path: z.string().startsWith('/').max(LINK_MAX_CHARACTERS) })

export interface HouseRoutesPorts extends Finders {
  readonly previews: Previews
}

export function addHouseRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { previews, ...finders }: HouseRoutesPorts,
): void {
  /** Anybody signed in: what `GET /search` finds for them, one line each, from a place on. */
  api.get(
    '/house/found',
    signedIn(async (claims, request, response) => {
      const asked = Asked.safeParse(request.query)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      const { q, from, limit } = asked.data
      const all = toldOf(await findEverything(finders, claims, q))
      const next = from + limit
      response.json({
        found: all.slice(from, next),
        next: next < all.length ? next : null,
      } satisfies FoundInHouse)
    }),
  )

  /** Anybody signed in; whoever may not read what is behind the link is told what they are told of one that leads nowhere. */
  api.get(
    '/house/preview',
    signedIn(async (claims, request, response) => {
      const linked = Linked.safeParse(request.query)
      if (!linked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(linked.error)))
      const told = await previews.of(claims, linked.data.path)
      if (told === null) return refuse(response, refusal('NOT_FOUND', 'nothing to tell of this link'))
      response.json(told)
    }),
  )
}
