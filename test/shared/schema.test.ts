/** A document reads back what was written, and no concurrent edit of a list or a text loses anything. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import {
  isFilled,
  plainText,
  type DocumentType,
  type Field,
  type ListField,
} from '@auzolan/shared/schema/fields.ts'
import { paragraphs, readDocument, readRich, writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import {
  ListPlace,
  META_ROOT,
  SectionPlace,
  isScalar,
  readMeta,
  rootsOf,
} from '@auzolan/shared/schema/shapes.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'

const LANGUAGES = ['eu', 'es']
const AUDIENCES = PLAN.sections[1].fields.audiences

/** One field of every kind, in a section and in a list. */
const options = [{ id: 'one', label: 'One' }]
const leaves = {
  text: { kind: 'text', translated: false, maxCharacters: 10, label: 'Text' },
  translated: { kind: 'text', translated: true, maxCharacters: 10, label: 'Text' },
  prose: { kind: 'prose', translated: false, label: 'Prose' },
  translatedProse: { kind: 'prose', translated: true, label: 'Prose' },
  link: { kind: 'link', label: 'Link' },
  choice: { kind: 'choice', options, label: 'Choice' },
  choices: { kind: 'choices', options, label: 'Choices' },
  flag: { kind: 'flag', label: 'Flag' },
  date: { kind: 'date', label: 'Date' },
  number: { kind: 'number', min: 0, max: 9, label: 'Number' },
  person: { kind: 'person', label: 'Person' },
  acceptance: { kind: 'acceptance', of: 'person', label: 'Acceptance' },
  references: { kind: 'references', to: 'items', label: 'References' },
} as const satisfies { [key: string]: Field }
const items: ListField = { kind: 'list', root: 'items', label: 'Items', add: 'Add', item: leaves }
const ALL: DocumentType = {
  id: 'plan',
  version: 3,
  sections: [{ id: 'all', group: 'start', label: 'All', purpose: '', fields: { ...leaves, items } }],
}

const RICH = [
  { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Izenburua' }] },
  {
    type: 'paragraph',
    content: [
      { type: 'text', text: 'kaixo ' },
      {
        type: 'text',
        text: 'mundua',
        marks: [{ type: 'bold' }, { type: 'link', attrs: { href: 'https://a.example' } }],
      },
    ],
  },
  { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }] },
]
const FULL = {
  text: 'a 🦔 ñ',
  translated: { eu: 'bat', es: 'uno' },
  prose: RICH,
  translatedProse: { eu: paragraphs('bat', 'bi'), es: RICH },
  link: 'https://a.example',
  choice: 'one',
  choices: ['one', 'two'],
  flag: true,
  date: '2027-01-01',
  number: 0,
  person: { id: 'ane', name: 'Ane' },
  acceptance: { by: 'ane', on: '2027-01-01' },
  references: ['i1', 'i2'],
}
const EMPTY = {
  text: '',
  translated: { eu: '', es: '' },
  prose: [],
  translatedProse: { eu: [], es: [] },
  link: '',
  choice: null,
  choices: [],
  flag: false,
  date: null,
  number: null,
  person: null,
  acceptance: null,
  references: [],
}

function born(type: DocumentType, template: Parameters<typeof writeDocument>[3]): Y.Doc {
  const doc = new Y.Doc()
  writeDocument(type, doc, LANGUAGES, template)
  return doc
}
const replica = (doc: Y.Doc): Y.Doc => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}
function exchange(...docs: Y.Doc[]): void {
  for (const from of docs)
    for (const to of docs) if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
}

