/** What happens between a plain input and a shared text. */
import type * as Y from 'yjs'

/** Turns "the input now says this" into the smallest insertion and deletion. */
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
  const apply = (): void => {
    const deleted = before.length - start - end
    if (deleted > 0) shared.delete(start, deleted)
    const inserted = now.slice(start, now.length - end)
    if (inserted) shared.insert(start, inserted)
  }
  if (shared.doc) shared.doc.transact(apply, 'typing')
  else apply()
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

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff
