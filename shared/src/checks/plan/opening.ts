/** What a profile of the version in force must have to be opened (DOMAIN P-01), or closed. */
import { applies, isFilled, type Field } from '../../schema/fields.ts'
import { PLAN, type Plan, type Profile } from '../../schema/plan.ts'
import { profiles } from '../../schema/plan/profiles.ts'
import { message, namingLanguage, type CheckContext, type Finding } from '../finding.ts'
import { measured } from '../lengths.ts'
import { planChecks } from '../plan.ts'
import { itemName } from '../required.ts'

const profileIn = (plan: Plan, id: string): Profile | undefined =>
  plan.profiles.profiles.find((profile) => profile.id === id)

/**
 * What keeps a profile from being opened, of the version in force and nothing else: what somebody has typed since has not been
 * approved. A waiver lets those pass that say so.
 */
export function openingFindings(inForce: Plan | null, id: string, context: CheckContext): readonly Finding[] {
  const base = { check: 'P-01', severity: 'block', gate: 'profile_open', section: 'profiles' } as const
  if (!inForce)
    return [
      {
        ...base,
        path: 'profiles.profiles',
        message: message('No profile can be opened: the plan needs approval.'),
      },
    ]
  const profile = profileIn(inForce, id)
  if (!profile)
    return [
      {
        ...base,
        path: 'profiles.profiles',
        message: message('The version in force does not have this profile yet.'),
        fix: message('It can be opened once a version that has it is approved.'),
      },
    ]
  if (profile.closing)
    return [
      {
        ...base,
        path: `profiles/${id}/closing`,
        message: message('The version in force says that this profile closes.'),
        fix: message('Take the planned closing back, and have the plan approved.'),
      },
    ]
  const { within, others } = measured(PLAN, inForce, context)
  return planChecks(within, { ...context, inForce: true })
    .flatMap((outcome) => others(outcome).findings)
    .filter(({ severity, gate }) => severity === 'block' && gate === 'profile_open')
    .filter(({ check, path }) => check === 'P-01' || path.startsWith(`profiles/${id}/`))
}

/** What keeps a profile from being closed: closing is planned, and approved, before it is done (DOMAIN A.4). */
export function closingFindings(inForce: Plan | null, id: string, context: CheckContext): readonly Finding[] {
  const base = { check: 'A-4', severity: 'block', gate: 'profile_close', section: 'profiles' } as const
  const profile = inForce ? profileIn(inForce, id) : undefined
  if (!profile)
    return [
      {
        ...base,
        path: 'profiles.profiles',
        message: message('The version in force does not have this profile, and so no planned closing of it.'),
        fix: message(
          'Put it into the plan with its closing and have that approved, or hand the profile over.',
        ),
      },
    ]
  if (!profile.closing)
    return [
      {
        ...base,
        path: `profiles/${id}/closing`,
        message: message('The version in force does not say that this profile closes.'),
        fix: message('Say when, why and with which farewell, and have the plan approved.'),
      },
    ]
  const lead = context.languages[0] ?? ''
  const item = itemName(profile, namingLanguage(context))
  const fields: { readonly [key: string]: Field } = profiles.fields.profiles.item
  return Object.entries(fields)
    .filter(([, field]) => field.when?.field === 'closing' && field.required && applies(field, profile))
    .filter(([key, field]) => !isFilled(field, profile[key as keyof Profile], lead))
    .map(([key, field]) => ({
      ...base,
      path: `profiles/${id}/${key}`,
      message: message('“{item}” still lacks: {field}.', { item, field: field.label }),
    }))
}
