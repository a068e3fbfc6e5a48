/**
 * What a document says, as a person would read it: from its JSON, in the order of its schema, in one language. How it looks
 * (Markdown for an archive, a page to print) is the business of others. Total: damaged JSON says less, and throws nothing.
 */
import { at, isObject } from '../compare/damage.ts'
import { paragraphsOf } from '../compare/paragraphs.ts'
import { recordsOf } from '../compare/records.ts'
import type { Organisation } from '../protocol/organisation.ts'
import { countryIn, UNKNOWN_COUNTRY } from '../location/countries.ts'
import { LICENCES_BESIDE } from '../reference/licences.ts'
import { BUILTIN, licenceLabel, networkLabel, type References } from '../reference/references.ts'
import type {
  DocumentType,
  Field,
  Fields,
  LeafField,
  ListField,
  Options,
  RichText,
} from '../schema/fields.ts'
import type { Say } from './say.ts'

export interface Telling {
  readonly type: DocumentType
  /** The canonical JSON, parsed. */
  readonly json: unknown
  readonly language: string
  readonly say: Say
  readonly organisation: Pick<Organisation, 'departments'>
  /** Lists of reference data, as things are called by now. */
  readonly references?: References
  /** For whoever may see it outside of the team: what is marked as restricted is left out. */
  readonly outside: boolean
}

export type Told =
  /** One thing, or several beside each other. `language`: of a translated text, the one it is in. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly language: string | null }
  | { readonly kind: 'prose'; readonly text: RichText; readonly language: string | null }
  | { readonly kind: 'link'; readonly address: string }
  | { readonly kind: 'flag'; readonly on: boolean; readonly word: string }
  | { readonly kind: 'date'; readonly day: string }
  | { readonly kind: 'number'; readonly value: number; readonly unit: string }
  | { readonly kind: 'person'; readonly name: string; readonly id: string }
  | { readonly kind: 'acceptance'; readonly by: string; readonly day: string }
  | { readonly kind: 'picture'; readonly name: string; readonly sha256: string; readonly preview: string }

export interface ToldField {
  readonly key: string
  readonly label: string
  readonly told: Told
}
export interface ToldList {
  readonly key: string
  readonly label: string
  readonly records: readonly ToldRecord[]
  /** Keys and labels of what people would rather look at as a table; empty for the other lists. */
  readonly columns: readonly { readonly key: string; readonly label: string }[]
}
export interface ToldRecord {
  readonly id: string
  readonly name: string
  readonly fields: readonly ToldField[]
}
export interface ToldSection {
  readonly id: string
  readonly label: string
  readonly parts: readonly (ToldField | ToldList)[]
}
export const isList = (part: ToldField | ToldList): part is ToldList => 'records' in part

export function tell(telling: Telling): ToldSection[] {
  const context = { ...telling, lists: listsOf(telling) }
  return telling.type.sections.map((section) => ({
    id: section.id,
    label: telling.say(section.label),
    parts: Object.entries(section.fields).flatMap(([key, field]): (ToldField | ToldList)[] => {
      if (telling.outside && field.restricted) return []
      const value = at(at(telling.json, section.id), key)
      return field.kind === 'list'
        ? listTold(key, field, value, context)
        : leafTold(key, field, value, context)
    }),
  }))
}

type Context = Telling & {
  readonly lists: ReadonlyMap<string, { readonly field: ListField; readonly value: unknown }>
}

function listTold(key: string, field: ListField, value: unknown, context: Context): ToldList[] {
  const records = [...recordsOf(value).records.values()].map((record) => ({
    id: record.id,
    name: nameOf(field, record, context.language),
    fields: fieldsTold(field.item, record, context),
  }))
  const columns = (field.columns ?? []).map((column) => ({
    key: column,
    label: context.say(field.item[column]!.label),
  }))
  return records.length > 0 ? [{ key, label: context.say(field.label), records, columns }] : []
}

const fieldsTold = (fields: Fields, values: unknown, context: Context): ToldField[] =>
  Object.entries(fields).flatMap(([key, field]) =>
    field.kind === 'list' || (context.outside && field.restricted)
      ? []
      : leafTold(key, field, at(values, key), context),
  )

function leafTold(key: string, field: LeafField, value: unknown, context: Context): ToldField[] {
  const told = valueTold(field, value, context)
  return told === null ? [] : [{ key, label: context.say(field.label), told }]
}

