/**
 * Who is told what of a review, and when it is no longer true (DOMAIN D.7). Written in the transaction of the deed: nobody is
 * told of what did not happen, and nobody is called to what is done.
 */
import type { Transaction } from 'kysely'
import type { Approval } from '@auzolan/shared/approval-route.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Notice, NoticeKind } from '@auzolan/shared/protocol/notices.ts'
import type { OpinionRole, Someone, Stance } from '@auzolan/shared/protocol/review.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Verdict } from '@auzolan/shared/receipt.ts'
import type { Tables } from '../journal/journal.ts'
import { tellEvaluated } from './suggestion-notices.ts'
import { post } from '../outbox/outbox.ts'
import { holders, openPlaces, type OpenPlace } from './deciders.ts'
import type { Standing } from './standing.ts'
import type { VersionRow } from './versions.ts'

type Writing = Transaction<Tables>

/** What was done, to which version, by whom. */
export interface About {
  readonly id: DocumentId
  readonly standing: Standing
  readonly version: VersionRow
  readonly by: Someone
}

export const noticeKey = (
  document: string,
  version: number,
  kind: NoticeKind,
  which?: OpinionRole | number,
): string => `review/${document}/${version}/${kind}${which === undefined ? '' : `/${which}`}`

/** Everything that was said about a version begins like this. */
const everything = (document: string, version: number): string => `review/${document}/${version}/`

/** Asks those who decide, and each role whose opinion is asked for. What an earlier version waited for is over. */
export async function tellSubmitted(
  rows: Writing,
  at: string,
  given: {
    readonly about: About
    readonly asked: readonly OpinionRole[]
    /** Who has written in it, and so cannot approve it. */
    readonly authors: readonly string[]
    readonly today: string
    /** Number of the version that was sent before this one. */
    readonly before: number | null
  },
): Promise<void> {
  const { about, asked, authors, today, before } = given
  const { id, standing, version } = about
  if (before !== null)
    for (const over of ['changes', 'withdrawn'] as const)
      await post(rows, at, { kind: 'dismiss', key: noticeKey(id, before, over) })
  // What the server itself wrote has a name that no account has.
  const except = authors.filter((author) => !author.startsWith('/'))
  for (const { place, to } of await openPlaces(rows, standing.team, version, { approvals: [], today }))
    await tell(rows, at, about, 'decide', to, { except, ...(place === null ? {} : { place }) })
  for (const role of asked)
    await tell(rows, at, about, 'opinion', await holders(rows, standing.team, [role]), { role })
}

/** Nobody else need speak for this role. Those who have approved before somebody is against could not know of it. */
export async function tellOpinion(
  rows: Writing,
  at: string,
  about: About,
  given: {
    readonly role: OpinionRole
    readonly stance: Stance
    /** Whether somebody of the role is against, now that this was said. */
    readonly contested: boolean
  },
): Promise<void> {
  const { id, version } = about
  const { role, stance, contested } = given
  await post(rows, at, { kind: 'dismiss', key: noticeKey(id, version.n, 'opinion', role) })
  const approved = await rows
    .selectFrom('decision')
    .select(['person', 'principal'])
    .where('document', '=', id)
    .where('n', '=', version.n)
    .where('verdict', '=', 'approve')
    .orderBy('nth')
    .execute()
  const people = approved.flatMap(({ person, principal }) =>
    principal === null ? [person] : [person, principal],
  )
  const to = people.map((one): Principal => ({ kind: 'person', id: one }))
  if (to.length === 0) return
  if (stance === 'against') await tell(rows, at, about, 'against', to, { role })
  else if (!contested)
    await post(rows, at, { kind: 'dismiss', key: noticeKey(id, version.n, 'against', role) })
}

