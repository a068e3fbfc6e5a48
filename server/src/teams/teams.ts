/** Teams and who is in them, with which roles. What a person may do with a document follows from here. */
import type { Selectable } from 'kysely'
import { ROLES, type Role } from '@auzolan/shared/grants.ts'
import { newUuid, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import {
  leavesNoCoordinator,
  samePrincipal,
  type Member,
  type MemberFacts,
  type Principal,
  type Team,
  type TeamFacts,
  type TeamSummary,
} from '@auzolan/shared/protocol/teams.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { TEAM_MEMBERS_MAX } from '@auzolan/shared/limits.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { Together } from '../together.ts'
import { eraseMember, membersOf, summaryOf, writeMember, type Rows, type TeamRow } from './team-rows.ts'

/** What decides on a person's memberships. */
type Belonging = Pick<Claims, 'person' | 'groups' | 'teams'>

/** Whether a membership is one of the person's own: by name, by group, or by Nextcloud Team. */
export function speaksFor(claims: Claims, { kind, id }: Principal): boolean {
  switch (kind) {
    case 'person':
      return id === claims.person
    case 'group':
      return claims.groups.includes(id)
    case 'team':
      return claims.teams.includes(id)
  }
}

type Roles = ReadonlyMap<TeamId, readonly Role[]>
const keyOf = ({ kind, id }: Principal): string => `${kind} ${id}`
const principalsOf = ({ person, groups, teams }: Belonging): Principal[] => [
  { kind: 'person', id: person },
  ...groups.map((id): Principal => ({ kind: 'group', id })),
  ...teams.map((id): Principal => ({ kind: 'team', id })),
]
/** A statement takes only so many values, and five hundred people may be in four hundred groups and Teams each. */
const PRINCIPALS_AT_ONCE_MAX = 5_000

/** The roles of each of these people, by team. */
async function rolesOfEach(people: readonly Belonging[], tables: Rows): Promise<Roles[]> {
  const whose = people.map(principalsOf)
  const all = [...new Map(whose.flat().map((principal) => [keyOf(principal), principal])).values()]
  const rows: Pick<
    Selectable<Tables['membership']>,
    'principal_kind' | 'principal_id' | 'team_id' | 'role'
  >[] = []
  for (let i = 0; i < all.length; i += PRINCIPALS_AT_ONCE_MAX) {
    const some = all.slice(i, i + PRINCIPALS_AT_ONCE_MAX)
    const idsOf = (kind: Principal['kind']): string[] =>
      some.filter((principal) => principal.kind === kind).map(({ id }) => id)
    const found = await tables
      .selectFrom('membership')
      .select(['principal_kind', 'principal_id', 'team_id', 'role'])
      .where((row) =>
        row.or(
          (['person', 'group', 'team'] as const).map((kind) =>
            row.and([row('principal_kind', '=', kind), row('principal_id', 'in', orNobody(idsOf(kind)))]),
          ),
        ),
      )
      .execute()
    for (const row of found) rows.push(row)
  }
  const held = Map.groupBy(rows, (row) => `${row.principal_kind} ${row.principal_id}`)
  return whose.map((principals) => {
    const own = principals.flatMap((principal) => held.get(keyOf(principal)) ?? [])
    return new Map(
      [...Map.groupBy(own, (row) => row.team_id)].map(([team, here]) => [
        team as TeamId,
        ROLES.filter((role) => here.some((row) => row.role === role)),
      ]),
    )
  })
}

export class Teams {
  readonly #journal: Journal
  readonly #now: () => Date
  readonly #listeners: ((team: TeamId) => void)[] = []
  readonly #roles = new Together((asked: readonly Belonging[]) => rolesOfEach(asked, this.#journal.rows))
  constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  /** Told when somebody's roles in a team have changed. */
  onMembersChanged(listener: (team: TeamId) => void): void {
    this.#listeners.push(listener)
  }

  /** The person's roles, by team; teams where they have none are not in it. */
  async rolesOf(claims: Belonging, tables?: Rows): Promise<Roles> {
    return tables ? (await rolesOfEach([claims], tables))[0]! : this.#roles.ask(claims)
  }

  async rolesIn(team: TeamId, claims: Claims, tables?: Rows): Promise<readonly Role[]> {
    return (await this.rolesOf(claims, tables)).get(team) ?? []
  }

  /** Which departments work together in it. */
  async departmentsOf(team: TeamId): Promise<string[]> {
    const row = await this.#journal.rows
      .selectFrom('team')
      .select('departments')
      .where('id', '=', team)
      .executeTakeFirst()
    return JSON.parse(row?.departments ?? '[]') as string[]
  }

  /** The person's teams, by their age; for an administrator also those nobody coordinates any more. */
  async listFor(claims: Claims): Promise<TeamSummary[]> {
    const roles = await this.rolesOf(claims)
    const { rows } = this.#journal
    // Only an administrator has to look at the teams of others.
    const mine = claims.admin ? undefined : [...roles.keys()]
    const [teams, members] = await Promise.all([
      rows
        .selectFrom('team')
        .selectAll()
        .$if(mine !== undefined, (query) => query.where('id', 'in', orNobody(mine!)))
        .orderBy('created_at')
        .execute(),
      membersOf(rows, mine),
    ])
    return teams
      .map((row) => summaryOf(row, roles.get(row.id as TeamId) ?? [], members.get(row.id) ?? []))
      .filter((team) => team.roles.length > 0 || mayAppoint(claims, team))
  }

  /** A team as this person may see it; for somebody who is not in it there is no such team. */
  async find(id: TeamId, claims: Claims): Promise<Team | Refusal> {
    const found = await this.#read(this.#journal.rows, id)
    const roles = await this.rolesIn(id, claims)
    if (found) {
      const summary = summaryOf(found.row, roles, found.members)
      if (roles.length > 0 || mayAppoint(claims, summary)) return { ...summary, members: found.members }
    }
    return refusal('NOT_FOUND', 'no such team, or not a member of it')
  }

  /** The founder coordinates what they have founded. */
  async found(facts: TeamFacts, founder: Claims): Promise<TeamId> {
    return this.create(facts, [
      {
        principal: { kind: 'person', id: founder.person },
        name: founder.name,
        roles: ['coordinator'],
        department: null,
        expertise: [],
      },
    ])
  }

  async create(facts: TeamFacts, members: readonly MemberFacts[], personalOf?: PersonId): Promise<TeamId> {
    const id = newUuid() as TeamId
    const at = this.#now().toISOString()
    await this.#journal.transact(async (rows) => {
      await rows
        .insertInto('team')
        .values({
          id,
          name: JSON.stringify(facts.name),
          departments: JSON.stringify(facts.departments),
          personal_of: personalOf ?? null,
          created_at: at,
        })
        .execute()
      for (const member of members) await writeMember(rows, id, member)
      const actor = members.find((m) => m.principal.kind === 'person')?.principal.id ?? '/system'
      await record(rows, {
        at,
        actor,
        action: 'team.create',
        subject: id,
        detail: { name: { ...facts.name } },
      })
    })
    return id
  }

  /** The team that is this one person and nobody else; made when it is first needed. */
  async personalTeam(person: PersonId, name: string): Promise<TeamId> {
    const there = await this.#personal(person)
    if (there) return there
    const principal: Principal = { kind: 'person', id: person }
    return this.create(
      { name: { und: name }, departments: [] },
      [{ principal, name, roles: ['coordinator'], department: null, expertise: [] }],
      person,
    ).catch(async (error: unknown) => {
      // Two first plans at once: the other one has made it.
      const made = await this.#personal(person)
      if (made) return made
      throw error
    })
  }

  async #personal(person: PersonId): Promise<TeamId | null> {
    const row = await this.#journal.rows
      .selectFrom('team')
      .select('id')
      .where('personal_of', '=', person)
      .executeTakeFirst()
    return row ? (row.id as TeamId) : null
  }

  async describe(id: TeamId, facts: TeamFacts, claims: Claims): Promise<Refusal | null> {
    const at = this.#now().toISOString()
    return this.#journal.transact(async (rows) => {
      if (!(await this.rolesIn(id, claims, rows)).includes('coordinator'))
        return refusal('NOT_ALLOWED', 'for coordinators of the team')
      const [name, departments] = [JSON.stringify(facts.name), JSON.stringify(facts.departments)]
      await rows.updateTable('team').set({ name, departments }).where('id', '=', id).execute()
      const detail = { name: { ...facts.name }, departments: [...facts.departments] }
      await record(rows, { at, actor: claims.person, action: 'team.describe', subject: id, detail })
      return null
    })
  }

  /**
   * Adds a member, or gives one other roles. A team that nobody coordinates any more gets its coordinator from an
   * administrator of Nextcloud, and nothing else from them.
   */
  async setMember(
    id: TeamId,
    { before, ...member }: MemberFacts & { readonly before?: readonly Role[] | undefined },
    claims: Claims,
  ): Promise<Refusal | null> {
    return this.#change(id, member.principal, claims, (now, team) => {
      if (team.personal) return refusal('INVALID_INPUT', 'a team of one person takes no other members')
      if (team.roles.includes('coordinator'))
        return before !== undefined && String(before) !== String(now?.roles ?? [])
          ? refusal('CHANGED_MEANWHILE', 'somebody else has changed this member')
          : member
      const appoints =
        mayAppoint(claims, team) &&
        member.principal.kind === 'person' &&
        String(member.roles) === 'coordinator' &&
        // Whoever administers Nextcloud could otherwise give themselves any team, by disabling an account for a moment.
        (member.principal.id !== claims.person || team.roles.length > 0)
      if (!appoints) return refusal('NOT_ALLOWED', 'for coordinators of the team')
      return now ? { ...now, roles: [...now.roles, 'coordinator'] } : member
    })
  }

  /** Takes every role from a member. A person may also leave by themselves. */
  async removeMember(id: TeamId, principal: Principal, claims: Claims): Promise<Refusal | null> {
    return this.#change(id, principal, claims, (now, team) => {
      const leaves = principal.kind === 'person' && principal.id === claims.person
      if (!team.roles.includes('coordinator') && !leaves)
        return refusal('NOT_ALLOWED', 'for coordinators of the team')
      return now ? null : refusal('NOT_FOUND', 'not a member')
    })
  }

  /**
   * Groups and Nextcloud Teams that were deleted are no members any more: a new one of the same name is somebody else, and a
   * team that only they coordinated needs a coordinator [T6].
   */
  async principalsGone(gone: readonly Principal[]): Promise<void> {
    const at = this.#now().toISOString()
    for (const principal of gone)
      await this.#journal
        .transact(async (rows) => {
          const teams = await rows
            .selectFrom('membership')
            .select('team_id')
            .distinct()
            .where('principal_kind', '=', principal.kind)
            .where('principal_id', '=', principal.id)
            .execute()
          for (const { team_id } of teams) {
            await eraseMember(rows, team_id as TeamId, principal)
            const detail = { ...principal, roles: [] }
            await record(rows, { at, actor: '/nextcloud', action: 'team.remove', subject: team_id, detail })
          }
          return teams
        })
        .then((teams) => teams.forEach(({ team_id }) => this.#membersChanged(team_id as TeamId)))
  }

  /**
   * Everything is read inside of the transaction: of two coordinators who remove each other, one stays [T5], and whoever was
   * removed a moment ago changes nothing any more.
   */
  async #change(
    id: TeamId,
    principal: Principal,
    claims: Claims,
    become: (now: Member | undefined, team: TeamSummary) => MemberFacts | Refusal | null,
  ): Promise<Refusal | null> {
    const at = this.#now().toISOString()
    const refused = await this.#journal.transact(async (rows) => {
      const found = await this.#read(rows, id)
      if (!found) return refusal('NOT_FOUND', 'no such team, or not a member of it')
      const { members } = found
      const team = summaryOf(found.row, await this.rolesIn(id, claims, rows), members)
      const now = members.find((m) => samePrincipal(m.principal, principal))
      const facts = become(now, team)
      if (isRefusal(facts)) return facts
      if (members.length >= TEAM_MEMBERS_MAX && !now)
        return refusal('TEAM_FULL', `more than ${TEAM_MEMBERS_MAX} members`)
      if (leavesNoCoordinator(members, principal, facts?.roles ?? []))
        return refusal('LAST_COORDINATOR', 'nobody would coordinate the team')
      await eraseMember(rows, id, principal)
      if (facts) await writeMember(rows, id, facts)
      const detail = { ...principal, roles: [...(facts?.roles ?? [])] }
      const action = facts ? 'team.member' : 'team.remove'
      await record(rows, { at, actor: claims.person, action, subject: id, detail })
      return null
    })
    if (!refused) this.#membersChanged(id)
    return refused
  }

  #membersChanged(team: TeamId): void {
    for (const listener of this.#listeners) listener(team)
  }

  async #read(
    rows: Rows,
    id: TeamId,
  ): Promise<{ readonly row: TeamRow; readonly members: readonly Member[] } | null> {
    const row = await rows.selectFrom('team').selectAll().where('id', '=', id).executeTakeFirst()
    return row ? { row, members: (await membersOf(rows, [id])).get(id) ?? [] } : null
  }
}

/** An administrator has no rights in a team of others, but a team must not stay without anybody who has. */
const mayAppoint = (claims: Claims, team: TeamSummary): boolean =>
  claims.admin && !team.personal && !team.hasCoordinator

/** SQL knows no empty list; no group of Nextcloud has an empty name. */
const orNobody = (ids: readonly string[]): string[] => (ids.length > 0 ? [...ids] : [''])
