/** Lists of reference data as the REST interface speaks of them: each list is what its last edition says. */
import type { Loss } from '../checks/evaluation/lost-ground.ts'
import type { Translated } from '../schema/fields.ts'
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

/**
 * `PUT /reference/:list` as it is sent: where evaluations rely on what changes, with what `POST /reference/:list/preview` said of them.
 * When another one is in force or in review by then, nothing is replaced.
 */
export type EditionApplied = EditionGiven & { readonly seen?: string | undefined }

/** A version of an evaluation that a change of a list is about (DOMAIN E-30). */
export interface Relying {
  readonly document: string
  readonly title: Translated<string>
  readonly team: Translated<string>
  readonly version: number
  readonly inForce: boolean
  /** What it would rest on no longer; with nothing, it has back what it was approved with, and is reopened no more. */
  readonly losses: readonly Loss[]
}
/** `POST /reference/:list/preview`, for administrators: nothing has happened yet. */
export interface Preview {
  /** Empty when nothing relies on what changes. */
  readonly seen: string
  readonly relying: readonly Relying[]
  /** How many more there are that whoever asks may not read, by their team. */
  readonly hidden: readonly {
    /** `null` of what people have for themselves, whoever they are. */
    readonly team: Translated<string> | null
    readonly reopened: number
    readonly settled: number
  }[]
}

/** What a document says of itself while it is reopened, for whoever may read it. */
export interface Reopened extends Pick<Relying, 'version' | 'inForce' | 'losses'> {
  readonly list: ListId
  readonly edition: number
  /** ISO instant. */
  readonly at: string
  readonly by: Someone
}
