/** How far a value has come towards what was aimed at (DOMAIN A.14). */

export type Direction = 'up' | 'down' | 'range'
export interface Target {
  readonly target: number | null
  /** More is better unless something else is said. */
  readonly direction: Direction | null
  /** For a range; an open end holds whatever lies beyond. */
  readonly min: number | null
  readonly max: number | null
}
export interface Attainment {
  readonly reached: boolean
  /** 1 is the target, from 0 to what a chart shows at most; `null` where there is no such part, as within a range. */
  readonly ratio: number | null
}
/** What is beyond says no more. */
export const ATTAINMENT_MAX = 1.5

/** `null` where nothing can be said: no value, or nothing to aim at. */
export function attainment(value: number | null, { target, direction, min, max }: Target): Attainment | null {
  if (value === null) return null
  switch (direction) {
    case 'range':
      return min === null && max === null
        ? null
        : { reached: (min === null || value >= min) && (max === null || value <= max), ratio: null }
    case 'down':
      if (target === null) return null
      // At nothing, and nothing was aimed at; or better than any part can say.
      if (value <= 0) return { reached: value <= target, ratio: target > 0 ? ATTAINMENT_MAX : 1 }
      return { reached: value <= target, ratio: shown(target / value) }
    case 'up':
    case null:
      if (target === null || target === 0) return null
      return { reached: value >= target, ratio: shown(value / target) }
  }
}

const shown = (ratio: number): number => Math.min(ATTAINMENT_MAX, Math.max(0, ratio))
