/** In which order the shelves stand, and the tools on each [CA9]. Pure. */
import { STATUS_ORDER } from '@auzolan/shared/catalogue/entry.ts'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import { departmentsOf, isUsable } from './filters.ts'

export interface Shelf {
  /** What the need is called. */
  readonly need: string
  readonly tools: readonly OnShelf[]
}

/**
 * The shelf with most that one may take first, then the one of which most departments use something, then by name; last the shelves of which
 * nobody may take anything, and of these what is looked at again before what is advised against. On a shelf what is recommended is first.
 * @param ranked they were looked for by words, and stand as they were found
 */
export function shelvesOf(
  tools: readonly OnShelf[],
  kindOf: (tool: OnShelf) => string,
  language: string,
  ranked: boolean,
): readonly Shelf[] {
  const { compare } = new Intl.Collator(language)
  const shelves = [...Map.groupBy(tools, kindOf)].map(([need, of]) => ({ need, tools: of }))
  if (ranked) return shelves
  return shelves
    .map(({ need, tools: of }) => ({
      need,
      tools: of.toSorted(
        (a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status) || compare(a.name, b.name),
      ),
      usable: of.filter(isUsable).length,
      hope: of.some(isUsable) ? 0 : Math.min(...of.map(({ status }) => STATUS_ORDER.indexOf(status))),
      used: new Set(of.flatMap(departmentsOf)).size,
    }))
    .sort((a, b) => b.usable - a.usable || a.hope - b.hope || b.used - a.used || compare(a.need, b.need))
    .map(({ need, tools: of }) => ({ need, tools: of }))
}
