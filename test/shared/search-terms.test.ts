/** Words that are looked for: how they are cut, how many slips are forgiven, and where they stand in a text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SEARCH_TERMS_MAX, SEARCH_TERM_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { slipsBetween } from '@auzolan/shared/find/slips.ts'
import { placesOf, slipsIn, termsOf } from '@auzolan/shared/search/terms.ts'

describe('[SE1] words', () => {
  it.each([
    ['Bideo-deiak', ['bideo', 'deiak']],
    ["l'Ajuntament", ['l', 'ajuntament']],
    ['  ÑANDÚ  ñandu ', ['nandu']],
    ['"a" OR b* NEAR(c)', ['a', 'or', 'b', 'near', 'c']],
    ['¿? — …', []],
    ['col·laborar', ['collaborar']],
    ['covid19 2027', ['covid19', '2027']],
  ])('of %j are %j', (query, words) => expect(termsOf(query)).toEqual(words))
  it('are as many as narrow something down, and no longer than words are', () => {
    const many = (n: number): string => Array.from({ length: n }, (_, i) => `w${i}`).join(' ')
    expect(termsOf(many(SEARCH_TERMS_MAX))).toHaveLength(SEARCH_TERMS_MAX)
    expect(termsOf(many(SEARCH_TERMS_MAX + 1))).toHaveLength(SEARCH_TERMS_MAX)
    expect(termsOf('x'.repeat(SEARCH_TERM_MAX_CHARACTERS + 1))).toEqual([
      'x'.repeat(SEARCH_TERM_MAX_CHARACTERS),
    ])
  })
})

describe('[SE2] slips', () => {
  it.each([
    ['plan', 'plan', 0],
    ['plna', 'plan', 1],
    ['nextclud', 'nextcloud', 1],
    ['saoia', 'saioa', 1],
    ['bideodeai', 'bideodeia', 1],
    ['plan', 'flan', 1],
    ['plan', 'plaza', 2],
  ])('between %j and %j are %i', (a, b, slips) => expect(slipsBetween(a, b, 2)).toBe(slips))
  it('of more than are asked for are not counted on', () => {
    expect(slipsBetween('abcdef', 'uvwxyz', 2)).toBe(3)
    expect(slipsBetween('a', 'abcdefgh', 2)).toBe(3)
  })
  it('are forgiven by the length of the word', () => {
    expect([3, 4, 7, 8].map((n) => slipsIn('x'.repeat(n)))).toEqual([0, 1, 1, 2])
  })
  it('are the same in both directions, none of a word itself, one of what was put in', () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcde') })
    fc.assert(
      fc.property(word, word, fc.nat(11), (a, b, at) => {
        expect(slipsBetween(a, b, 9)).toBe(slipsBetween(b, a, 9))
        expect(slipsBetween(a, a, 2)).toBe(0)
        expect(slipsBetween(a, `${a.slice(0, at)}z${a.slice(at)}`, 2)).toBe(1)
      }),
    )
  })
})

describe('[SE3] places', () => {
  it('are where words begin with what was typed, the longest of it', () => {
    const text = 'saioa meet: bileretarako, ez saioameet'
    expect(placesOf(text, ['sai', 'saioa', 'meet']).map(([a, b]) => text.slice(a, b))).toEqual([
      'saioa',
      'meet',
      'saioa',
    ])
  })
})
