/**
 * Languages kept in step: whoever changes one language of a text marks the others, and nobody but a person says that one
 * is up to date again (PRODUCT G). The marks lie in the document beside the text, so they are there offline too; they are
 * no part of its JSON, and of its hash.
 */
import type * as Y from 'yjs'
import { LANGUAGE_MARK_MAX_CHARACTERS, TYPING_PAUSE_MS } from '../limits.ts'
import type { Json } from '../canonical.ts'
import { plainText, type DocumentType, type Field, type ListField } from '../schema/fields.ts'
import { readRich } from '../schema/json.ts'
import { ListPlace, SectionPlace, readMeta, type Place } from '../schema/shapes.ts'

/** Another language was changed after this one. */
export interface Mark {
  /** The language that was changed. */
  readonly by: string
  /** What that one said while both said the same; `null` when it is too long to be kept. */
  readonly was: string | null
}

/** As it lies in the document. It is a mark only while the other language says something else than it says here. */
interface Kept extends Mark {
  /** Of what is too long to be kept. */
  readonly print?: number
}

const markKey = (field: string, language: string): string => `outOfDate:${field}:${language}`

export const isTranslatedText = (field: Field): boolean =>
  (field.kind === 'text' || field.kind === 'prose') && field.translated

/** What a text says in one language, without its looks. */
export const wordsOf = (place: Place, field: string, language: string): string =>
  place.fields[field]?.kind === 'prose'
    ? plainText(readRich(place.prose(field, language)))
    : (place.text(field, language)?.toString() ?? '')

/** The mark of a text, while it holds: not when the other language says again what it said, or nothing. */
export const markOf = (place: Place, field: string, language: string): Mark | null =>
  wordsOf(place, field, language).trim() === '' ? null : leftBehind(place, field, language)

/** Also of a text that was emptied just now, to be written anew. */
function leftBehind(place: Place, field: string, language: string): Mark | null {
  const kept = keptOf(place, field, language)
  if (kept === null) return null
  const now = wordsOf(place, field, kept.by)
  return isSaid(kept, now) || now.trim() === '' ? null : { by: kept.by, was: kept.was }
}

const keptOf = (place: Place, field: string, language: string): Kept | null =>
  readKept(place.get(markKey(field, language)))

function readKept(value: Json): Kept | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const { by, was, print } = value as { readonly [key: string]: Json }
  if (typeof by !== 'string' || (was !== null && typeof was !== 'string')) return null
  return { by, was: was ?? null, ...(typeof print === 'number' ? { print } : {}) }
}

function keep(place: Place, field: string, language: string, by: string, was: string): void {
  const isLong = was.length > LANGUAGE_MARK_MAX_CHARACTERS
  const kept = isLong ? { by, was: null, print: printOf(was) } : { by, was }
  place.set(markKey(field, language), kept)
}
function forget(place: Place, field: string, language: string): void {
  if (keptOf(place, field, language) !== null) place.set(markKey(field, language), null)
}

const isSaid = ({ was, print }: Kept, words: string): boolean =>
  was === null ? print === printOf(words) : was === words

/** Tells two long texts apart (FNV-1a). */
function printOf(words: string): number {
  let print = 0x811c9dc5
  for (let i = 0; i < words.length; i += 1) print = Math.imul(print ^ words.charCodeAt(i), 0x01000193) >>> 0
  return print
}

/**
 * What somebody types into one text without a longer pause: one change, whatever they do in between. Once somebody has read
 * or decided on what it says, it is said: what is typed from then on is another change.
 */
export interface Run {
  /** What the text said before. */
  readonly was: string
  /** Of the last change. */
  readonly at: number
  /** What had been read or decided of the text by then. */
  readonly said: string
}
export const typedOn = (run: Run | undefined, before: string, at: number, said = ''): Run =>
  run && run.said === said && at - run.at <= TYPING_PAUSE_MS
    ? { was: run.was, at, said }
    : { was: before, at, said }

/**
 * To be called when somebody here has changed the text in `language`, which said `was` before they began, and `before`
 * right before. A text that is itself out of date is being brought up to date: that marks nobody. Nor does a text that
 * was not there when they began: it is being written, and says what the others say once it is done.
 */
