/** `publiccode.yml` of a free program (https://yml.publiccode.tools): its name, where it is, and what its makers say of it. */
import { parseDocument } from 'yaml'
import {
  dateFrom,
  inOneOf,
  isRecord,
  isTooLarge,
  line,
  prose,
  sourceFrom,
  toolFrom,
  type ImportRead,
} from './imported.ts'

/** Editions of the standard whose fields we know: all of 0. */
const VERSIONS = /^0(\.\d+){0,2}$/

export function readPubliccode(text: string, languages: readonly string[]): ImportRead {
  if (isTooLarge(text)) return { fault: 'large' }
  const said = valueOf(text)
  if (said === 'yaml' || said === 'aliases') return { fault: said }
  if (!isRecord(said)) return { fault: 'shape' }
  const version = said['publiccodeYmlVersion']
  if (version === undefined) return { fault: 'shape' }
  if (!VERSIONS.test(line(version))) return { fault: 'version' }
  const description = inOneOf(said['description'], languages)
  const words = isRecord(description) ? description : {}
  const legal = isRecord(said['legal']) ? said['legal'] : {}
  const organisation = isRecord(said['organisation']) ? said['organisation'] : {}
  const tool = toolFrom(
    inOneOf(words['localisedName'], languages) ?? said['name'],
    said['landingURL'] ?? said['url'],
    {
      kind: 'publiccode',
      publisher: line(organisation['name'] ?? legal['repoOwner'] ?? legal['mainCopyrightOwner']),
      source: sourceFrom(said['url']),
      date: dateFrom(said['releaseDate']),
      licence: line(legal['license']),
      verdict: '',
      description: prose(words['shortDescription'] ?? words['longDescription']),
    },
  )
  return tool === null ? { fault: 'name' } : { tools: [tool], skipped: 0 }
}

function valueOf(text: string): unknown {
  let document: ReturnType<typeof parseDocument>
  try {
    // Core schema: no dates, no code; a key that stands twice is a mistake, and a tag nobody knows is only a warning.
    document = parseDocument(text, { schema: 'core', uniqueKeys: true, logLevel: 'error' })
  } catch {
    // So deep that whoever reads it falls.
    return 'yaml'
  }
  if (document.errors.length > 0) return 'yaml'
  try {
    // Nothing in the standard needs an alias, and a few of them can stand for more than a machine holds.
    return document.toJS({ maxAliasCount: 0 }) as unknown
  } catch {
    return 'aliases'
  }
}
