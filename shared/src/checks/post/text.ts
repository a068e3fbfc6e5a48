/** Whether a text is right for its networks: it fits, and its hashtags can be read aloud (DOMAIN P-40, P-48). */
import { limitsOf, measure, type Measure, type TextLimits } from '../../posts/counting.ts'
import { hashtagHints, hashtagsIn, isCamelCase } from '../../posts/hashtags.ts'
import { splitOf } from '../../posts/lengths.ts'
import type { Message as Outgoing } from '../../posts/messages.ts'
import { message, type Message } from '../finding.ts'
import { isSeen } from './media.ts'
import { onPost, textPath, textsOf, type Found, type Place, type PostCheck, type Seen } from './check.ts'

export const TEXT_CHECKS: readonly PostCheck[] = [
  {
    id: 'P-40',
    field: 'text',
    subject: 'It fits into every network',
    run: (seen) =>
      seen.places.flatMap((place) => [
        ...place.messages.flatMap((out) => lengthFound(seen, place, out)),
        ...mediaFound(seen, place),
      ]),
  },
  {
    id: 'P-48',
    field: 'text',
    subject: 'Its hashtags can be read aloud, and are not too many',
    run: (seen) => [
      ...textsOf(seen).flatMap(({ path, text }) => unreadable(path, text)),
      ...seen.places.flatMap((place) => place.messages.flatMap((out) => tooMany(seen, place, out))),
    ],
  },
]

const limitsAt = ({ whole }: Seen, network: NonNullable<Place['network']>) =>
  limitsOf(network, { withMedia: whole.media.length > 0 })

function lengthFound(seen: Seen, place: Place, out: Outgoing): Found[] {
  const { network, name, profile } = place
  if (!network) return []
  const limits = limitsAt(seen, network)
  if (surelyFits(out.text, limits)) return []
  const measured = measure(out.text, limits)
  const path = textPath(seen, profile.id, out.languages[0] ?? '')
  if (measured.over > 0)
    return [{ severity: 'block', path, message: tooLong(name, out, measured), fix: shorter(seen, place) }]
  return measured.pastSoft > 0
    ? [
        {
          severity: 'warn',
          path,
          message: message(
            '{item}: it fits, and is longer than what people read there: {count} characters.',
            {
              item: name,
              count: String(measured.counts[0].count),
            },
          ),
        },
      ]
    : []
}

/**
 * A thousand posts are checked at once, and most of them are far from every limit: no unit but X's counts a sign for more than
 * one, three in bytes, and no text has more addresses than this.
 */
export function surelyFits(
  text: string,
  { unit, textMax, bytesMax, softMax, urlWeight }: TextLimits,
): boolean {
  if (unit === 'weighted') return false
  const addresses = urlWeight === null ? 0 : text.split('://').length - 1
  const most = text.length * (unit === 'bytes' ? 3 : 1) + addresses * (urlWeight ?? 0)
  return most <= Math.min(textMax ?? most, softMax ?? most) && text.length * 3 <= (bytesMax ?? Infinity)
}

function tooLong(item: string, { languages }: Outgoing, { tightest, over }: Measure): Message {
  const holes = { item, over: String(over), max: String(tightest.max), count: String(tightest.count) }
  const bytes = tightest.unit === 'bytes'
  if (languages.length > 1)
    return bytes
      ? message(
          '{item}: {over} bytes too many in all languages together: {max} fit, and it has {count}.',
          holes,
        )
      : message(
          '{item}: {over} characters too many in all languages together: {max} fit, and it has {count}.',
          holes,
        )
  const own = { ...holes, language: `lang:${languages[0] ?? ''}` }
  return bytes
    ? message('{item}, {language}: {over} bytes too many: {max} fit, and it has {count}.', own)
    : message('{item}, {language}: {over} characters too many: {max} fit, and it has {count}.', own)
}

function shorter(seen: Seen, { network, profile }: Place): Message {
  const parts = splitOf(seen.whole, profile, seen.context.languages, limitsAt(seen, network!))
  return parts
    ? message('Split it, each language in its own message ({parts}), or shorten it.', {
        parts: parts.join(' + '),
      })
    : message('Shorten it, or write another text for this network.')
}

function mediaFound(seen: Seen, { network, name }: Place): Found[] {
  const count = seen.whole.media.length
  const path = onPost(seen, 'mediaIds')
  if (network?.needsMedia && !seen.whole.media.some(isSeen))
    return [
      {
        severity: 'block',
        path,
        message: message('{item}: nothing can be published there without an image or a video.', {
          item: name,
        }),
        fix: message('Add one, or take this profile out.'),
      },
    ]
  const max = network?.mediaMax ?? null
  return max !== null && count > max
    ? [
        {
          severity: 'block',
          path,
          message: message('{item}: {max} images or videos at most, and there are {count}.', {
            item: name,
            max: String(max),
            count: String(count),
          }),
        },
      ]
    : []
}

const unreadable = (path: string, text: string): Found[] =>
  hashtagHints(text)
    .filter(({ tag }) => !isCamelCase(tag))
    .map(({ tag, better }): Found => ({
      severity: 'warn',
      path,
      message: message('#{tag}: whoever has it read aloud cannot tell its words apart.', { tag }),
      fix: better
        ? message('Write it as #{tag}.', { tag: better })
        : message('Begin each of its words with a capital.'),
    }))

function tooMany(seen: Seen, { network, name, profile }: Place, { text, languages }: Outgoing): Found[] {
  const max = network?.hashtagMax ?? null
  if (max === null) return []
  // In two languages often the same one: networks link it twice, and know it once.
  const count = new Set(hashtagsIn(text).map(({ name }) => name.normalize('NFC').toLowerCase())).size
  return count > max
    ? [
        {
          severity: 'block',
          path: textPath(seen, profile.id, languages[0] ?? ''),
          message: message('{item}: {max} hashtags at most, and there are {count}.', {
            item: name,
            max: String(max),
            count: String(count),
          }),
          fix: message('Take some out, or write another text for this network.'),
        },
      ]
    : []
}
