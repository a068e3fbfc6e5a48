/** The order of the plans at a glance, and what of their dates is worth a line. */
import type { PlanAtAGlance } from '@auzolan/shared/protocol/plans.ts'

export interface Shown {
  readonly plan: PlanAtAGlance
  /** It stands right below the plan it takes its common parts from. */
  readonly below: boolean
}

/** The plan of the organisation first, with those of its departments below it; then what stands alone. */
export function arranged(plans: readonly PlanAtAGlance[], titleOf: (plan: PlanAtAGlance) => string): Shown[] {
  const known = new Set(plans.map(({ id }) => id))
  const byTitle = (a: PlanAtAGlance, b: PlanAtAGlance): number => titleOf(a).localeCompare(titleOf(b))
  const under = (id: string): PlanAtAGlance[] => plans.filter(({ parent }) => parent === id).sort(byTitle)
  const rank = (plan: PlanAtAGlance): number =>
    under(plan.id).length > 0 ? 0 : plan.inForce !== null && plan.says?.scope.length === 0 ? 1 : 2
  return plans
    .filter(({ parent }) => parent === null || !known.has(parent))
    .sort((a, b) => rank(a) - rank(b) || byTitle(a, b))
    .flatMap((plan) => [{ plan, below: false }, ...under(plan.id).map((one) => ({ plan: one, below: true }))])
}

export type NextDate = { readonly kind: 'due' | 'begins' | 'ends' | 'ended'; readonly on: string }

/** What comes first; of what has ended, that it has. Days are ISO dates. */
export function nextDate({ due, says }: PlanAtAGlance, today: string): NextDate | null {
  const ahead: NextDate[] = []
  if (due) ahead.push({ kind: 'due', on: due })
  if (says?.from && says.from > today) ahead.push({ kind: 'begins', on: says.from })
  if (says?.to && says.to >= today) ahead.push({ kind: 'ends', on: says.to })
  const [first] = ahead.sort((a, b) => (a.on < b.on ? -1 : 1))
  if (first) return first
  return says?.to ? { kind: 'ended', on: says.to } : null
}

/** From the first day of the first plan to the last day of the last one; null without any period. */
export function spanOf(
  plans: readonly PlanAtAGlance[],
): { readonly from: number; readonly to: number } | null {
  const days = plans.flatMap(({ says }) =>
    says?.from && says.to && says.from <= says.to ? [dayOf(says.from), dayOf(says.to)] : [],
  )
  return days.length === 0 ? null : { from: Math.min(...days), to: Math.max(...days) }
}
/** Where the bar of a plan begins and how long it is, in hundredths of the span. */
export function barOf(
  { says }: PlanAtAGlance,
  span: { readonly from: number; readonly to: number } | null,
): { readonly start: number; readonly length: number } | null {
  if (!span || !says?.from || !says.to || says.from > says.to) return null
  const whole = Math.max(1, span.to - span.from)
  const [from, to] = [dayOf(says.from), dayOf(says.to)]
  return { start: ((from - span.from) / whole) * 100, length: Math.max(1, ((to - from) / whole) * 100) }
}
/** Where today is in it, in hundredths; null when it is outside. */
export function placeOf(day: string, span: { readonly from: number; readonly to: number }): number | null {
  const place = ((dayOf(day) - span.from) / Math.max(1, span.to - span.from)) * 100
  return place < 0 || place > 100 ? null : place
}
export const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)
const dayOf = (day: string): number => Date.parse(day) / 86_400_000
