/**
 * A document as JSON and back: reading a `Y.Doc` by its type, and writing a template into a new one.
 * The JSON is what checks, versions, exports and reviewers see.
 */
import * as Y from 'yjs'
import { generateNKeysBetween } from 'fractional-indexing'
import { canonicalJson, type Json } from '../canonical.ts'
import { PICTURE_PREVIEW_MAX_CHARACTERS, RICH_DEPTH_MAX } from '../limits.ts'
import { isDay } from '../working-days.ts'
import type { DocumentType, Field, Fields, ListField, Picture, RichNode, RichText } from './fields.ts'
import { META_CLIENT, META_ROOT, ListPlace, SectionPlace, newRecord, readMeta, type Place } from './shapes.ts'

type JsonObject = { readonly [key: string]: unknown }

/** Reads every field of every section; what nobody has touched reads as empty, never as missing. */
export function readDocument(
  type: DocumentType,
  doc: Y.Doc,
): { [section: string]: { [field: string]: unknown } } {
  const { languages } = readMeta(doc)
  const json: { [section: string]: { [field: string]: unknown } } = {}
  for (const section of type.sections) {
    const place = new SectionPlace(doc, section)
    json[section.id] = readFields(section.fields, place, languages, (field) =>
      readList(doc, field, languages),
    )
  }
  return json
}

/** The records of one list, in display order, each with its id. */
export function readList(
  doc: Y.Doc,
  field: ListField,
  languages: readonly string[],
): ({ id: string } & { [field: string]: unknown })[] {
  const list = new ListPlace(doc, field)
  return list.ids().map((id) => ({
    id,
    ...readFields(field.item, list.record(id)!, languages, () => {
      throw new Error('a list inside a list refers to its records by id')
    }),
  }))
}

/** The fields of one place, lists left out. */
export const readPlace = (place: Place, languages: readonly string[]): { [field: string]: unknown } =>
  readFields(place.fields, place, languages, () => [])

function readFields(
  fields: Fields,
  place: Place,
  languages: readonly string[],
  list: (field: ListField) => unknown[],
): { [field: string]: unknown } {
  const out: { [field: string]: unknown } = {}
  for (const [key, field] of Object.entries(fields)) {
    out[key] = field.kind === 'list' ? list(field) : readField(key, field, place, languages)
  }
  return out
}

function readField(key: string, field: Field, place: Place, languages: readonly string[]): unknown {
  const perLanguage = <T>(read: (language: string) => T): { [language: string]: T } =>
    Object.fromEntries(languages.map((l) => [l, read(l)]))
  switch (field.kind) {
    case 'text': {
      const read = (l: string): string => place.text(key, l)?.toString() ?? ''
      return field.translated ? perLanguage(read) : read('')
    }
    case 'link':
      return place.text(key, '')?.toString() ?? ''
    case 'prose': {
      const read = (l: string): RichText => readRich(place.prose(key, l))
      return field.translated ? perLanguage(read) : read('')
    }
    case 'choices':
    case 'references':
      return place.members(key)
    case 'flag':
      return place.get(key) === true
    default:
      return readScalar(field, place.get(key))
  }
}

/** What one person's broken client wrote must not stop everybody else's page: what is no value reads as none. */
function readScalar(field: Field, value: Json): Json {
  switch (field.kind) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : null
    case 'date':
      return typeof value === 'string' && isDay(value) ? value : null
    case 'time':
      return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? value : null
    case 'person':
      return hasTexts(value, 'id', 'name') ? value : null
    case 'picture':
      return readPicture(value) as unknown as Json
    case 'acceptance':
      return hasTexts(value, 'by', 'on') ? value : null
    default:
      return typeof value === 'string' ? value : null
  }
}

/** What a stranger wrote as a copy may be any address: only what lies in the document itself is ever shown. */
export function readPicture(value: Json): Picture | null {
  if (!hasTexts(value, 'name', 'sha256', 'preview')) return null
  const { name, sha256, preview } = value as unknown as Picture
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null
  const isCopy =
    preview.length <= PICTURE_PREVIEW_MAX_CHARACTERS &&
    /^data:image\/(?:webp|png);base64,[A-Za-z0-9+/=]+$/.test(preview)
  return { name, sha256, preview: isCopy ? preview : '' }
}

const hasTexts = (value: Json, ...keys: string[]): boolean =>
  value !== null &&
  typeof value === 'object' &&
  keys.every((key) => typeof (value as { readonly [key: string]: Json })[key] === 'string')

/**
 * Pieces of the same look are one: whether marks that change nothing are still there differs between replicas, because Yjs
 * tidies them away at a time of its own, and the text that is signed must not depend on that.
 */
export const readRich = (fragment: Y.XmlFragment | undefined): RichText => richOf(fragment, 0)

function richOf(fragment: Y.XmlFragment | undefined, depth: number): RichText {
  if (!fragment || depth > RICH_DEPTH_MAX) return []
  const nodes = fragment.toArray().flatMap((node): RichNode[] => {
    if (node instanceof Y.XmlText) {
      return (node.toDelta() as { insert: unknown; attributes?: { [mark: string]: Json } }[])
        .filter(
          (part): part is { insert: string; attributes?: { [mark: string]: Json } } =>
            typeof part.insert === 'string',
        )
        .map((part) => {
          const marks = Object.entries(part.attributes ?? {})
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([type, attrs]) =>
              attrs !== null && typeof attrs === 'object' && Object.keys(attrs).length > 0
                ? { type, attrs: attrs as { [key: string]: Json } }
                : { type },
            )
          return { type: 'text', text: part.insert, ...(marks.length > 0 ? { marks } : {}) }
        })
    }
    if (node instanceof Y.XmlElement) {
      const attrs = node.getAttributes() as { [key: string]: Json }
      const content = richOf(node, depth + 1)
      return [
        {
          type: node.nodeName,
          ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
          ...(content.length > 0 ? { content } : {}),
        },
      ]
    }
    return []
  })
  return nodes.reduce<RichNode[]>((joined, node) => {
    const last = joined.at(-1)
    const same =
      last?.type === 'text' &&
      node.type === 'text' &&
      canonicalJson((last.marks ?? []) as unknown as Json) ===
        canonicalJson((node.marks ?? []) as unknown as Json)
    if (same) joined[joined.length - 1] = { ...last, text: `${last.text ?? ''}${node.text ?? ''}` }
    else joined.push(node)
    return joined
  }, [])
}

