/**
 * Lists as files: JSON with date and source, and CSV with one row an entry for whoever works in a spreadsheet. In CSV a
 * translated column is one column a language (`notes:eu`), several texts stand in one cell with `|` between them.
 */
import { REFERENCE_FILE_MAX_BYTES } from '../limits.ts'
import type { Translated } from '../schema/fields.ts'
import { parseCsv, toCsv } from './csv.ts'
import type { Cell, Columns, Content, Entry, ReferenceList } from './list.ts'
import { readEntries, type Problem } from './reading.ts'

export type FileRead =
  | {
      readonly kind: 'read'
      readonly entries: readonly Entry[]
      /** Empty where the file does not say. */
      readonly verifiedOn: string
      readonly source: string
    }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] }
  /** `other`: of another list. */
  | { readonly kind: 'unreadable'; readonly why: 'too_large' | 'no_file' | 'other' }

export const jsonFile = (list: Pick<ReferenceList, 'id'>, content: Content): string =>
  `${JSON.stringify({ list: list.id, ...content }, null, 2)}\n`

export function csvFile({ columns }: Pick<ReferenceList, 'columns'>, entries: readonly Entry[]): string {
  const heads = headsOf(columns, entries)
  return toCsv([
    heads.map(({ head }) => head),
    ...entries.map((entry) => heads.map(({ name, language }) => said(entry[name], language))),
  ])
}

/** Reads either form; which one it is shows in its first sign. */
export function readFile(list: ReferenceList, text: string): FileRead {
  if (text.length > REFERENCE_FILE_MAX_BYTES) return { kind: 'unreadable', why: 'too_large' }
  const begins = text.replace(/^\uFEFF/, '').trimStart()
  if (begins.startsWith('{') || begins.startsWith('[')) return readJson(list, begins)
  const rows = parseCsv(text)
  if (!rows) return { kind: 'unreadable', why: 'no_file' }
  const [heads = [], ...records] = rows
  const known = heads.map((head) => headOf(list.columns, head))
  if (!known.some((one) => one !== null)) return { kind: 'unreadable', why: 'no_file' }
  const stranger = heads.find((_, i) => known[i] === null)
  if (stranger !== undefined)
    return {
      kind: 'wrong',
      problems: [{ row: null, column: stranger, code: 'unknown_column', detail: stranger.slice(0, 60) }],
    }
  const raw = records.map((cells) => entryFrom(list.columns, known as Head[], cells))
  const read = readEntries(list, raw)
  return read.kind === 'read' ? { ...read, verifiedOn: '', source: '' } : read
}

function readJson(list: ReferenceList, text: string): FileRead {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { kind: 'unreadable', why: 'no_file' }
  }
  const file = (Array.isArray(json) ? { entries: json } : json) as { readonly [key: string]: unknown }
  if (file['list'] !== undefined && file['list'] !== list.id) return { kind: 'unreadable', why: 'other' }
  const read = readEntries(list, file['entries'])
  if (read.kind !== 'read') return read
  const { verifiedOn, source } = file
  return {
    ...read,
    verifiedOn: typeof verifiedOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(verifiedOn) ? verifiedOn : '',
    source: typeof source === 'string' ? source.trim() : '',
  }
}

interface Head {
  readonly head: string
  readonly name: string
  readonly language: string
}

function headsOf(columns: Columns, entries: readonly Entry[]): Head[] {
  return Object.entries(columns).flatMap(([name, { kind }]): Head[] => {
    if (kind !== 'translated') return [{ head: name, name, language: '' }]
    const languages = new Set(['en', 'es', 'eu', 'ca'])
    for (const entry of entries) Object.keys(entry[name] ?? {}).forEach((language) => languages.add(language))
    return [...languages].map((language) => ({ head: `${name}:${language}`, name, language }))
  })
}

/** `null` for what is no column. */
function headOf(columns: Columns, written: string): Head | null {
  const head = written.trim()
  const [name = '', language = ''] = head.split(':')
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined
  return column && (column.kind === 'translated') === (language !== '') ? { head, name, language } : null
}

function said(cell: Cell | undefined, language: string): string {
  if (cell === null || cell === undefined) return ''
  if (Array.isArray(cell)) return (cell as readonly string[]).join(' | ')
  return typeof cell === 'object' ? ((cell as Translated<string>)[language] ?? '') : String(cell)
}

const FLAGS: { readonly [written: string]: boolean } = { true: true, false: false, '1': true, '0': false }

/** What cannot be what its column asks for stays as it was written, so that reading it says so. */
function entryFrom(columns: Columns, heads: readonly Head[], cells: readonly string[]): object {
  const entry: { [column: string]: unknown } = {}
  for (const [i, { name, language }] of heads.entries()) {
    const text = (cells[i] ?? '').trim()
    switch (columns[name]!.kind) {
      case 'number':
        entry[name] = /^\d+$/.test(text) ? Number(text) : text
        break
      case 'flag':
        entry[name] = FLAGS[text.toLowerCase()] ?? text
        break
      case 'texts':
        entry[name] = text === '' ? [] : text.split('|')
        break
      case 'translated':
        entry[name] = { ...(entry[name] as object), [language]: text }
        break
      default:
        entry[name] = text
    }
  }
  return entry
}
