/** May this person do this with this document, now? The only place where that is decided. */
import { grant, type Capabilities, type Role } from '@auzolan/shared/grants.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { hasChannel } from '@auzolan/shared/schema/channels.ts'
import type { ChannelName, DocumentId } from '@auzolan/shared/ids.ts'
import type { Documents, StoredDocument } from '../documents/documents.ts'
import type { Teams } from '../teams/teams.ts'
import type { Claims } from './claims.ts'

export interface Admission {
  readonly document: StoredDocument
  readonly roles: readonly Role[]
  /** Whoever coordinates the plan above, or decides in the place of somebody, reads the plan, and nothing that is for the team alone. */
  readonly inTeam: boolean
  readonly may: (channel: ChannelName) => Capabilities
}

/** Whether somebody may read a document because its decisions were put into their hands. */
export type Lends = (
  claims: Claims,
  document: { readonly id: DocumentId; readonly team: string },
) => Promise<boolean>

/** Whether somebody may read a plan because they coordinate the one above it. */
export type Oversees = (claims: Claims, parent: string | null) => Promise<boolean>

export class Access {
  readonly #documents: Documents
  readonly #teams: Teams
  readonly #lends: Lends
  readonly #oversees: Oversees
  constructor(documents: Documents, teams: Teams, lends: Lends, oversees: Oversees) {
    this.#lends = lends
    this.#oversees = oversees
    this.#documents = documents
    this.#teams = teams
  }

  /** Somebody without the right to read learns no more than somebody who invents a document. */
  async enter(claims: Claims, id: DocumentId): Promise<Admission | Refusal> {
    const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
    const document = await this.#documents.find(id)
    if (!document || document.trashedAt !== null) return nothing
    const own = await this.#teams.rolesIn(document.teamId, claims)
    const above = own.length === 0 && (await this.#oversees(claims, document.parent))
    const roles: readonly Role[] = above ? ['reader'] : own
    const { visibility, work, archived, commenting } = document
    // Whoever decides in the place of somebody else reads and comments as they would.
    const lent =
      roles.length === 0 && visibility === 'team'
        ? await this.#lends(claims, { id, team: document.teamId })
        : false
    // Notes among us are in a calendar: it is for the team.
    const asWhom = (channel: ChannelName): readonly Role[] =>
      channel === 'calendar' ? own : lent ? ['director'] : roles
    const may = (channel: ChannelName): Capabilities =>
      !hasChannel(document.type, channel)
        ? { read: false, write: 'no' }
        : grant({ roles: asWhom(channel), visibility, work, archived, commenting }, channel)
    return may('content').read ? { document, roles, inTeam: own.length > 0, may } : nothing
  }
}
