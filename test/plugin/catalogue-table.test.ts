/** What narrows the catalogue on shelves and in the table, in which order it stands, and what is said of tools beside each other [CA20]–[CA24]. */
import { describe, expect, it } from 'vitest'
import type { CatalogueEntry, EntryStatus } from '@auzolan/shared/catalogue/entry.ts'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import { comparedIn } from '@auzolan/shared/catalogue/compared.ts'
import { conclusionOf } from '../../plugin/src/screens/catalogue/compare/compared.ts'
import { criteriaOf } from '../../plugin/src/screens/catalogue/compare/criteria.ts'
import {
  EVERYTHING,
  isNarrowed,
  narrowingIn,
  nearestNeeds,
  placeOf,
  queryOf,
  shown,
  type Narrowing,
} from '../../plugin/src/screens/catalogue/filters.ts'
import { shelvesOf } from '../../plugin/src/screens/catalogue/shelves.ts'
import { whereShort } from '../../plugin/src/screens/catalogue/words.ts'
import type { Zone } from '@auzolan/shared/location/zones.ts'
import { sorted, type SortColumn } from '../../plugin/src/screens/catalogue/sorting.ts'
import { GELA, SAIOA, TAULER, THREE, cardOf, onShelf } from '../support/catalogue-of.ts'

const TOOLS = [onShelf(GELA, 'recommended'), onShelf(SAIOA, 'conditional'), onShelf(TAULER, 'under_review')]
const kindOf = ({ category }: OnShelf): string => (category === 'tasks' ? 'Zereginak' : 'Bideokonferentzia')
const names = (narrowing: Partial<Narrowing>): string =>
  shown(TOOLS, { ...EVERYTHING, ...narrowing }, kindOf)
    .map(({ name }) => name)
    .join()

describe('[CA20] what is shown', () => {
  it.each<[Partial<Narrowing>, string]>([
    [{}, 'Gela,Saioa Meet,Tauler'],
    [{ words: 'bideo' }, 'Gela,Saioa Meet'],
    [{ words: 'saoia' }, 'Saioa Meet'],
    [{ words: 'herri tresnak' }, 'Gela'],
    [{ words: 'zeregin' }, 'Tauler'],
    [{ words: '?!' }, 'Gela,Saioa Meet,Tauler'],
    [{ words: 'xilofono' }, ''],
    // What stands on the card alone.
    [{ words: 'hiru' }, 'Saioa Meet'],
    // One calls itself so, the others say it of themselves.
    [{ words: 'tauler' }, 'Tauler'],
    [{ needs: ['personal'] }, 'Gela,Saioa Meet'],
    [{ needs: ['offline'] }, 'Tauler'],
    [{ needs: ['eea'] }, 'Gela'],
    [{ needs: ['open'] }, 'Gela'],
    [{ aspects: { status: 'under_review' } }, 'Tauler'],
    [{ aspects: { level: 'collective' } }, 'Gela,Saioa Meet'],
    [{ aspects: { class: 'manage' } }, 'Tauler'],
    [{ aspects: { data: 'special_art9' } }, 'Gela'],
    [{ aspects: { place: 'own' } }, 'Gela'],
    [{ aspects: { place: 'eea' } }, 'Gela'],
    [{ aspects: { place: 'adequate' } }, 'Tauler'],
    [{ aspects: { licence: 'closed' } }, 'Saioa Meet'],
    [{ aspects: { licence: 'unsaid' } }, 'Tauler'],
    [{ aspects: { cost: 'subscription' } }, 'Saioa Meet'],
    [{ aspects: { offline: 'none' } }, 'Gela,Saioa Meet'],
    [{ aspects: { department: 'gazteria' } }, 'Gela'],
    [{ words: 'bideo', needs: ['personal'], aspects: { cost: 'subscription' } }, 'Saioa Meet'],
  ])('%j: %s', (narrowing, found) => expect(names(narrowing)).toBe(found))
  it.each<[CatalogueEntry['location']['worst'], boolean, string]>([
    ['ES', true, 'own'],
    ['ES', false, 'union'],
    ['EU', false, 'union'],
    ['EEA', true, 'eea'],
    ['ADEQUATE_PARTIAL', false, 'adequate'],
    ['THIRD', true, 'third'],
    ['UNKNOWN', true, 'unknown'],
    [null, true, 'own'],
    [null, false, 'unknown'],
  ])('data in %s, on own servers %s, are %s', (worst, own, place) =>
    expect(placeOf({ location: { ...GELA.location, worst, own } })).toBe(place),
  )
})

