/**
 * Entries that another administration has published (DOMAIN E.1, `catalogo-herramientas`; E.2): the whole dataset, a list, or one of them.
 * Names of columns are those of the dataset; `JSON` of a catalogue of ours has the same.
 */
import { IMPORT_TOOLS_MAX } from '../limits.ts'
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
  const tools = rows.flatMap((row) => entryFrom(row, whole, languages) ?? [])
  return tools.length === 0 ? { fault: 'name' } : { tools, skipped: rows.length - tools.length }
}

function rowsOf(json: unknown): readonly unknown[] | null {
  if (Array.isArray(json)) return json
  if (!isRecord(json)) return null
  for (const key of LISTS) if (Array.isArray(json[key])) return json[key]
  return 'name' in json || 'tool' in json ? [json] : null
}

function entryFrom(
  row: unknown,
  whole: { readonly [key: string]: unknown },
  languages: readonly string[],
): ImportedTool | null {
  if (!isRecord(row)) return null
  const tool = isRecord(row['tool']) ? row['tool'] : row
  const said = (...keys: readonly string[]): unknown => {
    for (const from of [row, tool, whole])
      for (const key of keys) if (from[key] !== undefined && from[key] !== null) return from[key]
    return undefined
  }
  const publisher = said('publisher', 'organisation', 'body')
  const source = isRecord(whole['source']) ? whole['source'] : {}
  const site = tool['website'] ?? tool['landingURL']
  // Of an entry, its address is that of its page; where there is no other, that of the tool.
  const page = site !== undefined || row !== tool ? row['url'] : undefined
  return toolFrom(inOneOf(tool['name'] ?? row['name'], languages), site ?? tool['url'], {
    kind: 'catalogue',
    publisher: line(
      inOneOf(isRecord(publisher) && 'name' in publisher ? publisher['name'] : publisher, languages),
    ),
    source: sourceFrom(said('page', '$id') ?? page ?? source['url']),
    date: dateFrom(said('decided_on', 'decidedOn') ?? whole['generatedAt']),
    licence: line(tool['licence'] ?? tool['license']),
    verdict: line(said('status', 'decision')),
    description: prose(inOneOf(said('summary', 'description', 'intendedUse', 'intended_use'), languages)),
  })
}
