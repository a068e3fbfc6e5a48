/** What happens between a plain input and a shared text. */
import type * as Y from 'yjs'
import { PASTE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'

/** The origin of what somebody types in an input here. */
export const TYPING = 'typing'

/** Cuts a text into pieces that can be sent, never within an emoji or between the two signs of one line end. */
export function inPieces(text: string, maxCharacters = PASTE_MAX_CHARACTERS): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + maxCharacters, text.length)
    const next = text.charCodeAt(end)
    const cutsPair = isLowSurrogate(next) && isHighSurrogate(text.charCodeAt(end - 1))
    if (end < text.length && end - 1 > at && (cutsPair || text.slice(end - 1, end + 1) === '\r\n')) end -= 1
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}

/** Turns "the input now says this" into the smallest deletion and insertion; a long one goes in sendable pieces. */
export function applyTyping(shared: Y.Text, now: string): void {
  const before = shared.toString()
  if (before === now) return
  let start = 0
  while (start < before.length && start < now.length && before[start] === now[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < now.length - start &&
    before[before.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end++
  }
  // Never between the halves of a surrogate pair: an emoji must not be cut in two.
  if (start > 0 && isHighSurrogate(before.charCodeAt(start - 1))) start--
  if (end > 0 && isLowSurrogate(before.charCodeAt(before.length - end))) end--
  const deleted = before.length - start - end
  const [first = '', ...more] = inPieces(now.slice(start, now.length - end))
  const transact = (apply: () => void): void => (shared.doc ? shared.doc.transact(apply, TYPING) : apply())
  transact(() => {
    if (deleted > 0) shared.delete(start, deleted)
    if (first) shared.insert(start, first)
  })
  let at = start + first.length
  for (const piece of more) {
    transact(() => shared.insert(at, piece))
    at += piece.length
  }
}

/** Where a caret at `position` stands after somebody else's change. */
export function moveCaret(delta: Y.YTextEvent['delta'], position: number): number {
  let at = 0
  let moved = position
  for (const step of delta) {
    if (step.retain !== undefined) at += step.retain
    else if (typeof step.insert === 'string') {
      if (at < moved) moved += step.insert.length
      at += step.insert.length
    } else if (step.delete !== undefined) moved -= Math.max(0, Math.min(step.delete, moved - at))
  }
  return moved
}

/** Where the last change ends. */
export function lastChanged(delta: Y.YTextEvent['delta']): number {
  let at = 0
  let last = 0
  for (const step of delta) {
    if (step.retain !== undefined) at += step.retain
    else if (typeof step.insert === 'string') last = at += step.insert.length
    else last = at
  }
  return last
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
