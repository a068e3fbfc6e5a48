/** Teams as the REST interface speaks of them (DOMAIN 0.3, D.1), and the rules both sides read from them. */
import type { Role } from '../grants.ts'
import type { Translated } from '../schema/fields.ts'

/** Who can be a member: a person, everybody of a Nextcloud group, everybody of a Nextcloud Team. */
export const PRINCIPAL_KINDS = ['person', 'group', 'team'] as const
export interface Principal {
  readonly kind: (typeof PRINCIPAL_KINDS)[number]
  readonly id: string
}
export const samePrincipal = (a: Principal, b: Principal): boolean => a.kind === b.kind && a.id === b.id

/** `PUT /teams/:id/members`: one member as it shall be. */
export interface MemberFacts {
  readonly principal: Principal
  /** As Nextcloud showed it when the member was added. */
  readonly name: string
  /** At least one. */
  readonly roles: readonly Role[]
  /** Id of a department of the organisation. */
  readonly department: string | null
  /** What they bring, in their own words. */
  readonly expertise: readonly string[]
}
export interface Member extends MemberFacts {
  /** Nextcloud has ended the account: the person cannot act for the team. */
  readonly ended: boolean
}

/** `POST /teams`, `PUT /teams/:id`. */
export interface TeamFacts {
  readonly name: Translated<string>
  /** Ids of departments of the organisation. */
  readonly departments: readonly string[]
}
export interface TeamSummary extends TeamFacts {
  readonly id: string
  /** The team that is one person alone: "only me". It takes no other members. */
  readonly personal: boolean
  /** Roles of the person who asks; none for an administrator who may only appoint a coordinator. */
  readonly roles: readonly Role[]
  readonly hasCoordinator: boolean
}
export interface Team extends TeamSummary {
  readonly members: readonly Member[]
}

const coordinates = (m: Member): boolean => m.roles.includes('coordinator') && !m.ended

/** A group or a Nextcloud Team counts: who is in it is Nextcloud's business. */
export const hasCoordinator = (members: readonly Member[]): boolean => members.some(coordinates)

/** Whether nobody would coordinate any more once this member had these roles (none: is removed) [T5]. */
export const leavesNoCoordinator = (
  members: readonly Member[],
  principal: Principal,
  roles: readonly Role[],
): boolean =>
  members.some((m) => samePrincipal(m.principal, principal) && coordinates(m)) &&
  !roles.includes('coordinator') &&
  !members.some((m) => !samePrincipal(m.principal, principal) && coordinates(m))

/** The departments a team joins: those it names and those of its members [DOMAIN X-1]. */
export const departmentsJoined = ({
  departments,
  members,
}: Pick<Team, 'departments' | 'members'>): string[] => [
  ...new Set([...departments, ...members.flatMap((m) => (m.department === null ? [] : [m.department]))]),
]

/** What the members bring, each once, in the order it was first said. */
export const expertiseOf = (members: readonly Member[]): string[] => [
  ...new Set(members.flatMap((m) => m.expertise)),
]
