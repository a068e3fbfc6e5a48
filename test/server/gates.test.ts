/** What stands in the way of an approval, and what may be let pass. */
import { describe, expect, it } from 'vitest'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { REASON_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Waiver } from '@auzolan/shared/receipt.ts'
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
