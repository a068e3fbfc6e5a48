/** When somebody is told that a review waits: pure, from its dates, what was told already, and the calendar. */
import {
  ESCALATE_AFTER_WORKING_DAYS,
  REMIND_AFTER_WORKING_DAYS,
  REMIND_BEFORE_WORKING_DAYS,
} from '@auzolan/shared/limits.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { samePrincipal, type Member, type Principal } from '@auzolan/shared/protocol/teams.ts'
import { workingDaysBetween, type WorkCalendar } from '@auzolan/shared/working-days.ts'

export const REMINDER_KINDS = ['due', 'overdue', 'escalated'] as const
export type ReminderKind = (typeof REMINDER_KINDS)[number]

export interface WaitingReview {
  /** The day it was sent. */
  readonly since: string
  /** The day until which an answer was asked for. */
  readonly due: string | null
  readonly told: ReadonlySet<ReminderKind>
}

/** What is to be told today; whoever was not there for days (we, or the house) is told the latest of it, once. */
export function remindersOf(review: WaitingReview, today: string, calendar: WorkCalendar): ReminderKind[] {
  return reached(review, today, calendar).filter((kind) => !review.told.has(kind))
}

function reached({ since, due }: WaitingReview, today: string, calendar: WorkCalendar): ReminderKind[] {
  // On the day itself they have just been told that it waits.
  if (today <= since) return []
  if (due === null)
    return workingDaysBetween(since, today, calendar) >= REMIND_AFTER_WORKING_DAYS ? ['due'] : []
  if (today <= due)
    return workingDaysBetween(today, due, calendar) <= REMIND_BEFORE_WORKING_DAYS ? ['due'] : []
  const late = workingDaysBetween(due, today, calendar)
  if (late >= ESCALATE_AFTER_WORKING_DAYS) return ['overdue', 'escalated']
  return late >= 1 ? ['overdue'] : []
}

/**
 * Who must act on a review, and who else is told when they do not. Of groups and Teams nobody here knows who is in them: they are
 * awaited as a whole.
 *
 * @param deciding whose turn it is to decide
 * @param barred people who may not decide on this version
 * @param opinions that are asked for and not given
 */
export function awaited(
  members: readonly Member[],
  deciding: readonly Principal[],
  barred: ReadonlySet<string>,
  opinions: readonly OpinionRole[],
): { readonly acting: readonly Principal[]; readonly others: readonly Principal[] } {
  const present = members.filter(({ ended }) => !ended)
  const having = (...roles: readonly Role[]): Member[] =>
    present.filter((member) => member.roles.some((role) => roles.includes(role)))
  const principals = (of: Iterable<Member>): Principal[] => [...of].map(({ principal }) => principal)
  const gone = members.filter(({ ended }) => ended).map(({ principal }) => principal)
  const mayDecide = deciding.filter(
    (one) =>
      !(one.kind === 'person' && barred.has(one.id)) && !gone.some((other) => samePrincipal(one, other)),
  )
  const must = [...mayDecide, ...principals(having(...opinions))].filter(
    (one, i, all) => all.findIndex((other) => samePrincipal(one, other)) === i,
  )
  const rest = principals(having('coordinator', 'director')).filter(
    (one) => !must.some((other) => samePrincipal(one, other)),
  )
  // Nobody can act: those who can change that have to know.
  return must.length === 0 ? { acting: rest, others: [] } : { acting: must, others: rest }
}
