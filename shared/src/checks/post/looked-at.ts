/** How much of a post is looked at: no more of a text than its field takes, however much somebody has sent. */
import { LINK_MAX_CHARACTERS } from '../../limits.ts'
import type { WholePost } from '../../posts/post.ts'
import { calendar, type Calendar } from '../../schema/calendar.ts'
import type { Field } from '../../schema/fields.ts'

export interface Overlong {
  readonly path: string
  /** Its label. */
  readonly field: string
  readonly max: number
}
interface LookedAt {
  /** The same one, unless something of it is too long. */
  readonly whole: WholePost
  readonly overlong: readonly Overlong[]
}

export function lookedAt(whole: WholePost): LookedAt {
  const overlong: Overlong[] = []
  const short = <R extends { readonly id: string }>(list: keyof Calendar, record: R): R => {
    const before = overlong.length
    const { root, item } = calendar.fields[list]
    const cut = Object.entries(item as { readonly [key: string]: Field }).map(([key, field]) => {
      const value: unknown = record[key as keyof R]
      const max = maxOf(field)
      if (max === null) return [key, value]
      const shorter = (text: unknown, language = ''): unknown => {
        if (typeof text !== 'string' || text.length <= max) return text
        overlong.push({ path: `${root}/${record.id}/${key}${language}`, field: field.label, max })
        return text.slice(0, max)
      }
      if (typeof value !== 'object' || value === null) return [key, shorter(value)]
      const texts = Object.entries(value).map(([tag, text]) => [tag, shorter(text, `:${tag}`)])
      return [key, Object.fromEntries(texts)]
    })
    return overlong.length === before ? record : { ...record, ...Object.fromEntries(cut) }
  }
  const shorter: WholePost = {
    post: short('posts', whole.post),
    variants: whole.variants.map((one) => short('variants', one)),
    mentions: whole.mentions.map((one) => short('mentions', one)),
    media: whole.media.map((one) => short('media', one)),
  }
  return overlong.length === 0 ? { whole, overlong } : { whole: shorter, overlong }
}

const maxOf = (field: Field): number | null =>
  field.kind === 'text' ? field.maxCharacters : field.kind === 'link' ? LINK_MAX_CHARACTERS : null
