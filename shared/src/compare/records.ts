/** The records of a list in two versions: which came, which went, which stayed, and which of those moved. */
import type { Values } from './change.ts'
import { isObject } from './damage.ts'

export type Entry = Values & { readonly id: string }

/** Records by id, in order; `rest` is what is no record, or has the id of an earlier one. */
export function recordsOf(value: unknown): {
  readonly records: ReadonlyMap<string, Entry>
  readonly rest: unknown
} {
  if (!Array.isArray(value)) return { records: new Map(), rest: value }
  const records = new Map<string, Entry>()
  const rest: unknown[] = []
  for (const item of value as unknown[]) {
    if (isObject(item) && typeof item['id'] === 'string' && !records.has(item['id'])) {
      records.set(item['id'], item as Entry)
    } else rest.push(item)
  }
  return { records, rest }
}

/** All ids in the order of the later version; what went stands where it stood. */
export function idsOfBoth(before: readonly string[], after: readonly string[]): string[] {
  const stays = new Set(after)
  const first: string[] = []
  const wentBehind = new Map<string, string[]>()
  let behind = first
  for (const id of before) {
    if (stays.has(id)) wentBehind.set(id, (behind = []))
    else behind.push(id)
  }
  return [...first, ...after.flatMap((id) => [id, ...(wentBehind.get(id) ?? [])])]
}

/** The fewest records that must have been moved to come from one order to the other. */
export function movedBetween(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const place = new Map(before.map((id, i) => [id, i]))
  const both = after.filter((id) => place.has(id))
  const inOrder = longestRising(both.map((id) => place.get(id)!))
  return new Set(both.filter((_, i) => !inOrder.has(i)))
}

/** Positions of a longest rising subsequence, in n log n: a list may have thousands of records. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = []
  const previous: number[] = []
  numbers.forEach((number, i) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (numbers[tails[mid]!]! < number) low = mid + 1
      else high = mid
    }
    previous[i] = low > 0 ? tails[low - 1]! : -1
    tails[low] = i
  })
  const chosen = new Set<number>()
  for (let i = tails.at(-1) ?? -1; i >= 0; i = previous[i]!) chosen.add(i)
  return chosen
}
