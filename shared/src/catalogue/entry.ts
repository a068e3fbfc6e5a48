/**
 * A tool as the catalogue tells of it (DOMAIN C) [SEED L281]: derived from the version of its evaluation that was decided on, never written
 * by hand. A list of what may be told, to anybody in the house: no people, no scores of one person, nothing of a draft.
 */
import { isRecommended } from '../checks/evaluation/allowed.ts'
import { blocksAgainst, type Block } from '../checks/evaluation/blocks.ts'
import { expiriesOf, nextReviewOn, type Expiry } from '../checks/evaluation/review-date.ts'
import { REVIEW_BEFORE_EXPIRY_DAYS, REVIEW_OVERDUE_DAYS } from '../limits.ts'
import { locationOf } from '../location/location.ts'
import type { Zone } from '../location/zones.ts'
import type { Policy } from '../protocol/organisation.ts'
import type { References } from '../reference/references.ts'
import type { Evaluation } from '../schema/evaluation.ts'
import { DATA_CLASSES, type DataClass } from '../schema/evaluation/privacy.ts'
import type { Outcome } from '../schema/evaluation/decision.ts'
import type { UseLevel } from '../schema/evaluation/levels.ts'
import type { FrozenScoring } from '../schema/evaluation/scoring.ts'
import type { Translated } from '../schema/fields.ts'
import { addDays } from '../working-days.ts'

export interface CatalogueEntry {
  /** Of the evaluation. */
  readonly id: string
  readonly name: string
  readonly versionOrPlan: string
  readonly vendor: string
  readonly url: string
  /** Id of a kind of tool (reference list `toolCategories`). */
  readonly category: string
  readonly classes: readonly string[]
  readonly description: Translated<string>
  readonly intendedUse: Translated<string>
  /** The need it covers; the tools of its kind are for the same. */
  readonly need: Translated<string>
  readonly tags: Translated<string>
  readonly level: UseLevel
  readonly outcome: Outcome
  readonly justification: Translated<string>
  /** With the day by which somebody of the house sees to it, and the one on which it was done (ISO dates), as the decision has them. */
  readonly conditions: readonly {
    readonly id: string
    readonly text: Translated<string>
    readonly dueOn: string | null
    readonly doneOn: string | null
  }[]
  readonly allowedDataClasses: readonly DataClass[]
  /** Of what is recommended: each class of data that the decision does not name, whether it was looked at, and what stands against it. */
  readonly leftOut: readonly {
    readonly data: DataClass
    readonly evaluated: boolean
    readonly blocks: readonly Pick<Block, 'id' | 'message'>[]
  }[]
  readonly allowedLevels: readonly UseLevel[]
  readonly uses: readonly Translated<string>[]
  readonly precautions: readonly {
    readonly text: Translated<string>
    readonly severity: string
    readonly mitigation: Translated<string>
  }[]
  readonly jobAdvantages: readonly Translated<string>[]
  readonly institutionAdvantages: readonly Translated<string>[]
  readonly location: {
    readonly worst: Zone | null
    readonly exposed: boolean
    readonly atRest: readonly string[]
    readonly backedUp: readonly string[]
    readonly reachedFrom: readonly string[]
    readonly law: readonly string[]
    /** Whether the data lie with us. */
    readonly own: boolean
    readonly happenings: readonly {
      readonly activity: string
      readonly country: string
      readonly zone: Zone
      readonly mechanism: string | null
    }[]
  }
  readonly licence: string
  /** How far its source is open. */
  readonly openness: string | null
  readonly costModel: string | null
  readonly offline: string | null
  readonly devices: readonly string[]
  readonly interfaceLanguages: readonly string[]
  readonly trainingPlan: Translated<string>
  readonly score: {
    readonly overall: number
    readonly low: number | null
    readonly high: number | null
    readonly people: number
    readonly disagreements: number
    readonly fragile: boolean
    /** Points from which on the house recommended then; null in what was frozen before that was. */
    readonly recommendFrom: number | null
  } | null
  readonly departmentsUsing: readonly string[]
  /** From when on nobody uses it any more, and how one leaves it; only of what was withdrawn. */
  readonly exitOn: string | null
  readonly exitPlan: Translated<string>
  /** Of what is not to be used: the name of another tool, or words. */
  readonly useInstead: Translated<string>
  /** The version that was decided on. */
  readonly version: number
  readonly sha256: string
  /** ISO date, as the calendar of the house had it. */
  readonly decidedOn: string
  readonly nextReviewOn: string
  /** What runs out first, where it is that which sets the day. */
  readonly expires: Pick<Expiry, 'what' | 'on'> | null
}

export type EntryStatus = 'recommended' | 'conditional' | 'not_recommended' | 'under_review' | 'withdrawn'

/** From what one may take at once to what one leaves alone. */
export const STATUS_ORDER: readonly EntryStatus[] = [
  'recommended',
  'conditional',
  'under_review',
  'not_recommended',
  'withdrawn',
]

export interface Decided {
  readonly id: string
  readonly version: number
  readonly sha256: string
  readonly decidedOn: string
}

/** One is led to something else. */
export const isLeft = (outcome: string | null): boolean =>
  outcome === 'withdrawn' || outcome === 'not_recommended'

