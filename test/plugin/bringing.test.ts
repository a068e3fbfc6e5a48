/** From a file to the plan: which heading goes where, and that nothing of the file is lost on the way. */
import fc from 'fast-check'
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { IMPORT_HEADINGS_MAX, PASTE_MAX_CHARACTERS, UPDATE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { paragraphs, readDocument, writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import {
  LIST_LEVELS_MAX,
  flat,
  inSendable,
  plainRun,
  richOf,
  textOf,
  tidy,
  type Block,
} from '../../plugin/src/bringing/blocks.ts'
import { bring, settle, takeRecords } from '../../plugin/src/bringing/bring.ts'
import type { FileText } from '../../plugin/src/bringing/file-text.ts'
import { languageOf, placeOfHeading, proposedPlaces } from '../../plugin/src/bringing/headings.ts'
import { partsOf } from '../../plugin/src/bringing/parts.ts'
import { ANNEX, LISTED, OUT, PLACES } from '../../plugin/src/bringing/places.ts'
import es from '../../shared/l10n/es.json' with { type: 'json' }
import eu from '../../shared/l10n/eu.json' with { type: 'json' }
import ca from '../../shared/l10n/ca.json' with { type: 'json' }

const paragraph = (text: string): Block => ({ kind: 'paragraph', runs: [plainRun(text)] })
const heading = (text: string, level = 1): Block => ({ kind: 'heading', level, runs: [plainRun(text)] })
const item = (text: string, level = 0): Block => ({
  kind: 'item',
  level,
  ordered: false,
  continues: false,
  runs: [plainRun(text)],
})
const table = (...rows: string[][]): Block => ({
  kind: 'table',
  rows: rows.map((row) => row.map((cell) => [paragraph(cell)])),
})
const file = (blocks: readonly Block[], more: Partial<FileText> = {}): FileText => ({
  blocks,
  notes: [],
  contents: [],
  margins: [],
  comments: [],
  deleted: [],
  pictures: 0,
  ...more,
})
const plan = (): Y.Doc => {
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, ['eu', 'es'], {
    planning: {
      whyAnswer: { es: paragraphs('Lo que ya estaba.') },
      purposes: [{ id: 'first', text: { es: 'El de antes' } }],
    },
  })
  return doc
}
const words = (text: string): string[] => text.split(/[^\p{L}\p{N}@.]+/u).filter(Boolean)
/** Every text in any value. */
const textsIn = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : value && typeof value === 'object'
      ? Object.values(value).map(textsIn).join(' ')
      : ''

describe('[BR6] headings find their place', () => {
  it.each([
    ['1. Objetivos', 'purposes'],
    ['Fines y metas', 'purposes'],
    ['3.2 HELBURUAK', 'purposes'],
    ['Objectius específics', 'purposes'],
    ['II. Público objetivo', 'audiences'],
    ['Xede-taldeak', 'audiences'],
    ['Públics', 'audiences'],
    ['Normas de participación', 'participation.commitment'],
    ['Parte-hartzeko arauak', 'participation.commitment'],
    ['Guía de estilo', 'principles.editorialLine'],
    ['Tonua', 'principles.editorialLine'],
    ['To', 'principles.editorialLine'],
    ['Perfiles', 'profiles'],
    ['Gure profilak', 'profiles'],
    ['Protocolo de crisis', ANNEX],
    ['Escucha activa', ANNEX],
    ['Ospe digitala', ANNEX],
    ['Protección de datos', ANNEX],
    ['Evaluación', 'planning.whyAnswer'],
    ['Evaluación del plan anterior', 'identity.lessons'],
    ['¿Quién?', 'planning.whoAnswer'],
    ['Redes sociales', 'planning.whereAnswer'],
    ['Plan de redes sociales 2024', ANNEX],
    ['Derechos de imagen', 'rights.people'],
    ['Inteŀligència artificial', 'rights.generated'],
    ['Recomendaciones para el personal', 'staffGuidance.enjoy'],
    ['Recetas de cocina', null],
    ['Reducir los residuos', null],
    ['To be or not to be', null],
    ['', null],
  ])('«%s» → %s', (title, place) => {
    expect(placeOfHeading(title)).toBe(place)
  })

  it('the name of each section, in each language, leads into that section, or to the annex when it has no text', () => {
    const into = (section: string): (string | null)[] => [
      ANNEX,
      ...(PLACES.find((one) => one.section.id === section)?.places.map(({ place }) => place) ?? []),
    ]
    for (const { id, label } of PLAN.sections)
      for (const name of [
        label,
        ...[es, eu, ca].map((all) => (all as unknown as Record<string, string>)[label]),
      ])
        if (name !== undefined) expect(into(id), `${id}: ${name}`).toContain(placeOfHeading(name))
  })

  it('every place that a heading can lead to is one that can be chosen', () => {
    const choosable = new Set([...PLACES.flatMap(({ places }) => places.map(({ place }) => place)), OUT])
    for (const title of [
      'sponsor',
      'mission',
      'lessons',
      'who',
      'why',
      'where',
      'values',
      'team',
      'copyright',
      'consent',
    ])
      if (placeOfHeading(title)) expect(choosable).toContain(placeOfHeading(title))
    for (const { rest } of Object.values(LISTED)) expect(choosable).toContain(rest)
  })

  it('what is under a heading goes with it, unless it has a place of its own', () => {
    const parts = partsOf(
      file(
        [
          heading('Plan de redes', 0),
          paragraph('Antes.'),
          heading('Objetivos'),
          heading('Específicos', 2),
          heading('Público', 2),
          heading('Otra cosa'),
          heading('Dentro', 2),
        ],
        { contents: [paragraph('Índice')], margins: [paragraph('Pie')], deleted: [paragraph('Tachado')] },
      ),
    )!
    expect(parts.map(({ kind, title }) => title || kind)).toEqual([
      'Plan de redes',
      'Objetivos',
      'Específicos',
      'Público',
      'Otra cosa',
      'Dentro',
      'margins',
      'contents',
      'deleted',
    ])
    expect(proposedPlaces(parts)).toEqual([
      ANNEX,
      'purposes',
      'purposes',
      'audiences',
      ANNEX,
      ANNEX,
      ANNEX,
      OUT,
      OUT,
    ])
  })

  it('where there are no headings, short lines in bold are', () => {
    const bold = (text: string): Block => ({ kind: 'paragraph', runs: [{ ...plainRun(text), bold: true }] })
    const long = 'x'.repeat(101)
    const titles = (blocks: Block[]): string[] => partsOf(file(blocks))!.map(({ title }) => title)
    expect(
      titles([bold('Helburuak'), paragraph('a'), bold('Garrantzitsua.'), bold(long), bold('Publikoak')]),
    ).toEqual(['Helburuak', 'Publikoak'])
    expect(titles([heading('Helburuak'), bold('Publikoak')])).toEqual(['Helburuak'])
  })

  it('more headings than anybody would go through are refused', () => {
    const many = (count: number): Block[] => Array.from({ length: count }, (_, i) => heading(`h${String(i)}`))
    expect(partsOf(file(many(IMPORT_HEADINGS_MAX)))).toHaveLength(IMPORT_HEADINGS_MAX)
    expect(partsOf(file(many(IMPORT_HEADINGS_MAX + 1)))).toBeNull()
  })

  it('the language is the one whose small words are there', () => {
    expect(languageOf('Los objetivos de la institución y las redes', ['eu', 'es'])).toBe('es')
    expect(languageOf('Gure helburuak hauek dira eta lortu behar ditugu', ['es', 'eu'])).toBe('eu')
    expect(languageOf('Els objectius de la institució amb les xarxes', ['es', 'ca'])).toBe('ca')
    expect(languageOf('1234', ['eu', 'es'])).toBe('eu')
  })
})

describe('[BR7] simple items are records, everything else stays text', () => {
  it('purposes: one an item', () => {
    const long = 'x'.repeat(301)
    const linked: Block = {
      ...(item('web') as Block & { kind: 'item' }),
      runs: [{ ...plainRun('web'), href: 'https://a.example/' }],
    }
    const blocks = [
      paragraph('Queremos:'),
      item('Informar'),
      item('Escuchar'),
      item('de cerca', 1),
      item(long),
      linked,
    ]
    const { records, rest } = takeRecords('purposes', blocks)
    expect(records).toEqual([{ text: 'Informar' }])
    expect(flat(rest).map(({ runs }) => textOf(runs))).toEqual([
      'Queremos:',
      'Escuchar',
      'de cerca',
      long,
      'web',
    ])
    expect(takeRecords('purposes', [item('x'.repeat(300))]).records).toHaveLength(1)
  })
  it('audiences: a name, and what is said behind a colon or a dash', () => {
    expect(
      takeRecords('audiences', [
        item('Jóvenes: de 16 a 29 años'),
        item('Comercios – los del centro'),
        item('Vecindario'),
      ]).records,
    ).toEqual([
      { name: 'Jóvenes', description: 'de 16 a 29 años' },
      { name: 'Comercios', description: 'los del centro' },
      { name: 'Vecindario', description: '' },
    ])
  })
  it('profiles: a table with columns we know, on networks we know', () => {
    const simple = table(
      ['Red', 'Cuenta', 'Dirección'],
      ['Mastodon', '@udala', 'https://m.example/@udala'],
      ['Twitter', '@udala', ''],
    )
    expect(takeRecords('profiles', [simple])).toEqual({
      records: [
        { network: 'mastodon', handle: '@udala', url: 'https://m.example/@udala' },
        { network: 'x', handle: '@udala', url: '' },
      ],
      rest: [],
    })
  })
  it.each([
    ['a column we do not know', table(['Red', 'Cuenta', 'Responsable'], ['X', '@a', 'Prensa'])],
    ['a network we do not know', table(['Red', 'Cuenta'], ['Tuenti', '@a'])],
    ['no account', table(['Red', 'Cuenta'], ['X', ''])],
    ['a cell too many', table(['Red', 'Cuenta'], ['X', '@a', 'y más'])],
    ['an account too long', table(['Red', 'Cuenta'], ['X', 'x'.repeat(61)])],
    ['nothing but its head', table(['Red', 'Cuenta'])],
    ['two columns of one name', table(['Red', 'Red', 'Cuenta'], ['X', 'X', '@a'])],
  ])('profiles: not with %s', (_what, block) => {
    expect(takeRecords('profiles', [block])).toEqual({ records: [], rest: [block] })
  })
})

describe('[BR8] nothing is lost', () => {
  const word = fc.stringMatching(/^[a-zñüé]{1,12}$/)
  const text = fc.array(word, { minLength: 1, maxLength: 8 }).map((all) => all.join(' '))
  const title = fc.oneof(
    text,
    fc.constantFrom('Objetivos', 'Publikoak', 'Perfils', 'Normas', 'Privacidad', 'Tono', 'Anexo'),
  )
  const runs = fc.array(
    fc.record({
      text: text.map((all) => `${all} `),
      bold: fc.boolean(),
      italic: fc.boolean(),
      href: fc.constantFrom(null, 'https://a.example/'),
    }),
    { minLength: 1, maxLength: 3 },
  )
  const leaf: fc.Arbitrary<Block> = fc.oneof(
    runs.map((some): Block => ({ kind: 'paragraph', runs: some })),
    fc.tuple(title, fc.integer({ min: 0, max: 3 })).map(([words, level]) => heading(words, level)),
    fc
      .tuple(runs, fc.integer({ min: 0, max: 12 }), fc.boolean(), fc.boolean())
      .map(([some, level, ordered, continues]): Block => ({
        kind: 'item',
        level,
        ordered,
        continues,
        runs: some,
      })),
    fc
      .array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((rows) => table(['Red', 'Cuenta'], ...rows)),
  )
  const blocks = fc.array(leaf, { minLength: 1, maxLength: 25 })
  const choices = fc.array(
    fc.option(fc.constantFrom(OUT, ...PLACES.flatMap(({ places }) => places.map(({ place }) => place))), {
      nil: null,
    }),
    { minLength: 40, maxLength: 40 },
  )

  it('every word of a file is in the plan afterwards, or in what was left out; and so is what was there before', () => {
    fc.assert(
      fc.property(blocks, choices, fc.array(leaf, { maxLength: 3 }), (all, chosen, aside) => {
        const from = file(all, { margins: aside, notes: [] })
        const parts = partsOf(from)!
        const places = proposedPlaces(parts).map((place, i) => chosen[i] ?? place)
        const doc = plan()
        const settled = settle(parts, places, () => '')
        bring(doc, settled, 'es')
        const out = settled.out.flatMap(({ part, whole }) => [
          part.title,
          ...(whole ? flat(part.blocks).map(({ runs }) => textOf(runs)) : []),
        ])
        const left = `${textsIn(readDocument(PLAN, doc))} ${out.join(' ')}`
        const there = new Map<string, number>()
        for (const one of words(left)) there.set(one, (there.get(one) ?? 0) + 1)
        for (const one of words(
          [...all, ...aside]
            .flatMap((b) => flat([b]))
            .map((b) => textOf(b.runs))
            .join(' '),
        )) {
          const count = there.get(one) ?? 0
          expect(count, one).toBeGreaterThan(0)
          there.set(one, count - 1)
        }
        expect(left).toContain('Lo que ya estaba.')
        expect(left).toContain('El de antes')
      }),
      { numRuns: 300 },
    )
  })

  it('behind what was there, before the empty paragraph of an editor; and taken back without what others wrote', () => {
    const doc = plan()
    const why = (): unknown => readPlan(doc).planning.whyAnswer['es']
    const fragment = doc.getXmlFragment('planning.whyAnswer:es')
    fragment.insert(1, [new Y.XmlElement('paragraph')])
    const parts = partsOf(file([heading('Objetivos'), item('Informar'), paragraph('Y servir.')]))!
    const takeBack = bring(
      doc,
      settle(parts, proposedPlaces(parts), () => ''),
      'es',
    )
    expect(textsIn(why())).toMatch(/Lo que ya estaba\..*Objetivos.*Y servir\./)
    expect((why() as unknown[]).at(-1)).toEqual({ type: 'paragraph' })
    expect(readPlan(doc).planning.purposes.map(({ text: { es: one } }) => one)).toEqual([
      'El de antes',
      'Informar',
    ])
    doc.getXmlFragment('planning.whyAnswer:eu').insert(0, [new Y.XmlElement('paragraph')])
    takeBack()
    expect(textsIn(why())).not.toContain('Y servir.')
    expect(textsIn(why())).toContain('Lo que ya estaba.')
    expect(readPlan(doc).planning.purposes).toHaveLength(1)
    expect(readPlan(doc).planning.whyAnswer['eu']).toHaveLength(1)
  })

  it('what somebody has written since in what was brought stays, and is said', () => {
    const doc = new Y.Doc()
    writeDocument(PLAN, doc, ['es', 'eu'], {})
    const parts = partsOf(
      file([heading('Objetivos'), item('Informar'), item('Escuchar'), paragraph('Uno.'), paragraph('Dos.')]),
    )!
    const takeBack = bring(
      doc,
      settle(parts, proposedPlaces(parts), () => ''),
      'es',
    )
    const fragment = doc.getXmlFragment('planning.whyAnswer:es')
    const two = fragment.toArray().find((node) => node.toString().includes('Dos.')) as Y.XmlElement
    // Somebody else, on their own copy.
    const theirs = new Y.Doc()
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc))
    const [purpose] = [...theirs.getMap('purposes').values()] as Y.Map<Y.Text>[]
    purpose!.get('text:eu')!.insert(0, 'Jakinarazi')
    const at = fragment.toArray().indexOf(two)
    ;((theirs.getXmlFragment('planning.whyAnswer:es').get(at) as Y.XmlElement).get(0) as Y.XmlText).insert(
      4,
      ' Tres.',
    )
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs))

    expect(takeBack()).toEqual(['purposes', 'planning.whyAnswer'])
    expect(readPlan(doc).planning.purposes.map(({ text }) => text['eu'])).toEqual(['Jakinarazi'])
    expect(textsIn(readPlan(doc).planning.whyAnswer['es'])).toMatch(/Dos\. Tres\./)
    expect(textsIn(readPlan(doc).planning.whyAnswer['es'])).not.toMatch(/Uno|Objetivos/)
  })

  it('what was left out is named: whole parts, and the heading of items that are records now', () => {
    const parts = partsOf(
      file([heading('Objetivos'), item('Informar'), heading('Privacidad'), paragraph('a')]),
    )!
    expect(
      settle(parts, ['purposes', OUT], () => '').out.map(({ part, whole }) => [part.title, whole]),
    ).toEqual([
      ['Objetivos', false],
      ['Privacidad', true],
    ])
  })

  it('a note comes along to where it is referred to', () => {
    const referring: Block = { kind: 'paragraph', runs: [plainRun('Texto'), { ...plainRun('[1]'), note: 0 }] }
    const parts = partsOf(
      file([heading('Tono'), referring, heading('Objetivos'), paragraph('b')], {
        notes: [[paragraph('Al pie.')]],
      }),
    )!
    expect(flat(parts[0]!.blocks).map(({ runs }) => textOf(runs))).toEqual(['Texto[1]', '[1] Al pie.'])
    expect(flat(parts[1]!.blocks)).toHaveLength(1)
  })
})

