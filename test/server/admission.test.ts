/** Admission lets every honest edit into the log, keeps everything else out, and what is in the log is enough. */
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import { readDocument, writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, META_ROOT, SectionPlace, rootsOf } from '@auzolan/shared/schema/shapes.ts'
import { admit, isCovered, type Admitted, type Head } from '@auzolan/server/src/rooms/admission.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'

const LANGUAGES = ['eu', 'es']
const ROOTS = new Set([...rootsOf(PLAN, LANGUAGES).keys()].filter((root) => root !== META_ROOT))
const ANE = 'ane' as PersonId
const JON = 'jon' as PersonId

interface Log {
  readonly head: Head & { clocks: Map<number, number>; owners: Map<number, PersonId> }
  readonly updates: Uint8Array[]
}
const emptyLog = (owners: readonly (readonly [number, PersonId])[] = []): Log => ({
  head: { clocks: new Map(), owners: new Map(owners), rules: { roots: ROOTS, appendOnly: false } },
  updates: [],
})

/** What a room does with an update, without room and journal. */
function offer(log: Log, update: Uint8Array, person: PersonId): ReturnType<typeof admit> {
  const answer = admit(update, log.head, person)
  if (!isRefusal(answer)) {
    for (const [client, clock] of answer.clocks) log.head.clocks.set(client, clock)
    if (answer.update) log.updates.push(answer.update)
  }
  return answer
}
const codeOf = (answer: ReturnType<typeof admit>): string => (isRefusal(answer) ? answer.refused : 'admitted')
const admitted = (answer: ReturnType<typeof admit>): Admitted => {
  if (isRefusal(answer)) throw new Error(`${answer.refused}: ${answer.detail}`)
  return answer
}
const made = (clientID: number, edit: (doc: Y.Doc) => void): Y.Doc => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  edit(doc)
  return doc
}
const stateOf = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(doc)
const TITLE = 'identity.title:eu'
const type = (text: string) => (doc: Y.Doc) => doc.getText(TITLE).insert(0, text)

/** An update by hand: Yjs itself would never write some of these. */
type Piece = { gc: number } | { text: string; root?: string } | { deleted: number }
const byHand = (chapters: { client: number; clock: number; pieces: Piece[] }[]): Uint8Array =>
  encoding.encode((e) => {
    encoding.writeVarUint(e, chapters.length)
    for (const { client, clock, pieces } of chapters) {
      encoding.writeVarUint(e, pieces.length)
      encoding.writeVarUint(e, client)
      encoding.writeVarUint(e, clock)
      for (const piece of pieces) {
        if ('gc' in piece) {
          encoding.writeUint8(e, 0)
          encoding.writeVarUint(e, piece.gc)
          continue
        }
        encoding.writeUint8(e, 'text' in piece ? 4 : 1)
        encoding.writeVarUint(e, 1)
        encoding.writeVarString(e, ('text' in piece && piece.root) || TITLE)
        if ('text' in piece) encoding.writeVarString(e, piece.text)
        else encoding.writeVarUint(e, piece.deleted)
      }
    }
    encoding.writeVarUint(e, 0)
  })