/**
 * JSON of a document that may have been written before the type had all its fields: what it lacks is empty, what it has
 * stays as it is.
 */
export function withEveryField(
  type: DocumentType,
  json: unknown,
  languages: readonly string[],
): { [section: string]: { [field: string]: unknown } } {
  const given = objectOf(json)
  return Object.fromEntries(
    type.sections.map((section) => [
      section.id,
      filled(section.fields, objectOf(given[section.id]), languages),
    ]),
  )
}

function filled(
  fields: Fields,
  given: JsonObject,
  languages: readonly string[],
): { [field: string]: unknown } {
  const out: { [field: string]: unknown } = { ...given }
  for (const [key, field] of Object.entries(fields)) {
    const value = given[key]
    if (field.kind === 'list')
      out[key] = (Array.isArray(value) ? value : []).map((item) =>
        filled(field.item, objectOf(item), languages),
      )
    else if (value === undefined) out[key] = emptyValue(field, languages)
  }
  return out
}

const objectOf = (value: unknown): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : {}

function emptyValue(field: Exclude<Field, ListField>, languages: readonly string[]): unknown {
  switch (field.kind) {
    case 'text':
    case 'link':
    case 'prose': {
      const nothing = field.kind === 'prose' ? [] : ''
      return field.kind !== 'link' && field.translated
        ? Object.fromEntries(languages.map((language) => [language, nothing]))
        : nothing
    }
    case 'choices':
    case 'references':
      return []
    case 'flag':
      return false
    default:
      return null
  }
}

/** Plain paragraphs as rich text: what templates are written in. */
export const paragraphs = (...texts: string[]): RichText =>
  texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))

/**
 * Writes a template into an empty document: `meta` under the id reserved for it, then the text in one transaction. Values follow `readDocument`; list items may
 * bring their own `id` so that templates can refer to them. Fields that the template does not name stay empty.
 */
export function writeDocument(
  type: DocumentType,
  doc: Y.Doc,
  languages: readonly string[],
  template: { readonly [section: string]: JsonObject },
): void {
  const own = doc.clientID
  doc.clientID = META_CLIENT
  doc.transact(() => {
    const meta = doc.getMap(META_ROOT)
    meta.set('type', type.id)
    meta.set('schema', type.version)
    meta.set('languages', [...languages])
  })
  doc.clientID = own
  doc.transact(() => {
    for (const section of type.sections) {
      const values = template[section.id] ?? {}
      const place = new SectionPlace(doc, section)
      for (const [key, field] of Object.entries(section.fields)) {
        if (values[key] === undefined) continue
        if (field.kind === 'list') writeList(doc, field, languages, values[key] as JsonObject[])
        else writeField(key, field, place, languages, values[key])
      }
    }
  })
}

function writeList(
  doc: Y.Doc,
  field: ListField,
  languages: readonly string[],
  items: readonly JsonObject[],
): void {
  const orders = generateNKeysBetween(null, null, items.length)
  const map = doc.getMap(field.root)
  const list = new ListPlace(doc, field)
  items.forEach((item, i) => {
    const id = String(item['id'])
    map.set(id, newRecord(field, languages, orders[i]!))
    const record = list.record(id)!
    for (const [key, inner] of Object.entries(field.item)) {
      if (item[key] !== undefined) writeField(key, inner, record, languages, item[key])
    }
  })
}

function writeField(
  key: string,
  field: Field,
  place: Place,
  languages: readonly string[],
  value: unknown,
): void {
  const perLanguage = (translated: boolean, write: (language: string, value: unknown) => void): void => {
    if (!translated) write('', value)
    else for (const l of languages) write(l, (value as JsonObject)[l])
  }
  switch (field.kind) {
    case 'text':
      return perLanguage(field.translated, (l, text) => place.text(key, l)?.insert(0, String(text ?? '')))
    case 'link':
      place.text(key, '')?.insert(0, String(value))
      return
    case 'prose':
      return perLanguage(field.translated, (l, rich) => {
        const fragment = place.prose(key, l)
        if (fragment && rich) fragment.insert(0, (rich as RichText).map(toXml))
      })
    case 'choices':
    case 'references':
      for (const member of value as string[]) place.toggle(key, member, true)
      return
    default:
      place.set(key, value as Json)
  }
}

export function toXml(node: RichNode): Y.XmlElement | Y.XmlText {
  if (node.type === 'text') {
    const text = new Y.XmlText()
    const marks = Object.fromEntries((node.marks ?? []).map((m) => [m.type, m.attrs ?? {}]))
    text.insert(0, node.text ?? '', marks)
    return text
  }
  const element = new Y.XmlElement(node.type)
  for (const [key, value] of Object.entries(node.attrs ?? {})) element.setAttribute(key, value as string)
  element.insert(0, (node.content ?? []).map(toXml))
  return element
}
