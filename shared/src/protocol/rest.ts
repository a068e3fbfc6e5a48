/** What the REST interface answers with: types both sides share. */
import type { Capabilities, Role, Visibility, Work } from '../grants.ts'
import type { Translated } from '../schema/fields.ts'

export type { Department, Organisation } from './organisation.ts'

export interface DocumentSummary {
  readonly id: string
  readonly type: 'plan'
  readonly title: Translated<string>
  readonly team: { readonly id: string; readonly name: Translated<string>; readonly personal: boolean }
  /** Of the person who asks, in the document's team. */
  readonly roles: readonly Role[]
  readonly work: Work
  /** ISO instant of the last durable edit. */
  readonly updatedAt: string
}
export interface DocumentEnvelope extends DocumentSummary {
  readonly visibility: Visibility
  /** Version in force; null before the first approval. */
  readonly inForce: number | null
  readonly languages: readonly string[]
  readonly capabilities: { readonly content: Capabilities }
}
/** A document in the trash, for those who may take it back. */
export interface TrashedDocument extends Omit<DocumentSummary, 'work' | 'updatedAt'> {
  /** ISO instants. */
  readonly trashedAt: string
  readonly purgedAt: string
}
/** problem+json (RFC 9457) with our code; `detail` is for developers. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail?: string
}
