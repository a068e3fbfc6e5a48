/**
 * What the figures of a time say of what is measured (DOMAIN A.14): each indicator, measurement by measurement, how far it is from what
 * was aimed at, and why something is missing. A target is of one measurement: what is measured every month is never held against
 * the sum of three.
 */
import { attainment, type Attainment, type Target } from './attainment.ts'
import {
  isFormula,
  MEASURE_PERIODS,
  MEASURE_UNITS,
  type FormulaKey,
  type MeasurePeriod,
  type MeasureUnit,
} from './catalogue.ts'
import { figuresOf, saidWhy, type Figure, type Figures, type NullReason } from './figures.ts'
import { asShown, COMPUTED, computed, neededBy, type Computed, type FormulaOptions } from './formulas.ts'
import { balanceFigures } from '../listening/balance.ts'
import type { Sentiment } from '../listening/mention.ts'
import { addingOf, MENTION_COUNTS, ownOf } from './metrics.ts'
import { monthsIn, sameSpan, spanAfter, spanOf, type Span } from './periods.ts'

/** What of an indicator counts here, as the text has it; a plan from before it could be said has no more than a name and a target. */
export interface Measure extends Partial<Omit<Target, 'direction'>> {
  readonly id: string
  readonly period: string | null
  readonly unit: string | null
  readonly direction?: string | null
  readonly dimension?: string | null
  readonly formula?: string | null
  readonly language?: string | null
  readonly networks?: readonly string[]
}
export interface Counted {
  readonly profile: string
  readonly network: string
}
export interface HeardSince {
  readonly mentions: readonly {
    readonly network: string
    readonly sentiment: Sentiment
    readonly saidOn: string
  }[]
  /** ISO date of the first day that is told whole. */
  readonly since: string
}
export interface ResultsGround<I extends Measure> {
  readonly indicators: readonly I[]
  readonly rows: readonly Figure[]
  /** What was said of us; `null` where nobody has told. */
  readonly heard: HeardSince | null
  /** Of one: its own figures. Of several: what may be added up. */
  readonly profiles: readonly Counted[]
  /** A month, a quarter or a year. */
  readonly period: Span
  readonly today: string
  /** Whether a network gives a figure at all. */
  readonly given: (metric: string, network: string) => boolean
  /** For what is counted in a language that nobody named. */
  readonly lead?: string
}

export interface Gap {
  /**
   * `running`: its time is not over; `not_entered`: nobody has said anything; `not_added`: of several months there is no honest sum;
   * `zero`: nothing to divide by.
   */
  readonly why: NullReason | 'running' | 'not_entered' | 'not_added' | 'zero'
  readonly metrics: readonly string[]
  /** Of several profiles, those that lack it. */
  readonly profiles: readonly string[]
}
export interface Measurement extends Span, Omit<Computed, 'lacks'> {
  readonly gap: Gap | null
  /** In the period that was chosen, and not before it. */
  readonly within: boolean
}
export interface Result<I extends Measure> {
  readonly indicator: I
  /** `null` for a figure of our own. */
  readonly formula: FormulaKey | null
  readonly unit: MeasureUnit | null
  /** Whose figures it is made of; nobody's where it belongs to no profile. */
  readonly profiles: readonly string[]
  /** Left out of the sum: their network does not give what it takes. */
  readonly without: readonly string[]
  readonly measurements: readonly Measurement[]
  /** The last one of the period that has a value: what is held against the target. */
  readonly latest: Measurement | null
  readonly come: Attainment | null
  /** The whole period as one, where it has several measurements and may be put together. */
  readonly whole: Computed | null
}
export interface Results<I extends Measure> {
  readonly results: readonly Result<I>[]
  /** Of several profiles, what cannot be added up. */
  readonly apart: readonly I[]
  /** What the network of the profile does not give, with what it takes. */
  readonly notGiven: readonly { readonly indicator: I; readonly metrics: readonly string[] }[]
}

/** A line of fewer says little: what lies before the period is drawn too. */
const AT_LEAST: { readonly [period in MeasurePeriod]: number } = { week: 8, month: 6, quarter: 4, year: 3 }

