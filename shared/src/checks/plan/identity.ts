/** Sponsor and period of the plan (DOMAIN A.1). */
import { message } from '../finding.ts'
import type { PlanCheck } from './check.ts'

/** Longest period of validity that gives no warning. */
const PERIOD_MAX_MONTHS = 24

export const IDENTITY_CHECKS: readonly PlanCheck[] = [
  {
    id: 'P-03',
    section: 'identity',
    path: 'identity.sponsorRole',
    subject: 'The plan has a sponsor',
    asks: ['identity.sponsorRole', 'identity.sponsorBody', 'identity.sponsoredOn'],
    run: (plan, context) => {
      const lead = context.languages[0] ?? ''
      const { sponsorRole, sponsorBody, sponsoredOn } = plan.identity
      const recorded = (sponsorRole[lead] ?? '').trim() !== '' && sponsorBody !== null && sponsoredOn !== null
      return recorded
        ? []
        : [
            {
              severity: 'block',
              gate: 'approval',
              section: 'identity',
              path: 'identity.sponsorRole',
              message: message('Nobody of those who lead the institution sponsors the plan yet.'),
              fix: message('Record who sponsors it, at which level and since when.'),
            },
          ]
    },
  },
  {
    id: 'A-1',
    section: 'identity',
    path: 'identity.to',
    subject: 'The period makes sense',
    run: ({ identity: { from, to } }, { today }) => {
      if (from === null || to === null) return []
      const base = { gate: 'review', section: 'identity', path: 'identity.to' } as const
      if (to < from) {
        return [{ ...base, severity: 'block', message: message('The plan ends before it begins.') }]
      }
      if (to < today)
        return [{ ...base, severity: 'warn', message: message('The period of the plan has gone by.') }]
      return monthsBetween(from, to) > PERIOD_MAX_MONTHS
        ? [{ ...base, severity: 'warn', message: message('The plan is valid for more than two years.') }]
        : []
    },
  },
]

/** Whole months from one ISO date to the other, rounded up. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) + (toDay > fromDay ? 1 : 0)
}
