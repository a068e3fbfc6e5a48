/**
 * Who approves a version, and whose turn it is (DOMAIN D.1): one of several, all of them, or one after the other. Pure: the
 * server decides with it, the screen hints with it.
 */
import type { Role } from './grants.ts'
import type { Principal } from './protocol/teams.ts'

export const QUORUMS = ['any', 'all', 'sequence'] as const
export type Quorum = (typeof QUORUMS)[number]

/** A place in the route: any director of the document's team, or somebody by name. */
export type Approver =
  { readonly kind: 'directors' } | (Principal & { /** As Nextcloud showed it. */ readonly name: string })
export interface Route {
  readonly quorum: Quorum
  /** At least one; `sequence` takes them in this order. */
  readonly approvers: readonly Approver[]
}
/** Where nobody has said anything else. */
export const ANY_DIRECTOR: Route = { quorum: 'any', approvers: [{ kind: 'directors' }] }

/** An approval of one version. */
export interface Approval {
  /** Whose hand it was, and in whose name: the same person unless it was delegated. */
  readonly by: string
  readonly principal: string
  /** The places that `principal` could take when it was given. */
  readonly places: readonly number[]
}
export interface Progress {
  readonly reached: boolean
  /** Per place: which approval (by its index) has taken it. */
  readonly taken: readonly (number | null)[]
  /** Places whose turn it is; none once the quorum is reached. */
  readonly open: readonly number[]
}

/** @param approvals in the order in which they were given */
export function progressOf({ quorum, approvers }: Route, approvals: readonly Approval[]): Progress {
  const taken = quorum === 'all' ? matched(approvers.length, approvals) : approvers.map(() => null)
  const free = (): number[] => taken.flatMap((by, place) => (by === null ? [place] : []))
  switch (quorum) {
    case 'any': {
      const first = approvals.findIndex(({ places }) => places.length > 0)
      if (first >= 0) taken[approvals[first]!.places[0]!] = first
      return { reached: first >= 0, taken, open: first >= 0 ? [] : free() }
    }
    case 'all':
      return { reached: free().length === 0, taken, open: free() }
    case 'sequence': {
      let next = 0
      approvals.forEach(({ places }, i) => {
        if (next < approvers.length && places.includes(next)) taken[next++] = i
      })
      return { reached: next === approvers.length, taken, open: free().slice(0, 1) }
    }
  }
}

/** `later`: somebody else comes first; `over`: nothing is left to take; `again`: has a part in it already; `none`: not named. */
export type Turn = 'now' | 'later' | 'over' | 'again' | 'none'

/** Whether it is the turn of this approval. Nobody has part in two, in their own name or in another's. */
export function turnOf(route: Route, approvals: readonly Approval[], next: Approval): Turn {
  if (next.places.length === 0) return 'none'
  const before = progressOf(route, approvals)
  if (before.reached) return 'over'
  const had = new Set(approvals.flatMap(({ by, principal }) => [by, principal]))
  if (had.has(next.by) || had.has(next.principal)) return 'again'
  const after = progressOf(route, [...approvals, next])
  if (count(after) > count(before)) return 'now'
  return next.places.some((place) => before.taken[place] === null) ? 'later' : 'over'
}

/** The places somebody could take: `speaksFor` says which principals they are. */
export const placesOf = (
  { approvers }: Route,
  roles: readonly Role[],
  speaksFor: (principal: Principal) => boolean,
): number[] =>
  approvers.flatMap((one, place) =>
    (one.kind === 'directors' ? roles.includes('director') : speaksFor(one)) ? [place] : [],
  )

/** What an organisation says about the approval of one type of document. */
export interface RouteRules {
  readonly approval?: Route | undefined
  /** Departments that do it in another way, in the order in which they are asked. */
  readonly departments?: readonly { readonly department: string; readonly approval: Route }[] | undefined
}
/** The route of the first department, in the organisation's order, that works in the team; else that of the type. */
export const routeFor = (rules: RouteRules | undefined, departments: readonly string[]): Route =>
  rules?.departments?.find((one) => departments.includes(one.department))?.approval ??
  rules?.approval ??
  ANY_DIRECTOR

const count = ({ taken }: Progress): number => taken.filter((by) => by !== null).length

/**
 * As many places as these approvals can take, each one place (Kuhn's matching): whoever could take two leaves the one that
 * somebody later needs.
 */
function matched(places: number, approvals: readonly Approval[]): (number | null)[] {
  const taken: (number | null)[] = Array.from({ length: places }, () => null)
  const seat = (approval: number, seen: Set<number>): boolean =>
    approvals[approval]!.places.some((place) => {
      if (place >= places || seen.has(place)) return false
      seen.add(place)
      const holder = taken[place] ?? null
      if (holder !== null && !seat(holder, seen)) return false
      taken[place] = approval
      return true
    })
  approvals.forEach((_, i) => seat(i, new Set()))
  return taken
}
