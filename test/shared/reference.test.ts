/** Lists of reference data: what comes with the program, what is taken from outside, files, and differences. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPlan } from '@auzolan/shared/checks/run.ts'
import type { CheckContext } from '@auzolan/shared/checks/finding.ts'
import { itemName } from '@auzolan/shared/checks/required.ts'
import {
  REFERENCE_EDITION_MAX_BYTES,
  REFERENCE_ENTRIES_MAX,
  REFERENCE_FILE_MAX_BYTES,
  REFERENCE_PROBLEMS_MAX,
} from '@auzolan/shared/limits.ts'
import { parseCsv, toCsv } from '@auzolan/shared/reference/csv.ts'
import { differences, isSame } from '@auzolan/shared/reference/differences.ts'
import { csvFile, jsonFile, readFile } from '@auzolan/shared/reference/file.ts'
import { referenceList, type Entry, type ReferenceList } from '@auzolan/shared/reference/list.ts'
import { readEntries, type Problem } from '@auzolan/shared/reference/reading.ts'
import {
  BUILTIN,
  LIST_IDS,
  LISTS,
  isListId,
  licenceLabel,
  networkLabel,
} from '@auzolan/shared/reference/references.ts'
import { parsePlan } from '@auzolan/shared/checks/run.ts'

/** One column of each kind. */
const ALL = referenceList(
  {
    id: 'all',
    key: ['id'],
    columns: {
      id: { kind: 'id', required: true },
      text: { kind: 'text', min: 3, max: 5 },
      language: { kind: 'language' },
      link: { kind: 'link' },
      number: { kind: 'number', min: 1, max: 100 },
      flag: { kind: 'flag' },
      choice: { kind: 'choice', options: ['one', 'two'] },
      translated: { kind: 'translated', max: 5 },
      texts: { kind: 'texts', max: 5, count: 2 },
    },
  },
  { verifiedOn: '2026-11-23', source: 'us', entries: [] },
) as unknown as ReferenceList
const EMPTY = {
  text: '',
  language: '',
  link: '',
  number: null,
  flag: false,
  choice: 'one',
  translated: {},
  texts: [],
}

const problems = (raw: unknown, list: ReferenceList = ALL): readonly Problem[] => {
  const read = readEntries(list, raw)
  return read.kind === 'wrong' ? read.problems : []
}

describe('[RD1] what comes with the program', () => {
  it.each(LIST_IDS)('%s: dated, with its source, and as the list asks of others', (id) => {
    const list = LISTS[id]
    expect(list.id).toBe(id)
    expect(list.builtin.verifiedOn).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(list.builtin.source).not.toBe('')
    expect(readEntries(list, list.builtin.entries)).toEqual({ kind: 'read', entries: list.builtin.entries })
  })
  it('says the limits of the networks as they were found (DOMAIN A.13)', () => {
    const limits = BUILTIN.networks.map((n) => [
      n.id,
      n.textMax,
      n.unit,
      n.altMax,
      n.hashtagMax,
      n.confidence,
    ])
    expect(limits).toEqual([
      ['mastodon', 500, 'graphemes', 1_500, null, 'medium'],
      ['bluesky', 300, 'graphemes', null, null, 'high'],
      ['instagram', 2_200, 'characters', 1_000, 5, 'high'],
      ['facebook', 63_206, 'characters', null, null, 'low'],
      ['x', 280, 'weighted', 1_000, null, 'high'],
      ['threads', 500, 'bytes', null, 1, 'medium'],
      ['linkedin', 3_000, 'characters', 4_086, null, 'high'],
      ['youtube', 5_000, 'bytes', null, 15, 'high'],
      ['tiktok', 2_200, 'utf16', null, null, 'high'],
      ['telegram', 4_096, 'utf16', null, null, 'high'],
      ['whatsapp', null, 'characters', null, null, 'low'],
      ['blog', null, 'characters', null, null, 'high'],
    ])
    const [mastodon, bluesky, , facebook, x] = BUILTIN.networks
    expect([mastodon!.urlWeight, x!.urlWeight]).toEqual([23, 23])
    expect([bluesky!.bytesMax, facebook!.softMax]).toEqual([3_000, 500])
    expect(
      BUILTIN.networks.filter((n) => n.mediaTextMax !== null).map((n) => [n.id, n.mediaTextMax]),
    ).toEqual([['telegram', 1_024]])
  })
  it('has its notes in every language of the screens', () => {
    for (const { id, notes } of BUILTIN.networks)
      expect([[], ['ca', 'en', 'es', 'eu']], id).toContainEqual(Object.keys(notes).sort())
  })
  it('calls by its id what is not in the list', () => {
    expect([networkLabel('x'), networkLabel('pixelfed')]).toEqual(['X', 'pixelfed'])
    expect(licenceLabel('MINE')).toBe('MINE')
    const references = {
      ...BUILTIN,
      networks: [{ ...BUILTIN.networks[0]!, id: 'pixelfed', label: 'Pixelfed' }],
    }
    expect(networkLabel('pixelfed', references)).toBe('Pixelfed')
    expect(itemName({ displayName: 'Udala', network: 'pixelfed' }, 'eu', references)).toBe('Udala · Pixelfed')
    expect(isListId('__proto__')).toBe(false)
  })
})

