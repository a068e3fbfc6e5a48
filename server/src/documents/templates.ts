/**
 * Templates: documents that others begin from. A template is made of a version of a plan, without what is only that plan's,
 * and is written on like any other document; what others begin from is its newest version, never its draft.
 */
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import {
  isBuiltIn,
  type MadeFrom,
  type TemplateRequest,
  type TemplateSummary,
} from '@auzolan/shared/protocol/templates.ts'
import { withoutRestricted } from '@auzolan/shared/schema/restricted.ts'
import { mouldOf } from '@auzolan/shared/schema/mould.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { authorsSince } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import { SYSTEM } from '../compaction/compaction.ts'
import type { Template } from '../compaction/tasks.ts'
import type { NamedVersions } from '../history/naming.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { contributionsOf, type VersionRow, type Versions } from '../review/versions.ts'
import { templateOf } from './copies.ts'
import type { Documents, StoredDocument } from './documents.ts'

export interface TemplatePorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly versions: Versions
  readonly namedVersions: NamedVersions
}

export class Templates {
  readonly #ports: TemplatePorts
  constructor(ports: TemplatePorts) {
    this.#ports = ports
  }

  /** Of a version that has a name or was approved; for those who coordinate the plan's team, which then has the template. */
  async make(claims: Claims, plan: StoredDocument, request: TemplateRequest): Promise<DocumentId | Refusal> {
    const { journal, documents, versions, namedVersions } = this.#ports
    const version = await versions.row(journal.rows, plan.id, request.version)
    if (!version) return refusal('NOT_FOUND', 'no such version')
    if (!(version.label || (await this.#isApproved(version))))
      return refusal('ILLEGAL_MOVE', 'neither named nor approved')
    const content = JSON.parse(version.json) as Template
    const languages = JSON.parse(version.languages) as string[]
    const type = typeOfDocument(plan.type)
    const mould = mouldOf(type.content, content, { pictures: request.pictures })
    const id = await documents.create({
      type: plan.type,
      teamId: plan.teamId,
      languages,
      template: templateOf(type, mould, request.title, languages),
      by: claims.person,
      copyOf: plan.id,
      authors: await this.#authors(version, plan.inForce),
      mould: { sentence: request.sentence, organisation: request.organisation },
    })
    const kept = await namedVersions.keep(claims, id, { label: FIRST_LABEL })
    return isRefusal(kept) ? kept : id
  }

  /** What the person may begin from. */
  async list(claims: Claims): Promise<TemplateSummary[]> {
    const { documents, journal } = this.#ports
    const found: TemplateSummary[] = []
    for (const { id, kind, archived, title, team } of await documents.listFor(claims)) {
      if (kind !== 'template' || archived) continue
      const row = await journal.rows
        .selectFrom('document')
        .select(['sentence', 'visibility'])
        .where('id', '=', id)
        .executeTakeFirst()
      const version = await this.#newest(journal.rows, id)
      if (!row || !version) continue
      found.push({
        id,
        title,
        sentence: row.sentence,
        team,
        organisation: row.visibility !== 'team',
        version: {
          n: version.n,
          at: version.at,
          by: { id: version.submitter, name: version.submitter_name },
          note: version.label === FIRST_LABEL ? '' : (version.label ?? ''),
        },
      })
    }
    return found
  }

  /** What a plan begins with that begins from this template, which the person may read. */
  async begin(
    template: StoredDocument,
    title: Translated<string>,
  ): Promise<
    | {
        readonly template: Template
        readonly languages: readonly string[]
        readonly authors: readonly string[]
        readonly madeFrom: { readonly id: string; readonly version: number }
      }
    | Refusal
  > {
    const { rows } = this.#ports.journal
    const version = template.kind === 'template' ? await this.#newest(rows, template.id) : undefined
    if (!version || template.archived) return refusal('NOT_FOUND', 'no such template')
    const languages = JSON.parse(version.languages) as string[]
    const content = JSON.parse(version.json) as Template
    const type = typeOfDocument(template.type)
    return {
      template: templateOf(type, withoutRestricted(type.content, content) as Template, title, languages),
      languages,
      authors: await this.#authors(version, null),
      madeFrom: { id: template.id, version: version.n },
    }
  }

  /** @param readable whether the person who asks may read the template */
  async madeFrom(
    document: StoredDocument,
    readable: (template: DocumentId) => Promise<boolean>,
  ): Promise<MadeFrom | null> {
    const from = document.madeFrom
    if (!from) return null
    if (isBuiltIn(from.id)) return { kind: 'built_in', id: from.id }
    const { documents, journal } = this.#ports
    const version = from.version ?? 0
    const template = await documents.find(from.id as DocumentId)
    const known = template !== null && (await readable(template.id))
    const newest = known ? ((await this.#newest(journal.rows, template.id))?.n ?? version) : version
    return { kind: 'template', id: from.id, title: known ? template.title : null, version, newest }
  }

  /** The newest version with a name; what is kept before a restoring is nobody's to begin from. */
  async #newest(rows: Rows, template: string): Promise<VersionRow | undefined> {
    return rows
      .selectFrom('version')
      .selectAll()
      .where('document', '=', template)
      .where('label', 'is not', null)
      .where('label', '!=', '')
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
  }

  async #isApproved({ document, n }: VersionRow): Promise<boolean> {
    const found = await this.#ports.journal.rows
      .selectFrom('decision')
      .select('id')
      .where('document', '=', document)
      .where('n', '=', n)
      .where('verdict', '=', 'approve')
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  }

  /** By way of a template nobody becomes somebody who has not written it (DOMAIN W-01). */
  async #authors(version: VersionRow, inForce: number | null): Promise<string[]> {
    const { journal, versions } = this.#ports
    const base =
      inForce !== null && inForce <= version.n
        ? await versions.row(journal.rows, version.document as DocumentId, inForce)
        : undefined
    const own = new Map([...contributionsOf(version)].filter(([person]) => person !== SYSTEM))
    return authorsSince(own, base ? contributionsOf(base) : null)
  }
}

/** The version a template is born with says nothing that the template does not say itself. */
const FIRST_LABEL = '1'
