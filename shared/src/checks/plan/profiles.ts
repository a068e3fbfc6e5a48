/** What a profile needs before it opens (DOMAIN A.4, A.5, A.7): whom it is registered to, how it is named, what it links to, who was trained. */
import { accountOf, namesAfter } from '../../account-names.ts'
import { isWebAddress } from '../../addresses.ts'
import { fold } from '../../reference/list.ts'
import type { Person, Picture } from '../../schema/fields.ts'
import type { Plan, Profile } from '../../schema/plan.ts'
import { isReason } from '../../workflow.ts'
import { message, type CheckContext, type Message } from '../finding.ts'
import { nameIn } from '../required.ts'
import type { Found, PlanCheck } from './check.ts'

/** One check over every profile that is not on its way out; `prepare` is what they have in common, found once. */
function ofEach(
  prepare: (plan: Plan, context: CheckContext) => (profile: Profile, item: string) => readonly Problem[],
): PlanCheck['run'] {
  return (plan, context) => {
    const find = prepare(plan, context)
    return plan.profiles.profiles
      .filter((profile) => !profile.closing)
      .flatMap((profile) => {
        const item = nameIn(profile, context)
        // Of one that has neither a name nor a network its fields say enough.
        if (item === '') return []
        return find(profile, item).map(({ field, ...problem }): Found => ({
          severity: 'block',
          gate: 'profile_open',
          section: 'profiles',
          path: `profiles/${profile.id}/${field}`,
          ...problem,
        }))
      })
  }
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

/** Tells whether an account name follows the kit's rule; every one does while there is no rule. */
export const namingRule = (plan: Plan): ((handle: string) => boolean) => {
  const { namingPattern, shortName } = plan.identityKit
  if (namingPattern.trim() === '' || shortName.trim() === '') return () => true
  const names = namesAfter(namingPattern.trim(), shortName, shortNames(plan))
  return (handle) => names.has(accountOf(handle))
}

/** The approved picture, and its approved variants. */
export const picturesOf = ({ identityKit: { avatar, variants } }: Plan): Picture[] =>
  [avatar, ...variants.map(({ picture }) => picture)].flatMap((one) => one ?? [])

/** Tells whether the picture of a profile is the approved one, or an approved variant. */
export const pictureRule = (plan: Plan): ((profile: Pick<Profile, 'avatar'>) => boolean) => {
  const allowed = picturesOf(plan)
  // The fingerprint is what was typed in with the picture: what is looked at must be the same too.
  const isSame = (one: Picture, shown: Picture): boolean =>
    one.sha256 === shown.sha256 && (shown.preview === '' || shown.preview === one.preview)
  return ({ avatar }) =>
    allowed.length === 0 || (avatar !== null && allowed.some((one) => isSame(one, avatar)))
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
    run: ofEach(
      () =>
        ({ corporateMailbox }, item) =>
          corporateMailbox
            ? []
            : [
                {
                  field: 'corporateMailbox',
                  message: message(
                    '“{item}”: it is not said that it is registered with the mailbox of a unit.',
                    {
                      item,
                    },
                  ),
                  fix: message('Change the address of the account to one of the unit, and tick it here.'),
                },
              ],
    ),
  },
  {
    id: 'P-08',
    ...at,
    subject: 'Profiles link to the privacy notice and to the participation norms',
    run: ofEach(() => ({ privacyNotice, participationNorms }, item) => [
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
    run: ofEach((plan) => {
      const isOurs = pictureRule(plan)
      return (profile, item) =>
        isOurs(profile) || isReason(profile.avatarException)
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
            ]
    }),
  },
  {
    id: 'P-11',
    ...at,
    subject: 'Account names follow one logic',
    run: ofEach((plan) => {
      const isNamedByRule = namingRule(plan)
      return ({ handle, namingException }, item) =>
        handle.trim() === '' || isNamedByRule(handle) || isReason(namingException)
          ? []
          : [
              {
                field: 'handle',
                waivable: true,
                message: message('The account name of “{item}” does not follow the rule.', { item }),
                fix: message('Change it, or say why it does not (20 characters at least).'),
              },
            ]
    }),
  },
  {
    id: 'P-12',
    ...at,
    subject: 'Names say whose profile it is',
    run: ofEach((plan) => {
      const ours = affiliationWords(plan)
      const words = ours.join(', ')
      return ({ handle, displayName }, item) => {
        const names = fold(`${displayName} ${handle}`)
        const unnamed = `${displayName}${handle}`.trim() === ''
        return unnamed || ours.length === 0 || ours.some((word) => names.includes(word))
          ? []
          : [
              {
                field: 'displayName',
                waivable: true,
                message: message('Neither name of “{item}” says whose profile it is.', { item }),
                fix: message('Use one of the words of the identity kit: {words}.', { words }),
              },
            ]
      }
    }),
  },
  {
    id: 'P-14',
    ...at,
    subject: 'Presentations are there in every official language, with the website',
    run: ofEach((_plan, { languages }) => ({ bio, website }, item) => [
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
    run: ofEach((plan, { facts }) => {
      if (!facts) return () => []
      const courses = new Set(
        plan.training.training.filter(({ topic }) => topic === 'privacy').map(({ id }) => id),
      )
      const [course] = courses
      const done = new Set(
        facts.trained.filter(({ training }) => courses.has(training)).map(({ person }) => person),
      )
      const managers = new Map<string, Person[]>()
      for (const { person, profileIds } of plan.team.managers)
        if (person) for (const id of profileIds) managers.set(id, [...(managers.get(id) ?? []), person])
      return (profile, item) =>
        [
          ...new Map(
            [profile.owner, ...(managers.get(profile.id) ?? [])].map((one) => [one?.id, one]),
          ).values(),
        ]
          .flatMap((person) => (person && !done.has(person.id) ? [person] : []))
          .map(({ name }) => ({
            field: 'owner',
            waivable: true,
            message: message('{name}, who looks after “{item}”, has not finished the training in privacy.', {
              name,
              item,
            }),
            fix: message('Note it under Training when it is done.'),
            fixAt: course === undefined ? 'training.training' : `training/${course}`,
          }))
    }),
  },
]
