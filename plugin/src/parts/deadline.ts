/** Deadlines in words: a day is near or far, and how late it is once it has passed. */
import { daysBetween } from '@auzolan/shared/working-days.ts'
import { dayOf, formatDate, n, t } from '../l10n.ts'

export interface Deadline {
  readonly words: string
  /** Today or gone by. */
  readonly pressing: boolean
}

/** Beyond a week the day of the week says nothing. */
const WEEK_DAYS = 7

/** In our own words: browsers without Basque would name the days in English. */
const weekday = (day: string): string =>
  [t('Sunday'), t('Monday'), t('Tuesday'), t('Wednesday'), t('Thursday'), t('Friday'), t('Saturday')][
    new Date(`${day}T12:00Z`).getUTCDay()
  ]!

/** @param due ISO date */
export function deadline(due: string, now: Date = new Date()): Deadline {
  const days = daysBetween(dayOf(now), due)
  if (days < 0) return { words: n('%n day late', '%n days late', -days), pressing: true }
  if (days === 0) return { words: t('Today is the last day'), pressing: true }
  if (days === 1) return { words: t('Until tomorrow'), pressing: false }
  const named = days < WEEK_DAYS ? `${weekday(due)}, ${formatDate(due)}` : formatDate(due)
  return { words: t('Deadline: {date}', { date: named }), pressing: false }
}