describe('[CA20] a need and a choice of the same name', () => {
  const places: readonly (readonly [CatalogueEntry['location']['worst'], boolean, boolean])[] = [
    ...(['ES', 'EU', 'EEA', 'ADEQUATE', 'THIRD', 'UNKNOWN', null] as const).flatMap((worst) =>
      [true, false].flatMap((own) => [true, false].map((exposed) => [worst, own, exposed] as const)),
    ),
  ]
  const tools = places.map(([worst, own, exposed], i) => ({
    ...onShelf(
      { ...GELA, id: String(i), location: { ...GELA.location, worst, own, exposed } },
      'recommended',
    ),
  }))
  const found = (narrowing: Partial<Narrowing>, of: readonly OnShelf[]): readonly string[] =>
    shown(of, { ...EVERYTHING, ...narrowing }, kindOf).map(({ id }) => id)
  it('find the same tools: those of which nothing is outside the EEA, and no law from outside reaches', () => {
    const byNeed = found({ needs: ['eea'] }, tools)
    expect(found({ aspects: { place: 'eea' } }, tools)).toEqual(byNeed)
    const said = byNeed.map((id) => places[Number(id)]!.join())
    expect(said).toEqual([
      ...[
        'ES,true,true',
        'ES,true,false',
        'ES,false,false',
        'EU,true,true',
        'EU,true,false',
        'EU,false,false',
      ],
      ...['EEA,true,true', 'EEA,true,false', 'EEA,false,false', ',true,true', ',true,false'],
    ])
  })
  it('a need leads to nothing that was withdrawn', () => {
    const both = [
      onShelf({ ...GELA, offline: 'full_edit' }, 'recommended'),
      onShelf({ ...GELA, id: 'w', offline: 'full_edit' }, 'withdrawn'),
    ]
    for (const need of ['personal', 'offline', 'eea', 'open'] as const)
      expect([need, found({ needs: [need] }, both)]).toEqual([need, [GELA.id]])
    expect(found({ aspects: { place: 'eea' } }, both)).toEqual([GELA.id, 'w'])
  })
})

describe('[CA9] the shelves', () => {
  const named = (
    name: string,
    category: string,
    status: EntryStatus,
    usedBy: readonly string[] = [],
  ): OnShelf => ({
    ...onShelf({ ...GELA, id: name, name, category, departmentsUsing: [] }, status),
    usedBy,
  })
  const kind = ({ category }: OnShelf): string => category
  const order = (tools: readonly OnShelf[], ranked = false): string[] =>
    shelvesOf(tools, kind, 'eu', ranked).map(
      ({ need, tools: of }) => `${need}: ${of.map(({ name }) => name).join()}`,
    )
  it('stand by how many one may take, then by how many departments use something of them, then by name', () => {
    expect(
      order([
        named('A', 'alferrik', 'not_recommended', ['kultura', 'gazteria', 'ingurumena']),
        named('B', 'bat', 'recommended', ['kultura']),
        named('C', 'bestea', 'conditional'),
        named('D', 'bi', 'under_review'),
        named('E', 'bi', 'conditional'),
        named('F', 'bi', 'recommended'),
        named('G', 'alde', 'recommended'),
        named('H', 'zain', 'under_review'),
      ]),
    ).toEqual(['bi: F,E,D', 'bat: B', 'alde: G', 'bestea: C', 'zain: H', 'alferrik: A'])
  })
  it('as they were found, where words were typed', () =>
    expect(order([named('Z', 'z', 'withdrawn'), named('A', 'a', 'recommended')], true)).toEqual([
      'z: Z',
      'a: A',
    ]))
})

it('[TU13] departments that say they use a tool count before those it was decided for', () => {
  const [gela, saioa] = [
    onShelf(GELA, 'recommended'),
    { ...onShelf(SAIOA, 'conditional'), usedBy: ['udaltzaingoa'] },
  ]
  const inDepartment = (department: string): string =>
    shown([gela!, saioa], { ...EVERYTHING, aspects: { department } }, kindOf)
      .map(({ name }) => name)
      .join()
  expect(['kultura', 'gazteria', 'udaltzaingoa'].map(inDepartment)).toEqual(['Gela', 'Gela', 'Saioa Meet'])
})

