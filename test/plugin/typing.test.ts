/** Plain inputs on shared texts: the smallest change goes out, and a caret stays where its person left it. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { PASTE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { applyTyping, inPieces, lastChanged, moveCaret } from '../../plugin/src/parts/typing.ts'

const textOf = (content: string): Y.Text => {
  const text = new Y.Doc().getText('t')
  text.insert(0, content)
  return text
}

describe('applyTyping', () => {
  it('makes the shared text say what the input says, whatever was typed', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(
      fc.property(anything, anything, (before, now) => {
        const text = textOf(before)
        applyTyping(text, now)
        expect(text.toString()).toBe(now)
      }),
    )
  })

  it('touches only what changed, so that the other person’s letters survive', () => {
    const text = textOf('Haranberriko plana')
    const deltas: unknown[] = []
    text.observe((event) => deltas.push(event.delta))
    applyTyping(text, 'Haranberriko sare sozialen plana')
    expect(deltas).toEqual([[{ retain: 13 }, { insert: 'sare sozialen ' }]])
  })

  it('never cuts an emoji in two', () => {
    const text = textOf('a😀b')
    applyTyping(text, 'a😁b')
    expect(text.toString()).toBe('a😁b')
    expect(text.toString().isWellFormed()).toBe(true)
  })
})

describe('a long paste', () => {
  it('goes into the text in pieces that can each be sent', () => {
    const text = textOf('ab')
    const sizes: number[] = []
    text.observe((event) => {
      for (const { insert } of event.delta) if (typeof insert === 'string') sizes.push(insert.length)
    })
    const pasted = 'x'.repeat(PASTE_MAX_CHARACTERS * 2 + 1)
    applyTyping(text, `a${pasted}b`)
    expect(text.toString()).toBe(`a${pasted}b`)
    expect(sizes).toEqual([PASTE_MAX_CHARACTERS, PASTE_MAX_CHARACTERS, 1])
  })

  it('is never cut within an emoji or a line end, and nothing of it is lost', () => {
    expect(inPieces('a😀b', 2)).toEqual(['a', '😀', 'b'])
    expect(inPieces('a\r\nb', 2)).toEqual(['a', '\r\n', 'b'])
    expect(inPieces('')).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 2, max: 5 }), (text, max) => {
        const pieces = inPieces(text, max)
        expect(pieces.join('')).toBe(text)
        expect(pieces.every((piece) => piece.length <= max)).toBe(true)
      }),
    )
  })
})

describe('moveCaret', () => {
  it.each([
    { what: 'text before it pushes it on', delta: [{ insert: 'xyz' }], from: 4, to: 7 },
    { what: 'text after it leaves it alone', delta: [{ retain: 6 }, { insert: 'xyz' }], from: 4, to: 4 },
    { what: 'a deletion before it pulls it back', delta: [{ delete: 2 }], from: 4, to: 2 },
    {
      what: 'a deletion around it leaves it at the seam',
      delta: [{ retain: 2 }, { delete: 10 }],
      from: 4,
      to: 2,
    },
    { what: 'text exactly at it stays behind it', delta: [{ retain: 4 }, { insert: 'xyz' }], from: 4, to: 4 },
  ])('$what', ({ delta, from, to }) => {
    expect(moveCaret(delta, from)).toBe(to)
  })
})

it.each([
  { what: 'after what came', delta: [{ retain: 6 }, { insert: 'xyz' }], at: 9 },
  { what: 'where something went', delta: [{ retain: 2 }, { delete: 10 }], at: 2 },
  {
    what: 'at the last of several changes',
    delta: [{ insert: 'a' }, { retain: 3 }, { delete: 1 }, { insert: 'bc' }],
    at: 6,
  },
  { what: 'at the beginning when nothing changed', delta: [], at: 0 },
])('what is taken back leaves the caret $what', ({ delta, at }) => {
  expect(lastChanged(delta)).toBe(at)
})
