/** What a post is for people, by what it says now: hashed only where that counts, and again only where something of it has changed. */
import { shownStatus, standsByItsText, type PostFacts, type PostStatus } from '@auzolan/shared/posts/life.ts'
import { postSha256, type WholePost } from '@auzolan/shared/posts/post.ts'
import type { Post } from '@auzolan/shared/schema/calendar.ts'

const known = new WeakMap<Post, { readonly parts: readonly object[]; readonly sha256: string }>()

/** What an approval of it names. */
export function sha256Of(whole: WholePost): string {
  const parts = partsOf(whole)
  const before = known.get(whole.post)
  if (before && same(before.parts, parts)) return before.sha256
  const sha256 = postSha256(whole)
  known.set(whole.post, { parts, sha256 })
  return sha256
}

/** Only what was approved can have stopped being so. */
export const statusNow = (whole: WholePost, facts: PostFacts | undefined): PostStatus => {
  if (!facts) return 'idea'
  return shownStatus(facts, standsByItsText(facts.status) ? sha256Of(whole) : '')
}

/** A record that has not changed is the same object (posts/reader.ts). */
export const partsOf = ({ post, variants, mentions, media }: WholePost): readonly object[] => [
  post,
  ...variants,
  ...mentions,
  ...media,
]
export const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at])