describe('admit', () => {
  it('takes an author’s first words and says how far the author has come', () => {
    const log = emptyLog([[1, ANE]])
    expect(admitted(offer(log, stateOf(made(1, type('kaixo'))), ANE)).clocks).toEqual(new Map([[1, 5]]))
  })

  const cases: [string, string, (log: Log) => Uint8Array][] = [
    ['bytes that are no update', 'MALFORMED', () => new Uint8Array([7, 7, 7])],
    ['no bytes', 'MALFORMED', () => new Uint8Array()],
    ['an update cut short', 'MALFORMED', () => stateOf(made(1, type('kaixo'))).slice(0, -4)],
    ['a piece of no length', 'MALFORMED', () => byHand([{ client: 1, clock: 0, pieces: [{ text: '' }] }])],
    ['rubbish of no length', 'MALFORMED', () => byHand([{ client: 1, clock: 0, pieces: [{ gc: 0 }] }])],
    [
      'a deletion of no length',
      'MALFORMED',
      () => byHand([{ client: 1, clock: 0, pieces: [{ deleted: 0 }] }]),
    ],
    [
      'one client in two chapters',
      'MALFORMED',
      () =>
        byHand([
          { client: 1, clock: 0, pieces: [{ text: 'ab' }] },
          { client: 1, clock: 2, pieces: [{ text: 'cd' }] },
        ]),
    ],
    [
      'a document inside a document',
      'MALFORMED',
      () => stateOf(made(1, (doc) => doc.getMap('identity.*').set('x', new Y.Doc()))),
    ],
    ['an unknown root', 'UNKNOWN_ROOT', () => stateOf(made(1, (doc) => doc.getText('x').insert(0, 'x')))],
    ['the root meta', 'UNKNOWN_ROOT', () => stateOf(made(1, (doc) => doc.getMap('meta').set('schema', 2)))],
    [
      'a language the document has not',
      'UNKNOWN_ROOT',
      () => stateOf(made(1, (d) => d.getText('identity.title:ca').insert(0, 'x'))),
    ],
    ['a start in the middle', 'GAP', () => byHand([{ client: 1, clock: 3, pieces: [{ text: 'x' }] }])],
    [
      'a hole that merging leaves',
      'GAP',
      () => {
        const updates: Uint8Array[] = []
        const doc = made(1, (d) => d.on('update', (u: Uint8Array) => updates.push(u)))
        for (const letter of 'abc') type(letter)(doc)
        return Y.mergeUpdates([updates[0]!, updates[2]!])
      },
    ],
    ['somebody else’s client id', 'FORGED_AUTHOR', () => stateOf(made(2, type('x')))],
    ['nobody’s client id', 'FORGED_AUTHOR', () => stateOf(made(3, type('x')))],
    [
      'deletions beyond what is known',
      'UNKNOWN_DEPENDENCY',
      () => {
        const doc = made(2, type('unseen'))
        const known = Y.encodeStateVector(doc)
        doc.getText(TITLE).delete(0, 2)
        return Y.encodeStateAsUpdate(doc, known)
      },
    ],
    [
      'text behind text that is not known',
      'UNKNOWN_DEPENDENCY',
      () => {
        const doc = made(1, (d) => Y.applyUpdate(d, stateOf(made(2, type('unseen')))))
        const known = Y.encodeStateVector(doc)
        doc.getText(TITLE).insert(6, 'x')
        return Y.encodeStateAsUpdate(doc, known)
      },
    ],
    [
      'a text in a container that is not known',
      'UNKNOWN_DEPENDENCY',
      () => {
        const doc = made(1, (d) =>
          Y.applyUpdate(d, stateOf(made(2, (other) => other.getMap('audiences').set('a', new Y.Map())))),
        )
        const known = Y.encodeStateVector(doc)
        ;(doc.getMap('audiences').get('a') as Y.Map<unknown>).set('order', 'a0')
        return Y.encodeStateAsUpdate(doc, known)
      },
    ],
  ]
  it.each(cases)('[R1–R3] refuses %s: %s', (_what, code, make) => {
    const log = emptyLog([
      [1, ANE],
      [2, JON],
    ])
    expect(codeOf(offer(log, make(log), ANE))).toBe(code)
    expect(log.updates).toEqual([])
    expect(log.head.clocks.size).toBe(0)
  })

  it('never throws, whatever the bytes', () => {
    const log = emptyLog([[1, ANE]])
    const honest = stateOf(made(1, (doc) => writeDocument(PLAN, doc, LANGUAGES, HARANBERRI_PLAN)))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc
            .array(fc.tuple(fc.nat(honest.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
            .map((changes) => {
              const bytes = honest.slice()
              for (const [at, byte] of changes) bytes[at] = byte
              return bytes
            }),
        ),
        (bytes) => void admit(bytes, log.head, ANE),
      ),
      { numRuns: 300 },
    )
  })

  it('[R4] cuts off what the log already has, whoever repeats it and whatever the letters', () => {
    const log = emptyLog([
      [1, ANE],
      [2, JON],
    ])
    const doc = made(1, type('hon'))
    offer(log, stateOf(doc), ANE)
    const known = Y.encodeStateVector(doc)
    doc.getText(TITLE).insert(3, 'est')
    offer(log, Y.encodeStateAsUpdate(doc, known), ANE)
    for (const person of [ANE, JON]) {
      const answer = admitted(offer(log, stateOf(made(1, type('forged'))), person))
      expect(answer.clocks.size).toBe(0)
      expect(answer.update).toBeNull()
    }
    const merged = new Y.Doc()
    Y.applyUpdate(merged, Y.mergeUpdates(log.updates))
    expect(merged.getText(TITLE).toString()).toBe('honest')
  })

  it('takes the new part of an update that begins with old text', () => {
    const log = emptyLog([[1, ANE]])
    const doc = made(1, type('kai'))
    offer(log, stateOf(doc), ANE)
    doc.getText(TITLE).insert(3, 'xo')
    expect(admitted(offer(log, stateOf(doc), ANE)).clocks).toEqual(new Map([[1, 5]]))
    for (const updates of [log.updates, [Y.mergeUpdates(log.updates)]]) {
      const cold = new Y.Doc()
      updates.forEach((u) => Y.applyUpdate(cold, u))
      expect(cold.getText(TITLE).toString()).toBe('kaixo')
    }
  })
})

