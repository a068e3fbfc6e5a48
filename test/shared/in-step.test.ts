/** Changing one language of a text marks the others, and only a person says that one is up to date (PRODUCT G). */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { LANGUAGE_MARK_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { outOfDateFindings } from '@auzolan/shared/checks/in-step.ts'
import {
  balanceOf,
  changedIn,
  markOf,
  outOfDate,
  upToDate,
  wordsOf,
} from '@auzolan/shared/languages/in-step.ts'
import { paragraphs, readDocument, writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, rootsOf, SectionPlace } from '@auzolan/shared/schema/shapes.ts'

const LANGUAGES = ['eu', 'es', 'ca']
const plan = (): Y.Doc => {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, LANGUAGES, {
    identity: {
      title: { eu: '20 toki', es: '20 plazas', ca: '' },
      strategy: { eu: paragraphs('bat bi', 'hiru'), es: paragraphs('uno'), ca: [] },
    },
    planning: { audiences: [{ id: 'a', name: { eu: 'Gazteak', es: 'Juventud', ca: 'Joves' } }] },
  })
  return doc
}
const identity = (doc: Y.Doc) => new SectionPlace(doc, PLAN.sections[0])
const audience = (doc: Y.Doc) => new ListPlace(doc, PLAN.sections[1].fields.audiences).record('a')!
/** As the page does: the text changes, then the others are marked. */
function type(doc: Y.Doc, language: string, text: string): void {
  const place = identity(doc)
  const was = wordsOf(place, 'title', language)
  const shared = place.text('title', language)
  shared.delete(0, shared.length)
  shared.insert(0, text)
  changedIn(place, 'title', language, was, LANGUAGES)
}
const marks = (doc: Y.Doc) => outOfDate(PLAN, doc).map(({ path, by, was }) => [path, by, was])

describe('languages in step', () => {
  it('[LS1] marks the other languages that have a text, with what this one said before', () => {
    const doc = plan()
    type(doc, 'eu', '27 toki')
    expect(marks(doc)).toEqual([['identity.title:es', 'eu', '20 toki']])
    type(doc, 'eu', '28 toki')
    expect(marks(doc)).toEqual([['identity.title:es', 'eu', '20 toki']])
    expect(outOfDateFindings(outOfDate(PLAN, doc))).toMatchObject([
      {
        severity: 'warn',
        path: 'identity.title:es',
        message: { holes: { other: 'lang:eu', language: 'lang:es' } },
      },
    ])
  })

  it('[LS1] a first text in a language marks nobody', () => {
    const doc = plan()
    type(doc, 'ca', '20 places')
    expect(marks(doc)).toEqual([])
  })

  it('[LS2] bringing a language up to date marks nobody, and only saying so takes the mark away', () => {
    const doc = plan()
    type(doc, 'eu', '27 toki')
    type(doc, 'es', '27 plazas')
    expect(marks(doc)).toEqual([['identity.title:es', 'eu', '20 toki']])
    upToDate(identity(doc), 'title', 'es')
    expect(marks(doc)).toEqual([])
    type(doc, 'es', '30 plazas')
    expect(marks(doc)).toEqual([['identity.title:eu', 'es', '27 plazas']])
  })

  it('[LS2] a change that is taken back leaves no mark; nor does an emptied text', () => {
    const doc = plan()
    type(doc, 'eu', '27 toki')
    type(doc, 'eu', '20 toki')
    expect(marks(doc)).toEqual([])
    type(doc, 'eu', '27 toki')
    identity(doc).text('title', 'es').delete(0, 9)
    expect(marks(doc)).toEqual([])
  })

  it('[LS3] keeps what was said up to a limit, and says only that it changed beyond it', () => {
    for (const [length, kept] of [
      [LANGUAGE_MARK_MAX_CHARACTERS, true],
      [LANGUAGE_MARK_MAX_CHARACTERS + 1, false],
    ] as const) {
      const doc = plan()
      changedIn(identity(doc), 'title', 'eu', 'x'.repeat(length), LANGUAGES)
      expect(markOf(identity(doc), 'title', 'es')?.was?.length).toBe(kept ? length : undefined)
    }
  })

  it('[LS3] works in records, and what a stranger wrote as a mark is none', () => {
    const doc = plan()
    changedIn(audience(doc), 'name', 'eu', 'Gazte', LANGUAGES)
    expect(marks(doc).map(([path]) => path)).toEqual(['audiences/a/name:es', 'audiences/a/name:ca'])
    for (const rubbish of ['yes', 7, ['eu'], { by: 7 }, { by: 'eu', was: 7 }])
      audience(doc).set('outOfDate:name:es', rubbish as Json)
    expect(marks(doc).map(([path]) => path)).toEqual(['audiences/a/name:ca'])
  })

  it('[LS4] is no part of the text that is approved, and lies where the server takes it', () => {
    const doc = plan()
    const before = canonicalJson(readDocument(PLAN, doc) as Json)
    changedIn(identity(doc), 'title', 'eu', 'x', LANGUAGES)
    changedIn(audience(doc), 'name', 'eu', 'x', LANGUAGES)
    expect(canonicalJson(readDocument(PLAN, doc) as Json)).toBe(before)
    const roots = rootsOf(PLAN, LANGUAGES)
    expect(PLAN.sections.filter(({ id }) => !roots.has(`${id}.*`))).toEqual([])
    for (const name of doc.share.keys()) expect(name === 'meta' || roots.has(name)).toBe(true)
  })

  it('[LS5] counts the words of each section in each language, and what is missing there', () => {
    const [first, second] = balanceOf(PLAN, plan())
    expect(first!.languages).toEqual([
      { language: 'eu', words: 5, missing: 0, outOfDate: 0 },
      { language: 'es', words: 3, missing: 0, outOfDate: 0 },
      { language: 'ca', words: 0, missing: 2, outOfDate: 0 },
    ])
    expect(second!.languages.map(({ words }) => words)).toEqual([1, 1, 1])
  })

  it('[LS2] whatever people type, one who says that every text is up to date leaves no mark', () => {
    const step = fc.record({ language: fc.constantFrom(...LANGUAGES), text: fc.string({ maxLength: 5 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const doc = plan()
        for (const { language, text } of steps) type(doc, language, text)
        for (const language of LANGUAGES) upToDate(identity(doc), 'title', language)
        expect(marks(doc)).toEqual([])
      }),
    )
  })
})