describe('[RD2] entries from outside', () => {
  it('have every column, without blanks around what they say', () => {
    expect(
      readEntries(ALL, [{ id: ' a ', text: ' abc ', texts: [' x ', ''], translated: { eu: ' a ', es: '' } }]),
    ).toEqual({
      kind: 'read',
      entries: [{ ...EMPTY, id: 'a', text: 'abc', texts: ['x'], translated: { eu: 'a' } }],
    })
  })
  const wrong: [string, object, string, string][] = [
    ['no id', { id: '' }, 'id', 'missing'],
    ['an id with a blank', { id: 'a b' }, 'id', 'no_id'],
    ['an id that is a number', { id: 7 }, 'id', 'no_id'],
    ['an id that is an object', { id: { toString: '' } }, 'id', 'no_id'],
    ['an id of 41 signs', { id: 'a'.repeat(41) }, 'id', 'no_id'],
    ['a text of six signs', { text: '🦔🦔🦔🦔🦔🦔' }, 'text', 'too_long'],
    ['a text of two', { text: 'ab' }, 'text', 'too_short'],
    ['a text that is three accents', { text: '\u0301\u0301\u0301' }, 'text', 'too_short'],
    ['a text that is a list', { text: ['abc'] }, 'text', 'no_text'],
    ['a language that is none', { language: 'Euskara!' }, 'language', 'no_language'],
    ['a link a browser would run', { link: 'javascript:alert(1)' }, 'link', 'no_link'],
    ['a link of 501 signs', { link: `https://a.example/${'a'.repeat(483)}` }, 'link', 'no_link'],
    ['a number below', { number: 0 }, 'number', 'no_number'],
    ['a number above', { number: 101 }, 'number', 'no_number'],
    ['a fraction', { number: 1.5 }, 'number', 'no_number'],
    ['a number in words', { number: '12' }, 'number', 'no_number'],
    ['a flag in words', { flag: 'yes' }, 'flag', 'no_flag'],
    ['another choice', { choice: 'three' }, 'choice', 'no_choice'],
    ['a translation too long', { translated: { eu: 'aaaaaa' } }, 'translated', 'too_long'],
    ['a translation into nothing', { translated: { '!': 'a' } }, 'translated', 'no_language'],
    ['a translation that is text', { translated: 'a' }, 'translated', 'no_text'],
    ['three texts', { texts: ['a', 'b', 'c'] }, 'texts', 'too_many'],
    ['a text of a list too long', { texts: ['aaaaaa'] }, 'texts', 'too_long'],
    ['a column there is not', { color: 'red' }, 'color', 'unknown_column'],
    [
      'a column of every object',
      JSON.parse('{"__proto__": {"flag": true}}') as object,
      '__proto__',
      'unknown_column',
    ],
  ]
  it.each(wrong)('%s is said by row and column', (_what, part, column, code) => {
    const entry = Object.assign(Object.create(null) as object, { id: 'b' })
    for (const name of Object.keys(part))
      Object.defineProperty(entry, name, { value: (part as Entry)[name], enumerable: true })
    expect(problems([{ id: 'a' }, entry])).toMatchObject([{ row: 2, column, code }])
  })
  it('of the same key are one too many, however it is written', () => {
    expect(problems([{ id: 'a' }, { id: 'b' }, { id: 'A' }])).toMatchObject([
      { row: 3, code: 'twice', detail: '1' },
    ])
  })
  it.each([
    ['nothing', undefined, 'no_list'],
    ['an object', {}, 'no_list'],
    ['none', [], 'no_entries'],
    [
      'one more than there may be',
      Array.from({ length: REFERENCE_ENTRIES_MAX + 1 }, (_, i) => ({ id: `a${i}` })),
      'too_many',
    ],
  ])('%s are no list', (_what, raw, code) => expect(problems(raw)).toMatchObject([{ row: null, code }]))
  it('of the most there may be are taken', () =>
    expect(problems(Array.from({ length: REFERENCE_ENTRIES_MAX }, (_, i) => ({ id: `a${i}` })))).toEqual([]))
  it.each([null, 7, 'a', ['a']])('that are %j are none', (entry) =>
    expect(problems([entry])).toMatchObject([{ row: 1, column: null, code: 'no_entry' }]),
  )
  it('that are too much for one edition are refused as a whole', () => {
    const notes = (languages: number) =>
      Object.fromEntries(['en', 'es', 'eu'].slice(0, languages).map((l) => [l, 'é'.repeat(600)]))
    const entries = (languages: number) =>
      Array.from({ length: 60 }, (_, i) => ({
        ...BUILTIN.networks[0]!,
        id: `n${i}`,
        notes: notes(languages),
      }))
    const size = (languages: number) => Buffer.byteLength(JSON.stringify(entries(languages)))
    expect([size(2) < REFERENCE_EDITION_MAX_BYTES, size(3) > REFERENCE_EDITION_MAX_BYTES]).toEqual([
      true,
      true,
    ])
    expect(problems(entries(2), LISTS.networks)).toEqual([])
    expect(problems(entries(3), LISTS.networks)).toMatchObject([{ row: null, code: 'too_large' }])
  })
  it('that are all wrong are not all said', () => {
    expect(problems(Array.from({ length: 500 }, () => ({ id: '' })))).toHaveLength(REFERENCE_PROBLEMS_MAX)
  })
  it('make no reader fall over, and come out as they go in again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record(
            { id: fc.anything(), text: fc.anything(), translated: fc.anything(), texts: fc.anything() },
            { requiredKeys: [] },
          ),
        ),
        (raw) => {
          const read = readEntries(ALL, raw)
          if (read.kind === 'read') expect(readEntries(ALL, read.entries)).toEqual(read)
        },
      ),
    )
  })
})

