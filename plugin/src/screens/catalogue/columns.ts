/** What the table says of a tool, column by column, in words. */
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import type { EntryStatus } from '@auzolan/shared/catalogue/entry.ts'
import { access } from '@auzolan/shared/schema/evaluation/access.ts'
import { cost } from '@auzolan/shared/schema/evaluation/cost.ts'
import { features } from '@auzolan/shared/schema/evaluation/features.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { formatNumber, t } from '../../l10n.ts'
import { departmentsOf, placeOf, type LICENCES, type AspectId, type PlaceId } from './filters.ts'
import { farthestLevel, highestData, type SortColumn } from './sorting.ts'
import { levelName, statusName } from './words.ts'

export function columnName(column: SortColumn): string {
  switch (column) {
    case 'name':
      return t('Tool')
    case 'status':
      return t('Decision')
    case 'level':
      return t('How far it is used')
    case 'class':
      return t('It serves to')
    case 'data':
      return t('Data, at most')
    case 'place':
      return t('Where is the data?')
    case 'licence':
      return t('Licence')
    case 'cost':
      return t('Cost')
    case 'offline':
      return t('Without network')
    case 'department':
      return t('Departments')
  }
}

/** What a choice asks for: of data a column says the most guarded ones, and a filter those that somebody has. */
export const filterName = (aspect: AspectId): string =>
  aspect === 'data' ? t('What may be put into it') : columnName(aspect)

type Options = readonly { readonly id: string; readonly label: string }[]
const labelIn = (options: Options, id: string | null): string =>
  t(options.find((one) => one.id === id)?.label ?? '')
export const dataName = (id: string): string => labelIn(DATA_CLASSES, id)
export const costName = (id: string | null): string => labelIn(cost.fields.model.options, id)
export const offlineName = (id: string | null): string => labelIn(access.fields.offline.options, id)
const className = (id: string): string => labelIn(features.fields.classes.options, id)

export function placeName(place: PlaceId): string {
  switch (place) {
    case 'own':
      return t('On our own servers')
    case 'union':
      return t('EU')
    case 'eea':
      return t('In the EEA')
    case 'adequate':
      return t('In a country whose law the EU holds adequate')
    case 'third':
      return t('Outside the EEA')
    case 'unknown':
      return t('Not known where')
  }
}
function licenceName(licence: (typeof LICENCES)[number]): string {
  switch (licence) {
    case 'open':
      return t('Open source')
    case 'closed':
      return t('Proprietary')
    case 'unsaid':
      return t('Not said')
  }
}

/** As it is called; what everybody calls proprietary is said in the language of the screen. */
export const licenceSaid = (licence: string): string =>
  /^propriet/i.test(licence.trim()) ? t('Proprietary') : licence.trim()

/** What a choice of a filter is called; departments have the names of the house. */
export function valueName(aspect: Exclude<AspectId, 'department'>, value: string): string {
  switch (aspect) {
    case 'status':
      return statusName(value as EntryStatus)
    case 'level':
      return levelName(value as UseLevel)
    case 'class':
      return className(value)
    case 'data':
      return dataName(value)
    case 'place':
      return placeName(value as PlaceId)
    case 'licence':
      return licenceName(value as (typeof LICENCES)[number])
    case 'cost':
      return costName(value)
    case 'offline':
      return offlineName(value)
  }
}

/** '' where there is nothing to say. */
export function said(tool: OnShelf, column: SortColumn): string {
  switch (column) {
    case 'name':
      return tool.name
    case 'status':
      return statusName(tool.status)
    case 'level': {
      const level = farthestLevel(tool)
      return level === null ? '' : levelName(level)
    }
    case 'class':
      return tool.classes.map(className).join(' · ')
    case 'data':
      return dataName(DATA_CLASSES[highestData(tool)]?.id ?? '')
    case 'place':
      return placeName(placeOf(tool))
    case 'licence':
      return licenceSaid(tool.licence)
    case 'cost':
      return costName(tool.costModel)
    case 'offline':
      return offlineName(tool.offline)
    case 'department': {
      const { length } = departmentsOf(tool)
      return length === 0 ? '' : formatNumber(length)
    }
  }
}
