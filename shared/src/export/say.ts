/** How the program says a thing in the language of a document, whatever the language of the screen. */

/** Takes English, which is the key; `{holes}` are filled. */
export type Say = (text: string, holes?: { readonly [name: string]: string }) => string

type Words = { readonly [english: string]: unknown }

/** Fetched one by one: a page brings the words of its own screen already, and needs few others. */
const WORDS: ReadonlyMap<string, () => Promise<{ readonly default: Words }>> = new Map([
  ['ca', () => import('../../l10n/ca.json', { with: { type: 'json' } })],
  ['es', () => import('../../l10n/es.json', { with: { type: 'json' } })],
  ['eu', () => import('../../l10n/eu.json', { with: { type: 'json' } })],
])

/** The first of these languages that the program speaks, else English. */
export const spokenOf = (languages: readonly string[]): string =>
  languages.find((tag) => tag === 'en' || WORDS.has(tag)) ?? 'en'

export const sayFrom =
  (words: Words | undefined): Say =>
  (text, holes = {}) => {
    const own = words && Object.hasOwn(words, text) ? words[text] : undefined
    const said = typeof own === 'string' ? own : text
    return said.replace(/\{(\w+)\}/g, (hole, name: string) =>
      Object.hasOwn(holes, name) ? holes[name]! : hole,
    )
  }

export const wordsOf = async (language: string): Promise<Say> =>
  sayFrom((await WORDS.get(language)?.())?.default)
