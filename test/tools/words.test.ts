/** No string of the screen without its translation, and no translation that nobody says. */
import { describe, expect, it } from 'vitest'

interface Words {
  LANGUAGES: readonly string[]
  sourceTexts(): Promise<readonly string[]>
  translations(language: string): { readonly [text: string]: string | readonly string[] }
  problems(
    language: string,
    keys: readonly string[],
    words: { readonly [text: string]: unknown },
  ): readonly string[]
}
const words = (await import(new URL('../../.tools/words.mjs', import.meta.url).href)) as Words

describe('the words of the screen', () => {
  it.each(words.LANGUAGES)(
    'are complete in %s, with the same holes and the right number of plural forms',
    async (language) => {
      expect(words.problems(language, await words.sourceTexts(), words.translations(language))).toEqual([])
    },
  )

  it('are found in the screens, in the schema, in the checks and in the PHP', async () => {
    const texts = await words.sourceTexts()
    expect(texts).toContain('New plan')
    expect(texts).toContain('Identification and sponsorship')
    expect(texts).toContain('The plan ends before it begins.')
    expect(texts).toContain('This is not the identifier of a document.')
    expect(texts).toContain('_%n thing is missing_::_%n things are missing_')
  })

  it('are complained about when one is missing, unused, empty, has other holes, or stands in another place', () => {
    const found = words.problems('es', ['a {b}', 'c', 'd'], { 'a {b}': 'a {x}', c: ' ', e: 'e' })
    expect(found).toHaveLength(4)
    expect(words.problems('es', ['a', 'b'], { b: 'B', a: 'A' })).toEqual([
      'es: not in the order of the keys: “a”',
    ])
    expect(words.problems('es', ['a', 'b'], { a: 'A', b: 'B' })).toEqual([])
  })
})
