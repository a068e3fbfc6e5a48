/** What countries are called here: fetched with the first document, or the first list, that speaks of any. */
import type * as Countries from '@auzolan/shared/location/countries.ts'
import { screenLanguage, t } from './l10n.ts'

let fetched: typeof Countries | null = null

export async function loadCountries(): Promise<void> {
  fetched ??= await import('@auzolan/shared/location/countries.ts')
}

/** What is no country, such as an international organisation, is called by its id. */
export const countryName = (id: string): string =>
  id === 'unknown' ? t('Unknown') : (fetched?.countryIn(id, screenLanguage()) ?? id)

/** In the order of their names; last, that nobody knows. */
export const countryOptions = (): { readonly id: string; readonly label: string }[] => [
  ...(fetched?.COUNTRIES ?? [])
    .map((id) => ({ id, label: countryName(id) }))
    .sort((a, b) => a.label.localeCompare(b.label, screenLanguage())),
  { id: 'unknown', label: countryName('unknown') },
]
