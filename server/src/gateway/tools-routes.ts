/** Tools that the organisation has looked at already, for whoever writes one down. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { NEED_MAX_CHARACTERS, TOOL_NAME_MAX_CHARACTERS, LINK_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { ToolAsked } from '@auzolan/shared/protocol/tools.ts'
import type { ToolsAlike } from '../tools/tools-alike.ts'
import type { Routing } from './routing.ts'

const Asked = z.object({
  name: z.string().max(TOOL_NAME_MAX_CHARACTERS),
  category: z.string().max(255).nullable(),
  address: z.string().max(LINK_MAX_CHARACTERS),
  need: z.record(z.string().max(35), z.string().max(NEED_MAX_CHARACTERS)),
  document: z.string().max(255).nullable(),
}) satisfies z.ZodType<ToolAsked>

export interface ToolsRoutesPorts {
  readonly toolsAlike: ToolsAlike
}

export function addToolsRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { toolsAlike }: ToolsRoutesPorts,
): void {
  /** Anybody signed in: of the evaluations they may read, and no others. */
  api.post(
    '/tools/alike',
    signedIn(async (claims, request, response) => {
      const asked = Asked.safeParse(request.body)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      response.json(await toolsAlike.find(claims, asked.data))
    }),
  )
}
