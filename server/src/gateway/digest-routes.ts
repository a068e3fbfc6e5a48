/** `/api/v1/digest`: how often the person wants to hear what is not urgent. */
import type { Router } from 'express'
import { z } from 'zod'
import { refusal } from '@auzolan/shared/codes.ts'
import { RHYTHMS, type DigestChoice } from '@auzolan/shared/protocol/digest.ts'
import type { Digests } from '../reminding/digests.ts'
import type { Routing } from './routing.ts'

const Choice = z.strictObject({ rhythm: z.enum(RHYTHMS) }) satisfies z.ZodType<DigestChoice>

export function addDigestRoutes(api: Router, { signedIn, refuse }: Routing, digests: Digests): void {
  /** Anybody signed in: their own, and nobody else's. */
  api.get(
    '/digest',
    signedIn(async (claims, _request, response) => {
      const choice: DigestChoice = { rhythm: await digests.read(claims) }
      response.json(choice)
    }),
  )

  /** Anybody signed in, for themselves. */
  api.put(
    '/digest',
    signedIn(async (claims, request, response) => {
      const parsed = Choice.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      await digests.choose(claims, parsed.data.rhythm)
      response.json(parsed.data)
    }),
  )
}