describe('[CA28] where the data are, in a line', () => {
  const zones: { readonly [country: string]: Zone } = {
    ES: 'ES',
    FR: 'EU',
    NO: 'EEA',
    GB: 'ADEQUATE',
    IN: 'THIRD',
  }
  const line = (location: Partial<OnShelf['location']>): string =>
    whereShort(
      { own: false, worst: 'EU', atRest: ['FR'], backedUp: [], reachedFrom: [], ...location },
      (country) => zones[country]!,
    )
  it.each<[Partial<OnShelf['location']>, string]>([
    [{}, 'EU'],
    [{ own: true }, 'On our own servers'],
    [{ backedUp: ['GB'] }, 'EU; backup in GB'],
    [{ backedUp: ['NO'] }, 'EU'],
    [{ reachedFrom: ['IN'] }, 'EU; reached from IN'],
    [{ backedUp: ['GB'], reachedFrom: ['IN', 'NO'] }, 'EU; backup in GB; reached from IN'],
    [{ backedUp: ['GB'], reachedFrom: ['GB'] }, 'EU; backup in GB; reached from GB'],
    [{ worst: null, backedUp: ['GB'] }, 'EU'],
  ])('%j: %s', (location, said) => expect(line(location)).toBe(said))
})

describe('[CA21] the address', () => {
  it('says all of it, and is read back the same', () => {
    const all: Narrowing = {
      words: 'bideo deia',
      needs: ['personal', 'open'],
      aspects: { status: 'conditional', department: 'kultura', data: 'personal_citizen' },
    }
    expect(narrowingIn(queryOf(all))).toEqual(all)
    expect([isNarrowed(all), isNarrowed(EVERYTHING)]).toEqual([true, false])
    expect(queryOf(EVERYTHING)).toEqual({})
  })
  it.each([
    [{ need: 'personal,all,open,personal' }, { needs: ['personal', 'open'] }],
    [{ status: 'splendid', level: ['individual'], data: '' }, {}],
    [{ q: ['a', 'b'] }, {}],
    [{ q: 'x'.repeat(201) }, { words: 'x'.repeat(200) }],
    [{ department: 'whatever' }, { aspects: { department: 'whatever' } }],
  ])('%j is read as far as it is known', (query, read) =>
    expect(narrowingIn(query)).toEqual({ ...EVERYTHING, ...read }),
  )
})

describe('[CA22] where nothing is like that', () => {
  const nearest = (narrowing: Partial<Narrowing>): string[] =>
    nearestNeeds(TOOLS, { ...EVERYTHING, ...narrowing }, kindOf).map(({ kind, tools }) => `${kind} ${tools}`)
  it('the needs with most of what was asked for are said, two at most', () => {
    expect(nearest({ words: 'lanak xilofono' })).toEqual(['Zereginak 1'])
    expect(nearest({ needs: ['offline'], words: 'xilofono' })).toEqual(['Zereginak 1'])
    expect(nearest({ needs: ['personal', 'offline'], words: 'lanak xilofono' })).toEqual([
      'Zereginak 1',
      'Bideokonferentzia 2',
    ])
    expect(nearestNeeds([], EVERYTHING, kindOf)).toEqual([])
    expect(nearestNeeds(TOOLS, { ...EVERYTHING, words: 'tresnak' }, ({ name }) => name)).toHaveLength(1)
    expect(nearestNeeds(TOOLS, { ...EVERYTHING, needs: ['personal'] }, ({ name }) => name)).toHaveLength(2)
  })
  it('nothing is near what nobody has written', () => {
    for (const words of ['xilofono', 'qwrtz', 'asdf jkl', '???'])
      expect([words, nearest({ words })]).toEqual([words, []])
  })
})

