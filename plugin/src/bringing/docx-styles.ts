/** Styles and numberings of a DOCX: what a paragraph is, by the name of its style and those it is based on. */
import { childOf, elementsOf, type Xml } from './xml.ts'

interface Style {
  readonly name: string
  readonly basedOn: string | null
  readonly paragraph: Xml | undefined
  readonly run: Xml | undefined
}
/** List level and kind. */
export interface Numbered {
  readonly level: number
  readonly ordered: boolean
}

/** On, unless it says otherwise: `<w:b/>`, `<w:b w:val="0"/>`. */
export const isOn = (flag: Xml | undefined): boolean | null =>
  flag === undefined ? null : !['0', 'false', 'off', 'none'].includes(flag.attributes['w:val'] ?? '1')
const valueOf = (element: Xml | undefined): string | undefined => element?.attributes['w:val']

export class DocxStyles {
  readonly #styles = new Map<string, Style>()
  /** Number → level → whether it counts. */
  readonly #numberings = new Map<string, ReadonlyMap<string, boolean>>()

  constructor(styles: Xml | null, numbering: Xml | null) {
    for (const style of elementsOf(styles ?? undefined).filter(({ name }) => name === 'w:style')) {
      this.#styles.set(style.attributes['w:styleId'] ?? '', {
        name: (valueOf(childOf(style, 'w:name')) ?? '').toLowerCase(),
        basedOn: valueOf(childOf(style, 'w:basedOn')) ?? null,
        paragraph: childOf(style, 'w:pPr'),
        run: childOf(style, 'w:rPr'),
      })
    }
    const parts = elementsOf(numbering ?? undefined)
    const kinds = new Map(
      parts
        .filter(({ name }) => name === 'w:abstractNum')
        .map((one) => [
          one.attributes['w:abstractNumId'] ?? '',
          new Map(
            elementsOf(one)
              .filter(({ name }) => name === 'w:lvl')
              .map((level) => [
                level.attributes['w:ilvl'] ?? '0',
                !['bullet', 'none'].includes(valueOf(childOf(level, 'w:numFmt')) ?? 'bullet'),
              ]),
          ),
        ]),
    )
    for (const one of parts.filter(({ name }) => name === 'w:num')) {
      const kind = kinds.get(valueOf(childOf(one, 'w:abstractNumId')) ?? '')
      if (kind) this.#numberings.set(one.attributes['w:numId'] ?? '', kind)
    }
  }

  /** The style and those it is based on; none twice, whatever a file says. */
  #chain(id: string | undefined): Style[] {
    const chain: Style[] = []
    let style = this.#styles.get(id ?? '')
    while (style && !chain.includes(style)) {
      chain.push(style)
      style = this.#styles.get(style.basedOn ?? '')
    }
    return chain
  }

  /** 1 to 9, 0 for the title of the document, null for what is no heading. */
  headingLevel(properties: Xml | undefined): number | null {
    const own = valueOf(childOf(properties, 'w:outlineLvl'))
    const chain = this.#chain(valueOf(childOf(properties, 'w:pStyle')))
    for (const { name } of chain) {
      if (name === 'title') return 0
      const named = /^heading (\d)$/.exec(name)?.[1]
      if (named) return Number(named)
    }
    const outline =
      own ?? chain.map(({ paragraph }) => valueOf(childOf(paragraph, 'w:outlineLvl'))).find(Boolean)
    return outline !== undefined && Number(outline) < 9 ? Number(outline) + 1 : null
  }

  /** A line of the table of contents. */
  isContents(properties: Xml | undefined): boolean {
    return this.#chain(valueOf(childOf(properties, 'w:pStyle'))).some(({ name }) =>
      /^toc (\d|heading)/.test(name),
    )
  }

  numbered(properties: Xml | undefined): Numbered | null {
    const all = [
      properties,
      ...this.#chain(valueOf(childOf(properties, 'w:pStyle'))).map(({ paragraph }) => paragraph),
    ]
    const numbering = all.map((one) => childOf(one, 'w:numPr')).find((one) => one !== undefined)
    const id = valueOf(childOf(numbering, 'w:numId'))
    if (id === undefined || id === '0') return null
    const level = valueOf(childOf(numbering, 'w:ilvl')) ?? '0'
    return { level: Number(level) || 0, ordered: this.#numberings.get(id)?.get(level) ?? false }
  }

  /** Whether a run is in bold (`w:b`) or italics (`w:i`): by itself, else by its character style. */
  has(mark: 'w:b' | 'w:i', properties: Xml | undefined): boolean {
    const own = isOn(childOf(properties, mark))
    if (own !== null) return own
    return this.#chain(valueOf(childOf(properties, 'w:rStyle'))).some(
      ({ run }) => isOn(childOf(run, mark)) === true,
    )
  }
}
