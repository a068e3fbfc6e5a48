/** Figures of a plan's profiles, as those who look after them enter and read them (DOMAIN A.14). */
import type { Figure } from '../indicators/figures.ts'
import type { Someone } from './review.ts'

export interface FigureGiven extends Figure {
  readonly note: string
  /** Somebody was asked about it and said that it is so. */
  readonly sure: boolean
  /** What the writer saw there; if somebody has written another since, it is not written over. Missing: whatever it is. */
  readonly was?: number | null | undefined
}
/** `POST /documents/:id/figures`: all of them or none. */
export interface FiguresGiven {
  /** A UUID of the page's own: the same sent twice counts once. */
  readonly id: string
  readonly source: FigureSource
  readonly figures: readonly FigureGiven[]
}
export const FIGURE_SOURCES = ['manual', 'csv'] as const
export type FigureSource = (typeof FIGURE_SOURCES)[number]

/** `GET /documents/:id/figures/overdue`: spans whose figures are late, the oldest first. */
export type { OverdueFigures } from '../indicators/overdue.ts'

/** `GET /documents/:id/figures?from=…&to=…`: whose span lies in these days at least in part. */
export interface FigureKept extends Figure {
  readonly note: string
  readonly sure: boolean
  readonly source: FigureSource
  readonly by: Someone
  readonly at: string
}
