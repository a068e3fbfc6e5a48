/** What results say, in words: whether targets are reached, why something is missing, which time it is. */
import { COMPUTED } from '@auzolan/shared/indicators/formulas.ts'
import { indicatorIn } from '@auzolan/shared/indicators/metrics.ts'
import { kindOf, type Span } from '@auzolan/shared/indicators/periods.ts'
import {
  aimOf,
  type Gap,
  type Measure,
  type Measurement,
  type Result,
} from '@auzolan/shared/indicators/results.ts'
import { type Tally } from '@auzolan/shared/indicators/tally.ts'
import { SMALL_SAMPLE_BELOW } from '@auzolan/shared/limits.ts'
import { dayNumber, monthName } from '../../../day-words.ts'
import { formatNumber, n, t } from '../../../l10n.ts'
import { formatMeasure, metricLabel } from './figure-words.ts'

type Shown = Pick<Result<Measure>, 'indicator' | 'formula' | 'unit'>

export const valueWords = ({ formula, unit }: Pick<Shown, 'formula' | 'unit'>, value: number): string =>
  formatMeasure(value, unit, formula ? COMPUTED[formula].digits : undefined)

/** What is aimed at; empty where nothing is. */
export function aimWords(result: Shown): string {
  const { target, direction, min, max } = aimOf(result.indicator)
  const words = (value: number): string => valueWords(result, value)
  if (direction === 'range') {
    if (min !== null && max !== null)
      return t('between {min} and {max}', { min: words(min), max: words(max) })
    if (min !== null) return t('at least {min}', { min: words(min) })
    return max === null ? '' : t('at most {max}', { max: words(max) })
  }
  if (target === null) return ''
  return direction === 'down' ? t('at most {max}', { max: words(target) }) : words(target)
}

/** Of what is not reached, how far it has come; what is not reached is never a hundred. */
export function partWords({ come }: Pick<Result<Measure>, 'come'>): string {
  if (come?.ratio == null || come.reached) return ''
  // A number at the end of a line and its sign at the beginning of the next one would be read as two things.
  return t('{number} %', { number: formatNumber(Math.min(99, Math.round(come.ratio * 100))) }).replace(
    ' ',
    '\u00a0',
  )
}

export function verdictWords(result: Result<Measure>): string {
  const target = aimWords(result)
  const { come, latest } = result
  if (target === '') return t('No target has been set.')
  if (come === null)
    return latest === null
      ? t('Target: {target}. There is no figure to hold against it.', { target })
      : t('Target: {target}.', { target })
  if (aimOf(result.indicator).direction === 'range')
    return come.reached
      ? t('Target: {target}. It is.', { target })
      : t('Target: {target}. It is not.', { target })
  if (come.reached) return t('Target: {target}. Reached.', { target })
  return t('Target: {target}. Not reached yet: at {part}.', { target, part: partWords(result) })
}

/** How many targets are reached, of all there are; empty where there are none. */
export function tallyWords({ reached, known, unknown }: Tally): string {
  const count = known + unknown
  if (count === 0) return ''
  if (known === 0) return t('Nothing can be said of the targets yet.')
  if (count === 1) return reached === 1 ? t('The target is reached.') : t('The target is not reached yet.')
  if (reached === count) return t('All {count} targets are reached.', { count })
  if (reached === 0) return t('None of the {count} targets is reached yet.', { count })
  return n('%n of {count} targets is reached.', '%n of {count} targets are reached.', reached, { count })
}
export const unknownWords = ({ known, unknown }: Tally): string =>
  known === 0 || unknown === 0
    ? ''
    : n(
        'Of %n nothing can be said: its figures are missing.',
        'Of %n nothing can be said: their figures are missing.',
        unknown,
      )

/** Of a figure of our own, nothing: it is the indicator itself. */
export const partName = (metric: string): string => (indicatorIn(metric) === null ? metricLabel(metric) : '')

const REASONS: { readonly [why in Gap['why']]: () => string } = {
  not_provided_by_network: () => t('The network does not give it'),
  not_collected: () => t('It was not collected'),
  not_entered: () => t('Nobody has entered it'),
  not_added: () => t('Of several months there is no honest sum'),
  running: () => t('Not over yet'),
  zero: () => t('There was nothing to divide by'),
}
/** Why there is none, and of what: «It was not collected · Likes, Comments». */
export function gapWords({ why, metrics, profiles }: Gap, profileName: (id: string) => string): string {
  return [
    REASONS[why](),
    metrics.map(partName).filter(Boolean).join(', '),
    profiles.map(profileName).join(', '),
  ]
    .filter(Boolean)
    .join(' · ')
}

export function cautionWords(caution: Measurement['caution']): string {
  switch (caution) {
    case 'not_comparable':
      return t('Not comparable: it only means something for a single post.')
    case 'small_sample':
      return t('Small sample: fewer than {count}. One mention more would tip it.', {
        count: SMALL_SAMPLE_BELOW,
      })
    case null:
      return ''
  }
}

/** As short as it fits below a drawing: «nov», «oct–dec», «23 nov», «2026». */
export function shortSpan(span: Span): string {
  const month = (day: string): string => monthName(day).slice(0, 3).toLowerCase()
  switch (kindOf(span)) {
    case 'month':
      return month(span.from)
    case 'quarter':
      return `${month(span.from)}–${month(span.to)}`
    case 'year':
      return span.from.slice(0, 4)
    case 'week':
    case null:
      return `${dayNumber(span.from)} ${month(span.from)}`
  }
}
