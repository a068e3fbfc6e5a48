/** Making public, archiving and opening again, as the REST interface speaks of them (DOMAIN D.2). */
import type { Finding } from '../checks/finding.ts'
import type { Visibility } from '../grants.ts'
import type { Archived, Published } from '../workflow.ts'

/** `GET /documents/:id/publication`: what is public, and what stands in the way of the version in force. */
export interface Publication {
  readonly visibility: Visibility
  readonly inForce: number | null
  readonly published: Published | null
  readonly archived: Archived | null
  readonly licence: string
  readonly findings: readonly Finding[]
}

/** `POST /documents/:id/publication`: the version somebody saw, so that another one is never made public. */
export interface PublicationRequest {
  readonly version: number
}
export const VISIBILITIES = ['team', 'organisation', 'public'] as const satisfies readonly Visibility[]
