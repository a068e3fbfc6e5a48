/** Text documents as office programs write them, made small, and files that lie about what is in them. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface Packed {
  readonly name: string
  readonly data: string | Uint8Array
  readonly stored?: boolean
  readonly encrypted?: boolean
  /** What it says it is, when that is not so. */
  readonly claimedSize?: number
  readonly claimedCrc?: number
}

export function zip(files: readonly Packed[]): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, data, stored, encrypted, claimedSize, claimedCrc } of files) {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data)
    const body = stored ? bytes : deflateRawSync(bytes)
    const title = Buffer.from(name, 'utf8')
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(encrypted ? 1 : 0, 2)
    facts.writeUInt16LE(stored ? 0 : 8, 4)
    facts.writeUInt32LE(claimedCrc ?? crc32(bytes), 10)
    facts.writeUInt32LE(body.length, 14)
    facts.writeUInt32LE(claimedSize ?? bytes.length, 18)
    facts.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), facts, title, body])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    central.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 0]), facts, tail, title]),
    )
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 0, 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...locals, directory, end]))
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${String(sign.charCodeAt(0))};`)

// ── DOCX ────────────────────────────────────────────────────────────────────────────────────────────

export const w = {
  /** Runs of text; `**` around bold. */
  text: (text: string): string =>
    text
      .split('**')
      .map((part, i) =>
        part === ''
          ? ''
          : `<w:r>${i % 2 === 1 ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${escaped(part)}</w:t></w:r>`,
      )
      .join(''),
  p: (inner: string, properties = ''): string => `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`,
  heading: (level: number, text: string): string =>
    w.p(w.text(text), `<w:pStyle w:val="Ttulo${String(level)}"/>`),
  paragraph: (text: string): string => w.p(w.text(text)),
  item: (text: string, level = 0, ordered = false): string =>
    w.p(
      w.text(text),
      `<w:numPr><w:ilvl w:val="${String(level)}"/><w:numId w:val="${ordered ? '2' : '1'}"/></w:numPr>`,
    ),
  table: (rows: readonly (readonly string[])[]): string =>
    `<w:tbl><w:tblPr/>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${w.paragraph(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`,
  note: (id: number): string => `<w:r><w:footnoteReference w:id="${String(id)}"/></w:r>`,
  link: (id: string, text: string): string => `<w:hyperlink r:id="${id}">${w.text(text)}</w:hyperlink>`,
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const NAMESPACES = `xmlns:w="${W}" xmlns:r="${R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** As a Spanish Word names them: the id is translated, the name is not. */
const STYLES = `${HEAD}<w:styles ${NAMESPACES}>
<w:style w:type="paragraph" w:styleId="Ttulo"><w:name w:val="Title"/></w:style>
${[1, 2, 3].map((n) => `<w:style w:type="paragraph" w:styleId="Ttulo${String(n)}"><w:name w:val="heading ${String(n)}"/><w:pPr><w:outlineLvl w:val="${String(n - 1)}"/></w:pPr></w:style>`).join('')}
<w:style w:type="paragraph" w:styleId="Kapitulua"><w:name w:val="Kapitulua"/><w:basedOn w:val="Ttulo1"/></w:style>
<w:style w:type="paragraph" w:styleId="TDC1"><w:name w:val="toc 1"/></w:style>
</w:styles>`
const NUMBERING = `${HEAD}<w:numbering ${NAMESPACES}>
<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>
</w:numbering>`

export interface Docx {
  readonly body: string
  readonly footnotes?: readonly string[]
  readonly header?: string
  readonly comments?: string
  /** Id → address. */
  readonly links?: Readonly<Record<string, string>>
  readonly more?: readonly Packed[]
}

export function docxFiles({ body, footnotes = [], header, comments, links = {}, more = [] }: Docx): Packed[] {
  const part = (name: string, inner: string): string => `${HEAD}<w:${name} ${NAMESPACES}>${inner}</w:${name}>`
  const parts = [
    ['styles', STYLES],
    ['numbering', NUMBERING],
    ...(footnotes.length > 0
      ? [
          [
            'footnotes',
            part(
              'footnotes',
              `<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>${footnotes.map((note, i) => `<w:footnote w:id="${String(i + 1)}">${w.p(`<w:r><w:footnoteRef/></w:r>${w.text(note)}`)}</w:footnote>`).join('')}`,
            ),
          ],
        ]
      : []),
    ...(header === undefined ? [] : [['header', part('hdr', w.paragraph(header))]]),
    ...(comments === undefined
      ? []
      : [
          [
            'comments',
            part('comments', `<w:comment w:id="0" w:author="Ane">${w.paragraph(comments)}</w:comment>`),
          ],
        ]),
  ] as [string, string][]
  const relations = [
    ...parts.map(
      ([kind], i) => `<Relationship Id="p${String(i)}" Type="${R}/${kind}" Target="${kind}.xml"/>`,
    ),
    ...Object.entries(links).map(
      ([id, address]) =>
        `<Relationship Id="${id}" Type="${R}/hyperlink" Target="${escaped(address)}" TargetMode="External"/>`,
    ),
  ]
  const rels = (inner: string): string =>
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`
  return [
    { name: '[Content_Types].xml', data: `${HEAD}<Types xmlns="x"/>` },
    {
      name: '_rels/.rels',
      data: rels(`<Relationship Id="r" Type="${R}/officeDocument" Target="word/document.xml"/>`),
    },
    { name: 'word/document.xml', data: part('document', `<w:body>${body}<w:sectPr/></w:body>`) },
    { name: 'word/_rels/document.xml.rels', data: rels(relations.join('')) },
    ...parts.map(([kind, data]) => ({ name: `word/${kind}.xml`, data })),
    ...more,
  ]
}
export const docx = (file: Docx): Uint8Array<ArrayBuffer> => zip(docxFiles(file))

// ── ODT ─────────────────────────────────────────────────────────────────────────────────────────────

export const o = {
  heading: (level: number, text: string): string =>
    `<text:h text:outline-level="${String(level)}">${escaped(text)}</text:h>`,
  paragraph: (text: string, style = ''): string =>
    `<text:p text:style-name="${style}">${escaped(text)}</text:p>`,
  list: (items: readonly string[], style = 'L1'): string =>
    `<text:list text:style-name="${style}">${items.map((item) => `<text:list-item>${item.startsWith('<') ? item : o.paragraph(item)}</text:list-item>`).join('')}</text:list>`,
  table: (rows: readonly (readonly string[])[]): string =>
    `<table:table><table:table-column/>${rows.map((row) => `<table:table-row>${row.map((cell) => `<table:table-cell>${o.paragraph(cell)}</table:table-cell>`).join('')}</table:table-row>`).join('')}</table:table>`,
}
const ODF = [
  ...['office', 'text', 'table', 'style', 'manifest'].map(
    (part) => `xmlns:${part}="urn:oasis:names:tc:opendocument:xmlns:${part}:1.0"`,
  ),
  'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
  'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
  'xmlns:xlink="http://www.w3.org/1999/xlink"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
].join(' ')
const AUTOMATIC = `<office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Title"/>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
</office:automatic-styles>`

export interface Odt {
  readonly body: string
  readonly header?: string
  readonly mime?: string
  readonly encrypted?: boolean
}
export const odt = ({
  body,
  header,
  mime = 'application/vnd.oasis.opendocument.text',
  encrypted,
}: Odt): Uint8Array<ArrayBuffer> =>
  zip([
    { name: 'mimetype', data: mime, stored: true },
    {
      name: 'content.xml',
      data: `${HEAD}<office:document-content ${ODF}>${AUTOMATIC}<office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    },
    {
      name: 'styles.xml',
      data: `${HEAD}<office:document-styles ${ODF}><office:styles/><office:master-styles><style:master-page>${header === undefined ? '' : `<style:header>${o.paragraph(header)}</style:header>`}</style:master-page></office:master-styles></office:document-styles>`,
    },
    {
      name: 'META-INF/manifest.xml',
      data: `${HEAD}<manifest:manifest ${ODF}><manifest:file-entry>${encrypted ? '<manifest:encryption-data/>' : ''}</manifest:file-entry></manifest:manifest>`,
    },
  ])