/** One of several has approved: their place is taken, and it may be the turn of others. */
export async function tellApprovedByOne(
  rows: Writing,
  at: string,
  about: About,
  given: {
    /** Those before this one. */
    readonly approvals: readonly Approval[]
    readonly next: Approval
    readonly authors: readonly string[]
    readonly today: string
  },
): Promise<void> {
  const { id, standing, version } = about
  const { approvals, next, today } = given
  const [before, after] = [
    await openPlaces(rows, standing.team, version, { approvals, today }),
    await openPlaces(rows, standing.team, version, { approvals: [...approvals, next], today }),
  ]
  const has = (places: readonly OpenPlace[], one: OpenPlace): boolean =>
    places.some(({ place }) => place === one.place)
  for (const one of before)
    if (!has(after, one))
      await post(rows, at, {
        kind: 'dismiss',
        key: noticeKey(id, version.n, 'decide', one.place ?? undefined),
      })
  const except = given.authors.filter((author) => !author.startsWith('/'))
  for (const one of after)
    if (!has(before, one))
      await tell(rows, at, about, 'decide', one.to, {
        // Nobody has part in one version twice.
        except: [...except, ...[...approvals, next].flatMap(({ by, principal }) => [by, principal])],
        ...(one.place === null ? {} : { place: one.place }),
      })
}

/** Those who sent it and write it learn what became of it. */
export async function tellDecided(rows: Writing, at: string, about: About, verdict: Verdict): Promise<void> {
  const { id, standing, version } = about
  await post(rows, at, { kind: 'dismiss', key: everything(id, version.n) })
  await post(rows, at, { kind: 'dismiss', key: `delegated/${id}` })
  if (verdict === 'approve') {
    await tellSettled(rows, at, { document: id })
    await tellEvaluated(rows, at, id, about.by)
  }
  const writers = await holders(rows, standing.team, ['coordinator', 'editor'])
  const submitter: Principal = { kind: 'person', id: version.submitter }
  await tell(rows, at, about, verdict === 'approve' ? 'approved' : 'changes', [submitter, ...writers])
}

/** Those who were asked need not read on. */
export async function tellWithdrawn(
  rows: Writing,
  at: string,
  about: About,
  given: {
    readonly asked: readonly OpinionRole[]
    readonly approvals: readonly Approval[]
    readonly today: string
  },
): Promise<void> {
  const { id, standing, version } = about
  await post(rows, at, { kind: 'dismiss', key: everything(id, version.n) })
  const deciding = await openPlaces(rows, standing.team, version, given)
  const others = await holders(rows, standing.team, given.asked)
  await tell(rows, at, about, 'withdrawn', [...deciding.flatMap(({ to }) => to), ...others])
}

/** Somebody makes the changes. */
export const tellResumed = (rows: Writing, at: string, id: DocumentId, version: number): Promise<void> =>
  post(rows, at, { kind: 'dismiss', key: everything(id, version) })

/** Once each, and never whoever did it. */
async function tell(
  rows: Writing,
  at: string,
  { id, standing, version, by }: About,
  kind: NoticeKind,
  whom: readonly Principal[],
  { place, ...more }: Pick<Notice, 'except' | 'role'> & { readonly place?: number } = {},
): Promise<void> {
  const others = whom.filter(
    (one, i) =>
      whom.findIndex((other) => other.kind === one.kind && other.id === one.id) === i &&
      !(one.kind === 'person' && (one.id === by.id || more.except?.includes(one.id))),
  )
  // Asked for until then; what has been decided is not due any more.
  const due = kind === 'decide' || kind === 'opinion' ? version.due : null
  const notice: Notice = {
    key: noticeKey(id, version.n, kind, more.role ?? place),
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

interface OfReopening extends Pick<Notice, 'document' | 'title' | 'by'> {
  readonly team: string
  readonly version: number
}
const reopenedKey = (document: string): string => `reopened/${document}`
/** Those who write it and those who decide: what it relies on has changed (DOMAIN E-30). */
export async function tellReopened(
  rows: Writing,
  at: string,
  { team, ...about }: OfReopening,
): Promise<void> {
  const to = await holders(rows, team, ['coordinator', 'editor', 'director'])
  const notice: Notice = { ...about, key: reopenedKey(about.document), kind: 'reopened', to, due: null }
  await post(rows, at, { kind: 'notify', notice })
}
/** Its ground is back, or another version is in force. */
export const tellSettled = (
  rows: Writing,
  at: string,
  { document }: Pick<OfReopening, 'document'>,
): Promise<void> => post(rows, at, { kind: 'dismiss', key: reopenedKey(document) })
