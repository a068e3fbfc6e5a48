/**
 * The figures of a report: of the time it is of, each indicator that the plan in force measures, for each of its profiles. What is
 * missing stands there with its reason, and is never a nought. Pure: the same plan and rows, the same figures.
 */
import { attainment, type Target } from '../indicators/attainment.ts'
import { isFormula, type FormulaKey, type MeasurePeriod } from '../indicators/catalogue.ts'
import { figuresOf, saidWhy, type Figure, type Figures } from '../indicators/figures.ts'
import { asShown, COMPUTED, computed, type Computed } from '../indicators/formulas.ts'
import { labelOf, languageIn as languageOf, ownOf } from '../indicators/metrics.ts'
import { kindOf, monthsIn, spanOf, type Span } from '../indicators/periods.ts'
import { isStanding, periodOf } from '../indicators/results.ts'
import type { Sentiment } from '../listening/mention.ts'
import type { Say } from '../export/say.ts'
import { languageIn } from '../export/told.ts'
import { networkLabel, type References } from '../reference/references.ts'
import type { Plan } from '../schema/plan.ts'
import type { ReportFigure } from '../schema/report/figures.ts'

/** How often something was said of us on a network, and how: never what, nor by whom. */
export interface HeardCount {
  readonly network: string
  readonly sentiment: Sentiment
  readonly count: number
}

export interface ReportGround {
  /** The plan in force. */
  readonly plan: Plan
  readonly rows: readonly Figure[]
  /** Of this time. */
  readonly heard: readonly HeardCount[]
  readonly span: Span
  /** Of the report, with the words of each. */
  readonly languages: readonly string[]
  readonly sayIn: (language: string) => Say
  readonly references?: References
}

/** What of an indicator counts here; a plan from before it could be said has no more than a name and a target. */
type Indicator = Plan['planning']['indicators'][number] &
  Partial<Target> & {
    readonly formula?: string | null
    readonly language?: string | null
    readonly networks?: readonly string[]
  }
type Profile = Plan['profiles']['profiles'][number]

export function reportFigures(ground: ReportGround): ReportFigure[] {
  const { plan, rows, heard, span } = ground
  return (plan.planning.indicators as readonly Indicator[]).flatMap((indicator) => {
    const { formula } = indicator
    if (!isFormula(formula)) {
      const metric = ownOf(indicator.id)
      const value = figuresOf(rows, '', span)(metric)
      // What is measured once in a quarter is not missing in a month.
      if (value === null && isLonger(periodOf(indicator), span)) return []
      const lacks = value === null ? ({ why: 'missing', metrics: [metric] } as const) : null
      return [recordOf(ground, indicator, null, { value, parts: [], lacks, caution: null })]
    }
    // Said of us anywhere, and not of one of our profiles.
    if (formula === 'net_sentiment')
      return [
        computedOf(ground, { ...indicator, formula }, null, computed(formula, heardIn(heard, indicator))),
      ]
    const options = indicator.language ? { language: indicator.language } : {}
    return profilesOf(plan, indicator, rows, span).map((profile) => {
      const found = computed(formula, figuresOf(rows, profile.id, span), options)
      return computedOf(ground, { ...indicator, formula }, profile, found)
    })
  })
}

const isLonger = (period: MeasurePeriod, span: Span): boolean =>
  monthsIn(spanOf(period, span.from)).length > monthsIn(span).length

function computedOf(
  ground: ReportGround,
  indicator: Indicator & { readonly formula: FormulaKey },
  profile: Profile | null,
  found: Computed,
): ReportFigure {
  const { unit } = COMPUTED[indicator.formula]
  const value = found.value === null ? null : asShown(indicator.formula, found.value)
  return recordOf(ground, { ...indicator, unit }, profile, { ...found, value })
}

/** What was heard on the networks it is about. */
function heardIn(heard: readonly HeardCount[], { networks = [] }: Indicator): Figures {
  const about = heard.filter(({ network }) => networks.length === 0 || networks.includes(network))
  const count = (sentiment?: Sentiment): number =>
    about.reduce((sum, one) => (sentiment && one.sentiment !== sentiment ? sum : sum + one.count), 0)
  const counts = new Map([
    ['mentions', count()],
    ['mentions_positive', count('positive')],
    ['mentions_negative', count('negative')],
  ])
  return (metric) => counts.get(metric) ?? null
}

/** Of the networks it is about, and of which anything at all is known: a profile that nobody counts says nothing in each line. */
function profilesOf(
  plan: Plan,
  { networks = [] }: Indicator,
  rows: readonly Figure[],
  span: Span,
): Profile[] {
  const counted = new Set(
    rows.filter(({ from, to }) => from >= span.from && to <= span.to).map(({ profile }) => profile),
  )
  return plan.profiles.profiles.filter(
    ({ id, network }) => counted.has(id) && (networks.length === 0 || networks.includes(network ?? '')),
  )
}

function recordOf(
  { languages, sayIn, rows, span, references }: ReportGround,
  indicator: Indicator,
  profile: Profile | null,
  { value, parts, lacks, caution }: Computed,
): ReportFigure {
  const { id, name, unit, target, direction = null, min = null, max = null } = indicator
  const aim = direction === 'range' ? { target: null, min, max } : { target, min: null, max: null }
  // What is aimed at in a month is not reached by the sum of three.
  const comparable =
    kindOf(span) === periodOf(indicator) || (isFormula(indicator.formula) && isStanding(indicator.formula))
  const come = comparable ? attainment(value, { ...aim, direction }) : null
  // What is made of one figure is that figure.
  const made = parts.length === 1 && parts[0]!.value === value ? [] : parts
  const spell = (language: string): string =>
    made
      .filter((part) => part.value !== null)
      .map((part) => `${metricWords(part.metric, language, sayIn(language))} ${part.value}`)
      .join(' · ')
  return {
    id: `${id}.${profile?.id ?? 'own'}`,
    name,
    profile: profile ? `${profile.handle} · ${networkLabel(profile.network ?? '', references)}` : '',
    ...span,
    value,
    unit,
    ...aim,
    reached: come === null ? null : come.reached ? 'yes' : 'no',
    attainment: come?.ratio == null ? null : Math.round(come.ratio * 100),
    components: Object.fromEntries(languages.map((language) => [language, spell(language)])),
    nullReason: lacks === null ? null : reasonOf(lacks, rows, profile?.id ?? '', span),
    caution,
  }
}

const reasonOf = (
  { why, metrics }: NonNullable<Computed['lacks']>,
  rows: readonly Figure[],
  profile: string,
  span: Span,
): string =>
  why === 'zero' ? 'nothing_to_divide_by' : (saidWhy(rows, profile, metrics, span) ?? 'not_collected')

function metricWords(metric: string, language: string, say: Say): string {
  const spoken = languageOf(metric)
  if (spoken !== null) return `${say('Posts')} (${languageIn(spoken, language, say)})`
  return say(labelOf(metric))
}
