/** What the figures of a period say, of one profile or of all that may be added up. */
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import type { MeasurePeriod } from '@auzolan/shared/indicators/catalogue.ts'
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import {
  measuredIn,
  periodOf,
  resultsOf,
  type HeardSince,
  type Results,
} from '@auzolan/shared/indicators/results.ts'
import { anyFigure } from '@auzolan/shared/indicators/tally.ts'
import { LISTENERS } from '@auzolan/shared/listening/mention.ts'
import type { MentionsHeard } from '@auzolan/shared/protocol/heard.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import type { PlanContext } from '../../../documents/context.ts'
import { getHeard } from '../../../heard-api.ts'
import { today } from '../../../l10n.ts'
import { networkName, references } from '../../../references.ts'
import { columnsOf, isGiven, type Column, type Indicator } from './sheet.ts'
import { useFigures, type UsedFigures } from './useFigures.ts'

export const PERIODS = ['month', 'quarter', 'year'] as const
/** Instead of a profile: all of them. */
export const ALL = 'all'

export interface UsedResults {
  readonly figures: UsedFigures
  readonly columns: ComputedRef<readonly Column[]>
  /** The profile it is about; `null` for all of them. */
  readonly column: ComputedRef<Column | null>
  readonly found: ComputedRef<Results<Indicator>>
  /** Whether anything at all was entered in what is looked at. */
  readonly any: ComputedRef<boolean>
  /** What is said of us is counted for those who listen; of these indicators nothing is known here. */
  readonly unheard: ComputedRef<readonly Indicator[]>
}

const isHeard = ({ formula }: Pick<Indicator, 'formula'>): boolean => formula === 'net_sentiment'

export function useResults(
  { plan, languages, beside, envelope }: Pick<PlanContext, 'plan' | 'languages' | 'beside' | 'envelope'>,
  period: Ref<Span>,
  profile: Ref<string>,
): UsedResults {
  const indicators = computed(() => plan.value.planning.indicators)
  const spans = computed(() =>
    [...new Set<MeasurePeriod>(['month', ...indicators.value.map(periodOf)])].flatMap((kind) =>
      measuredIn(kind, period.value, today()),
    ),
  )
  const asked = computed<Span>(() => ({
    from: [period.value.from, ...spans.value.map(({ from }) => from)].sort()[0]!,
    to: [period.value.to, ...spans.value.map(({ to }) => to)].sort().at(-1)!,
  }))
  const figures = useFigures(envelope.id, period, () => asked.value)

  const listens = envelope.roles.some((role) => LISTENERS.includes(role))
  const heard = shallowRef<MentionsHeard | null>(null)
  const counted = computed(() => listens && indicators.value.some(isHeard))
  watch(
    () => (counted.value ? asked.value.from : null),
    async (from) => {
      heard.value = null
      if (from === null) return
      try {
        heard.value = await getHeard(envelope.id, from)
      } catch {
        // Without an answer nothing is known of it.
      }
    },
    { immediate: true },
  )
  /** Of very many only the last ones are told: the day of the oldest may lack some. */
  const known = computed<HeardSince | null>(() => {
    if (!counted.value || heard.value === null) return null
    const { mentions, more } = heard.value
    return { mentions, since: more ? addDays(mentions.at(-1)?.saidOn ?? today(), 1) : '' }
  })

  const columns = computed(() =>
    columnsOf(
      plan.value.profiles.profiles,
      (id) => beside.states.value?.get(id)?.status ?? null,
      (id) => figures.rows.value.some((row) => row.profile === id && row.value !== null),
      networkName,
      false,
    ),
  )
  const column = computed(() =>
    profile.value === ALL && columns.value.length > 1
      ? null
      : (columns.value.find((one) => one.profile === profile.value) ?? columns.value[0] ?? null),
  )
  return {
    figures,
    columns,
    column,
    found: computed(() =>
      resultsOf({
        indicators: indicators.value.filter((one) => known.value !== null || !isHeard(one)),
        rows: figures.rows.value,
        heard: known.value,
        profiles: column.value ? [column.value] : columns.value,
        period: period.value,
        today: today(),
        given: (metric, network) => isGiven(metric, network, references.value.networks),
        ...(languages[0] ? { lead: languages[0] } : {}),
      }),
    ),
    any: computed(() => anyFigure(figures.rows.value)),
    unheard: computed(() => indicators.value.filter((one) => known.value === null && isHeard(one))),
  }
}
