/** The moves of a document: which are legal from where, and what never happens whatever people try. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { ROLES, type Role, type Work } from '@auzolan/shared/grants.ts'
import { REASON_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import {
  NEW_FLOW,
  authorsSince,
  isReason,
  mayMove,
  moved,
  type Flow,
  type Move,
  type MoveKind,
} from '@auzolan/shared/workflow.ts'

const WORKS: readonly Work[] = ['draft', 'in_review', 'changes_requested']
const AT = '2026-11-25T10:00:00.000Z'
const moveOf = (kind: MoveKind, version = 1): Move => {
  if (kind === 'approve') return { kind, version }
  if (kind === 'archive') return { kind, reason: 'x', at: AT }
  return kind === 'publish' ? { kind, at: AT } : { kind }
}
const KINDS: readonly MoveKind[] = [
  'submit',
  'withdraw',
  'request_changes',
  'resume',
  'approve',
  'publish',
  'archive',
  'reopen',
]

describe('from a document without a version in force', () => {
  const legal: { readonly [work in Work]: { readonly [kind in MoveKind]?: Work } } = {
    draft: { submit: 'in_review', archive: 'draft' },
    in_review: { withdraw: 'draft', request_changes: 'changes_requested', approve: 'draft' },
    changes_requested: { resume: 'draft', archive: 'changes_requested' },
  }
  it.each(WORKS.flatMap((work) => KINDS.map((kind) => [work, kind] as const)))('%s, %s', (work, kind) => {
    const after = moved({ ...NEW_FLOW, work }, moveOf(kind))
    const expected = legal[work][kind]
    if (expected === undefined) expect(after).toMatchObject({ refused: 'ILLEGAL_MOVE' })
    else
      expect(after).toMatchObject({
        work: expected,
        archived: kind === 'archive' ? { reason: 'x', at: AT } : null,
      })
  })
})

describe('whatever people try', () => {
  const tried = fc.array(
    fc.record({ kind: fc.constantFrom(...KINDS), version: fc.integer({ min: 1, max: 9 }) }),
  )
  const steps = (moves: readonly { kind: MoveKind; version: number }[]) => {
    let flow: Flow = NEW_FLOW
    return moves.map(({ kind, version }) => {
      const before = flow
      const after = moved(before, moveOf(kind, version))
      if (!isRefusal(after)) flow = after
      return { kind, version, before, after }
    })
  }

  it('only an approval changes the version in force, and only from review', () => {
    fc.assert(
      fc.property(tried, (moves) => {
        for (const { kind, version, before, after } of steps(moves)) {
          if (isRefusal(after)) continue
          if (kind === 'approve') {
            expect(before.work).toBe('in_review')
            expect(after.inForce).toEqual({ version })
          } else expect(after.inForce?.version).toBe(before.inForce?.version)
        }
      }),
    )
  })

  it('what is archived takes no move but to be opened again, and nothing waits in it', () => {
    fc.assert(
      fc.property(tried, (moves) => {
        for (const { kind, before, after } of steps(moves)) {
          if (before.archived && kind !== 'reopen') expect(isRefusal(after)).toBe(true)
          if (!isRefusal(after) && after.archived) expect(after.work).not.toBe('in_review')
        }
      }),
    )
  })

  it('only publishing changes what is public: the version in force, and each once in a row', () => {
    fc.assert(
      fc.property(tried, (moves) => {
        for (const { kind, before, after } of steps(moves)) {
          if (isRefusal(after)) continue
          if (kind === 'publish') {
            expect(after.published).toEqual({ version: before.inForce?.version, at: AT })
            expect(before.published?.version).not.toBe(before.inForce?.version)
          } else expect(after.published).toEqual(before.published)
        }
      }),
    )
  })

  it('[AU8] what is public stays so while a newer version is in force and not published', () => {
    const first: Flow = { ...NEW_FLOW, inForce: { version: 1 }, published: { version: 1, at: AT } }
    const after = moved({ ...first, work: 'in_review' }, { kind: 'approve', version: 2 })
    expect(after).toMatchObject({ inForce: { version: 2 }, published: { version: 1, at: AT } })
  })
})

describe('who may', () => {
  it.each<[MoveKind, readonly Role[]]>([
    ['submit', ['editor', 'coordinator']],
    ['withdraw', ['coordinator']],
    ['request_changes', ['director']],
    ['approve', ['director']],
    ['resume', ['editor', 'coordinator']],
    ['publish', ['coordinator']],
    ['archive', ['coordinator', 'director']],
    ['reopen', ['director']],
  ])('%s', (kind, roles) => {
    expect(ROLES.filter((role) => mayMove(kind, [role], false))).toEqual(roles)
    // Whoever has sent it may take it back, and gains nothing else by that.
    expect(mayMove(kind, [], true)).toBe(kind === 'withdraw')
  })
})

describe('[W-01] authors since', () => {
  it('are those whose entries have become more', () => {
    const inForce = new Map([
      ['ane', 3],
      ['jon', 2],
    ])
    const now = new Map([...inForce, ['jon', 5], ['miren', 1]])
    expect(authorsSince(now, inForce)).toEqual(['jon', 'miren'])
    expect(authorsSince(now, null)).toEqual(['ane', 'jon', 'miren'])
    expect(authorsSince(inForce, inForce)).toEqual([])
  })
})

it.each([
  [REASON_MIN_CHARACTERS - 1, false],
  [REASON_MIN_CHARACTERS, true],
])('a reason of %i characters', (length, says) => {
  expect(isReason(` ${'ñ'.repeat(length)} `)).toBe(says)
})
