/** What a plan takes over from the one above it, and what of a plan serves as a template: pure, by tables [PP2][TP1]. */
import { describe, expect, it } from 'vitest'
import { checkPlan, parsePlan } from '@auzolan/shared/checks/run.ts'
import { inheritable, inherited, isInheritedPath, originOf } from '@auzolan/shared/schema/inherited.ts'
import { mouldOf } from '@auzolan/shared/schema/mould.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'

const plan = (json: object, languages: readonly string[] = ['eu', 'es']) =>
  parsePlan(JSON.stringify(json), languages)

describe('what is taken over', () => {
  it.each([
    ['identityKit.namingPattern', true],
    ['avatarVariants/a/picture', true],
    ['departmentNames/a', true],
    ['rights.licence', true],
    ['rights.attribution', false],
    ['participation.pertinent:eu', true],
    ['ladder/a/when:es', true],
    ['spaces/a/name', false],
    ['identity.title', false],
    ['profiles/a/handle', false],
  ])('%s: %s', (path, is) => expect(isInheritedPath(path)).toBe(is))

  it('is what the version above says in the languages of the plan, and no more', () => {
    const above = {
      participation: {
        pertinent: { eu: 'Bai', es: 'Sí', ca: 'Sí' },
        ladder: [{ id: 'l', when: { ca: 'C' } }],
      },
    }
    const values = inheritable(JSON.stringify(above), ['eu', 'oc'])
    expect(values['participation']!['pertinent']).toEqual({ eu: 'Bai', oc: '' })
    expect(values['participation']!['ladder']).toMatchObject([{ id: 'l', when: { eu: '', oc: '' } }])
    expect(values['participation']).not.toHaveProperty('spaces')
  })

  it('leaves a plan without anything above as it is', () => {
    const own = plan({ rights: { licence: 'CC0-1.0' } })
    expect(inherited(own, null)).toBe(own)
    expect(originOf(JSON.stringify(own))).toBeNull()
  })

  it('is seen by the checks: what is there above is not missing below', () => {
    const context = { languages: ['eu', 'es'], today: '2026-11-26', inForce: false }
    const own = plan({})
    const lacks = (p: typeof own): boolean =>
      checkPlan(p, context).missing.some(({ path }) => path === 'rights.licence')
    const from = {
      id: 'x',
      version: 1,
      sha256: 'f',
      values: inheritable('{"rights":{"licence":"CC0-1.0"}}', ['eu', 'es']),
    }
    expect([lacks(own), lacks(inherited(own, from))]).toEqual([true, false])
  })

  it('[PP12] stops nobody below by what it lacks, who could not write it; what is their own still does', () => {
    const languages = ['ca', 'eu']
    const context = { languages, today: '2026-11-26', inForce: false }
    const own = plan({}, languages)
    const above = '{"participation":{"pertinent":{"eu":"Bai"}}}'
    const below = inherited(own, { id: 'x', version: 1, sha256: 'f', values: inheritable(above, languages) })
    const report = checkPlan(below, context)
    const common = (path: string): boolean => isInheritedPath(path)
    expect(checkPlan(own, context).missing.some(({ path }) => common(path))).toBe(true)
    expect(report.missing.some(({ path }) => common(path))).toBe(false)
    expect(
      report.missing.some(
        ({ path }) => path.startsWith('participation.spaces') || path === 'identity.title:ca',
      ),
    ).toBe(true)
    const told = report.findings.find(({ path }) => path === 'participation.pertinent:ca')
    expect(told).toMatchObject({ severity: 'warn', fix: { text: expect.stringContaining('taken over') } })
    // As it is read again from a version.
    const again = checkPlan(parsePlan(JSON.stringify(below), languages), context)
    expect(again.missing).toEqual(report.missing)
  })
})

describe('[PP8] a plan of one department', () => {
  it.each([
    [['a'], false, true, true],
    [['a'], true, true, false],
    [['a'], false, false, false],
    [[], false, true, false],
    [['a', 'b'], false, true, false],
  ])('scope %j, parent %s, organisation plan %s: stopped %s', (scope, parent, organisationPlan, stopped) => {
    const context = {
      languages: ['eu'],
      today: '2026-11-26',
      inForce: false,
      family: { parent, organisationPlan },
    }
    const { missing } = checkPlan(plan({ identity: { scope } }, ['eu']), context)
    expect(missing.some(({ check }) => check === 'A-9')).toBe(stopped)
  })
  it('is not checked where nobody has looked', () => {
    const context = { languages: ['eu'], today: '2026-11-26', inForce: false }
    expect(
      checkPlan(plan({ identity: { scope: ['a'] } }, ['eu']), context).missing.map(({ check }) => check),
    ).not.toContain('A-9')
  })
})

describe('what serves as a template', () => {
  it('loses references to records that stay behind, and keeps the others', () => {
    const content = {
      team: {
        managers: [{ id: 'm', person: { id: 'jon', name: 'Jon' } }],
        coordinator: { id: 'ane', name: 'Ane' },
      },
      profiles: {
        profiles: [{ id: 'p', handle: '@a', purposeIds: ['u'], owner: { id: 'jon', name: 'Jon' } }],
      },
    }
    const mould = mouldOf(PLAN, content, { pictures: false })
    expect(mould['team']).toEqual({})
    expect(mould['profiles']).toEqual({ profiles: [{ id: 'p', handle: '@a', purposeIds: ['u'] }] })
  })
})
