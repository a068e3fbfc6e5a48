/** Reports of what a plan achieved: documents that belong to it, in its team. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import { parseDocumentId, type DocumentId } from '@auzolan/shared/ids.ts'
import type { About } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents, StoredDocument } from '../documents/documents.ts'

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
  constructor(documents: Documents, access: Access) {
    this.#documents = documents
    this.#access = access
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
}
