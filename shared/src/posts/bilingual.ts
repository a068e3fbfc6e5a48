/** A post in two languages or more: all of them in one, or one for each (DOMAIN P-40). */
import { measure, type Measure, type TextLimits } from './counting.ts'

export interface LanguageText {
  readonly language: string
  readonly text: string
}

/** Between two languages of one post: a blank line. It counts, too. */
export const BETWEEN_LANGUAGES = '\n\n'

/** One post that says it in every language, in the order given. A language without words adds nothing. */
export const bilingual = (texts: readonly string[], separator = BETWEEN_LANGUAGES): string =>
  texts.filter((text) => text.trim() !== '').join(separator)

export interface Split {
  readonly together: Measure
  readonly parts: readonly { readonly language: string; readonly measure: Measure }[]
  /** One post does not do, and one for each language does. */
  readonly helps: boolean
}

/** "Split in two: 316 and 293": whether it helps to say it in a post for each language. */
export function splitByLanguage(texts: readonly LanguageText[], limits: TextLimits): Split {
  const written = texts.filter(({ text }) => text.trim() !== '')
  const together = measure(bilingual(written.map(({ text }) => text)), limits)
  const parts = written.map(({ language, text }) => ({ language, measure: measure(text, limits) }))
  const helps = together.over > 0 && parts.every((part) => part.measure.over === 0)
  return { together, parts, helps }
}
