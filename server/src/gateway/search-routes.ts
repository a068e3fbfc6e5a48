/** Finding words in whatever one may read. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { SEARCH_QUERY_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { SearchAnswer } from '@auzolan/shared/protocol/search.ts'
import type { Search } from '../search/search.ts'
import type { ToolsFound } from '../search/tools-found.ts'
import type { Routing } from './routing.ts'

const Asked = z.object({ q: z.string().max(SEARCH_QUERY_MAX_CHARACTERS) })

export interface SearchRoutesPorts {
  readonly search: Search
  readonly toolsFound: ToolsFound
}

export function addSearchRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { search, toolsFound }: SearchRoutesPorts,
): void {
  /** Anybody signed in: in what they may read, and nothing else. */
  api.get(
    '/search',
    signedIn(async (claims, request, response) => {
      const asked = Asked.safeParse(request.query)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      const { q } = asked.data
      // Each group of what can be found is asked for here, side by side.
      const [texts, tools] = await Promise.all([search.find(claims, q), toolsFound.find(q)])
      response.json({ tools, ...texts } satisfies SearchAnswer)
    }),
  )
}
