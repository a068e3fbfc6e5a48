/** A post in two languages or more, all of them in one message (DOMAIN P-40). */
/** Between two languages of one post: a blank line. It counts, too. */
export const BETWEEN_LANGUAGES = '\n\n'

/** One post that says it in every language, in the order given. A language without words adds nothing. */
export const bilingual = (texts: readonly string[], separator = BETWEEN_LANGUAGES): string =>
  texts.filter((text) => text.trim() !== '').join(separator)
