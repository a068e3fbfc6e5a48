/** Who approves, and whose turn it is: a table of cases, and what never happens whoever approves in whatever order. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ANY_DIRECTOR,
  QUORUMS,
  placesOf,
  progressOf,
  routeFor,
  turnOf,
  type Approval,
  type Approver,
  type Quorum,
  type Route,
} from '@auzolan/shared/approval-route.ts'

const named = (id: string): Approver => ({ kind: 'person', id, name: id })
const route = (quorum: Quorum, ...people: string[]): Route => ({ quorum, approvers: people.map(named) })
const group = (id: string): Approver => ({ kind: 'group', id, name: id })
/** Somebody's approval, in their own name unless it says for whom. */
const by = (person: string, places: number[], principal = person): Approval => ({
  by: person,
  principal,
  places,
})

describe('[RT1] the quorum', () => {
  it.each<[string, Route, Approval[], boolean, number[]]>([
    ['any, nobody yet', ANY_DIRECTOR, [], false, [0]],
    ['any, one', route('any', 'miren', 'jon'), [by('jon', [1])], true, []],
    ['all, one of two', route('all', 'miren', 'jon'), [by('jon', [1])], false, [0]],
    ['all, both', route('all', 'miren', 'jon'), [by('jon', [1]), by('miren', [0])], true, []],
    ['in order, the first', route('sequence', 'miren', 'jon'), [by('miren', [0])], false, [1]],
    ['in order, both', route('sequence', 'miren', 'jon'), [by('miren', [0]), by('jon', [1])], true, []],
    ['in order, only the second', route('sequence', 'miren', 'jon'), [by('jon', [1])], false, [0]],
  ])('%s', (_name, of, approvals, reached, open) => {
    expect(progressOf(of, approvals)).toMatchObject({ reached, open })
  })

  it('leaves the place that somebody else needs to them, whoever comes first', () => {
    const both: Route = { quorum: 'all', approvers: [{ kind: 'directors' }, named('miren')] }
    // Miren directs, and is named as well: one place is hers, the other one is for somebody else.
    const approvals = [by('miren', [0, 1]), by('jon', [0])]
    expect(progressOf(both, approvals).reached).toBe(true)
    expect(progressOf(both, approvals.toReversed()).reached).toBe(true)
    expect(progressOf(both, [by('miren', [0, 1])]).reached).toBe(false)
  })
})

describe('[RT2] the turn', () => {
  const all = route('all', 'miren', 'jon')
  const order = route('sequence', 'miren', 'jon')
  it.each<[string, Route, Approval[], Approval, ReturnType<typeof turnOf>]>([
    ['of nobody who is not named', all, [], by('ane', []), 'none'],
    ['of each of all', all, [by('miren', [0])], by('jon', [1]), 'now'],
    ['not of the second in order', order, [], by('jon', [1]), 'later'],
    ['of the second after the first', order, [by('miren', [0])], by('jon', [1]), 'now'],
    ['not again of whoever has approved', all, [by('miren', [0])], by('miren', [0]), 'again'],
    ['not of a hand that has had its own turn', all, [by('jon', [1])], by('jon', [0], 'miren'), 'again'],
    ['not of a person in whose name it was done', all, [by('jon', [0], 'miren')], by('miren', [0]), 'again'],
    ['not of a hand that acted for another', all, [by('jon', [0], 'miren')], by('jon', [1]), 'again'],
    ['of nobody when all have', route('any', 'miren', 'jon'), [by('miren', [0])], by('jon', [1]), 'over'],
    [
      'not where the one place is taken',
      route('all', 'miren', 'jon'),
      [by('x', [0])],
      by('miren', [0]),
      'over',
    ],
  ])('is %s', (_name, of, approvals, next, turn) => {
    expect(turnOf(of, approvals, next)).toBe(turn)
  })
})

