/** Words looked for among what is held in memory: by the rules of the index [SE1][SE2][SE9]. */
import { describe, expect, it } from 'vitest'
import { foundAmong, lookAmong, wordsOf } from '@auzolan/shared/search/among.ts'

const TOOLS = [
  { name: 'Gela', rest: ['Bideokonferentziak herritarrekin', 'Reuniones'] },
  { name: 'Saioa Meet', rest: ['Hitzorduak', 'gela birtuala'] },
  { name: 'Tauler', rest: ['Lanak eta epeak, galdetegiak'] },
]
const words = new Map(TOOLS.map((one) => [one, wordsOf(one.name, one.rest)]))
const found = (query: string): string[] =>
  foundAmong(TOOLS, (one) => words.get(one)!, query).map(({ name }) => name)

describe('[SE9] among tools', () => {
  it.each<[string, string[]]>([
    ['gela', ['Gela', 'Saioa Meet']],
    ['birtuala gela', ['Saioa Meet']],
    ['GELÁ', ['Gela', 'Saioa Meet']],
    ['bideo', ['Gela']],
    ['saoia', ['Saioa Meet']],
    // A first letter is taken as meant, and a short word as it is.
    ['zaioa', []],
    ['epa', []],
    ['epeka', ['Tauler']],
    ['g', []],
    // A stem finds its forms; the form of a shorter one finds nothing.
    ['galdeteg', ['Tauler']],
    ['galdetegiarekin', []],
    ['hitzordu', ['Saioa Meet']],
    ['', []],
    ['…', []],
  ])('%j finds %j', (query, names) => expect(found(query)).toEqual(names))
  it('a word that somebody has is never taken for another', () => {
    expect(found('gela')).not.toContain('Tauler')
    expect(found('meet gelaa')).toEqual(['Saioa Meet'])
  })
  it.each([
    ['saoia', [{ word: 'saoia', instead: ['saioa'] }]],
    ['saioa', []],
    ['zaioa', []],
    ['meet gelaa', [{ word: 'gelaa', instead: ['gela'] }]],
  ])('what was taken in the place of %j is said', (query, meant) =>
    expect(lookAmong(TOOLS, (one) => words.get(one)!, query).meant).toEqual(meant),
  )
})
