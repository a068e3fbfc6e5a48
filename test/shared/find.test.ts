/** Finding words: everywhere, whatever the accents, without cutting a sign, and soon enough in a large document. */
import { describe, expect, it } from 'vitest'
import { Finder, passagesOf, type Hit } from '@auzolan/shared/find/find.ts'
import { foldWithOffsets } from '@auzolan/shared/find/folded.ts'
import { FIND_HITS_MAX, FIND_SNIPPET_CHARACTERS } from '@auzolan/shared/limits.ts'
import { fold } from '@auzolan/shared/reference/list.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'

const finder = (json: unknown): Finder => {
  const one = new Finder()
  one.look(passagesOf(PLAN, json, (_, id) => (id === 'instagram' ? 'Instagram' : id)))
  return one
}
const titled = (text: string): Finder => finder({ identity: { title: { eu: text } } })
const marked = (hit: Hit | undefined): string[] =>
  (hit?.snippet ?? []).filter(({ found }) => found).map(({ text }) => text)
const whole = (hit: Hit | undefined): string => (hit?.snippet ?? []).map(({ text }) => text).join('')

describe('[PV9] finding', () => {
  it('looks into every section, language and list, names of people and of choices too', () => {
    const one = finder({
      identity: { title: { eu: 'Bat', es: 'Uno zubia' } },
      planning: {
        whomAnswer: { eu: [{ type: 'paragraph', content: [{ type: 'text', text: 'Zubia dugu' }] }] },
      },
      profiles: {
        profiles: [
          {
            id: 'p',
            network: 'instagram',
            displayName: 'Zubia',
            owner: { id: 'x', name: 'Ane Zubia' },
            url: 'https://zubia.example',
          },
        ],
      },
      team: { managers: [{ id: 'm', languages: ['zubia'] }] },
    })
    expect(one.find('zubia').hits.map(({ path }) => path)).toEqual([
      'identity.title:es',
      'planning.whomAnswer:eu',
      'profiles/p/displayName',
      'profiles/p/url',
      'profiles/p/owner',
      'managers/m/languages',
    ])
    expect(one.find('insta').hits).toMatchObject([
      { section: 'profiles', path: 'profiles/p/network', language: null },
    ])
  })
  it.each([
    ['Perquè és així', 'PERQUE ES', ['Perquè és']],
    ['Perque\u0300', 'perqu\u00e8', ['Perque\u0300']],
    ['Perqu\u00e8', 'perque\u0300', ['Perqu\u00e8']],
    ['año ano', 'ano', ['año', 'ano']],
    ['hitz   asko\nhemen', 'hitz asko hemen', ['hitz asko hemen']],
    ['شبكات التواصل الاجتماعي', 'التواصل', ['التواصل']],
    ['مُحَمَّد هنا', 'محمد', ['مُحَمَّد']],
    ['Kaixo 👩‍👩‍👧‍👦 lagunak', 'lagunak', ['lagunak']],
    ['bi 👍🏽 hemen', '👍🏽', ['👍🏽']],
    ['ǅ İstanbul', 'istanbul', ['İstanbul']],
    ['100 % (a.b)*', '(a.b)*', ['(a.b)*']],
  ])('in %j the words %j are %j', (text, query, expected) => {
    const { hits } = titled(text).find(query)
    expect(marked(hits[0])).toEqual(expected)
    expect(whole(hits[0])).toBe(text.replace(/\s+/g, ' '))
  })
  it.each(['', '   ', '\n', 'zzz', '\u0301'])('%j finds nothing', (query) => {
    expect(titled('Kaixo').find(query)).toEqual({ hits: [], total: 0 })
  })
  it('shows what stands around, cut between words and never through a sign', () => {
    for (const filler of ['aurretik hitzak ', '👩‍👩‍👧‍👦 ', 'كلمة ', '👍']) {
      const [hit] = titled(`${filler.repeat(300)} helburua ${filler.repeat(300)}`).find('helburua').hits
      expect(marked(hit)).toEqual(['helburua'])
      expect(whole(hit).length).toBeLessThanOrEqual(FIND_SNIPPET_CHARACTERS * 2)
      expect(whole(hit).isWellFormed()).toBe(true)
      expect(whole(hit)).toMatch(/^… .* …$/u)
    }
  })
  it('counts all, and shows so many', () => {
    const many = Array.from({ length: FIND_HITS_MAX + 50 }, (_, i) => ({
      id: `p${i}`,
      displayName: 'zubia zubia',
    }))
    const { hits, total } = finder({ profiles: { profiles: many } }).find('zubia')
    expect(hits).toHaveLength(FIND_HITS_MAX)
    expect(total).toBe(2 * (FIND_HITS_MAX + 50))
  })
  it('folds as the checks do', () => {
    for (const text of ['Perquè  ÉS', 'Ñandú\tÜ', 'ÇA Va', 'hitz bat'])
      expect(foldWithOffsets(text).text).toBe(fold(text))
  })
  it('finds the sample in its three languages', () => {
    expect(finder(HARANBERRI_PLAN).find('haranberri').total).toBeGreaterThan(5)
  })
  it('is usable in 2 MB: the first time takes longest, and nobody waits for it', () => {
    const text = 'Hau esaldi luze bat da, zubi eta ñ batekin. '.repeat(48_000)
    expect(text.length).toBeGreaterThan(2_000_000)
    const json = {
      planning: { whyAnswer: { eu: [{ type: 'paragraph', content: [{ type: 'text', text }] }] } },
    }
    const begun = performance.now()
    const one = finder(json)
    expect(one.find('zubi').total).toBe(48_000)
    const first = performance.now() - begun
    const again = performance.now()
    one.look(passagesOf(PLAN, json, (_, id) => id))
    one.find('esaldi luze')
    const second = performance.now() - again
    expect(first).toBeLessThan(3_000)
    expect(second).toBeLessThan(600)
  })
})
