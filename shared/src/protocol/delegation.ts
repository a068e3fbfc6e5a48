/** Delegations as the REST interface speaks of them: decisions put into other hands for some days (DOMAIN D.1). */
import { daysBetween } from '../working-days.ts'
import { DELEGATION_MAX_DAYS } from '../limits.ts'
import type { Translated } from '../schema/fields.ts'
import type { Someone } from './review.ts'

/** `POST /documents/:id/delegations`, `POST /teams/:id/delegations`. */
export interface DelegationGiven {
  readonly delegate: Someone
  /** ISO dates; both days belong to it. */
  readonly from: string
  readonly to: string
}
/** `GET /delegations`: what one has given or holds, today or later. */
export interface Delegation extends DelegationGiven {
  readonly id: string
  readonly giver: Someone
  readonly team: string
  /** `null`: everything of the giver in the team. */
  readonly document: { readonly id: string; readonly title: Translated<string> } | null
}

/** Whether the days make sense, asked on `today`. */
export const areDays = ({ from, to }: Pick<DelegationGiven, 'from' | 'to'>, today: string): boolean =>
  from <= to && to >= today && daysBetween(from, to) < DELEGATION_MAX_DAYS
