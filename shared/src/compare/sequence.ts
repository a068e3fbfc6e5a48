/** The shortest way from one sequence to another, as runs; `null` when looking for it would take too long. */
import { diffArrays } from 'diff'
import type { Effort } from './effort.ts'

export interface Run {
  readonly kind: 'same' | 'added' | 'removed'
  readonly count: number
}

export function runs(before: readonly string[], after: readonly string[], effort: Effort): Run[] | null {
  let start = 0
  const shorter = Math.min(before.length, after.length)
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const changed = middle(
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
    effort,
  )
  if (!changed) return null
  const whole: Run[] = [{ kind: 'same', count: start }, ...changed, { kind: 'same', count: end }]
  return whole.filter(({ count }) => count > 0)
}

function middle(before: readonly string[], after: readonly string[], effort: Effort): Run[] | null {
  if (before.length === 0 || after.length === 0) {
    return [
      { kind: 'removed', count: before.length },
      { kind: 'added', count: after.length },
    ]
  }
  const allowed = effort.editsAllowed()
  const found = diffArrays([...before], [...after], { maxEditLength: allowed })
  if (!found) {
    effort.spend(allowed ** 2)
    return null
  }
  const edits = found.reduce((sum, run) => sum + (run.added || run.removed ? run.count : 0), 0)
  effort.spend(edits ** 2)
  return found.map((run) => ({
    kind: run.added ? 'added' : run.removed ? 'removed' : 'same',
    count: run.count,
  }))
}
