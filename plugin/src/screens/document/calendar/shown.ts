/** What every part of a calendar on the screen may use: its posts by day, and what is said of each. */
import { inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import type { Closure, Entry } from './arrangement.ts'

export interface ShownCalendar {
  readonly today: string
  /** Those that are looked for, by day. */
  readonly days: ComputedRef<ReadonlyMap<string, readonly Entry[]>>
  readonly clashes: ComputedRef<ReadonlySet<string>>
  /** What is said to be lacking: of what comes soon. */
  readonly lacking: (entry: Entry) => readonly Finding[]
  readonly changed: (entry: Entry) => boolean
  readonly isWaiting: (entry: Entry) => boolean
  readonly closure: (day: string, firstShown?: string) => Closure | null
  readonly department: (entry: Entry) => string
  readonly addressOf: (entry: Entry) => RouteLocationRaw
  /** Any of them, by whoever looks at it. */
  readonly movable: ComputedRef<boolean>
  readonly mayMove: (entry: Entry) => boolean
  readonly askToMove: (entry: Entry) => void
}

const KEY: InjectionKey<ShownCalendar> = Symbol('calendar')
export const provideShown = (shown: ShownCalendar): void => provide(KEY, shown)
export function useShown(): ShownCalendar {
  const shown = inject(KEY)
  if (!shown) throw new Error('outside of a calendar')
  return shown
}

/** The networks of a post, each once. */
export const networksOf = (entry: Entry): string[] => [
  ...new Set(entry.outlets.map(({ network }) => network).filter((network) => network !== '')),
]
