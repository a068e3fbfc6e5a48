/** What a profile needs before it opens (DOMAIN A.4, A.5, A.7): whom it is registered to, how it is named, what it links to, who was trained. */
import { isWebAddress } from '../../addresses.ts'
import { followsPattern } from '../../account-names.ts'
import { fold } from '../../reference/list.ts'
import type { Plan } from '../../schema/plan.ts'
import { isReason } from '../../workflow.ts'
import { message, type CheckContext, type Message } from '../finding.ts'
import { nameIn } from '../required.ts'
import type { Found, PlanCheck, Profile } from './check.ts'

/** One check over every profile that is not on its way out. */
function ofEach(
  find: (profile: Profile, plan: Plan, context: CheckContext, item: string) => readonly Problem[],
): PlanCheck['run'] {
  return (plan, context) =>
    plan.profiles.profiles
      .filter((profile) => !profile.closing)
      .flatMap((profile) => {
        const item = nameIn(profile, context)
        // Of one that has neither a name nor a network its fields say enough.
        if (item === '') return []
        return find(profile, plan, context, item).map(({ field, ...problem }): Found => ({
          severity: 'block',
          gate: 'profile_open',
          section: 'profiles',
          path: `profiles/${profile.id}/${field}`,
          ...problem,
        }))
      })
}
interface Problem {
  readonly field: keyof Profile | `bio:${string}`
  readonly message: Message
  readonly fix?: Message
  readonly fixAt?: string
  readonly severity?: 'warn'
  readonly waivable?: true
}
const at = { section: 'profiles', path: 'profiles.profiles' } as const

/** The words of the kit that say whose profile it is. */
export const affiliationWords = (plan: Plan): string[] =>
  plan.identityKit.affiliation.split(',').map(fold).filter(Boolean)

/** Short names of departments, as account names use them. */
export const shortNames = (plan: Plan): string[] =>
  plan.identityKit.departmentNames.map(({ name }) => name).filter((name) => name.trim() !== '')

/** Whether an account name follows the kit's rule; true while there is no rule. */
export const isNamedByRule = (plan: Plan, handle: string): boolean => {
  const { namingPattern, shortName } = plan.identityKit
  if (namingPattern.trim() === '' || shortName.trim() === '') return true
  return followsPattern(handle, namingPattern, shortName, shortNames(plan))
}

export const hasAffiliation = (
  plan: Plan,
  { handle, displayName }: Pick<Profile, 'handle' | 'displayName'>,
): boolean => {
  const words = affiliationWords(plan)
  return words.length === 0 || words.some((word) => fold(`${displayName} ${handle}`).includes(word))
}

/** Whether the picture of a profile is the approved one, or an approved variant. */
export const hasOurPicture = (plan: Plan, { avatar }: Pick<Profile, 'avatar'>): boolean => {
  const { avatar: ours, variants } = plan.identityKit
  const allowed = [ours, ...variants.map(({ picture }) => picture)].flatMap((one) => one?.sha256 ?? [])
  return allowed.length === 0 || (avatar !== null && allowed.includes(avatar.sha256))
}