describe('[CA23] the order of the table', () => {
  const said = (tool: OnShelf, column: SortColumn): string =>
    column === 'licence' ? tool.licence : column === 'cost' ? (tool.costModel ?? '') : tool.classes.join()
  const order = (by: SortColumn, down = false): string =>
    sorted(TOOLS, { by, down }, 'eu', said)
      .map(({ name }) => name[0])
      .join('')
  it.each<[SortColumn, string, string]>([
    ['name', 'GST', 'TSG'],
    ['status', 'GST', 'TSG'],
    ['level', 'GST', 'TGS'],
    ['data', 'GST', 'TSG'],
    ['place', 'GTS', 'STG'],
    // What says nothing is last, both ways.
    ['licence', 'GST', 'SGT'],
    ['offline', 'TGS', 'GST'],
    ['department', 'GST', 'TSG'],
    ['class', 'TGS', 'GST'],
  ])('by %s is %s, and the other way %s', (by, up, down) =>
    expect([order(by), order(by, true)]).toEqual([up, down]),
  )
  it.each<[SortColumn, Partial<OnShelf>]>([
    ['level', { allowedLevels: [] }],
    ['data', { allowedDataClasses: [] }],
    ['offline', { offline: null }],
  ])('by %s: what has none is last both ways', (by, none) => {
    const tools = [{ ...TOOLS[0]!, ...none, name: 'Azkena' }, ...TOOLS]
    for (const down of [false, true])
      expect(sorted(tools, { by, down }, 'eu', said).at(-1)!.name).toBe('Azkena')
  })
})

describe('[CA24] beside each other', () => {
  it.each([
    ['a,b', ['a', 'b'], 0],
    ['a,b,a,,b', ['a', 'b'], 0],
    ['a,b,c,d', ['a', 'b', 'c', 'd'], 0],
    ['a,b,c,d,e', ['a', 'b', 'c', 'd'], 1],
    ['', [], 0],
    [undefined, [], 0],
    [['a', 'b'], [], 0],
  ])('%j are %j, and %i is left out', (query, ids, left) => expect(comparedIn(query)).toEqual({ ids, left }))

  const told = (status: EntryStatus, changes: Partial<CatalogueEntry> = {}) =>
    cardOf({ ...GELA, ...changes }, status)
  it('one sentence says which of them may hold the most guarded data that any may, and which asks for nothing', () => {
    expect(conclusionOf(THREE)).toEqual({
      kind: 'data',
      data: 'special_art9',
      may: ['Gela'],
      all: false,
      free: 'Gela',
    })
    const citizens = { allowedDataClasses: ['personal_citizen'] as const }
    const both = [told('recommended', citizens), told('conditional', { ...citizens, name: 'Beste' })]
    expect(conclusionOf(both)).toMatchObject({ data: 'personal_citizen', all: true, free: 'Gela' })
    // Recommended, and yet with conditions: it asks for something.
    const asking = [told('recommended', { ...citizens, conditions: SAIOA.conditions }), both[1]!]
    expect(conclusionOf(asking)).toMatchObject({ all: true, free: null })
    expect(conclusionOf([both[0]!, { ...both[0]!, entry: { ...GELA, name: 'Bestea' } }])).toMatchObject({
      free: 'Bestea',
    })
  })
  it('what is withdrawn, not recommended or looked at again holds nothing', () => {
    for (const status of ['withdrawn', 'not_recommended', 'under_review'] as const)
      expect(conclusionOf([told(status), told(status)])).toEqual({ kind: 'none' })
    expect(conclusionOf([])).toEqual({ kind: 'none' })
  })

  const ground = { today: '2026-11-26', languages: ['eu', 'es'], where: () => 'nonbait' }
  const looks = (id: string): string[] =>
    criteriaOf(THREE, ground)
      .find((row) => row.id === id)!
      .cells.map(({ look }) => look)
  it.each([
    ['data', ['good', 'good', 'care']],
    ['place', ['good', 'care', 'care']],
    ['offline', ['no', 'no', 'care']],
    ['languages', ['good', 'care', 'care']],
    ['conditions', ['good', 'care', 'good']],
    ['licence', ['plain', 'plain', 'unknown']],
    ['review', ['plain', 'plain', 'late']],
  ])('%s looks %j', (id, looking) => expect(looks(id)).toEqual(looking))
  it('lines that say the same are known, intervals with them', () => {
    const rows = criteriaOf([told('recommended'), told('recommended', { licence: 'MIT' })], ground)
    expect(rows.filter(({ same }) => !same).map(({ id }) => id)).toEqual(['licence'])
    const wider = told('recommended', { score: { ...GELA.score!, low: 60 } })
    const scores = criteriaOf([told('recommended'), wider], ground).find(({ id }) => id === 'score')!
    expect(scores.same).toBe(false)
  })
  it('what is withdrawn says until when', () => {
    const rows = criteriaOf([told('withdrawn', { exitOn: '2027-06-30' }), told('recommended')], ground)
    expect(rows.find(({ id }) => id === 'review')!.cells[0]).toMatchObject({ look: 'no' })
  })
})
