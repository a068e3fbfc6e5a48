/** Whether the profiles that are open still have a purpose (DOMAIN P-04): “no presence without purpose”. */
import { PROFILE_IDLE_DAYS } from '../../limits.ts'
import { daysBetween } from '../../working-days.ts'
import { message, namingLanguage, type CheckContext, type ProfileFact } from '../finding.ts'
import { itemName } from '../required.ts'
import type { Profile } from '../../schema/plan.ts'
import type { Found, PlanCheck } from './check.ts'

export const PURPOSELESS_CHECKS: readonly PlanCheck[] = [
  {
    id: 'P-04',
    section: 'profiles',
    path: 'profiles.profiles',
    subject: 'Every open profile has its purpose',
    run: (plan, context) =>
      (context.facts?.profiles ?? [])
        .filter(({ status }) => status === 'open')
        .flatMap((fact) => {
          const profile = plan.profiles.profiles.find(({ id }) => id === fact.profile)
          return profile ? withoutPurpose(profile, fact, context) : [gone(fact)]
        }),
  },
]

const base = { severity: 'warn', gate: 'live', section: 'profiles' } as const

const gone = ({ name }: ProfileFact): Found => ({
  ...base,
  path: 'profiles.profiles',
  message: message('“{item}” is open, and not in the plan any more.', { item: name }),
  fix: message('Put it back with its planned closing, or hand it over.'),
})

/** A profile that is on its way out needs none. */
function withoutPurpose(
  profile: Profile,
  { openedOn, lastPostOn }: ProfileFact,
  context: CheckContext,
): Found[] {
  if (profile.closing) return []
  const item = itemName(profile, namingLanguage(context))
  const fix = message('Say what it is for, or plan to close it.')
  const found: Found[] = []
  if (profile.purposeIds.length === 0)
    found.push({
      ...base,
      path: `profiles/${profile.id}/purposeIds`,
      message: message('“{item}” is open and has no purpose.', { item }),
      fix,
    })
  if (Object.values(profile.why).every((text) => text.trim() === ''))
    found.push({
      ...base,
      path: `profiles/${profile.id}/why`,
      message: message('“{item}” is open and does not say why on this network.', { item }),
      fix,
    })
  const since = lastPostOn === undefined ? null : (lastPostOn ?? openedOn)
  const days = since === null ? 0 : daysBetween(since, context.today)
  if (days > PROFILE_IDLE_DAYS)
    found.push({
      ...base,
      path: `profiles/${profile.id}/why`,
      message: message('“{item}” has published nothing for {count} days.', { item, count: String(days) }),
      fix: message('Say why it stays, or plan to close it.'),
    })
  return found
}