describe('[BR3] long texts', () => {
  it('go in pieces that fit into an update each, and stay the same text', () => {
    const doc = plan()
    const long = `${'hitza '.repeat(60_000)}${'🙂'.repeat(40_000)}`
    const many = Array.from({ length: 20_000 }, (_, i) => item(`${String(i)}.`, i % 3))
    const parts = partsOf(file([heading('Tono'), paragraph(long), ...many]))!
    const sizes: number[] = []
    doc.on('update', (update: Uint8Array) => sizes.push(update.length))
    bring(
      doc,
      settle(parts, proposedPlaces(parts), () => ''),
      'es',
    )
    expect(sizes.length).toBeGreaterThan(6)
    expect(Math.max(...sizes)).toBeLessThan(UPDATE_MAX_BYTES)
    const text = textsIn(readPlan(doc).principles.editorialLine['es']).replace(
      /(paragraph|text|bulletList|listItem|bold)\s?/g,
      '',
    )
    expect(text.replace(/\s/g, '')).toBe(
      `Tono${long}${many.map((one) => textOf(flat([one])[0]!.runs)).join('')}`.replace(/\s/g, ''),
    )
    expect(text).not.toMatch(/[\ud800-\udfff]/u)
  })

  it.each([
    ['one at the limit', [PASTE_MAX_CHARACTERS - 64], 1],
    ['one beyond it', [PASTE_MAX_CHARACTERS - 63], 2],
    ['two small ones', [10, 10], 1],
    ['two large ones', [40_000, 40_000], 2],
  ])('pieces: %s', (_what, lengths, pieces) => {
    expect(inSendable(lengths.map((length) => paragraph('x'.repeat(length))))).toHaveLength(pieces)
  })
})

