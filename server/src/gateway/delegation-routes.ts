/** Putting decisions into other hands, and taking them back. */
import type { Request, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseTeamId } from '@auzolan/shared/ids.ts'
import type { DelegationGiven } from '@auzolan/shared/protocol/delegation.ts'
import type { Claims } from '../access/claims.ts'
import type { Delegating } from '../review/delegating.ts'
import type { Teams } from '../teams/teams.ts'
import type { Routing } from './routing.ts'

const Given = z.object({
  delegate: z.object({ id: z.string().trim().min(1).max(255), name: z.string().trim().min(1).max(255) }),
  from: z.iso.date(),
  to: z.iso.date(),
}) satisfies z.ZodType<DelegationGiven>

export interface DelegationRoutesPorts {
  readonly teams: Teams
  readonly delegating: Delegating
}

export function addDelegationRoutes(
  api: Router,
  { signedIn, entered, refuse }: Routing,
  { teams, delegating }: DelegationRoutesPorts,
): void {
  /** Whoever may not see what it is about learns nothing about the body. */
  const give = <T>(
    about: (claims: Claims, request: Request) => Promise<T | Refusal>,
    work: (claims: Claims, about: T, given: DelegationGiven) => Promise<string | Refusal>,
  ) =>
    signedIn(async (claims, request, response) => {
      const found = await about(claims, request)
      if (isRefusal(found)) return refuse(response, found)
      const parsed = Given.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const id = await work(claims, found, parsed.data)
      if (isRefusal(id)) return refuse(response, id)
      response.status(201).json({ id })
    })

  /** Anybody signed in: what they have given or hold. */
  api.get(
    '/delegations',
    signedIn(async (claims, _request, response) => void response.json(await delegating.listFor(claims))),
  )

  /** Those who have a place in the route of the document, in their own name. */
  api.post(
    '/documents/:id/delegations',
    give(entered, (claims, id, given) => delegating.giveDocument(claims, id, given)),
  )

  /** The directors of the team, and members who have a place in its route. */
  api.post(
    '/teams/:id/delegations',
    give(
      async (claims, request) => {
        const id = parseTeamId(String(request.params['id']))
        const found = id === null ? refusal('NOT_FOUND', 'no such id') : await teams.find(id, claims)
        return id === null || isRefusal(found) ? refusal('NOT_FOUND', 'no such team') : id
      },
      (claims, id, given) => delegating.giveTeam(claims, id, given),
    ),
  )

  /** Whoever has given it, and whoever holds it. */
  api.delete(
    '/delegations/:id',
    signedIn(async (claims, request, response) => {
      const refused = await delegating.end(claims, String(request.params['id']))
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )
}
