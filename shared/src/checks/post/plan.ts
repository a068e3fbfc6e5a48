/** How a post stands to the plan: it serves a purpose, on profiles that are open, and says what the website says (DOMAIN P-46, P-06). */
import type { ProfileStatus } from '../../profile-life.ts'
import { message, type Message } from '../finding.ts'
import { domainOf, isWithin, onPost, type Found, type PostCheck, type Seen } from './check.ts'

export const POST_PLAN_CHECKS: readonly PostCheck[] = [
  {
    id: 'P-46',
    field: 'purposeIds',
    subject: 'It serves a purpose of the plan, on profiles that are open',
    run: (seen) => [...purposeFound(seen), ...profilesFound(seen)],
  },
  {
    id: 'P-06',
    field: 'officialSource',
    subject: 'What it says of a service is on the official website',
    run: (seen) => {
      const { post, known } = seen
      if (!post.serviceFacts) return []
      const base = { severity: 'warn', path: onPost(seen, 'officialSource') } as const
      if (post.officialSource.trim() === '')
        return [
          {
            ...base,
            message: message(
              'It states facts about a service, and does not say where the official website says so.',
            ),
            fix: message('Give the address of that page.'),
          },
        ]
      return known.ownDomains.length === 0 || isWithin(domainOf(post.officialSource), known.ownDomains)
        ? []
        : [
            {
              ...base,
              message: message('Its source is not on the official website.'),
              fix: message('Give the address of a page of {domains}.', {
                domains: known.ownDomains.join(', '),
              }),
            },
          ]
    },
  },
]

function purposeFound(seen: Seen): Found[] {
  const { post, known } = seen
  if (post.purposeIds.some((id) => known.purposes.has(id))) return []
  return [
    {
      severity: 'block',
      path: onPost(seen, 'purposeIds'),
      message:
        post.purposeIds.length === 0
          ? message('It is not said which purpose of the plan it serves.')
          : message('The purpose it served is not in the plan any more.'),
      fix: message('Choose one. A post that serves none had better not be.'),
    },
  ]
}

function profilesFound(seen: Seen): Found[] {
  const { post, known, context, places } = seen
  const base = { severity: 'block', path: onPost(seen, 'profileIds') } as const
  if (!context.inForce)
    return [
      {
        ...base,
        message: message('The plan is not approved yet: nothing is published before.'),
        fix: message('Have the plan approved first, and the profiles opened.'),
      },
    ]
  const gone = post.profileIds.filter((id) => !known.profiles.has(id))
  return [
    ...(gone.length > 0
      ? [
          {
            ...base,
            message: message('A profile it goes to is not in the plan in force.'),
            fix: message('Choose another one, or take it out.'),
          },
        ]
      : []),
    ...places.flatMap(({ profile, name }) => {
      const status = known.statuses.get(profile.id) ?? 'planned'
      if (status === 'open') return []
      return [
        { ...base, message: NOT_OPEN[status](name), fix: message('Choose another one, or have it opened.') },
      ]
    }),
  ]
}
const NOT_OPEN: { readonly [status in Exclude<ProfileStatus, 'open'>]: (item: string) => Message } = {
  planned: (item) => message('“{item}” is not open yet.', { item }),
  dormant: (item) => message('“{item}” is at rest.', { item }),
  closed: (item) => message('“{item}” is closed.', { item }),
  handed_over: (item) => message('“{item}” was handed over.', { item }),
}
