/** Two plain texts compared word by word. */
import type { Part } from './change.ts'
import type { Effort } from './effort.ts'
import { runs } from './sequence.ts'
import { words } from './words.ts'

export function compareTexts(before: string, after: string, effort: Effort): Part[] {
  if (before === after) return part('same', after)
  const was = words(before)
  const now = words(after)
  const found = runs(was, now, effort)
  // Too much changed to be worth reading word by word (and to be found in time): the whole text is replaced.
  if (!found) return [...part('removed', before), ...part('added', after)]
  const stretches: Stretch[] = [{ removed: '', added: '', same: '' }]
  let i = 0
  let j = 0
  for (const { kind, count } of found) {
    const text = kind === 'removed' ? was.slice(i, i + count).join('') : now.slice(j, j + count).join('')
    if (kind !== 'added') i += count
    if (kind !== 'removed') j += count
    const last = stretches.at(-1)!
    if (kind === 'same') last.same = text
    else if (last.same === '') last[kind] += text
    else stretches.push({ removed: '', added: '', same: '', [kind]: text })
  }
  return readable(stretches).flatMap(({ removed, added, same }) => [
    ...part('removed', removed),
    ...part('added', added),
    ...part('same', same),
  ])
}

const part = (kind: Part['kind'], text: string): Part[] => (text === '' ? [] : [{ kind, text }])

/** What was replaced, and the unchanged text after it. */
interface Stretch {
  removed: string
  added: string
  same: string
}

/** Spaces and punctuation alone: `a b` → `c d` is one replacement and not two around a space. */
const GLUE = /^[\s\p{P}]*$/u

function readable(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = []
  for (const next of stretches) {
    const last = merged.at(-1)
    const bothSides = last && last.removed + next.removed !== '' && last.added + next.added !== ''
    if (last && bothSides && last.removed + last.added !== '' && GLUE.test(last.same)) {
      last.removed += last.same + next.removed
      last.added += last.same + next.added
      last.same = next.same
    } else merged.push({ ...next })
  }
  return merged
}
