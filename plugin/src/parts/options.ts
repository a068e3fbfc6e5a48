/** The options of a choice: from the schema, from the organisation, or from reference data. */
import { LICENCES_BESIDE } from '@auzolan/shared/reference/licences.ts'
import type { Options } from '@auzolan/shared/schema/fields.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import { countryName, countryOptions } from '../countries.ts'
import { languageName, screenLanguage, t } from '../l10n.ts'
import { licenceName, networkName, references } from '../references.ts'
import { shownName } from './names.ts'

export interface ShownOption {
  readonly id: string
  readonly label: string
}

export function shownOptions(options: Options, organisation: Organisation): readonly ShownOption[] {
  switch (options) {
    case 'departments':
      return organisation.departments.map((d) => ({
        id: d.id,
        label: d.name[screenLanguage()] ?? d.name[organisation.languages[0] ?? ''] ?? d.id,
      }))
    case 'languages': {
      const others = references.value.languages.map(({ id }) => id)
      return [...new Set([...organisation.languages, ...others])].map((id) => ({
        id,
        label: nameOfLanguage(id),
      }))
    }
    case 'networks':
      return references.value.networks.map(({ id, label }) => ({ id, label }))
    case 'licences':
      return references.value.licences.filter(({ ours }) => ours).map(({ id, label }) => ({ id, label }))
    case 'allLicences':
      return [
        ...references.value.licences.map(({ id, label }) => ({ id, label })),
        ...LICENCES_BESIDE.map(({ id, label }) => ({ id, label: t(label) })),
      ]
    case 'zones':
      return Intl.supportedValuesOf('timeZone').map((id) => ({ id, label: id.replaceAll('_', ' ') }))
    case 'countries':
      return countryOptions()
    case 'toolCategories':
    case 'dpiaCriteria':
      return references.value[options].map(({ id, name }) => ({ id, label: shownName(name) || id }))
    case 'records':
      return []
    default:
      return options.map(({ id, label }) => ({ id, label: t(label) }))
  }
}

/** Those that can be chosen, and what was chosen while it could be. */
export function optionsWith(
  options: Options,
  organisation: Organisation,
  chosen: readonly string[],
): readonly ShownOption[] {
  const all = shownOptions(options, organisation)
  const gone = chosen.filter((id) => id !== '' && !all.some((option) => option.id === id))
  return [...all, ...gone.map((id) => ({ id, label: goneLabel(options, id) }))]
}

function goneLabel(options: Options, id: string): string {
  if (options === 'departments') return t('A department that is no longer there')
  return typeof options === 'string' ? t('{item} (no longer in the list)', { item: nameIn(options, id) }) : id
}

/** What was chosen, in words, whether it can still be chosen or not. */
export const optionLabel = (options: Options, id: string, organisation: Organisation): string =>
  shownOptions(options, organisation).find((option) => option.id === id)?.label ?? nameIn(options, id)

function nameIn(options: Options, id: string): string {
  switch (options) {
    case 'networks':
      return networkName(id)
    case 'licences':
    case 'allLicences':
      return licenceName(id)
    case 'languages':
      return nameOfLanguage(id)
    case 'countries':
      return countryName(id)
    default:
      return id
  }
}

/** A language the program has no word for is called as the list calls it. */
export function nameOfLanguage(id: string): string {
  const known = languageName(id)
  const name = references.value.languages.find((one) => one.id === id)?.name ?? {}
  return known === id ? shownName(name) || id : known
}
