/** On which day a profile published last, as the posts of the calendar say (DOMAIN P-04). */
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Rows } from '../journal/journal.ts'
import { publishedOf } from '../posts/post-row.ts'

/**
 * For a profile that was opened on a day: its last post since, and `null` when it has had none. Nothing where the calendar has
 * never been told of a post that is out: whoever does not use it is not idle.
 */
export async function lastPosts(
  rows: Rows,
  document: DocumentId,
  timeZone: string,
): Promise<(profile: string, openedOn: string | null) => { readonly lastPostOn?: string | null }> {
  const found = await rows
    .selectFrom('post_state')
    .select(['published', 'review_by'])
    .where('document', '=', document)
    .where('published', '!=', '[]')
    .execute()
  const last = new Map<string, string>()
  for (const { profile, at } of found.flatMap(publishedOf)) {
    const day = localTime(new Date(at), timeZone).day
    if (day > (last.get(profile) ?? '')) last.set(profile, day)
  }
  if (last.size === 0) return () => ({})
  return (profile, openedOn) => {
    const day = last.get(profile) ?? null
    return { lastPostOn: day !== null && day >= (openedOn ?? '') ? day : null }
  }
}
