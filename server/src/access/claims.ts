/** Who somebody is, as the host (Nextcloud, or the standalone demo) has signed it. */
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'

export interface Claims {
  readonly person: PersonId
  readonly name: string
  readonly groups: readonly string[]
  /** Ids of the Nextcloud Teams the person is in. */
  readonly teams: readonly string[]
  readonly language: string
  readonly admin: boolean
  /** When the host signed this; Unix seconds by its clock. */
  readonly issuedAt: number
}

/** A pass for one socket to one document: a minute long, used once. */
export interface Ticket extends Claims {
  readonly document: DocumentId
  readonly jti: string
  /** Unix seconds. */
  readonly expiresAt: number
}
