/** Styles and numberings of a DOCX: what a paragraph is, by the name of its style and those it is based on. */
import { IMPORT_STYLE_CHAIN_MAX } from '@auzolan/shared/limits.ts'
import { childOf, elementsOf, type Xml } from './xml.ts'

/** What a style says, read once: every paragraph asks for it. */
interface Style {
  readonly name: string
  readonly basedOn: string | null
  readonly outline: string | undefined
  readonly list: InList | undefined
  readonly 'w:b': boolean | null
  readonly 'w:i': boolean | null
}
interface InList {
  readonly id: string | undefined
  readonly level: string
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
function listOf(properties: Xml | undefined): InList | undefined {
  const numbering = childOf(properties, 'w:numPr')
  return (
    numbering && {
      id: valueOf(childOf(numbering, 'w:numId')),
      level: valueOf(childOf(numbering, 'w:ilvl')) ?? '0',
    }
  )
}

export class DocxStyles {
  readonly #styles = new Map<string, Style>()
  readonly #chains = new Map<string, readonly Style[]>()
  /** Number → level → whether it counts. */
  readonly #numberings = new Map<string, ReadonlyMap<string, boolean>>()

  constructor(styles: Xml | null, numbering: Xml | null) {
    for (const style of elementsOf(styles ?? undefined).filter(({ name }) => name === 'w:style')) {
      const paragraph = childOf(style, 'w:pPr')
      const run = childOf(style, 'w:rPr')
      this.#styles.set(style.attributes['w:styleId'] ?? '', {
        name: (valueOf(childOf(style, 'w:name')) ?? '').toLowerCase(),
        basedOn: valueOf(childOf(style, 'w:basedOn')) ?? null,
        outline: valueOf(childOf(paragraph, 'w:outlineLvl')),
        list: listOf(paragraph),
        'w:b': isOn(childOf(run, 'w:b')),
        'w:i': isOn(childOf(run, 'w:i')),
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

  /** The style and those it is based on, found once; as many as people write, also of one that is based on itself. */
  #chain(id: string | undefined): readonly Style[] {
    const known = this.#chains.get(id ?? '')
    if (known) return known
    const chain: Style[] = []
    let style = this.#styles.get(id ?? '')
    while (style && chain.length < IMPORT_STYLE_CHAIN_MAX) {
      chain.push(style)
      style = this.#styles.get(style.basedOn ?? '')
    }
    this.#chains.set(id ?? '', chain)
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
    const outline = own ?? chain.map((style) => style.outline).find(Boolean)
    return outline !== undefined && Number(outline) < 9 ? Number(outline) + 1 : null
  }

  /** A line of the table of contents. */
  isContents(properties: Xml | undefined): boolean {
    return this.#chain(valueOf(childOf(properties, 'w:pStyle'))).some(({ name }) =>
      /^toc (\d|heading)/.test(name),
    )
  }

  numbered(properties: Xml | undefined): Numbered | null {
    const styled = this.#chain(valueOf(childOf(properties, 'w:pStyle'))).find(({ list }) => list)?.list
    const { id, level } = listOf(properties) ?? styled ?? { id: undefined, level: '0' }
    if (id === undefined || id === '0') return null
    return { level: Number(level) || 0, ordered: this.#numberings.get(id)?.get(level) ?? false }
  }

  /** Whether a run is in bold (`w:b`) or italics (`w:i`): by itself, else by its character style. */
  has(mark: 'w:b' | 'w:i', properties: Xml | undefined): boolean {
    const own = isOn(childOf(properties, mark))
    if (own !== null) return own
    return this.#chain(valueOf(childOf(properties, 'w:rStyle'))).some((style) => style[mark] === true)
  }
}
