/** Entries from outside: each cell is read by its column, and what is wrong is said by row. Both sides read with this. */
import {
  REFERENCE_EDITION_MAX_BYTES,
  REFERENCE_ENTRIES_MAX,
  REFERENCE_PROBLEMS_MAX,
  LANGUAGES_MAX,
} from '../limits.ts'
import { isDay } from '../working-days.ts'
import { emptyCell, fold, keyOf, type Cell, type Column, type Entry, type ReferenceList } from './list.ts'

export type ProblemCode =
  | 'no_list'
  | 'no_entries'
  | 'too_many'
  | 'too_large'
  | 'no_entry'
  | 'unknown_column'
  | 'missing'
  | 'no_text'
  | 'too_long'
  | 'too_short'
  | 'no_id'
  | 'no_language'
  | 'no_link'
  | 'no_date'
  | 'no_number'
  | 'no_flag'
  | 'no_choice'
  | 'twice'
export interface Problem {
  /** Counted from 1; `null` when it is about all of it. */
  readonly row: number | null
  readonly column: string | null
  readonly code: ProblemCode
  /** What was there, or how much there may be. */
  readonly detail: string
}
export type Read =
  | { readonly kind: 'read'; readonly entries: readonly Entry[] }
  /** The first ones; there may be more. */
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] }

export const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/
const TAG_MAX = 35
const LINK_MAX = 500

const about = (code: ProblemCode, detail: string | number = ''): Read => ({
  kind: 'wrong',
  problems: [{ row: null, column: null, code, detail: String(detail) }],
})

export function readEntries(list: Pick<ReferenceList, 'columns' | 'key'>, raw: unknown): Read {
  if (!Array.isArray(raw)) return about('no_list')
  if (raw.length === 0) return about('no_entries')
  if (raw.length > REFERENCE_ENTRIES_MAX) return about('too_many', REFERENCE_ENTRIES_MAX)
  const problems: Problem[] = []
  const entries: Entry[] = []
  const rows = new Map<string, number>()
  for (const [i, value] of raw.entries()) {
    if (problems.length >= REFERENCE_PROBLEMS_MAX) break
    const wrong = (column: string | null, code: ProblemCode, detail = ''): void =>
      void problems.push({ row: i + 1, column, code, detail: detail.slice(0, 60) })
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      wrong(null, 'no_entry')
      continue
    }
    const cells = value as { readonly [column: string]: unknown }
    for (const name of Object.keys(cells))
      if (!Object.hasOwn(list.columns, name)) wrong(name, 'unknown_column', name)
    const entry: { [column: string]: Cell } = {}
    for (const [name, column] of Object.entries(list.columns)) {
      const read = readCell(column, Object.hasOwn(cells, name) ? cells[name] : undefined)
      if ('code' in read) wrong(name, read.code, read.detail)
      else entry[name] = read.cell
    }
    const key = keyOf(list, entry)
    const before = rows.get(key)
    if (before !== undefined) wrong(list.key.at(-1) ?? null, 'twice', String(before))
    rows.set(key, i + 1)
    entries.push(entry)
  }
  if (problems.length > 0) return { kind: 'wrong', problems: problems.slice(0, REFERENCE_PROBLEMS_MAX) }
  const bytes = new TextEncoder().encode(JSON.stringify(entries)).length
  return bytes > REFERENCE_EDITION_MAX_BYTES
    ? about('too_large', Math.floor(REFERENCE_EDITION_MAX_BYTES / 1024))
    : { kind: 'read', entries }
}

type ReadCell = { readonly cell: Cell } | { readonly code: ProblemCode; readonly detail: string }
const not = (code: ProblemCode, detail: unknown = ''): ReadCell => ({ code, detail: String(detail) })
const length = (text: string): number => [...text].length

function readCell(column: Column, value: unknown): ReadCell {
  const nothing = value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  if (nothing) return column.required ? not('missing') : { cell: emptyCell(column) }
  switch (column.kind) {
    case 'text':
      return readText(value, column.max, column.min)
    case 'id':
      return matching(value, ID, 'no_id')
    case 'language':
      return matching(value, LANGUAGE_TAG, 'no_language', TAG_MAX)
    case 'link':
      return readLink(value)
    case 'date':
      return typeof value === 'string' && isDay(value.trim())
        ? { cell: value.trim() }
        : not('no_date', typeof value === 'object' ? '' : value)
    case 'number':
      return typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= column.min &&
        value <= column.max
        ? { cell: value }
        : not('no_number', `${column.min}–${column.max}`)
    case 'flag':
      return typeof value === 'boolean' ? { cell: value } : not('no_flag')
    case 'choice':
      return typeof value === 'string' && column.options.includes(value)
        ? { cell: value }
        : not('no_choice', column.options.join(', '))
    case 'texts':
      return readTexts(value, column)
    case 'translated':
      return readTranslated(value, column)
  }
}

function readText(value: unknown, max: number, min = 0): ReadCell {
  if (typeof value !== 'string') return not('no_text')
  const text = value.trim()
  if (length(text) > max) return not('too_long', max)
  return length(fold(text)) < min ? not('too_short', min) : { cell: text }
}

function matching(value: unknown, pattern: RegExp, code: ProblemCode, max = 40): ReadCell {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text.length <= max && pattern.test(text)) return { cell: text }
  // An object from outside may have a `toString` that is no function.
  return not(code, typeof value === 'object' ? '' : String(value))
}

/** Links of an administration are shown to citizens: nothing that a browser would run. */
function readLink(value: unknown): ReadCell {
  const text = typeof value === 'string' ? value.trim() : ''
  return length(text) <= LINK_MAX && /^https?:\/\//i.test(text) && URL.canParse(text)
    ? { cell: text }
    : not('no_link', String(value))
}

function readTexts(value: unknown, { max, count }: Column & { kind: 'texts' }): ReadCell {
  if (!Array.isArray(value) || value.some((one) => typeof one !== 'string')) return not('no_text')
  const texts = (value as string[]).map((one) => one.trim()).filter(Boolean)
  if (texts.length > count) return not('too_many', count)
  return texts.some((one) => length(one) > max) ? not('too_long', max) : { cell: texts }
}

function readTranslated(value: unknown, column: Column & { kind: 'translated' }): ReadCell {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return not('no_text')
  const texts: { [language: string]: string } = {}
  for (const [language, text] of Object.entries(value)) {
    if (!LANGUAGE_TAG.test(language) || language.length > TAG_MAX) return not('no_language', language)
    if (typeof text !== 'string') return not('no_text')
    if (length(text.trim()) > column.max) return not('too_long', column.max)
    if (text.trim()) texts[language] = text.trim()
  }
  if (Object.keys(texts).length > LANGUAGES_MAX) return not('too_many', LANGUAGES_MAX)
  return Object.keys(texts).length === 0 && column.required ? not('missing') : { cell: texts }
}
