/** Teams for tests that are about something else. */
import type { TeamId } from '@auzolan/shared/ids.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Teams } from '@auzolan/server/src/teams/teams.ts'

export type Place = readonly [kind: Principal['kind'], id: string, role: Role]

export const teamOf = (teams: Teams, name: string, ...places: readonly Place[]): Promise<TeamId> =>
  teams.create(
    { name: { eu: name }, departments: [] },
    places.map(([kind, id, role]) => ({
      principal: { kind, id },
      name: id,
      roles: [role],
      department: null,
      expertise: [],
    })),
  )
