/** How what is said of us weighs up (DOMAIN A.14 `net_sentiment`, P-53). */
import type { Figures } from '../indicators/figures.ts'
import { SMALL_SAMPLE_BELOW } from '../limits.ts'
import { addMonths } from '../weeks.ts'
import type { Sentiment } from './mention.ts'

export interface Balance {
  readonly positive: number
  readonly neutral: number
  readonly negative: number
  readonly all: number
  /** (positive − negative) ÷ all × 100; of nothing there is none. */
  readonly net: number | null
  /** So few that one more would tip it. */
  readonly small: boolean
}
export interface MonthBalance extends Balance {
  /** `2026-11` */
  readonly month: string
}

export function balanceOf(mentions: readonly { readonly sentiment: Sentiment }[]): Balance {
  const count = (kind: Sentiment): number => mentions.filter(({ sentiment }) => sentiment === kind).length
  const [positive, neutral, negative] = [count('positive'), count('neutral'), count('negative')]
  const all = mentions.length
  return {
    positive,
    neutral,
    negative,
    all,
    net: all === 0 ? null : ((positive - negative) / all) * 100,
    small: all < SMALL_SAMPLE_BELOW,
  }
}

/** Month by month from the first to the last day, also those in which nothing was heard. */
export function balanceByMonth(
  mentions: readonly { readonly sentiment: Sentiment; readonly saidOn: string }[],
  from: string,
  to: string,
): MonthBalance[] {
  const byMonth = Map.groupBy(mentions, ({ saidOn }) => saidOn.slice(0, 7))
  const months: MonthBalance[] = []
  for (let day = `${from.slice(0, 7)}-01`; day <= to; day = addMonths(day, 1)) {
    const month = day.slice(0, 7)
    months.push({ month, ...balanceOf(byMonth.get(month) ?? []) })
  }
  return months
}

/** Which of the two was never heard of (DOMAIN P-53): whoever looks for one kind alone finds one kind alone. */
export const unheard = ({ positive, negative, all }: Balance): ('positive' | 'negative')[] =>
  all === 0
    ? []
    : [...(positive === 0 ? ['positive' as const] : []), ...(negative === 0 ? ['negative' as const] : [])]

/** What was said, as figures: the formula of A.14 takes them like any others. */
export function balanceFigures(mentions: readonly { readonly sentiment: Sentiment }[]): Figures {
  const { positive, negative, all } = balanceOf(mentions)
  const counts = new Map([
    ['mentions', all],
    ['mentions_positive', positive],
    ['mentions_negative', negative],
  ])
  return (metric) => counts.get(metric) ?? null
}
