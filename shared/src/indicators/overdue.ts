/**
 * When the figures of a span are late (DOMAIN P-52): pure, from what the plan in force measures, what was entered, and the working
 * days of the organisation. A figure that is missing with its reason is there.
 */
import { FIGURES_DUE_WORKING_DAYS, FIGURES_LATE_MAX_MONTHS } from '../limits.ts'
import { addMonths } from '../weeks.ts'
import { addWorkingDays, type WorkCalendar } from '../working-days.ts'
import type { FormulaKey, MeasurePeriod } from './catalogue.ts'
import { metricsOf } from './formulas.ts'
import { MENTION_COUNTS, ownOf } from './metrics.ts'
import { monthsIn, sameSpan, spanAfter, spanOf, type Span } from './periods.ts'

export interface MeasuredIndicator {
  readonly id: string
  readonly period: MeasurePeriod
  /** `null`: its figure is entered by hand. */
  readonly formula: FormulaKey | null
  readonly language: string | null
  /** None: all of them. */
  readonly networks: readonly string[]
  readonly owner: { readonly id: string; readonly name: string } | null
  /** ISO date since which a version in force measures it. */
  readonly since: string
}
export interface MeasuredProfile {
  readonly id: string
  readonly network: string
  /** ISO date since which it is there to be measured. */
  readonly since: string
}
export interface Measurement {
  readonly indicators: readonly MeasuredIndicator[]
  /** Those that are there: of one that was closed nobody enters anything any more. */
  readonly profiles: readonly MeasuredProfile[]
  /** Whether a figure of just this span is there, with its value or with why there is none. */
  readonly isThere: (profile: string, metric: string, span: Span) => boolean
  /** Figures a network does not give: whoever has none has nothing to enter. */
  readonly notGiven: (network: string) => readonly string[]
}

/** A span whose figures had to be there. */
export interface OverdueFigures extends Span {
  /** ISO date, the last day on which they were not late. */
  readonly due: string
  /** Who measures what is missing; nobody where the plan names nobody. */
  readonly owners: readonly { readonly id: string; readonly name: string }[]
  /** Something is missing that nobody is named for. */
  readonly ownerless: boolean
}

/** The last day on which figures of a span are entered in time; `null` where the house never works. */
export const figuresDueOn = ({ to }: Span, calendar: WorkCalendar): string | null =>
  addWorkingDays(to, FIGURES_DUE_WORKING_DAYS, calendar)

/** The oldest first. What is a year old is history: nobody finds it out any more. */
export function overdueFigures(
  { indicators, profiles, isThere, notGiven }: Measurement,
  today: string,
  calendar: WorkCalendar,
): OverdueFigures[] {
  /** For just this span, or each of its months: the sheet is by months. */
  const isEntered = (profile: string, metric: string, span: Span): boolean => {
    if (isThere(profile, metric, span)) return true
    const months = monthsIn(span)
    return months.length > 1 && months.every((month) => isThere(profile, metric, month))
  }
  const over = spansOver(today, calendar)
  const late: { span: Span; due: string; indicators: MeasuredIndicator[] }[] = []
  for (const indicator of indicators)
    for (const { profile, since, metrics } of askedOf(indicator, profiles, notGiven))
      for (const { span, due } of over(indicator, since)) {
        if (metrics.every((metric) => isEntered(profile, metric, span))) continue
        const known = late.find((one) => sameSpan(one.span, span))
        if (!known) late.push({ span, due, indicators: [indicator] })
        else if (!known.indicators.includes(indicator)) known.indicators.push(indicator)
      }
  return late
    .map(({ span, due, indicators: missing }) => ({
      ...span,
      due,
      owners: [...new Map(missing.flatMap(({ owner }) => (owner ? [[owner.id, owner]] : []))).values()],
      ownerless: missing.some(({ owner }) => owner === null),
    }))
    .sort((a, b) => a.to.localeCompare(b.to) || b.from.localeCompare(a.from))
}

interface Asked {
  /** Empty for an indicator of our own. */
  readonly profile: string
  readonly since: string
  readonly metrics: readonly string[]
}
function askedOf(
  { id, formula, language, networks, since }: MeasuredIndicator,
  profiles: readonly MeasuredProfile[],
  notGiven: Measurement['notGiven'],
): Asked[] {
  if (formula === null) return [{ profile: '', since, metrics: [ownOf(id)] }]
  const metrics = metricsOf(formula, language === null ? {} : { language }).filter(
    (metric) => !NOT_ASKED.includes(metric),
  )
  if (metrics.length === 0) return []
  return profiles
    .filter(
      ({ network }) =>
        (networks.length === 0 || networks.includes(network)) &&
        !metrics.some((metric) => notGiven(network).includes(metric)),
    )
    .map((profile) => ({
      profile: profile.id,
      since: profile.since > since ? profile.since : since,
      metrics,
    }))
}
/** Saves are taken along where they are known; what is said of us is counted by itself. */
const NOT_ASKED: readonly string[] = ['saves', ...MENTION_COUNTS]

/** Spans that were over long enough ago; that in which it began counts, and what networks count is entered by months at least. */
function spansOver(
  today: string,
  calendar: WorkCalendar,
): (indicator: MeasuredIndicator, since: string) => readonly { readonly span: Span; readonly due: string }[] {
  const oldest = addMonths(today, -FIGURES_LATE_MAX_MONTHS)
  // The same for many profiles.
  const known = new Map<MeasurePeriod, { span: Span; due: string }[]>()
  const all = (kind: MeasurePeriod): { span: Span; due: string }[] => {
    const found = known.get(kind) ?? []
    if (known.has(kind)) return found
    for (let span = spanOf(kind, oldest); span.to < today; span = spanAfter(span)) {
      const due = figuresDueOn(span, calendar)
      if (due !== null && due < today) found.push({ span, due })
    }
    known.set(kind, found)
    return found
  }
  return ({ period, formula }, since) =>
    all(formula !== null && period === 'week' ? 'month' : period).filter(({ span }) => span.to >= since)
}
