/**
 * How far a person has read each document, and what others have changed since. For that person alone: nobody else can ask
 * for it, and no log says who has looked at what.
 */
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { itemName } from '@auzolan/shared/checks/required.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { channelId, type DocumentId, type PersonId, type DocumentTypeId } from '@auzolan/shared/ids.ts'
import { CHANGED_DOCUMENTS_MAX, CHANGED_FIELDS_MAX, SEEN_MARKS_MAX } from '@auzolan/shared/limits.ts'
import type { ChangedDocument } from '@auzolan/shared/protocol/history.ts'
import { recordsOf } from '@auzolan/shared/compare/records.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Versions } from '../review/versions.ts'
import type { Names } from './names.ts'

export interface SeenPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly versions: Versions
  readonly names: Names
  readonly lists: ReferenceLists
  readonly now: () => Date
}

export class SeenMarks {
  readonly #ports: SeenPorts
  constructor(ports: SeenPorts) {
    this.#ports = ports
  }

  /** Up to `seq` of the log, or to its end; never back. */
  async mark(person: PersonId, document: DocumentId, seq: number | null): Promise<void> {
    const at = this.#ports.now().toISOString()
    await this.#ports.journal.transact(async (rows) => {
      const head = await rows
        .selectFrom('channel')
        .select('seq')
        .where('id', '=', channelId(document, 'content'))
        .executeTakeFirst()
      const known = await rows
        .selectFrom('seen')
        .select('seq')
        .where('person', '=', person)
        .where('document', '=', document)
        .executeTakeFirst()
      const upTo = Math.max(known?.seq ?? 0, Math.min(seq ?? Infinity, head?.seq ?? 0))
      await rows
        .insertInto('seen')
        .values({ person, document, seq: upTo, at })
        .onConflict((conflict) => conflict.columns(['person', 'document']).doUpdateSet({ seq: upTo, at }))
        .execute()
      if (known) return
      const over = await rows
        .selectFrom('seen')
        .select('document')
        .where('person', '=', person)
        .orderBy('at', 'desc')
        .orderBy('document')
        .offset(SEEN_MARKS_MAX)
        .limit(SEEN_MARKS_MAX)
        .execute()
      for (const earliest of over)
        await rows
          .deleteFrom('seen')
          .where('person', '=', person)
          .where('document', '=', earliest.document)
          .execute()
    })
  }

  /** What others have changed in documents the person has looked at before, the latest first. */
  async changes(claims: Claims, language: string): Promise<ChangedDocument[]> {
    const { journal, documents, names } = this.#ports
    const touches = journal.rows
      .selectFrom('seen')
      .innerJoin('touched', 'touched.document', 'seen.document')
      .select(['seen.document', 'seen.at as seen_at', 'path', 'touched.person', 'touched.at', 'touched.seq'])
      .select(({ fn }) =>
        fn
          .agg<number>('row_number')
          .over((of) =>
            of.partitionBy(['seen.document', 'path', 'touched.person']).orderBy('touched.seq', 'desc'),
          )
          .as('place'),
      )
      .where('seen.person', '=', claims.person)
      .where('touched.person', '!=', claims.person)
      .whereRef('touched.seq', '>', 'seen.seq')
    const found = await journal.rows
      .selectFrom(touches.as('touches'))
      .selectAll()
      .where('place', '=', 1)
      .orderBy('seq', 'desc')
      .execute()
    if (found.length === 0) return []
    const nameOf = await names.of([...new Set(found.map(({ person }) => person))])
    const changed: ChangedDocument[] = []
    for (const { id, type, title } of await documents.listFor(claims)) {
      if (changed.length === CHANGED_DOCUMENTS_MAX) break
      const rows = found.filter(({ document }) => document === id)
      const [latest] = rows
      if (!latest) continue
      const shown = rows.slice(0, CHANGED_FIELDS_MAX)
      // Reading a text costs: only where something in a list has changed is there a name to be found.
      const inList = shown.some(({ path }) => path.includes('/'))
      const recordName = inList ? await this.#recordNames(id as DocumentId, type, language) : () => ''
      changed.push({
        document: id,
        title,
        since: latest.seen_at,
        seq: Number(latest.seq),
        total: rows.length,
        people: new Set(rows.map(({ person }) => person)).size,
        changes: shown.map(({ path, person, at }) => ({
          path,
          record: recordName(path),
          by: { id: person, name: nameOf(person) },
          at,
        })),
      })
    }
    return changed
  }

  /** Nobody is left whom it could be for. */
  async forget(people: readonly string[]): Promise<void> {
    for (const person of people)
      await this.#ports.journal.rows.deleteFrom('seen').where('person', '=', person).execute()
  }

  /** What the record of a path is called now; '' when it has no name or has gone. */
  async #recordNames(
    document: DocumentId,
    type: DocumentTypeId,
    language: string,
  ): Promise<(path: string) => string> {
    const now = await this.#ports.versions.freeze(document)
    if (isRefusal(now)) return () => ''
    const json = JSON.parse(now.json) as { [section: string]: { [field: string]: unknown } }
    const names = new Map<string, string>()
    const references = await this.#ports.lists.now()
    for (const section of typeOfDocument(type).content.sections)
      for (const [key, field] of Object.entries(section.fields))
        if (field.kind === 'list')
          for (const record of recordsOf(json[section.id]?.[key]).records.values())
            names.set(`${field.root}/${record.id}`, itemName(record, language, references))
    return (path) => names.get(path.split('/').slice(0, 2).join('/')) ?? ''
  }
}
