/** Hashtags and mentions in a text, and whether a hashtag can be read aloud (P-48). */
import { describe, expect, it } from 'vitest'
import { HASHTAG_INITIALS_MAX_CHARACTERS, HASHTAG_ONE_WORD_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { hashtagsIn, isCamelCase, mentionsIn, suggestCamelCase } from '@auzolan/shared/posts/hashtags.ts'

describe('[CN3] tags in a text', () => {
  it.each([
    // As in conformance/extract.yml of twitter-text.
    ['a #hashtag here', ['hashtag']],
    ['this is #hashtag1', ['hashtag1']],
    ['text #1tag', ['1tag']],
    ['#123 is a number', []],
    ['#_ #1_2', []],
    ['hashtag in&#nbsp; an entity', []],
    ['a#hashtag', []],
    ['#one#two', []],
    ['#http://twitter.com', []],
    // What is written here.
    ['#Jaiak2026, #col·legi. (#BigArte) #Ñandú!', ['Jaiak2026', 'col·legi', 'BigArte', 'Ñandú']],
    ['#n\u0303andu\u0301', ['n\u0303andu\u0301']],
    ['#haran_berri_eguna-zen', ['haran_berri_eguna']],
    ['＃Jaiak', ['Jaiak']],
    ['#️⃣ eta #⃣', []],
    ['#️⃣Jaiak', []],
    ['https://haranberri.eus/#albisteak haranberri.eus/a#b #Bai', ['Bai']],
    ['https://haranberri.eus#albisteak', []],
    ['👉#Jaiak #Euskadi🎉', ['Jaiak', 'Euskadi']],
    ['# Jaiak', []],
    ['', []],
  ])('%s', (text, expected) => {
    const found = hashtagsIn(text)
    expect(found.map((tag) => tag.name)).toEqual(expected)
    for (const { name, start, end } of found)
      expect(text.slice(start, end)).toMatch(new RegExp(`^[#＃]${name}$`))
  })

  it.each([
    ['@udala eta @EJ_GV', ['udala', 'EJ_GV']],
    ['@udala.bsky.social.', ['udala.bsky.social']],
    ['(@udala@haranberri.social)', ['udala@haranberri.social']],
    ['.@udala', []],
    ['udala@haranberri.eus', []],
    ['https://www.youtube.com/@udala https://a.eus/@b', []],
    ['@ udala, a @ b', []],
    ['¡@udala!', ['udala']],
    ['f!@kn f#@kn', []],
  ])('who is named in %s', (text, expected) => {
    const found = mentionsIn(text)
    expect(found.map((mention) => mention.name)).toEqual(expected)
    for (const { name, start, end } of found) expect(text.slice(start, end)).toBe(`@${name}`)
  })
})

describe('[CN4] a hashtag that can be read aloud', () => {
  it.each([
    ['haranberri', true, 'one word'],
    ['Haranberri', true, 'one word'],
    ['HaranBerri', true, 'two, each with a capital'],
    ['haranBerri', true, 'two, told apart by the second'],
    ['jasangarritasun', true, 'as long as one word may be'],
    ['participacionciudadana', false, 'two, and nobody can tell'],
    ['ParticipacionCiudadana', true, 'two, told apart'],
    ['participacion_ciudadana', true, 'two with a line between'],
    ['participacion2026ciudadana', true, 'two with a number between'],
    ['JaiakParticipacionciudadana', false, 'a part of it cannot be told apart'],
    ['BOPV', true, 'initials'],
    ['FIESTASPATRONALES', false, 'in capitals'],
    ['BOPV2026', true, 'initials and a year'],
    ['Euskaraldia2026', true, 'one word and a year'],
    ['col·legi', true, 'the dot of Catalan is no end of a word'],
    ['2026', true, 'nothing to be read wrong'],
  ])('%s: %s (%s)', (tag, expected) => {
    expect(isCamelCase(tag)).toBe(expected)
  })
  it('limits on both sides', () => {
    const letters = (sign: string, count: number) => sign.repeat(count)
    expect(isCamelCase(letters('ñ', HASHTAG_ONE_WORD_MAX_CHARACTERS))).toBe(true)
    expect(isCamelCase(letters('ñ', HASHTAG_ONE_WORD_MAX_CHARACTERS + 1))).toBe(false)
    expect(isCamelCase(letters('n\u0303', HASHTAG_ONE_WORD_MAX_CHARACTERS))).toBe(true)
    expect(isCamelCase(letters('Ñ', HASHTAG_INITIALS_MAX_CHARACTERS))).toBe(true)
    expect(isCamelCase(letters('Ñ', HASHTAG_INITIALS_MAX_CHARACTERS + 1))).toBe(false)
  })

  it.each([
    ['haranberri', 'Jaiak Haran Berri herrian', 'HaranBerri'],
    ['fiestaspatronales', 'Fiestas patronales: programa. #fiestaspatronales', 'FiestasPatronales'],
    ['participaciónciudadana', 'Participacion ciudadana', 'ParticipaciónCiudadana'],
    ['presupuestosparticipativos2026', 'Presupuestos participativos 2026', 'PresupuestosParticipativos2026'],
    ['FIESTASPATRONALES', 'Fiestas patronales', 'FiestasPatronales'],
    ['n\u0303andurojo', 'un ñandú, un ñandu rojo', 'ÑanduRojo'],
    ['FiestasPatronales', 'Fiestas patronales', null],
    ['fiestasPatronales', 'Fiestas patronales', null],
    ['haranberri', 'Haranberriko jaiak, Haranberri eguna', null],
    ['haranberri', '#haran #berri', null],
    ['haranberri', 'Haran eta Berri', null],
    ['haranberri', '', null],
    ['abcdefgh', 'a b c d e f g h', 'ABCDEFGH'],
    ['abcdefghi', 'a b c d e f g h i', null],
  ])('%s in «%s»: %s', (tag, text, expected) => {
    expect(suggestCamelCase(tag, text)).toBe(expected)
  })
})
