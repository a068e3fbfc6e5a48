/** A suggestion that nobody speaks for any more, and that nobody has brought in or answered, is none: it goes, with the names that lead to it. */
import type { Transaction } from 'kysely'
import type { Tables } from '../journal/journal.ts'
import { takeBack } from '../review/suggestion-notices.ts'
import { standingFor, withDuplicates } from './duplicates.ts'

type Writing = Transaction<Tables>

/** After anything that may have taken from it the last that stood for it. One that was merged stays as long as the other one, and may have been what kept that. */
export async function dropAbandoned(rows: Writing, id: string, at: string): Promise<void> {
  const ids = await withDuplicates(rows, await standingFor(rows, id))
  const group = await rows
    .selectFrom('suggestion')
    .select(['imported', 'declined', 'evaluation'])
    .where('id', 'in', ids)
    .execute()
  if (group.some(({ imported, declined }) => imported !== '[]' || declined !== null)) return
  const spoken = await rows
    .selectFrom('suggestion_voice')
    .select('person')
    .where('suggestion', 'in', ids)
    .limit(1)
    .executeTakeFirst()
  if (spoken) return
  // One in the trash may come back; one that is gone answers nothing.
  const evaluated = await rows
    .selectFrom('document')
    .select('id')
    .where(
      'id',
      'in',
      group.map(({ evaluation }) => evaluation ?? ''),
    )
    .limit(1)
    .executeTakeFirst()
  if (evaluated) return
  for (const one of ids) await takeBack(rows, at, one)
  await rows.deleteFrom('suggestion').where('id', 'in', ids).execute()
}
