/** In which order the table stands: each column by what it means, from what one may take at once to what nobody knows. Pure. */
import { STATUS_ORDER } from '@auzolan/shared/catalogue/entry.ts'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import { access } from '@auzolan/shared/schema/evaluation/access.ts'
import { USE_LEVELS, type UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { PLACES, departmentsOf, placeOf } from './filters.ts'

export const SORT_COLUMNS = [
  'name',
  'status',
  'level',
  'class',
  'data',
  'place',
  'licence',
  'cost',
  'offline',
  'department',
] as const
export type SortColumn = (typeof SORT_COLUMNS)[number]
export interface Sorting {
  readonly by: SortColumn
  readonly down: boolean
}
export const isSortColumn = (value: unknown): value is SortColumn =>
  (SORT_COLUMNS as readonly unknown[]).includes(value)

/** The class of data that asks for most, of those it may hold; -1 for none. */
export const highestData = ({ allowedDataClasses }: Pick<OnShelf, 'allowedDataClasses'>): number =>
  Math.max(-1, ...allowedDataClasses.map((one) => DATA_CLASSES.findIndex(({ id }) => id === one)))
/** How far it may be used at most: who may use it with citizens may use it alone. */
export const farthestLevel = ({ allowedLevels }: Pick<OnShelf, 'allowedLevels'>): UseLevel | null =>
  USE_LEVELS.findLast(({ id }) => allowedLevels.includes(id))?.id ?? null
/** What nobody has said, and none, has no place in the order. */
const orNone = (at: number): number | null => (at < 0 ? null : at)
const most = (at: number): number | null => (at < 0 ? null : -at)

/** Numbers in their order; texts as they are read. */
const VALUES: { readonly [column in SortColumn]?: (tool: OnShelf) => number | null } = {
  status: ({ status }) => STATUS_ORDER.indexOf(status),
  level: (tool) => most(USE_LEVELS.findIndex(({ id }) => id === farthestLevel(tool))),
  data: (tool) => most(highestData(tool)),
  place: (tool) => PLACES.indexOf(placeOf(tool)),
  offline: ({ offline }) => orNone(access.fields.offline.options.findIndex(({ id }) => id === offline)),
  department: (tool) => -departmentsOf(tool).length,
}

const isNothing = (key: string | number | null): boolean => key === '' || key === null

/** @param said what stands in a cell whose words are its order */
export function sorted(
  tools: readonly OnShelf[],
  { by, down }: Sorting,
  language: string,
  said: (tool: OnShelf, column: SortColumn) => string,
): readonly OnShelf[] {
  const { compare } = new Intl.Collator(language, { numeric: true })
  const value = VALUES[by]
  const direction = down ? -1 : 1
  return tools
    .map((tool) => ({ tool, key: value ? value(tool) : by === 'name' ? tool.name : said(tool, by) }))
    .sort((a, b) => {
      // What says nothing stands last, whichever way round.
      if (isNothing(a.key) || isNothing(b.key))
        return Number(isNothing(a.key)) - Number(isNothing(b.key)) || byName(a, b)
      const order =
        typeof a.key === 'number' ? a.key - (b.key as number) : compare(a.key as string, b.key as string)
      return order * direction || byName(a, b)
    })
    .map(({ tool }) => tool)
  function byName(a: { readonly tool: OnShelf }, b: { readonly tool: OnShelf }): number {
    return compare(a.tool.name, b.tool.name)
  }
}
