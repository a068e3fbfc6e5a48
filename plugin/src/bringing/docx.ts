/** Reads the text of a DOCX (Office Open XML, transitional and strict). */
import { linkAddress } from '../parts/link-address.ts'
import { tidy, type Block, type Run } from './blocks.ts'
import { DocxStyles } from './docx-styles.ts'
import { Gathered, type FileText } from './file-text.ts'
import { Refused } from './refused.ts'
import { allOf, childOf, elementsOf, readXml, wordsOf, type Xml } from './xml.ts'
import type { Zip } from './zip.ts'

export async function readDocx(zip: Zip): Promise<FileText> {
  const parts = new Parts(zip)
  const main =
    (await parts.linked('')).find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml'
  const document = await parts.xml(main)
  const body = childOf(document ?? undefined, 'w:body')
  if (!body) throw new Refused('no_text_document')
  const linked = await parts.linked(main)
  const of = async (type: string): Promise<readonly { xml: Xml; path: string }[]> => {
    const paths = linked.filter((one) => one.type === type).map(({ target }) => target)
    const read = await Promise.all(
      [...new Set(paths)].map(async (path) => ({ path, xml: await parts.xml(path) })),
    )
    return read.filter((one): one is { xml: Xml; path: string } => one.xml !== null)
  }
  const [styles] = await of('styles')
  const [numbering] = await of('numbering')
  const reading = new Reading(new DocxStyles(styles?.xml ?? null, numbering?.xml ?? null))

  for (const [kind, name] of [
    ['footnotes', 'w:footnote'],
    ['endnotes', 'w:endnote'],
  ] as const) {
    for (const { xml, path } of await of(kind)) {
      const links = await parts.links(path)
      for (const note of elementsOf(xml).filter((one) => one.name === name)) {
        if (
          ['separator', 'continuationSeparator', 'continuationNotice'].includes(
            note.attributes['w:type'] ?? '',
          )
        )
          continue
        reading.waiting.set(`${name}Reference/${note.attributes['w:id'] ?? ''}`, () =>
          new Body(reading, links).blocks(note),
        )
      }
    }
  }
  reading.out.blocks.push(...new Body(reading, await parts.links(main)).blocks(body))
  // Notes that no text refers to any more.
  for (const note of reading.waiting.values()) reading.out.deleted.push(...note())
  for (const kind of ['header', 'footer'] as const)
    for (const { xml, path } of await of(kind))
      reading.out.margins.push(...new Body(reading, await parts.links(path)).blocks(xml))
  for (const { xml, path } of await of('comments')) {
    const links = await parts.links(path)
    for (const comment of elementsOf(xml))
      reading.out.comments.push(...new Body(reading, links).blocks(comment))
  }
  return reading.out
}

function pathIn(folder: string, target: string): string {
  try {
    return new URL(target, `file:///${folder}`).pathname.slice(1)
  } catch {
    throw new Refused('damaged')
  }
}

