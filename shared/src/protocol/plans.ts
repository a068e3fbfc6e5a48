/** The organisation's plans at a glance, as the REST interface speaks of them. */
import type { Translated } from '../schema/fields.ts'
import type { Work } from '../grants.ts'
import type { Published } from '../workflow.ts'

/** `GET /plans`: one plan the person may read. */
export interface PlanAtAGlance {
  readonly id: string
  readonly title: Translated<string>
  readonly team: { readonly id: string; readonly name: Translated<string>; readonly personal: boolean }
  readonly parent: string | null
  readonly ofOrganisation: boolean
  readonly work: Work
  readonly inForce: number | null
  readonly published: Published | null
  /** Until when a decision is asked for. */
  readonly due: string | null
  /** null when the text cannot be read now. */
  readonly says: PlanSays | null
}

/** Of the version in force, else of the draft; what is missing is always the draft's. */
export interface PlanSays {
  /** Departments it is for; empty for the whole organisation. */
  readonly scope: readonly string[]
  readonly from: string | null
  readonly to: string | null
  readonly responsible: string
  readonly profiles: number
  readonly hoursPerWeek: number
  readonly missing: number
}
