/** Whom a version waits for: the open places of its route, and those into whose hands their decisions were put. */
import type { Rows } from '../journal/journal.ts'
import { progressOf, type Approval } from '@auzolan/shared/approval-route.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import { routeOf, type VersionRow } from './versions.ts'

export interface OpenPlace {
  /** Index in the route; `null` where the route has only one place. */
  readonly place: number | null
  readonly to: readonly Principal[]
}

/** @param today ISO date, in the organisation's time zone */
export async function openPlaces(
  rows: Rows,
  team: string,
  version: VersionRow,
  { approvals, today }: { readonly approvals: readonly Approval[]; readonly today: string },
): Promise<OpenPlace[]> {
  const route = routeOf(version)
  const { open } = progressOf(route, approvals)
  if (open.length === 0) return []
  const directors = await holders(rows, team, ['director'])
  const delegates = await delegationsOf(rows, team, version.document, today)
  return open.map((place, i) => {
    const approver = route.approvers[place]!
    const own = approver.kind === 'directors' ? directors : [{ kind: approver.kind, id: approver.id }]
    return {
      place: route.approvers.length > 1 ? place : null,
      // Told once, and not for each place.
      to: i === 0 ? [...own, ...handsFor(own, delegates)] : own,
    }
  })
}

/** Members of a team with one of these roles. */
export async function holders(rows: Rows, team: string, roles: readonly Role[]): Promise<Principal[]> {
  if (roles.length === 0) return []
  const found = await rows
    .selectFrom('membership')
    .select(['principal_kind', 'principal_id'])
    .distinct()
    .where('team_id', '=', team)
    .where('role', 'in', [...roles])
    .orderBy('principal_kind')
    .orderBy('principal_id')
    .execute()
  return found.map(({ principal_kind: kind, principal_id: id }) => ({ kind, id }))
}

/** Of those who have a place now; whether somebody has one through a group, only Nextcloud knows. */
const handsFor = (
  own: readonly Principal[],
  delegations: readonly { readonly giver: string; readonly delegate: string }[],
): Principal[] =>
  [
    ...new Set(
      delegations
        .filter(({ giver }) => own.some(({ kind, id }) => kind !== 'person' || id === giver))
        .map(({ delegate }) => delegate),
    ),
  ].map((id) => ({ kind: 'person', id }))

async function delegationsOf(rows: Rows, team: string, document: string, today: string) {
  return rows
    .selectFrom('delegation')
    .select(['giver', 'delegate'])
    .where('ended_at', 'is', null)
    .where('from_day', '<=', today)
    .where('to_day', '>=', today)
    .where((row) => row.or([row('team', '=', team), row('document', '=', document)]))
    .orderBy('delegate')
    .execute()
}
