/** What is said of a tool beside its evaluation, over REST. */
import type { Care, DepartmentUse, TrainingMaterial } from '../catalogue/upkeep.ts'
import type { Someone } from './review.ts'

/** Somebody who can show others how to use it. */
export interface Teacher {
  readonly person: Someone
  readonly department: string | null
}
/** Of `GET /catalogue/:id`, and the answer to everything that changes it. */
export interface Upkeep {
  readonly uses: readonly DepartmentUse[]
  readonly materials: readonly TrainingMaterial[]
  readonly promisedBy: string | null
  readonly teachers: readonly Teacher[]
  /** Departments the person may speak for. */
  readonly speaksFor: readonly string[]
  /** Whether the person says how it is learnt: whoever writes the evaluation, or watches over the tools. */
  readonly trains: boolean
  /** Whether it is for the person to see what is needed beyond what was decided. */
  readonly cares: boolean
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

/** `GET /catalogue/care`: what the person should see to, of all tools or of those whose evaluations are theirs. */
export interface CareList {
  readonly lines: readonly Care[]
  /** Whether the person watches over all of them. */
  readonly watches: boolean
  /** Whether somebody does. */
  readonly watched: boolean
}
