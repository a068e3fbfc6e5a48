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
