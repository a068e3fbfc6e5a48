/** Figures in words: what they are called, how they are written, and what is asked about them. */
import { COMPUTED, type Computed } from '@auzolan/shared/indicators/formulas.ts'
import type { FormulaKey, MeasureUnit } from '@auzolan/shared/indicators/catalogue.ts'
import type { Doubt } from '@auzolan/shared/indicators/doubtful.ts'
import { labelOf, languageIn } from '@auzolan/shared/indicators/metrics.ts'
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import type { SheetProblem, SheetRead } from '@auzolan/shared/indicators/sheet-file.ts'
import { monthName, monthTitle } from '../../../day-words.ts'
import { formatFixed, formatNumber, languageName, n, screenLanguage, t } from '../../../l10n.ts'

export { spanWords } from '../../../day-words.ts'

export function metricLabel(metric: string): string {
  const language = languageIn(metric)
  if (language !== null) return t('Posts in {language}', { language: inSentence(languageName(language)) })
  return t(labelOf(metric))
}

/** English alone writes languages with a capital within a sentence. */
const inSentence = (name: string): string => (screenLanguage() === 'en' ? name : name.toLowerCase())

export function formatMinutes(value: number): string {
  const minutes = Math.round(value)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return t('{minutes} min', { minutes: formatNumber(rest) })
  if (rest === 0) return t('{hours} h', { hours: formatNumber(hours) })
  return t('{hours} h {minutes} min', { hours: formatNumber(hours), minutes: formatNumber(rest) })
}
/** Without `digits`, as many as there are. */
export function formatMeasure(value: number, unit: MeasureUnit | null, digits?: number): string {
  if (unit === 'minutes') return formatMinutes(value)
  const number = digits === undefined ? formatNumber(value) : formatFixed(value, digits)
  return unit === 'percent' ? t('{number} %', { number }) : number
}
export const formatComputed = (key: FormulaKey, value: number): string =>
  formatMeasure(value, COMPUTED[key].unit, COMPUTED[key].digits)

/** Why there is no value, in one sentence. */
export function lacksWords({ lacks }: Computed): string {
  if (lacks === null) return ''
  const figures = lacks.metrics.map(metricLabel).join(', ')
  return lacks.why === 'missing'
    ? t('Missing: {figures}', { figures })
    : t('Nothing can be divided by 0: {figures}', { figures })
}

export function doubtWords(doubt: Doubt, month: Span): string {
  const before = monthName(month.from)
  switch (doubt.kind) {
    case 'many':
      return t('It is about {times} times as much as in {month} ({number}). Is it right?', {
        times: formatNumber(doubt.times),
        month: before,
        number: formatNumber(doubt.before),
      })
    case 'few':
      return t('In {month} it was about {times} times as much ({number}). Is it right?', {
        times: formatNumber(doubt.times),
        month: before,
        number: formatNumber(doubt.before),
      })
    case 'nothing':
      return t('It is 0, and in {month} it was {number}. Is it right?', {
        month: before,
        number: formatNumber(doubt.before),
      })
    case 'other_start':
      return t('{month} ended with {number}. Is it right?', {
        month: monthTitle(month.from),
        number: formatNumber(doubt.before),
      })
    case 'more_than_all':
      return t('It is more than there are: {number}. Is it right?', { number: formatNumber(doubt.all) })
  }
}

/** What is wrong with a line of a file, and what would be right. */
export function problemWords({ code, detail }: SheetProblem, month: Span): string {
  switch (code) {
    case 'wrong_month':
      return t('“{detail}” is not {month}: this sheet is of that month alone.', {
        detail,
        month: monthTitle(month.from),
      })
    case 'unknown_profile':
      return t('No profile of this plan is called “{detail}”.', { detail })
    case 'two_profiles':
      return t('Several profiles are called “{detail}”: write the network as well.', { detail })
    case 'unknown_figure':
      return t('There is no figure called “{detail}”.', { detail })
    case 'negative':
      return t('“{detail}” is less than 0.', { detail })
    case 'not_a_number':
      return t('“{detail}” is not a number.', { detail })
    case 'not_whole':
      return t('“{detail}” is not a whole number, and this is counted.', { detail })
    case 'too_large':
      return t('“{detail}” is too large to be true.', { detail })
    case 'twice':
      return t('This figure is in line {line} already.', { line: detail })
    case 'empty':
      return t('There is no figure for “{detail}”. Write a number, or “–” if there is none.', { detail })
    case 'outside':
      return t('“{detail}” falls outside of the sheet.', { detail })
  }
}
export function unreadableWords(why: Extract<SheetRead, { kind: 'unreadable' }>['why']): string {
  switch (why) {
    case 'too_large':
    case 'too_many_lines':
      return t('This is too much for the figures of one month.')
    case 'no_table':
      return t(
        'This is no table: the first line has the names of the columns, and each of the others has figures.',
      )
    case 'no_profile':
      return t(
        'No column has the name of a profile of this plan. The sheet that can be saved here shows how.',
      )
    case 'nothing':
      return t('There are no figures in it.')
  }
}

export function missingWords(byColumn: readonly { readonly name: string; readonly count: number }[]): string {
  if (byColumn.length === 1)
    return n(
      '%n figure of {profile} is missing.',
      '%n figures of {profile} are missing.',
      byColumn[0]!.count,
      {
        profile: byColumn[0]!.name,
      },
    )
  const count = byColumn.reduce((sum, one) => sum + one.count, 0)
  return t('{figures}, in {profiles}.', {
    figures: n('%n figure is missing', '%n figures are missing', count),
    profiles: n('%n profile', '%n profiles', byColumn.length),
  })
}