/** `null` when nobody has filled it in. */
function valueTold(field: LeafField, value: unknown, context: Context): Told | null {
  const { say, language } = context
  const words = (all: readonly string[], spoken: string | null = null): Told | null =>
    all.every((word) => word.trim() === '') ? null : { kind: 'words', words: all, language: spoken }
  switch (field.kind) {
    case 'text': {
      const found = field.translated ? translation(value, language) : { value, language: null }
      return words([String(found.value ?? '')], found.language)
    }
    case 'prose': {
      const found = field.translated ? translation(value, language) : { value, language: null }
      return isProse(found.value)
        ? { kind: 'prose', text: found.value as RichText, language: found.language }
        : null
    }
    case 'link':
      return String(value ?? '').trim() === '' ? null : { kind: 'link', address: String(value) }
    case 'choice':
      return value === null || value === undefined
        ? null
        : words([option(field.options, String(value), context)])
    case 'choices':
      return words(stringsIn(value).map((id) => option(field.options, id, context)))
    case 'references': {
      const list = context.lists.get(field.to)
      const { records } = recordsOf(list?.value)
      return words(
        stringsIn(value)
          .flatMap((id) => (list && records.has(id) ? nameOf(list.field, records.get(id)!, language) : []))
          .map((name) => name || say('Without a name')),
      )
    }
    case 'flag':
      return { kind: 'flag', on: value === true, word: value === true ? say('Yes') : say('No') }
    case 'date':
      return String(value ?? '') === '' ? null : { kind: 'date', day: String(value) }
    case 'time':
      return words([String(value ?? '')])
    case 'number':
      return typeof value === 'number'
        ? { kind: 'number', value, unit: field.unit ? say(field.unit) : '' }
        : null
    case 'person':
      return isObject(value) ? { kind: 'person', name: String(value['name']), id: String(value['id']) } : null
    case 'picture':
      return isObject(value)
        ? {
            kind: 'picture',
            name: String(value['name']),
            sha256: String(value['sha256']),
            preview: String(value['preview'] ?? ''),
          }
        : null
    case 'acceptance':
      return isObject(value)
        ? { kind: 'acceptance', by: String(value['by']), day: String(value['on']) }
        : null
  }
}

function option(options: Options, id: string, { say, language, organisation, references }: Context): string {
  switch (options) {
    case 'departments': {
      const name = organisation.departments.find((department) => department.id === id)?.name
      return (name && inLanguage(name, language)) || id
    }
    case 'languages':
      return languageIn(id, language, say)
    case 'networks':
      return networkLabel(id, references)
    case 'licences':
      return licenceLabel(id, references)
    case 'allLicences': {
      const beside = LICENCES_BESIDE.find((one) => one.id === id)
      return beside ? say(beside.label) : licenceLabel(id, references)
    }
    case 'countries':
      return id === UNKNOWN_COUNTRY ? say('Unknown') : (countryIn(id, language) ?? id)
    case 'toolCategories':
    case 'dpiaCriteria': {
      const name = (references ?? BUILTIN)[options].find((one) => one.id === id)?.name
      return (name && inLanguage(name, language)) || id
    }
    case 'zones':
    case 'records':
      return id
    default: {
      const found = options.find((one) => one.id === id)
      return found ? say(found.label) : id
    }
  }
}

/** As the screens call it; a language they have no word for, as that language's own reader does. */
export function languageIn(tag: string, language: string, say: Say): string {
  const english = nameIn('en', tag)
  const said = say(english)
  return said === english ? nameIn(language, tag) : said
}
function nameIn(language: string, tag: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A record is called by its first text. */
function nameOf(field: ListField, record: unknown, language: string): string {
  const found = Object.entries(field.item).find(([, one]) => one.kind === 'text')
  if (!found) return ''
  const [key, first] = found
  const value = at(record, key)
  return String(
    (first.kind === 'text' && first.translated ? translation(value, language).value : value) ?? '',
  )
}

const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

const isProse = (value: unknown): boolean =>
  paragraphsOf(value)?.some(({ text, shape }) => text.trim() !== '' || shape.opensItem) === true
const isSaid = (words: unknown): boolean =>
  Array.isArray(words) ? isProse(words) : typeof words === 'string' && words.trim() !== ''

/** Where this language says nothing, another one does. */
function translation(
  value: unknown,
  language: string,
): { readonly value: unknown; readonly language: string | null } {
  const own = at(value, language)
  if (isSaid(own) || !isObject(value)) return { value: own, language }
  const other = Object.entries(value).find(([, words]) => isSaid(words))
  return other ? { value: other[1], language: other[0] } : { value: own, language }
}
export const inLanguage = (value: { readonly [language: string]: string }, language: string): string =>
  String(translation(value, language).value ?? '')

function listsOf({ type, json }: Telling): Context['lists'] {
  return new Map(
    type.sections.flatMap((section) =>
      Object.entries(section.fields).flatMap(
        ([key, field]: [string, Field]): [string, { field: ListField; value: unknown }][] =>
          field.kind === 'list' ? [[field.root, { field, value: at(at(json, section.id), key) }]] : [],
      ),
    ),
  )
}