/** @param today ISO date: by which countries and decisions are read */
export function entryOf(
  evaluation: Evaluation & { readonly scoring?: FrozenScoring },
  decided: Decided,
  lists: Pick<References, 'eea' | 'adequacy'>,
  policy: Pick<Policy, 'reviewMonths'>,
  today: string,
): CatalogueEntry {
  const { tool, features, useLevel, cost, access, ease, independence, balance, decision, scoring } =
    evaluation
  const location = locationOf(evaluation, lists, today)
  const next = nextReviewOn(evaluation, lists, decided.decidedOn, policy)
  const texts = (rows: readonly { readonly text: Translated<string> }[]): readonly Translated<string>[] =>
    rows.map(({ text }) => text)
  const expires = expiriesOf(evaluation, lists).toSorted((a, b) => (a.on < b.on ? -1 : 1))[0]
  return {
    ...decided,
    name: tool.toolName,
    versionOrPlan: tool.versionOrPlan,
    vendor: tool.vendor,
    url: tool.url,
    category: tool.category ?? '',
    classes: features.classes,
    description: tool.description,
    intendedUse: tool.intendedUse,
    need: evaluation.need.need,
    tags: features.tags,
    level: (useLevel.level ?? 'individual') as UseLevel,
    outcome: (decision.outcome ?? 'not_recommended') as Outcome,
    justification: decision.justification,
    conditions: decision.conditions.map(({ id, text, dueOn, doneOn }) => ({ id, text, dueOn, doneOn })),
    allowedDataClasses: decision.allowedDataClasses as readonly DataClass[],
    leftOut: isRecommended(evaluation) ? leftOutOf(evaluation, lists, today) : [],
    allowedLevels: decision.allowedLevels as readonly UseLevel[],
    uses: texts(balance.uses),
    precautions: balance.precautions.map(({ text, severity, mitigation }) => ({
      text,
      severity: severity ?? '',
      mitigation,
    })),
    jobAdvantages: texts(balance.jobAdvantages),
    institutionAdvantages: texts(balance.institutionAdvantages),
    location: {
      worst: location.worst,
      exposed: location.exposed,
      atRest: location.atRest,
      backedUp: location.backedUp,
      reachedFrom: location.reachedFrom,
      law: location.law,
      own: tool.deployment === 'self_hosted' || tool.deployment === 'managed_in_admin_cloud',
      happenings: location.happenings.map(({ activity, country, zone, mechanism }) => ({
        activity,
        country,
        zone,
        mechanism,
      })),
    },
    licence: independence.licence,
    openness: independence.openness,
    costModel: cost.model,
    offline: access.offline,
    devices: access.devices,
    interfaceLanguages: ease.interfaceLanguages,
    trainingPlan: useLevel.trainingPlan,
    score:
      scoring?.overall === null || scoring?.overall === undefined
        ? null
        : {
            overall: scoring.overall,
            low: scoring.low,
            high: scoring.high,
            people: scoring.sheets ?? 0,
            disagreements: scoring.criteria.filter(({ flagged }) => flagged).length,
            fragile: scoring.fragile,
            recommendFrom: scoring.recommendFrom ?? null,
          },
    departmentsUsing: decision.departmentsUsing,
    exitOn: decision.outcome === 'withdrawn' ? decision.exitOn : null,
    exitPlan: decision.outcome === 'withdrawn' ? independence.exitPlan : {},
    useInstead: isLeft(decision.outcome) ? decision.useInstead : {},
    nextReviewOn: next,
    expires:
      expires && addDays(expires.on, -REVIEW_BEFORE_EXPIRY_DAYS) === next
        ? { what: expires.what, on: expires.on }
        : null,
  }
}

const leftOutOf = (
  evaluation: Evaluation,
  lists: Pick<References, 'eea' | 'adequacy'>,
  today: string,
): CatalogueEntry['leftOut'] =>
  DATA_CLASSES.map(({ id }) => id)
    .filter((data) => !evaluation.decision.allowedDataClasses.includes(data))
    .map((data) => ({
      data,
      evaluated: evaluation.dataProtection.dataClasses.includes(data),
      blocks: blocksAgainst(evaluation, data, lists, today).map(({ id, message }) => ({ id, message })),
    }))

/**
 * What the house may rely on today (DOMAIN C-04): what was decided, unless what it rests on has changed since (E-30), or nobody has looked
 * again for more than sixty days after they should have.
 */
export function statusOf(
  { outcome, nextReviewOn: due }: Pick<CatalogueEntry, 'outcome' | 'nextReviewOn'>,
  reopened: boolean,
  today: string,
): EntryStatus {
  if (outcome === 'withdrawn') return 'withdrawn'
  if (reopened || today > addDays(due, REVIEW_OVERDUE_DAYS)) return 'under_review'
  switch (outcome) {
    case 'recommended':
      return 'recommended'
    case 'recommended_with_conditions':
      return 'conditional'
    case 'not_recommended':
      return 'not_recommended'
  }
}
/** It should have been looked at again before today; until it is under review it goes on as it was, and says so. */
export const isOverdue = (
  { nextReviewOn: due }: Pick<CatalogueEntry, 'nextReviewOn'>,
  today: string,
): boolean => today > due
