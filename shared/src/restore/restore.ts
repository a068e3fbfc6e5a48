/**
 * What a version said, said again: a forward edit of the person who acts, through the same accessors as every other one. What
 * is not part of it stays, whoever writes it meanwhile; nothing of the history is touched.
 */
import type * as Y from 'yjs'
import type { Json } from '../canonical.ts'
import { at } from '../compare/damage.ts'
import { recordsOf, type Entry } from '../compare/records.ts'
import { paragraphsOf } from '../compare/paragraphs.ts'
import { PASTE_MAX_CHARACTERS } from '../limits.ts'
import type { DocumentType, Fields, LeafField, ListField, RichText, Section } from '../schema/fields.ts'
import { ListPlace, SectionPlace, readMeta, type Place } from '../schema/shapes.ts'
import { restoreProse, restoreText, type Step } from './restored-text.ts'

/** Origin of its transactions, for whoever offers to take it back. */
export const RESTORE = 'restore'

export class Restoring {
  readonly #type: DocumentType
  readonly #doc: Y.Doc
  readonly #version: unknown
  readonly #languages: readonly string[]
  readonly #person: string
  readonly #step: Step

  /** @param version its JSON, parsed @param person who acts */
  constructor(type: DocumentType, doc: Y.Doc, version: unknown, person: string) {
    this.#type = type
    this.#doc = doc
    this.#version = version
    this.#languages = readMeta(doc).languages
    this.#person = person
    this.#step = (step) => doc.transact(step, RESTORE)
  }

  /** Whether anything of this version can be said again at this path (as comparisons name it). */
  can(path: string): boolean {
    const spot = this.#spot(path)
    if (!spot) return false
    if (spot.kind === 'record') return true
    if (spot.field.kind === 'acceptance') return this.#isMine(spot.place.get(spot.key), spot.value)
    return spot.value !== undefined
  }

  /** One field, or a record that came, went or moved. */
  path(path: string): void {
    const spot = this.#spot(path)
    if (!spot) return
    if (spot.kind === 'leaf') return this.#leaf(spot.place, spot.key, spot.field, spot.value, spot.languages)
    const { field, id, records } = spot
    const list = new ListPlace(this.#doc, field)
    const old = records.get(id)
    if (!old) return this.#step(() => list.remove(id))
    if (!list.record(id)) this.#bring(list, old)
    this.#step(() => list.arrange(placed(list.ids(), [...records.keys()], id)))
  }

  /** All of it; what this version does not know stays as it is. */
  all(): void {
    const small = JSON.stringify(this.#version).length <= 2 * PASTE_MAX_CHARACTERS
    // In one piece, so that nobody sees half of it; a long text could not travel like that.
    if (small) this.#step(() => this.#sections())
    else this.#sections()
  }

  #sections(): void {
    for (const section of this.#type.sections) {
      const values = at(this.#version, section.id)
      const place = new SectionPlace(this.#doc, section)
      for (const [key, field] of Object.entries(section.fields)) {
        const value = at(values, key)
        if (value === undefined || field.restricted) continue
        if (field.kind === 'list') this.#list(field, value)
        else this.#leaf(place, key, field, value, this.#languages)
      }
    }
  }

  #list(field: ListField, value: unknown): void {
    if (!Array.isArray(value)) return
    const list = new ListPlace(this.#doc, field)
    const { records } = recordsOf(value)
    for (const id of list.ids()) if (!records.has(id)) this.#step(() => list.remove(id))
    for (const record of records.values()) this.#bring(list, record)
    this.#step(() => list.arrange([...records.keys()]))
  }

  /** The record with what it said; one that is there already says it again. */
  #bring(list: ListPlace, old: Entry): void {
    this.#step(() => list.bring(old.id))
    this.#fields(list.field.item, list.record(old.id)!, old)
  }

  #fields(fields: Fields, place: Place, values: unknown): void {
    for (const [key, field] of Object.entries(fields)) {
      const value = at(values, key)
      // What is for the team alone is in no version, but in some from before.
      if (value !== undefined && field.kind !== 'list' && !field.restricted)
        this.#leaf(place, key, field, value, this.#languages)
    }
  }

  #leaf(place: Place, key: string, field: LeafField, value: unknown, languages: readonly string[]): void {
    const step = this.#step
    switch (field.kind) {
      case 'text':
      case 'prose': {
        for (const language of field.translated ? languages : ['']) {
          const wanted = field.translated ? at(value, language) : value
          if (field.kind === 'text') {
            const text = place.text(key, language)
            if (text && typeof wanted === 'string') restoreText(text, wanted, step)
          } else {
            const prose = place.prose(key, language)
            if (prose && paragraphsOf(wanted) !== null) restoreProse(prose, wanted as RichText, step)
          }
        }
        return
      }
      case 'link': {
        const text = place.text(key, '')
        if (text && typeof value === 'string') restoreText(text, value, step)
        return
      }
      case 'choices':
      case 'references': {
        if (!Array.isArray(value)) return
        const wanted = new Set(value.filter((member): member is string => typeof member === 'string'))
        const now = new Set(place.members(key))
        step(() => {
          for (const member of now) if (!wanted.has(member)) place.toggle(key, member, false)
          for (const member of wanted) if (!now.has(member)) place.toggle(key, member, true)
        })
        return
      }
      case 'flag':
        if ((place.get(key) === true) !== (value === true))
          step(() => place.set(key, value === true ? true : null))
        return
      case 'acceptance':
        if (!this.#isMine(place.get(key), value)) return
        return this.#scalar(place, key, value as Json)
      default:
        return this.#scalar(place, key, value as Json)
    }
  }

  /** Somebody's own "yes" to something: only they can say it again, or take it back. */
  #isMine(now: Json, then: unknown): boolean {
    const said = then === null ? now : then
    return at(said, 'by') === this.#person
  }

