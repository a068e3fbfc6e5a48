/**
 * The comments of an open document: its threads as they stand, what this person may do about them, and how to say something.
 * Everything said is an event in the comments channel, which keeps it on this device until the server has it.
 */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Report } from '@auzolan/shared/checks/run.ts'
import { mustFixFindings } from '@auzolan/shared/checks/must-fix.ts'
import { newEventId, readSaid } from '@auzolan/shared/comments/said.ts'
import {
  fieldPath,
  mayMark,
  maySettle,
  threadsOf,
  type Commenter,
  type Thread,
} from '@auzolan/shared/comments/threads.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import { COMMENTS_ROOT, parseCommentEvent, type CommentEvent } from '@auzolan/shared/schema/comments.ts'
import { acceptSuggestion, getCommenters } from '../comments-api.ts'
import { home, me } from '../host.ts'
import type { Ledger, OpenChannel } from '../session/document.ts'
import type { Passage } from './passages.ts'

/** What the panel of comments is asked to show. */
export type Wanted =
  | { readonly kind: 'all' }
  | { readonly kind: 'thread'; readonly id: string }
  /** Somebody wants to say something about a field, or about a passage in it. */
  | { readonly kind: 'field'; readonly path: string; readonly passage: Passage | null }

export interface Words {
  readonly body: string
  readonly mentions: readonly string[]
}

export interface UsedComments {
  readonly threads: ComputedRef<readonly Thread[]>
  readonly open: ComputedRef<readonly Thread[]>
  /** Whether any of them must be dealt with first. */
  readonly stops: ComputedRef<boolean>
  /** Open threads by the path of their field. */
  readonly byField: ComputedRef<ReadonlyMap<string, readonly Thread[]>>
  readonly me: Commenter
  readonly may: ComputedRef<boolean>
  /** May read what others say. */
  readonly reads: boolean
  readonly mayMark: boolean
  readonly maySettle: boolean
  readonly wanted: ShallowRef<Wanted | null>
  show(wanted: Wanted): void
  /** The id of the thread; `null` when it is too long to be sent. So with the others. */
  begin(words: Words, about: Partial<Passage> & { path?: string }, mustFix: boolean): string | null
  suggest(words: Words, passage: Passage, text: string): string | null
  reply(thread: string, words: Words): string | null
  edit(thread: string, remark: string, body: string): string | null
  hide(thread: string, remark: string): void
  /** What this person has deleted here last, and can still take back. */
  readonly hidden: ShallowRef<{ readonly thread: string; readonly of: string } | null>
  unhide(): void
  settle(thread: string, how: 'resolve' | 'reopen' | 'reject'): void
  /** Written down by the server, then made with `edit`, then said. @throws when the server does not answer or refuses */
  accept(thread: string, edit: () => boolean): Promise<boolean>
  /** The checks with what open comments stop. */
  withGate(report: Report): Report
}

