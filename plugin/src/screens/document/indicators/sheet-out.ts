/** A month's sheet as files know it: what may be called how, and the sheet to be filled in elsewhere. */
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import type { Sheet } from '@auzolan/shared/indicators/sheet-file.ts'
import { METRICS } from '@auzolan/shared/indicators/metrics.ts'
import { namesOfFigure, namesOfProfile } from '@auzolan/shared/indicators/sheet-names.ts'
import { toCsv } from '@auzolan/shared/reference/csv.ts'
import { formatInput, screenLanguage, t } from '../../../l10n.ts'
import { networkName } from '../../../references.ts'
import type { Column, Shown } from './sheet.ts'
import type { UsedSheet } from './useSheet.ts'

type Shape = Pick<UsedSheet, 'columns' | 'rows' | 'own'>

/** Rows in the order of the screen first: a block without names fills from its cell. */
export function sheetFor(
  month: Span,
  { columns, rows, own }: Shape,
  labelOf: (metric: string) => string,
): Sheet {
  const named = (columns.value as readonly Column[]).map((column) => ({
    ...column,
    id: column.profile,
    network: networkName(column.network),
  }))
  const here = rows.value.map(({ metric }) => metric)
  const others = METRICS.map(({ id }) => id).filter((id) => !here.includes(id))
  return {
    span: month,
    decimal: screenLanguage() === 'en' ? '.' : ',',
    columns: named.map((profile) => ({
      profile: profile.id,
      names: [...namesOfProfile(profile, named), profile.name],
    })),
    rows: [
      ...here.map((metric) => ({ metric, names: namesOfFigure(metric, labelOf(metric)) })),
      ...own.value.map(({ metric, span }) => ({
        metric,
        names: [labelOf(metric)],
        span,
        alone: true as const,
        unseen: true as const,
      })),
      ...others.map((metric) => ({
        metric,
        names: namesOfFigure(metric, labelOf(metric)),
        unseen: true as const,
      })),
    ],
  }
}

/** With the figures that are there, so that it can be read back as it is. */
export function templateFor(
  month: Span,
  { columns, rows, own, given }: Shape & Pick<UsedSheet, 'given'>,
  shown: Shown,
  labelOf: (metric: string) => string,
): string {
  const written = (profile: string, metric: string, span: Span, isGiven: boolean): string => {
    const figure = shown(profile, metric, span)
    if (figure && figure.value !== null) return formatInput(figure.value)
    if (!isGiven || figure?.nullReason === 'not_provided_by_network') return t('the network does not give it')
    return figure?.nullReason ? '–' : ''
  }
  const name = (month_: Span): string => month_.from.slice(0, 7)
  return toCsv(
    [
      [
        t('Month'),
        t('Figure'),
        ...columns.value.map((one) => `${networkName(one.network)} ${one.handle || one.displayName}`),
      ],
      ...rows.value.map(({ metric }) => [
        name(month),
        labelOf(metric),
        ...columns.value.map((column) => written(column.profile, metric, month, given(metric, column))),
      ]),
      ...own.value.map(({ metric, span }) => [
        name(month),
        labelOf(metric),
        written('', metric, span, true),
        ...columns.value.slice(1).map(() => ''),
      ]),
    ],
    screenLanguage() === 'en' ? ',' : ';',
  )
}
