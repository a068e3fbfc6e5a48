/** Of the commands that begin at a post, the one that its screen offers first, and the rest in its menu (DOMAIN A.12). */
import type { Role } from '../grants.ts'
import { postCommandsFrom, type PostCommand, type PostStatus } from './life.ts'

export interface PostSeen {
  /** What it is for people (`shownStatus`). */
  readonly status: PostStatus
  readonly roles: readonly Role[]
  readonly emergency: boolean
  /** Published before anybody has approved it. */
  readonly unreviewed: boolean
  /** Out, and changed since. */
  readonly changedOut: boolean
  /** The person has written something of it: then somebody else approves it. */
  readonly wrote: boolean
  /** It is out on every profile it goes to. */
  readonly everywhere: boolean
}
export interface PostSteps {
  readonly first: PostCommand | null
  /** What stands beside the first one: the other answer to the same question. */
  readonly second: PostCommand | null
  readonly menu: readonly PostCommand[]
}

const FIRST: { readonly [status in PostStatus]: readonly PostCommand[] } = {
  idea: ['submit'],
  drafting: ['submit'],
  in_review: ['approve'],
  approved: ['schedule'],
  scheduled: ['publish'],
  published: ['approve', 'publish'],
  measured: [],
  cancelled: ['draft'],
  withdrawn: [],
}

export function stepsOf(seen: PostSeen): PostSteps {
  const { status, roles, emergency, everywhere } = seen
  const may = postCommandsFrom(status, roles, emergency).filter((command) => {
    if (command === 'approve') return asksForApproval(seen)
    // What is out goes back only where nobody has looked at it yet.
    return !(command === 'return' && status === 'published') || (seen.unreviewed && !seen.wrote)
  })
  // In an emergency it goes out first, and is looked at afterwards.
  const wanted = emergency && isBefore(status) ? ['publish' as const, ...FIRST[status]] : FIRST[status]
  const first =
    wanted.find((command) => may.includes(command) && !(command === 'publish' && everywhere)) ?? null
  const second = first === 'approve' && may.includes('return') ? 'return' : null
  return { first, second, menu: may.filter((command) => command !== first && command !== second) }
}

const isBefore = (status: PostStatus): boolean =>
  status === 'idea' || status === 'drafting' || status === 'in_review'

const asksForApproval = ({ status, unreviewed, changedOut, wrote }: PostSeen): boolean =>
  !wrote && (status === 'in_review' || (status === 'published' && (unreviewed || changedOut)))
