/** A text cut where a network would draw a link: at addresses, hashtags and accounts. */
import { addressesIn } from '@auzolan/shared/posts/addresses.ts'
import { hashtagsIn, mentionsIn } from '@auzolan/shared/posts/hashtags.ts'

export interface Piece {
  readonly kind: 'words' | 'link'
  readonly text: string
}

export function pieces(text: string): Piece[] {
  const links = [...addressesIn(text), ...hashtagsIn(text), ...mentionsIn(text)].sort(
    (a, b) => a.start - b.start,
  )
  const found: Piece[] = []
  let at = 0
  for (const { start, end } of links) {
    if (start < at) continue
    if (start > at) found.push({ kind: 'words', text: text.slice(at, start) })
    found.push({ kind: 'link', text: text.slice(start, end) })
    at = end
  }
  if (at < text.length) found.push({ kind: 'words', text: text.slice(at) })
  return found
}
