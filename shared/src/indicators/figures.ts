/** Figures of a profile as rows, and the one figure of a span that a formula takes. */
import type { Span } from './periods.ts'
import { monthsIn, sameSpan } from './periods.ts'
import { added, addingOf } from './metrics.ts'

/** Why there is none: it is never a nought (DOMAIN A.14). */
export const NULL_REASONS = ['not_provided_by_network', 'not_collected'] as const
export type NullReason = (typeof NULL_REASONS)[number]

export interface Figure extends Span {
  /** Id of the profile in the plan; empty for an indicator of our own. */
  readonly profile: string
  readonly metric: string
  readonly value: number | null
  readonly nullReason: NullReason | null
}

/** What a formula asks for: the figure of one profile and one span. */
export type Figures = (metric: string) => number | null

/** What was entered for just this span; else, of the months in it, their sum, first or last, as the figure has it. */
export function figuresOf(rows: readonly Figure[], profile: string, span: Span): Figures {
  const own = rows.filter((row) => row.profile === profile)
  const at = (metric: string, wanted: Span): Figure | undefined =>
    own.find((row) => row.metric === metric && sameSpan(row, wanted))
  return (metric) => {
    const entered = at(metric, span)
    if (entered) return entered.value
    return added(
      addingOf(metric),
      monthsIn(span).map((month) => at(metric, month)?.value ?? null),
    )
  }
}

/** Why there is no figure, as somebody has said it for this time or a part of it. */
export const saidWhy = (
  rows: readonly Figure[],
  profile: string,
  metrics: readonly string[],
  { from, to }: Span,
): NullReason | null =>
  rows.find(
    (row) =>
      row.profile === profile &&
      metrics.includes(row.metric) &&
      row.from >= from &&
      row.to <= to &&
      row.nullReason !== null,
  )?.nullReason ?? null
