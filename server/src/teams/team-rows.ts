/** Teams and members as they stand in the tables: reading and writing rows, without any rule of who may. */
import type { Selectable, Transaction } from 'kysely'
import { ROLES, type Role } from '@auzolan/shared/grants.ts'
import type { TeamId } from '@auzolan/shared/ids.ts'
import {
  hasCoordinator,
  type Member,
  type MemberFacts,
  type Principal,
  type TeamSummary,
} from '@auzolan/shared/protocol/teams.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Tables } from '../journal/journal.ts'

/** Whoever can be read from: the tables, or a transaction on them. */
export type Rows = Pick<Transaction<Tables>, 'selectFrom'>
export type TeamRow = Selectable<Tables['team']>

/** @param roles of whoever asks */
export function summaryOf(row: TeamRow, roles: readonly Role[], members: readonly Member[]): TeamSummary {
  return {
    id: row.id,
    name: JSON.parse(row.name) as Translated<string>,
    departments: JSON.parse(row.departments) as string[],
    personal: row.personal_of !== null,
    roles,
    hasCoordinator: hasCoordinator(members),
  }
}

/** The members of these teams or of all, by team: people first, in the order of their names. */
export async function membersOf(
  rows: Rows,
  of?: readonly TeamId[],
): Promise<ReadonlyMap<string, readonly Member[]>> {
  const found = await rows
    .selectFrom('membership as m')
    .leftJoin('member as about', (join) =>
      join
        .onRef('about.team_id', '=', 'm.team_id')
        .onRef('about.principal_kind', '=', 'm.principal_kind')
        .onRef('about.principal_id', '=', 'm.principal_id'),
    )
    .leftJoin('ended', (join) =>
      join.onRef('ended.person', '=', 'm.principal_id').on('m.principal_kind', '=', 'person'),
    )
    .select(['m.team_id', 'm.principal_kind', 'm.principal_id', 'm.role'])
    .select(['about.name', 'about.department', 'about.expertise', 'ended.at as ended'])
    .$if(of !== undefined, (query) => query.where('m.team_id', 'in', of!.length > 0 ? [...of!] : ['']))
    .execute()
  const teams = new Map<string, Map<string, Member>>()
  for (const row of found) {
    const members = teams.get(row.team_id) ?? new Map<string, Member>()
    teams.set(row.team_id, members)
    const key = `${row.principal_kind}:${row.principal_id}`
    const roles = [...(members.get(key)?.roles ?? []), row.role as Role]
    members.set(key, {
      principal: { kind: row.principal_kind, id: row.principal_id },
      name: row.name ?? row.principal_id,
      roles: ROLES.filter((role) => roles.includes(role)),
      department: row.department ?? null,
      expertise: JSON.parse(row.expertise ?? '[]') as string[],
      ended: row.ended !== null,
    })
  }
  const order = (m: Member): string => `${m.principal.kind === 'person' ? 0 : 1}${m.name}`
  return new Map(
    [...teams].map(([id, members]) => [
      id,
      [...members.values()].sort((a, b) => order(a).localeCompare(order(b))),
    ]),
  )
}

/** In a place that `eraseMember` has made free. */
export async function writeMember(
  rows: Transaction<Tables>,
  team: TeamId,
  member: MemberFacts,
): Promise<void> {
  const key = { team_id: team, principal_kind: member.principal.kind, principal_id: member.principal.id }
  const { name, department } = member
  for (const role of new Set(member.roles))
    await rows
      .insertInto('membership')
      .values({ ...key, role })
      .execute()
  await rows
    .insertInto('member')
    .values({ ...key, name, department, expertise: JSON.stringify(member.expertise) })
    .execute()
}

export async function eraseMember(
  rows: Transaction<Tables>,
  team: TeamId,
  { kind, id }: Principal,
): Promise<void> {
  for (const table of ['membership', 'member'] as const)
    await rows
      .deleteFrom(table)
      .where('team_id', '=', team)
      .where('principal_kind', '=', kind)
      .where('principal_id', '=', id)
      .execute()
}
