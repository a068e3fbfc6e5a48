/** The words of the program in the language of a document, for what is written outside of any screen. */
import ca from '../../l10n/ca.json' with { type: 'json' }
import es from '../../l10n/es.json' with { type: 'json' }
import eu from '../../l10n/eu.json' with { type: 'json' }

/** Takes English, which is the key; `{holes}` are filled. */
export type Say = (text: string, holes?: { readonly [name: string]: string }) => string

const WORDS: ReadonlyMap<string, { readonly [english: string]: unknown }> = new Map([
  ['ca', ca],
  ['es', es],
  ['eu', eu],
])

/** The first of these languages that the program speaks, else English. */
export const spokenOf = (languages: readonly string[]): string =>
  languages.find((tag) => tag === 'en' || WORDS.has(tag)) ?? 'en'

export function wordsIn(language: string): Say {
  const words = WORDS.get(language)
  return (text, holes = {}) => {
    const own = words && Object.hasOwn(words, text) ? words[text] : undefined
    const said = typeof own === 'string' ? own : text
    return said.replace(/\{(\w+)\}/g, (hole, name: string) =>
      Object.hasOwn(holes, name) ? holes[name]! : hole,
    )
  }
}