export function useComments(
  { doc, port }: OpenChannel,
  envelope: DocumentEnvelope,
  ledger: Ref<Ledger | null>,
): UsedComments {
  const { id } = envelope
  const own: Commenter = { ...me, roles: envelope.roles }
  const events = doc.getArray<CommentEvent>(COMMENTS_ROOT)
  const revision = ref(0)
  const commenters = shallowRef<ReadonlyMap<number, Commenter>>(recall(id))
  const said = computed(() => (revision.value, readSaid(doc)))
  const threads = computed(() =>
    threadsOf(said.value, new Map([...commenters.value, [doc.clientID, own] as const])),
  )
  const open = computed(() => threads.value.filter((thread) => thread.open))
  const byField = computed(() => {
    const fields = new Map<string, Thread[]>()
    for (const thread of open.value) {
      const path = fieldPath(thread) ?? ''
      fields.set(path, [...(fields.get(path) ?? []), thread])
    }
    return fields
  })
  const wanted = shallowRef<Wanted | null>(null)
  const hidden = shallowRef<{ readonly thread: string; readonly of: string } | null>(null)

  let asking = false
  /** What the device remembers is for when there is no network: people get other names, and some are erased. */
  let asked = false
  /** A client id that nobody knows here belongs to somebody who came later. */
  async function learn(): Promise<void> {
    const unknown = said.value.some(({ client }) => client !== doc.clientID && !commenters.value.has(client))
    if (said.value.length === 0 || (asked && !unknown) || asking) return
    asking = true
    try {
      const found = Object.entries(await getCommenters(id)).map(
        ([client, who]) => [Number(client), who] as const,
      )
      asked = true
      commenters.value = new Map([...commenters.value, ...found])
      remember(id, commenters.value)
    } catch {
      // Asked again with the next event, or when the page is opened again.
    } finally {
      asking = false
    }
  }
  events.observe(() => {
    revision.value += 1
    void learn()
  })
  void learn()

  function say(event: Omit<CommentEvent, 'id' | 'thread'> & { thread?: string }): string | null {
    const eventId = newEventId(doc.clientID)
    const whole: CommentEvent = { id: eventId, thread: eventId, ...event, at: new Date().toISOString() }
    if (parseCommentEvent(whole) === null) return null
    // After a reload without network this tab's number would be a stranger's.
    if (!commenters.value.has(doc.clientID)) {
      commenters.value = new Map([...commenters.value, [doc.clientID, own]])
      remember(id, commenters.value)
    }
    events.push([whole])
    return eventId
  }
  const spoken = ({ body, mentions }: Words) => ({
    body: body.trim(),
    ...(mentions.length > 0 ? { mentions } : {}),
  })
  const anchorOf = ({ path, position, end, quote }: Partial<Passage>) =>
    path === undefined
      ? {}
      : {
          anchor: {
            path,
            ...(position === undefined ? {} : { position }),
            ...(end === undefined ? {} : { end }),
            ...(quote === undefined ? {} : { quote }),
          },
        }

  return {
    threads,
    open,
    stops: computed(() => open.value.some(({ mustFix }) => mustFix)),
    byField,
    me: own,
    // Unknown before the server has been asked: then as this device last knew it.
    may: computed(
      () =>
        !['no', 'old'].includes(
          (ledger.value && port.facts.write) ?? envelope.capabilities.comments?.write ?? 'no',
        ) && ledger.value?.connectivity.kind !== 'ended',
    ),
    reads: envelope.capabilities.comments?.read !== false,
    mayMark: mayMark(envelope.roles),
    maySettle: maySettle(envelope.roles),
    wanted,
    show: (what) => void (wanted.value = what),
    begin: (words, about, mustFix) =>
      say({ kind: 'comment', ...spoken(words), ...anchorOf(about), ...(mustFix ? { mustFix } : {}) }),
    suggest: (words, passage, text) => say({ kind: 'suggest', ...spoken(words), ...anchorOf(passage), text }),
    reply: (thread, words) => say({ kind: 'reply', thread, ...spoken(words) }),
    edit: (thread, of, body) => say({ kind: 'edit', thread, of, body: body.trim() }),
    hide(thread, of) {
      say({ kind: 'hide', thread, of, body: '' })
      hidden.value = { thread, of }
    },
    hidden,
    unhide() {
      if (hidden.value) say({ kind: 'show', ...hidden.value, body: '' })
      hidden.value = null
    },
    settle: (thread, kind) => void say({ kind, thread, body: '' }),
    async accept(thread, edit) {
      await acceptSuggestion(id, thread)
      if (!edit()) return false
      say({ kind: 'accept', thread, body: '' })
      return true
    },
    withGate(report) {
      const stops = mustFixFindings(open.value)
      if (stops.length === 0) return report
      return {
        ...report,
        findings: [...stops, ...report.findings],
        missing: [...stops, ...report.missing],
      }
    },
  }
}

const keyOf = (id: string): string => `auzolan/commenters/${home}/${me.id}/${id}`
function remember(id: string, known: ReadonlyMap<number, Commenter>): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify([...known]))
  } catch {
    // A browser that keeps nothing shows comments without names until the server is there.
  }
}
function recall(id: string): ReadonlyMap<number, Commenter> {
  try {
    return new Map(JSON.parse(localStorage.getItem(keyOf(id)) ?? '[]') as [number, Commenter][])
  } catch {
    return new Map()
  }
}
