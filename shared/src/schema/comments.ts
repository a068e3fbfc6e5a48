/**
 * The comments of a document: one list of events that only grows. What was said is the events of a thread, in order;
 * who said it is the owner of the client id an event was written under, never a name inside it.
 */
import { COMMENT_EVENT_MAX_BYTES, COMMENT_MENTIONS_MAX } from '../limits.ts'

export const COMMENTS_ROOT = 'events'
export const COMMENT_KINDS = [
  'comment',
  'reply',
  /** Other words for what one has said. */
  'edit',
  /** Takes a remark out of sight; what was said stays in the log. */
  'hide',
  /** Brings back into sight what the same person has hidden. */
  'show',
  'resolve',
  'reopen',
  /** Another text for a field or a passage, and what became of it. */
  'suggest',
  'accept',
  'reject',
] as const

export interface CommentEvent {
  readonly id: string
  /** The comment that began the thread. */
  readonly thread: string
  readonly kind: (typeof COMMENT_KINDS)[number]
  readonly body: string
  /** Where in the content, as Yjs relative positions of the first and behind the last sign, and the words that stood there. */
  readonly anchor?: {
    readonly path: string
    readonly position?: string
    readonly end?: string
    readonly quote?: string
  }
  /** The text is not sent to review until this is resolved (DOMAIN G1). */
  readonly mustFix?: boolean
  /** The remark that is edited or hidden. */
  readonly of?: string
  /** What is suggested in the place of the quoted words. */
  readonly text?: string
  /** Ids of the people who are named in it. */
  readonly mentions?: readonly string[]
  /** When it was written, by the clock of that device: offline, long before it arrived. ISO instant. */
  readonly at?: string
}

/** `null` for what is no comment event, or a longer one than may be written. */
export function parseCommentEvent(value: unknown): CommentEvent | null {
  if (!isPlain(value)) return null
  const { id, thread, kind, body, anchor, mustFix, of, text, mentions, at, ...more } = value as {
    readonly [key: string]: unknown
  }
  const whole =
    Object.keys(more).length === 0 &&
    isName(id) &&
    isName(thread) &&
    COMMENT_KINDS.includes(kind as CommentEvent['kind']) &&
    typeof body === 'string' &&
    (anchor === undefined || isAnchor(anchor)) &&
    (mustFix === undefined || typeof mustFix === 'boolean') &&
    (of === undefined || isName(of)) &&
    (text === undefined || typeof text === 'string') &&
    (mentions === undefined || areNames(mentions)) &&
    (at === undefined || (typeof at === 'string' && at.length <= 30))
  if (!whole || new TextEncoder().encode(JSON.stringify(value)).length > COMMENT_EVENT_MAX_BYTES) return null
  return value as CommentEvent
}

/** What is said under `__proto__` can be read, but nobody stores it: it would be gone after a reload. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= 64

const areNames = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= COMMENT_MENTIONS_MAX && value.every(isName)

function isAnchor(value: unknown): boolean {
  if (!isPlain(value)) return false
  const { path, position, end, quote, ...more } = value as { readonly [key: string]: unknown }
  return (
    Object.keys(more).length === 0 &&
    typeof path === 'string' &&
    (position === undefined || typeof position === 'string') &&
    (end === undefined || typeof end === 'string') &&
    (quote === undefined || typeof quote === 'string')
  )
}
