/** What an evaluation loses when a list says something else, on «Saioa Meet» (DOMAIN G.2): each kind of loss, and what is none. */
import { describe, expect, it } from 'vitest'
import { lostGround, type Loss } from '@auzolan/shared/checks/evaluation/lost-ground.ts'
import { BUILTIN, type References } from '@auzolan/shared/reference/references.ts'
import { EVALUATION, type Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'

const TODAY = '2026-11-26'
function meet(places: readonly object[] = [], data: object = {}): Evaluation {
  const base = structuredClone(SAIOA_MEET) as unknown as { [section: string]: { [field: string]: unknown } }
  const all = base['dataLocation']!['places'] as object[]
  base['dataLocation']!['places'] = [
    ...all,
    ...places.map((one, i) => ({ id: `x${i}`, provider: 'X', ...one })),
  ]
  base['dataProtection'] = { ...base['dataProtection'], ...data }
  return withEveryField(EVALUATION, base, ['eu', 'es']) as unknown as Evaluation
}
const decision = (id: string, change: object): References => ({
  ...BUILTIN,
  adequacy: BUILTIN.adequacy.map((one) => (one.id === id ? { ...one, ...change } : one)),
})
const without = (list: 'adequacy' | 'eea' | 'dpiaCriteria', id: string): References => ({
  ...BUILTIN,
  [list]: BUILTIN[list].filter((one) => one.id !== id),
})
const short = (loss: Loss): string => {
  switch (loss.kind) {
    case 'decision':
      return `${loss.country} ${loss.before.status} → ${loss.after?.status ?? 'gone'}`
    case 'zone':
      return `${loss.country} ${loss.before} → ${loss.after}`
    case 'block':
      return `${loss.id} ${loss.touches.join(' ')}`
    case 'criterion':
      return loss.id
  }
}
const lost = (evaluation: Evaluation, after: References, before = BUILTIN, today = TODAY): string[] =>
  lostGround(evaluation, before, after, today).map(short)

const SWISS = { activity: 'support', country: 'CH', mechanism: 'adequacy' }
const BRITISH = { activity: 'support', country: 'GB', mechanism: 'adequacy' }
const NORWEGIAN = { activity: 'backup', country: 'NO', mechanism: 'eea' }

describe('[E-30] what an evaluation loses', () => {
  it('[G.2] when the decision of the United States is annulled: what is cited, the zone, and E-K10 for personal data', () => {
    expect(lost(meet(), decision('US', { status: 'annulled' }))).toEqual([
      'US under_appeal → annulled',
      'US ADEQUATE_PARTIAL → THIRD',
      'E-K10 personal_staff personal_citizen',
    ])
  })
  it.each([
    ['suspended', { status: 'suspended' }, 3],
    ['in force: no longer under appeal', { status: 'in_force' }, 0],
    ['the same', {}, 0],
    ['with another remark', { notes: { eu: 'Beste zerbait.' } }, 0],
    ['with another address', { url: 'https://example.org' }, 0],
    ['with its number put right', { decision: '(EU) 2023/1795 bis' }, 0],
    ['until a day that has gone by', { expiresOn: '2026-11-25' }, 3],
    ['until today', { expiresOn: TODAY }, 1],
  ])('of the decision of the United States, %s', (_what, change, count) => {
    expect(lost(meet(), decision('US', change))).toHaveLength(count)
  })
  it.each([
    ['longer', '2032-12-27', 0],
    ['as long', '2031-12-27', 0],
    ['a day less', '2031-12-26', 1],
    ['for ever', '', 0],
  ])('when a decision holds %s', (_what, expiresOn, count) => {
    expect(lost(meet([BRITISH]), decision('GB', { expiresOn }))).toHaveLength(count)
  })
  it('when a decision holds for some only', () => {
    expect(lost(meet([SWISS]), decision('CH', { scope: 'partial' }))).toEqual([
      'CH in_force → in_force',
      'CH ADEQUATE → ADEQUATE_PARTIAL',
    ])
  })
  it('when a country is taken out of the list: also where nobody cites it, and nothing where nobody is there', () => {
    expect(lost(meet([SWISS]), without('adequacy', 'CH'))).toEqual([
      'CH in_force → gone',
      'CH ADEQUATE → THIRD',
      'E-K10 personal_staff personal_citizen',
    ])
    expect(lost(meet([{ ...SWISS, mechanism: 'scc' }]), without('adequacy', 'CH'))).toEqual([
      'CH ADEQUATE → THIRD',
    ])
    expect(lost(meet(), without('adequacy', 'CH'))).toEqual([])
    expect(lost(meet([SWISS]), BUILTIN, without('adequacy', 'CH'))).toEqual([])
  })
  it.each([
    ['was annulled', { status: 'annulled' }],
    ['was suspended', { status: 'suspended' }],
    ['had run out', { expiresOn: '2026-11-25' }],
  ])('nothing of a decision that %s before, taken out or worse', (_what, change) => {
    const before = decision('US', change)
    expect(lost(meet(), without('adequacy', 'US'), before)).toEqual([])
    expect(lost(meet(), decision('US', { ...change, status: 'annulled' }), before)).toEqual([])
  })
  it('a decision that held for a day still', () => {
    expect(lost(meet(), without('adequacy', 'US'), decision('US', { expiresOn: TODAY }))).toContain(
      'US under_appeal → gone',
    )
  })
  it('when a country leaves the EEA, and not when one comes in', () => {
    expect(lost(meet([NORWEGIAN]), without('eea', 'NO'))).toContain('NO EEA → THIRD')
    expect(lost(meet([NORWEGIAN]), BUILTIN, without('eea', 'NO'))).toEqual([])
  })
  it('when a criterion that it meets is none any more, and not when one is added', () => {
    expect(lost(meet(), without('dpiaCriteria', 'new-technology'))).toEqual(['new-technology'])
    expect(lost(meet(), BUILTIN, without('dpiaCriteria', 'new-technology'))).toEqual([])
    expect(lost(meet([], { dpiaCriteria: [] }), without('dpiaCriteria', 'new-technology'))).toEqual([])
  })
  it('nothing by the calendar alone: what runs out runs out with both lists', () => {
    const same = decision('GB', { notes: { eu: 'Besterik.' } })
    expect(lost(meet([BRITISH]), same, BUILTIN, '2032-01-01')).toEqual([])
  })
})
