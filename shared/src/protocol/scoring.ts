/** Rounds of scores of an evaluation (DOMAIN B.14), as they are opened, filled in, revealed and read. */
import type { Weights } from '../scoring/criteria.ts'
import type { Result, Thresholds } from '../scoring/result.ts'
import type { Reasons, Scores } from '../scoring/rounds.ts'
import type { Someone } from './review.ts'

export const ROUND_STATES = ['open', 'revealed', 'closed'] as const
export type RoundState = (typeof ROUND_STATES)[number]

export interface Evaluator {
  readonly person: string
  readonly name: string
  /** Of the organisation; null when they are of none. */
  readonly department: string | null
}
/**
 * `PUT /documents/:id/scoring/:n`, by coordinators: opens the round of this number, the one after the last. While it is open, the same
 * with more people adds them, and with other departments says these; nobody is taken out, and weights stay as they are.
 */
export interface RoundGiven {
  readonly evaluators: readonly Evaluator[]
  /** For this round alone; without them those of the organisation as they are now. */
  readonly weights?: Weights | undefined
}

/** `PUT /documents/:id/scoring/:n/sheet`: one’s own, as a draft. */
export interface SheetGiven {
  /** A UUID of the page's own: the same sent twice counts once. */
  readonly id: string
  /** What the writer saw; if there is a later one by now (of another device), nothing is written over. */
  readonly revision: number
  readonly scores: Scores
  readonly reasons: Reasons
}
/** `POST …/sheet/hand-in`: exactly the sheet of this revision. `POST …/sheet/take-back` takes nothing. */
export interface HandedIn {
  readonly revision: number
}
/** `PUT …/sheet/conflict`: from then on the sheet is empty and closed, and counts for nothing in this round. */
export interface ConflictGiven {
  readonly text: string
}

export interface OwnSheet {
  readonly scores: Scores
  readonly reasons: Reasons
  /** Empty when none was declared. */
  readonly conflict: string
  readonly handedInAt: string | null
  /** 0 before anything was saved. */
  readonly revision: number
}
/** As the team sees it after the reveal: of those who have handed in, and of those who have a conflict of interest. */
export interface RevealedSheet {
  readonly evaluator: Evaluator
  readonly scores: Scores
  readonly reasons: Reasons
  readonly conflict: string
}

interface Stamp {
  readonly at: string
  readonly by: Someone
}
export interface Round {
  readonly n: number
  readonly state: RoundState
  readonly weights: Weights
  /** Version of the organisation’s weights that these are; null when they are of this round alone. */
  readonly weightSet: number | null
  /** Of the organisation, as they were when it was opened. */
  readonly thresholds: Thresholds
  readonly evaluators: readonly Evaluator[]
  readonly opened: Stamp
  readonly revealed: Stamp | null
  readonly closed: Stamp | null
  /** Sheets that are handed in, of how many that can be: those of people with a conflict of interest cannot. */
  readonly handedIn: number
  readonly awaited: number
  /** Of whoever asks, if they are among the evaluators. */
  readonly own: OwnSheet | null
  /** Null while it is open, for whomever. */
  readonly sheets: readonly RevealedSheet[] | null
  readonly result: Result | null
}
/** `GET /documents/:id/scoring`, for whoever may read it. */
export interface Scoring {
  /** The first one first. For the team, and for who decides; `null` for everybody else: what a version has of it is for them. */
  readonly rounds: readonly Round[] | null
}

/** Weights of the organisation; saving them makes another version, and rounds keep theirs. 0 comes with the program. */
export interface WeightSet {
  readonly n: number
  readonly weights: Weights
  readonly saved: Stamp | null
}
/** `PUT /weights`, by administrators of Nextcloud: with the version that they were made from. `GET /weights` gives all, the one of now first. */
export interface WeightsGiven {
  readonly from: number
  readonly weights: Weights
}
