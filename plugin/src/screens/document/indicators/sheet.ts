/** What a month's sheet has: its columns, its rows, and which of its figures are missing. */
import type { MeasurePeriod } from '@auzolan/shared/indicators/catalogue.ts'
import { isFormula } from '@auzolan/shared/indicators/catalogue.ts'
import type { Figure, NullReason } from '@auzolan/shared/indicators/figures.ts'
import { metricsOf } from '@auzolan/shared/indicators/formulas.ts'
import {
  METRIC_GROUPS,
  METRICS,
  indicatorIn,
  languageIn,
  ownOf,
  postsIn,
  type MetricGroup,
} from '@auzolan/shared/indicators/metrics.ts'
import { spanAfter, spanOf, type Span } from '@auzolan/shared/indicators/periods.ts'
import type { ProfileStatus } from '@auzolan/shared/profile-life.ts'
import type { Network } from '@auzolan/shared/reference/networks.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'

type Profile = Plan['profiles']['profiles'][number]
export type Indicator = Plan['planning']['indicators'][number]

export interface Column {
  readonly profile: string
  readonly network: string
  /** As short as it can be told from the others. */
  readonly name: string
  readonly displayName: string
  readonly handle: string
}
export interface Row {
  readonly metric: string
  readonly group: MetricGroup
  /** Networks of which it is asked for; `null` for all. */
  readonly askedOf: readonly string[] | null
}
export interface OwnRow {
  readonly metric: string
  readonly indicator: Indicator
  readonly span: Span
}

/** A figure on the screen, with what waits on this device. */
export interface ShownFigure {
  readonly value: number | null
  readonly nullReason: NullReason | null
  readonly sure: boolean
  readonly waits: boolean
}
export type Shown = (profile: string, metric: string, span: Span) => ShownFigure | undefined

export const keyOf = (profile: string, metric: string, { from, to }: Span): string =>
  JSON.stringify([profile, metric, from, to])

/**
 * Profiles that are open, and those of which there are figures; with everything, those that are only planned too. Where nothing
 * was opened here, profiles may be older than the plan: then whatever is not closed counts.
 */
export function columnsOf(
  profiles: readonly Profile[],
  statusOf: (profile: string) => ProfileStatus | null,
  has: (profile: string) => boolean,
  networkName: (id: string) => string,
  all: boolean,
): Column[] {
  const named = profiles.filter(({ network }) => network !== null)
  const is = (id: string, ...states: readonly ProfileStatus[]): boolean =>
    states.some((status) => status === statusOf(id))
  const anyOpen = !all && named.some(({ id }) => is(id, 'open', 'dormant'))
  const shown = named.filter(
    ({ id }) => has(id) || (anyOpen ? is(id, 'open', 'dormant') : !is(id, 'closed', 'handed_over')),
  )
  const plain = (handle: string): string => handle.replace(/^@/, '')
  return shown.map(({ id, network, handle, displayName }) => {
    const others = shown.filter((one) => one.network === network && one.id !== id)
    const name = plain(handle) || displayName
    // Of «haranberriudala_gazteria» beside «haranberriudala» the end is what tells them apart.
    const begins = others.find(
      (one) => one.handle && new RegExp(`^${escaped(plain(one.handle))}[_.-]`).test(name),
    )
    const short = begins ? name.slice(plain(begins.handle).length + 1) : name
    return {
      profile: id,
      network: network!,
      name: others.length === 0 ? networkName(network!) : short,
      displayName,
      handle,
    }
  })
}
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The usual figures, those an indicator asks for, and those that somebody has entered; or all there are. */
export function rowsOf(
  indicators: readonly Indicator[],
  entered: readonly Pick<Figure, 'metric'>[],
  languages: readonly string[],
  all: boolean,
): Row[] {
  const here = new Set(entered.map(({ metric }) => metric))
  const asked = new Map<string, readonly string[] | null>()
  for (const { formula, language, networks } of indicators)
    if (isFormula(formula))
      for (const metric of metricsOf(formula, { language: language ?? languages[0] ?? '' })) {
        // What is only taken along where it is known is nothing to ask for.
        if (metric === 'saves') continue
        const before = asked.get(metric)
        const everywhere = networks.length === 0 || before === null
        asked.set(metric, everywhere ? null : [...new Set([...(before ?? []), ...networks])])
      }
  const isShown = (metric: string): boolean => all || asked.has(metric) || here.has(metric)
  const inLanguages = [...new Set([...languages.map(postsIn), ...asked.keys(), ...here])].filter(
    (metric) => languageIn(metric) !== null && isShown(metric),
  )
  const askedOf = (metric: string): readonly string[] | null =>
    asked.get(metric) ?? (asked.has(metric) ? null : [])
  return METRIC_GROUPS.flatMap(({ id: group }) => [
    ...METRICS.filter((metric) => metric.group === group && ('usual' in metric || isShown(metric.id))).map(
      (metric) => ({
        metric: metric.id as string,
        group,
        askedOf: 'usual' in metric ? null : askedOf(metric.id),
      }),
    ),
    ...(group === 'language'
      ? inLanguages.map((metric) => ({ metric, group, askedOf: askedOf(metric) }))
      : []),
  ])
}

/** Indicators of our own whose span ends in this month. */
export function ownRowsOf(indicators: readonly Indicator[], month: Span): OwnRow[] {
  return indicators
    .filter(({ formula }) => !isFormula(formula))
    .flatMap((indicator) =>
      spansEnding((indicator.period ?? 'month') as MeasurePeriod, month).map((span) => ({
        metric: ownOf(indicator.id),
        indicator,
        span,
      })),
    )
}
function spansEnding(period: MeasurePeriod, month: Span): Span[] {
  const spans: Span[] = []
  for (let span = spanOf(period, month.from); span.to <= month.to; span = spanAfter(span))
    if (span.to >= month.from) spans.push(span)
  return spans
}

export const isGiven = (metric: string, network: string, networks: readonly Network[]): boolean =>
  networks.find(({ id }) => id === network)?.notGiven.includes(metric) !== true

export interface MissingFigure {
  readonly column: Column
  readonly metric: string
}
/** What nobody has entered and nobody has said why. */
export function missingIn(
  columns: readonly Column[],
  rows: readonly Row[],
  month: Span,
  shown: Shown,
  networks: readonly Network[],
): MissingFigure[] {
  return columns.flatMap((column) =>
    rows
      .filter(({ metric, askedOf }) => {
        const figure = shown(column.profile, metric, month)
        return (
          (figure?.value ?? null) === null &&
          (figure?.nullReason ?? null) === null &&
          isGiven(metric, column.network, networks) &&
          (askedOf === null || askedOf.includes(column.network))
        )
      })
      .map(({ metric }) => ({ column, metric })),
  )
}

/** Indicators of our own have no profile and no row among those of the networks. */
export const isOwn = (metric: string): boolean => indicatorIn(metric) !== null
