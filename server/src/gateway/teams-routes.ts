/** `/api/v1/teams`: who works together, and with which roles. For outsiders a team does not exist. */
import type { Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import { ROLES } from '@auzolan/shared/grants.ts'
import { parseTeamId } from '@auzolan/shared/ids.ts'
import { EXPERTISE_MAX, EXPERTISE_MAX_CHARACTERS, TEAM_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { PRINCIPAL_KINDS } from '@auzolan/shared/protocol/teams.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Teams } from '../teams/teams.ts'
import type { Routing } from './routing.ts'
import { translated } from '../translated.ts'

const id = z.string().trim().min(1).max(255)
const Facts = z.object({
  name: translated(TEAM_NAME_MAX_CHARACTERS).refine(
    (name) => Object.values(name).some(Boolean),
    'a team needs a name',
  ),
  departments: z.array(id).max(100).default([]),
})
const Member = z.object({
  principal: z.object({ kind: z.enum(PRINCIPAL_KINDS), id }),
  name: z.string().trim().min(1).max(255),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  department: id.nullable().default(null),
  expertise: z.array(z.string().trim().min(1).max(EXPERTISE_MAX_CHARACTERS)).max(EXPERTISE_MAX).default([]),
  /** Roles the member had when it was changed; none for a new one. Without them, whatever they are now is replaced. */
  before: z.array(z.enum(ROLES)).optional(),
})
const Named = z.object({ kind: z.enum(PRINCIPAL_KINDS), id })

export function addTeamRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { teams, organisation }: { readonly teams: Teams; readonly organisation: DescribedOrganisation },
): void {
  const noTeam = refusal('NOT_FOUND', 'no such team, or not a member of it')
  const unknownDepartment = async (ids: readonly string[]): Promise<string | undefined> => {
    if (ids.length === 0) return undefined
    const { departments } = await organisation.read()
    return ids.find((one) => !departments.some((d) => d.id === one))
  }

  /** Anybody signed in: their teams; an administrator also sees those nobody coordinates. */
  api.get(
    '/teams',
    signedIn(async (claims, _request, response) => void response.json(await teams.listFor(claims))),
  )

  /** Anybody signed in, who then coordinates it. */
  api.post(
    '/teams',
    signedIn(async (claims, request, response) => {
      const parsed = Facts.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const unknown = await unknownDepartment(parsed.data.departments)
      if (unknown !== undefined) return refuse(response, refusal('INVALID_INPUT', `no department ${unknown}`))
      const made = await teams.found(parsed.data, claims)
      response.status(201).location(`/api/v1/teams/${made}`).json({ id: made })
    }),
  )

  /** Its members; an administrator when nobody coordinates it. */
  api.get(
    '/teams/:id',
    signedIn(async (claims, request, response) => {
      const team = parseTeamId(String(request.params['id']))
      const found = team === null ? noTeam : await teams.find(team, claims)
      if (isRefusal(found)) return refuse(response, found)
      response.json(found)
    }),
  )

  /** Its coordinators: name and departments. */
  api.put(
    '/teams/:id',
    signedIn(async (claims, request, response) => {
      const team = parseTeamId(String(request.params['id']))
      const found = team === null ? noTeam : await teams.find(team, claims)
      if (team === null || isRefusal(found)) return refuse(response, noTeam)
      const parsed = Facts.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      // A department the organisation has given up since may stay until somebody takes it off.
      const added = parsed.data.departments.filter((one) => !found.departments.includes(one))
      const unknown = await unknownDepartment(added)
      if (unknown !== undefined) return refuse(response, refusal('INVALID_INPUT', `no department ${unknown}`))
      const refused = await teams.describe(team, parsed.data, claims)
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )

  /** Its coordinators; an administrator of Nextcloud may make a person coordinator when there is none. */
  api.put(
    '/teams/:id/members',
    signedIn(async (claims, request, response) => {
      const team = parseTeamId(String(request.params['id']))
      const found = team === null ? noTeam : await teams.find(team, claims)
      if (team === null || isRefusal(found)) return refuse(response, noTeam)
      const parsed = Member.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const { department } = parsed.data
      const known = found.members.some((m) => m.department === department)
      const unknown = department === null || known ? undefined : await unknownDepartment([department])
      if (unknown !== undefined) return refuse(response, refusal('INVALID_INPUT', `no department ${unknown}`))
      const refused = await teams.setMember(team, parsed.data, claims)
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )

  /** Its coordinators; and every person for themselves. */
  api.delete(
    '/teams/:id/members',
    signedIn(async (claims, request, response) => {
      const team = parseTeamId(String(request.params['id']))
      const found = team === null ? noTeam : await teams.find(team, claims)
      if (team === null || isRefusal(found)) return refuse(response, noTeam)
      const parsed = Named.safeParse({ kind: request.query['kind'], id: request.query['id'] })
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const refused = await teams.removeMember(team, parsed.data, claims)
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )
}
