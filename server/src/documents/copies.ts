/** Makes a new document of what another one says now: its content, not its history and not its comments. */
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import { channelId, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import type { Fields, Translated } from '@auzolan/shared/schema/fields.ts'
import { withRestricted } from '@auzolan/shared/schema/restricted.ts'
import { authorsSince } from '@auzolan/shared/workflow.ts'
import { SYSTEM, type Compaction } from '../compaction/compaction.ts'
import type { Template } from '../compaction/tasks.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import type { Documents, StoredDocument } from './documents.ts'
import type { Parents } from './parents.ts'

export class Copies {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #documents: Documents
  readonly #parents: Parents
  constructor(journal: Journal, compaction: Compaction, documents: Documents, parents: Parents) {
    this.#parents = parents
    this.#journal = journal
    this.#compaction = compaction
    this.#documents = documents
  }

  /** @throws when the text cannot be read (a document that is being repaired) */
  async copy(
    original: StoredDocument,
    spec: { readonly teamId: TeamId; readonly title: Translated<string>; readonly by: Claims },
  ): Promise<DocumentId> {
    const channel = channelId(original.id, 'content')
    const text = { channel, ...(await readOn(this.#journal, channel, 0)) }
    const { json, restricted } = await this.#compaction.canonical(text)
    const content = JSON.parse(json) as Template
    // What is for the team alone goes into no other one.
    const type = typeOfDocument(original.type)
    const own =
      spec.teamId === original.teamId
        ? (withRestricted(type.content, content, JSON.parse(restricted) as Template) as Template)
        : content
    const template = templateOf(type, own, spec.title, original.languages)
    const { languages } = original
    // After the text was read: whoever wrote meanwhile is one too many, and never one too few.
    const authors = await this.#authorsOf(original)
    return this.#documents.create({
      type: original.type,
      teamId: spec.teamId,
      languages,
      template,
      by: spec.by.person,
      copyOf: original.id,
      authors,
      // Below the same plan where its own coordinators duplicate it; elsewhere nobody has put it there.
      parent: (rows) => this.#parentOf(rows, original, spec.teamId, spec.by),
      ...(original.about ? { about: original.about } : {}),
      ...(original.madeFrom ? { madeFrom: original.madeFrom } : {}),
    })
  }

  async #parentOf(rows: Rows, original: StoredDocument, team: TeamId, by: Claims): Promise<string | null> {
    if (team !== original.teamId) return null
    const now = await rows
      .selectFrom('document')
      .select('parent')
      .where('id', '=', original.id)
      .executeTakeFirst()
    return this.#parents.forNew(team, now?.parent ?? null, by, rows)
  }

  /** A copy has the authors of what it is a copy of: by duplicating nobody becomes somebody who has not written it (DOMAIN W-01). */
  async #authorsOf({ id, inForce }: StoredDocument): Promise<string[]> {
    const { rows } = this.#journal
    const row =
      inForce === null
        ? undefined
        : await rows
            .selectFrom('version')
            .select('contributions')
            .where('document', '=', id)
            .where('n', '=', inForce)
            .executeTakeFirst()
    const before =
      row && new Map(Object.entries(JSON.parse(row.contributions) as { [person: string]: number }))
    const found = await rows
      .selectFrom('contribution')
      .select(['person', 'entries'])
      .where('channel', '=', channelId(id, 'content'))
      .where('person', '!=', SYSTEM)
      .execute()
    return authorsSince(new Map(found.map(({ person, entries }) => [person, entries])), before ?? null)
  }
}

export function templateOf(
  { content: { sections }, title: { section, field } }: TypeOfDocument,
  content: Template,
  title: Translated<string>,
  languages: readonly string[],
): Template {
  const template = Object.fromEntries(
    sections.map(({ id, fields }) => [id, unaccepted(fields, content[id] ?? {})]),
  )
  const named = Object.fromEntries(languages.map((l) => [l, title[l] ?? '']))
  return { ...template, [section]: { ...template[section], [field]: named } }
}

type Values = { readonly [key: string]: unknown }

/** What somebody has accepted they accepted for that document: a copy asks again. */
const unaccepted = (fields: Fields, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => fields[key]?.kind !== 'acceptance')
      .map(([key, value]) => {
        const field = fields[key]
        return field?.kind === 'list' && Array.isArray(value)
          ? [key, value.map((record: Values) => unaccepted(field.item, record))]
          : [key, value]
      }),
  )