export function changedIn(
  place: Place,
  field: string,
  language: string,
  was: string,
  languages: readonly string[],
  before = was,
): void {
  const others = languages.filter((other) => other !== language)
  if (was.trim() === '') return forget(place, field, language)
  if (leftBehind(place, field, language) !== null) {
    // The other one did not fall behind by this: it is what this one is brought up to.
    for (const other of others) {
      const kept = keptOf(place, field, other)
      if (kept?.by === language && isSaid(kept, before)) forget(place, field, other)
    }
    return
  }
  for (const other of others) {
    if (wordsOf(place, field, other).trim() === '') continue
    // What both said while they said the same is what the first mark says, however often this one changes.
    if (keptOf(place, field, other)?.by === language) continue
    if (markOf(place, field, other) === null) keep(place, field, other, language, was)
  }
}

/**
 * A person says that the text in this language says what the other says. What that one says now is kept: whatever somebody
 * writes there later, or has written at the same time without network, is seen to be something else.
 */
export function upToDate(place: Place, field: string, language: string): void {
  const kept = keptOf(place, field, language)
  if (kept === null) return
  keep(place, field, language, kept.by, wordsOf(place, field, kept.by))
  if ((keptOf(place, field, kept.by)?.by ?? language) === language)
    keep(place, field, kept.by, language, wordsOf(place, field, language))
}

/** The mark as it lies in the document, whether it holds or not. */
export const markKept = (place: Place, field: string, language: string): Mark | null =>
  keptOf(place, field, language)
/** What was deleted is back: if somebody wrote the text anew meanwhile, the mark that went then is there again. */
export function markBack(place: Place, field: string, language: string, mark: Mark | null): void {
  if (mark && keptOf(place, field, language) === null) place.set(markKey(field, language), { ...mark })
}

export interface OutOfDate extends Mark {
  /** As in findings: `identity.title:es`, `audiences/<id>/name:es`. */
  readonly path: string
  readonly section: string
  readonly field: Field
  readonly language: string
}
export interface Balance {
  readonly section: string
  readonly label: string
  /** By language, in the order of the document. */
  readonly languages: readonly {
    readonly language: string
    readonly words: number
    /** Texts that are there in another language and not in this one. */
    readonly missing: number
    readonly outOfDate: number
  }[]
}

/** Every translated text of a document with the place it stands in. */
function* texts(
  type: DocumentType,
  doc: Y.Doc,
): Generator<{ section: string; place: Place; key: string; field: Field; path: string }> {
  for (const section of type.sections) {
    const own = new SectionPlace(doc, section)
    for (const [key, field] of Object.entries(section.fields)) {
      if (isTranslatedText(field))
        yield { section: section.id, place: own, key, field, path: `${section.id}.${key}` }
      if (field.kind !== 'list') continue
      const list = new ListPlace(doc, field as ListField)
      for (const id of list.ids()) {
        const place = list.record(id)!
        for (const [inner, innerField] of Object.entries(field.item))
          if (isTranslatedText(innerField))
            yield {
              section: section.id,
              place,
              key: inner,
              field: innerField,
              path: `${place.path}/${inner}`,
            }
      }
    }
  }
}

/** Texts that another language has left behind, in the order of the document. */
export function outOfDate(type: DocumentType, doc: Y.Doc): OutOfDate[] {
  const { languages } = readMeta(doc)
  return [...texts(type, doc)].flatMap(({ section, place, key, field, path }) =>
    languages.flatMap((language) => {
      const mark = markOf(place, key, language)
      return mark ? [{ ...mark, path: `${path}:${language}`, section, field, language }] : []
    }),
  )
}

const wordsIn = (place: Place, field: string, language: string): number =>
  wordsOf(place, field, language).split(/\s+/).filter(Boolean).length

/** How much each section says in each language. */
export function balanceOf(type: DocumentType, doc: Y.Doc): Balance[] {
  const { languages } = readMeta(doc)
  const all = [...texts(type, doc)]
  return type.sections.map((section) => ({
    section: section.id,
    label: section.label,
    languages: languages.map((language) => {
      let [words, missing, behind] = [0, 0, 0]
      for (const { place, key } of all.filter((one) => one.section === section.id)) {
        const here = wordsIn(place, key, language)
        words += here
        if (here === 0 && languages.some((other) => wordsIn(place, key, other) > 0)) missing += 1
        if (markOf(place, key, language)) behind += 1
      }
      return { language, words, missing, outOfDate: behind }
    }),
  }))
}
