/** Restoring says again what a version said, exactly there, and loses nothing that others write elsewhere. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { compareVersions } from '@auzolan/shared/compare/compare.ts'
import { PASTE_MAX_CHARACTERS, UPDATE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { RESTORE, Restoring } from '@auzolan/shared/restore/restore.ts'
import type { Fields, ListField, RichText } from '@auzolan/shared/schema/fields.ts'
import { paragraphs, readDocument, writeDocument } from '@auzolan/shared/schema/json.ts'
import { textOf } from '@auzolan/shared/schema/restricted.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, SectionPlace, rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { edit } from '../fuzz/honest.ts'
import { seeded, seeds } from '../support/random.ts'

const LANGUAGES = ['eu', 'es']
const AUDIENCES: ListField = PLAN.sections[1].fields.audiences
const ME = 'ane'

function born(): Y.Doc {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, LANGUAGES, HARANBERRI_PLAN as never)
  return doc
}
const jsonOf = (doc: Y.Doc): string => textOf(PLAN, readDocument(PLAN, doc))
const whole = (doc: Y.Doc): unknown => JSON.parse(jsonOf(doc))
const restoring = (doc: Y.Doc, version: unknown): Restoring => new Restoring(PLAN, doc, version, ME)
/** Acceptances are nobody else's to say again: they are put aside. */
function withoutAcceptances(json: string): unknown {
  const put = (fields: Fields, values: { [key: string]: unknown }): void => {
    for (const [key, field] of Object.entries(fields)) {
      if (field.kind === 'acceptance') values[key] = null
      if (field.kind === 'list')
        for (const item of values[key] as { [key: string]: unknown }[]) put(field.item, item)
    }
  }
  const plan = JSON.parse(json) as { [section: string]: { [key: string]: unknown } }
  for (const section of PLAN.sections) put(section.fields, plan[section.id]!)
  return plan
}
const copyOf = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

describe('restoring a whole version', () => {
  it.each(seeds([1, 2, 3, 4, 5, 6, 7, 8], 300))('[HI8] gives its canonical JSON again (seed %i)', (seed) => {
    const random = seeded(seed)
    const doc = born()
    for (let i = 0; i < 60; i++) edit(doc, random)
    const version = jsonOf(doc)
    for (let i = 0; i < 60; i++) edit(doc, random)
    const before = jsonOf(doc)
    const undo = new Y.UndoManager(
      [...rootsOf(PLAN, LANGUAGES)].map(([root, kind]) =>
        kind === 'text' ? doc.getText(root) : kind === 'prose' ? doc.getXmlFragment(root) : doc.getMap(root),
      ) as never,
      { trackedOrigins: new Set([RESTORE]), captureTimeout: 1e9 },
    )
    restoring(doc, JSON.parse(version)).all()
    expect(withoutAcceptances(jsonOf(doc))).toEqual(withoutAcceptances(version))
    // Somebody who comes later reads the same.
    expect(jsonOf(copyOf(doc))).toBe(jsonOf(doc))
    undo.undo()
    expect(jsonOf(doc)).toBe(before)
  })

  it('[HI8] field by field is the same as all at once', () => {
    for (const seed of [11, 12, 13, 14]) {
      const random = seeded(seed)
      const doc = born()
      const version = whole(doc)
      for (let i = 0; i < 40; i++) edit(doc, random)
      for (let round = 0; round < 3; round++)
        for (const change of compareVersions(PLAN, LANGUAGES, version, whole(doc)).changes)
          if (restoring(doc, version).can(change.path)) restoring(doc, version).path(change.path)
      expect(withoutAcceptances(jsonOf(doc))).toEqual(withoutAcceptances(canonicalJson(version as Json)))
    }
  })

  it('keeps what others write at the same time in other fields', () => {
    const mine = born()
    const version = whole(mine)
    mine.getText('identity.title:eu').insert(0, 'Beste ')
    const theirs = copyOf(mine)
    restoring(mine, version).all()
    new ListPlace(theirs, AUDIENCES).record('a1')!.text('name', 'es')!.insert(0, 'Nuevo ')
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    expect(jsonOf(mine)).toBe(jsonOf(theirs))
    expect(mine.getText('identity.title:eu').toString()).not.toContain('Beste')
    expect(new ListPlace(mine, AUDIENCES).record('a1')!.text('name', 'es')!.toString()).toMatch(/^Nuevo /)
  })
})

