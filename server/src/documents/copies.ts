/** Makes a new document of what another one says now: its content, not its history and not its comments. */
import { channelId, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import type { Field } from '@auzolan/shared/schema/fields.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { Compaction } from '../compaction/compaction.ts'
import type { Template } from '../compaction/tasks.ts'
import type { Journal } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import type { Documents, StoredDocument } from './documents.ts'

export class Copies {
  readonly #journal: Journal
  readonly #compaction: Compaction
  readonly #documents: Documents
  constructor(journal: Journal, compaction: Compaction, documents: Documents) {
    this.#journal = journal
    this.#compaction = compaction
    this.#documents = documents
  }

  /** @throws when the text cannot be read (a document that is being repaired) */
  async copy(
    original: StoredDocument,
    spec: { readonly teamId: TeamId; readonly title: Translated<string>; readonly by: PersonId },
  ): Promise<DocumentId> {
    const channel = channelId(original.id, 'content')
    const text = { channel, ...(await readOn(this.#journal, channel, 0)) }
    const { json } = await this.#compaction.canonical(text)
    const template = templateOf(JSON.parse(json) as Template, spec.title, original.languages)
    const { languages } = original
    return this.#documents.create({ teamId: spec.teamId, languages, template, by: spec.by })
  }
}

/** What somebody has accepted they accepted for that document: a copy asks again. */
export function templateOf(content: Template, title: Translated<string>, languages: readonly string[]): Template {
  const sections = PLAN.sections.map((section) => {
    const values = Object.entries(content[section.id] ?? {}).filter(
      ([key]) => (section.fields as { readonly [key: string]: Field })[key]?.kind !== 'acceptance',
    )
    return [section.id, Object.fromEntries(values)] as const
  })
  const template = Object.fromEntries(sections)
  const named = Object.fromEntries(languages.map((l) => [l, title[l] ?? '']))
  return { ...template, identity: { ...template['identity'], title: named } }
}
