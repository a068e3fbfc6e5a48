/** What several results say together: how many targets are reached, by dimension and in all; and how each of them is drawn. */
import { attainment } from './attainment.ts'
import { DIMENSIONS, type Dimension, type FormulaKey } from './catalogue.ts'
import type { Figure } from './figures.ts'
import { addsUp, aimOf, type Measure, type Result } from './results.ts'

/** How many targets are reached, of those of which something is known. */
export interface Tally {
  readonly reached: number
  readonly known: number
  /** There is a target, and no value to hold against it. */
  readonly unknown: number
}
export function tallyOf(results: readonly Pick<Result<Measure>, 'indicator' | 'come'>[]): Tally {
  // What can be held against any value is aimed at.
  const aimed = results.filter(({ indicator }) => attainment(1, aimOf(indicator)) !== null)
  const known = aimed.filter(({ come }) => come !== null)
  return {
    reached: known.filter(({ come }) => come?.reached).length,
    known: known.length,
    unknown: aimed.length - known.length,
  }
}

export interface OfDimension<I extends Measure> {
  /** `null`: nobody has said what it tells about. */
  readonly dimension: Dimension | null
  readonly results: readonly Result<I>[]
  readonly tally: Tally
}
/** In the order of the catalogue. */
export const byDimension = <I extends Measure>(results: readonly Result<I>[]): OfDimension<I>[] =>
  [...DIMENSIONS.map(({ id }) => id), null].flatMap((dimension) => {
    const own = results.filter(({ indicator }) => dimensionOf(indicator) === dimension)
    return own.length === 0 ? [] : [{ dimension, results: own, tally: tallyOf(own) }]
  })
const dimensionOf = ({ dimension }: Measure): Dimension | null =>
  DIMENSIONS.find(({ id }) => id === dimension)?.id ?? null

/** Whether the figures of a time have anything to say at all. */
export const anyFigure = (rows: readonly Figure[]): boolean => rows.some(({ value }) => value !== null)

/** Parts of a whole and what is counted anew each time are drawn from nought; what goes on, or has no end, is a line. */
export function drawnAs({ formula, unit }: Pick<Result<Measure>, 'formula' | 'unit'>): 'bars' | 'line' {
  if (formula === null) return unit === 'count' || unit === 'percent' ? 'bars' : 'line'
  if (PARTS_OF_A_WHOLE.includes(formula)) return 'bars'
  return unit === 'count' && addsUp(formula) ? 'bars' : 'line'
}
const PARTS_OF_A_WHOLE: readonly FormulaKey[] = ['response_rate', 'language_balance', 'alt_rate']
