/**
 * Who is told what of a review, and when it is no longer true (DOMAIN D.7). Written in the transaction of the deed: nobody is
 * told of what did not happen, and nobody is called to what is done.
 */
import type { Transaction } from 'kysely'
import type { Role } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Notice, NoticeKind } from '@auzolan/shared/protocol/notices.ts'
import type { OpinionRole, Someone } from '@auzolan/shared/protocol/review.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Verdict } from '@auzolan/shared/receipt.ts'
import type { Tables } from '../journal/journal.ts'
import { post } from '../outbox/outbox.ts'
import type { Standing } from './standing.ts'
import type { Rows, VersionRow } from './versions.ts'

type Writing = Transaction<Tables>

/** What was done, to which version, by whom. */
export interface About {
  readonly id: DocumentId
  readonly standing: Standing
  readonly version: VersionRow
  readonly by: Someone
}

export const noticeKey = (document: string, version: number, kind: NoticeKind, role?: OpinionRole): string =>
  `review/${document}/${version}/${kind}${role === undefined ? '' : `/${role}`}`

/** Everything that was said about a version begins like this. */
const everything = (document: string, version: number): string => `review/${document}/${version}/`

/** Whose decision is asked for. */
export const deciders = (rows: Rows, team: TeamId): Promise<Principal[]> => holders(rows, team, ['director'])

/** Asks those who decide, and each role whose opinion is asked for. What an earlier version waited for is over. */
export async function tellSubmitted(
  rows: Writing,
  at: string,
  given: {
    readonly about: About
    readonly asked: readonly OpinionRole[]
    /** Who has written in it, and so cannot approve it. */
    readonly authors: readonly string[]
  },
): Promise<void> {
  const { about, asked, authors } = given
  const { id, standing, version } = about
  for (const over of ['changes', 'withdrawn'] as const)
    await post(rows, at, { kind: 'dismiss', key: noticeKey(id, version.n - 1, over) })
  // What the server itself wrote has a name that no account has.
  const except = authors.filter((author) => !author.startsWith('/'))
  await tell(rows, at, about, 'decide', await deciders(rows, standing.team), { except })
  for (const role of asked)
    await tell(rows, at, about, 'opinion', await holders(rows, standing.team, [role]), { role })
}

/** Nobody else need speak for this role. */
export const tellOpinion = (
  rows: Writing,
  at: string,
  id: DocumentId,
  version: number,
  role: OpinionRole,
): Promise<void> => post(rows, at, { kind: 'dismiss', key: noticeKey(id, version, 'opinion', role) })

/** Those who sent it and write it learn what became of it. */
export async function tellDecided(rows: Writing, at: string, about: About, verdict: Verdict): Promise<void> {
  const { id, standing, version } = about
  await post(rows, at, { kind: 'dismiss', key: everything(id, version.n) })
  const writers = await holders(rows, standing.team, ['coordinator', 'editor'])
  const submitter: Principal = { kind: 'person', id: version.submitter }
  await tell(rows, at, about, verdict === 'approve' ? 'approved' : 'changes', [submitter, ...writers])
}

/** Those who were asked need not read on. */
export async function tellWithdrawn(
  rows: Writing,
  at: string,
  about: About,
  asked: readonly OpinionRole[],
): Promise<void> {
  const { id, standing, version } = about
  await post(rows, at, { kind: 'dismiss', key: everything(id, version.n) })
  const others = await holders(rows, standing.team, asked)
  await tell(rows, at, about, 'withdrawn', [...(await deciders(rows, standing.team)), ...others])
}

/** Somebody makes the changes. */
export const tellResumed = (rows: Writing, at: string, { id, version }: About): Promise<void> =>
  post(rows, at, { kind: 'dismiss', key: everything(id, version.n) })

/** Once each, and never whoever did it. */
async function tell(
  rows: Writing,
  at: string,
  { id, standing, version, by }: About,
  kind: NoticeKind,
  whom: readonly Principal[],
  more: Pick<Notice, 'except' | 'role'> = {},
): Promise<void> {
  const others = whom.filter(
    (one, i) =>
      whom.findIndex((other) => other.kind === one.kind && other.id === one.id) === i &&
      !(one.kind === 'person' && (one.id === by.id || more.except?.includes(one.id))),
  )
  // Asked for until then; what has been decided is not due any more.
  const due = kind === 'decide' || kind === 'opinion' ? version.due : null
  const notice: Notice = {
    key: noticeKey(id, version.n, kind, more.role),
    kind,
    to: others,
    document: id,
    title: standing.title,
    version: version.n,
    by,
    due,
    ...more,
  }
  await post(rows, at, { kind: 'notify', notice })
}

async function holders(rows: Rows, team: TeamId, roles: readonly Role[]): Promise<Principal[]> {
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
