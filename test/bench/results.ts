/** What a run found, and the medians and ratios that are shown of it. */
import type { FanOutSample } from './fan-out.ts'
import type { KillSample } from './kill.ts'
import type { Machine } from './machine.ts'
import type { MemorySample } from './memory.ts'
import { median } from './statistics.ts'

/** Samples of one kind by contestant, in the order of the rounds. */
export type Samples<T> = Record<string, T[]>

export interface Results {
  readonly at: string
  readonly mode: 'quick' | 'full'
  readonly machine: Machine
  readonly contestants: readonly { readonly name: string; readonly about: string }[]
  readonly notes: readonly string[]
  readonly fanOut: Record<string, Samples<FanOutSample>>
  readonly memory: {
    readonly history: { bytes: number; clientIds: number; pieces: number } | null
    readonly samples: Samples<MemorySample>
  }
  readonly kill: Samples<KillSample>
}

/** Ours, with which the others are compared. */
export const OURS = 'auzolan'

export const medianOf = <T>(samples: readonly T[], value: (sample: T) => number): number =>
  median(samples.map(value))

/** How many times ours theirs is: compared within each round, since the machine changes between rounds. */
export function ratioToOurs<T>(samples: Samples<T>, name: string, value: (sample: T) => number): number {
  const ours = samples[OURS] ?? []
  const ratios = (samples[name] ?? []).flatMap((sample, i) =>
    ours[i] === undefined ? [] : [value(sample) / value(ours[i])],
  )
  return median(ratios)
}
