/** What stands of a suggestion, which addresses a tool may have, and what is taken over from others, by table [SU1]–[SU3]. */
import { describe, expect, it, vi } from 'vitest'
import { linkOfTool, toolAddress } from '@auzolan/shared/catalogue/address.ts'
import type { ImportRead } from '@auzolan/shared/catalogue/imported.ts'
import { readPubliccode } from '@auzolan/shared/catalogue/publiccode.ts'
import { readPublishedEntries } from '@auzolan/shared/catalogue/published-entry.ts'
import { seenLength } from '@auzolan/shared/catalogue/signs.ts'
import {
  isPlainName,
  suggestionKey,
  suggestionStatus,
  type SuggestionFacts,
} from '@auzolan/shared/catalogue/suggestion.ts'
import {
  IMPORT_MAX_BYTES,
  IMPORT_MAX_DEPTH,
  IMPORT_TOOLS_MAX,
  LINK_MAX_CHARACTERS,
  SUGGESTION_TEXT_MAX_CHARACTERS,
  TOOL_NAME_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'

describe('[SU1] what stands of it follows from what was said and done', () => {
  const facts: SuggestionFacts = { mergedInto: null, evaluation: 'none', declined: null, people: 1 }
  it.each([
    [{}, 'new'],
    [{ people: 0 }, 'new'],
    [{ people: 2 }, 'shared'],
    [{ declined: 'Zergatia' }, 'declined'],
    [{ declined: 'Zergatia', people: 9 }, 'declined'],
    [{ evaluation: 'begun' }, 'under_evaluation'],
    [{ evaluation: 'in_force', declined: 'Zergatia' }, 'evaluated'],
    [{ mergedInto: 'x', evaluation: 'in_force' }, 'duplicate'],
  ] as const)('%j: %s', (more, status) => expect(suggestionStatus({ ...facts, ...more })).toBe(status))

  it.each([
    ['Saioa Meet', 'saioa-meet', true],
    ['SAIOA  MÉET', 'saioameet', true],
    ['Zoom', 'Loom', false],
    ['C++', 'C', false],
    ['C++', 'C#', false],
    ['Notepad', 'Notepad++', false],
    ['notepad ++', 'Notepad++', true],
    ['Orri+', 'Orri', false],
    ['Z', 'Zாாா', false],
    ['कि', 'का', false],
    ['Saioa™ Meet®', 'saioa.meet', true],
    ['Saio´a', 'Saioa', true],
    ['…', '—', true],
  ])('%s and %s are called the same: %s', (one, other, same) =>
    expect(suggestionKey(one) === suggestionKey(other)).toBe(same),
  )
  it.each([
    ['Ideamapa 2', true],
    ['Жираф', true],
    ['', false],
    ['…', false],
    ['😀', false],
    ['two\nlines', false],
    ['Zoom\u202Egpj', false],
    ['Zoo\u200Bm', false],
    ['\u3164', false],
    ['\uFFA0', false],
    ['\u115F\u1160', false],
    ['Zoom\u3164', false],
    ['Zoom\u2800', false],
    ['\uFE0F', false],
    ['Zoom\uFE0F', false],
    ['Zoom\u034F', false],
    ['Zoom\u17B4', false],
    ['Zoom\u17B5', false],
    ['Zoom\u180B', false],
    ['\u{13441}\u{13442}', false],
    ['Zoom\u{13441}', false],
    ['Zoom\u{13442}', false],
    ['Zoom\u{16FE4}', false],
    ['\u{16FE4}', false],
    ['Zoom\uFFFC', false],
    ['Zoom\u180D', false],
    ['Zoom\u0378', false],
    ['Zoom\uE000', false],
    ['Zoom\uD800', false],
    ['\u0301\u0302', false],
    // What makes one picture of several, and one letter of several, belongs to the name.
    ['Maitasuna ❤\uFE0F', true],
    ['Familia 👩\u200D👧', true],
    ['Gela 1\uFE0F\u20E3', true],
    ['می\u200Cخواهم', true],
    ['क्\u200Dष', true],
    ['Zo\u200Dom', false],
    ['\u200Cمی', false],
  ])('%j can be read as a name: %s', (name, plain) => expect(isPlainName(name)).toBe(plain))
})

describe('[SU5] how much of a text is seen', () => {
  it.each([
    ['Bai', 3],
    [' \n ', 0],
    ['\u3164\u2800 \u200B', 0],
    ['\u{13441}\u{16FE4}\uFFFC', 0],
    ['\u0301\u0301', 0],
    ['a\u200B\u200B   b', 3],
    ['…', 1],
  ])('%j: %i', (text, length) => expect(seenLength(text)).toBe(length))
})

describe('[SU2] an address', () => {
  const least = 'https://a.example/'
  it.each([
    ['', ''],
    ['ideamapa.example', 'https://ideamapa.example/'],
    [' http://ideamapa.example/app?x=1 ', 'http://ideamapa.example/app?x=1'],
    ['https://tresna.example/ñ', 'https://tresna.example/%C3%B1'],
    // A letter that looks like another one shows.
    ['https://pаypal.example', 'https://xn--pypal-4ve.example/'],
    [least.padEnd(LINK_MAX_CHARACTERS, 'a'), least.padEnd(LINK_MAX_CHARACTERS, 'a')],
  ])('%s is kept as %s', (written, address) => expect(toolAddress(written)).toEqual({ address }))
  it.each([
    ['javascript:alert(1)', 'form'],
    ['JaVaScRiPt:alert(1)', 'form'],
    ['java\nscript:alert(1)', 'form'],
    ['data:text/html,x', 'form'],
    ['file:///etc/passwd', 'form'],
    ['mailto:ane@haranberri.example', 'form'],
    ['just words', 'form'],
    ['https://a.example/\u202Egpj.exe', 'form'],
    ['https://a.example/\0', 'form'],
    ['https://a\u200B.example/', 'form'],
    ['https://ane:secret@a.example', 'credentials'],
    ['https://bank.example@evil.example', 'credentials'],
    [least.padEnd(LINK_MAX_CHARACTERS + 1, 'a'), 'long'],
    // Written out, it takes more room.
    [least.padEnd(LINK_MAX_CHARACTERS, 'ñ'), 'long'],
  ])('%s is none: %s', (written, fault) => expect(toolAddress(written)).toEqual({ fault }))
  it.each([
    ['https://ideamapa.example/', true],
    ['https://8.8.8.8/', true],
    ['http://localhost:8080/', false],
    ['https://tresna/', false],
    ['https://127.0.0.1/', false],
    ['https://0x7f.1/', false],
    ['https://10.0.0.7/', false],
    ['https://172.16.0.1/', false],
    ['https://172.32.0.1/', true],
    ['https://192.168.1.1/', false],
    ['https://169.254.169.254/latest', false],
    ['https://[::1]/', false],
    ['https://wiki.internal/', false],
    ['https://wiki.internal./', false],
    ['https://nas.local/', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%s is a link: %s', (address, link) => expect(linkOfTool(address) !== null).toBe(link))
  it.each([
    '192.0.0.8',
    '198.18.0.1',
    '198.19.255.255',
    '224.0.0.1',
    '239.1.2.3',
    '240.0.0.1',
    '255.255.255.255',
    '0.0.0.0',
    '100.64.0.1',
    '100.127.255.255',
    '172.31.255.255',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    '[::ffff:8.8.8.8]',
    'fritz.box',
    'nas.fritz.box',
    'nas.localdomain',
    'wiki.intra',
    'wiki.intranet',
    'wiki.private',
    'wiki.home.arpa',
    'nas.lan',
    'nas.home',
    'wiki.corp',
    'a.localhost',
    'WIKI.CORP.',
  ])('%s is of no machine of the web', (host) => expect(linkOfTool(`https://${host}/`)).toBeNull())
  it.each([
    '198.17.255.255',
    '198.20.0.1',
    '192.0.1.1',
    '223.255.255.1',
    '100.63.0.1',
    '100.128.0.1',
    '10.example.com',
    '127.example.com',
    '192.168.example.com',
    '0.example.com',
    '172.16.example.com',
    'tool.box',
    'intra.example',
    'corporation.example',
    'local.example',
    'mylan.example',
  ])('%s is a host of the web', (host) => expect(linkOfTool(`https://${host}/`)).not.toBeNull())
})

const PUBLICCODE = `
publiccodeYmlVersion: "0.4"
name: Medusa
url: "https://example.com/italia/medusa.git"
landingURL: https://medusa.example
releaseDate: "2025-04-15"
developmentStatus: development
legal:
  license: AGPL-3.0-or-later
  mainCopyrightOwner: City of Example
organisation:
  uri: urn:x
  name: Hiria
description:
  eu:
    localisedName: Medusa euskaraz
    shortDescription: >
      Itxaron-ilarak
      kudeatzeko.
  en:
    shortDescription: Manages queues.
maintenance:
  type: community
`
const tools = (read: ImportRead) => ('tools' in read ? read.tools : [])
describe('[SU3] publiccode.yml', () => {
  it('gives the name, the place and the words of its makers, in our languages', () => {
    expect(readPubliccode(PUBLICCODE, ['eu', 'es'])).toEqual({
      skipped: 0,
      tools: [
        {
          name: 'Medusa euskaraz',
          address: 'https://medusa.example/',
          imported: {
            kind: 'publiccode',
            publisher: 'Hiria',
            source: 'https://example.com/italia/medusa.git',
            date: '2025-04-15',
            licence: 'AGPL-3.0-or-later',
            verdict: '',
            description: 'Itxaron-ilarak kudeatzeko.',
          },
        },
      ],
    })
    const [english] = tools(readPubliccode(PUBLICCODE, ['ca']))
    expect([english?.name, english?.imported.description]).toEqual(['Medusa', 'Manages queues.'])
  })
  const bomb = ['a: &a [x, x, x, x, x, x, x, x]']
  for (let n = 1; n < 12; n++)
    bomb.push(
      `${'abcdefghijklm'[n]}: &${'abcdefghijklm'[n]} [${Array(9)
        .fill(`*${'abcdefghijklm'[n - 1]}`)
        .join(', ')}]`,
    )
  it.each([
    ['a bomb of aliases', `publiccodeYmlVersion: "0.4"\nname: X\n${bomb.join('\n')}`, 'aliases'],
    ['one alias', 'publiccodeYmlVersion: "0.4"\nname: &n Medusa\nurl: *n', 'aliases'],
    ['an alias of nothing', 'publiccodeYmlVersion: "0.4"\nname: *n', 'aliases'],
    ['no YAML', 'name: [', 'yaml'],
    ['a key twice', 'publiccodeYmlVersion: "0.4"\nname: A\nname: B', 'yaml'],
    ['a well without a bottom', '['.repeat(200_000), 'yaml'],
    ['words', 'Medusa', 'shape'],
    ['nothing', '', 'shape'],
    ['a list', '- a\n- b', 'shape'],
    ['no version', 'name: Medusa', 'shape'],
    ['a version to come', 'publiccodeYmlVersion: "1.0"\nname: Medusa', 'version'],
    ['no name', 'publiccodeYmlVersion: "0.2.2"\nurl: https://a.example', 'name'],
    ['a name of blanks', 'publiccodeYmlVersion: "0"\nname: "  "', 'name'],
    ['more than there is room for', `# ${'a'.repeat(IMPORT_MAX_BYTES)}`, 'large'],
    ['letters of two bytes', `# ${'ñ'.repeat(IMPORT_MAX_BYTES / 2)}`, 'large'],
  ])('%s: %s', (_what, text, fault) => expect(readPubliccode(text, ['eu'])).toEqual({ fault }))
  /** Against an honest file of the same size, since a machine may be slow; what took minutes took hundreds of times as long. */
  it.each([
    ['lists in lists', '['.repeat(500_000) + ']'.repeat(499_000)],
    ['lists in lists, closed', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['maps in maps', '{a: '.repeat(249_000)],
    ['dashes', '- '.repeat(499_000)],
    ['keys that are lists', '? '.repeat(499_000)],
    ['ends without a beginning', ']'.repeat(999_000)],
    ['anchors', '&a '.repeat(333_000)],
    ['tags', '!!x '.repeat(249_000)],
    ['questions in a list', `[${'? '.repeat(499_000)}`],
    ['commas', `[${','.repeat(999_000)}`],
    ['quotes', "'a' ".repeat(249_000)],
    ['aliases', '*a '.repeat(333_000)],
  ])('does no more work for a megabyte of %s than for an honest one', (_what, text) => {
    const honest = `publiccodeYmlVersion: "0.4"\nname: X\n${Array.from({ length: 60_000 }, (_, i) => `k${i}: 'a b'`).join('\n')}`
    const takes = (of: string): number => {
      const began = performance.now()
      readPubliccode(of, ['eu'])
      return performance.now() - began
    }
    // The honest one is taken first, and at its best: what comes after is warm already.
    const ordinary = Math.max(takes(honest), 50)
    expect(readPubliccode(text, ['eu'])).toEqual({ fault: 'yaml' })
    expect(takes(text)).toBeLessThan(10 * ordinary)
  })
  it('is as deep as the standard is, and not deeper', () => {
    const deep = (levels: number) =>
      `publiccodeYmlVersion: "0.4"\nname: X\nextra: ${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(tools(readPubliccode(deep(IMPORT_MAX_DEPTH - 1), ['eu']))).toHaveLength(1)
    expect(readPubliccode(deep(IMPORT_MAX_DEPTH), ['eu'])).toEqual({ fault: 'yaml' })
  })
  it.each([
    ['2023-02-31', ''],
    ['2023-13-01', ''],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', ''],
    ['2024-02-29T10:00:00Z', '2024-02-29'],
    ['yesterday', ''],
  ])('of %s the day is "%s"', (written, day) => {
    const [tool] = tools(readPubliccode(PUBLICCODE.replace('2025-04-15', written), ['eu']))
    expect(tool?.imported.date).toBe(day)
  })
  it('is read up to its limit, and what is too long in it is cut', () => {
    const text = `publiccodeYmlVersion: "0.4"\nname: ${'n'.repeat(500)}\nurl: javascript:alert(1)\ndescription:\n  eu:\n    shortDescription: ${'😀'.repeat(600)}\n`
    const [tool] = tools(
      readPubliccode(text + '#'.padEnd(IMPORT_MAX_BYTES - Buffer.byteLength(text), 'x'), ['eu']),
    )
    expect(tool?.name).toHaveLength(TOOL_NAME_MAX_CHARACTERS)
    expect([...tool!.imported.description]).toHaveLength(SUGGESTION_TEXT_MAX_CHARACTERS)
    expect([tool?.address, tool?.imported.source]).toEqual(['', ''])
  })
})

describe('[SU3] entries that others have published', () => {
  const row = {
    tool_id: 't1',
    name: 'Gela',
    status: 'recommended',
    licence: 'Apache-2.0',
    decided_on: '2026-03-02',
    url: 'https://udala.example/katalogoa/t1',
    website: 'gela.example',
    summary: { eu: 'Bileretarako', es: 'Para reuniones' },
  }
  const whole = (rows: unknown, more: object = {}): string =>
    JSON.stringify({ schemaVersion: '1.0', publisher: { name: { eu: 'Beste Udala' } }, tools: rows, ...more })
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
  it('are read out of the dataset, with who decided what and when', () => {
    expect(readPublishedEntries(whole([row]), ['es'])).toEqual({
      skipped: 0,
      tools: [
        {
          name: 'Gela',
          address: 'https://gela.example/',
          imported: {
            kind: 'catalogue',
            publisher: 'Beste Udala',
            source: 'https://udala.example/katalogoa/t1',
            date: '2026-03-02',
            licence: 'Apache-2.0',
            verdict: 'recommended',
            description: 'Para reuniones',
          },
        },
      ],
    })
  })
  it.each([
    ['a list', JSON.stringify([row])],
    ['one', JSON.stringify(row)],
    [
      'an evaluation',
      JSON.stringify({ tool: { name: 'Gela', url: 'https://gela.example' }, decision: 'recommended' }),
    ],
  ])('as %s, too', (_what, text) =>
    expect(tools(readPublishedEntries(text, ['eu'])).map(({ name }) => name)).toEqual(['Gela']),
  )
  it('what cannot be shown is left out and counted', () => {
    const read = readPublishedEntries(whole([row, { name: '' }, null, { name: '\u202E…' }]), ['eu'])
    expect([tools(read).length, 'skipped' in read && read.skipped]).toEqual([1, 3])
  })
  it.each([
    ['no JSON', '{', 'json'],
    ['a number', '7', 'shape'],
    ['an empty list', '[]', 'shape'],
    ['another thing', '{"a":1}', 'shape'],
    ['names that are none', whole([{ name: '…' }]), 'name'],
    ['an edition to come', whole([row], { schemaVersion: '2.0' }), 'version'],
    ['too many', whole(Array(IMPORT_TOOLS_MAX + 1).fill(row)), 'many'],
    ['as deep as it may not be', whole([{ name: 'X', a: nested(IMPORT_MAX_DEPTH - 2) }]), 'shape'],
    ['too much', JSON.stringify('a'.repeat(IMPORT_MAX_BYTES)), 'large'],
    ['a well without a bottom', '['.repeat(200_000), 'shape'],
    ['lists in lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'shape'],
    ['one in another', `${'{"tool":'.repeat(60_000)}1${'}'.repeat(60_000)}`, 'shape'],
  ])('%s: %s', (_what, text, fault) => expect(readPublishedEntries(text, ['eu'])).toEqual({ fault }))
  it('is as deep as it may be, and brackets in its words count for nothing', () =>
    expect(
      tools(
        readPublishedEntries(whole([{ name: `X ${'['.repeat(90)}\\"{{`, a: nested(IMPORT_MAX_DEPTH - 3) }]), [
          'eu',
        ]),
      ),
    ).toHaveLength(1))
  it('what the whole says is read once, however many fall back on it', () => {
    const rows = Array(IMPORT_TOOLS_MAX).fill({ name: 'Gela' })
    const counted = { reads: 0 }
    const publisher = 'a '.repeat(300_000)
    const replace = String.prototype.replace
    const spy = vi.spyOn(String.prototype, 'replace').mockImplementation(function (this: string, ...given) {
      if (this.length > 100_000) counted.reads++
      return (replace as (...all: unknown[]) => string).apply(this, given)
    })
    const read = readPublishedEntries(JSON.stringify({ publisher, tools: rows }), ['eu'])
    spy.mockRestore()
    expect(tools(read)).toHaveLength(IMPORT_TOOLS_MAX)
    expect(counted.reads).toBe(1)
  })
  it('as many as there is room for', () =>
    expect(tools(readPublishedEntries(whole(Array(IMPORT_TOOLS_MAX).fill(row)), ['eu']))).toHaveLength(
      IMPORT_TOOLS_MAX,
    ))
})
