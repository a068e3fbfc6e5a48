/** What is asked of a post whatever it says: that its files are there, and that no more belongs to it than somebody can look at. */
import { POST_PARTS_MAX } from '../../limits.ts'
import { message } from '../finding.ts'
import { mediumName, onMedium, onPost, type Found, type Seen } from './check.ts'

export const recordsFound = (seen: Seen): Found[] => [...lostFiles(seen), ...tooMany(seen)]

/** A medium names its file by a hash, and anybody can write one: without the file nobody sees what is approved. */
function lostFiles({ whole, context: { files = null } }: Seen): Found[] {
  if (files === null) return []
  return whole.media.flatMap((medium) =>
    (['file', 'captions'] as const).flatMap((field): Found[] => {
      const named = medium[field]
      return named === null || files.has(named.sha256)
        ? []
        : [
            {
              severity: 'block',
              path: onMedium(medium, field),
              message: message('“{item}”: its file is not here.', { item: mediumName(medium) }),
              fix: message('Choose the file again.'),
            },
          ]
    }),
  )
}

function tooMany(seen: Seen): Found[] {
  const { variants, mentions } = seen.whole
  return variants.length <= POST_PARTS_MAX && mentions.length <= POST_PARTS_MAX
    ? []
    : [
        {
          severity: 'block',
          path: onPost(seen, 'text'),
          message: message('A post has at most {max} texts for single networks, and {max} who are named.', {
            max: String(POST_PARTS_MAX),
          }),
        },
      ]
}
