/** Another post that says the same: an idea of its own, with the same media and without a day. */
import type * as Y from 'yjs'
import { newUuid } from '@auzolan/shared/ids.ts'
import { idWithin, type WholePost } from '@auzolan/shared/posts/post.ts'
import { calendar as section } from '@auzolan/shared/schema/calendar.ts'
import type { Fields } from '@auzolan/shared/schema/fields.ts'
import { ListPlace, readMeta, type Place } from '@auzolan/shared/schema/shapes.ts'
import type { Json } from '@auzolan/shared/canonical.ts'

/** What is of the old one alone. */
const NOT_TAKEN = ['day', 'time', 'title']

export function duplicatePost(doc: Y.Doc, { post, variants, mentions }: WholePost, title: string): string {
  const { posts, variants: texts, mentions: named } = section.fields
  const id = newUuid()
  doc.transact(() => {
    const into = (list: ListPlace, to: string): Place => list.record(list.add(to))!
    const own = into(new ListPlace(doc, posts), id)
    copyInto(doc, own, post, posts.item, NOT_TAKEN)
    own.text('title', '')?.insert(0, title.slice(0, posts.item.title.maxCharacters))
    for (const one of variants)
      copyInto(doc, into(new ListPlace(doc, texts), idWithin(id, newUuid())), one, texts.item)
    for (const one of mentions)
      copyInto(doc, into(new ListPlace(doc, named), idWithin(id, newUuid())), one, named.item)
  })
  return id
}

function copyInto(
  doc: Y.Doc,
  place: Place,
  from: object,
  fields: Fields,
  notTaken: readonly string[] = [],
): void {
  const { languages } = readMeta(doc)
  const values = from as { readonly [field: string]: unknown }
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name]
    if (notTaken.includes(name) || value === undefined || value === null) continue
    switch (field.kind) {
      case 'text':
        if (field.translated)
          for (const language of languages)
            place
              .text(name, language)
              ?.insert(0, (value as { readonly [language: string]: string })[language] ?? '')
        else place.text(name, '')?.insert(0, value as string)
        break
      case 'link':
        place.text(name, '')?.insert(0, value as string)
        break
      case 'choices':
      case 'references':
        for (const member of value as string[]) place.toggle(name, member, true)
        break
      default:
        if (value !== false) place.set(name, value as Json)
    }
  }
}