describe('[RD4] lists as files', () => {
  it.each(LIST_IDS)('%s: what goes out comes in again, in both forms', (id) => {
    const list = LISTS[id]
    const { entries, verifiedOn, source } = list.builtin
    expect(readFile(list, jsonFile(list, list.builtin))).toEqual({
      kind: 'read',
      entries,
      verifiedOn,
      source,
    })
    expect(readFile(list, csvFile(list, entries))).toEqual({
      kind: 'read',
      entries,
      verifiedOn: '',
      source: '',
    })
  })
  it('as a spreadsheet of here writes them: semicolons, capitals in flags, empty lines', () => {
    const text = '\uFEFFid;label;url;ours\r\n"MINE";"Nuestra; licencia";https://a.example/;TRUE\r\n;;;\r\n'
    expect(readFile(LISTS.licences, text)).toMatchObject({
      kind: 'read',
      entries: [{ id: 'MINE', label: 'Nuestra; licencia', ours: true, shareAlike: false, notes: {} }],
    })
  })
  it('without what the form asks besides', () => {
    expect(readFile(LISTS.languages, '[{"id":"de"}]')).toMatchObject({
      entries: [{ id: 'de', name: {} }],
      verifiedOn: '',
    })
    expect(
      readFile(LISTS.languages, '{"entries":[{"id":"de"}],"verifiedOn":"soon","source":7}'),
    ).toMatchObject({ verifiedOn: '', source: '' })
  })
  it.each([
    ['nothing', '', 'no_file'],
    ['a letter', 'Dear all,\nthe phrases are', 'no_file'],
    ['half a file', '{"entries": [', 'no_file'],
    ['a quote that never ends', 'use,language,phrase\nnoPurpose,es,"porque', 'no_file'],
    ['another list', jsonFile(LISTS.networks, LISTS.networks.builtin), 'other'],
    ['a book', 'a'.repeat(REFERENCE_FILE_MAX_BYTES + 1), 'too_large'],
  ])('%s is said to be none', (_what, text, why) =>
    expect(readFile(LISTS.phrases, text)).toEqual({ kind: 'unreadable', why }),
  )
  it('with a column of somebody else, or a wrong row, say which', () => {
    expect(readFile(LISTS.phrases, 'use,phrase,colour\n')).toMatchObject({
      problems: [{ row: null, column: 'colour', code: 'unknown_column' }],
    })
    expect(
      readFile(LISTS.phrases, 'use,language,phrase\nnoPurpose,es,porque toca\nnever,es,hola\n'),
    ).toMatchObject({
      problems: [{ row: 2, column: 'use', code: 'no_choice' }],
    })
    expect(
      readFile(LISTS.networks, 'id,label,unit,confidence,textMax\na,A,bytes,high,63.206\n'),
    ).toMatchObject({
      problems: [{ row: 1, column: 'textMax', code: 'no_number' }],
    })
  })
  it('hold nothing a spreadsheet would run, and give it back as it was', () => {
    const rows = [
      ['=1+1', '-2', '+3', '@a', '\t=1', '\r=1', '\u200B=1', ' +1', "'q", 'a"b', 'a,b', 'a;b', 'a\nb', ''],
    ]
    const text = toCsv(rows)
    expect(text.slice(1)).not.toMatch(/(^|[,;])"?[\s\u200B]*[=+\-@]/)
    expect(parseCsv(text)).toEqual(rows)
  })
  it('keep any text', () => {
    const cell = fc.string({ unit: 'binary' }).filter((text) => !text.startsWith("'"))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        // With an ordinary head, as all of ours have; rows without anything in them are left out.
        const kept = rows.filter((row) => row.some((text) => text.trim() !== ''))
        expect(parseCsv(toCsv([['a', 'b'], ...rows]))).toEqual([['a', 'b'], ...kept])
      }),
    )
  })
})

