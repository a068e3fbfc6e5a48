/** The rules of teams that both sides read. */
import { describe, expect, it } from 'vitest'
import type { Role } from '@auzolan/shared/grants.ts'
import {
  departmentsJoined,
  expertiseOf,
  hasCoordinator,
  leavesNoCoordinator,
  type Member,
} from '@auzolan/shared/protocol/teams.ts'

const member = (id: string, roles: Role[], more: Partial<Member> = {}): Member => ({
  principal: { kind: 'person', id },
  name: id,
  roles,
  department: null,
  expertise: [],
  ended: false,
  ...more,
})
const ane = member('ane', ['coordinator', 'editor'])
const jon = member('jon', ['editor'])
const gone = member('gone', ['coordinator'], { ended: true })
const group = member('ane', ['coordinator'], { principal: { kind: 'group', id: 'ane' } })

describe('[T5] nobody would coordinate', () => {
  const table: [string, Member[], Member, Role[], boolean][] = [
    ['when the only coordinator goes', [ane, jon], ane, [], true],
    ['when the only coordinator becomes editor', [ane, jon], ane, ['editor'], true],
    ['not when they stay coordinator', [ane, jon], ane, ['coordinator'], false],
    ['not when an editor goes', [ane, jon], jon, [], false],
    ['not when another one stays', [ane, member('jon', ['coordinator'])], ane, [], false],
    ['not when a group of the same name stays', [ane, group], ane, [], false],
    ['when the other account was ended', [ane, gone], ane, [], true],
    ['not more than before, when one whose account was ended goes', [gone, jon], gone, [], false],
    ['not when somebody who is not in it goes', [ane], jon, [], false],
  ]
  it.each(table)('%s', (_when, members, who, roles, none) => {
    expect(leavesNoCoordinator(members, who.principal, roles)).toBe(none)
  })

  it.each([
    [[], false],
    [[jon], false],
    [[gone], false],
    [[ane], true],
    [[group], true],
  ])('%#: a team has a coordinator or not', (members, has) => {
    expect(hasCoordinator(members)).toBe(has)
  })
})

describe('[X-1] a team joins', () => {
  it.each([
    [[], [], []],
    [['a'], [], ['a']],
    [['a', 'b'], [member('x', ['editor'], { department: 'b' })], ['a', 'b']],
    [['a'], [member('x', ['editor'], { department: 'c' }), jon], ['a', 'c']],
  ])('departments %j and those of its members', (departments, members, joined) => {
    expect(departmentsJoined({ departments, members })).toEqual(joined)
  })
  it('expertise, each once', () => {
    const one = member('x', ['editor'], { expertise: ['Bideoa', 'Zuzenbidea'] })
    const two = member('y', ['editor'], { expertise: ['Bideoa'] })
    expect(expertiseOf([one, two])).toEqual(['Bideoa', 'Zuzenbidea'])
  })
})
