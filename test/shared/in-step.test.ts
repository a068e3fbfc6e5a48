/** Changing one language of a text marks the others, and only a person says that one is up to date (PRODUCT G). */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { LANGUAGE_MARK_MAX_CHARACTERS, TYPING_PAUSE_MS } from '@auzolan/shared/limits.ts'
import { outOfDateFindings } from '@auzolan/shared/checks/in-step.ts'
import {
  balanceOf,
  changedIn,
  markBack,
  markKept,
  markOf,
  outOfDate,
  typedOn,
  upToDate,
  wordsOf,
  type Run,
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
/** A page on which somebody types letter by letter, with what it remembers of that. */
class Desk {
  readonly #runs = new Map<string, Run>()
  #now = 0
  #read = 0
  readonly doc: Y.Doc
  constructor(from: Y.Doc) {
    this.doc = new Y.Doc()
    this.hears(from)
  }
  hears(from: Y.Doc): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(from, Y.encodeStateVector(this.doc)))
  }
  /** Somebody has read or approved what stands there. */
  isRead(): void {
    this.#read += 1
  }
  pause(ms: number): void {
    this.#now += ms
  }
  /** Takes away as many letters as said, at the end, and types the others there. */
  types(language: string, letters: string, away = 0): void {
    const shared = identity(this.doc).text('title', language)
    for (let i = 0; i < away && shared.length > 0; i += 1)
      this.#step(language, () => shared.delete(shared.length - 1, 1))
    for (const letter of letters) this.#step(language, () => shared.insert(shared.length, letter))
  }
  #step(language: string, change: () => void): void {
    const place = identity(this.doc)
    const before = wordsOf(place, 'title', language)
    change()
    this.#now += 100
    const run = typedOn(this.#runs.get(language), before, this.#now, String(this.#read))
    this.#runs.set(language, run)
    changedIn(place, 'title', language, run.was, LANGUAGES, before)
  }
  says(language: string): string {
    return wordsOf(identity(this.doc), 'title', language)
  }
  confirms(language: string): void {
    upToDate(identity(this.doc), 'title', language)
  }
}
const together = (...desks: Desk[]): void => {
  for (const one of desks) for (const other of desks) one.hears(other.doc)
}
const empty = (): Y.Doc => {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, LANGUAGES, {})
  return doc
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

  it('[LS1] a run of typing is one change, measured against what was there before it', () => {
    const desk = new Desk(plan())
    desk.types('eu', '27 toki', 7)
    desk.types('eu', ' eta gehiago')
    expect(marks(desk.doc)).toEqual([['identity.title:es', 'eu', '20 toki']])
  })

  it.each([
    ['no pause', 0, 0],
    ['a pause up to the limit', TYPING_PAUSE_MS - 100, 0],
    ['a longer one', TYPING_PAUSE_MS + 1, 1],
  ])(
    '[LS1] writing a translation letter by letter marks nobody; typing on after %s: %i ms',
    (_, ms, flagged) => {
      const desk = new Desk(empty())
      desk.types('es', 'Puesto de la persona responsable')
      desk.pause(3_000)
      desk.types('eu', 'Komunikazio')
      desk.pause(ms)
      desk.types('eu', '-arduraduna')
      expect(marks(desk.doc)).toEqual([['identity.title:es', 'eu', 'Komunikazio']].slice(0, flagged))
    },
  )

  it.each([
    ['while nobody has read it', false, []],
    ['once somebody has', true, [['identity.title:es', 'eu', '20 toki']]],
  ] as const)('[LS1] a text corrected in the minutes in which it was written, %s', (_, read, marked) => {
    const desk = new Desk(empty())
    desk.types('es', '20 plazas')
    desk.types('eu', '20 toki')
    if (read) desk.isRead()
    desk.types('eu', '27 toki', 7)
    expect(marks(desk.doc)).toEqual(marked)
    desk.types('eu', ' eta gehiago')
    expect(marks(desk.doc)).toEqual(marked)
  })

  it('[LS2] a mark that went while the text was emptied is back with the text, and no other is made', () => {
    const doc = plan()
    type(doc, 'eu', '27 toki')
    const place = identity(doc)
    const mark = markKept(place, 'title', 'es')
    place.text('title', 'es').delete(0, 9)
    // A colleague begins to write it anew.
    type(doc, 'es', 'x')
    expect(markKept(place, 'title', 'es')).toBeNull()
    place.text('title', 'es').insert(0, '20 plazas')
    markBack(place, 'title', 'es', mark)
    const back = [['identity.title:es', 'eu', '20 toki']]
    expect(marks(doc)).toEqual(back)
    // One that is there stays as it is.
    markBack(place, 'title', 'es', { by: 'ca', was: 'x' })
    expect(marks(doc)).toEqual(back)
  })

  it('[LS1] what is written anew after it was emptied begins without the old mark', () => {
    const desk = new Desk(plan())
    desk.types('eu', '7', 1)
    desk.pause(2 * TYPING_PAUSE_MS)
    desk.types('es', '', 9)
    desk.pause(2 * TYPING_PAUSE_MS)
    expect(marks(desk.doc)).toEqual([])
    desk.types('es', '27 plazas')
    expect(marks(desk.doc)).toEqual([])
  })

  it('[LS1] people who write different languages for the first time at once mark nobody', () => {
    const step = fc.record({
      who: fc.nat(2),
      letters: fc.stringMatching(/^[a-z ]{1,6}$/),
      sync: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const house = empty()
        const desks = LANGUAGES.map(() => new Desk(house))
        for (const { who, letters, sync } of steps) {
          desks[who]!.types(LANGUAGES[who]!, letters)
          if (sync) together(...desks)
        }
        together(...desks)
        for (const desk of desks) expect(marks(desk.doc)).toEqual([])
      }),
    )
  })

  it('[LS2] whoever types on after somebody said that both agree is measured against what they said then', () => {
    const [one, two] = [plan()].flatMap((doc) => [new Desk(doc), new Desk(doc)]) as [Desk, Desk]
    one.types('eu', '7', 1)
    together(one, two)
    two.types('es', 'X', 1)
    two.confirms('es')
    together(one, two)
    const [es, eu] = [one.says('es'), one.says('eu')]
    expect(marks(one.doc)).toEqual([])
    one.types('eu', '!')
    expect(marks(one.doc)).toEqual([['identity.title:es', 'eu', eu]])
    one.confirms('es')
    one.types('es', '!')
    expect(marks(one.doc)).toEqual([['identity.title:eu', 'es', es]])
    one.types('eu', '!')
    one.confirms('eu')
    expect(marks(one.doc)).toEqual([])
    one.types('eu', '?')
    expect(marks(one.doc)).toEqual([['identity.title:es', 'eu', `${eu}!!`]])
  })

  it.each([
    ['short', ''],
    ['longer than what is kept', 'x'.repeat(LANGUAGE_MARK_MAX_CHARACTERS)],
  ])(
    '[LS2] saying that both agree takes away no change somebody made without network; texts: %s',
    (_, much) => {
      const start = plan()
      identity(start).text('title', 'eu').insert(0, much)
      const [one, two] = [new Desk(start), new Desk(start)]
      one.types('eu', '!')
      together(one, two)
      // Offline.
      one.types('eu', '?')
      two.confirms('es')
      expect(marks(two.doc)).toEqual([])
      together(one, two)
      for (const { doc } of [one, two]) expect(marks(doc)).toHaveLength(1)
    },
  )

  it('[LS2] whatever several people do on and off line, all see the same, and no change that nobody saw is lost', () => {
    const act = fc.record({
      who: fc.nat(1),
      language: fc.constantFrom('eu', 'es'),
      what: fc.constantFrom('type', 'type', 'delete', 'pause', 'confirm', 'sync'),
    })
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.constantFrom('eu', 'es'), (acts, last) => {
        const start = plan()
        const desks = [new Desk(start), new Desk(start)]
        for (const { who, language, what } of acts) {
          const desk = desks[who]!
          if (what === 'sync') together(...desks)
          else if (what === 'pause') desk.pause(2 * TYPING_PAUSE_MS)
          else if (what === 'confirm') desk.confirms(language)
          else desk.types(language, what === 'type' ? 'a' : '', what === 'type' ? 0 : 1)
        }
        together(...desks)
        expect(marks(desks[0]!.doc)).toEqual(marks(desks[1]!.doc))
        // From where both agree: one changes a text; the other, who has not seen it, does something else and says that they agree.
        const [one, two] = desks as [Desk, Desk]
        for (const language of ['eu', 'es']) one.confirms(language)
        expect(marks(one.doc)).toEqual([])
        together(one, two)
        if (one.says('eu').trim() === '' || one.says('es').trim() === '') return
        const was = one.says(last)
        one.pause(2 * TYPING_PAUSE_MS)
        one.types(last, 'b')
        for (const language of ['eu', 'es']) two.confirms(language)
        together(one, two)
        const other = last === 'eu' ? 'es' : 'eu'
        expect(marks(two.doc)).toEqual([[`identity.title:${other}`, last, was]])
      }),
    )
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
