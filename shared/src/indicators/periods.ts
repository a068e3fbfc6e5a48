/** The spans of time figures are of: weeks, months, quarters and years of the calendar, by their first and last day. */
import { addDays, isDay, mondayOf } from '../working-days.ts'
import { addMonths } from '../weeks.ts'
import type { MeasurePeriod } from './catalogue.ts'

export interface Span {
  /** ISO dates, both counted. */
  readonly from: string
  readonly to: string
}
/** Nobody puts together more than ten years. */
const MONTHS_MAX = 120
const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** The span of a kind that a day is in. */
export function spanOf(kind: MeasurePeriod, day: string): Span {
  if (kind === 'week') {
    const from = mondayOf(day)
    return { from, to: addDays(from, 6) }
  }
  const length = MONTHS[kind]
  const month = Number(day.slice(5, 7)) - 1
  const first = month - (month % length)
  const from = `${day.slice(0, 4)}-${String(first + 1).padStart(2, '0')}-01`
  return { from, to: addDays(addMonths(from, length), -1) }
}

/** What a span is; `null` for one that nobody enters figures for. */
export function kindOf({ from, to }: Span): MeasurePeriod | null {
  if (!isDay(from) || !isDay(to)) return null
  const kinds: readonly MeasurePeriod[] = ['month', 'week', 'quarter', 'year']
  return kinds.find((kind) => spanOf(kind, from).from === from && spanOf(kind, from).to === to) ?? null
}

/** The one so many spans later, or earlier. */
export function spanAfter(span: Span, count = 1): Span {
  const kind = kindOf(span) ?? 'month'
  const day = kind === 'week' ? addDays(span.from, 7 * count) : addMonths(span.from, MONTHS[kind] * count)
  return spanOf(kind, day)
}

/** The months a span is made of, if it is made of whole ones: half a year too. */
export function monthsIn({ from, to }: Span): Span[] {
  if (!isDay(from) || !isDay(to) || !from.endsWith('-01')) return []
  const months: Span[] = []
  for (let one = spanOf('month', from); one.to <= to && months.length < MONTHS_MAX; one = spanAfter(one))
    months.push(one)
  return months.at(-1)?.to === to ? months : []
}

export const sameSpan = (a: Span, b: Span): boolean => a.from === b.from && a.to === b.to
