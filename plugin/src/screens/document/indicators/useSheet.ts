/** A month's sheet of a plan: what is on it, what stood there the month before, and what is doubtful. */
import { computed, type ComputedRef, type Ref } from 'vue'
import { doubtOf, type Doubt } from '@auzolan/shared/indicators/doubtful.ts'
import type { Figures } from '@auzolan/shared/indicators/figures.ts'
import { figuresOf } from '@auzolan/shared/indicators/figures.ts'
import { sameSpan, spanAfter, type Span } from '@auzolan/shared/indicators/periods.ts'
import type { PlanContext } from '../../../documents/context.ts'
import { monthName } from '../../../day-words.ts'
import { formatNumber, t } from '../../../l10n.ts'
import { networkName, references } from '../../../references.ts'
import { metricLabel } from './figure-words.ts'
import {
  columnsOf,
  isGiven,
  missingIn,
  ownRowsOf,
  rowsOf,
  type Column,
  type MissingFigure,
  type OwnRow,
  type Row,
} from './sheet.ts'
import type { UsedFigures } from './useFigures.ts'

export interface UsedSheet {
  readonly columns: ComputedRef<readonly Column[]>
  readonly rows: ComputedRef<readonly Row[]>
  readonly own: ComputedRef<readonly OwnRow[]>
  readonly missing: ComputedRef<readonly MissingFigure[]>
  readonly now: (profile: string) => Figures
  readonly before: (profile: string) => Figures
  readonly given: (metric: string, column: Column) => boolean
  /** “October: 12,700”, or nothing. */
  readonly beforeWords: (metric: string, profile: string) => string
  readonly doubt: (metric: string, profile: string) => Doubt | null
  readonly nameOf: (metric: string, column: Column) => string
}

export function useSheet(
  { plan, languages, beside }: Pick<PlanContext, 'plan' | 'languages' | 'beside'>,
  month: Ref<Span>,
  figures: UsedFigures,
  all: Ref<boolean>,
): UsedSheet {
  const last = computed(() => spanAfter(month.value, -1))
  const here = computed(() =>
    figures.rows.value.filter(
      (row) => sameSpan(row, month.value) && (row.value !== null || row.nullReason !== null),
    ),
  )
  const indicators = computed(() => plan.value.planning.indicators)
  const columns = computed(() =>
    columnsOf(
      plan.value.profiles.profiles,
      (id) => beside.states.value?.get(id)?.status ?? null,
      (id) => figures.rows.value.some(({ profile, value }) => profile === id && value !== null),
      networkName,
      all.value,
    ),
  )
  const shownRows = computed(() =>
    rowsOf(
      indicators.value,
      here.value.filter(({ value }) => value !== null),
      languages,
      all.value,
    ),
  )
  const own = computed(() => ownRowsOf(indicators.value, month.value))
  const byProfile = (span: Span): ReadonlyMap<string, Figures> =>
    new Map(columns.value.map(({ profile }) => [profile, figuresOf(figures.rows.value, profile, span)]))
  const nows = computed(() => byProfile(month.value))
  const befores = computed(() => byProfile(last.value))
  const nothing: Figures = () => null
  const now = (profile: string): Figures => nows.value.get(profile) ?? nothing
  const before = (profile: string): Figures => befores.value.get(profile) ?? nothing
  const given = (metric: string, column: Column): boolean =>
    all.value || isGiven(metric, column.network, references.value.networks)
  return {
    columns,
    rows: shownRows,
    own,
    missing: computed(() =>
      missingIn(columns.value, shownRows.value, month.value, figures.shown.value, references.value.networks),
    ),
    now,
    before,
    given,
    beforeWords(metric, profile) {
      const value = before(profile)(metric)
      return value === null
        ? ''
        : t('{month}: {number}', { month: monthName(last.value.from), number: formatNumber(value) })
    },
    doubt(metric, profile) {
      if (figures.shown.value(profile, metric, month.value)?.sure) return null
      return doubtOf(metric, now(profile), before(profile))
    },
    nameOf: (metric, column) =>
      t('{figure}, {profile}, {month}', {
        figure: metricLabel(metric),
        profile: column.name,
        month: monthName(month.value.from),
      }),
  }
}
