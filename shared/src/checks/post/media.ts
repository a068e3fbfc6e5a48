/** Whether those who do not see, or do not hear, get what an image or a video says (DOMAIN P-43). */
import { ALT_TEXT_MIN_CHARACTERS } from '../../limits.ts'
import { countIn } from '../../posts/counting.ts'
import { fold } from '../../reference/list.ts'
import type { Media } from '../../schema/calendar.ts'
import { message } from '../finding.ts'
import { isWritten, mediumName, onMedium, textsOf, type Found, type PostCheck, type Seen } from './check.ts'

/** What one sees: an image, a drawing, a film. A document or a sound is none. */
export const isSeen = ({ kind }: Media): boolean => ['image', 'graphic', 'video'].includes(kind ?? '')
const HEARD: readonly (string | null)[] = ['video', 'audio']

export const MEDIA_CHECKS: readonly PostCheck[] = [
  {
    id: 'P-43',
    field: 'mediaIds',
    subject: 'Everybody gets what its images and videos say',
    run: (seen) => {
      // A language that is left out with a reason needs no words for its pictures either.
      const written = new Set(textsOf(seen).map(({ language }) => language))
      const languages = seen.context.languages.filter((one) => !seen.excused || written.has(one))
      return seen.whole.media.flatMap((medium) => [
        ...(isSeen(medium) ? languages.flatMap((one) => altFound(seen, medium, one)) : []),
        ...(HEARD.includes(medium.kind) ? heardFound(medium) : []),
      ])
    },
  },
]

function altFound(seen: Seen, medium: Media, language: string): Found[] {
  const text = (medium.altText[language] ?? '').trim()
  const item = mediumName(medium)
  const base = { severity: 'block', path: onMedium(medium, `altText:${language}`) } as const
  const holes = { item, language: `lang:${language}` }
  if (text === '')
    return [
      {
        ...base,
        message: message('“{item}” has no alternative text yet in {language}.', holes),
        fix: message('Say what one sees, in a sentence, as you would by telephone.'),
      },
    ]
  if (isFileName(text, medium))
    return [
      {
        ...base,
        message: message('“{item}”: the alternative text in {language} is the name of the file.', holes),
        fix: message('Say what one sees, in a sentence, as you would by telephone.'),
      },
    ]
  if ([...text].length < ALT_TEXT_MIN_CHARACTERS)
    return [
      {
        ...base,
        message: message('“{item}”: the alternative text in {language} is shorter than {min} characters.', {
          ...holes,
          min: String(ALT_TEXT_MIN_CHARACTERS),
        }),
        fix: message('Say what one sees, in a sentence, as you would by telephone.'),
      },
    ]
  // The smallest limit says it for all.
  const [tightest] = seen.places
    .flatMap(({ network }) => (network && (network.altMax ?? null) !== null ? [network] : []))
    .sort((a, b) => a.altMax! - b.altMax!)
  return tightest && countIn('characters', text) > tightest.altMax!
    ? [
        {
          ...base,
          message: message(
            '“{item}”: the alternative text in {language} is longer than the {max} characters of {network}.',
            { ...holes, max: String(tightest.altMax), network: tightest.label },
          ),
        },
      ]
    : []
}

const isFileName = (text: string, { file }: Media): boolean => {
  if (!file) return false
  const name = fold(file.name)
  return [name, name.replace(/\.[^.]*$/, '')].includes(fold(text))
}

const heardFound = (medium: Media): Found[] =>
  medium.captions !== null || Object.values(medium.transcript).some(isWritten)
    ? []
    : [
        {
          severity: 'block',
          path: onMedium(medium, 'captions'),
          message: message('“{item}” has neither captions nor a transcript.', { item: mediumName(medium) }),
          fix: message('Add a file with captions (SRT or VTT), or write down what is said.'),
        },
      ]
