/** How posts lie in a calendar: on which day, in which order, which stand in each other's way, and which are looked for. */
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import type { Placed } from '@auzolan/shared/posts/placed.ts'
import type { Organisation, Period } from '@auzolan/shared/protocol/organisation.ts'
import { addMonths } from '@auzolan/shared/weeks.ts'
import { addDays, daysBetween, mondayOf } from '@auzolan/shared/working-days.ts'

/** Where a post goes out; the same profile in two plans has the same key. */
export interface Outlet {
  readonly key: string
  readonly network: string
  readonly name: string
}
/** A post as a calendar shows it. */
export interface Entry extends Placed {
  readonly id: string
  readonly document: string
  /** Title of its plan, where the posts of several are shown. */
  readonly plan: string
  readonly title: string
  readonly outlets: readonly Outlet[]
  readonly department: string | null
  readonly owner: string | null
  /** In which it says something. */
  readonly languages: readonly string[]
  readonly status: PostStatus
  readonly emergency: boolean
}

/** Which day to write into a post so that the calendar shows it on `target`; its time stays what it is. */
export const dayToWrite = ({ day, own }: Placed, target: string): string =>
  own === null || day === null ? target : addDays(own.day, daysBetween(day, target))

/** What is out stands where it went out. */
export const isMovable = ({ outAt }: Placed): boolean => outAt === null

/** Without a time first, then by the clock. */
const inOrder = (a: Entry, b: Entry): number =>
  (a.time ?? '').localeCompare(b.time ?? '') || a.title.localeCompare(b.title) || (a.id < b.id ? -1 : 1)

export function byDay(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const days = new Map<string, Entry[]>()
  for (const entry of entries) {
    if (entry.day === null) continue
    const there = days.get(entry.day)
    if (there) there.push(entry)
    else days.set(entry.day, [entry])
  }
  for (const day of days.values()) day.sort(inOrder)
  return days
}

/** How many of a day fit into its square, and how many are behind "+2". */
export const ROOM_IN_A_DAY = 2
export const roomIn = (count: number): { readonly shown: number; readonly more: number } =>
  count <= ROOM_IN_A_DAY ? { shown: count, more: 0 } : { shown: ROOM_IN_A_DAY, more: count - ROOM_IN_A_DAY }

/** They go nowhere, so nothing stands in their way. */
export const isOff = ({ status }: Pick<Entry, 'status'>): boolean =>
  status === 'cancelled' || status === 'withdrawn'

/** Posts that go out on the same profile within less than an hour of each other. */
export function clashing(entries: readonly Entry[]): ReadonlySet<string> {
  const clashes = new Set<string>()
  const last = new Map<string, { readonly at: number; readonly entry: Entry }>()
  const timed = entries
    .filter((entry) => entry.day !== null && entry.time !== null && !isOff(entry))
    .map((entry) => ({ entry, at: Date.parse(`${entry.day}T${entry.time}Z`) }))
    .sort((a, b) => a.at - b.at)
  for (const { entry, at } of timed) {
    for (const { key } of entry.outlets) {
      const before = last.get(key)
      if (before && at - before.at < HOUR_MS) {
        clashes.add(before.entry.id)
        clashes.add(entry.id)
      }
      last.set(key, { at, entry })
    }
  }
  return clashes
}
const HOUR_MS = 3_600_000

export interface Closure {
  readonly name: string
  /** The day that carries the name: the first of it, or the first that is shown. */
  readonly first: boolean
}
/** Why nothing goes out on a day by itself: a holiday, or a time for which the organisation is closed. */
export function closureOn(
  day: string,
  { holidays, closedPeriods }: Pick<Organisation, 'holidays' | 'closedPeriods'>,
  firstShown = '',
): Closure | null {
  const there = ({ from, to }: Period): boolean => from <= day && day <= to
  const period = closedPeriods.find(there) ?? holidays.find(there)
  return period ? { name: period.name, first: day === period.from || day === firstShown } : null
}

