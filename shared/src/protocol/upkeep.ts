/** What is said of a tool beside its evaluation, over REST. */
import type { Care, DepartmentUse, TrainingMaterial } from '../catalogue/upkeep.ts'
import type { Someone } from './review.ts'

/** Somebody who can show others how to use it. */
export interface Teacher {
  readonly person: Someone
  readonly department: string | null
}
/** A use as the card shows it. */
export interface UseShown extends DepartmentUse {
  /** What whoever said it last is called; '' where that is nobody any more. */
  readonly by: string
  /** Whether the person who asks may correct it. */
  readonly changes: boolean
}
/** Of `GET /catalogue/:id`, and the answer to everything that changes it. */
export interface Upkeep {
  readonly uses: readonly UseShown[]
  readonly materials: readonly TrainingMaterial[]
  readonly promisedBy: string | null
  readonly teachers: readonly Teacher[]
  /** Departments the person may speak for, where nobody has said anything yet. */
  readonly speaksFor: readonly string[]
  /** Departments the person is known to be of. */
  readonly own: readonly string[]
  /** Whether the person says how it is learnt: whoever writes the evaluation, or watches over the tools. */
  readonly trains: boolean
}

/** `PUT /catalogue/:id/uses/:department` */
export type UseGiven = Omit<DepartmentUse, 'department' | 'confirmedOn'>
/** `PUT /catalogue/:id/materials/:material` */
export type MaterialGiven = Omit<TrainingMaterial, 'id'>
/** `PUT /catalogue/:id/promise` */
export interface PromiseGiven {
  /** ISO date; `null` when nobody promises it any more. */
  readonly by: string | null
}
/** `PUT /catalogue/:id/teachers/me` */
export interface TeachGiven {
  readonly department: string | null
}

/** `acts`: it is the person who can do it; else somebody else is, and they see to it that it is done. */
export type CareLine = Care & { readonly acts: boolean }
/** `GET /catalogue/care`: what the person should see to, of all tools or of those whose evaluations are theirs. */
export interface CareList {
  readonly lines: readonly CareLine[]
  /** How many suggested tools wait for an answer; 0 for whoever does not answer them. */
  readonly suggestions: number
  /** Whether the person watches over all of them. */
  readonly watches: boolean
  /** Whether somebody does. */
  readonly watched: boolean
}
