/** [D6] A text that is longer than its field stops a review, and no check spends its time on it. */
import { describe, expect, it } from 'vitest'
import type { CheckContext } from '@auzolan/shared/checks/finding.ts'
import { limitOf } from '@auzolan/shared/checks/lengths.ts'
import { openingFindings } from '@auzolan/shared/checks/plan/opening.ts'
import { publicationFindings } from '@auzolan/shared/checks/publication.ts'
import { checkPlan } from '@auzolan/shared/checks/run.ts'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { LINK_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { namesAfter } from '@auzolan/shared/account-names.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { completePlan, planOf, type Template, type Values } from '../support/complete.ts'

const CONTEXT: CheckContext = { languages: ['eu', 'es'], today: '2026-11-26', inForce: true }
const plan = (change?: (template: Template) => void): Plan => planOf(completePlan(change))
const first = (template: Template, section: string, list: string): Values =>
  (template[section]![list] as Values[])[0]!
const found = (change: (template: Template) => void): string[] =>
  checkPlan(plan(change), CONTEXT).missing.map(({ check, path }) => `${check} ${path}`)
const kit = (template: Template): Values => template['identityKit']!
/** Processor time, because a busy machine is no fault of a check. */
function cpuMs(work: () => unknown): number {
  const began = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(began)
  return (user + system) / 1_000
}

describe('[D6] a text of at most as many characters as its field takes', () => {
  it('is none that is too long, in a whole plan and in the sample', () => {
    for (const one of [plan(), planOf(HARANBERRI_PLAN as unknown as Template)])
      expect(checkPlan(one, CONTEXT).findings.filter(({ check }) => check === 'length')).toEqual([])
  })
  it.each([
    [
      'of a section',
      'identityKit.shortName',
      (t: Template, n: number) => (kit(t)['shortName'] = 'x'.repeat(n)),
      60,
    ],
    [
      'in one language',
      'identity.title:es',
      (t: Template, n: number) => (t['identity']!['title'] = { eu: 'Plana', es: 'x'.repeat(n) }),
      200,
    ],
    [
      'of a record',
      'profiles/mastodon/handle',
      (t: Template, n: number) =>
        ((t['profiles']!['profiles'] as Values[]).find(({ id }) => id === 'mastodon')!['handle'] = 'x'.repeat(
          n,
        )),
      60,
    ],
    [
      'an address',
      'profiles/mastodon/website',
      (t: Template, n: number) =>
        ((t['profiles']!['profiles'] as Values[]).find(({ id }) => id === 'mastodon')!['website'] =
          'x'.repeat(n)),
      LINK_MAX_CHARACTERS,
    ],
  ] as const)('%s', (_, path, write, most) => {
    expect(found((t) => write(t, most))).toEqual([])
    expect(found((t) => write(t, most + 1))).toEqual([`length ${path}`])
  })
})

describe('[D6] a text that is too long', () => {
  it('says how long it is, how long it may be and what to do', () => {
    const change = (t: Template): void => {
      kit(t)['shortName'] = 'x'.repeat(61)
      first(t, 'identityKit', 'departmentNames')['name'] = 'y'.repeat(70)
    }
    const { missing } = checkPlan(plan(change), CONTEXT)
    expect(missing.map(({ message }) => message.holes)).toEqual([
      { field: 'Short name of the institution', length: '61', most: '60' },
      { field: 'Short name', list: 'Short names of the departments', length: '70', most: '60' },
    ])
    expect(missing.every(({ fix }) => fix !== undefined)).toBe(true)
  })
  it('leaves its section unfinished, and its question open', () => {
    const report = checkPlan(
      plan((t) => (first(t, 'planning', 'purposes')['text'] = { eu: 'x'.repeat(2_000), es: 'x' })),
      CONTEXT,
    )
    expect(report.completeness['planning']).toBe('partial')
    expect(report.answered.why).toBe(false)
  })
  it('is read by no other check', () => {
    const change = (t: Template): void => {
      kit(t)['namingPattern'] = `{org}x${'y'.repeat(200)}`
      kit(t)['affiliation'] = 'qqqq, '.repeat(100)
      t['staffGuidance']!['freedom'] = { eu: 'x'.repeat(501), es: 'x'.repeat(501) }
      for (const profile of t['profiles']!['profiles'] as Values[]) profile['displayName'] = 'x'.repeat(101)
    }
    const checks = (one: Plan): string[] => checkPlan(one, CONTEXT).findings.map(({ check }) => check)
    expect(checks(plan(change)).filter((check) => check.startsWith('P-'))).toEqual(
      checks(plan()).filter((check) => check.startsWith('P-')),
    )
    expect(openingFindings(plan(change), 'mastodon', CONTEXT)).toEqual(
      openingFindings(plan(), 'mastodon', CONTEXT),
    )
  })
})

describe('[D6] checks of a hostile plan take no time to speak of', () => {
  it('names of brackets that nobody closes', () => {
    expect(cpuMs(() => namesAfter('['.repeat(60_000), 'udala', ['kultura']))).toBeLessThan(200)
  })
  const many = (change: (template: Template) => void): Plan =>
    plan((t) => {
      const profiles = t['profiles']!['profiles'] as Values[]
      t['profiles']!['profiles'] = Array.from({ length: 200 }, (_, i) => ({ ...profiles[0], id: `p${i}` }))
      change(t)
    })
  it.each([
    ['a pattern', (t: Template) => (kit(t)['namingPattern'] = `{org}${'['.repeat(60_000)}`)],
    ['words of affiliation', (t: Template) => (kit(t)['affiliation'] = 'qq,'.repeat(20_000))],
    ['words of affiliation that fit', (t: Template) => (kit(t)['affiliation'] = 'qq,'.repeat(100))],
    [
      'departments',
      (t: Template) =>
        (kit(t)['departmentNames'] = Array.from({ length: 1_000 }, (_, i) => ({
          id: `d${i}`,
          name: 'x'.repeat(60),
        }))),
    ],
  ] as const)('%s', (_, change) => {
    const one = many(change)
    expect(cpuMs(() => checkPlan(one, CONTEXT))).toBeLessThan(1_500)
  })
  it('a long word where an address of e-mail is looked for', () => {
    const one = plan(
      (t) =>
        (t['identity']!['strategy'] = {
          eu: [{ type: 'paragraph', content: [{ type: 'text', text: 'a'.repeat(200_000) }] }],
          es: [],
        }),
    )
    const organisation = { version: 1, name: { eu: 'Udala' }, languages: ['eu', 'es'] } as never
    const ms = cpuMs(() =>
      publicationFindings(DOCUMENT_TYPES.plan, one as never, {
        ...CONTEXT,
        organisation,
        visibility: 'public',
      }),
    )
    expect(ms).toBeLessThan(1_500)
  })
})

it('[D6] texts and addresses have a limit, rich text has none of its own', () => {
  const { identity, identityKit } = Object.fromEntries(
    PLAN.sections.map((s) => [s.id, s.fields]),
  ) as never as {
    identity: Record<string, never>
    identityKit: Record<string, never>
  }
  expect(limitOf(identityKit['shortName']!)).toBe(60)
  expect(limitOf(identity['strategy']!)).toBe(null)
})
