/**
 * How a document type lies in a `Y.Doc`, so that no concurrent edit loses text (ADR 0003):
 * – what exists once is a *root* named after its path: roots are never created, so two people cannot create
 *   them twice and lose one;
 * – a list is a root map `id → record` with an `order` key, and every text of a record is born in the same
 *   transaction as the record;
 * – only choices, dates, numbers and people are last-writer-wins.
 */
import * as Y from 'yjs'
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import type { Json } from '../canonical.ts'
import { movedBetween } from '../compare/records.ts'
import { isRecordId, newUuid } from '../ids.ts'
import { RECORDS_COMPLETED_AT_ONCE } from '../limits.ts'
import type { DocumentType, Field, Fields, LeafField, ListField, Section } from './fields.ts'

export const META_ROOT = 'meta'
/**
 * The client id under which the server, and nobody else, writes `meta` ("meta" in ASCII). An update names a root only
 * for the first entry of it; later ones say "after that entry", so what `meta` is must be told by this id.
 */
export const META_CLIENT = 0x6d657461
/** The client id under which the server, and nobody else, gives records the containers they lack ("recs" in ASCII). */
export const RECORDS_CLIENT = 0x72656373

export interface Meta {
  readonly type: string
  readonly schema: number
  /** Languages every translated text has, lead language first. */
  readonly languages: readonly string[]
}

export function readMeta(doc: Y.Doc): Meta {
  const meta = doc.getMap(META_ROOT)
  const languages = meta.get('languages')
  return {
    type: String(meta.get('type') ?? ''),
    schema: Number(meta.get('schema') ?? 0),
    languages: Array.isArray(languages) ? languages.map(String) : [],
  }
}

const isTranslated = (field: Field): boolean =>
  (field.kind === 'text' || field.kind === 'prose') && field.translated
const textKey = (key: string, field: Field, language: string): string =>
  isTranslated(field) ? `${key}:${language}` : key

/** Choices, dates, numbers and people of a section share one root; its name is no list's and no text's. */
export const SCALARS_SUFFIX = '.*'
const scalarsRoot = (section: string): string => `${section}${SCALARS_SUFFIX}`
/** Where a record stands in its list; no field is called like this. */
export const ORDER_KEY = 'order'

export type RootKind = 'text' | 'prose' | 'map'

/** Roots a client may write to and what lies in them; every other root is refused at admission. */
export function rootsOf(type: DocumentType, languages: readonly string[]): ReadonlyMap<string, RootKind> {
  const roots = new Map<string, RootKind>()
  for (const section of type.sections) {
    // Also for marks beside texts (languages/in-step.ts), whether the section has scalars or not.
    roots.set(scalarsRoot(section.id), 'map')
    for (const [key, field] of Object.entries(section.fields)) {
      const kind = rootKindOf(field)
      if (field.kind === 'list') roots.set(field.root, kind)
      else if (isTranslated(field)) for (const l of languages) roots.set(`${section.id}.${key}:${l}`, kind)
      else if (!isScalar(field)) roots.set(`${section.id}.${key}`, kind)
    }
  }
  return roots
}

/** Which section a root belongs to; `null` for what is in none. */
export function sectionOfRoot(type: DocumentType, root: string): string | null {
  const own = type.sections.find(
    ({ id, fields }) =>
      root.startsWith(`${id}.`) ||
      Object.values(fields).some((field) => field.kind === 'list' && field.root === root),
  )
  return own?.id ?? null
}

const rootKindOf = (field: Field): RootKind =>
  field.kind === 'prose' ? 'prose' : field.kind === 'text' || field.kind === 'link' ? 'text' : 'map'

/**
 * Where the fields of one section, or of one record of a list, can be read and written.
 * Forms know only this, so the same input component serves both.
 */
