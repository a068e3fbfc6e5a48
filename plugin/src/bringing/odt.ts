/** Reads the text of an ODT (OpenDocument text, and its templates). */
import { IMPORT_STYLE_CHAIN_MAX } from '@auzolan/shared/limits.ts'
import { linkAddress } from '../parts/link-address.ts'
import { tidy, type Block, type Run } from './blocks.ts'
import { Gathered, type FileText } from './file-text.ts'
import { Refused } from './refused.ts'
import { allOf, childOf, elementsOf, readXml, type Xml } from './xml.ts'
import type { Zip } from './zip.ts'

export async function readOdt(zip: Zip): Promise<FileText> {
  const manifest = await zip.text('META-INF/manifest.xml')
  if (manifest !== null && allOf(readXml(manifest), 'manifest:encryption-data').length > 0)
    throw new Refused('password')
  const content = await zip.text('content.xml')
  const document = content === null ? undefined : readXml(content)
  const body = childOf(childOf(document, 'office:body'), 'office:text')
  if (!document || !body) throw new Refused('no_text_document')
  const stylesText = await zip.text('styles.xml')
  const styles = stylesText === null ? undefined : readXml(stylesText)
  const reading = new Reading(new OdtStyles([styles, document]))
  reading.out.blocks.push(...reading.blocks(body))
  for (const page of elementsOf(childOf(styles, 'office:master-styles')))
    for (const margin of elementsOf(page))
      if (/^style:(?:header|footer)/.test(margin.name)) reading.out.margins.push(...reading.blocks(margin))
  return reading.out
}

interface Style {
  readonly parent: string
  readonly bold: boolean | null
  readonly italic: boolean | null
  readonly level: number | null
}

class OdtStyles {
  readonly #styles = new Map<string, Style>()
  readonly #chains = new Map<string, readonly [string, Style][]>()
  /** Name of a list style → the levels that count. */
  readonly #counting = new Map<string, ReadonlySet<number>>()

  constructor(documents: readonly (Xml | undefined)[]) {
    const all = documents.flatMap((document) =>
      ['office:styles', 'office:automatic-styles'].flatMap((part) => elementsOf(childOf(document, part))),
    )
    for (const style of all) {
      const name = style.attributes['style:name'] ?? ''
      if (style.name === 'text:list-style')
        this.#counting.set(
          name,
          new Set(
            elementsOf(style)
              .filter(
                (level) =>
                  level.name === 'text:list-level-style-number' && level.attributes['style:num-format'],
              )
              .map((level) => Number(level.attributes['text:level']) || 1),
          ),
        )
      if (style.name !== 'style:style') continue
      const text = childOf(style, 'style:text-properties')?.attributes ?? {}
      const weight = text['fo:font-weight']
      const slant = text['fo:font-style']
      const level = style.attributes['style:default-outline-level']
      this.#styles.set(`${style.attributes['style:family'] ?? ''}/${name}`, {
        parent: style.attributes['style:parent-style-name'] ?? '',
        bold: weight === undefined ? null : weight === 'bold' || Number(weight) >= 600,
        italic: slant === undefined ? null : slant !== 'normal',
        level: level ? Number(level) : null,
      })
    }
  }

  /** The style and those above it, found once; as many as people write, also of one that is above itself. */
  #chain(family: string, name = ''): readonly [string, Style][] {
    const key = `${family}/${name}`
    const known = this.#chains.get(key)
    if (known) return known
    const chain: [string, Style][] = []
    for (let now = name; chain.length < IMPORT_STYLE_CHAIN_MAX;) {
      const style = this.#styles.get(`${family}/${now}`)
      chain.push([now, style ?? { parent: '', bold: null, italic: null, level: null }])
      if (!style) break
      now = style.parent
    }
    this.#chains.set(key, chain)
    return chain
  }

  /** Bold or italic by a style of its own; what a named paragraph style looks like everywhere is no emphasis. */
  mark(mark: 'bold' | 'italic', family: string, name: string | undefined): boolean | null {
    return this.#chain(family, name).find(([, style]) => style[mark] !== null)?.[1][mark] ?? null
  }
  ordered(list: string | undefined, level: number): boolean {
    return this.#counting.get(list ?? '')?.has(level + 1) ?? false
  }
  /** The title of the document is 0; null is no heading. */
  headingLevel(paragraph: string | undefined): number | null {
    const chain = this.#chain('paragraph', paragraph)
    if (chain.some(([name]) => name === 'Title')) return 0
    return chain.find(([, { level }]) => level !== null)?.[1].level || null
  }
}

interface List {
  readonly level: number
  readonly style: string | undefined
}
interface Look {
  readonly bold: boolean
  readonly italic: boolean
  readonly href: string | null
}
interface Line {
  readonly runs: Run[]
  readonly behind: Block[]
}

const SKIPPED = new Set([
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
  'text:alphabetical-index-auto-mark-file',
  'office:forms',
  'svg:title',
  'svg:desc',
  'text:note-citation',
  'draw:image',
  'table:covered-table-cell',
])
const INDEXES =
  /^text:(?:table-of-content|illustration-index|table-index|object-index|user-index|alphabetical-index|bibliography)$/

class Reading {
  readonly out = new Gathered()
  readonly #styles: OdtStyles
  constructor(styles: OdtStyles) {
    this.#styles = styles
  }

