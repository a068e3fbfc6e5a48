/** Accounts that are named in a post, and of which nobody has said yet who that is (DOMAIN P-31). */
import { mentionsIn } from './hashtags.ts'
import type { WholePost } from './post.ts'

/** As people compare them: without `@` before, and in small letters. */
export const plainHandle = (handle: string): string =>
  handle
    .trim()
    .replace(/^[@＠]/, '')
    .toLowerCase()

/** Each account once, as it stands in the text first, without those that are the organisation's own. */
export function handlesIn({ post, variants }: WholePost, own: readonly string[]): string[] {
  const ours = new Set(own.map(plainHandle))
  const texts = [post.text, ...variants.map(({ text }) => text)].flatMap((text) => Object.values(text))
  const found = new Map<string, string>()
  for (const text of texts)
    for (const { name } of mentionsIn(text)) {
      const plain = plainHandle(name)
      if (!ours.has(plain) && !found.has(plain)) found.set(plain, name)
    }
  return [...found.values()]
}
export const unnamedIn = (whole: WholePost, own: readonly string[]): string[] => {
  const known = new Set(whole.mentions.map(({ handle }) => plainHandle(handle)))
  return handlesIn(whole, own).filter((handle) => !known.has(plainHandle(handle)))
}
