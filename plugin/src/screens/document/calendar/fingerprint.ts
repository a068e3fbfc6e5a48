/** What a post says now: hashed and looked at again only where something of it has changed. */
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

/** A record that has not changed is the same object (posts/reader.ts). */
export const partsOf = ({ post, variants, mentions, media }: WholePost): readonly object[] => [
  post,
  ...variants,
  ...mentions,
  ...media,
]
export const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at])