describe('a document', () => {
  it('reads back what was written, in every kind of field', () => {
    const written = {
      ...FULL,
      items: [
        { id: 'i1', ...FULL },
        { id: 'i2', ...EMPTY },
      ],
    }
    expect(readDocument(ALL, born(ALL, { all: written }))).toEqual({ all: written })
  })

  it('reads as empty where nobody has written, never as missing', () => {
    expect(readDocument(ALL, born(ALL, {}))).toEqual({ all: { ...EMPTY, items: [] } })
  })

  it('reads the same in a replica, and after its JSON was written into a new document', () => {
    const doc = born(PLAN, HARANBERRI_PLAN)
    const json = readDocument(PLAN, doc)
    expect(readDocument(PLAN, replica(doc))).toEqual(json)
    expect(readDocument(PLAN, born(PLAN, json))).toEqual(json)
  })

  it('knows its type, its version and its languages', () => {
    expect(readMeta(born(ALL, {}))).toEqual({ type: 'plan', schema: 3, languages: LANGUAGES })
    expect(readMeta(new Y.Doc())).toEqual({ type: '', schema: 0, languages: [] })
  })

  it.each(Object.keys(leaves) as (keyof typeof leaves)[])(
    'counts a field of kind %s as filled when it is',
    (key) => {
      expect(isFilled(leaves[key], FULL[key], 'eu')).toBe(true)
      expect(isFilled(leaves[key], EMPTY[key], 'eu')).toBe(false)
      expect(isFilled(leaves[key], undefined, 'eu')).toBe(false)
    },
  )

  it('counts blank text and empty paragraphs as nothing', () => {
    expect(isFilled(leaves.text, ' \n\u00a0', '')).toBe(false)
    expect(isFilled(leaves.translated, { eu: ' ', es: 'a' }, 'eu')).toBe(false)
    expect(isFilled(leaves.prose, [{ type: 'paragraph' }, { type: 'paragraph', content: [] }], '')).toBe(
      false,
    )
    expect(isFilled(items, [], '')).toBe(false)
    expect(isFilled(items, [{ id: 'a' }], '')).toBe(true)
    expect(plainText(RICH)).toBe('Izenburua kaixo mundua')
  })
})

describe('the roots a client may write to', () => {
  it.each([
    ['of a plan', PLAN as DocumentType],
    ['of a document with every kind of field', ALL],
  ])('%s are exactly those that forms touch', (_what, type) => {
    const doc = new Y.Doc()
    doc.getMap(META_ROOT).set('languages', LANGUAGES)
    const touched = (): Set<string> => new Set([...doc.share.keys()].filter((root) => root !== META_ROOT))
    for (const section of type.sections) {
      const place = new SectionPlace(doc, section)
      // Marks beside texts lie among the scalars.
      place.get('outOfDate')
      for (const [key, field] of Object.entries(section.fields)) {
        const languages = 'translated' in field && field.translated ? LANGUAGES : ['']
        if (field.kind === 'list') new ListPlace(doc, field).add()
        else if (field.kind === 'text' || field.kind === 'link') languages.forEach((l) => place.text(key, l))
        else if (field.kind === 'prose') languages.forEach((l) => place.prose(key, l))
        else if (isScalar(field)) place.set(key, 'x')
        else place.toggle(key, 'x', true)
      }
    }
    expect([...touched()].sort()).toEqual([...rootsOf(type, LANGUAGES).keys()].sort())
  })

  it('have one use each', () => {
    const uses = PLAN.sections.flatMap((section) =>
      Object.entries(section.fields as Record<string, Field>).flatMap(([key, field]) =>
        field.kind === 'list' ? [field.root] : isScalar(field) ? [] : [`${section.id}.${key}`],
      ),
    )
    const shared = PLAN.sections.map((section) => `${section.id}.*`)
    expect(new Set([...uses, ...shared]).size).toBe(uses.length + shared.length)
  })
})

