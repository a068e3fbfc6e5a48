/** The order of the plans at a glance, and what of their dates is said [PP9]. */
import { describe, expect, it } from 'vitest'
import type { PlanAtAGlance } from '@auzolan/shared/protocol/plans.ts'
import { arranged, barOf, nextDate, spanOf } from '../../plugin/src/screens/plans/arrange.ts'

describe('plans at a glance', () => {
  const one = (
    id: string,
    more: Partial<PlanAtAGlance> = {},
    says: Partial<NonNullable<PlanAtAGlance['says']>> = {},
  ): PlanAtAGlance => ({
    id,
    title: { eu: id },
    team: { id: 't', name: {}, personal: false },
    parent: null,
    ofOrganisation: false,
    work: 'draft',
    inForce: null,
    published: null,
    due: null,
    says: {
      scope: [],
      from: null,
      to: null,
      responsible: '',
      profiles: 0,
      hoursPerWeek: 0,
      missing: 0,
      ...says,
    },
    ...more,
  })
  it('stand with what is above first, and what is below under it', () => {
    const plans = [
      one('b', { parent: 'z' }),
      one('a', { parent: 'z' }),
      one('m'),
      one('z'),
      one('k', { inForce: 1 }),
      one('c', { parent: 'unread' }),
    ]
    const order = arranged(plans, ({ id }) => id).map(({ plan: { id }, below }) => (below ? `>${id}` : id))
    expect(order).toEqual(['z', '>a', '>b', 'k', 'c', 'm'])
  })
  it.each([
    [{ due: '2026-12-01' }, { from: '2027-01-01', to: '2027-12-31' }, { kind: 'due', on: '2026-12-01' }],
    [{}, { from: '2026-11-27', to: '2027-12-31' }, { kind: 'begins', on: '2026-11-27' }],
    [{}, { from: '2026-11-26', to: '2026-11-26' }, { kind: 'ends', on: '2026-11-26' }],
    [{}, { from: '2026-01-01', to: '2026-11-25' }, { kind: 'ended', on: '2026-11-25' }],
    [{}, {}, null],
  ] as const)('%j %j comes next: %j', (more, says, next) =>
    expect(nextDate(one('a', more, says), '2026-11-26')).toEqual(next),
  )
  it('have bars on one scale; a period that ends before it begins has none', () => {
    const plans = [
      one('a', {}, { from: '2027-01-01', to: '2027-07-01' }),
      one('b', {}, { from: '2027-07-01', to: '2027-12-29' }),
    ]
    const span = spanOf(plans)
    expect(barOf(plans[0]!, span)).toEqual({ start: 0, length: 50 })
    expect(barOf(plans[1]!, span)).toEqual({ start: 50, length: 50 })
    const wrong = one('c', {}, { from: '2027-02-01', to: '2027-01-01' })
    expect(barOf(wrong, span)).toBeNull()
    expect(spanOf([wrong])).toBeNull()
  })
})
