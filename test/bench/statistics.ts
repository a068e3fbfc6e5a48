/** The benchmark's arithmetic, and how it reads what Linux says about a process. */

/** The value below or at which `share` of the samples lie (nearest rank): always one that was measured. */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) return Number.NaN
  const sorted = [...samples].sort((a, b) => a - b)
  const rank = Math.ceil(share * sorted.length)
  return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1]!
}

/** The middle sample, or the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  if (samples.length === 0) return Number.NaN
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Ticks in user and system mode, from `/proc/<pid>/stat`. The second field is the name of the program in brackets and
 * may hold anything, so the fields are counted from the last bracket.
 * @param ended with those of its children that have ended
 */
export function cpuTicks(stat: string, ended = false): number {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .trim()
    .split(' ')
  const ticks = fields.slice(11, ended ? 15 : 13).map(Number)
  if (ticks.length < 2 || !ticks.every(Number.isFinite)) throw new Error(`not a stat line: ${stat}`)
  return ticks.reduce((sum, one) => sum + one, 0)
}

/** Nanoseconds on a processor, from `/proc/<pid>/task/<tid>/schedstat`: far finer than the ticks of `stat`. */
export function runNanoseconds(schedstat: string): number {
  const nanoseconds = Number(schedstat.trim().split(/\s+/)[0])
  if (schedstat.trim() === '' || !Number.isFinite(nanoseconds)) throw new Error('not a schedstat line')
  return nanoseconds
}

export interface Memory {
  readonly rssKb: number
  /** Pages that several processes share count in part: what this process costs the machine. */
  readonly pssKb: number
}

/** From `/proc/<pid>/smaps_rollup`. */
export function memoryOf(rollup: string): Memory {
  const of = (name: string): number => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)
    if (!found) throw new Error(`no ${name} in smaps_rollup`)
    return Number(found[1])
  }
  return { rssKb: of('Rss'), pssKb: of('Pss') }
}

/** A sequence that looks random and is the same every time (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