describe('whoever tries in whatever order', () => {
  const places = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
  const person = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g')
  const attempt = fc.record({ by: person, principal: person, places })
  const routes = fc
    .tuple(fc.constantFrom(...QUORUMS), fc.integer({ min: 1, max: 5 }))
    .map(([quorum, size]): Route => ({ quorum, approvers: [...'12345'].slice(0, size).map(named) }))
  const within = (of: Route, tried: readonly Approval[]): Approval[] =>
    tried.map((one) => ({ ...one, places: one.places.filter((place) => place < of.approvers.length) }))
  /** What the server would have kept of it. */
  const kept = (of: Route, tried: readonly Approval[]): Approval[] => {
    const approvals: Approval[] = []
    for (const one of within(of, tried)) if (turnOf(of, approvals, one) === 'now') approvals.push(one)
    return approvals
  }

  it('[RT1] as many people as the quorum asks for have had part in it, each in one place', () => {
    fc.assert(
      fc.property(routes, fc.array(attempt, { maxLength: 12 }), (of, tried) => {
        const approvals = kept(of, tried)
        const { reached, taken, open } = progressOf(of, approvals)
        const holders = taken.filter((one) => one !== null)
        expect(new Set(holders).size).toBe(holders.length)
        holders.forEach((one) => expect(approvals[one]!.places).toContain(taken.indexOf(one)))
        expect(new Set(approvals.map((one) => one.by)).size).toBe(approvals.length)
        expect(reached).toBe(open.length === 0)
        const needed = of.quorum === 'any' ? 1 : of.approvers.length
        expect(reached).toBe(approvals.length === needed)
        for (const one of approvals)
          expect(
            approvals.filter((o) => o !== one && (o.by === one.principal || o.principal === one.by)),
          ).toEqual([])
      }),
    )
  })

  it('[RT2] after the last one nothing is taken any more, and nobody loses a place', () => {
    fc.assert(
      fc.property(routes, fc.array(attempt, { maxLength: 12 }), attempt, (of, tried, extra) => {
        const approvals = kept(of, tried)
        const [one] = within(of, [extra])
        const before = progressOf(of, approvals)
        if (before.reached) expect(['over', 'none']).toContain(turnOf(of, approvals, one!))
        const after = progressOf(of, [...approvals, one!])
        before.taken.forEach((holder, place) => holder !== null && expect(after.taken[place]).not.toBeNull())
      }),
    )
  })

  it('all: the order of the approvals makes no difference', () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 6 }), (tried) => {
        const of = route('all', '1', '2', '3', '4', '5')
        const { reached, open } = progressOf(of, tried)
        expect(progressOf(of, tried.toReversed())).toMatchObject({ reached })
        expect(progressOf(of, tried.toReversed()).open.length).toBe(open.length)
      }),
    )
  })
})

it('[RT3] the first department of the organisation that works in the team decides which route it is', () => {
  const own = route('all', 'miren', 'jon')
  const culture = { department: 'kultura', approval: own }
  const youth = { department: 'gazteria', approval: route('sequence', 'jon', 'miren') }
  const rules = { approval: route('any', 'alkatea'), departments: [culture, youth] }
  expect(routeFor(undefined, ['kultura'])).toEqual(ANY_DIRECTOR)
  expect(routeFor({}, ['kultura'])).toEqual(ANY_DIRECTOR)
  expect(routeFor(rules, [])).toEqual(rules.approval)
  expect(routeFor(rules, ['gazteria'])).toEqual(youth.approval)
  // The order of the team, which its coordinators choose, makes no difference.
  expect(routeFor(rules, ['gazteria', 'kultura'])).toEqual(own)
})

it('a place is for directors, for a person, or for everybody of a group or a Team', () => {
  const of: Route = {
    quorum: 'all',
    approvers: [{ kind: 'directors' }, named('miren'), group('Zinegotziak')],
  }
  expect(placesOf(of, ['director'], () => false)).toEqual([0])
  expect(placesOf(of, ['reader'], ({ kind }) => kind === 'group')).toEqual([2])
  expect(placesOf(of, ['director'], ({ id }) => id === 'miren')).toEqual([0, 1])
})
