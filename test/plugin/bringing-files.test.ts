/** Today's plan from a DOCX or ODT: what is read of it, and the files that are refused with a reason. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  IMPORT_ELEMENTS_MAX,
  IMPORT_ENTRIES_MAX,
  IMPORT_FILE_MAX_BYTES,
  IMPORT_UNPACKED_MAX_BYTES,
  IMPORT_XML_DEPTH_MAX,
  PASTE_TOTAL_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import { flat, type Block } from '../../plugin/src/bringing/blocks.ts'
import type { FileText } from '../../plugin/src/bringing/file-text.ts'
import { readFile } from '../../plugin/src/bringing/read-file.ts'
import { readXml, wordsOf } from '../../plugin/src/bringing/xml.ts'
import { docx, docxFiles, o, odt, w, zip } from '../support/office-files.ts'

const read = (bytes: Uint8Array<ArrayBuffer>) => readFile(new Blob([bytes]))
async function textIn(bytes: Uint8Array<ArrayBuffer>): Promise<FileText> {
  const file = await read(bytes)
  if (file.kind !== 'read') throw new Error(file.why)
  return file.text
}
/** `1 Heading`, `- item`, `# item`, `  - item in an item`. */
const lines = (blocks: readonly Block[]): string[] =>
  flat(blocks).map((block) => {
    const words = block.runs.map(({ text, bold, italic, href }) => {
      const marked = `${bold ? '*' : ''}${italic ? '_' : ''}${text}${italic ? '_' : ''}${bold ? '*' : ''}`
      return href === null ? marked : `[${marked}](${href})`
    })
    const sign =
      block.kind === 'heading'
        ? `${String(block.level)} `
        : block.kind === 'item'
          ? `${'  '.repeat(block.level)}${block.continues ? '+' : block.ordered ? '#' : '-'} `
          : ''
    return sign + words.join('')
  })

