/** Which of the paragraphs that went became which of those that came: alike enough to be read as one that changed. */
import type { Effort } from './effort.ts'
import { words } from './words.ts'

/** Share of words two paragraphs must have in common. */
const ALIKE_MIN = 0.4

/** Pairs of positions, rising on both sides. */
export function pair(
  before: readonly string[],
  after: readonly string[],
  effort: Effort,
): [number, number][] {
  // One that was replaced by one is that one changed, whatever is left of it.
  if (before.length === 1 && after.length === 1) return [[0, 0]]
  const steps = ((before.join('').length + after.join('').length) * (before.length + after.length)) / 4
  if (before.length === 0 || after.length === 0 || !effort.affords(steps)) return []
  effort.spend(steps)
  const was = before.map(bagOf)
  const now = after.map(bagOf)
  return heaviest(was.map((one) => now.map((other) => alike(one, other))))
}

const bagOf = (text: string): ReadonlySet<string> =>
  new Set(words(text).filter((word) => /[\p{L}\p{N}]/u.test(word)))

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0
  for (const word of one) if (other.has(word)) both++
  const share = both / Math.max(1, Math.min(one.size, other.size))
  return share >= ALIKE_MIN ? both : 0
}

/** The pairs in rising order with the most in common, as one finds a longest common subsequence. */
function heaviest(weights: readonly (readonly number[])[]): [number, number][] {
  const rows = weights.length
  const columns = weights[0]!.length
  const best = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0))
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const paired = weights[i]![j]! > 0 ? weights[i]![j]! + best[i + 1]![j + 1]! : 0
      best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const here = best[i]![j]!
    if (here === best[i + 1]![j]!) i++
    else if (here === best[i]![j + 1]!) j++
    else pairs.push([i++, j++])
  }
  return pairs
}
