/** What was measured becomes rows of the evaluation, with who tested it and when: all of it at once, or nothing. */
import type * as Y from 'yjs'
import { access } from '@auzolan/shared/schema/evaluation/access.ts'
import type { Person } from '@auzolan/shared/schema/fields.ts'
import { ListPlace, SectionPlace, type Place } from '@auzolan/shared/schema/shapes.ts'
import type { LinkRow } from './link-test.ts'

/** @param language of the notes */
export function writeDown(
  doc: Y.Doc,
  rows: readonly LinkRow[],
  { by, on, language }: { by: Person; on: string; language: string },
): void {
  const list = new ListPlace(doc, access.fields.linkTests)
  const section = new SectionPlace(doc, access)
  doc.transact(() => {
    for (const row of rows) {
      list.bring(row.id)
      const place = list.record(row.id)!
      // A row that was there keeps its name, which somebody may have put right meanwhile.
      for (const [tag, text] of Object.entries(row.task))
        if (place.text('task', tag)?.length === 0) write(place, 'task', tag, text)
      place.set('link', row.link)
      place.set('secondsNormal', row.secondsNormal)
      place.set('secondsSlow', row.secondsSlow)
      place.set('works', row.works)
      place.set('unplugged', row.unplugged)
      if (row.note !== '') write(place, 'note', language, row.note)
    }
    section.set('testedOn', on)
    section.set('testedBy', { id: by.id, name: by.name })
  })
}

function write(place: Place, key: string, language: string, words: string): void {
  const text = place.text(key, language)
  if (!text || text.toString() === words) return
  text.delete(0, text.length)
  text.insert(0, words)
}