export const PROFILE_CHECKS: readonly PlanCheck[] = [
  {
    id: 'A-4b',
    section: 'profiles',
    path: 'profiles.notOpened',
    subject: 'What is not opened is looked at again',
    run: ({ profiles: { notOpened } }, context) =>
      notOpened
        .filter(({ reviewOn }) => reviewOn !== null && reviewOn < context.today)
        .map((network) => ({
          severity: 'warn' as const,
          gate: 'live' as const,
          section: 'profiles',
          path: `notOpened/${network.id}/reviewOn`,
          message: message('It was to be looked at again by now whether to open “{item}”.', {
            item: nameIn(network, context),
          }),
        })),
  },
  {
    id: 'P-07',
    ...at,
    subject: 'Profiles are registered with the mailbox of a unit',
    run: ofEach(({ corporateMailbox }, _plan, _context, item) =>
      corporateMailbox
        ? []
        : [
            {
              field: 'corporateMailbox',
              message: message('“{item}”: it is not said that it is registered with the mailbox of a unit.', {
                item,
              }),
              fix: message('Change the address of the account to one of the unit, and tick it here.'),
            },
          ],
    ),
  },
  {
    id: 'P-08',
    ...at,
    subject: 'Profiles link to the privacy notice and to the participation norms',
    run: ofEach(({ privacyNotice, participationNorms }, _plan, _context, item) => [
      ...(!isWebAddress(privacyNotice)
        ? [
            {
              field: 'privacyNotice',
              message: message('“{item}” does not link to the privacy notice.', { item }),
            } as const,
          ]
        : []),
      ...(!isWebAddress(participationNorms)
        ? [
            {
              field: 'participationNorms',
              message: message('“{item}” does not link to the participation norms.', { item }),
            } as const,
          ]
        : []),
    ]),
  },
  {
    id: 'P-10',
    ...at,
    subject: 'All profiles show the same picture',
    run: ofEach((profile, plan, _context, item) =>
      hasOurPicture(plan, profile) || isReason(profile.avatarException)
        ? []
        : [
            {
              field: 'avatar',
              waivable: true,
              message: message('“{item}” does not show the picture of the institution.', { item }),
              fix: message(
                'Put in the picture of the kit, or say why it is another one (20 characters at least).',
              ),
            },
          ],
    ),
  },
  {
    id: 'P-11',
    ...at,
    subject: 'Account names follow one logic',
    run: ofEach(({ handle, namingException }, plan, _context, item) =>
      handle.trim() === '' || isNamedByRule(plan, handle) || isReason(namingException)
        ? []
        : [
            {
              field: 'handle',
              waivable: true,
              message: message('The account name of “{item}” does not follow the rule.', { item }),
              fix: message('Change it, or say why it does not (20 characters at least).'),
            },
          ],
    ),
  },
  {
    id: 'P-12',
    ...at,
    subject: 'Names say whose profile it is',
    run: ofEach((profile, plan, _context, item) =>
      `${profile.displayName}${profile.handle}`.trim() === '' || hasAffiliation(plan, profile)
        ? []
        : [
            {
              field: 'displayName',
              waivable: true,
              message: message('Neither name of “{item}” says whose profile it is.', { item }),
              fix: message('Use one of the words of the identity kit: {words}.', {
                words: affiliationWords(plan).join(', '),
              }),
            },
          ],
    ),
  },
  {
    id: 'P-14',
    ...at,
    subject: 'Presentations are there in every official language, with the website',
    run: ofEach(({ bio, website }, _plan, { languages }, item) => [
      ...languages
        .filter((language) => (bio[language] ?? '').trim() === '')
        .map((language) => ({
          field: `bio:${language}` as const,
          message: message('“{item}” has no presentation yet in {language}.', {
            item,
            language: `lang:${language}`,
          }),
        })),
      ...(!isWebAddress(website)
        ? [
            {
              field: 'website',
              message: message('“{item}” does not link to the official website.', { item }),
            } as const,
          ]
        : []),
    ]),
  },
  {
    id: 'P-18',
    section: 'training',
    path: 'training.training',
    subject: 'Those who look after profiles are trained in privacy',
    run: ofEach((profile, plan, { facts }, item) => {
      if (!facts) return []
      const courses = plan.training.training.filter(({ topic }) => topic === 'privacy').map(({ id }) => id)
      const done = (person: string): boolean =>
        facts.trained.some((one) => one.person === person && courses.includes(one.training))
      return [
        profile.owner,
        ...plan.team.managers
          .filter(({ profileIds }) => profileIds.includes(profile.id))
          .map(({ person }) => person),
      ]
        .flatMap((person) => person ?? [])
        .filter((person, i, all) => all.findIndex(({ id }) => id === person.id) === i && !done(person.id))
        .map(({ name }) => ({
          field: 'owner',
          waivable: true,
          message: message('{name}, who looks after “{item}”, has not finished the training in privacy.', {
            name,
            item,
          }),
          fix: message('Note it under Training when it is done.'),
          fixAt: courses[0] ? `training/${courses[0]}` : 'training.training',
        }))
    }),
  },
]
