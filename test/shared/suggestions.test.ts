/** What stands of a suggestion, which addresses a tool may have, and what is taken over from others, by table [SU1]–[SU3]. */
import { describe, expect, it } from 'vitest'
import { linkOfTool, toolAddress } from '@auzolan/shared/catalogue/address.ts'
import type { ImportRead } from '@auzolan/shared/catalogue/imported.ts'
import { readPubliccode } from '@auzolan/shared/catalogue/publiccode.ts'
import { readPublishedEntries } from '@auzolan/shared/catalogue/published-entry.ts'
import {
  isPlainName,
  suggestionKey,
  suggestionStatus,
  type SuggestionFacts,
} from '@auzolan/shared/catalogue/suggestion.ts'
import {
  IMPORT_MAX_BYTES,
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
    ['C++', 'C', true],
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
  ])('%j can be read as a name: %s', (name, plain) => expect(isPlainName(name)).toBe(plain))
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
    ['too much', JSON.stringify('a'.repeat(IMPORT_MAX_BYTES)), 'large'],
  ])('%s: %s', (_what, text, fault) => expect(readPublishedEntries(text, ['eu'])).toEqual({ fault }))
  it('as many as there is room for', () =>
    expect(tools(readPublishedEntries(whole(Array(IMPORT_TOOLS_MAX).fill(row)), ['eu']))).toHaveLength(
      IMPORT_TOOLS_MAX,
    ))
})
