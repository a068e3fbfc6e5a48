/** What is said after a paste: what a text cannot hold, how much of it there was, and where it can go. */
import { n } from '../l10n.ts'
import type { LeftOut } from './paste.ts'

export function leftOutWords({ pictures, tables, comments, deletions }: LeftOut): string[] {
  return [
    ...(pictures > 0
      ? [
          n(
            '%n picture was left out: a text holds none. Keep it among your files in Nextcloud, and put a link to it here.',
            '%n pictures were left out: a text holds none. Keep them among your files in Nextcloud, and put links to them here.',
            pictures,
          ),
        ]
      : []),
    ...(tables > 0
      ? [
          n(
            '%n table became lines: each row is one, with | between what were its cells.',
            '%n tables became lines: each row is one, with | between what were its cells.',
            tables,
          ),
        ]
      : []),
    ...(comments > 0
      ? [n('%n comment in the margin was left out.', '%n comments in the margin were left out.', comments)]
      : []),
    ...(deletions > 0
      ? [
          n(
            '%n passage that was marked as deleted was left out.',
            '%n passages that were marked as deleted were left out.',
            deletions,
          ),
        ]
      : []),
  ]
}
