/** What one edition of a list says that another one did not. */
import { canonicalJson, type Json } from '../canonical.ts'
import { keyOf, type Cell, type Entry, type ReferenceList } from './list.ts'

export interface ChangedEntry {
  readonly before: Entry
  readonly after: Entry
  /** Columns that say something else. */
  readonly columns: readonly string[]
}
export interface Differences {
  readonly added: readonly Entry[]
  readonly changed: readonly ChangedEntry[]
  readonly removed: readonly Entry[]
}

export function differences(
  list: Pick<ReferenceList, 'columns' | 'key'>,
  before: readonly Entry[],
  after: readonly Entry[],
): Differences {
  const old = new Map(before.map((entry) => [keyOf(list, entry), entry]))
  const now = new Set(after.map((entry) => keyOf(list, entry)))
  const added: Entry[] = []
  const changed: ChangedEntry[] = []
  for (const entry of after) {
    const was = old.get(keyOf(list, entry))
    if (!was) {
      added.push(entry)
      continue
    }
    const columns = Object.keys(list.columns).filter((column) => !sameCell(was[column], entry[column]))
    if (columns.length > 0) changed.push({ before: was, after: entry, columns })
  }
  return { added, changed, removed: before.filter((entry) => !now.has(keyOf(list, entry))) }
}

export const isSame = ({ added, changed, removed }: Differences): boolean =>
  added.length + changed.length + removed.length === 0

/** An edition of before a column was added has nothing there. */
const sameCell = (a: Cell | undefined, b: Cell | undefined): boolean =>
  canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json)
