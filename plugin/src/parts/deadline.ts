/** Deadlines in words: a day is near or far, and how late it is once it has passed. */
import { formatDate, n, t } from '../l10n.ts'

export interface Deadline {
  readonly words: string
  /** Today or gone by. */
  readonly pressing: boolean
}

const DAY_MS = 86_400_000
/** Beyond a week the day of the week says nothing. */
const WEEK_DAYS = 7

/** In our own words: browsers without Basque would name the days in English. */
const weekday = (date: Date): string =>
  [t('Sunday'), t('Monday'), t('Tuesday'), t('Wednesday'), t('Thursday'), t('Friday'), t('Saturday')][
    date.getDay()
  ]!

/** @param due ISO date */
export function deadline(due: string, today: Date = new Date()): Deadline {
  const day = new Date(`${due}T12:00`)
  const noon = new Date(today.getFullYear(), today.getMonth(), today.getDate(), 12)
  const days = Math.round((day.getTime() - noon.getTime()) / DAY_MS)
  if (days < 0) return { words: n('%n day late', '%n days late', -days), pressing: true }
  if (days === 0) return { words: t('Today is the last day'), pressing: true }
  if (days === 1) return { words: t('Until tomorrow'), pressing: false }
  const named = days < WEEK_DAYS ? `${weekday(day)}, ${formatDate(due)}` : formatDate(due)
  return { words: t('Deadline: {date}', { date: named }), pressing: false }
}
