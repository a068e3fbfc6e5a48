/** What stands in the way of an approval, and what may be let pass. */
import { describe, expect, it } from 'vitest'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { REASON_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Waiver } from '@auzolan/shared/receipt.ts'
import type { Opinion, Override, Stance } from '@auzolan/shared/protocol/review.ts'
import { approvalRefused } from '@auzolan/server/src/review/gates.ts'

const REASON = 'x'.repeat(REASON_MIN_CHARACTERS)
const block = (check: string, gate: Finding['gate'], waivable?: true): Finding => ({
  check,
  severity: 'block',
  gate,
  section: 'profiles',
  path: 'profiles.profiles',
  message: { text: check },
  ...(waivable ? { waivable } : {}),
})

describe('[RT8] a waiver', () => {
  it.each<[string, Finding[], Waiver[], string | undefined]>([
    ['nothing fails', [], [], undefined],
    ['a block fails', [block('P-03', 'approval')], [], 'GATE_CLOSED'],
    ['one that may be waived fails', [block('E-21', 'approval', true)], [], 'GATE_CLOSED'],
    ['it is waived', [block('E-21', 'approval', true)], [{ check: 'E-21', reason: REASON }], undefined],
    [
      'the reason lacks a character',
      [block('E-21', 'approval', true)],
      [{ check: 'E-21', reason: REASON.slice(1) }],
      'INVALID_INPUT',
    ],
    [
      'another one fails, too',
      [block('E-21', 'approval', true), block('P-03', 'approval')],
      [{ check: 'E-21', reason: REASON }],
      'GATE_CLOSED',
    ],
    [
      'its definition does not allow it',
      [block('P-03', 'approval')],
      [{ check: 'P-03', reason: REASON }],
      'INVALID_INPUT',
    ],
    ['there is nothing to waive', [], [{ check: 'E-21', reason: REASON }], 'INVALID_INPUT'],
    ['what stops something later need not be waived', [block('P-11', 'profile_open', true)], [], undefined],
    [
      'what stops something later may be waived',
      [block('P-11', 'profile_open', true)],
      [{ check: 'P-11', reason: REASON }],
      undefined,
    ],
  ])('%s', (_name, findings, waivers, code) => {
    expect(approvalRefused(findings, [], [], { waivers, overrides: [] })?.refused).toBe(code)
  })
})

describe('[G2] an opinion', () => {
  const says = (id: string, stance: Stance): Opinion => ({
    role: 'legal',
    by: { id, name: id },
    stance,
    text: REASON,
    at: '',
  })
  const over = (person?: string, reason = REASON): Override => ({
    role: 'legal',
    reason,
    ...(person === undefined ? {} : { person }),
  })
  const [ane, jon] = [says('ane', 'against'), says('jon', 'against')]
  it.each<[string, Opinion[], Override[], string | undefined]>([
    ['that is asked for is missing', [], [], 'GATE_CLOSED'],
    ['of one is enough', [says('ane', 'reservations')], [], undefined],
    ['of one against stands beside a favourable one', [ane, says('jon', 'favourable')], [], 'GATE_CLOSED'],
    ['against is overridden', [ane, says('jon', 'favourable')], [over('ane')], undefined],
    ['against is overridden without a name', [ane], [over()], undefined],
    ['of two is not overridden without a name', [ane, jon], [over()], 'INVALID_INPUT'],
    ['of two: one is overridden', [ane, jon], [over('ane')], 'GATE_CLOSED'],
    ['of two: both are', [ane, jon], [over('ane'), over('jon')], undefined],
    ['against is overridden for too short a reason', [ane], [over('ane', REASON.slice(1))], 'GATE_CLOSED'],
    ['of somebody else is overridden', [ane], [over('jon')], 'INVALID_INPUT'],
    ['that is not against is overridden', [says('ane', 'favourable')], [over('ane')], 'INVALID_INPUT'],
  ])('%s', (_name, opinions, overrides, code) => {
    expect(approvalRefused([], ['legal'], opinions, { waivers: [], overrides })?.refused).toBe(code)
  })
  it('against stands in the way also of whoever did not ask for it', () => {
    expect(approvalRefused([], [], [ane], { waivers: [], overrides: [] })?.refused).toBe('GATE_CLOSED')
  })
})