describe('isCovered', () => {
  const ds = (ranges: { [client: number]: [number, number][] }): ReturnType<typeof Y.decodeUpdate>['ds'] => {
    const { ds } = Y.decodeUpdate(new Uint8Array([0, 0]))
    for (const [client, list] of Object.entries(ranges)) {
      ds.clients.set(Number(client), list.map(([clock, len]) => ({ clock, len })) as never)
    }
    return ds
  }
  const cases: [string, Parameters<typeof ds>[0], Parameters<typeof ds>[0], boolean][] = [
    ['nothing in nothing', {}, {}, true],
    ['nothing in something', {}, { 1: [[0, 3]] }, true],
    ['a range in itself', { 1: [[0, 3]] }, { 1: [[0, 3]] }, true],
    ['a range inside a larger one', { 1: [[1, 1]] }, { 1: [[0, 3]] }, true],
    [
      'two ranges in two',
      {
        1: [
          [0, 1],
          [5, 2],
        ],
      },
      {
        1: [
          [0, 2],
          [4, 9],
        ],
      },
      true,
    ],
    ['a range that begins earlier', { 1: [[0, 3]] }, { 1: [[1, 9]] }, false],
    ['a range that ends later', { 1: [[0, 3]] }, { 1: [[0, 2]] }, false],
    [
      'a range between two',
      { 1: [[2, 1]] },
      {
        1: [
          [0, 2],
          [3, 2],
        ],
      },
      false,
    ],
    ['another client', { 2: [[0, 1]] }, { 1: [[0, 9]] }, false],
    ['one client of two', { 1: [[0, 1]], 2: [[0, 1]] }, { 1: [[0, 1]] }, false],
  ]
  it.each(cases)('%s', (_what, some, known, expected) => {
    expect(isCovered(ds(some), ds(known))).toBe(expected)
  })
})

