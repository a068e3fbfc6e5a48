/**
 * Entries that another administration has published (DOMAIN E.1, `catalogo-herramientas`; E.2): the whole dataset, a list, or one of them.
 * Names of columns are those of the dataset; `JSON` of a catalogue of ours has the same.
 */
import { IMPORT_MAX_DEPTH, IMPORT_TOOLS_MAX } from '../limits.ts'
import {
  dateFrom,
  inOneOf,
  isRecord,
  isTooLarge,
  line,
  prose,
  sourceFrom,
  toolFrom,
  type ImportedTool,
  type ImportRead,
} from './imported.ts'

/** Under one of these names the list stands. */
const LISTS = ['tools', 'entries', 'catalogue', 'items', 'data'] as const
/** Editions of the schema whose fields we know. */
const VERSIONS = /^1(\.\d+)*$/

export function readPublishedEntries(text: string, languages: readonly string[]): ImportRead {
  if (isTooLarge(text)) return { fault: 'large' }
  if (isDeeperThan(text, IMPORT_MAX_DEPTH)) return { fault: 'shape' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: 'json' }
  }
  const whole = isRecord(json) ? json : {}
  const version = whole['schemaVersion']
  if (version !== undefined && !VERSIONS.test(line(version))) return { fault: 'version' }
  const rows = rowsOf(json)
  if (rows === null || rows.length === 0) return { fault: 'shape' }
  if (rows.length > IMPORT_TOOLS_MAX) return { fault: 'many' }
  // Read once: what the whole says may be long, and each of a thousand entries falls back on it.
  const common = commonOf(whole, languages)
  const tools = rows.flatMap((row) => entryFrom(row, common, languages) ?? [])
  return tools.length === 0 ? { fault: 'name' } : { tools, skipped: rows.length - tools.length }
}

/** Before it is read: whoever reads what has no bottom falls, and each engine of a browser in its own way. */
function isDeeperThan(json: string, most: number): boolean {
  let depth = 0
  let isText = false
  for (let i = 0; i < json.length; i++) {
    const sign = json[i]
    if (isText && sign === '\\') i++
    else if (sign === '"') isText = !isText
    else if (isText) continue
    else if ((sign === '[' || sign === '{') && ++depth > most) return true
    else if (sign === ']' || sign === '}') depth--
  }
  return false
}

function rowsOf(json: unknown): readonly unknown[] | null {
  if (Array.isArray(json)) return json
  if (!isRecord(json)) return null
  for (const key of LISTS) if (Array.isArray(json[key])) return json[key]
  return 'name' in json || 'tool' in json ? [json] : null
}

type Said = { readonly [key: string]: unknown }
const firstOf = (places: readonly Said[], ...keys: readonly string[]): unknown =>
  places
    .flatMap((from) => keys.map((key) => from[key]))
    .find((value) => value !== undefined && value !== null)

/** What may be said of an entry, or of all of them at once. */
function wordsOf(places: readonly Said[], languages: readonly string[]) {
  const publisher = firstOf(places, 'publisher', 'organisation', 'body')
  return {
    publisher: line(
      inOneOf(isRecord(publisher) && 'name' in publisher ? publisher['name'] : publisher, languages),
    ),
    source: sourceFrom(firstOf(places, 'page', '$id')),
    date: dateFrom(firstOf(places, 'decided_on', 'decidedOn')),
    verdict: line(firstOf(places, 'status', 'decision')),
    description: prose(
      inOneOf(firstOf(places, 'summary', 'description', 'intendedUse', 'intended_use'), languages),
    ),
  }
}
function commonOf(whole: Said, languages: readonly string[]) {
  const words = wordsOf([whole], languages)
  const source = isRecord(whole['source']) ? whole['source'] : {}
  return {
    ...words,
    date: words.date || dateFrom(whole['generatedAt']),
    origin: sourceFrom(source['url']),
  }
}

function entryFrom(
  row: unknown,
  common: ReturnType<typeof commonOf>,
  languages: readonly string[],
): ImportedTool | null {
  if (!isRecord(row)) return null
  const tool = isRecord(row['tool']) ? row['tool'] : row
  const own = wordsOf([row, tool], languages)
  const site = tool['website'] ?? tool['landingURL']
  // Of an entry, its address is that of its page; where there is no other, that of the tool.
  const page = site !== undefined || row !== tool ? row['url'] : undefined
  return toolFrom(inOneOf(tool['name'] ?? row['name'], languages), site ?? tool['url'], {
    kind: 'catalogue',
    publisher: own.publisher || common.publisher,
    source: own.source || common.source || sourceFrom(page) || common.origin,
    date: own.date || common.date,
    licence: line(tool['licence'] ?? tool['license']),
    verdict: own.verdict || common.verdict,
    description: own.description || common.description,
  })
}