describe('[BR4] a DOCX', () => {
  it('headings by the name of their style or of the one it is based on, lists, marks and safe links', async () => {
    const { blocks } = await textIn(
      docx({
        body:
          w.p(w.text('Plan de redes'), '<w:pStyle w:val="Ttulo"/>') +
          w.heading(1, 'Objetivos') +
          w.item('Informar') +
          w.item('De obras', 1) +
          w.item('Primero', 0, true) +
          w.p(w.text('Kapitulu bat'), '<w:pStyle w:val="Kapitulua"/>') +
          w.p(
            `${w.text('Una **palabra** y ')}${w.link('a', 'la web')}${w.link('b', ', otra')}<w:r><w:br/><w:t>línea</w:t></w:r>`,
          ),
        links: { a: 'https://www.haranberri.example/', b: 'javascript:alert(1)' },
      }),
    )
    expect(lines(blocks)).toEqual([
      '0 Plan de redes',
      '1 Objetivos',
      '- Informar',
      '  - De obras',
      '# Primero',
      '1 Kapitulu bat',
      'Una *palabra* y [la web](https://www.haranberri.example/), otra\nlínea',
    ])
  })

  it('notes, margins, comments, tracked deletions, contents and pictures stand beside the text', async () => {
    const file = await textIn(
      docx({
        body:
          w.p(w.text('Contenidos 1'), '<w:pStyle w:val="TDC1"/>') +
          w.p(
            `${w.text('Con nota')}${w.note(1)}<w:del><w:r><w:delText>tachado</w:delText></w:r></w:del><w:ins>${w.text(' y añadido')}</w:ins>`,
          ) +
          '<w:p><w:r><w:drawing><pic/></w:drawing></w:r></w:p>',
        footnotes: ['Al pie.', 'Huérfana.'],
        header: 'Ayuntamiento',
        comments: 'Revisar esto',
      }),
    )
    expect(lines(file.blocks)).toEqual(['Con nota[1] y añadido'])
    expect(file.notes.map(lines)).toEqual([['Al pie.']])
    expect(lines(file.contents)).toEqual(['Contenidos 1'])
    expect(lines(file.deleted)).toEqual(['tachado', 'Huérfana.'])
    expect(lines(file.margins)).toEqual(['Ayuntamiento'])
    expect(lines(file.comments)).toEqual(['Revisar esto'])
    expect(file.pictures).toBe(1)
  })

  it('a text box is read once, whichever of its two forms', async () => {
    const box = `<w:txbxContent>${w.paragraph('En un cuadro')}</w:txbxContent>`
    const { blocks, pictures } = await textIn(
      docx({
        body: `<w:p>${w.text('Antes')}<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
      }),
    )
    expect(lines(blocks)).toEqual(['Antes', 'En un cuadro'])
    expect(pictures).toBe(0)
  })

  it('tables are lines, a frame around one cell is no table, and a table in a table is one of its cells', async () => {
    const { blocks } = await textIn(
      docx({
        body:
          w.table([
            ['Red', 'Cuenta'],
            ['X', '@udala'],
          ]) +
          w.table([['Solo un marco']]) +
          `<w:tbl><w:tr><w:tc>${w.table([['a', 'b']])}</w:tc><w:tc>${w.paragraph('c')}${w.paragraph('d')}</w:tc></w:tr></w:tbl>`,
      }),
    )
    expect(lines(blocks)).toEqual(['Red | Cuenta', 'X | @udala', 'Solo un marco', 'a | b | c / d'])
  })

  it('other prefixes and the strict form say the same', async () => {
    const files = docxFiles({ body: w.heading(1, 'Helburuak') + w.paragraph('Testua') }).map((file) => ({
      ...file,
      data: String(file.data)
        .replaceAll(
          'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
          'http://purl.oclc.org/ooxml/wordprocessingml/main',
        )
        .replaceAll('w:', 'ns0:')
        .replaceAll('xmlns:w=', 'xmlns:ns0='),
    }))
    expect(lines((await textIn(zip(files))).blocks)).toEqual(['1 Helburuak', 'Testua'])
  })
})

describe('[BR4] an ODT', () => {
  it('headings, lists in lists, marks, links, notes, and what stands beside the text', async () => {
    const file = await textIn(
      odt({
        body:
          '<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Ane</dc:creator></office:change-info><text:p>kenduta</text:p></text:deletion></text:changed-region></text:tracked-changes>' +
          '<text:table-of-content><text:index-body><text:p>Helburuak 1</text:p></text:index-body></text:table-of-content>' +
          o.paragraph('Sare sozialen plana', 'P9') +
          o.heading(1, 'Helburuak') +
          o.list(['Informatu', `${o.paragraph('Entzun')}${o.paragraph('beti')}${o.list(['Kaleetan'])}`]) +
          o.list(['Lehena'], 'L2') +
          '<text:p>Hitz <text:span text:style-name="T1">lodia</text:span> eta <text:span text:style-name="T2">etzana</text:span>,<text:s text:c="3"/><text:a xlink:href="https://www.haranberri.example/">weba</text:a><text:a xlink:href="javascript:alert(1)"> eta</text:a><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Oharra.</text:p></text:note-body></text:note><office:annotation><dc:creator>Ane</dc:creator><text:p>Begiratu</text:p></office:annotation></text:p>' +
          '<text:p><draw:frame><draw:image/></draw:frame><draw:frame><draw:text-box><text:p>Koadroan</text:p></draw:text-box></draw:frame></text:p>' +
          o.table([['Sarea', 'Kontua']]),
        header: 'Udala',
      }),
    )
    expect(lines(file.blocks)).toEqual([
      '0 Sare sozialen plana',
      '1 Helburuak',
      '- Informatu',
      '- Entzun',
      '+ beti',
      '  - Kaleetan',
      '# Lehena',
      'Hitz *lodia* eta _etzana_, [weba](https://www.haranberri.example/) eta[1]',
      'Koadroan',
      'Sarea | Kontua',
    ])
    expect(file.notes.map(lines)).toEqual([['Oharra.']])
    expect(lines(file.contents)).toEqual(['Helburuak 1'])
    expect(lines(file.deleted)).toEqual(['kenduta'])
    expect(lines(file.comments)).toEqual(['Begiratu'])
    expect(lines(file.margins)).toEqual(['Udala'])
    expect(file.pictures).toBe(1)
  })
})

const ole = (words: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), Buffer.from(words, 'utf16le')]),
  )
const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'latin1'))
const withDocument = (data: string, more: object = {}): Uint8Array<ArrayBuffer> =>
  zip([
    { name: '[Content_Types].xml', data: '<Types/>' },
    { name: 'word/document.xml', data, ...more },
  ])
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const document = (inner: string, before = ''): string =>
  `${before}<w:document ${W}><w:body>${inner}</w:body></w:document>`

describe('[BR5] a file that is none, or means harm, is refused with its reason', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['a text document without text', docx({ body: '<w:p/>' }), 'empty'],
    ['a PDF', bytes('%PDF-1.7'), 'pdf'],
    ['RTF', bytes('{\\rtf1 text}'), 'rtf'],
    ['an old Word file', ole('WordDocument'), 'old_word'],
    ['a DOCX with a password', ole('EncryptedPackage'), 'password'],
    ['an ODT with a password', odt({ body: 'x', encrypted: true }), 'password'],
    ['a newer ODT with a password', zip([{ name: 'encrypted-package', data: 'x' }]), 'password'],
    ['a zip with a password', withDocument(document(''), { encrypted: true }), 'password'],
    [
      'a spreadsheet',
      odt({ body: 'x', mime: 'application/vnd.oasis.opendocument.spreadsheet' }),
      'no_text_document',
    ],
    [
      'a spreadsheet of Excel',
      zip([
        { name: '[Content_Types].xml', data: '<Types/>' },
        { name: 'xl/workbook.xml', data: '<x/>' },
      ]),
      'no_text_document',
    ],
    ['some other zip', zip([{ name: 'photo.jpg', data: 'x' }]), 'no_text_document'],
    ['a picture', bytes('\u0089PNG'), 'no_text_document'],
    ['half a file', docx({ body: w.paragraph('Texto') }).slice(0, 700), 'damaged'],
    [
      'a part with other bytes than its sum says',
      withDocument(document(w.paragraph('x')), { claimedCrc: 1 }),
      'damaged',
    ],
    ['XML that does not close', withDocument(`<w:document ${W}><w:body>`), 'damaged'],
    ['XML in another order', withDocument(`<w:document ${W}><w:body></w:document></w:body>`), 'damaged'],
    [
      'a part at no address',
      zip([
        { name: '[Content_Types].xml', data: '<Types/>' },
        {
          name: '_rels/.rels',
          data: '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="http://["/></Relationships>',
        },
        { name: 'word/document.xml', data: document(w.paragraph('x')) },
      ]),
      'damaged',
    ],
    ['an entity of its own', withDocument(document('&lol;')), 'hostile'],
    ['a document type', withDocument(document('', '<!DOCTYPE x [<!ENTITY lol "lol">]>')), 'hostile'],
    [
      'a document type that names a file',
      withDocument(document('', '<!DOCTYPE x SYSTEM "file:///etc/passwd">')),
      'hostile',
    ],
    [
      'two files of one name',
      zip([
        { name: '[Content_Types].xml', data: '<Types/>' },
        { name: 'a', data: '1' },
        { name: 'a', data: '2' },
      ]),
      'hostile',
    ],
    [
      'a part that says it is small',
      withDocument(document(w.paragraph('x'.repeat(5_000))), { claimedSize: 100 }),
      'hostile',
    ],
    [
      'a part that says it is huge',
      withDocument(document(w.paragraph('x')), { claimedSize: IMPORT_UNPACKED_MAX_BYTES + 1 }),
      'unpacks_too_large',
    ],
  ] as const)('%s', async (_what, file, why) => {
    expect(await read(file)).toEqual({ kind: 'refused', why })
  })

  it('a bomb of zeros is refused before it is unpacked', async () => {
    const bomb = Buffer.alloc(IMPORT_UNPACKED_MAX_BYTES + 1, 32)
    expect(await read(withDocument(bomb.toString('latin1')))).toEqual({
      kind: 'refused',
      why: 'unpacks_too_large',
    })
  })

  it('the size of the file', async () => {
    const padded = (size: number): Blob => new Blob([docx({ body: w.paragraph('x') }), new Uint8Array(size)])
    expect(await readFile(padded(IMPORT_FILE_MAX_BYTES))).toEqual({ kind: 'refused', why: 'too_large' })
    // Below, it is read as far as its end, which is not where it should be.
    expect(await readFile(padded(IMPORT_FILE_MAX_BYTES - 50_000))).toEqual({
      kind: 'refused',
      why: 'damaged',
    })
  })

  it('files in the file', async () => {
    const more = (count: number) =>
      docx({
        body: w.paragraph('Testua'),
        more: Array.from({ length: count }, (_, i) => ({ name: `m${String(i)}`, data: '' })),
      })
    const own = docxFiles({ body: '' }).length
    expect((await read(more(IMPORT_ENTRIES_MAX - own))).kind).toBe('read')
    expect(await read(more(IMPORT_ENTRIES_MAX - own + 1))).toEqual({ kind: 'refused', why: 'hostile' })
  })

  it('elements within each other', async () => {
    const deep = (levels: number): Uint8Array<ArrayBuffer> =>
      withDocument(
        document('<w:smartTag>'.repeat(levels) + w.paragraph('hondoan') + '</w:smartTag>'.repeat(levels)),
      )
    // document, body and the p, pPr or r, t of the paragraph are in the depth too.
    expect((await read(deep(IMPORT_XML_DEPTH_MAX - 5))).kind).toBe('read')
    expect(await read(deep(IMPORT_XML_DEPTH_MAX - 4))).toEqual({ kind: 'refused', why: 'hostile' })
  })

  it('elements in all', async () => {
    const many = (count: number): Uint8Array<ArrayBuffer> =>
      withDocument(document(`<w:p><w:r><w:t>x</w:t></w:r></w:p>${'<w:p/>'.repeat(count)}`))
    expect((await read(many(IMPORT_ELEMENTS_MAX - 5))).kind).toBe('read')
    expect(await read(many(IMPORT_ELEMENTS_MAX - 4))).toEqual({ kind: 'refused', why: 'unpacks_too_large' })
  })

  it('letters in all', async () => {
    const long = (letters: number): Uint8Array<ArrayBuffer> =>
      docx({ body: w.paragraph('x'.repeat(letters)) })
    expect((await read(long(PASTE_TOTAL_MAX_CHARACTERS))).kind).toBe('read')
    expect(await read(long(PASTE_TOTAL_MAX_CHARACTERS + 1))).toEqual({ kind: 'refused', why: 'too_long' })
  })

  it('whatever the bytes, there is an answer and no error', async () => {
    const whole = docx({ body: w.heading(1, 'Objetivos') + w.item('Uno') + w.table([['a', 'b']]) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const broken = whole.slice()
          for (const [at, byte] of changes) broken[at] = byte
          expect(['read', 'refused']).toContain((await read(broken)).kind)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('XML', () => {
  it('the five named signs, numbered ones, CDATA and comments', () => {
    expect(wordsOf(readXml('<a>&lt;&amp;&#65;&#x42;<!-- <b> --><![CDATA[<c>&]]></a>'))).toBe('<&AB<c>&')
  })
  it.each([
    '<a>&lt</a>',
    '<a>& b</a>',
    '<a b="1" c></a>',
    '<a b="<"/>',
    '',
    'text',
    '<a/><b>',
    '</a>',
    '<a>&#x110000;</a>',
  ])('%s is none', (text) => expect(() => readXml(text)).toThrow())
})

describe('[BR5] what costs a little to write costs a little to read', () => {
  /** Processor time, because a busy machine is no fault of a file. */
  async function cpuMs(work: () => unknown): Promise<number> {
    const began = process.threadCpuUsage()
    await work()
    const { user, system } = process.threadCpuUsage(began)
    return (user + system) / 1_000
  }
  const many = <T>(count: number, one: (i: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => one(i))

  it('thousands of names for other vocabularies, and elements that declare one more', async () => {
    const declared = many(5_000, (i) => `xmlns:n${String(i)}="u"`).join(' ')
    const xml = `<a ${declared}>${'<b xmlns:q="u"/>'.repeat(5_000)}</a>`
    expect(await cpuMs(() => readXml(xml))).toBeLessThan(2_000)
  })
  it('a name for a vocabulary holds in the element that declares it, and no longer', () => {
    const W1 = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
    const xml = readXml(
      `<x:r xmlns:x="${W1}"><x:a xmlns:x="other"><x:b/></x:a><x:c/><d xmlns="${W1}" xmlns:x="other"/><e/></x:r>`,
    )
    const names = (at: typeof xml): unknown[] =>
      at.children.flatMap((one) => (typeof one === 'string' ? [] : [one.name, ...names(one)]))
    expect([xml.name, ...names(xml)]).toEqual(['w:r', 'a', 'b', 'w:c', 'w:d', 'e'])
  })
  it('styles that build on each other, thousands of them, in a text of thousands of lines', async () => {
    const [styles, lines] = [3_000, 2_000]
    const ofOdt = many(
      styles,
      (i) =>
        `<style:style style:name="s${String(i)}" style:family="paragraph" style:parent-style-name="s${String(i + 1)}"/>`,
    )
    const content = `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>${ofOdt.join('')}</office:automatic-styles><office:body><office:text>${'<text:p text:style-name="s0">x</text:p>'.repeat(lines)}</office:text></office:body></office:document-content>`
    expect(await cpuMs(() => read(zip([{ name: 'content.xml', data: content }])))).toBeLessThan(2_000)
    const ofDocx = many(
      styles,
      (i) =>
        `<w:style w:type="paragraph" w:styleId="s${String(i)}"><w:basedOn w:val="s${String(i + 1)}"/></w:style>`,
    )
    const links = (type: string, to: string): string =>
      `<Relationships><Relationship Id="a" Type="x/${type}" Target="${to}"/></Relationships>`
    const word = zip([
      { name: '[Content_Types].xml', data: '<Types/>' },
      { name: '_rels/.rels', data: links('officeDocument', 'word/document.xml') },
      { name: 'word/_rels/document.xml.rels', data: links('styles', 'styles.xml') },
      { name: 'word/styles.xml', data: `<w:styles ${W}>${ofDocx.join('')}</w:styles>` },
      {
        name: 'word/document.xml',
        data: document(
          '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'.repeat(lines),
        ),
      },
    ])
    expect(await cpuMs(() => read(word))).toBeLessThan(2_000)
  })
})
