/** The copy to read of an approved version: everything that was said, in words a person knows, and nothing that looks like it. */
import { describe, expect, it } from 'vitest'
import { address, plain, prose } from '@auzolan/shared/export/markdown.ts'
import { readingCopy } from '@auzolan/shared/export/reading-copy.ts'
import { spokenOf } from '@auzolan/shared/export/say.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { HARANBERRI_PLAN } from '@auzolan/server/src/standalone/sample-plan.ts'
import { FACTS, newKey } from '../support/receipts.ts'

const ORGANISATION = {
  ...UNDESCRIBED,
  name: { eu: 'Haranberriko Udala', es: 'Ayuntamiento de Haranberri' },
  departments: [{ id: 'komunikazioa', name: { eu: 'Komunikazioa', es: 'Comunicación' } }],
}
const copy = (json: unknown, languages = ['es', 'eu'], facts = FACTS): string =>
  readingCopy({
    type: PLAN,
    json,
    receipt: newKey().sign(facts),
    languages,
    organisation: ORGANISATION,
    signedFile: 'Plan v3.json',
  })

describe('[RM8] a reading copy', () => {
  const spanish = copy(HARANBERRI_PLAN)
  it('begins with what was approved, by whom, and where the proof is', () => {
    const [title, facts, note] = spanish.split('\n\n')
    expect(title).toBe('# Plan de redes sociales 2027')
    expect(facts!.split('\n')).toEqual([
      '- **Organización**: Ayuntamiento de Haranberri',
      '- **Versión**: 3',
      '- **Aprobada**: 2026-11-23T15:42:07.000Z',
      '- **Por**: Amaia Goñi (Dirección)',
      '- **En nombre de**: Jon Lasa',
      '- **Condiciones**: TikTok-i buruzko erabakia ekainean berrikusi.',
      '- **Dispensado**: Aceptado aunque falla la comprobación P-12: Itzulpena bidean da.',
      `- **SHA-256**: \`${FACTS.sha256}\``,
    ])
    expect(note).toContain('Plan v3.json')
  })

  it('says every field in the lead language: sections, choices, references, people, dates, rich text', () => {
    for (const line of [
      '## Identificación y apoyo',
      '**Inicio de la vigencia**: 2027-01-01',
      '**En qué nivel**: Responsables políticos',
      '**Departamento**: Comunicación',
      '**Persona responsable**: Komunikazio-arduraduna (komunikazio-arduraduna)',
      '**Aceptación de la responsabilidad**: komunikazio-arduraduna, el 2026-10-12',
      '**Indicadores**: Alcance de las publicaciones, Personas seguidoras, Interacción por publicación',
      '#### 2\\. Juventud',
      '**Redes que utilizan**: Instagram',
      '**En qué idiomas les hablamos**: Euskera, Castellano',
    ])
      expect(spanish.split('\n')).toContain(line)
    expect(copy(HARANBERRI_PLAN, ['eu', 'es'])).toContain('**Indarraldiaren hasiera**: 2027-01-01')
  })

  it.each([
    [['gl', 'es'], 'es'],
    [['ca'], 'ca'],
    [['gl'], 'en'],
    [['en', 'eu'], 'en'],
    [[], 'en'],
  ])('of a document in %j is in %s', (languages, spoken) => {
    expect(spokenOf(languages)).toBe(spoken)
    expect(copy({}, languages)).toContain(`## ${wordsIn(spoken)('Profiles')}`)
  })

  it('of damaged or foreign JSON is a copy all the same', () => {
    for (const json of [
      null,
      [],
      { planning: { purposes: [1, { id: 'a', title: 3 }], audiences: 'x', whyAnswer: [{ type: 1 }] } },
    ])
      expect(copy(json)).toContain('## ')
  })

  it('is the same whenever it is made', () => {
    expect(copy(HARANBERRI_PLAN)).toBe(spanish)
  })
})

describe('[RM8] words of people', () => {
  it.each([
    ['# No heading', '\\# No heading'],
    ['*not* _bold_ `code`', '\\*not\\* \\_bold\\_ \\`code\\`'],
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['[here](javascript:alert(1))', '\\[here\\](javascript:alert(1))'],
    ['![x](https://elsewhere.example/pixel)', '\\!\\[x\\](https\\://elsewhere.example/pixel)'],
    ['- no list\n1. nor this\n---', '\\- no list  \n1\\. nor this  \n\\---'],
    ['2027. urtean', '2027\\. urtean'],
    ['a|b ~c~ &amp;', 'a\\|b \\~c\\~ \\&amp;'],
    // No link that nobody has made, in a program that looks for them.
    ['https://a.example/x, ftp://b.example', 'https\\://a.example/x, ftp\\://b.example'],
    ['WWW.a.example eta www.b.example', 'WWW\\.a.example eta www\\.b.example'],
    ['mailto:a@b.example', 'mailto\\:a\\@b.example'],
    ['10:30, awww. eta 1/2', '10:30, awww. eta 1/2'],
    // What turns the text around is seen.
    ['fdp.\u202Eexe', 'fdp.\\[U+202E\\]exe'],
    ['\u2066a\u2069\u061Cb\u200Fc', '\\[U+2066\\]a\\[U+2069\\]\\[U+061C\\]b\\[U+200F\\]c'],
    ['\u202D# x', '\\[U+202D\\]\\# x'],
    ['Euskaraz, 100 %', 'Euskaraz, 100 %'],
  ])('%j stay words', (text, expected) => {
    expect(plain(text)).toBe(expected)
  })

  it('an address is one that may be followed', () => {
    expect(address('https://udala.example/a_b')).toBe('<https://udala.example/a_b>')
    expect(address('javascript:alert(1)')).toBe('javascript:alert(1)')
    expect(address('https://a.example/\u202Egpj.exe')).toBe('https\\://a.example/\\[U+202E\\]gpj.exe')
    expect(address('mailto:a@b.example')).toBe('mailto\\:a\\@b.example')
    expect(address('https://a.example> <b')).toBe('https\\://a.example\\> \\<b')
  })

  const text = (words: string, ...marks: { type: string; attrs?: { href: string } }[]) => ({
    type: 'text',
    text: words,
    marks,
  })
  it('rich text keeps its paragraphs, lists, marks and links', () => {
    const paragraph = (...content: object[]) => ({ type: 'paragraph', content })
    expect(
      prose([
        paragraph(
          text('Bai '),
          text(' lodia ', { type: 'bold' }),
          text('eta'),
          { type: 'hardBreak' },
          text('# bi'),
        ),
        {
          type: 'orderedList',
          content: [
            {
              type: 'listItem',
              content: [
                paragraph(text('lehena', { type: 'italic' })),
                {
                  type: 'bulletList',
                  content: [{ type: 'listItem', content: [paragraph(text('barrukoa'))] }],
                },
              ],
            },
          ],
        },
        paragraph(text('webgunea', { type: 'link', attrs: { href: 'https://udala.example' } })),
        paragraph(text('tranpa', { type: 'link', attrs: { href: 'javascript:alert(1)' } })),
        paragraph(text('itzulia', { type: 'link', attrs: { href: 'https://a.example/\u202Ex' } })),
      ]),
    ).toBe(
      [
        'Bai  **lodia** eta  \n\\# bi',
        '1.  *lehena*',
        '    -   barrukoa',
        '[webgunea](<https://udala.example>)',
        'tranpa',
        'itzulia',
      ].join('\n\n'),
    )
    expect(prose([])).toBe('')
    expect(prose('text')).toBeNull()
  })
})
