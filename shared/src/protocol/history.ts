/** The history of a document as the REST interface speaks of it. */
import type { Translated } from '../schema/fields.ts'
import type { OpinionRole, Someone, Stance } from './review.ts'

export interface Touched {
  readonly by: Someone
  /** ISO instant of that person's latest change. */
  readonly at: string
}

/** `GET /documents/:id/touched?from=…&to=…`: who changed what between two versions. */
export interface Touches {
  /** By path as in comparisons, the latest first; a record that came or went has its own, its place ends in `/order`. */
  readonly fields: { readonly [path: string]: readonly Touched[] }
  /** Everybody who wrote anything in that time. */
  readonly contributors: readonly Someone[]
}

interface Deed {
  /** ISO instant. */
  readonly at: string
  readonly by: Someone
  /** The last one that had been sent to review by then, or the one it is about. */
  readonly version: number | null
  /** In that person's words; '' when none were asked for. */
  readonly reason: string
}
/** `GET /documents/:id/happened`: what was done with the document beside sending and deciding, the newest first. */
export type Happening =
  | (Deed & { readonly kind: 'withdrawn' | 'resumed' | 'published' | 'archived' | 'reopened' })
  | (Deed & { readonly kind: 'opinion'; readonly role: OpinionRole; readonly stance: Stance })

/** `POST /documents/:id/versions`: a name, or the version that is about to be restored. */
export type VersionNamed = { readonly label: string } | { readonly beforeRestoring: number }

/** `PUT /documents/:id/seen`: up to this number of the log; `null` for all there is. */
export interface SeenUpTo {
  readonly seq: number | null
}

/** `GET /changes`: what others have changed since the person looked last. */
export interface ChangedDocument {
  readonly document: string
  readonly title: Translated<string>
  /** ISO instant of the last look. */
  readonly since: string
  /** How far this goes: what is marked as seen with it. */
  readonly seq: number
  readonly total: number
  readonly people: number
  /** The latest ones. */
  readonly changes: readonly (Touched & {
    readonly path: string
    /** What the record of the path is called; '' when it is in none. */
    readonly record: string
  })[]
}