describe('restoring one field', () => {
  it('[HI9] touches nothing else', () => {
    const doc = born()
    const version = whole(doc)
    doc.getText('identity.title:eu').insert(0, 'Beste ')
    doc.getText('identity.title:es').insert(0, 'Otro ')
    const other = jsonOf(doc)
    restoring(doc, version).path('identity.title:eu')
    const { changes } = compareVersions(PLAN, LANGUAGES, version, whole(doc))
    expect(changes.map(({ path }) => path)).toEqual(['identity.title:es'])
    expect(jsonOf(doc)).not.toBe(other)
  })

  it('in words: what somebody adds at the same time in the same paragraph stays', () => {
    const doc = born()
    const prose = new SectionPlace(doc, PLAN.sections[1]).prose('whomAnswer', 'eu')
    prose.delete(0, prose.length)
    restoring(doc, { planning: { whomAnswer: { eu: paragraphs('Gazteak eta adinekoak herrian') } } }).all()
    const version = whole(doc)
    const text = (prose.get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.delete(0, 'Gazteak'.length)
    text.insert(0, 'Denak')
    const theirs = copyOf(doc)
    restoring(doc, version).path('planning.whomAnswer:eu')
    const their = (theirs.getXmlFragment('planning.whomAnswer:eu').get(0) as Y.XmlElement).get(0) as Y.XmlText
    their.insert(their.length, ' bertan')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs))
    expect(text.toString()).toBe('Gazteak eta adinekoak herrian bertan')
  })

  it('brings back a record under its id, in its place, and takes away one that came', () => {
    const doc = born()
    const version = whole(doc)
    const list = new ListPlace(doc, AUDIENCES)
    const ids = list.ids()
    list.remove(ids[1]!)
    const fresh = list.add()
    restoring(doc, version).path(`audiences/${ids[1]!}`)
    expect(list.ids()).toEqual([...ids, fresh])
    restoring(doc, version).path(`audiences/${fresh}`)
    expect(jsonOf(doc)).toBe(canonicalJson(version as Json))
    list.move(ids[0]!, 1)
    restoring(doc, version).path(`audiences/${ids[0]!}`)
    expect(list.ids()).toEqual(ids)
  })

  it('does not say somebody else’s “yes” again', () => {
    const doc = born()
    const section = PLAN.sections.find((one) =>
      Object.values(one.fields).some(({ kind }) => kind === 'acceptance'),
    )!
    const [key] = Object.entries(section.fields).find(([, field]) => field.kind === 'acceptance')!
    const place = new SectionPlace(doc, section)
    place.set(key, { by: 'jon', on: '2027-01-01' })
    const version = whole(doc)
    place.set(key, null)
    expect(restoring(doc, version).can(`${section.id}.${key}`)).toBe(false)
    restoring(doc, version).all()
    expect(place.get(key)).toBeNull()
    // Their own they may.
    new Restoring(PLAN, doc, version, 'jon').all()
    expect(place.get(key)).toEqual({ by: 'jon', on: '2027-01-01' })
  })

  it('damage in a version restores nothing and throws nothing', () => {
    const doc = born()
    const before = jsonOf(doc)
    for (const version of [
      null,
      7,
      [],
      {},
      { identity: 3 },
      { identity: { title: 'x' } },
      { planning: { audiences: {} } },
    ]) {
      restoring(doc, version).all()
      restoring(doc, version).path('identity.title:eu')
      restoring(doc, version).path('audiences/a1')
      restoring(doc, version).path('nothing.here')
      restoring(doc, version).path('')
      expect(restoring(doc, version).can('identity.title:eu')).toBe(false)
    }
    expect(jsonOf(doc)).toBe(before)
  })

  it('a text longer than what can travel at once goes in pieces, and no sign is cut in two', () => {
    const doc = born()
    const long = '👩‍🚒a'.repeat(PASTE_MAX_CHARACTERS)
    const rich: RichText = [
      { type: 'paragraph', content: [{ type: 'text', text: long, marks: [{ type: 'bold' }] }] },
      { type: 'paragraph', content: [{ type: 'text', text: 'b' }] },
    ]
    let largest = 0
    doc.on('update', (update: Uint8Array) => (largest = Math.max(largest, update.length)))
    const version = {
      planning: { whomAnswer: { eu: rich, es: [] } },
      identity: { title: { eu: long, es: '' } },
    }
    restoring(doc, version).path('planning.whomAnswer:eu')
    restoring(doc, version).path('identity.title:eu')
    const now = readDocument(PLAN, doc) as typeof version
    expect(canonicalJson(now.planning.whomAnswer.eu as unknown as Json)).toBe(
      canonicalJson(rich as unknown as Json),
    )
    expect(now.identity.title.eu).toBe(long)
    expect(largest).toBeLessThan(UPDATE_MAX_BYTES)
  })
})
