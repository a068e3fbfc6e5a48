/**
 * What a list of comment events says: threads, with what their authors and the coordinators have made of them since. Pure, and
 * the same for everybody who has the same events: the server closes its gates with it, the screen shows it.
 */
import { REVIEWERS, WRITERS, type Role } from '../grants.ts'
import type { CommentEvent } from '../schema/comments.ts'
import type { Said } from './said.ts'

/** The owner of a client id, as the server knows them; the roles are those they wrote with. */
export interface Commenter {
  readonly id: string
  readonly name: string
  readonly roles: readonly Role[]
}
export type Commenters = ReadonlyMap<number, Commenter>
/** Whose client id this is, is not known (yet). */
const UNKNOWN: Commenter = { id: '', name: '', roles: [] }

export interface Remark {
  readonly id: string
  readonly by: Commenter
  /** By the clock of the author's device. */
  readonly at: string | null
  readonly body: string
  readonly edited: boolean
  readonly hidden: boolean
}
export interface Suggestion {
  readonly before: string
  readonly after: string
  readonly state: 'open' | 'accepted' | 'rejected'
  /** Who has accepted or rejected it. */
  readonly by: Commenter | null
}
export interface Thread {
  readonly id: string
  readonly first: Remark
  /** `identity.title`, `audiences/<id>/name`, with the language of a passage behind a colon; `null`: the whole document. */
  readonly path: string | null
  readonly position: string | null
  readonly end: string | null
  readonly quote: string
  readonly mustFix: boolean
  readonly replies: readonly Remark[]
  readonly open: boolean
  readonly resolvedBy: Commenter | null
  readonly suggestion: Suggestion | null
}

/** Marks that stop a text come from those who read it for others, and from those who coordinate. */
export const mayMark = (roles: readonly Role[]): boolean =>
  roles.includes('coordinator') || roles.some((role) => REVIEWERS.includes(role))
/** Whoever began it, coordinators, and for what stops nothing also those who write or decide. */
export const mayResolve = (
  { first, mustFix }: Pick<Thread, 'first' | 'mustFix'>,
  who: Pick<Commenter, 'id' | 'roles'>,
): boolean =>
  isSame(first.by, who) ||
  who.roles.includes('coordinator') ||
  (!mustFix && who.roles.some((role) => WRITERS.includes(role) || role === 'director'))
export const mayHide = (remark: Pick<Remark, 'by'>, who: Pick<Commenter, 'id' | 'roles'>): boolean =>
  isSame(remark.by, who) || who.roles.includes('coordinator')
export const maySettle = (roles: readonly Role[]): boolean => roles.some((role) => WRITERS.includes(role))
const isSame = (a: Pick<Commenter, 'id'>, b: Pick<Commenter, 'id'>): boolean => a.id !== '' && a.id === b.id

type Writing = { -readonly [K in keyof Remark]: Remark[K] } & { hiddenBy?: Commenter }
interface Weaving {
  readonly event: CommentEvent
  readonly first: Writing
  readonly replies: Writing[]
  readonly mustFix: boolean
  open: boolean
  resolvedBy: Commenter | null
  acceptedBy: Commenter | null
  rejectedBy: Commenter | null
}

/** The threads in the order they were begun; those of which nothing is left to see are gone. */
export const threadsOf = (said: readonly Said[], commenters: Commenters): Thread[] =>
  allThreadsOf(said, commenters).filter(isSeen)

/** Also those that nobody sees any more: what was accepted stays accepted. */
export function allThreadsOf(said: readonly Said[], commenters: Commenters): Thread[] {
  const byOf = (client: number): Commenter => commenters.get(client) ?? UNKNOWN
  const threads = new Map<string, Weaving>()
  const remarks = new Map<string, Writing>()
  const remark = ({ event, client }: Said): Writing | null => {
    // Sent twice, it was said once.
    if (remarks.has(event.id)) return null
    const { id, body, at = null } = event
    const written = { id, by: byOf(client), at, body, edited: false, hidden: false }
    remarks.set(id, written)
    return written
  }
  // Beginnings before answers before changes: where in the list an event stands is up to whoever wrote it.
  for (const one of said) {
    const { event } = one
    if ((event.kind !== 'comment' && event.kind !== 'suggest') || event.thread !== event.id) continue
    const first = remark(one)
    if (!first) continue
    threads.set(event.id, {
      event,
      first,
      replies: [],
      mustFix: event.mustFix === true && mayMark(first.by.roles),
      open: true,
      resolvedBy: null,
      acceptedBy: null,
      rejectedBy: null,
    })
  }
  for (const one of said) {
    const thread = one.event.kind === 'reply' ? threads.get(one.event.thread) : undefined
    const reply = thread && remark(one)
    if (reply) thread.replies.push(reply)
  }
  for (const { event, client } of said) change(event, byOf(client), threads, remarks)
  return [...threads.values()].map(threadOf)
}

function change(
  event: CommentEvent,
  by: Commenter,
  threads: ReadonlyMap<string, Weaving>,
  remarks: ReadonlyMap<string, Writing>,
): void {
  const remark = event.of === undefined ? undefined : remarks.get(event.of)
  const thread = threads.get(event.thread)
  switch (event.kind) {
    case 'edit':
      if (!remark || !isSame(remark.by, by)) return
      remark.body = event.body
      remark.edited = true
      return
    case 'hide':
      if (!remark || remark.hidden || !mayHide(remark, by)) return
      remark.hidden = true
      remark.hiddenBy = by
      return
    case 'show':
      // What somebody has taken out of sight, nobody else puts back.
      if (remark?.hiddenBy && isSame(remark.hiddenBy, by)) remark.hidden = false
      return
    case 'resolve':
    case 'reopen':
      if (!thread || !mayResolve(thread, by)) return
      thread.open = event.kind === 'reopen'
      thread.resolvedBy = thread.open ? null : by
      return
    case 'accept':
      if (thread && maySettle(by.roles)) thread.acceptedBy ??= by
      return
    case 'reject':
      if (thread && maySettle(by.roles)) thread.rejectedBy ??= by
      return
    case 'comment':
    case 'reply':
    case 'suggest':
      return
  }
}

function threadOf(woven: Weaving): Thread {
  const { event, first, replies, resolvedBy } = woven
  const suggestion: Suggestion | null =
    event.kind === 'suggest' && event.text !== undefined
      ? {
          before: event.anchor?.quote ?? '',
          after: event.text,
          // Of two who answer at once the text shows who has accepted it.
          state: woven.acceptedBy ? 'accepted' : woven.rejectedBy ? 'rejected' : 'open',
          by: woven.acceptedBy ?? woven.rejectedBy,
        }
      : null
  const settled = suggestion !== null && (suggestion.state !== 'open' || first.hidden)
  return {
    id: event.id,
    first,
    path: event.anchor?.path ?? null,
    position: event.anchor?.position ?? null,
    end: event.anchor?.end ?? null,
    quote: event.anchor?.quote ?? '',
    mustFix: woven.mustFix && !first.hidden,
    replies,
    open: woven.open && !settled,
    resolvedBy: settled ? suggestion.by : resolvedBy,
    suggestion,
  }
}

const isSeen = ({ first, replies }: Thread): boolean => !first.hidden || replies.some((one) => !one.hidden)

/** The field a thread is about, without the language. */
export const fieldPath = ({ path }: Pick<Thread, 'path'>): string | null =>
  path === null ? null : path.replace(/:[\w-]+$/, '')
