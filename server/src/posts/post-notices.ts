/**
 * Who is told what of a post, and when it is no longer true (DOMAIN A.12). Written in the transaction of the deed, as of a review
 * (review/notices.ts): nobody is called to what is done.
 */
import type { Transaction } from 'kysely'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { DECIDERS, type PostCommand } from '@auzolan/shared/posts/life.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Someone } from '@auzolan/shared/protocol/review.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Tables } from '../journal/journal.ts'
import { post as send } from '../outbox/outbox.ts'
import { holders } from '../review/deciders.ts'

type Writing = Transaction<Tables>
type PostNoticeKind = Extract<Notice['kind'], `post_${string}`>

export interface AboutPost {
  readonly id: DocumentId
  readonly team: string
  readonly title: Translated<string>
  readonly post: { readonly id: string; readonly title: string }
  /** Who has written in it. */
  readonly authors: readonly string[]
  /** Who did something; nobody when only a date has passed. */
  readonly by: Someone | null
}

/** Everything that was said about a post begins like this. */
const everything = (document: string, post: string): string => `post/${document}/${post}`
export const postNoticeKey = (document: string, post: string, kind: PostNoticeKind): string =>
  `${everything(document, post)}/${kind}`

/** @param unseen it has just gone out in an emergency, before anybody has approved it */
export async function tellCommanded(
  rows: Writing,
  at: string,
  about: AboutPost,
  command: PostCommand,
  unseen: boolean,
): Promise<void> {
  // Handed over, or out on one more network: whoever is to look at it still is.
  if (command === 'schedule' || (command === 'publish' && !unseen)) return
  await takeBack(rows, at, about)
  switch (command) {
    case 'submit':
      return tell(rows, at, about, 'post_review', await deciders(rows, about))
    case 'publish':
      return tell(rows, at, about, 'post_emergency', await deciders(rows, about))
    case 'approve':
      return tell(rows, at, about, 'post_approved', await writers(rows, about))
    case 'return':
      return tell(rows, at, about, 'post_returned', await writers(rows, about))
    case 'draft':
    case 'cancel':
    case 'withdraw':
      return
  }
}

/** It has been out for a day, and nobody has looked at it. */
export const tellOverdue = async (rows: Writing, at: string, about: AboutPost): Promise<void> =>
  tell(rows, at, about, 'post_overdue', await deciders(rows, about))

const takeBack = (rows: Writing, at: string, { id, post }: AboutPost): Promise<void> =>
  send(rows, at, { kind: 'dismiss', key: everything(id, post.id) })

/** Whoever has written in it does not decide on it: they are left out of groups, too. */
const deciders = (rows: Writing, { team }: AboutPost): Promise<Principal[]> => holders(rows, team, DECIDERS)

/** Whoever has written in it, as long as they may be of the team; who is in a group, only Nextcloud knows. */
async function writers(rows: Writing, { team, authors }: AboutPost): Promise<Principal[]> {
  const members = await rows
    .selectFrom('membership')
    .select(['principal_kind', 'principal_id'])
    .where('team_id', '=', team)
    .execute()
  const byGroup = members.some(({ principal_kind: kind }) => kind !== 'person')
  const isMember = (person: string): boolean => members.some(({ principal_id: id }) => id === person)
  return people(authors)
    .filter((person) => byGroup || isMember(person))
    .map((person) => ({ kind: 'person', id: person }))
}

/** What the server itself wrote has a name that no account has. */
const people = (all: readonly string[]): string[] => all.filter((one) => !one.startsWith('/'))

async function tell(
  rows: Writing,
  at: string,
  { id, title, post, authors, by }: AboutPost,
  kind: PostNoticeKind,
  whom: readonly Principal[],
): Promise<void> {
  const decides = kind !== 'post_approved' && kind !== 'post_returned'
  const except = decides ? people(authors) : []
  const to = whom.filter((one) => one.kind !== 'person' || (one.id !== by?.id && !except.includes(one.id)))
  await send(rows, at, {
    kind: 'notify',
    notice: {
      key: postNoticeKey(id, post.id, kind),
      kind,
      to,
      ...(except.length > 0 ? { except } : {}),
      document: id,
      title,
      version: null,
      by,
      due: null,
      post,
    },
  })
}
