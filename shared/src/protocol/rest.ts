/** What the REST interface answers with: types both sides share. */
import type { Capabilities, Commenting, Role, Visibility, Work } from '../grants.ts'
import type { ChannelName, DocumentTypeId } from '../ids.ts'
import type { Archived, Published } from '../workflow.ts'
import type { Family } from '../checks/finding.ts'
import type { Translated } from '../schema/fields.ts'
import type { Inheritance } from '../schema/inherited.ts'
import type { Reopened } from './reference.ts'
import type { MadeFrom } from './templates.ts'

export type { Department, Organisation } from './organisation.ts'

/** A template is a document that others begin from. */
export type DocumentKind = 'document' | 'template'

export interface DocumentSummary {
  readonly id: string
  readonly type: DocumentTypeId
  /** Id of what it belongs to: of a report, its plan. */
  readonly about: string | null
  readonly kind: DocumentKind
  readonly title: Translated<string>
  readonly team: { readonly id: string; readonly name: Translated<string>; readonly personal: boolean }
  /** Of the person who asks, in the document's team. */
  readonly roles: readonly Role[]
  readonly work: Work
  /** Read by everybody who could, changed by nobody. */
  readonly archived: boolean
  /** ISO instant of the last durable edit. */
  readonly updatedAt: string
}
export interface DocumentEnvelope extends Omit<DocumentSummary, 'about'> {
  readonly about: About | null
  readonly visibility: Visibility
  /** Version in force; null before the first approval. */
  readonly inForce: number | null
  /** The version that is public; an older one while a newer one is in force and not published. */
  readonly published: Published | null
  /** Why, since when and by whom it is archived; the name is empty where nobody knows it. */
  readonly archive: (Archived & { readonly by: string }) | null
  /** A list it relies on says something else now: of the version in force, of the one in review (DOMAIN E-30). */
  readonly reopened: readonly Reopened[]
  readonly languages: readonly string[]
  readonly commenting: Commenting
  /** What it began from; null when nobody has said. */
  readonly madeFrom: MadeFrom | null
  /** The organisation's plan whose common parts hold here. */
  readonly parent: Parent | null
  /** An administrator has said that it is a plan of the organisation, which others can be put below. */
  readonly ofOrganisation: boolean
  readonly family: Family
  readonly capabilities: { readonly [channel in ChannelName]: Capabilities }
}
/** What a document belongs to. */
export interface About {
  readonly id: string
  /** null for those who may not read it. */
  readonly title: Translated<string> | null
}
export interface Parent {
  readonly id: string
  /** null for those who may not read it. */
  readonly title: Translated<string> | null
  /** The team can read it; else what this plan's last version took over stays, and nothing new comes. */
  readonly open: boolean
  /** Whoever asks coordinates it, and may put this plan out. */
  readonly coordinated: boolean
  /** What is taken over from it; null while it has no version in force. */
  readonly inForce: Inheritance | null
  /** The version of it that this plan's own version in force has taken over; null without either. */
  readonly heldHere: number | null
}
/** A document in the trash, for those who may take it back. */
export interface TrashedDocument extends Omit<DocumentSummary, 'kind' | 'work' | 'archived' | 'updatedAt'> {
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

/** `/healthz`: alive, and which app it goes with. */
export interface Health {
  readonly status: 'ok'
  readonly api: 1
  readonly protocol: { readonly min: number; readonly max: number }
  readonly version: string
}

/** `/readyz`: whether edits can be written, and what whoever watches over the server should know. */
export interface Readiness {
  readonly status: 'ready' | 'not ready'
  readonly storage: 'ok' | 'low' | 'not writable'
  /** How it gets on with its Nextcloud, as far as known. */
  readonly nextcloud: string
  /** Of one node among several: whether others hear at once what is written here. */
  readonly bus?: 'up' | 'away'
}

/** `POST /host/self-test`: what the server finds when Nextcloud asks. */
export interface SelfTestAnswer {
  readonly nonce: string
  /** Unix seconds, by the server's clock. */
  readonly time: number
  readonly protocol: { readonly min: number; readonly max: number }
  readonly version: string
  /** What it takes for Nextcloud's address, and for its own. */
  readonly nextcloudUrl: string
  readonly publicUrl: string | null
  readonly storage: { readonly writable: boolean; readonly freeBytes: number | null }
  /** What came of calling Nextcloud back. */
  readonly nextcloud: {
    readonly url: string
    readonly reached: boolean
    readonly address: string | null
    readonly status: number | null
    readonly error: string | null
    readonly maintenance: boolean
    readonly signature: 'ok' | 'refused' | null
    /** Nextcloud's clock minus the server's, seconds. */
    readonly clockSkewS: number | null
  }
}