  #scalar(place: Place, key: string, value: Json): void {
    if (JSON.stringify(place.get(key)) !== JSON.stringify(value)) this.#step(() => place.set(key, value))
  }

  #spot(path: string): Spot | null {
    const [root = '', id, name] = path.split('/')
    if (id === undefined) {
      const [sectionId, rest = ''] = path.split('.')
      const section = this.#type.sections.find((one) => one.id === sectionId)
      return section
        ? this.#leafSpot(
            new SectionPlace(this.#doc, section),
            section.fields,
            at(this.#version, section.id),
            rest,
          )
        : null
    }
    const found = listOf(this.#type, root)
    if (!found) return null
    const value = at(at(this.#version, found.section.id), found.key)
    if (!Array.isArray(value)) return null
    const { records } = recordsOf(value)
    if (name === undefined) return { kind: 'record', field: found.field, id, records }
    const place = new ListPlace(this.#doc, found.field).record(id)
    return place && records.has(id) ? this.#leafSpot(place, found.field.item, records.get(id), name) : null
  }

  #leafSpot(place: Place, fields: Fields, values: unknown, name: string): Spot | null {
    const [key = '', language] = name.split(':')
    const field = Object.hasOwn(fields, key) ? fields[key]! : null
    if (!field || field.kind === 'list') return null
    const languages =
      language === undefined ? this.#languages : this.#languages.filter((one) => one === language)
    if (languages.length === 0 && language !== undefined) return null
    const value = at(values, key)
    const said = language === undefined ? value : at(value, language)
    return { kind: 'leaf', place, key, field, value: said === undefined ? undefined : value, languages }
  }
}

type Spot =
  | {
      readonly kind: 'leaf'
      readonly place: Place
      readonly key: string
      readonly field: LeafField
      /** Of the whole field, in all its languages. */
      readonly value: unknown
      readonly languages: readonly string[]
    }
  | {
      readonly kind: 'record'
      readonly field: ListField
      readonly id: string
      readonly records: ReadonlyMap<string, Entry>
    }

function listOf(
  type: DocumentType,
  root: string,
): { readonly section: Section; readonly key: string; readonly field: ListField } | null {
  for (const section of type.sections)
    for (const [key, field] of Object.entries(section.fields))
      if (field.kind === 'list' && field.root === root) return { section, key, field }
  return null
}

/** The records as they stand, with this one behind the last that stood before it and is still there. */
function placed(now: readonly string[], then: readonly string[], id: string): string[] {
  const others = now.filter((one) => one !== id)
  const before = then.slice(0, then.indexOf(id)).findLast((one) => others.includes(one))
  const place = before === undefined ? 0 : others.indexOf(before) + 1
  return [...others.slice(0, place), id, ...others.slice(place)]
}
