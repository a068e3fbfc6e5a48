/** Lists of reference data as the REST interface speaks of them: each list is what its last edition says. */
import type { Entry } from '../reference/list.ts'
import type { ListId } from '../reference/references.ts'
import type { Someone } from './review.ts'

/** Number of the edition that comes with the program. */
export const BUILTIN_EDITION = 0

export interface EditionSummary {
  /** Rises with every edition an administrator saves; 0 comes with the program. */
  readonly n: number
  /** ISO date of the last comparison with the world. */
  readonly verifiedOn: string
  readonly source: string
  /** Of the entries in canonical JSON, hex. */
  readonly sha256: string
  readonly count: number
  /** Nobody for what comes with the program. */
  readonly by: Someone | null
  readonly at: string | null
  /** Another edition was taken up again with it; with 0, whatever the program brings. */
  readonly backTo: number | null
}
export interface Edition extends EditionSummary {
  readonly entries: readonly Entry[]
}

/** `GET /reference`. */
export interface ReferenceAnswer {
  /** Of all lists together; another one when any of them has changed. */
  readonly version: string
  readonly lists: { readonly [id in ListId]: Edition }
}

/** `PUT /reference/:list` takes a new edition, or the number of an earlier one; with the edition it was made from. */
export type EditionGiven = { readonly edition: number } & (
  | { readonly backTo: number }
  | { readonly verifiedOn: string; readonly source: string; readonly entries: readonly Entry[] }
)
