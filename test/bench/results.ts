/** What a run found, and the medians and ratios that are shown of it. */
import type { FanOutSample } from './fan-out.ts'
import type { RoomsSample } from './growth.ts'
import type { HerdSample } from './herd.ts'
import type { IdleSample } from './idle.ts'
import type { KillSample } from './kill.ts'
import type { Machine } from './machine.ts'
import type { OpeningSample } from './opening.ts'
import { median } from './statistics.ts'

/** Samples of one kind by contestant, in the order of the rounds. */
export type Samples<T> = Record<string, T[]>

export interface Results {
  readonly at: string
  readonly mode: 'quick' | 'full'
  readonly machine: Machine
  readonly contestants: readonly { readonly name: string; readonly about: string }[]
  readonly notes: readonly string[]
  /** By scenario; so are those that follow. */
  readonly fanOut: Record<string, Samples<FanOutSample>>
  readonly idle: Record<string, Samples<IdleSample>>
  readonly opening: Record<string, Samples<OpeningSample>>
  readonly herd: Record<string, Samples<HerdSample>>
  /** How cost grows. */
  readonly people: Record<string, Samples<FanOutSample>>
  readonly rooms: Record<string, Samples<RoomsSample>>
  readonly history: Record<string, Samples<OpeningSample>>
  readonly kill: Samples<KillSample>
}

/** Ours, with which the others are compared. */
export const OURS = 'auzolan'

export const medianOf = <T>(samples: readonly T[], value: (sample: T) => number): number =>
  median(samples.map(value))

/**
 * Ours ÷ the best of the others: below 1 we need less. Compared within each round, since the machine changes between rounds; which of
 * them is the best is said by their medians.
 * @param whose ours with a stock client, or with its own
 */
export function oursToBest<T>(
  samples: Samples<T>,
  value: (sample: T) => number,
  whose: string = OURS,
): { readonly best: string; readonly ratio: number } | null {
  const ours = samples[whose] ?? []
  const others = Object.entries(samples)
    .filter(([name, runs]) => !name.startsWith(OURS) && runs.length > 0)
    .map(([name, runs]) => ({ name, runs, median: medianOf(runs, value) }))
    .sort((a, b) => a.median - b.median)
  const [best] = others
  if (!best || ours.length === 0) return null
  const ratios = ours.flatMap((sample, i) => {
    const theirs = best.runs[i]
    return theirs === undefined ? [] : [value(sample) / value(theirs)]
  })
  return { best: best.name, ratio: median(ratios) }
}