describe('a list', () => {
  const names = (doc: Y.Doc): string[] => {
    const list = new ListPlace(doc, AUDIENCES)
    return list.ids().map((id) => list.record(id)!.text('name', 'eu')!.toString())
  }
  const withNames = (...wanted: string[]): Y.Doc =>
    born(PLAN, { planning: { audiences: wanted.map((eu) => ({ id: eu, name: { eu } })) } })
  const list = (doc: Y.Doc): ListPlace => new ListPlace(doc, AUDIENCES)

  it('[D2] gives a record all its texts and members at birth', () => {
    const doc = born(ALL, {})
    const list = new ListPlace(doc, items)
    const record = list.record(list.add())!
    for (const [key, field] of Object.entries(leaves)) {
      const languages = 'translated' in field && field.translated ? LANGUAGES : ['']
      for (const language of languages) {
        if (field.kind === 'text' || field.kind === 'link')
          expect(record.text(key, language)).toBeInstanceOf(Y.Text)
        if (field.kind === 'prose') expect(record.prose(key, language)).toBeInstanceOf(Y.XmlFragment)
      }
      if (field.kind === 'choices' || field.kind === 'references') {
        record.toggle(key, 'x', true)
        expect(record.members(key)).toEqual(['x'])
      }
    }
    expect(record.text('translated', 'ca')).toBeUndefined()
  })

  it('adds a record in one step, so that nobody ever sees half of it', () => {
    const doc = withNames('a')
    let steps = 0
    doc.on('update', () => steps++)
    list(doc).add()
    expect(steps).toBe(1)
  })

  it('[D1] keeps what two people add at once', () => {
    const one = withNames('a')
    const two = replica(one)
    const ids = [list(one).add(), list(two).add()]
    exchange(one, two)
    expect(list(one).ids()).toEqual(list(two).ids())
    expect(new Set(list(one).ids())).toEqual(new Set(['a', ...ids]))
  })

  it('keeps what one writes in a record while another moves it', () => {
    const one = withNames('a', 'b', 'c')
    const two = replica(one)
    list(one).record('a')!.text('name', 'eu')!.insert(1, '!')
    list(two).move('a', 1)
    exchange(one, two)
    expect(names(one)).toEqual(['b', 'a!', 'c'])
    expect(names(two)).toEqual(names(one))
  })

  it('keeps what both write in one text', () => {
    const one = withNames('a')
    const two = replica(one)
    list(one).record('a')!.text('name', 'eu')!.insert(1, 'X')
    list(two).record('a')!.text('name', 'eu')!.insert(0, 'Y')
    exchange(one, two)
    expect(names(one)).toEqual(['YaX'])
    expect(names(two)).toEqual(['YaX'])
  })

  it.each([
    ['the first up', 'a', -1],
    ['the last down', 'c', 1],
    ['what is not there', 'x', 1],
  ] as const)('does nothing when somebody moves %s', (_what, id, step) => {
    const doc = withNames('a', 'b', 'c')
    let steps = 0
    doc.on('update', () => steps++)
    list(doc).move(id, step)
    expect(names(doc)).toEqual(['a', 'b', 'c'])
    expect(steps).toBe(0)
  })

  it('moves a record between two that were added at once', () => {
    const one = withNames('a')
    const two = replica(one)
    list(one).add()
    list(two).add()
    exchange(one, two)
    const [a, b, c] = list(one).ids() as [string, string, string]
    list(one).move(a, 1)
    expect(list(one).ids()).toEqual([b, a, c])
    list(one).move(c, -1)
    expect(list(one).ids()).toEqual([b, c, a])
    exchange(one, two)
    expect(list(two).ids()).toEqual([b, c, a])
  })

  it('[D1] moves as asked, whatever was added and moved at once before', () => {
    const action = fc.record({
      who: fc.nat(2),
      add: fc.boolean(),
      at: fc.nat(20),
      up: fc.boolean(),
      meet: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const docs = [withNames('a', 'b')]
        docs.push(replica(docs[0]!), replica(docs[0]!))
        for (const { who, add, at, up, meet } of actions) {
          const here = list(docs[who]!)
          const before = [...here.ids()]
          if (add) {
            const id = here.add()
            expect(here.ids()).toEqual([...before, id])
          } else {
            const from = at % before.length
            const to = from + (up ? -1 : 1)
            here.move(before[from]!, up ? -1 : 1)
            if (to >= 0 && to < before.length) [before[from], before[to]] = [before[to]!, before[from]!]
            expect(here.ids()).toEqual(before)
          }
          if (meet) exchange(...docs)
        }
        exchange(...docs)
        exchange(...docs)
        const [first, ...others] = docs.map((doc) => list(doc).ids())
        for (const other of others) expect(other).toEqual(first)
      }),
      { numRuns: 100 },
    )
  })

  it('forgets what is removed, also when another moves it at the same time', () => {
    const one = withNames('a', 'b', 'c')
    const two = replica(one)
    list(one).remove('b')
    list(two).move('b', 1)
    exchange(one, two)
    expect(names(one)).toEqual(['a', 'c'])
    expect(names(two)).toEqual(['a', 'c'])
  })

  it('merges members that two people tick, one by one', () => {
    const one = withNames('a')
    const two = replica(one)
    list(one).record('a')!.toggle('languages', 'eu', true)
    list(two).record('a')!.toggle('languages', 'es', true)
    exchange(one, two)
    expect(list(one).record('a')!.members('languages')).toEqual(['es', 'eu'])
    list(two).record('a')!.toggle('languages', 'es', false)
    exchange(one, two)
    expect(list(one).record('a')!.members('languages')).toEqual(['eu'])
  })
})

