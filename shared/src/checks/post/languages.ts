/** Whether everybody reads it in their language, and somebody has read it in each (DOMAIN P-41, P-42). */
import { languagesOn } from '../../posts/messages.ts'
import { languageSha256, variantFor } from '../../posts/post.ts'
import { message } from '../finding.ts'
import { isWritten, onPost, textsOf, type Found, type PostCheck, type Seen } from './check.ts'

export const LANGUAGE_CHECKS: readonly PostCheck[] = [
  {
    id: 'P-41',
    field: 'text',
    subject: 'It is there in every official language',
    run: (seen) => {
      const fields = missing(seen)
      const nothing = textsOf(seen).length === 0
      if (seen.excused && !nothing) return []
      return fields.map(({ path, language, item }): Found => ({
        severity: 'block',
        path,
        message:
          item === null
            ? message('It has no text yet in {language}.', { language: `lang:${language}` })
            : message('{item}: it has no text yet in {language}.', { item, language: `lang:${language}` }),
        fix: message('Write it, or say why a language is missing (20 characters at least).'),
      }))
    },
  },
  {
    id: 'P-42',
    field: 'text',
    subject: 'Somebody has read it in every language',
    run: (seen) => {
      const { standing, context, whole } = seen
      if (!standing) return []
      const written = new Set(textsOf(seen).map(({ language }) => language))
      const isRead = (language: string): boolean => {
        const reviews = standing.reviews.filter((review) => review.language === language)
        if (reviews.length === 0) return false
        const now = languageSha256(whole, language)
        return reviews.some(({ sha256 }) => sha256 === now)
      }
      return context.languages
        .filter((language) => written.has(language) && !isRead(language))
        .map((language) => ({
          severity: 'block',
          gate: 'post_approve',
          path: onPost(seen, `text:${language}`),
          message: message('Nobody has read it yet in {language}, as it stands now.', {
            language: `lang:${language}`,
          }),
          fix: message(
            'Somebody who has not written it reads it in that language, and says so beside the text.',
          ),
        }))
    },
  },
]

interface Gap {
  readonly path: string
  readonly language: string
  /** The profile whose own text it is. */
  readonly item: string | null
}

/** The post's own text in every language; one for a profile alone in those of the profile. */
function missing(seen: Seen): Gap[] {
  const { post, whole, places, context } = seen
  const own = places.flatMap(({ profile, name }) => {
    const variant = variantFor(whole, profile.id)
    return variant ? [{ name, variant, languages: languagesOn(profile, context.languages) }] : []
  })
  const isUsed = places.length === 0 || own.length < places.length
  const inVariants = new Set(own.flatMap(({ languages }) => languages))
  return [
    ...context.languages
      .filter((language) => (isUsed || !inVariants.has(language)) && !isWritten(post.text[language]))
      .map((language) => ({ path: onPost(seen, `text:${language}`), language, item: null })),
    ...own.flatMap(({ name, variant, languages }) =>
      languages
        .filter((language) => !isWritten(variant.text[language]))
        .map((language) => ({ path: `variants/${variant.id}/text:${language}`, language, item: name })),
    ),
  ]
}