/** The files in the file, and what each refers to. */
class Parts {
  readonly #zip: Zip
  constructor(zip: Zip) {
    this.#zip = zip
  }
  async xml(path: string): Promise<Xml | null> {
    const text = await this.#zip.text(path)
    return text === null ? null : readXml(text)
  }
  async #relations(path: string): Promise<Xml[]> {
    const cut = path.lastIndexOf('/') + 1
    const xml = await this.xml(`${path.slice(0, cut)}_rels/${path.slice(cut)}.rels`)
    return elementsOf(xml ?? undefined)
  }
  async linked(path: string): Promise<{ type: string; target: string }[]> {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    return (await this.#relations(path))
      .filter(({ attributes }) => attributes['TargetMode'] !== 'External')
      .map(({ attributes: { Type = '', Target = '' } }) => ({
        type: Type.slice(Type.lastIndexOf('/') + 1),
        target: pathIn(folder, Target),
      }))
  }
  /** Addresses of links by their id. */
  async links(path: string): Promise<ReadonlyMap<string, string>> {
    return new Map(
      (await this.#relations(path))
        .filter(({ attributes }) => attributes['TargetMode'] === 'External')
        .map(({ attributes: { Id = '', Target = '' } }) => [Id, Target]),
    )
  }
}

class Reading {
  readonly out = new Gathered()
  readonly styles: DocxStyles
  /** Notes that have not been referred to yet. */
  readonly waiting = new Map<string, () => readonly Block[]>()
  constructor(styles: DocxStyles) {
    this.styles = styles
  }
}

interface Look {
  readonly href: string | null
}
/** What a paragraph holds: its runs, and blocks (text boxes) that come behind it. */
interface Line {
  readonly runs: Run[]
  readonly behind: Block[]
}

const SKIPPED = new Set([
  'w:pPr',
  'w:rPr',
  'w:tblPr',
  'w:tblGrid',
  'w:sectPr',
  'w:instrText',
  'w:delInstrText',
  'w:sdtPr',
  'w:fldData',
])

class Body {
  readonly #reading: Reading
  readonly #links: ReadonlyMap<string, string>
  constructor(reading: Reading, links: ReadonlyMap<string, string>) {
    this.#reading = reading
    this.#links = links
  }

  blocks(parent: Xml): Block[] {
    return elementsOf(parent).flatMap((element): Block[] => {
      switch (element.name) {
        case 'w:p':
          return this.#paragraph(element)
        case 'w:tbl':
          return [{ kind: 'table', rows: this.#rows(element) }]
        case 'w:sdt': {
          const gallery = allOf(childOf(element, 'w:sdtPr') ?? element, 'w:docPartGallery')[0]?.attributes[
            'w:val'
          ]
          const inside = this.blocks(element)
          if (gallery !== 'Table of Contents') return inside
          this.#reading.out.contents.push(...inside)
          return []
        }
        case 'w:del':
        case 'w:moveFrom':
          this.#deleted(element)
          return []
        default:
          return SKIPPED.has(element.name) ? [] : this.blocks(chosen(element))
      }
    })
  }

  /** Rows may stand in content controls of their own, and so may cells. */
  #rows(parent: Xml): Block[][][] {
    return elementsOf(parent).flatMap((element): Block[][][] =>
      element.name === 'w:tr'
        ? [this.#cells(element)]
        : SKIPPED.has(element.name) || element.name === 'w:tbl'
          ? []
          : this.#rows(element),
    )
  }
  #cells(parent: Xml): Block[][] {
    return elementsOf(parent).flatMap((element): Block[][] =>
      element.name === 'w:tc'
        ? [this.blocks(element)]
        : SKIPPED.has(element.name)
          ? []
          : this.#cells(element),
    )
  }

  #paragraph(element: Xml): Block[] {
    const line: Line = { runs: [], behind: [] }
    this.#inline(element, { href: null }, line)
    const runs = tidy(line.runs)
    const properties = childOf(element, 'w:pPr')
    const { styles, out } = this.#reading
    if (runs.length === 0) return line.behind
    if (styles.isContents(properties)) {
      out.contents.push({ kind: 'paragraph', runs }, ...line.behind)
      return []
    }
    const level = styles.headingLevel(properties)
    const numbered = level === null ? styles.numbered(properties) : null
    const block: Block =
      level !== null
        ? { kind: 'heading', level, runs }
        : numbered
          ? { kind: 'item', ...numbered, continues: false, runs }
          : { kind: 'paragraph', runs }
    return [block, ...line.behind]
  }

  #inline(parent: Xml, look: Look, line: Line): void {
    for (const element of elementsOf(parent)) {
      if (element.name === 'w:r') this.#run(element, look, line)
      else if (element.name === 'w:del' || element.name === 'w:moveFrom') this.#deleted(element)
      else if (element.name === 'w:hyperlink') this.#inline(element, { href: this.#address(element) }, line)
      else if (element.name === 'm:t')
        line.runs.push({ text: wordsOf(element), bold: false, italic: false, ...look })
      else if (element.name === 'w:p') line.behind.push(...this.#paragraph(element))
      else if (!SKIPPED.has(element.name)) this.#inline(chosen(element), look, line)
    }
  }

  #address(link: Xml): string | null {
    const target = this.#links.get(link.attributes['r:id'] ?? '')
    return target !== undefined && /^[a-z][a-z0-9+.-]*:/i.test(target) ? linkAddress(target) : null
  }

  #run(run: Xml, look: Look, line: Line): void {
    const { styles } = this.#reading
    const properties = childOf(run, 'w:rPr')
    const marks = { bold: styles.has('w:b', properties), italic: styles.has('w:i', properties), ...look }
    this.#pieces(
      run,
      (text, note) => line.runs.push({ text, ...marks, ...(note === undefined ? {} : { note }) }),
      line,
    )
  }

  #pieces(parent: Xml, say: (text: string, note?: number) => void, line: Line): void {
    for (const element of elementsOf(parent)) {
      switch (element.name) {
        case 'w:t':
        case 'm:t':
          say(wordsOf(element))
          break
        case 'w:tab':
        case 'w:ptab':
          say(' ')
          break
        case 'w:br':
        case 'w:cr':
          say('\n')
          break
        case 'w:noBreakHyphen':
          say('\u2011')
          break
        case 'w:footnoteReference':
        case 'w:endnoteReference':
          this.#note(element, say)
          break
        case 'w:txbxContent':
          line.behind.push(...this.blocks(element))
          break
        case 'w:drawing':
        case 'w:pict':
        case 'w:object':
          if (allOf(element, 'w:txbxContent').length === 0) this.#reading.out.pictures += 1
          this.#pieces(element, say, line)
          break
        case 'w:delText':
          break
        default:
          if (!SKIPPED.has(element.name)) this.#pieces(chosen(element), say, line)
      }
    }
  }

  #note(reference: Xml, say: (text: string, note?: number) => void): void {
    const { waiting, out } = this.#reading
    const key = `${reference.name}/${reference.attributes['w:id'] ?? ''}`
    const note = waiting.get(key)
    if (!note) return
    waiting.delete(key)
    const number = out.notes.push([]) - 1
    out.notes[number] = note()
    say(`[${number + 1}]`, number)
  }

  #deleted(element: Xml): void {
    const words = [...allOf(element, 'w:delText'), ...allOf(element, 'w:t')].map(wordsOf).join('')
    const runs = tidy([{ text: words, bold: false, italic: false, href: null }])
    if (runs.length > 0) this.#reading.out.deleted.push({ kind: 'paragraph', runs })
  }
}

/** Of alternatives for newer and older programs one only, or the text would stand there twice. */
function chosen(element: Xml): Xml {
  if (element.name !== 'mc:AlternateContent') return element
  const choice = childOf(element, 'mc:Choice')
  return choice ?? childOf(element, 'mc:Fallback') ?? element
}
