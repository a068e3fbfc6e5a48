/** Where consents are used in a calendar: what a withdrawal has to find (DOMAIN P-31). */
import type { Calendar, Post } from '../schema/calendar.ts'
import { postOf } from './post.ts'

/** The posts that show or name somebody by one of these consents, in the order of the calendar. */
export function usesOf({ posts, media, mentions }: Calendar, consents: readonly string[]): Post[] {
  const uses = ({ consentIds }: { readonly consentIds: readonly string[] }): boolean =>
    consentIds.some((id) => consents.includes(id))
  const shown = new Set(media.filter(uses).map(({ id }) => id))
  const naming = new Set(mentions.filter(uses).map(({ id }) => postOf(id)))
  return posts.filter(({ id, mediaIds }) => naming.has(id) || mediaIds.some((medium) => shown.has(medium)))
}
