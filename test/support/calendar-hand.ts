/** A hand in the calendar of a plan: makes and changes posts over the wire, as a page does. */
import type * as Y from 'yjs'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { readCalendar } from '@auzolan/shared/posts/reader.ts'
import { wholePost, type WholePost } from '@auzolan/shared/posts/post.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { openWriter, type Reachable, type Writer } from './wire.ts'

export interface CalendarHand extends Writer {
  /** Makes a post with these values (texts by language) and waits until the server has it. Gives its id. */
  post(values?: Values, id?: string): Promise<string>
  set(list: keyof typeof SECTION.fields, id: string, values: Values): Promise<void>
  whole(id: string): WholePost
}
type Values = { readonly [field: string]: unknown }

export async function openCalendar(
  server: Reachable,
  person: string,
  document: string,
): Promise<CalendarHand> {
  const writer = await openWriter(server, person, document, 'calendar')
  const fill = (doc: Y.Doc, list: keyof typeof SECTION.fields, id: string, values: Values): void => {
    const place = new ListPlace(doc, SECTION.fields[list] as ListField).record(id)!
    for (const [key, value] of Object.entries(values)) {
      const field = place.fields[key]!
      if (field.kind === 'references' || field.kind === 'choices')
        for (const member of value as string[]) place.toggle(key, member, true)
      else if (field.kind === 'text' && field.translated)
        for (const [language, text] of Object.entries(value as object))
          replace(place.text(key, language)!, String(text))
      else if (field.kind === 'text' || field.kind === 'link') replace(place.text(key, '')!, String(value))
      else place.set(key, value as never)
    }
  }
  const send = async (step: (doc: Y.Doc) => void): Promise<void> => {
    for (const update of writer.edit(step)) {
      const refused = await writer.write(update)
      if (refused) throw new Error(`the calendar refuses: ${refused}`)
    }
  }
  return {
    ...writer,
    async post(values = {}, id) {
      let made = ''
      await send((doc) => {
        made = new ListPlace(doc, SECTION.fields.posts as ListField).add(id)
        fill(doc, 'posts', made, values)
      })
      return made
    },
    set: (list, id, values) =>
      send((doc) => {
        new ListPlace(doc, SECTION.fields[list] as ListField).bring(id)
        fill(doc, list, id, values)
      }),
    whole: (id) => wholePost(readCalendar(writer.doc), id)!,
  }
}

function replace(text: Y.Text, words: string): void {
  text.delete(0, text.length)
  text.insert(0, words)
}