/** The measurements of a period, with some before it, the first one first; none that is yet to begin. */
export function measuredIn(kind: MeasurePeriod, period: Span, today: string): (Span & { within: boolean })[] {
  const all: Span[] = []
  for (let one = spanOf(kind, period.from); one.to <= period.to; one = spanAfter(one)) all.push(one)
  // A quarter is measured less often than a month: then the one that the month is in.
  if (all.length === 0) all.push(spanOf(kind, period.to))
  const within = all.filter(({ from }) => from <= today)
  const before: Span[] = []
  for (let at = AT_LEAST[kind] - within.length; at > 0; at--) before.push(spanAfter(all[0]!, -at))
  return [
    ...before.filter(({ from }) => from <= today).map((one) => ({ ...one, within: false })),
    ...within.map((one) => ({ ...one, within: true })),
  ]
}

/** Counts of different profiles may be added up; followers, reach and what is divided by them are in part the same people. */
export const addsUp = (key: FormulaKey, options: FormulaOptions = {}): boolean =>
  neededBy(key, options).every((metric) => addingOf(metric) === 'flow')

/** What belongs to no profile: figures of our own, and what is said of us. */
const ofNobody = (key: FormulaKey | null): boolean =>
  key === null || neededBy(key).every((metric) => MENTION_COUNTS.some((count) => count === metric))

export function resultsOf<I extends Measure>(ground: ResultsGround<I>): Results<I> {
  const results: Result<I>[] = []
  const apart: I[] = []
  const notGiven: { indicator: I; metrics: string[] }[] = []
  for (const indicator of ground.indicators) {
    const { formula: named, networks = [] } = indicator
    const formula = isFormula(named) ? named : null
    if (ofNobody(formula)) {
      results.push(resultOf(ground, indicator, formula, [{ profile: '', network: '' }], []))
      continue
    }
    const about = ground.profiles.filter(({ network }) => networks.length === 0 || networks.includes(network))
    if (about.length === 0 || formula === null) continue
    const options = optionsOf(indicator, ground)
    if (ground.profiles.length > 1 && !addsUp(formula, options)) {
      apart.push(indicator)
      continue
    }
    const needed = neededBy(formula, options)
    const lacking = (one: Counted): string[] => needed.filter((metric) => !isGiven(ground, metric, one))
    const counted = about.filter((one) => lacking(one).length === 0)
    if (counted.length === 0) notGiven.push({ indicator, metrics: [...new Set(about.flatMap(lacking))] })
    else
      results.push(
        resultOf(
          ground,
          indicator,
          formula,
          counted,
          about.filter((one) => !counted.includes(one)),
        ),
      )
  }
  return { results, apart, notGiven }
}

const optionsOf = <I extends Measure>({ language }: I, { lead }: ResultsGround<I>): FormulaOptions => {
  const counted = language ?? lead
  return counted ? { language: counted } : {}
}
/** What a network does not give can be known all the same. */
const isGiven = <I extends Measure>(
  { given, rows }: ResultsGround<I>,
  metric: string,
  { profile, network }: Counted,
): boolean =>
  given(metric, network) ||
  rows.some((row) => row.profile === profile && row.metric === metric && row.value !== null)

function resultOf<I extends Measure>(
  ground: ResultsGround<I>,
  indicator: I,
  formula: FormulaKey | null,
  counted: readonly Counted[],
  without: readonly Counted[],
): Result<I> {
  const { period, today } = ground
  const over = (span: Span): Computed => {
    if (formula === null) return ownFigure(ownOf(indicator.id), figuresOf(ground.rows, '', span))
    const options = optionsOf(indicator, ground)
    const figures = ofNobody(formula)
      ? heardIn(ground.heard, indicator, span)
      : together(
          counted.map(({ profile }) => figuresOf(ground.rows, profile, span)),
          neededBy(formula, options),
        )
    const found = computed(formula, figures, options)
    return found.value === null ? found : { ...found, value: asShown(formula, found.value) }
  }
  const spans = measuredIn(periodOf(indicator), period, today)
  const measurements = spans.map((span): Measurement => {
    const { lacks, ...found } = over(span)
    return { ...span, ...found, gap: lacks && gapOf(ground, lacks, counted, span) }
  })
  const latest = measurements.findLast(({ within, value }) => within && value !== null) ?? null
  const unit = formula === null ? unitOf(indicator.unit) : COMPUTED[formula].unit
  const several = spans.filter(({ within }) => within).length > 1
  // What goes on is at the end of the period what its last measurement says.
  const ends = formula !== null && isStanding(formula)
  const whole = several && formula !== null && !ends ? over(period) : null
  return {
    indicator,
    formula,
    unit,
    profiles: counted.flatMap(({ profile }) => (profile === '' ? [] : [profile])),
    without: without.map(({ profile }) => profile),
    measurements,
    latest,
    come: attainment(latest?.value ?? null, aimOf(indicator)),
    whole: whole?.value == null ? null : whole,
  }
}

