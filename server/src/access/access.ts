/** May this person do this with this document, now? The only place where that is decided. */
import { grant, type Capabilities, type Role } from '@auzolan/shared/grants.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { ChannelName, DocumentId } from '@auzolan/shared/ids.ts'
import type { Documents, StoredDocument } from '../documents/documents.ts'
import type { Teams } from '../teams/teams.ts'
import type { Claims } from './claims.ts'

export interface Admission {
  readonly document: StoredDocument
  readonly roles: readonly Role[]
  readonly may: (channel: ChannelName) => Capabilities
}

export class Access {
  readonly #documents: Documents
  readonly #teams: Teams
  constructor(documents: Documents, teams: Teams) {
    this.#documents = documents
    this.#teams = teams
  }

  /** Somebody without the right to read learns no more than somebody who invents a document. */
  async enter(claims: Claims, id: DocumentId): Promise<Admission | Refusal> {
    const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
    const document = await this.#documents.find(id)
    if (!document || document.trashedAt !== null) return nothing
    const roles = await this.#teams.rolesIn(document.teamId, claims)
    const { visibility, work, archived, commenting } = document
    const may = (channel: ChannelName): Capabilities =>
      grant({ roles, visibility, work, archived, commenting }, channel)
    return may('content').read ? { document, roles, may } : nothing
  }
}