describe('as the editor has it', () => {
  it('lists in lists, further paragraphs of an item, a list of another kind, a line break, marks', () => {
    const rich = richOf([
      heading('Título', 2),
      item('a'),
      item('b', 1),
      { ...(item('b2', 1) as Block & { kind: 'item' }), continues: true },
      { ...(item('1') as Block & { kind: 'item' }), ordered: true },
      {
        kind: 'paragraph',
        runs: [plainRun('una\nlínea '), { text: 'x', bold: true, italic: true, href: 'https://a.example/' }],
      },
    ])
    const p = (text: string, ...marks: string[]) => ({
      type: 'paragraph',
      content: [
        { type: 'text', text, ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}) },
      ],
    })
    expect(rich).toEqual([
      p('Título', 'bold'),
      {
        type: 'bulletList',
        content: [
          {
            type: 'listItem',
            content: [
              p('a'),
              { type: 'bulletList', content: [{ type: 'listItem', content: [p('b'), p('b2')] }] },
            ],
          },
        ],
      },
      { type: 'orderedList', content: [{ type: 'listItem', content: [p('1')] }] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'una' },
          { type: 'hardBreak' },
          { type: 'text', text: 'línea ' },
          {
            type: 'text',
            text: 'x',
            marks: [
              { type: 'link', attrs: { href: 'https://a.example/' } },
              { type: 'bold' },
              { type: 'italic' },
            ],
          },
        ],
      },
    ])
  })

  it.each([LIST_LEVELS_MAX - 1, LIST_LEVELS_MAX, 40])(
    'a list %i levels deep is read whole again',
    (levels) => {
      const doc = plan()
      const all = Array.from({ length: levels + 1 }, (_, level) => item(`nivel${String(level)}.`, level))
      const parts = partsOf(file([heading('Tono'), ...all]))!
      bring(
        doc,
        settle(parts, proposedPlaces(parts), () => ''),
        'es',
      )
      const read = textsIn(readPlan(doc).principles.editorialLine['es'])
      for (let level = 0; level <= levels; level++) expect(read).toContain(`nivel${String(level)}.`)
    },
  )

  it('signs that are no text are none afterwards', () => {
    expect(tidy([plainRun('  a \t\u0000b\u00ad\u200b  \n  c\ud800 ')]).map(({ text }) => text)).toEqual([
      'a b \nc\ufffd',
    ])
  })
})
