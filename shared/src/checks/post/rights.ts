/** Whether we may use what we use, and say whose it is (DOMAIN P-30, P-33, P-34, P-44) [SEED L169–177]. */
import { fold } from '../../reference/list.ts'
import type { Media } from '../../schema/calendar.ts'
import { message } from '../finding.ts'
import { mediumName, onMedium, textPath, type Found, type PostCheck, type Seen } from './check.ts'

const ofEach =
  (find: (medium: Media, item: string, seen: Seen) => readonly Found[]): PostCheck['run'] =>
  (seen) =>
    seen.whole.media.flatMap((medium) => find(medium, mediumName(medium), seen))

export const RIGHTS_CHECKS: readonly PostCheck[] = [
  {
    id: 'P-30',
    field: 'mediaIds',
    subject: 'Its images and videos are ours to use',
    run: ofEach((medium, item) => {
      const { origin, licence } = medium
      if (origin === null || origin === 'unknown')
        return [
          {
            severity: 'block',
            path: onMedium(medium, 'origin'),
            message: message('“{item}”: nobody knows where it comes from.', { item }),
            fix: message('Find out and note it, or take another one.'),
          },
        ]
      // Without a licence because nobody needs one.
      if (origin === 'public_domain') return []
      return licence === null || licence === '' || licence === 'none'
        ? [
            {
              severity: 'block',
              path: onMedium(medium, 'licence'),
              message: message('“{item}” has no licence that lets us use it.', { item }),
              fix: message('Note the licence it is under, or take another one.'),
            },
          ]
        : []
    }),
  },
  {
    id: 'P-33',
    field: 'mediaIds',
    subject: 'What the licences ask for is kept',
    run: ofEach(licenceFound),
  },
  {
    id: 'P-34',
    field: 'mediaIds',
    subject: 'What AI has made says so',
    run: ofEach((medium, item) =>
      medium.origin === 'ai_generated' && !medium.aiLabelShown
        ? [
            {
              severity: 'block',
              path: onMedium(medium, 'aiLabelShown'),
              message: message('“{item}” was made by AI, and the post does not say so.', { item }),
              fix: message('Say so in the text or in the image itself, and tick it beside the image.'),
            },
          ]
        : [],
    ),
  },
  {
    id: 'P-44',
    field: 'mediaIds',
    subject: 'The rights to use its images and videos last',
    run: ofEach((medium, item, { goesOutOn }) =>
      medium.expires && medium.expiresOn !== null && medium.expiresOn < goesOutOn
        ? [
            {
              severity: 'block',
              path: onMedium(medium, 'expiresOn'),
              message: message('“{item}”: the right to use it has ended when the post goes out.', { item }),
              fix: message('Take another one, or have the right prolonged and note it.'),
            },
          ]
        : [],
    ),
  },
]

/** What is ours binds others, and not us. */
const OURS: readonly (string | null)[] = ['own', 'commissioned']

function licenceFound(medium: Media, item: string, seen: Seen): Found[] {
  if (OURS.includes(medium.origin)) return []
  const licence = seen.known.references.licences.find(({ id }) => id === medium.licence)
  if (!licence) return []
  const holes = { item, licence: licence.label }
  const path = onMedium(medium, 'licence')
  const found: Found[] = []
  if (licence.attribution) found.push(...attributionFound(medium, item, licence.label, seen))
  if (licence.noDerivatives)
    found.push(
      medium.changed
        ? {
            severity: 'block',
            path: onMedium(medium, 'changed'),
            message: message(
              '“{item}” was changed, and its licence {licence} does not let anybody change it.',
              holes,
            ),
            fix: message('Use it as it was, or take another one.'),
          }
        : {
            severity: 'info',
            path,
            message: message(
              '“{item}” is under {licence}: as it is, neither cropped nor written over.',
              holes,
            ),
          },
    )
  if (licence.nonCommercial)
    found.push({
      severity: 'warn',
      path,
      message: seen.post.paid
        ? message('“{item}” is under {licence}, and the post is promoted with money: is that allowed?', holes)
        : message('“{item}” is under {licence}: not for anything that earns money.', holes),
    })
  if (licence.shareAlike)
    found.push({
      severity: medium.changed ? 'warn' : 'info',
      path,
      message: medium.changed
        ? message(
            '“{item}” is under {licence}, and was changed: what came of it has the same licence, and says so.',
            holes,
          )
        : message('“{item}” is under {licence}: whatever is made of it has the same licence.', holes),
    })
  return found
}

/** Once for each text in which it is not said, however many profiles get that text. */
function attributionFound(medium: Media, item: string, licence: string, seen: Seen): Found[] {
  const line = fold(medium.attribution)
  if (line === '')
    return [
      {
        severity: 'block',
        path: onMedium(medium, 'attribution'),
        message: message('“{item}” is under {licence}: it is not noted yet who is to be named.', {
          item,
          licence,
        }),
        fix: message('Write the line with which the author wants to be named.'),
      },
    ]
  const paths = seen.places
    .filter(({ messages }) => messages.length > 0 && !messages.some(({ text }) => fold(text).includes(line)))
    .map(({ profile, messages }) => textPath(seen, profile.id, messages[0]!.languages[0] ?? ''))
  return [...new Set(paths)].map((path) => ({
    severity: 'block',
    path,
    message: message('“{item}” is under {licence}, and the text does not name who made it.', {
      item,
      licence,
    }),
    fix: message('Put this line into it: {line}', { line: medium.attribution.trim() }),
  }))
}
