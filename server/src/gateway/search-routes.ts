/** Finding words in whatever one may read. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { SEARCH_QUERY_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { findEverything, type Finders } from '../search/everything.ts'
import type { Routing } from './routing.ts'

const Asked = z.object({ q: z.string().max(SEARCH_QUERY_MAX_CHARACTERS) })

export function addSearchRoutes(api: Router, { signedIn, refuse }: Routing, finders: Finders): void {
  /** Anybody signed in: in what they may read, and nothing else. */
  api.get(
    '/search',
    signedIn(async (claims, request, response) => {
      const asked = Asked.safeParse(request.query)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      response.json(await findEverything(finders, claims, asked.data.q))
    }),
  )
}
