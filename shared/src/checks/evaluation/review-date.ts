/** When a tool has to be looked at again (DOMAIN B.15, E-19): whatever runs out first, or when the organisation wants it, or sooner if the text says so. */
import type { References } from '../../reference/references.ts'
import { REVIEW_BEFORE_EXPIRY_DAYS } from '../../limits.ts'
import { citesDecision } from '../../location/location.ts'
import type { Policy } from '../../protocol/organisation.ts'
import type { Evaluation } from '../../schema/evaluation.ts'
import type { UseLevel } from '../../schema/evaluation/levels.ts'
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
  { adequacy, eea }: Pick<References, 'adequacy' | 'eea'>,
): readonly Expiry[] {
  const { security, cost, dataLocation } = evaluation
  const certificate = security.conformity === 'certificate' ? security.certificateExpiresOn : null
  const contract = cost.contracted ? cost.contractEndsOn : null
  const elsewhere = [
    ...dataLocation.places.map((place) => ({ ...place, path: `places/${place.id}/mechanism` })),
    ...dataLocation.subprocessors.map((one) => ({ ...one, path: `subprocessors/${one.id}/mechanism` })),
  ].filter(({ country }) => !eea.some(({ id }) => id === country))
  return [
    ...(certificate
      ? [{ what: 'certificate' as const, path: 'security.certificateExpiresOn', on: certificate }]
      : []),
    ...(contract ? [{ what: 'contract' as const, path: 'cost.contractEndsOn', on: contract }] : []),
    ...elsewhere.flatMap(({ country, mechanism, path }) => {
      const decision = adequacy.find(({ id }) => id === country)
      // Where a decision covers everybody and no safeguard is named, it is the safeguard (E-K2).
      const relied =
        citesDecision({ country, mechanism }) || (mechanism === null && decision?.scope === 'general')
      return relied && decision?.expiresOn
        ? [{ what: 'adequacy' as const, path, on: decision.expiresOn }]
        : []
    }),
  ]
}

/**
 * @param decidedOn ISO date of the decision
 * @param policy of the organisation; where no level is said, its months for the institution
 */
export function nextReviewOn(
  evaluation: Evaluation,
  lists: Pick<References, 'adequacy' | 'eea'>,
  decidedOn: string,
  { reviewMonths }: Pick<Policy, 'reviewMonths'>,
): string {
  const { reviewBy } = evaluation.decision
  const level = evaluation.useLevel.level as UseLevel | null
  return [
    addMonths(decidedOn, reviewMonths[level ?? 'institutional']),
    ...(reviewBy ? [reviewBy] : []),
    ...expiriesOf(evaluation, lists).map(({ on }) => addDays(on, -REVIEW_BEFORE_EXPIRY_DAYS)),
  ].reduce((first, day) => (day < first ? day : first))
}
