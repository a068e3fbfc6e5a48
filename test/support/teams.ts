/** Teams for tests that are about something else. */
import type { TeamId } from '@auzolan/shared/ids.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Teams } from '@auzolan/server/src/teams/teams.ts'

export type Place = readonly [kind: Principal['kind'], id: string, role: Role]

/** Whoever has several roles stands there several times. */
export const teamOf = (teams: Teams, name: string, ...places: readonly Place[]): Promise<TeamId> => {
  const members = Map.groupBy(places, ([kind, id]) => `${kind}:${id}`)
  return teams.create(
    { name: { eu: name }, departments: [] },
    [...members.values()].map((own) => {
      const [kind, id] = own[0]!
      const roles = own.map(([, , role]) => role)
      return { principal: { kind, id }, name: id, roles, department: null, expertise: [] }
    }),
  )
}