describe('differences between editions', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ ...EMPTY, id })) as unknown as [Entry, Entry, Entry]
  it('are what was added, changed and removed, wherever it stands', () => {
    const after = { ...b, text: 'abc', translated: { eu: 'a' } }
    expect(differences(ALL, [a, b], [c, after])).toEqual({
      added: [c],
      changed: [{ before: b, after, columns: ['text', 'translated'] }],
      removed: [a],
    })
    expect(isSame(differences(ALL, [a, b], [b, a]))).toBe(true)
    expect(isSame(differences(ALL, [a], [a, b]))).toBe(false)
  })
})

describe('[RD5] checks', () => {
  const context: CheckContext = { languages: ['gl', 'es'], today: '2026-11-23', inForce: false }
  const freedom = (text: { gl: string; es: string }, phrases = BUILTIN.phrases) => {
    const plan = parsePlan(JSON.stringify({ staffGuidance: { freedom: text } }), context.languages)
    const { findings } = checkPlan(plan, { ...context, references: { ...BUILTIN, phrases } })
    return findings.filter(({ check }) => check === 'P-21').map(({ path }) => path)
  }
  it('ask for the words of the list where there are any for the language, for a sentence where there are none', () => {
    expect(freedom({ gl: 'A opinión é libre', es: 'La opinión es libre' })).toEqual([
      'staffGuidance.freedom:es',
    ])
    expect(freedom({ gl: ' ', es: 'Hay libertad de expresión' })).toEqual(['staffGuidance.freedom:gl'])
    expect(freedom({ gl: 'a', es: 'a' }, [])).toEqual([])
  })
})
