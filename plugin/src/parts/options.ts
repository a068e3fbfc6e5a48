/** The options of a choice: from the schema, from the organisation, or from reference data. */
import type { Options } from '@auzolan/shared/schema/fields.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import { LANGUAGES } from '@auzolan/shared/reference/languages.ts'
import { LICENCE_LIST } from '@auzolan/shared/reference/licences.ts'
import { NETWORKS } from '@auzolan/shared/reference/networks.ts'
import { languageName, screenLanguage, t } from '../l10n.ts'

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
      const others = LANGUAGES.items.filter((l) => !organisation.languages.includes(l))
      return [...organisation.languages, ...others].map((id) => ({ id, label: languageName(id) }))
    }
    case 'networks':
      return NETWORKS.items.map(({ id, label }) => ({ id, label }))
    case 'licences':
      return LICENCE_LIST.items.map(({ id, label }) => ({ id, label }))
    default:
      return options.map(({ id, label }) => ({ id, label: t(label) }))
  }
}
