/**
 * Finding words in a document: in all its sections, languages and lists, whatever the accents. Pure, so that it works
 * without a network and can be measured.
 */
import { at, isObject } from '../compare/damage.ts'
import { itemName } from '../checks/required.ts'
import { paragraphsOf } from '../compare/paragraphs.ts'
import { recordsOf } from '../compare/records.ts'
import { FIND_HITS_MAX, FIND_SNIPPET_CHARACTERS } from '../limits.ts'
import type { DocumentType, Fields, LeafField } from '../schema/fields.ts'
import { foldWithOffsets, type Folded } from './folded.ts'

/** One text of a document, and where it stands. */
export interface Passage {
  readonly section: string
  /** As in findings, with the language of a translated text: `audiences/<id>/name:eu`. */
  readonly path: string
  /** Label of the field; English, the key of its translations. */
  readonly label: string
  readonly language: string | null
  /** Of the list it is in, what its record is called; '' elsewhere. */
  readonly record: string
  readonly text: string
}

export interface Hit extends Omit<Passage, 'text'> {
  /** What stands around the words, cut at whole signs; the words themselves are the parts with `found`. */
  readonly snippet: readonly { readonly text: string; readonly found: boolean }[]
}
export interface Found {
  readonly hits: readonly Hit[]
  /** Of all, also of those that are not shown. */
  readonly total: number
}

/** @param choice what an option is called on the screen; '' for what has no name */
export function passagesOf(
  type: DocumentType,
  json: unknown,
  choice: (field: LeafField & { kind: 'choice' | 'choices' }, id: string) => string,
  namesIn = '',
): Passage[] {
  const passages: Passage[] = []
  const place = (section: string, fields: Fields, values: unknown, prefix: string, called = ''): void => {
    for (const [key, field] of Object.entries(fields)) {
      const value = at(values, key)
      if (field.kind === 'list') {
        for (const record of recordsOf(value).records.values())
          place(section, field.item, record, `${field.root}/${record.id}/`, itemName(record, namesIn))
        continue
      }
      const add = (text: string, language: string | null = null): void => {
        if (text.trim() === '') return
        const path = `${prefix}${key}${language === null ? '' : `:${language}`}`
        passages.push({ section, path, label: field.label, language, record: called, text })
      }
      if ((field.kind === 'text' || field.kind === 'prose') && field.translated) {
        if (isObject(value))
          for (const [language, said] of Object.entries(value)) add(textOf(field, said, choice), language)
      } else add(textOf(field, value, choice))
    }
  }
  for (const { id, fields } of type.sections) place(id, fields, at(json, id), `${id}.`)
  return passages
}

function textOf(field: LeafField, value: unknown, choice: Parameters<typeof passagesOf>[2]): string {
  switch (field.kind) {
    case 'text':
    case 'link':
      return typeof value === 'string' ? value : ''
    case 'prose':
      return (paragraphsOf(value) ?? []).map(({ text }) => text).join('\n')
    case 'choice':
      return typeof value === 'string' ? choice(field, value) : ''
    case 'choices':
      return Array.isArray(value) ? value.map((id) => choice(field, String(id))).join(', ') : ''
    case 'person':
    case 'picture':
      return isObject(value) && typeof value['name'] === 'string' ? value['name'] : ''
    case 'number':
      return typeof value === 'number' ? String(value) : ''
    default:
      // A reference is found where its record stands.
      return ''
  }
}

/** Folding a text costs; it is done once for as long as the text stands somewhere. */
export class Finder {
  #folded: ReadonlyMap<string, Folded> = new Map()
  #passages: readonly Passage[] = []

  look(passages: readonly Passage[]): void {
    const folded = new Map<string, Folded>()
    for (const { text } of passages)
      if (!folded.has(text)) folded.set(text, this.#folded.get(text) ?? foldWithOffsets(text))
    this.#folded = folded
    this.#passages = passages
  }

  find(query: string): Found {
    const needle = foldWithOffsets(query.trim()).text
    const hits: Hit[] = []
    let total = 0
    if (needle === '') return { hits, total }
    for (const { text, ...where } of this.#passages) {
      const folded = this.#folded.get(text)!
      const starts = occurrences(folded.text, needle)
      if (starts.length === 0) continue
      total += starts.length
      if (hits.length < FIND_HITS_MAX)
        hits.push({
          ...where,
          snippet: snippetOf(
            text,
            folded,
            starts.map((at) => [at, at + needle.length]),
          ),
        })
    }
    return { hits, total }
  }
}

function occurrences(text: string, needle: string): number[] {
  const starts: number[] = []
  for (let i = text.indexOf(needle); i >= 0; i = text.indexOf(needle, i + needle.length)) starts.push(i)
  return starts
}

/** @param places where the folded text has what was looked for, from and to, in their order; at least one */
export function snippetOf(
  text: string,
  folded: Folded,
  places: readonly (readonly [number, number])[],
): Hit['snippet'] {
  const spans = places.map(([from, to]) => ({ from: folded.offsets[from]!, to: folded.offsets[to]! }))
  const first = spans[0]!
  const before = Math.max(0, first.from - FIND_SNIPPET_CHARACTERS / 2)
  const after = Math.min(text.length, Math.max(first.to, before + FIND_SNIPPET_CHARACTERS))
  const from = before === 0 ? 0 : wordFrom(text, before, first.from)
  const to = after === text.length ? after : wordTo(text, after, first.to)
  const parts: { text: string; found: boolean }[] = []
  const add = (words: string, found: boolean): void => {
    if (words !== '') parts.push({ text: words.replace(/\s+/g, ' '), found })
  }
  if (from > 0) add('… ', false)
  let done = from
  for (const found of spans) {
    if (found.to > to) break
    add(text.slice(done, found.from), false)
    add(text.slice(found.from, found.to), true)
    done = found.to
  }
  add(text.slice(done, to), false)
  if (to < text.length) add(' …', false)
  return parts
}

/** The next beginning of a word, so that neither a word nor a sign of several units is cut; at worst the words found. */
function wordFrom(text: string, from: number, most: number): number {
  const space = /\s/g
  space.lastIndex = from
  const found = space.exec(text.slice(0, most))
  return found ? found.index + 1 : most
}
function wordTo(text: string, to: number, least: number): number {
  for (let i = to; i > least; i--) if (/\s/.test(text[i - 1]!)) return i - 1
  return least
}
