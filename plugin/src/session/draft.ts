/** Work the server would not take: what it said, field by field, so that the person can read and copy it. */
import * as Y from 'yjs'
import { knownTypes, loadType } from '../document-types.ts'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { readSaid } from '@auzolan/shared/comments/said.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { readDocument } from '@auzolan/shared/schema/json.ts'
import type { EpochCause } from '@auzolan/shared/protocol/frames.ts'
import { CALENDAR } from '@auzolan/shared/schema/calendar.ts'
import { readMeta } from '@auzolan/shared/schema/shapes.ts'
import { typeNamed } from '@auzolan/shared/types/facts.ts'
import { plainText, type Field, type Fields, type RichText } from '@auzolan/shared/schema/fields.ts'

export type DraftCause = { readonly refused: RefusalCode } | { readonly epoch: EpochCause }

export interface DraftField {
  /** As in findings and links, with the language behind a colon: `identity.title:eu`, `audiences/<id>/name`. */
  readonly path: string
  readonly text: string
}

export interface Draft {
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly cause: DraftCause
  readonly channel: ChannelName
  readonly fields: readonly DraftField[]
  readonly update: Uint8Array
  /** Still to be compared with the new text of the server, which has not come yet. */
  readonly unfinished: boolean
}

/** What anybody had written, and only this device still has: the server was put back to a backup. */
export const isOfBeforeBackup = ({ cause }: Draft): boolean => 'epoch' in cause && cause.epoch === 'restore'

/** The texts that `edits` change in what `base` holds, as they read afterwards. */
export async function changedTexts(
  base: readonly Uint8Array[],
  edits: readonly Uint8Array[],
): Promise<DraftField[]> {
  const doc = new Y.Doc()
  applyAll(doc, base)
  await knowTypeOf(doc)
  const before = new Map([...textsOf(doc), ...remarksOf(doc)])
  applyAll(doc, edits)
  const changed = [...textsOf(doc), ...remarksOf(doc)].filter(
    ([path, text]) => text !== '' && before.get(path) !== text,
  )
  doc.destroy()
  return changed.map(([path, text]) => ({ path, text }))
}

/** The texts that the old copy had and the new document does not. */
export async function lostTexts(old: Uint8Array, present: Y.Doc): Promise<DraftField[]> {
  const doc = new Y.Doc()
  applyAll(doc, [old])
  await knowTypeOf(doc)
  const now = textsOf(present)
  const lost = [...textsOf(doc)].filter(([path, text]) => text !== '' && now.get(path) !== text)
  doc.destroy()
  return lost.map(([path, text]) => ({ path, text }))
}

function applyAll(doc: Y.Doc, updates: readonly Uint8Array[]): void {
  for (const update of updates) {
    try {
      Y.applyUpdate(doc, update)
    } catch (error) {
      // What harmed the document must not keep the rest of the work from being shown.
      console.error('an entry could not be read for a draft', error)
    }
  }
}

/** What was said in a comments channel: there, unlike in the text, it is never taken out of what others have. */
const remarksOf = (doc: Y.Doc): [string, string][] =>
  readSaid(doc).map(({ event }) => [
    `comments/${event.id}`,
    [event.text, event.body].filter(Boolean).join('\n'),
  ])

/** @throws when its type cannot be fetched: a draft that cannot be read must not seem empty */
async function knowTypeOf(doc: Y.Doc): Promise<void> {
  const id = typeNamed(readMeta(doc).type)
  if (id !== null) await loadType(id)
}
/** What can lie in a document: what one type has, another has not. */
const readable = () => [...knownTypes().map(({ content }) => content), CALENDAR]

/** Every text by its path. */
function textsOf(doc: Y.Doc): Map<string, string> {
  const texts = new Map<string, string>()
  for (const type of readable()) {
    const json = readDocument(type, doc)
    for (const section of type.sections)
      collect(section.fields, json[section.id] ?? {}, `${section.id}.`, texts)
  }
  return texts
}

function collect(
  fields: Fields,
  values: { readonly [key: string]: unknown },
  prefix: string,
  texts: Map<string, string>,
): void {
  for (const [key, field] of Object.entries(fields)) {
    const value = values[key]
    if (field.kind === 'list') {
      for (const record of value as { readonly id: string }[])
        collect(
          field.item,
          record as unknown as { [key: string]: unknown },
          `${field.root}/${record.id}/`,
          texts,
        )
      continue
    }
    const translated = 'translated' in field && field.translated
    if (!translated) texts.set(prefix + key, inWords(field, value))
    else
      for (const [language, one] of Object.entries(value as object))
        texts.set(`${prefix}${key}:${language}`, inWords(field, one))
  }
}

function inWords(field: Field, value: unknown): string {
  if (field.kind === 'prose') return plainText(value as RichText)
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}
