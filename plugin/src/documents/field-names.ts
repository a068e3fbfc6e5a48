/** A field by its name, as a person would say which one it is: `Audiences: Young people – What they need`. */
import { languageTagOf } from './language-tag.ts'
import { languageName, t } from '../l10n.ts'
import { recordName } from '../references.ts'
import { knownLists, knownSections, fieldOf, locate } from './paths.ts'
import type { DocumentJson, Section } from '@auzolan/shared/schema/fields.ts'

type Items = readonly ({ readonly id: string } & { readonly [field: string]: unknown })[]

/** '' for the document as a whole; a section has the name it has in the list of them. */
export function fieldName(path: string | null, json: DocumentJson | null, language: string): string {
  if (path === null) return ''
  const { bare, tag } = languageTagOf(path)
  const field = fieldOf(bare)
  const section = knownSections().find((one) => one.id === bare)
  const label = field ? t(field.label) : section ? t(section.label) : ''
  const [root = '', id = ''] = bare.includes('/') ? bare.split('/') : []
  const list = knownLists().get(root)
  const named = [listed(), tag ? languageName(tag) : ''].filter(Boolean)
  return named.join(' · ')

  function listed(): string {
    if (!list) return label
    const written = json?.[list.section]
    const items = Object.values(written ?? {}).find(
      (value): value is Items =>
        Array.isArray(value) && value.some((one) => (one as { id?: string })?.id === id),
    )
    const item = items?.find((one) => one.id === id)
    const of = t('{list}: {item}', {
      list: t(list.field.label),
      item: (item && recordName(item as never, language)) || t('Without a name'),
    })
    return label ? `${of} – ${label}` : of
  }
}

/** The section a path is in; `null` for the document as a whole. */
export const sectionOf = (path: string | null): Section | null =>
  (path !== null && knownSections().find((one) => one.id === locate(languageTagOf(path).bare).section)) ||
  null
