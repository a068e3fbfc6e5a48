/**
 * What a decision allows, and what was looked at for it (DOMAIN B.15): for what nobody has looked at, no opinion, no blocking criterion and no
 * number of people has said anything.
 */
import type { Evaluation } from '../../schema/evaluation.ts'
import { USE_LEVELS, type UseLevel } from '../../schema/evaluation/levels.ts'
import { PERSONAL_CLASSES, type DataClass } from '../../schema/evaluation/privacy.ts'

export const isRecommended = ({ decision }: Pick<Evaluation, 'decision'>): boolean =>
  decision.outcome === 'recommended' || decision.outcome === 'recommended_with_conditions'

/** Where it is recommended; where it is not, what stands there is of a proposal from before. */
const allowedOf = (evaluation: Evaluation): Evaluation['decision'] | null =>
  isRecommended(evaluation) ? evaluation.decision : null

/** Data that blocking criteria are looked for among: what it was meant for, and whatever is allowed. */
export const classesAt = (evaluation: Evaluation): readonly DataClass[] =>
  among([...evaluation.dataProtection.dataClasses, ...(allowedOf(evaluation)?.allowedDataClasses ?? [])])
/** Levels of use likewise. */
export const levelsAt = (evaluation: Evaluation): readonly UseLevel[] =>
  among([evaluation.useLevel.level ?? [], allowedOf(evaluation)?.allowedLevels ?? []].flat())
const among = <Id extends string>(ids: readonly string[]): readonly Id[] => [...new Set(ids)] as Id[]

const PERSONAL: readonly string[] = PERSONAL_CLASSES
/** Those that ask for less than any about people. */
const HARMLESS: readonly string[] = ['public', 'internal']

/** Allowed, and never looked at: where data of people were, so were those that are about nobody. */
export function classesBeyond(evaluation: Evaluation): readonly string[] {
  const { dataClasses } = evaluation.dataProtection
  const people = dataClasses.some((one) => PERSONAL.includes(one))
  return (allowedOf(evaluation)?.allowedDataClasses ?? []).filter(
    (one) => !dataClasses.includes(one) && !(people && HARMLESS.includes(one)),
  )
}
/** Allowed, and wider than what was evaluated; nothing where no level is said, which is asked for elsewhere. */
export function levelsBeyond(evaluation: Evaluation): readonly string[] {
  const order = USE_LEVELS.map(({ id }) => id as string)
  const { level } = evaluation.useLevel
  if (level === null) return []
  return (allowedOf(evaluation)?.allowedLevels ?? []).filter(
    (one) => order.indexOf(one) > order.indexOf(level),
  )
}