/** The days in which something still lacking is said: today and the seven after it. */
export const isSoon = (day: string | null, today: string): boolean =>
  day !== null && today <= day && day <= addDays(today, 7)
/** Nothing is asked of them any more. */
export const isDone = ({ status }: Pick<Entry, 'status'>): boolean =>
  status === 'published' || status === 'measured' || isOff({ status })

export interface WeekOfEntries {
  readonly monday: string
  readonly days: readonly { readonly day: string; readonly entries: readonly Entry[] }[]
}
/** The weeks of a list, without those in which nothing happens. */
export function inWeeks(days: readonly string[], of: ReadonlyMap<string, readonly Entry[]>): WeekOfEntries[] {
  const weeks = Map.groupBy(
    days.flatMap((day) => {
      const entries = of.get(day)
      return entries ? [{ day, entries }] : []
    }),
    ({ day }) => mondayOf(day),
  )
  return [...weeks].map(([monday, found]) => ({ monday, days: found }))
}

/** What is looked for; nothing chosen means everything. */
export interface Filter {
  readonly network: readonly string[]
  readonly department: readonly string[]
  readonly language: readonly string[]
  readonly state: readonly string[]
  readonly mine: boolean
}
export const FILTERS = ['network', 'department', 'language', 'state'] as const
export type FilterName = (typeof FILTERS)[number]
export const NO_FILTER: Filter = { network: [], department: [], language: [], state: [], mine: false }
/** Beside the states of a post, what can be asked of it. */
export const LACKING = 'lacking'

export const isFiltering = (filter: Filter): boolean =>
  filter.mine || FILTERS.some((name) => filter[name].length > 0)

type Query = { readonly [key: string]: unknown }
/** As it stands in an address; what nobody of ours wrote there filters nothing. */
export const filterFrom = (query: Query): Filter => ({
  network: listIn(query['network']),
  department: listIn(query['department']),
  language: listIn(query['language']),
  state: listIn(query['state']),
  mine: query['mine'] === '1',
})
const listIn = (value: unknown): string[] =>
  typeof value === 'string' ? [...new Set(value.split(',').filter((one) => one !== ''))] : []
export const queryOf = (filter: Filter): { [key: string]: string } => ({
  ...Object.fromEntries(
    FILTERS.filter((name) => filter[name].length > 0).map((name) => [name, filter[name].join(',')]),
  ),
  ...(filter.mine ? { mine: '1' } : {}),
})
export const toggled = (filter: Filter, name: FilterName, one: string, on: boolean): Filter => ({
  ...filter,
  [name]: on ? [...new Set([...filter[name], one])] : filter[name].filter((other) => other !== one),
})

export function matches(
  entry: Entry,
  filter: Filter,
  { me, lacking }: { readonly me: string; readonly lacking: (entry: Entry) => boolean },
): boolean {
  const any = (wanted: readonly string[], has: readonly (string | null)[]): boolean =>
    wanted.length === 0 || wanted.some((one) => has.includes(one))
  return (
    any(
      filter.network,
      entry.outlets.map(({ network }) => network),
    ) &&
    any(filter.department, [entry.department]) &&
    any(filter.language, entry.languages) &&
    any(filter.state, [entry.status, filter.state.includes(LACKING) && lacking(entry) ? LACKING : null]) &&
    (!filter.mine || entry.owner === me)
  )
}

/** The day the arrow keys lead to from another; `null` for keys that lead nowhere. */
export function dayByKey(key: string, day: string): string | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1)
    case 'ArrowRight':
      return addDays(day, 1)
    case 'ArrowUp':
      return addDays(day, -7)
    case 'ArrowDown':
      return addDays(day, 7)
    case 'Home':
      return mondayOf(day)
    case 'End':
      return addDays(mondayOf(day), 6)
    case 'PageUp':
      return addMonths(day, -1)
    case 'PageDown':
      return addMonths(day, 1)
    default:
      return null
  }
}
