/** When a tool has to be looked at again (DOMAIN B.15, E-19): whatever runs out first, or a year, or sooner if the text says so. */
import type { References } from '../../reference/references.ts'
import { REVIEW_AFTER_MONTHS, REVIEW_BEFORE_EXPIRY_DAYS } from '../../limits.ts'
import type { Evaluation } from '../../schema/evaluation.ts'
import { addMonths } from '../../weeks.ts'
import { addDays } from '../../working-days.ts'

/** What runs out, in the order in which it is shown. */
export interface Expiry {
  readonly what: 'certificate' | 'contract' | 'adequacy'
  /** Path of the field that says so. */
  readonly path: string
  /** ISO date of its last day. */
  readonly on: string
}

export function expiriesOf(
  evaluation: Evaluation,
  { adequacy }: Pick<References, 'adequacy'>,
): readonly Expiry[] {
  const { security, cost, dataLocation } = evaluation
  const certificate = security.conformity === 'certificate' ? security.certificateExpiresOn : null
  const contract = cost.contracted ? cost.contractEndsOn : null
  const reliesOn = [
    ...dataLocation.places.map((place) => ({ ...place, path: `places/${place.id}/mechanism` })),
    ...dataLocation.subprocessors.map((one) => ({ ...one, path: `subprocessors/${one.id}/mechanism` })),
  ].filter(({ mechanism }) => mechanism === 'adequacy' || mechanism === 'dpf')
  return [
    ...(certificate
      ? [{ what: 'certificate' as const, path: 'security.certificateExpiresOn', on: certificate }]
      : []),
    ...(contract ? [{ what: 'contract' as const, path: 'cost.contractEndsOn', on: contract }] : []),
    ...reliesOn.flatMap(({ country, path }) => {
      const ends = adequacy.find(({ id }) => id === country)?.expiresOn
      return ends ? [{ what: 'adequacy' as const, path, on: ends }] : []
    }),
  ]
}

/** @param decidedOn ISO date of the decision */
export function nextReviewOn(
  evaluation: Evaluation,
  lists: Pick<References, 'adequacy'>,
  decidedOn: string,
): string {
  const { reviewBy } = evaluation.decision
  return [
    addMonths(decidedOn, REVIEW_AFTER_MONTHS),
    ...(reviewBy ? [reviewBy] : []),
    ...expiriesOf(evaluation, lists).map(({ on }) => addDays(on, -REVIEW_BEFORE_EXPIRY_DAYS)),
  ].reduce((first, day) => (day < first ? day : first))
}
