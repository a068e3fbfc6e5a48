/** What an evaluation says in one of its fields, in a line: what stands there in full is one click away. */
import type { Fact } from '@auzolan/shared/scoring/facts.ts'
import {
  plainText,
  type Field,
  type LeafField,
  type ListField,
  type RichText,
  type Translated,
} from '@auzolan/shared/schema/fields.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import { t } from '../../../l10n.ts'
import { optionLabel } from '../../../parts/options.ts'
import { shownValue } from '../../../parts/shown-values.ts'

/** Of a list so many are named; the others are counted. */
const NAMED_MAX = 3
/** What is said of a record beside its name, by the root of its list. */
const BESIDE: { readonly [root: string]: string } = { subprocessors: 'country', linkTests: 'works' }

type Row = { readonly [key: string]: unknown }

export function factWords({ field, value, language }: Fact, organisation: Organisation): string {
  if (field.kind !== 'list') return leafWords(field, value, language, organisation)
  const rows = value as readonly Row[]
  const named = rows.slice(0, NAMED_MAX).map((row) => rowWords(field, row, language, organisation))
  const more = rows.length - named.length
  return [...named, ...(more > 0 ? [t('{count} more', { count: String(more) })] : [])].join(' · ')
}

function rowWords(list: ListField, row: Row, language: string, organisation: Organisation): string {
  const [key, name] = Object.entries(list.item).find(([, one]) => one.kind === 'text') ?? []
  const beside = BESIDE[list.root]
  const words = [
    name && key ? leafWords(name as LeafField, row[key], language, organisation) : '',
    beside ? leafWords(list.item[beside] as LeafField, row[beside], language, organisation) : '',
  ].filter(Boolean)
  return words.length > 1 ? `${words[0]} (${words[1]})` : (words[0] ?? t('Without a name'))
}

function leafWords(field: LeafField, value: unknown, language: string, organisation: Organisation): string {
  const spoken = (of: Field & { translated: boolean }): unknown => {
    if (!of.translated) return value
    const all = (value ?? {}) as Translated<unknown>
    return all[language] ?? Object.values(all)[0]
  }
  switch (field.kind) {
    case 'text':
      return String(spoken(field) ?? '').trim()
    case 'prose':
      return plainText(spoken(field) as RichText)
    case 'link':
      return String(value ?? '')
    case 'choices':
      return (value as readonly string[]).map((id) => optionLabel(field.options, id, organisation)).join(', ')
    case 'references':
      return ''
    default:
      return shownValue(field, value as string | number | boolean | null, null, organisation)
  }
}