const unitOf = (unit: string | null): MeasureUnit | null =>
  MEASURE_UNITS.find(({ id }) => id === unit)?.id ?? null

/** What is aimed at, whole: of a range only its ends count. */
export const aimOf = ({ target = null, direction, min = null, max = null }: Omit<Measure, 'id'>): Target =>
  direction === 'range'
    ? { target: null, direction, min, max }
    : { target, direction: direction === 'down' ? 'down' : 'up', min: null, max: null }
/** How often it is measured. */
/** What is counted at the end of a time, whatever its length: followers, not posts. */
export const isStanding = (formula: FormulaKey): boolean =>
  neededBy(formula).every((metric) => addingOf(metric) === 'end')

export const periodOf = ({ period }: Pick<Measure, 'period'>): MeasurePeriod =>
  MEASURE_PERIODS.find(({ id }) => id === period)?.id ?? 'month'

function ownFigure(metric: string, figures: Figures): Computed {
  const value = figures(metric)
  return {
    value,
    parts: [],
    lacks: value === null ? { why: 'missing', metrics: [metric] } : null,
    caution: null,
  }
}

/** Said of us on the networks it is about, whoever of us was meant. */
function heardIn(heard: HeardSince | null, { networks = [] }: Measure, { from, to }: Span): Figures {
  if (heard === null || from < heard.since) return () => null
  return balanceFigures(
    heard.mentions.filter(
      ({ network, saidOn }) =>
        saidOn >= from && saidOn <= to && (networks.length === 0 || networks.includes(network)),
    ),
  )
}

/** Figures of several profiles as one. What is needed is needed of each; what is only taken along is, where it is known. */
function together(each: readonly Figures[], needed: readonly string[]): Figures {
  if (each.length === 1) return each[0]!
  return (metric) => {
    const known = each.map((figures) => figures(metric)).filter((value) => value !== null)
    if (known.length === 0 || (known.length < each.length && needed.includes(metric))) return null
    return known.reduce((sum, one) => sum + one, 0)
  }
}

function gapOf<I extends Measure>(
  ground: ResultsGround<I>,
  { why, metrics }: NonNullable<Computed['lacks']>,
  counted: readonly Counted[],
  span: Span,
): Gap {
  if (why === 'zero') return { why, metrics, profiles: [] }
  const lacking = counted.flatMap(({ profile }) => {
    const figures = figuresOf(ground.rows, profile, span)
    return metrics
      .filter((metric) => figures(metric) === null)
      .map((metric) => ({ metric, profile, why: whyNot(ground, profile, metric, span) }))
  })
  const first = lacking[0]!.why
  const alike = lacking.filter((one) => one.why === first)
  return {
    why: first,
    metrics: [...new Set(alike.map(({ metric }) => metric))],
    profiles: counted.length > 1 ? [...new Set(alike.map(({ profile }) => profile))] : [],
  }
}

function whyNot<I extends Measure>(
  { rows, today }: ResultsGround<I>,
  profile: string,
  metric: string,
  span: Span,
): Gap['why'] {
  const said = saidWhy(rows, profile, [metric], span)
  if (said !== null) return said
  if (span.to >= today) return 'running'
  const adding = addingOf(metric)
  const months = monthsIn(span)
  const inMonths = months.length > 1 && (adding === 'unique' || adding === 'median')
  return inMonths && months.some((month) => figuresOf(rows, profile, month)(metric) !== null)
    ? 'not_added'
    : 'not_entered'
}

/** Gaps of one kind that follow each other, as one. */
export function gapsOf(
  measurements: readonly Measurement[],
): { readonly gap: Gap; readonly from: Measurement; readonly to: Measurement }[] {
  const found: { gap: Gap; from: Measurement; to: Measurement }[] = []
  for (const one of measurements) {
    const before = found.at(-1)
    if (one.gap === null) continue
    const follows = before && sameSpan(spanAfter(before.to), one)
    if (follows && JSON.stringify(before.gap) === JSON.stringify(one.gap)) before.to = one
    else found.push({ gap: one.gap, from: one, to: one })
  }
  return found
}