export interface Place {
  /** Path prefix for findings and presence: `planning` or `audiences/<id>`. */
  readonly path: string
  readonly fields: Fields
  text(key: string, language: string): Y.Text | undefined
  prose(key: string, language: string): Y.XmlFragment | undefined
  get(key: string): Json
  set(key: string, value: Json): void
  /** Members of a `choices` or `references` field. */
  members(key: string): readonly string[]
  toggle(key: string, member: string, on: boolean): void
}

export class SectionPlace implements Place {
  readonly path: string
  readonly fields: Fields
  readonly #doc: Y.Doc
  constructor(doc: Y.Doc, section: Section) {
    this.#doc = doc
    this.path = section.id
    this.fields = section.fields
  }
  text(key: string, language: string): Y.Text {
    return this.#doc.getText(`${this.path}.${textKey(key, this.#field(key), language)}`)
  }
  prose(key: string, language: string): Y.XmlFragment {
    return this.#doc.getXmlFragment(`${this.path}.${textKey(key, this.#field(key), language)}`)
  }
  get(key: string): Json {
    return (this.#doc.getMap(scalarsRoot(this.path)).get(key) as Json) ?? null
  }
  set(key: string, value: Json): void {
    setScalar(this.#doc.getMap(scalarsRoot(this.path)), key, value)
  }
  members(key: string): readonly string[] {
    return membersOf(this.#doc.getMap(`${this.path}.${key}`))
  }
  toggle(key: string, member: string, on: boolean): void {
    toggleMember(this.#doc.getMap(`${this.path}.${key}`), member, on)
  }
  #field(key: string): Field {
    const field = this.fields[key]
    if (!field) throw new Error(`no field ${this.path}.${key}`)
    return field
  }
}

export class RecordPlace implements Place {
  readonly path: string
  readonly fields: Fields
  readonly #record: Y.Map<unknown>
  constructor(list: ListField, id: string, record: Y.Map<unknown>) {
    this.path = `${list.root}/${id}`
    this.fields = list.item
    this.#record = record
  }
  text(key: string, language: string): Y.Text | undefined {
    return as(Y.Text, this.#record.get(textKey(key, this.fields[key]!, language)))
  }
  prose(key: string, language: string): Y.XmlFragment | undefined {
    return as(Y.XmlFragment, this.#record.get(textKey(key, this.fields[key]!, language)))
  }
  get(key: string): Json {
    return (this.#record.get(key) as Json) ?? null
  }
  set(key: string, value: Json): void {
    setScalar(this.#record, key, value)
  }
  members(key: string): readonly string[] {
    const map = as(Y.Map, this.#record.get(key))
    return map ? membersOf(map) : []
  }
  toggle(key: string, member: string, on: boolean): void {
    const map = as(Y.Map, this.#record.get(key))
    if (map) toggleMember(map, member, on)
  }
}

/** The records of one list. */
export class ListPlace {
  readonly field: ListField
  readonly #doc: Y.Doc
  constructor(doc: Y.Doc, field: ListField) {
    this.#doc = doc
    this.field = field
  }
  /** Ids in display order. */
  ids(): readonly string[] {
    return orderedRecords(this.#map).map(([id]) => id)
  }
  record(id: string): RecordPlace | undefined {
    const record = isRecordId(id) ? as(Y.Map, this.#map.get(id)) : undefined
    return record && new RecordPlace(this.field, id, record)
  }
  /** Adds a record at the end, with every text it will ever have. Returns its id. */
  add(id: string = newUuid()): string {
    this.bring(id)
    return id
  }
  remove(id: string): void {
    this.#map.delete(id)
  }
  /** Adds a record that was there before, under its old id, empty and at the end. Where one is, nothing happens. */
  bring(id: string): void {
    if (this.record(id)) return
    const last = orderedRecords(this.#map).at(-1)
    const order = generateKeyBetween(last ? orderOf(last[1]) : null, null)
    this.#doc.transact(() => {
      this.#map.set(id, newRecord(this.field, readMeta(this.#doc).languages, order))
    })
  }
  /** Brings the records into the order of `ids`, which are all of them, moving as few as it can. */
  arrange(ids: readonly string[]): void {
    const records = new Map(orderedRecords(this.#map))
    const orders = new Map<string, string>()
    const moved = movedBetween([...records.keys()], ids)
    if (moved.size === 0) return
    for (let i = 0; i < ids.length; i++) {
      if (!moved.has(ids[i]!)) continue
      let end = i
      while (end < ids.length && moved.has(ids[end]!)) end++
      const before = i > 0 ? (orders.get(ids[i - 1]!) ?? orderOf(records.get(ids[i - 1]!)!)) : null
      const after = end < ids.length ? orderOf(records.get(ids[end]!)!) : null
      // Two people who add at once give the same key: between equals there is no room, so all are counted anew.
      if (before !== null && after !== null && before >= after) {
        const keys = generateNKeysBetween(null, null, ids.length)
        ids.forEach((id, place) => orders.set(id, keys[place]!))
        break
      }
      generateNKeysBetween(before, after, end - i).forEach((key, k) => orders.set(ids[i + k]!, key))
      i = end - 1
    }
    this.#doc.transact(() => orders.forEach((key, id) => records.get(id)!.set(ORDER_KEY, key)))
  }
  /** Moves a record by `step` places (−1 up, +1 down); at the ends nothing happens. */
  move(id: string, step: -1 | 1): void {
    const records = orderedRecords(this.#map).map(([other, record]) => ({ id: other, record }))
    const from = records.findIndex((r) => r.id === id)
    const to = from + step
    if (from < 0 || to < 0 || to >= records.length) return
    const [moved] = records.splice(from, 1)
    const before = records[to - 1] ? orderOf(records[to - 1]!.record) : null
    // Two people who add at once give the same key: between equals there is no room, so those behind move along.
    const behind = records.slice(to)
    const free = behind.findIndex(({ record }) => before === null || orderOf(record) > before)
    const equals = free < 0 ? behind : behind.slice(0, free)
    const after = free < 0 ? null : orderOf(behind[free]!.record)
    const keys = generateNKeysBetween(before, after, 1 + equals.length)
    this.#doc.transact(() => [moved!, ...equals].forEach(({ record }, i) => record.set('order', keys[i]!)))
  }
  get #map(): Y.Map<unknown> {
    return this.#doc.getMap(this.field.root)
  }
}

/** A record with all its containers; only the server may add containers later. */
export function newRecord(list: ListField, languages: readonly string[], order: string): Y.Map<unknown> {
  const record = new Y.Map<unknown>()
  record.set('order', order)
  for (const [name, field] of containersOf(list, languages)) record.set(name, newContainer(field))
  return record
}

/** What of its records two people may write at once, by its key in the record. */
const containersOf = (list: ListField, languages: readonly string[]): [string, LeafField][] =>
  Object.entries(list.item).flatMap(([key, field]): [string, LeafField][] => {
    if (field.kind === 'list' || isScalar(field)) return []
    return isTranslated(field) ? languages.map((l) => [`${key}:${l}`, field]) : [[key, field]]
  })

function newContainer(field: LeafField): Y.AbstractType<unknown> {
  switch (field.kind) {
    case 'prose':
      return new Y.XmlFragment() as Y.AbstractType<unknown>
    case 'choices':
    case 'references':
      return new Y.Map() as Y.AbstractType<unknown>
    default:
      return new Y.Text() as Y.AbstractType<unknown>
  }
}

/** What records are made of, in a word that changes with it. */
export const shapeOfRecords = (type: DocumentType): string =>
  type.sections
    .flatMap((section): Field[] => Object.values(section.fields))
    .filter((field): field is ListField => field.kind === 'list')
    .map(
      (list) =>
        `${list.root}:${containersOf(list, [''])
          .map(([name]) => name)
          .join()}`,
    )
    .join(' ')

interface LackingRecord {
  readonly record: Y.Map<unknown>
  readonly containers: readonly [name: string, field: LeafField][]
}

/** Records that lack containers because they are older than the field, or the language; the first `most`. */
function lackingRecords(type: DocumentType, doc: Y.Doc, most: number): LackingRecord[] {
  const { languages } = readMeta(doc)
  const lacking: LackingRecord[] = []
  for (const field of type.sections.flatMap((section): Field[] => Object.values(section.fields))) {
    if (field.kind !== 'list') continue
    const all = containersOf(field, languages)
    for (const [, record] of recordsIn(doc.getMap(field.root))) {
      const containers = all.filter(([name]) => !record.has(name))
      if (containers.length > 0) lacking.push({ record, containers })
      if (lacking.length === most) return lacking
    }
  }
  return lacking
}

/**
 * Gives the records of a document what they lack, a number of them at a time. Only one may do it, or two people lose the text of one
 * of them: the server, under `RECORDS_CLIENT`. `null` when nothing is lacking; else the update, and the clocks between which it lies.
 */
export function completeRecords(
  type: DocumentType,
  doc: Y.Doc,
  most: number = RECORDS_COMPLETED_AT_ONCE,
): { readonly update: Uint8Array; readonly from: number; readonly clock: number } | null {
  if (lackingRecords(type, doc, 1).length === 0) return null
  // On a copy: the document itself gets it with the log, like everybody.
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = RECORDS_CLIENT
  const before = Y.encodeStateVector(copy)
  const from = Y.getState(copy.store, RECORDS_CLIENT)
  copy.transact(() => {
    for (const { record, containers } of lackingRecords(type, copy, most))
      for (const [name, field] of containers) record.set(name, newContainer(field))
  })
  const update = Y.encodeStateAsUpdate(copy, before)
  const clock = Y.getState(copy.store, RECORDS_CLIENT)
  copy.destroy()
  return { update, from, clock }
}

/** Records by `order`, then by id: equal keys can come from two people adding at once. */
export function orderedRecords(map: Y.Map<unknown>): [string, Y.Map<unknown>][] {
  // Of a thousand records each key is looked at once, and not with every comparison.
  return recordsIn(map)
    .map((entry) => ({ entry, order: orderOf(entry[1]) }))
    .sort((a, b) => compare(a.order, b.order) || compare(a.entry[0], b.entry[0]))
    .map(({ entry }) => entry)
}

const recordsIn = (map: Y.Map<unknown>): [string, Y.Map<unknown>][] =>
  [...map.entries()].filter(
    (entry): entry is [string, Y.Map<unknown>] => isRecordId(entry[0]) && entry[1] instanceof Y.Map,
  )

/** An order key that nobody of ours wrote must not stop everybody else from adding to the list. */
function orderOf(record: Y.Map<unknown>): string {
  const key = record.get('order')
  if (typeof key !== 'string') return FIRST_ORDER
  try {
    generateKeyBetween(key, null)
    return key
  } catch {
    return FIRST_ORDER
  }
}
const FIRST_ORDER = 'a0'
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const membersOf = (map: Y.Map<unknown>): string[] =>
  [...map.entries()]
    .filter(([, on]) => on === true)
    .map(([member]) => member)
    .sort()

function toggleMember(map: Y.Map<unknown>, member: string, on: boolean): void {
  if (on) map.set(member, true)
  else map.delete(member)
}

function setScalar(map: Y.Map<unknown>, key: string, value: Json): void {
  if (value === null) map.delete(key)
  else map.set(key, value)
}

function as<T>(kind: new (...args: never[]) => T, value: unknown): T | undefined {
  return value instanceof kind ? value : undefined
}

export const isScalar = (field: Field): field is LeafField =>
  field.kind === 'choice' ||
  field.kind === 'date' ||
  field.kind === 'time' ||
  field.kind === 'number' ||
  field.kind === 'flag' ||
  field.kind === 'person' ||
  field.kind === 'picture' ||
  field.kind === 'acceptance'
