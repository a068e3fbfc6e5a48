/**
 * Where texts name somebody: by the account, as whoever is chosen for something, or by their name in a sentence. They are the work of others and
 * of the house, so they are listed for people to change, and not changed for them.
 */
import { sql } from 'kysely'
import type { Json } from '@auzolan/shared/canonical.ts'
import { foldWithOffsets } from '@auzolan/shared/find/folded.ts'
import { channelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { ERASED_NAMED_IN_MAX } from '@auzolan/shared/limits.ts'
import type { NamedIn } from '@auzolan/shared/protocol/personal-data.ts'
import type { Comments } from '../comments/comments.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Journal } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'

export interface NamedInPorts {
  readonly journal: Journal
  readonly comments: Comments
  readonly compaction: Compaction
}

const PASSAGES_A_STEP = 500
/** In a name that is shorter than this anything would be found. */
const NAME_MIN_CHARACTERS = 3

/** Reads every text there is: some milliseconds each. The first `ERASED_NAMED_IN_MAX` places. */
export async function namedIn(ports: NamedInPorts, person: PersonId): Promise<NamedIn[]> {
  const { rows } = ports.journal
  const documents = await rows.selectFrom('document').select(['id', 'title']).orderBy('id').execute()
  const found = new Map<string, NamedIn>()
  for (const { id, title } of documents) {
    if (found.size >= ERASED_NAMED_IN_MAX) break
    const paths = [
      ...(await chosenIn(ports, id as DocumentId, person)),
      ...(await saidIn(ports, id as DocumentId, person)),
    ]
    for (const path of paths) found.set(`${id}/${path}`, { document: id, title: JSON.parse(title), path })
  }
  for (const { document, title, path } of await inSentences(ports, person))
    found.set(`${document}/${path}`, { document, title: JSON.parse(title), path })
  const settings = await rows
    .selectFrom('setting')
    .select('key')
    .where(sql<boolean>`instr(value, ${JSON.stringify(person)}) > 0`)
    .execute()
  for (const { key } of settings) found.set(key, { document: null, title: {}, path: key })
  return [...found.values()].slice(0, ERASED_NAMED_IN_MAX)
}

/** As the value of a field. */
async function chosenIn(
  { journal, compaction }: NamedInPorts,
  document: DocumentId,
  person: PersonId,
): Promise<string[]> {
  const paths: string[] = []
  for (const name of ['content', 'calendar'] as const) {
    const channel = channelId(document, name)
    if (!(await journal.open(channel))) continue
    const log = await readOn(journal, channel, 0)
    const { json, restricted } = await compaction.canonical({ channel, ...log })
    for (const text of [json, restricted])
      paths.push(...pathsOf(JSON.parse(text) as Json, person, name === 'content' ? '' : name))
  }
  return paths
}

/** As whom a comment calls. */
async function saidIn({ comments }: NamedInPorts, document: DocumentId, person: PersonId): Promise<string[]> {
  const { said } = await comments.said(document)
  return said.some(({ event }) => event.mentions?.includes(person)) ? ['comments'] : []
}

function pathsOf(value: Json, person: string, path: string): string[] {
  if (value === person) return [path]
  if (typeof value !== 'object' || value === null) return []
  const step = (key: string): string => (path === '' ? key : `${path}.${key}`)
  // A record is called by its id, as everywhere.
  return Object.entries(value).flatMap(([key, inner]) => {
    const id = Array.isArray(value) ? (inner as { readonly id?: unknown } | null)?.id : undefined
    return key === person
      ? [step(key)]
      : pathsOf(inner as Json, person, step(typeof id === 'string' ? id : key))
  })
}

async function inSentences({ journal: { rows } }: NamedInPorts, person: PersonId) {
  const known = await rows.selectFrom('named').select('name').where('person', '=', person).executeTakeFirst()
  const terms = [...new Set([known?.name ?? '', person])]
    .map((term) => foldWithOffsets(term).text.trim())
    .filter((term) => term.length >= NAME_MIN_CHARACTERS)
  const found: { readonly document: string; readonly title: string; readonly path: string }[] = []
  for (const term of terms) {
    // As many as wanted of those that are meant: a short name is in hundreds of words.
    let after = 0
    let passages
    do {
      passages = await rows
        .selectFrom('passage')
        .innerJoin('document', 'document.id', 'passage.document')
        .select(['passage.id', 'passage.document', 'title', 'path', 'folded'])
        .where(sql<boolean>`instr(folded, ${term}) > 0`)
        .where('passage.id', '>', after)
        .orderBy('passage.id')
        .limit(PASSAGES_A_STEP)
        .execute()
      after = passages.at(-1)?.id ?? after
      found.push(...passages.filter(({ folded }) => isWordIn(folded, term)))
    } while (passages.length === PASSAGES_A_STEP && found.length < ERASED_NAMED_IN_MAX)
  }
  return found
}

/** Ana is not in Anaiz. */
function isWordIn(text: string, term: string): boolean {
  const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + term.length])) return true
  return false
}
