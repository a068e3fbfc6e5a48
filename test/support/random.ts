/** Randomness that a number brings back: what failed once fails again. */
export interface Random {
  /** In [0, 1). */
  (): number
}

/** mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number in [0, below). */
export const under = (random: Random, below: number): number => Math.floor(random() * below)
export const oneOf = <T>(random: Random, of: readonly T[]): T => of[under(random, of.length)]!

/** Whether the long proofs run too (`npm run test:long`). */
export const LONG = process.env['AUZOLAN_LONG'] === '1'
/** Seeds of a fuzz: a few that are always run, and many in the long run. */
export const seeds = (few: readonly number[], many: number): readonly number[] =>
  LONG ? [...new Set([...few, ...Array.from({ length: many }, (_, i) => i + 1)])] : few
