/** The life of a profile, what it needs to open or to close, and when it is a presence without purpose. */
import { describe, expect, it } from 'vitest'
import type { CheckContext, Finding, ProfileFact } from '@auzolan/shared/checks/finding.ts'
import { closingFindings, openingFindings } from '@auzolan/shared/checks/plan/opening.ts'
import { checkPlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { ROLES } from '@auzolan/shared/grants.ts'
import {
  PROFILE_COMMANDS,
  PROFILE_STATUSES,
  commanded,
  commandsFrom,
  mayCommand,
  opens,
} from '@auzolan/shared/profile-life.ts'
import { COURSE, OWNER, completePlan, planOf, type Template, type Values } from '../support/complete.ts'

const TRAINED = { communications: [], trained: [{ training: COURSE, person: OWNER.id }], profiles: [] }
const CONTEXT: CheckContext = {
  languages: ['eu', 'es'],
  today: '2026-11-26',
  inForce: true,
  facts: TRAINED,
}
const plan = (change?: (template: Template) => void) => planOf(completePlan(change))
const profileIn = (template: Template): Values => (template['profiles']!['profiles'] as Values[])[0]!
const changed = (change: (profile: Values) => void) => plan((template) => change(profileIn(template)))
const where = (findings: readonly Finding[]): string[] =>
  findings.map(({ check, path }) => `${check} ${path}`)

describe('the life of a profile', () => {
  const TABLE = {
    planned: { open: 'open' },
    open: { rest: 'dormant', close: 'closed', hand_over: 'handed_over' },
    dormant: { close: 'closed', hand_over: 'handed_over', reopen: 'open' },
    closed: { reopen: 'open' },
    handed_over: { reopen: 'open' },
  } as const
  it.each(PROFILE_STATUSES.flatMap((status) => PROFILE_COMMANDS.map((command) => ({ status, command }))))(
    '$command from $status',
    ({ status, command }) => {
      const to = (TABLE[status] as { [command: string]: string })[command]
      const result = commanded(status, command)
      if (to === undefined) expect(isRefusal(result)).toBe(true)
      else expect(result).toBe(to)
      expect(commandsFrom(status, ['coordinator']).includes(command)).toBe(to !== undefined)
    },
  )
  it.each(ROLES)('%s may', (role) => {
    const may = PROFILE_COMMANDS.filter((command) => mayCommand(command, [role]))
    expect(may).toEqual(
      role === 'coordinator' ? [...PROFILE_COMMANDS] : role === 'director' ? ['open', 'reopen'] : [],
    )
  })
  it('opens for the first time or again', () =>
    expect(PROFILE_COMMANDS.filter(opens)).toEqual(['open', 'reopen']))
})

describe('[PR2] what keeps a profile closed', () => {
  it('is nothing when nothing is missing, also while others lack something', () => {
    expect(openingFindings(plan(), 'mastodon', CONTEXT)).toEqual([])
    const others = plan((template) =>
      (template['profiles']!['profiles'] as Values[]).slice(1).forEach((one) => (one['website'] = '')),
    )
    expect(openingFindings(others, 'mastodon', CONTEXT)).toEqual([])
    expect(where(openingFindings(others, 'telegram', CONTEXT))).toEqual(['P-14 profiles/telegram/website'])
  })
  it('is a plan that nobody has approved, or that does not have it', () => {
    expect(where(openingFindings(null, 'mastodon', CONTEXT))).toEqual(['P-01 profiles.profiles'])
    expect(where(openingFindings(plan(), 'nothing', CONTEXT))).toEqual(['P-01 profiles.profiles'])
  })
  it('is one of the four questions without an answer', () => {
    const open = plan(({ planning }) => (planning!['whyAnswer'] = {}))
    expect(where(openingFindings(open, 'mastodon', CONTEXT))).toEqual(['P-01 planning'])
  })
  it('is whoever looks after it without training: owner and managers, each once', () => {
    const facts = { ...TRAINED, trained: [] }
    const named = (findings: readonly Finding[]) => findings.map(({ message }) => message.holes?.['name'])
    expect(named(openingFindings(plan(), 'mastodon', { ...CONTEXT, facts }))).toEqual(['Jon'])
    const two = plan(({ team }) =>
      (team!['managers'] as Values[]).push({
        id: 'm2',
        person: { id: 'maite', name: 'Maite' },
        profileIds: ['mastodon'],
      }),
    )
    expect(named(openingFindings(two, 'mastodon', CONTEXT))).toEqual(['Maite'])
    // A course in something else is none in privacy.
    const other = plan(({ training }) => ((training!['training'] as Values[])[0]!['topic'] = 'crisis'))
    expect(named(openingFindings(other, 'mastodon', CONTEXT))).toEqual(['Jon'])
  })
})

describe('[PR4] what keeps a profile open', () => {
  const closing = {
    closing: true,
    closesOn: '2027-03-01',
    closingReason: { eu: 'Inork ez du irakurtzen.' },
    closingNotice: { eu: 'Agur.' },
    closingHandle: 'kept',
  }
  it('is that its closing is not planned, or not approved', () => {
    expect(where(closingFindings(plan(), 'mastodon', CONTEXT))).toEqual(['A-4 profiles/mastodon/closing'])
    expect(where(closingFindings(null, 'mastodon', CONTEXT))).toEqual(['A-4 profiles.profiles'])
    expect(where(closingFindings(plan(), 'nothing', CONTEXT))).toEqual(['A-4 profiles.profiles'])
  })
  it('is nothing when the closing says when, why, with which farewell, and what becomes of the name', () =>
    expect(
      closingFindings(
        changed((p) => Object.assign(p, closing)),
        'mastodon',
        CONTEXT,
      ),
    ).toEqual([]))
  it.each(['closesOn', 'closingReason', 'closingNotice', 'closingHandle'])(
    'is a closing without %s',
    (field) => {
      const without = changed((profile) => Object.assign(profile, closing, { [field]: undefined }))
      expect(where(closingFindings(without, 'mastodon', CONTEXT))).toEqual([`A-4 profiles/mastodon/${field}`])
    },
  )
})

describe('[P-04] presence without purpose', () => {
  const fact = (more: Partial<ProfileFact> = {}): ProfileFact => ({
    profile: 'mastodon',
    name: 'Haranberriko Udala',
    status: 'open',
    openedOn: '2026-01-07',
    ...more,
  })
  const found = (profiles: readonly ProfileFact[], change: (profile: Values) => void = () => {}): string[] =>
    where(
      checkPlan(changed(change), { ...CONTEXT, facts: { ...TRAINED, profiles } }).findings.filter(
        ({ check }) => check === 'P-04',
      ),
    )
  it('is one that is open and says neither what for nor why', () => {
    expect(found([fact()])).toEqual([])
    expect(found([fact()], (p) => (p['purposeIds'] = []))).toEqual(['P-04 profiles/mastodon/purposeIds'])
    expect(found([fact()], (p) => (p['why'] = { eu: ' ', es: '' }))).toEqual(['P-04 profiles/mastodon/why'])
    expect(found([fact()], (p) => (p['why'] = { eu: '', es: 'Aquí preguntan' }))).toEqual([])
  })
  it.each(['planned', 'dormant', 'closed', 'handed_over'] as const)('is none that is %s', (status) =>
    expect(found([fact({ status })], (p) => (p['purposeIds'] = []))).toEqual([]),
  )
  it('is none that nobody has opened, nor one whose closing is planned', () => {
    expect(found([], (p) => (p['purposeIds'] = []))).toEqual([])
    expect(found([fact()], (p) => Object.assign(p, { purposeIds: [], closing: true }))).toEqual([])
  })
  it('is one that is open and has gone from the plan', () =>
    expect(found([fact({ profile: 'gone' })])).toEqual(['P-04 profiles.profiles']))
  it.each([
    ['nothing is known of its posts', {}, false],
    ['90 days ago', { lastPostOn: '2026-08-28' }, false],
    ['91 days ago', { lastPostOn: '2026-08-27' }, true],
    ['never, open for 90 days', { lastPostOn: null, openedOn: '2026-08-28' }, false],
    ['never, open for 91 days', { lastPostOn: null, openedOn: '2026-08-27' }, true],
    ['yesterday, open for long', { lastPostOn: '2026-11-25' }, false],
  ] as const)('is one that is idle: %s', (_when, more, idle) =>
    expect(found([fact(more)])).toEqual(idle ? ['P-04 profiles/mastodon/why'] : []),
  )
})
