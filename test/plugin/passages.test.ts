/** Passages that comments and suggestions are about: found while others write, and replaced only while they are what they were. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { writeDocument } from '@auzolan/shared/schema/json.ts'
import { paragraphs } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import {
  find,
  linesOf,
  paragraphPassage,
  passageOf,
  replace,
  replaceable,
  saysNow,
  wordsOf,
} from '../../plugin/src/documents/passages.ts'

const PATH = 'planning.whomAnswer:eu'
const TITLE = 'identity.title:eu'
function plan(): Y.Doc {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, ['eu', 'es'], {
    identity: { title: { eu: 'Plana 2027' } },
    planning: { whomAnswer: { eu: paragraphs('Gazteak eta helduak.', 'Gazteak beti.') } },
  })
  return doc
}
const at = (doc: Y.Doc, line: number): Y.Text => linesOf(doc, PATH)[line]!

describe('[TK6] a passage', () => {
  it('stays where it is while others write around it', () => {
    const doc = plan()
    const passage = passageOf(doc, PATH, 'Gazteak', 1)!
    at(doc, 0).insert(0, 'Berriz ere: ')
    at(doc, 1).insert(0, 'Bai, ')
    expect(find(doc, passage)).toMatchObject({ at: 5 })
    expect(find(doc, passage)!.text).toBe(at(doc, 1))
  })
  it('is gone when its words are', () => {
    const doc = plan()
    const passage = passageOf(doc, PATH, 'helduak')!
    at(doc, 0).delete(12, 3)
    expect(find(doc, passage)).toBeNull()
  })
  it.each<[string, (text: Y.Text) => void, string | null]>([
    ['its first sign put right', (text) => (text.delete(8, 1), text.insert(8, 'h')), 'hta helduak'],
    ['a word written inside', (text) => text.insert(12, 'gaur '), 'eta gaur helduak'],
    ['its first word gone', (text) => text.delete(8, 4), 'helduak'],
    ['its last word gone', (text) => text.delete(11, 8), 'eta'],
    ['one sign left', (text) => text.delete(9, 10), 'e'],
    ['words written before it', (text) => text.insert(8, 'nagusiak '), 'eta helduak'],
    ['words written after it', (text) => text.insert(19, ' eta denak'), 'eta helduak'],
    ['what is around it gone', (text) => (text.delete(19, 1), text.delete(0, 8)), 'eta helduak'],
    ['all of it gone', (text) => text.delete(8, 11), null],
    ['other words in its place', (text) => (text.delete(8, 11), text.insert(8, 'soilik')), null],
  ])('with %s', (_what, edit, words) => {
    const doc = plan()
    const passage = passageOf(doc, PATH, 'eta helduak')!
    edit(at(doc, 0))
    expect(saysNow(doc, passage)).toBe(words)
  })
  it('is found in another paragraph, and of itself when what was deleted comes back', () => {
    const doc = plan()
    const passage = passageOf(doc, PATH, 'eta helduak')!
    const undo = new Y.UndoManager(doc.getXmlFragment(PATH))
    at(doc, 0).delete(7, 12)
    expect(saysNow(doc, passage)).toBeNull()
    at(doc, 1).insert(0, 'eta helduak ')
    expect(saysNow(doc, passage)).toBe('eta helduak')
    at(doc, 1).delete(0, 12)
    undo.undo()
    expect(saysNow(doc, passage)).toBe('eta helduak')
  })
  it('that was deleted and put back on another device is there', () => {
    const [doc, other] = [plan(), new Y.Doc()]
    const passage = passageOf(doc, PATH, 'eta helduak')!
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    const undo = new Y.UndoManager(other.getXmlFragment(PATH))
    at(other, 0).delete(0, 20)
    at(other, 0).insert(0, 'Besterik.')
    undo.undo()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    expect(saysNow(doc, passage)).toBe('eta helduak')
  })
  it('of a comment that does not know its end is there while its words are', () => {
    const doc = plan()
    const { end: _, ...passage } = passageOf(doc, PATH, 'helduak')!
    expect(saysNow(doc, passage)).toBe('helduak')
    at(doc, 0).delete(12, 1)
    expect(saysNow(doc, passage)).toBeNull()
  })
  it('is found by its words when its place is nonsense, if there is only one such', () => {
    const doc = plan()
    expect(find(doc, { path: PATH, quote: 'helduak', position: '{"x":' })).not.toBeNull()
    expect(find(doc, { path: PATH, quote: 'Gazteak', position: 'null' })).toBeNull()
    expect(find(doc, { path: 'no.such:eu', quote: 'Gazteak' })).toBeNull()
  })
  it('of nothing is none', () => expect(passageOf(plan(), PATH, '  \n ')).toBeNull())
})

describe('[TK6] a suggestion', () => {
  it('takes the place of its paragraph, and leaves alone what is the same', () => {
    const doc = plan()
    const passage = paragraphPassage(PATH, at(doc, 0))
    replace(replaceable(doc, passage)!, passage.quote, 'Gazteak eta adinekoak.')
    expect(wordsOf(at(doc, 0))).toBe('Gazteak eta adinekoak.')
    expect(wordsOf(at(doc, 1))).toBe('Gazteak beti.')
  })
  it('fits only while the text is what it was made for', () => {
    const doc = plan()
    const paragraph = paragraphPassage(PATH, at(doc, 0))
    at(doc, 0).insert(3, 'x')
    expect(replaceable(doc, paragraph)).toBeNull()
    const title = { path: TITLE, quote: 'Plana 2027' }
    expect(replaceable(doc, title)).not.toBeNull()
    linesOf(doc, TITLE)[0]!.insert(0, 'Gure ')
    expect(replaceable(doc, title)).toBeNull()
  })
  it('[TK6] that meets another one at the same moment leaves both of their words', () => {
    const [one, other] = [plan(), new Y.Doc()]
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    for (const [doc, after] of [
      [one, 'Gure plana 2027'],
      [other, 'Plana 2027–2029'],
    ] as const)
      replace(replaceable(doc, { path: TITLE, quote: 'Plana 2027' })!, 'Plana 2027', after)
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    expect(wordsOf(linesOf(one, TITLE)[0]!)).toMatch(/^Gure p.*2027–2029$/)
  })
  it('never cuts an emoji in two', () => {
    const doc = plan()
    const text = linesOf(doc, TITLE)[0]!
    replace({ text, at: 0 }, 'Plana 2027', 'Plana 🙂')
    replace({ text, at: 0 }, 'Plana 🙂', 'Plana 🙃')
    expect(wordsOf(text)).toBe('Plana 🙃')
  })
})
