/**
 * What keeps a tool of the catalogue true and useful (DOMAIN C.3): who uses it and whether that still holds, how one learns it, when somebody
 * looks again. Pure. None of it is in the evaluation, so none of it asks for a new decision.
 */
import { REVIEW_TOLD_DAYS, USE_CONFIRMED_MONTHS } from '../limits.ts'
import type { ToolWatch } from '../protocol/organisation.ts'
import { reaches, type UseLevel } from '../schema/evaluation/levels.ts'
import type { DataClass } from '../schema/evaluation/privacy.ts'
import type { Translated } from '../schema/fields.ts'
import { addMonths } from '../weeks.ts'
import { addDays } from '../working-days.ts'
import type { CatalogueEntry, EntryStatus } from './entry.ts'
import { allows, type Listed } from './may-i-use.ts'

/** What a department says of its use of a tool. Of people only how many. */
export interface DepartmentUse {
  readonly department: string
  /** ISO dates. */
  readonly since: string
  readonly until: string | null
  readonly level: UseLevel
  readonly useCase: Translated<string>
  readonly people: number
  /** 1 to 5. */
  readonly satisfaction: number | null
  readonly dataClasses: readonly DataClass[]
  readonly confirmedOn: string
}

export const MATERIAL_KINDS = ['guide', 'video', 'course', 'session', 'faq'] as const
export type MaterialKind = (typeof MATERIAL_KINDS)[number]
export interface TrainingMaterial {
  readonly id: string
  readonly title: Translated<string>
  readonly kind: MaterialKind
  readonly language: string
  /** Of the web, or of a file of Nextcloud. */
  readonly url: string
  readonly minutes: number | null
  readonly updatedOn: string
  readonly accessible: boolean
}

export const isWatched = ({ person, department }: ToolWatch): boolean =>
  person !== null || department !== null

/** Until the last day of it. */
export const isInUse = ({ until }: Pick<DepartmentUse, 'until'>, today: string): boolean =>
  until === null || today <= until
export const confirmBy = ({ confirmedOn }: Pick<DepartmentUse, 'confirmedOn'>): string =>
  addMonths(confirmedOn, USE_CONFIRMED_MONTHS)
/** Nobody has said for a year that it still holds (C-05). */
export const isToConfirm = (use: Pick<DepartmentUse, 'until' | 'confirmedOn'>, today: string): boolean =>
  isInUse(use, today) && today > confirmBy(use)

/** In what a department needs more than was allowed (C-06). */
export type Beyond = 'withdrawn' | 'not_recommended' | 'data' | 'level'
export function beyondOf(
  use: Pick<DepartmentUse, 'until' | 'level' | 'dataClasses'>,
  { entry, status }: Listed,
  today: string,
): readonly Beyond[] {
  if (!isInUse(use, today)) return []
  // What was withdrawn is used up to its day.
  if (status === 'withdrawn') return entry.exitOn === null || today >= entry.exitOn ? ['withdrawn'] : []
  if (status === 'not_recommended' || entry.outcome === 'not_recommended') return ['not_recommended']
  return [
    ...(use.dataClasses.every((one) => allows(entry.allowedDataClasses, one)) ? [] : ['data' as const]),
    ...(reaches(entry.allowedLevels, use.level) ? [] : ['level' as const]),
  ]
}

export interface Taught {
  readonly materials: readonly Pick<TrainingMaterial, 'language'>[]
  /** By when there will be some; ISO date. */
  readonly promisedBy: string | null
}
/** It is recommended, and nobody can learn it here in a language of the house, nor is that promised for a day to come (C-02). */
export const lacksTraining = (
  status: EntryStatus,
  { materials, promisedBy }: Taught,
  languages: readonly string[],
  today: string,
): boolean =>
  (status === 'recommended' || status === 'conditional') &&
  !materials.some(({ language }) => languages.includes(language)) &&
  (promisedBy === null || promisedBy < today)

export type ReviewStage = (typeof REVIEW_TOLD_DAYS)[number]
/** How near the day is on which somebody looks again, in the steps that are told (C-04). Nobody looks again at what was withdrawn. */
export function reviewStage(
  { outcome, nextReviewOn }: Pick<CatalogueEntry, 'outcome' | 'nextReviewOn'>,
  today: string,
): ReviewStage | null {
  if (outcome === 'withdrawn') return null
  return REVIEW_TOLD_DAYS.findLast((days) => today >= addDays(nextReviewOn, -days)) ?? null
}

/** Something that somebody should see to. */
export type Care = {
  readonly tool: string
  readonly name: string
} & (
  | { readonly kind: 'review'; readonly on: string; readonly overdue: boolean }
  | { readonly kind: 'training' }
  | { readonly kind: 'confirm'; readonly department: string; readonly on: string }
  | { readonly kind: 'beyond'; readonly department: string; readonly what: readonly Beyond[] }
)
/** What a tool needs, the most pressing first. */
export function careOf(
  listed: Listed,
  { uses, ...taught }: Taught & { readonly uses: readonly DepartmentUse[] },
  languages: readonly string[],
  today: string,
): readonly Care[] {
  const { entry, status } = listed
  const about = { tool: entry.id, name: entry.name }
  const review = { on: entry.nextReviewOn, overdue: today > entry.nextReviewOn }
  return [
    ...(reviewStage(entry, today) === null ? [] : [{ ...about, kind: 'review' as const, ...review }]),
    ...uses
      .map((use) => ({ department: use.department, what: beyondOf(use, listed, today) }))
      .filter(({ what }) => what.length > 0)
      .map((one) => ({ ...about, kind: 'beyond' as const, ...one })),
    ...(lacksTraining(status, taught, languages, today) ? [{ ...about, kind: 'training' as const }] : []),
    ...uses
      .filter((use) => isToConfirm(use, today))
      .map((use) => ({
        ...about,
        kind: 'confirm' as const,
        department: use.department,
        on: confirmBy(use),
      })),
  ]
}

/** The last version of the tool that was recommended, of decisions from the latest on (B.15). */
export const lastRecommended = <P extends { readonly outcome: string | null }>(
  history: readonly P[],
): P | null =>
  history.find(({ outcome }) => outcome === 'recommended' || outcome === 'recommended_with_conditions') ??
  null