describe('canonical JSON', () => {
  it('has one text for one value, whatever the order of keys', () => {
    const shuffled = (value: Json): Json =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([k, v]) => [k, shuffled(v as Json)]),
          )
        : Array.isArray(value)
          ? value.map((v: Json) => shuffled(v))
          : value
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = value as Json
        expect(canonicalJson(shuffled(json))).toBe(canonicalJson(json))
        // JSON.parse turns -0 into 0 on the way, as the text does.
        expect(JSON.parse(canonicalJson(json))).toEqual(JSON.parse(JSON.stringify(json)))
      }),
    )
  })

  it.each([
    [{ b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
    [[3, 1, 2], '[3,1,2]'],
    ['ñ"\n\u2028', JSON.stringify('ñ"\n\u2028')],
    [1e21, '1e+21'],
    [-0, '0'],
    [true, 'true'],
    [{ é: 1, e: 2, E: 3 }, '{"E":3,"e":2,"é":1}'],
  ])('of %j is %s', (value, text) => expect(canonicalJson(value as Json)).toBe(text))

  it.each([NaN, Infinity, -Infinity])('refuses %d', (number) => {
    expect(() => canonicalJson({ a: [number] })).toThrow(TypeError)
  })

  it('[V1] is the same whether Yjs has tidied marks away that change nothing, or not', () => {
    const [root] = [...rootsOf(PLAN, ['eu'])].find(([, kind]) => kind === 'prose')!
    const textOf = (doc: Y.Doc) =>
      (doc.getXmlFragment(root).get(0) as Y.XmlElement).get(0) as unknown as Y.XmlText
    let seams = 0
    const act = fc.tuple(
      fc.nat(1),
      fc.nat(4),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
    )
    fc.assert(
      fc.property(fc.array(act, { minLength: 2, maxLength: 8 }), (acts) => {
        const one = born(PLAN, { [root.split('.')[0]!]: {} })
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText('kaixo denoi')])
        one.getXmlFragment(root).insert(0, [paragraph])
        const two = replica(one)
        for (const [who, from, length, insert, bold, meet] of acts) {
          const text = textOf(who === 0 ? one : two)
          const marks = { bold: bold ? {} : null }
          if (insert) text.insert(from, 'k'.repeat(length), marks)
          else text.format(from, length, marks)
          if (meet) exchange(one, two)
        }
        exchange(one, two)
        const copies = [one, two, replica(one), replica(two)]
        const looks = copies.map((doc) =>
          (textOf(doc).toDelta() as { attributes?: object }[]).map(({ attributes = {} }) =>
            JSON.stringify(attributes),
          ),
        )
        if (looks.some((pieces) => pieces.some((look, n) => n > 0 && look === pieces[n - 1]))) seams += 1
        for (const doc of copies) {
          const [node] = readRich(doc.getXmlFragment(root))
          const marks = (node?.content ?? []).map((piece) => JSON.stringify(piece.marks ?? []))
          expect(marks.some((look, n) => n > 0 && look === marks[n - 1])).toBe(false)
        }
        expect(new Set(copies.map((doc) => canonicalJson(readDocument(PLAN, doc) as Json))).size).toBe(1)
      }),
      { numRuns: 2_000, seed: 26 },
    )
    // Otherwise nothing was tried.
    expect(seams).toBeGreaterThan(0)
  })

  it('is the same on replicas that met the keys in another order', () => {
    const one = born(PLAN, HARANBERRI_PLAN)
    const two = replica(one)
    const people = ['mastodon', 'telegram', 'x', 'blog']
    for (const [doc, order] of [
      [one, people],
      [two, [...people].reverse()],
    ] as const) {
      for (const network of order)
        new ListPlace(doc, AUDIENCES).record('a2')!.toggle('channels', network, true)
      new SectionPlace(doc, PLAN.sections[0]).text('title', 'eu').insert(0, order[0]!)
      new ListPlace(doc, AUDIENCES).add()
    }
    exchange(one, two)
    const text = (doc: Y.Doc): string => canonicalJson(readDocument(PLAN, doc) as Json)
    expect(text(two)).toBe(text(one))
    expect(text(replica(two))).toBe(text(one))
  })
})
