/** `publiccode.yml` of a free program (https://yml.publiccode.tools): its name, where it is, and what its makers say of it. */
import { constructFromEvents, CORE_SCHEMA, EVENT_ID, parseEvents } from 'js-yaml'
import { IMPORT_MAX_DEPTH } from '../limits.ts'
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

/** It stops at the first mistake, and at what lies deeper than anything in the standard: whoever reads it waits no longer for that than for an honest file. */
function valueOf(text: string): unknown {
  try {
    const events = parseEvents(text, { maxDepth: IMPORT_MAX_DEPTH })
    // Nothing in the standard needs an alias, and a few of them can stand for more than a machine holds.
    if (events.some(({ type }) => type === EVENT_ID.ALIAS)) return 'aliases'
    // Core schema: no dates, no code; a key that stands twice is a mistake.
    const documents = constructFromEvents(events, { source: text, schema: CORE_SCHEMA })
    return documents.length > 1 ? 'yaml' : documents[0]
  } catch {
    return 'yaml'
  }
}
