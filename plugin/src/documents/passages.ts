/**
 * Passages of the text: where they are while others write, and how another text takes their place. A passage is words of one
 * line or of one paragraph; it is remembered by its place in the shared text and by its words.
 */
import * as Y from 'yjs'
import { COMMENT_QUOTE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { ListPlace, SectionPlace, type Place } from '@auzolan/shared/schema/shapes.ts'
import { knownLists, knownSections, fieldOf } from './paths.ts'

export interface Passage {
  /** With the language behind a colon. */
  readonly path: string
  /** A relative position of Yjs; none for a whole line. */
  readonly position?: string
  /** Behind its last sign, and bound to that one: what is written after it does not belong to it. */
  readonly end?: string
  readonly quote: string
}

/** Where a field of the document can be read and written; `null` when it is not there (any more). */
function placeOf(doc: Y.Doc, path: string): { place: Place; name: string; language: string } | null {
  const [, bare = '', language = ''] = /^(.*?)(?::([\w-]+))?$/.exec(path) ?? []
  if (bare.includes('/')) {
    const [root = '', id = '', name = ''] = bare.split('/')
    const list = knownLists().get(root)
    const place = list && new ListPlace(doc, list.field).record(id)
    return place ? { place, name, language } : null
  }
  const [id = '', name = ''] = bare.split('.')
  const section = knownSections().find((one) => one.id === id)
  return section ? { place: new SectionPlace(doc, section), name, language } : null
}

/** The line of a text field, or the paragraphs of a prose field. */
export function linesOf(doc: Y.Doc, path: string): Y.Text[] {
  const field = fieldOf(path.replace(/:[\w-]+$/, ''))
  const found = field && placeOf(doc, path)
  if (!found) return []
  const { place, name, language } = found
  if (field.kind === 'text' || field.kind === 'link') {
    const text = place.text(name, language)
    return text ? [text] : []
  }
  const fragment = field.kind === 'prose' ? place.prose(name, language) : undefined
  return fragment ? textsIn(fragment) : []
}
const textsIn = (parent: Y.XmlFragment): Y.XmlText[] =>
  parent
    .toArray()
    .flatMap((child) =>
      child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsIn(child) : [],
    )

/** The words alone: an embedded thing counts as one sign, as it does in positions. */
export const wordsOf = (text: Y.Text): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('')

/** Words that somebody has marked, and how many times the same words come before them. `null` when they are not there. */
export function passageOf(doc: Y.Doc, path: string, marked: string, before = 0): Passage | null {
  const quote = [...marked.split(/\n/)[0]!.trim()].slice(0, COMMENT_QUOTE_MAX_CHARACTERS).join('')
  if (quote === '') return null
  const found = linesOf(doc, path).flatMap((text) =>
    occurrences(wordsOf(text), quote).map((at) => ({ text, at })),
  )
  const one = found[before] ?? found[0]
  if (!one) return null
  return {
    path,
    quote,
    position: positionOf(one.text, one.at),
    end: positionOf(one.text, one.at + quote.length, -1),
  }
}
export const occurrences = (words: string, quote: string): number[] => {
  const found: number[] = []
  for (let at = words.indexOf(quote); at >= 0; at = words.indexOf(quote, at + quote.length)) found.push(at)
  return found
}

/** A whole paragraph. */
export const paragraphPassage = (path: string, text: Y.Text): Passage => ({
  path,
  quote: wordsOf(text),
  position: positionOf(text, 0),
})

const positionOf = (text: Y.Text, at: number, side = 0): string =>
  JSON.stringify(Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, at, side)))

/**
 * What the passage says now: other words when somebody has written in it, `null` when nothing of it is left. Words that moved
 * to another paragraph, by a new line or a cut and paste, are found by what they say; so are those that were deleted and put
 * back by an undo elsewhere, which to this device are new ones beside the old.
 */
export function saysNow(doc: Y.Doc, passage: Passage): string | null {
  const { path, position, end, quote } = passage
  const lines = linesOf(doc, path)
  if (lines.some((text) => wordsOf(text).includes(quote))) return quote
  const first = position === undefined ? null : absolute(doc, position)
  const last = end === undefined ? null : absolute(doc, end)
  const stands = first && lines.includes(first.text) && last?.text === first.text && first.at < last.at
  return stands ? wordsOf(first.text).slice(first.at, last.at) : null
}

/** Where exactly these words are now; `null` when they are gone or were changed. */
export function find(doc: Y.Doc, { path, position, quote }: Passage): { text: Y.Text; at: number } | null {
  const lines = linesOf(doc, path)
  const there = position === undefined ? null : absolute(doc, position)
  if (there && lines.includes(there.text) && wordsOf(there.text).startsWith(quote, there.at)) return there
  const found = lines.flatMap((text) => occurrences(wordsOf(text), quote).map((at) => ({ text, at })))
  return found.length === 1 ? found[0]! : null
}

function absolute(doc: Y.Doc, position: string): { text: Y.Text; at: number } | null {
  try {
    const relative = Y.createRelativePositionFromJSON(JSON.parse(position))
    const found = Y.createAbsolutePositionFromRelativePosition(relative, doc)
    return found && found.type instanceof Y.Text ? { text: found.type, at: found.index } : null
  } catch {
    // Somebody has written something else there.
    return null
  }
}

/** Where a suggestion would be put in: only while exactly what it was made for still stands there. */
export function replaceable(doc: Y.Doc, passage: Passage): { text: Y.Text; at: number } | null {
  const field = fieldOf(passage.path.replace(/:[\w-]+$/, ''))
  if (field?.kind === 'prose') return passage.quote === '' ? null : find(doc, passage)
  const [text] = linesOf(doc, passage.path)
  return text && wordsOf(text) === passage.quote ? { text, at: 0 } : null
}

/** Puts other words there, leaving alone what is the same at both ends. */
export function replace({ text, at }: { text: Y.Text; at: number }, before: string, after: string): void {
  const [was, now] = [[...before], [...after]]
  let start = 0
  while (start < was.length && start < now.length && was[start] === now[start]) start++
  let end = 0
  while (end < was.length - start && end < now.length - start && was.at(-1 - end) === now.at(-1 - end)) end++
  const kept = was.slice(0, start).join('').length
  const gone = was.slice(start, was.length - end).join('').length
  const come = now.slice(start, now.length - end).join('')
  const apply = (): void => {
    if (come) text.insert(at + kept, come)
    if (gone > 0) text.delete(at + kept + come.length, gone)
  }
  if (text.doc) text.doc.transact(apply, 'suggestion')
  else apply()
}
