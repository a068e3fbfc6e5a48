/** Days, weeks and months in words. Browsers without Basque would name them in another language, so we name them ourselves. */
import { kindOf, type Span } from '@auzolan/shared/indicators/periods.ts'
import { daysBetween, mondayOf } from '@auzolan/shared/working-days.ts'
import { screenLanguage, t } from './l10n.ts'

const WEEKDAYS = (): readonly string[] => [
  t('Monday'),
  t('Tuesday'),
  t('Wednesday'),
  t('Thursday'),
  t('Friday'),
  t('Saturday'),
  t('Sunday'),
]
const SHORT = (): readonly string[] => [t('Mon'), t('Tue'), t('Wed'), t('Thu'), t('Fri'), t('Sat'), t('Sun')]
const MONTHS = (): readonly string[] => [
  t('January'),
  t('February'),
  t('March'),
  t('April'),
  t('May'),
  t('June'),
  t('July'),
  t('August'),
  t('September'),
  t('October'),
  t('November'),
  t('December'),
]

const place = (day: string): number => daysBetween(mondayOf(day), day)
export const weekdayName = (day: string): string => WEEKDAYS()[place(day)]!
export const weekdayShort = (day: string): string => SHORT()[place(day)]!
export const monthName = (day: string): string => MONTHS()[Number(day.slice(5, 7)) - 1]!
/** Of the month, without a nought before it. */
export const dayNumber = (day: string): string => String(Number(day.slice(8)))
export const isWeekend = (day: string): boolean => place(day) > 4

/** “November 2026”, as the title of a page. */
export const monthTitle = (day: string): string =>
  capital(t('{month} {year}', { month: monthName(day), year: yearIn(day) }))

/** “Thursday, 26 November”, and the year where it is another one. */
export function dayWords(day: string, today: string): string {
  const words = t('{weekday}, {day} {month}', {
    weekday: weekdayName(day),
    day: dayNumber(day),
    month: withArticle(monthName(day)),
  })
  return day.slice(0, 4) === today.slice(0, 4) ? words : `${words} (${day.slice(0, 4)})`
}
/** “26 November”, to be read in a sentence. */
export const shortDay = (day: string): string =>
  t('{day} {month}', { day: dayNumber(day), month: withArticle(monthName(day)) })

/** “23–29 November”, or from one month into the next. */
export const daysTogether = (first: string, last: string): string =>
  first.slice(0, 7) === last.slice(0, 7)
    ? t('{day} {month}', {
        day: `${dayNumber(first)}–${dayNumber(last)}`,
        month: withArticle(monthName(first)),
      })
    : t('{from} – {to}', { from: shortDay(first), to: shortDay(last) })

/** «2–8 November», «October–December 2026», «2026». */
export function spanWords(span: Span): string {
  switch (kindOf(span)) {
    case 'week':
    case null:
      return daysTogether(span.from, span.to)
    case 'month':
      return monthTitle(span.from)
    case 'quarter':
      return t('{from}–{to} {year}', {
        from: monthName(span.from),
        to: monthName(span.to),
        year: span.from.slice(0, 4),
      })
    case 'year':
      return span.from.slice(0, 4)
  }
}

/** Catalan says «d'abril» before a vowel. */
const withArticle = (month: string): string =>
  screenLanguage() !== 'ca' ? month : /^[ao]/.test(month) ? `d'${month}` : `de ${month}`
/** «2026ko», but «2025eko»: how the number ends when it is spoken. */
const yearIn = (day: string): string => {
  const year = day.slice(0, 4)
  if (screenLanguage() !== 'eu') return year
  return `${year}${/5$|[13579]0$|[1-9]00$/.test(year) ? 'eko' : 'ko'}`
}
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
