/** What the catalogue says of tools, in the words of people who only want to use them. */
import {
  mdiCheckCircleOutline,
  mdiCloseCircleOutline,
  mdiArchiveArrowDownOutline,
  mdiPlaylistCheck,
  mdiProgressClock,
} from '@mdi/js'
import type { CatalogueEntry, EntryStatus } from '@auzolan/shared/catalogue/entry.ts'
import { listParts } from '@auzolan/shared/export/location-said.ts'
import { isInEea, isInUnion, type Zone } from '@auzolan/shared/location/zones.ts'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { countryName } from '../../countries.ts'
import { screenLanguage, t } from '../../l10n.ts'
import { dataChoices, purposeChoices } from './questions.ts'

export const STATUS_ICONS: { readonly [status in EntryStatus]: string } = {
  recommended: mdiCheckCircleOutline,
  conditional: mdiPlaylistCheck,
  under_review: mdiProgressClock,
  not_recommended: mdiCloseCircleOutline,
  withdrawn: mdiArchiveArrowDownOutline,
}
export const statusName = (status: EntryStatus): string => {
  switch (status) {
    case 'recommended':
      return t('Recommended')
    case 'conditional':
      return t('With conditions')
    case 'under_review':
      return t('Being looked at again')
    case 'not_recommended':
      return t('Not recommended')
    case 'withdrawn':
      return t('Withdrawn')
  }
}
export const levelName = (level: UseLevel): string => {
  switch (level) {
    case 'individual':
      return t('By one person')
    case 'collective':
      return t('In a group')
    case 'institutional':
      return t('By the whole organisation')
  }
}

/** Of a department, in which several may use it, each alone. */
export const useLevelName = (level: UseLevel): string =>
  level === 'individual' ? t('Each for their own work') : levelName(level)

/** In the words in which people are asked for them. */
export const dataNames = (ids: readonly string[]): string[] =>
  dataChoices()
    .filter(({ id }) => ids.includes(id))
    .map(({ label }) => label)

export const purposeNames = (ids: readonly string[]): string[] =>
  purposeChoices()
    .filter(({ id }) => ids.includes(id))
    .map(({ label }) => label)

export const listed = (words: readonly string[]): string =>
  listParts(words, screenLanguage(), t)
    .map(({ value }) => value)
    .join('')

/** Whose law from outside the EEA reaches a company that has our data, and what that means; '' where none does. */
export function lawSaid(
  { own, exposed, law }: Pick<CatalogueEntry['location'], 'own' | 'exposed' | 'law'>,
  zoneOf: (country: string) => Zone,
): string {
  if (own || !exposed) return ''
  const zones = law.map(zoneOf)
  const outside = law.filter((_, i) => !isInEea(zones[i]!) && zones[i] !== 'UNKNOWN')
  if (outside.length > 0)
    return t(
      'The company, or the one that owns it, is under the law of {countries}: it can be ordered to hand over data, wherever they are.',
      { countries: listed(outside.map(countryName)) },
    )
  return zones.includes('UNKNOWN')
    ? t('It is not known which law reaches the company.')
    : t(
        'A law from outside the EEA reaches the company: it can be ordered to hand over data, wherever they are.',
      )
}

/** Where the data are, as short as a shelf has room for: with us, in the EU, or by name; where outside the EEA there are copies; and who else reaches them. */
export function whereShort(
  {
    own,
    atRest,
    backedUp,
    reachedFrom,
    worst,
  }: Pick<OnShelf['location'], 'own' | 'atRest' | 'backedUp' | 'reachedFrom' | 'worst'>,
  zoneOf: (country: string) => Zone,
): string {
  const kept = own
    ? t('On our own servers')
    : atRest.every((country) => zoneOf(country) === 'UNKNOWN')
      ? t('Not known where')
      : atRest.every((country) => isInUnion(zoneOf(country)))
        ? t('EU')
        : listed(atRest.map(countryName))
  if (worst === null) return kept
  const outside = (countries: readonly string[]): string =>
    listed(countries.filter((country) => !isInEea(zoneOf(country))).map(countryName))
  const [copies, others] = [outside(backedUp), outside(reachedFrom)]
  const safe = copies === '' ? kept : t('{place}; backup in {countries}', { place: kept, countries: copies })
  return others === '' ? safe : t('{place}; reached from {countries}', { place: safe, countries: others })
}
