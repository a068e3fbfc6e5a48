/**
 * The comments of a document: one list of events that only grows. What was said is the events of a thread, in order;
 * who said it is the owner of the client id an event was written under, never a name inside it.
 */
import { COMMENT_EVENT_MAX_BYTES } from '../limits.ts'

export const COMMENTS_ROOT = 'events'
export const COMMENT_KINDS = ['comment', 'reply', 'edit', 'resolve', 'hide', 'suggest'] as const

export interface CommentEvent {
  readonly id: string
  /** The comment that began the thread. */
  readonly thread: string
  readonly kind: (typeof COMMENT_KINDS)[number]
  readonly body: string
  /** Where in the content, as a Yjs relative position, and the words that stood there. */
  readonly anchor?: { readonly path: string; readonly position?: string; readonly quote?: string }
  /** Approval waits until this is resolved (DOMAIN G1). */
  readonly mustFix?: boolean
}

/** `null` for what is no comment event, or a longer one than may be written. */
export function parseCommentEvent(value: unknown): CommentEvent | null {
  if (!isPlain(value)) return null
  const { id, thread, kind, body, anchor, mustFix, ...more } = value as { readonly [key: string]: unknown }
  const whole =
    Object.keys(more).length === 0 &&
    isName(id) &&
    isName(thread) &&
    COMMENT_KINDS.includes(kind as CommentEvent['kind']) &&
    typeof body === 'string' &&
    (anchor === undefined || isAnchor(anchor)) &&
    (mustFix === undefined || typeof mustFix === 'boolean')
  if (!whole || new TextEncoder().encode(JSON.stringify(value)).length > COMMENT_EVENT_MAX_BYTES) return null
  return value as CommentEvent
}

/** What is said under `__proto__` can be read, but nobody stores it: it would be gone after a reload. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= 64

function isAnchor(value: unknown): boolean {
  if (!isPlain(value)) return false
  const { path, position, quote, ...more } = value as { readonly [key: string]: unknown }
  return (
    Object.keys(more).length === 0 &&
    typeof path === 'string' &&
    (position === undefined || typeof position === 'string') &&
    (quote === undefined || typeof quote === 'string')
  )
}