  blocks(parent: Xml, list: List | null = null): Block[] {
    return elementsOf(parent).flatMap((element): Block[] => this.#block(element, list))
  }

  #block(element: Xml, list: List | null): Block[] {
    const { name } = element
    if (SKIPPED.has(name)) return []
    if (INDEXES.test(name)) {
      this.out.contents.push(...this.blocks(childOf(element, 'text:index-body') ?? element))
      return []
    }
    switch (name) {
      case 'text:h':
      case 'text:p':
        return this.#paragraph(element)
      case 'text:list': {
        const style = element.attributes['text:style-name'] ?? list?.style
        return this.#list(element, { level: list ? list.level + 1 : 0, style })
      }
      case 'table:table':
        return [{ kind: 'table', rows: this.#rows(element) }]
      case 'text:tracked-changes':
        for (const deletion of allOf(element, 'text:deletion'))
          this.out.deleted.push(...this.blocks(withoutWho(deletion)))
        return []
      case 'office:annotation':
        this.out.comments.push(...this.blocks(withoutWho(element)))
        return []
      case 'draw:frame':
      case 'draw:object':
        return this.#frame(element)
      default:
        return this.blocks(element, list)
    }
  }

  #list(element: Xml, list: List): Block[] {
    const ordered = this.#styles.ordered(list.style, list.level)
    return elementsOf(element).flatMap((item) => {
      let begun = false
      return elementsOf(item).flatMap((child) =>
        this.#block(child, list).map((block): Block => {
          if (child.name === 'text:list' || block.kind !== 'paragraph') return block
          const made = {
            kind: 'item',
            level: list.level,
            ordered,
            continues: begun,
            runs: block.runs,
          } as const
          begun = true
          return made
        }),
      )
    })
  }

  #rows(parent: Xml): Block[][][] {
    return elementsOf(parent).flatMap((element): Block[][][] =>
      element.name === 'table:table-row'
        ? [
            elementsOf(element)
              .filter(({ name }) => name === 'table:table-cell')
              .map((cell) => this.blocks(cell)),
          ]
        : SKIPPED.has(element.name)
          ? []
          : this.#rows(element),
    )
  }

  #frame(element: Xml): Block[] {
    const box = childOf(element, 'draw:text-box')
    if (box) return this.blocks(box)
    this.out.pictures += 1
    return []
  }

  #paragraph(element: Xml): Block[] {
    const style = element.attributes['text:style-name']
    const line: Line = { runs: [], behind: [] }
    const level =
      element.name === 'text:h'
        ? Math.max(1, Number(element.attributes['text:outline-level']) || 1)
        : this.#styles.headingLevel(style)
    const mark = (of: 'bold' | 'italic'): boolean =>
      level === null && (this.#styles.mark(of, 'paragraph', style) ?? false)
    this.#inline(element, { bold: mark('bold'), italic: mark('italic'), href: null }, line)
    const runs = tidy(line.runs)
    if (runs.length === 0) return line.behind
    return [level === null ? { kind: 'paragraph', runs } : { kind: 'heading', level, runs }, ...line.behind]
  }

  #inline(parent: Xml, look: Look, line: Line): void {
    for (const child of parent.children) {
      // Line ends and runs of spaces in the file are one space; wanted ones are elements.
      if (typeof child === 'string') line.runs.push({ text: child.replace(/\s+/g, ' '), ...look })
      else this.#piece(child, look, line)
    }
  }

  #piece(element: Xml, look: Look, line: Line): void {
    switch (element.name) {
      case 'text:s':
      case 'text:tab':
        return void line.runs.push({ text: ' ', ...look })
      case 'text:line-break':
        return void line.runs.push({ text: '\n', ...look })
      case 'text:span': {
        const style = element.attributes['text:style-name']
        const bold = this.#styles.mark('bold', 'text', style) ?? look.bold
        const italic = this.#styles.mark('italic', 'text', style) ?? look.italic
        return this.#inline(element, { ...look, bold, italic }, line)
      }
      case 'text:a': {
        const href = element.attributes['xlink:href'] ?? ''
        const address = /^[a-z][a-z0-9+.-]*:/i.test(href) ? linkAddress(href) : null
        return this.#inline(element, { ...look, href: address }, line)
      }
      case 'text:note': {
        const number = this.out.notes.push([]) - 1
        this.out.notes[number] = this.blocks(childOf(element, 'text:note-body') ?? element)
        return void line.runs.push({ text: `[${number + 1}]`, ...look, note: number })
      }
      case 'office:annotation':
      case 'draw:frame':
      case 'draw:object':
        return void line.behind.push(...this.#block(element, null))
      case 'text:p':
      case 'text:h':
      case 'text:list':
      case 'table:table':
        return void line.behind.push(...this.#block(element, null))
      default:
        if (!SKIPPED.has(element.name)) this.#inline(element, look, line)
    }
  }
}

/** Without the name and the date of whoever commented or deleted: those are people, and no text. */
const withoutWho = (element: Xml): Xml => ({
  ...element,
  children: element.children.filter(
    (child) =>
      typeof child === 'string' ||
      !['dc:creator', 'dc:date', 'office:change-info', 'creator-initials'].includes(child.name),
  ),
})
export const mimeOf = async (zip: Zip): Promise<string> => ((await zip.text('mimetype')) ?? '').trim()