describe('honest editing', () => {
  const [identity, planning, , profiles] = PLAN.sections
  type Step =
    | { kind: 'type'; who: number; field: number; at: number; text: string }
    | { kind: 'cut'; who: number; field: number; at: number; length: number }
    | { kind: 'rich'; who: number; at: number; text: string }
    | { kind: 'set'; who: number; date: string }
    | { kind: 'toggle'; who: number; on: boolean }
    | { kind: 'add' | 'remove' | 'up' | 'down' | 'write'; who: number; list: number; at: number }
    | { kind: 'hear'; who: number }
  const who = fc.nat(2)
  const at = fc.nat(50)
  const text = fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constant('type' as const), who, field: fc.nat(2), at, text }),
    fc.record({
      kind: fc.constant('cut' as const),
      who,
      field: fc.nat(2),
      at,
      length: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ kind: fc.constant('rich' as const), who, at, text }),
    fc.record({ kind: fc.constant('set' as const), who, date: fc.constantFrom('2027-01-01', '2028-02-03') }),
    fc.record({ kind: fc.constant('toggle' as const), who, on: fc.boolean() }),
    fc.record({
      kind: fc.constantFrom(
        'add' as const,
        'remove' as const,
        'up' as const,
        'down' as const,
        'write' as const,
      ),
      who,
      list: fc.nat(1),
      at,
    }),
    fc.record({ kind: fc.constant('hear' as const), who }),
  )
  const lists = [planning.fields.audiences, profiles.fields.profiles] as const

  function perform(doc: Y.Doc, step: Step): void {
    const place = new SectionPlace(doc, identity)
    const texts = [place.text('title', 'eu'), place.text('title', 'es'), place.text('sponsorRole', 'eu')]
    switch (step.kind) {
      case 'type':
        return texts[step.field]!.insert(Math.min(step.at, texts[step.field]!.length), step.text)
      case 'cut': {
        const target = texts[step.field]!
        const from = Math.min(step.at, target.length)
        return target.delete(from, Math.min(step.length, target.length - from))
      }
      case 'rich': {
        const prose = place.prose('strategy', 'eu')
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(step.text)])
        return prose.insert(Math.min(step.at, prose.length), [paragraph])
      }
      case 'set':
        return place.set('from', step.date)
      case 'toggle':
        return place.toggle('axes', 'transparency', step.on)
      case 'hear':
        return
      default:
        return performInList(doc, step)
    }
  }

  function performInList(doc: Y.Doc, step: Extract<Step, { list: number }>): void {
    const list = new ListPlace(doc, lists[step.list]!)
    const id = list.ids()[step.at % Math.max(1, list.ids().length)] ?? ''
    switch (step.kind) {
      case 'add':
        return void list.add()
      case 'remove':
        return list.remove(id)
      case 'up':
        return list.move(id, -1)
      case 'down':
        return list.move(id, 1)
      case 'write':
        return list
          .record(id)
          ?.text(step.list === 0 ? 'name' : 'why', 'eu')
          ?.insert(0, 'x')
    }
  }

  it('[R1, R4] by three clients is always admitted, and a fresh document from the log equals the writers’', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat(1000), (steps, cut) => {
        const people = ['ane', 'jon', 'miren'] as PersonId[]
        const born = made(9, (doc) => writeDocument(PLAN, doc, LANGUAGES, HARANBERRI_PLAN))
        const log = emptyLog([[9, 'system' as PersonId], ...people.map((p, i) => [i + 1, p] as const)])
        // The birth is written past admission, as the server does.
        log.updates.push(stateOf(born))
        log.head.clocks.set(9, Y.getState(born.store, 9))
        const outboxes: Uint8Array[][] = [[], [], []]
        const heard = [0, 0, 0]
        const hear = (i: number): void => {
          for (; heard[i]! < log.updates.length; heard[i]!++)
            Y.applyUpdate(docs[i]!, log.updates[heard[i]!]!, 'log')
        }
        const docs = people.map((_, i) =>
          made(i + 1, (doc) =>
            doc.on('update', (update: Uint8Array, origin: unknown) => {
              if (origin !== 'log') outboxes[i]!.push(update)
            }),
          ),
        )
        const sent: [Uint8Array, PersonId][] = []
        const say = (i: number): void => {
          const updates = outboxes[i]!.splice(0)
          // As the port does: what was typed in the last moments goes out as one.
          if (updates.length > 0) sent.push([Y.mergeUpdates(updates), people[i]!])
          if (updates.length > 0) admitted(offer(log, ...sent.at(-1)!))
        }
        docs.forEach((_, i) => hear(i))
        for (const step of steps) {
          perform(docs[step.who]!, step)
          if (step.kind !== 'hear') continue
          say(step.who)
          hear(step.who)
        }
        docs.forEach((_, i) => say(i))
        docs.forEach((_, i) => hear(i))

        const read = (doc: Y.Doc): unknown => readDocument(PLAN, doc)
        const fromLog = (updates: readonly Uint8Array[]): unknown => {
          const doc = new Y.Doc()
          updates.forEach((u) => Y.applyUpdate(doc, u))
          expect(doc.store.pendingStructs).toBeNull()
          return read(doc)
        }
        const expected = read(docs[0]!)
        expect(read(docs[1]!)).toEqual(expected)
        expect(read(docs[2]!)).toEqual(expected)
        expect(fromLog(log.updates)).toEqual(expected)
        expect(fromLog([Y.mergeUpdates(log.updates)])).toEqual(expected)

        // Lost acknowledgements: any prefix goes out again, one by one or as one, and nothing changes.
        const clocks = new Map(log.head.clocks)
        const again = sent.slice(0, cut % (sent.length + 1))
        for (const [update, person] of again) expect(admitted(offer(log, update, person)).clocks.size).toBe(0)
        for (const person of people) {
          const own = again.filter(([, p]) => p === person).map(([update]) => update)
          if (own.length > 0) admitted(offer(log, Y.mergeUpdates(own), person))
        }
        expect(log.head.clocks).toEqual(clocks)
        expect(fromLog(log.updates)).toEqual(expected)
        expect(fromLog([Y.mergeUpdates(log.updates)])).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})
