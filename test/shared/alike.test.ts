/** Whether two tools are the same, or nearly, and whether two needs are: tables, and what holds of any name. */
import { describe, expect, it } from 'vitest'
import { isSameNeed, isSameSite, likeness, needPartsOf, partsOf, siteOf } from '@auzolan/shared/find/alike.ts'
import { toolSaidIn } from '@auzolan/shared/find/tool-said.ts'
import { seeded } from '../support/random.ts'

const like = (one: string, other: string) => likeness(partsOf(one), partsOf(other))

describe('[EV19] a name', () => {
  it('of very many words is compared by its first twelve, whichever of the two it is', () => {
    const words = 'bati biri hiru laur bost zazp zort beda hama onze doze trez'.split(' ')
    expect(words).toHaveLength(12)
    const long = [...words, 'azkenaurrekoa', 'azkena'].join(' ')
    for (const [few, expected] of [
      ['trez bati', 'similar'],
      ['azkena bati', null],
      ['azkenaurrekoa bati', null],
    ] as const)
      expect([few, like(few, long), like(long, few)]).toEqual([few, expected, expected])
    // Of two that are longer the words behind the twelfth say nothing, either way round.
    const other = [...words.toReversed(), 'xxxxxx', 'yyyyyy', 'zzzzzz'].join(' ')
    expect([like(long, other), like(other, long)]).toEqual(['similar', 'similar'])
  })
  it.each([
    ['Nextcloud Talk', 'nextcloud  TALK', 'same'],
    ['NextcloudTalk', 'Nextcloud Talk', 'same'],
    ['Nextclud Talk', 'Nextcloud Talk', 'similar'],
    ['Nextcluod Talk', 'Nextcloud Talk', 'similar'],
    ['Talk Nextcloud', 'Nextcloud Talk', 'similar'],
    ['nextc', 'Nextcloud Talk', 'similar'],
    ['nexc', 'Nextcloud Talk', null],
    ['Nextcloud T', 'Nextcloud Talk', 'similar'],
    ['Talk', 'Nextcloud Talk', 'similar'],
    ['Nextcloud Deck', 'Nextcloud Talk', null],
    ['Càmera Pública', 'camera publica', 'same'],
    ['Saioa Meet (Public Sector)', 'Saioa Meet', 'similar'],
    ['Google Docs', 'Google Drive', null],
    ['Zoom', 'Loom', null],
    ['Zoom', 'Zoon', null],
    ['Jitsi', 'Jitis', 'similar'],
    ['X', 'x', 'same'],
    ['X', 'Xerox', null],
    ['ab', 'Abacus', null],
    ['aba', 'Abacus', null],
    ['abac', 'Abacus', 'similar'],
    ['Sai', 'Saioa Meet', null],
    ['Sai', 'SAI', 'same'],
    ['x y z', 'Ximpleta Yoga Zen', null],
    ['Saio M', 'Saioa Meet', 'similar'],
    ['', '', null],
    ['—', '…', null],
  ] as const)('“%s” and “%s”: %s', (one, other, expected) => expect(like(one, other)).toBe(expected))

  it('is like another as that one is like it, is itself, and stays itself with one slip', () => {
    const random = seeded(9)
    const letter = (): string => 'abcdeiourstñé'[Math.floor(random() * 13)]!
    const word = (least: number): string =>
      Array.from({ length: least + Math.floor(random() * 6) }, letter).join('')
    for (let i = 0; i < 3_000; i++) {
      const one = [word(1), word(2)].slice(0, 1 + Math.floor(random() * 2)).join(' ')
      const other = random() < 0.5 ? `${word(1)} ${one.slice(0, 4)}` : word(3)
      expect([one, other, like(one, other)]).toEqual([one, other, like(other, one)])
      expect(like(one, one.toUpperCase())).toBe('same')
      const long = word(5)
      const at = 1 + Math.floor(random() * (long.length - 1))
      for (const slip of [
        long.slice(0, at) + long.slice(at + 1),
        long.slice(0, at) + letter() + long.slice(at),
        long.slice(0, at) + letter() + long.slice(at + 1),
      ])
        if (slip.length >= 5) expect([long, slip, like(long, slip)]).not.toContain(null)
    }
  })
})

describe('an address', () => {
  it.each([
    ['https://saioameet.example/', 'http://www.saioameet.example', true],
    ['https://saioameet.example/prezioak', 'https://saioameet.example', true],
    ['https://forja.example/a/b', 'https://forja.example/a/c', false],
    ['https://forja.example/ab', 'https://forja.example/a', false],
    ['https://docs.saioa.example', 'https://saioa.example', false],
    ['https://github.com', 'https://github.com', false],
    ['https://github.com', 'https://github.com/saioa/meet', false],
    ['https://www.github.com/saioa', 'https://github.com/saioa/meet', false],
    ['https://github.com/saioa/', 'https://github.com/saioa', false],
    ['https://github.com/saioa/meet', 'https://github.com/saioa/meet/', true],
    ['https://gitlab.com/saioa/meet/-/releases', 'https://gitlab.com/saioa/meet', true],
    ['https://gitlab.com/saioa/meet', 'https://gitlab.com/saioa/deck', false],
    ['', '', false],
    ['ez da helbidea', 'ez da helbidea', false],
    ['mailto:a@b.example', 'mailto:a@b.example', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(isSameSite(siteOf(one), siteOf(other))).toBe(same)
    expect(isSameSite(siteOf(other), siteOf(one))).toBe(same)
  })
})

describe('a need', () => {
  const said = 'Reunirse por vídeo con la ciudadanía que no puede venir'
  it.each([
    [{ es: said }, { es: 'Videollamadas: que la ciudadanía que no puede venir se reúna' }, true],
    [{ es: said }, { es: 'Que el archivo histórico se consulte sin venir' }, false],
    // In no language that both are written in.
    [{ es: said }, { eu: said }, false],
    [{ es: said, eu: 'Herritarrekin bideoz biltzea' }, { eu: 'Herritarrak bideoz biltzen dira' }, true],
    [{ es: 'Ciudadanía' }, { es: 'Ciudadanía' }, false],
    [{}, {}, false],
  ])('%o and %o: %s', (one, other, same) => {
    expect(isSameNeed(needPartsOf(one as never), needPartsOf(other as never))).toBe(same)
    expect(isSameNeed(needPartsOf(other as never), needPartsOf(one as never))).toBe(same)
  })
})

describe('what is said of a tool', () => {
  it('is read from an evaluation, however damaged, and from nothing else', () => {
    expect(toolSaidIn({ identity: {} } as never)).toBeNull()
    expect(toolSaidIn({ tool: { toolName: 5, category: null }, need: { need: 'x' } } as never)).toEqual({
      name: '',
      category: null,
      address: '',
      need: {},
      level: null,
      outcome: null,
    })
  })
})
