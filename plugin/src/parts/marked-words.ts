/** Words that somebody has marked in a text, as what a comment is about. */
import type * as Y from 'yjs'
import type { Place } from '@auzolan/shared/schema/shapes.ts'
import type { Wanted } from '../documents/comments.ts'
import { occurrences, passageOf } from '../documents/passages.ts'
import { pathOf } from '../documents/paths.ts'

/** @param before everything in the field before the marking */
export function aboutMarked(
  doc: Y.Doc,
  place: Place,
  name: string,
  language: string,
  marked: string,
  before: string,
): Wanted {
  const path = pathOf(place, name)
  const field = place.fields[name]
  const translated = field?.kind === 'prose' && field.translated
  const quote = marked.split('\n')[0]!.trim()
  const nth = quote === '' ? 0 : occurrences(before, quote).length
  return {
    kind: 'field',
    path,
    passage: passageOf(doc, translated ? `${path}:${language}` : path, marked, nth),
  }
}
