/** Reports of what a plan achieved: documents that belong to it, in its team. */
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import { parseDocumentId, type DocumentId } from '@auzolan/shared/ids.ts'
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import type { About } from '@auzolan/shared/protocol/rest.ts'
import type { ReportSays } from '@auzolan/shared/protocol/reports.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { IndicatorReport } from '@auzolan/shared/schema/report.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents, StoredDocument } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'

export interface ReportGiven {
  /** Id of the plan. */
  readonly about: string
  readonly title: Translated<string>
  /** ISO dates. */
  readonly from: string
  readonly to: string
}

export class Reports {
  readonly #documents: Documents
  readonly #access: Access
  readonly #journal: Journal
  constructor(documents: Documents, access: Access, journal: Journal) {
    this.#documents = documents
    this.#access = access
    this.#journal = journal
  }

  /** By those who write the plan. */
  async begin(claims: Claims, { about, title, from, to }: ReportGiven): Promise<DocumentId | Refusal> {
    const id = parseDocumentId(about)
    const found = id === null ? refusal('NOT_FOUND', 'no such plan') : await this.#access.enter(claims, id)
    if (isRefusal(found)) return found
    const { document: plan, roles } = found
    if (!roles.some((role) => WRITERS.includes(role))) return refusal('NOT_ALLOWED', 'for those who write it')
    if (plan.type !== 'plan' || plan.kind !== 'document')
      return refusal('ILLEGAL_MOVE', 'a report is about a plan')
    const named = Object.fromEntries(plan.languages.map((language) => [language, title[language] ?? '']))
    return this.#documents.create({
      type: 'report',
      teamId: plan.teamId,
      by: claims.person,
      languages: plan.languages,
      template: { identification: { title: named, from, to } },
      about: plan.id,
    })
  }

  /** The plan a document is about; whoever may not read it is not told what it is called. */
  async about(claims: Claims, { about }: StoredDocument): Promise<About | null> {
    const id = about === null ? null : parseDocumentId(about)
    if (id === null) return null
    const found = await this.#access.enter(claims, id)
    return { id, title: isRefusal(found) ? null : found.document.title }
  }

  /** What approved reports of a time say that its figures do not show, the latest first; of those that the person may read. */
  async says(claims: Claims, plan: DocumentId, { from, to }: Span): Promise<ReportSays[]> {
    const found = await this.#journal.rows
      .selectFrom('document')
      .innerJoin('version', (join) =>
        join.onRef('version.document', '=', 'document.id').onRef('version.n', '=', 'document.in_force'),
      )
      .select(['document.id', 'document.languages', 'version.json', 'version.submitter_name', 'version.at'])
      .where('document.type', '=', 'report')
      .where('document.about', '=', plan)
      .where('document.trashed_at', 'is', null)
      .orderBy('version.at', 'desc')
      .execute()
    const said: ReportSays[] = []
    for (const { id, languages, json, submitter_name: by, at } of found) {
      const text = parseDocument(DOCUMENT_TYPES.report, json, JSON.parse(languages) as string[])
      const { identification, limits } = text as unknown as IndicatorReport
      const span = { from: identification.from ?? '', to: identification.to ?? '' }
      if (span.from > to || span.to < from) continue
      if (isRefusal(await this.#access.enter(claims, id as DocumentId))) continue
      said.push({ id, title: identification.title, ...span, impactNote: limits.impactNote, by, at })
    }
    return said
  }
}
