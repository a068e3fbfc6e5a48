/**
 * What lies in the clipboard as HTML, from Word, Writer, Google Docs, Outlook or a website, as blocks. It is parsed in a
 * document that fetches nothing and runs nothing; text, lists and a few marks are taken over, and nothing else.
 */
import { linkAddress } from '../parts/link-address.ts'
import { isFrame, plainRun, tidy, type Block, type Run } from './blocks.ts'

export interface Pasted {
  readonly blocks: readonly Block[]
  /** What a text cannot hold, counted, so that it can be said. */
  readonly pictures: number
  readonly tables: number
  readonly comments: number
  /** Passages marked as deleted by tracked changes. */
  readonly deletions: number
}

export function readPasted(html: string): Pasted {
  const walk = new Walk({ pictures: 0, tables: 0, comments: 0, deletions: 0 })
  const blocks = walk.blocksOf(new DOMParser().parseFromString(html, 'text/html').body)
  return { blocks, ...walk.left }
}

interface Left {
  pictures: number
  tables: number
  comments: number
  deletions: number
}
/** What the paragraph being read will be; an item has a first paragraph and further ones. */
type Form =
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'item'; readonly level: number; readonly ordered: boolean; begun: boolean }
interface Look {
  readonly bold: boolean
  readonly italic: boolean
  readonly href: string | null
  /** Spaces and line ends count. */
  readonly kept: boolean
  readonly form: Form
  /** Lists around, with the kind of the innermost. */
  readonly lists: number
  readonly ordered: boolean
}
const PLAIN: Look = {
  bold: false,
  italic: false,
  href: null,
  kept: false,
  form: { kind: 'paragraph' },
  lists: 0,
  ordered: false,
}

const BLOCKS = new Set(
  'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol p pre section summary ul'.split(
    ' ',
  ),
)
/** Never text: what runs, what styles, what Office keeps for itself. */
const SKIPPED = new Set(
  'applet audio base button canvas datalist embed frame frameset head iframe input link math meta noframes noscript object option script select style svg template textarea title track video xml'.split(
    ' ',
  ),
)

class Walk {
  readonly left: Left
  #blocks: Block[] = []
  #runs: Run[] = []
  constructor(left: Left) {
    this.left = left
  }

  blocksOf(element: Element): Block[] {
    this.#children(element, PLAIN)
    this.#close(PLAIN.form)
    return this.#blocks
  }

  #children(element: Element, look: Look): void {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) this.#text(node.nodeValue ?? '', look)
      else if (node.nodeType === Node.ELEMENT_NODE) this.#element(node as Element, look)
    }
  }

  #text(text: string, look: Look): void {
    const { bold, italic, href } = look
    this.#runs.push({ text: look.kept ? text : text.replace(/[\r\n]+/g, ' '), bold, italic, href })
  }

  #close(form: Form): void {
    const runs = tidy(this.#runs)
    this.#runs = []
    if (runs.length === 0) return
    if (form.kind !== 'item') return void this.#blocks.push({ ...form, runs })
    this.#blocks.push({ kind: 'item', level: form.level, ordered: form.ordered, continues: form.begun, runs })
    form.begun = true
  }

  #element(element: Element, around: Look): void {
    const tag = element.localName
    const style = element.getAttribute('style') ?? ''
    if (SKIPPED.has(tag) || this.#leavesOut(element, tag, style)) return
    if (tag === 'br') return void this.#runs.push(plainRun('\n'))
    if (tag === 'img') return this.#picture(element, around)
    if (tag === 'table') return this.#table(element as HTMLTableElement, around)
    const look = lookOf(element, tag, style, around)
    if (/^sd(?:foot|end)note(?:anc|sym)$/.test(element.className)) {
      const number = (element.textContent ?? '').trim()
      return this.#text(element.className.endsWith('sym') ? `[${number}] ` : `[${number}]`, look)
    }
    if (!BLOCKS.has(tag)) {
      const tabs = /mso-tab-count:\s*\d/.test(style)
      if (tabs) this.#text(' ', look)
      return tabs ? undefined : this.#children(element, look)
    }
    this.#close(around.form)
    this.#children(element, look)
    this.#close(look.form)
  }

  /** Word's own marks of a list, what is not seen, what was deleted, and what stands in the margin. */
  #leavesOut(element: Element, tag: string, style: string): boolean {
    if (/mso-list:\s*ignore/i.test(style) || /(?<![-\w])display:\s*none|mso-hide:\s*all/i.test(style))
      return true
    if (/mso-special-character:\s*comment/i.test(style) || element.className === 'MsoCommentReference')
      return true
    if (/mso-element:\s*comment-list/i.test(style)) {
      this.left.comments += [...element.querySelectorAll('[style]')].filter((one) =>
        /mso-element:\s*comment(?![-\w])/i.test(one.getAttribute('style') ?? ''),
      ).length
      return true
    }
    const deleted = tag === 'del' || element.classList.contains('msoDel')
    if (deleted && (element.textContent ?? '').trim() !== '') this.left.deletions += 1
    return deleted
  }

  #picture(image: Element, look: Look): void {
    const emoji = image.getAttribute('alt') ?? ''
    if (/^\p{Extended_Pictographic}/u.test(emoji) && emoji.length <= 16) return this.#text(emoji, look)
    const side = (name: string): number => Number.parseFloat(image.getAttribute(name) ?? '') || 100
    // A dot of one pixel tells a sender that a mail was read.
    if (side('width') > 2 && side('height') > 2) this.left.pictures += 1
  }

  #table(table: HTMLTableElement, around: Look): void {
    this.#close(around.form)
    if (table.caption) this.#element(table.caption, { ...PLAIN })
    this.#close(PLAIN.form)
    const rows = [...table.rows].map((row) =>
      [...row.cells].map((cell) => new Walk(this.left).blocksOf(cell)),
    )
    const read = { kind: 'table', rows } as const
    if (!isFrame(read)) this.left.tables += 1
    this.#blocks.push(read)
  }
}

function lookOf(element: Element, tag: string, style: string, around: Look): Look {
  const weight = /(?<![-\w])font-weight:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase()
  const slant = /(?<![-\w])font-style:\s*([\w-]+)/i.exec(style)?.[1]?.toLowerCase()
  const bold =
    weight === undefined
      ? around.bold || tag === 'b' || tag === 'strong' || tag === 'th'
      : weight.startsWith('bold') || Number(weight) >= 600
  const italic =
    slant === undefined ? around.italic || tag === 'i' || tag === 'em' || tag === 'cite' : slant !== 'normal'
  const kept = around.kept || tag === 'pre' || /white-space:\s*(?:pre|break-spaces)/i.test(style)
  const lists = tag === 'ul' || tag === 'ol' || tag === 'menu' ? around.lists + 1 : around.lists
  const ordered = tag === 'ol' ? true : lists > around.lists ? false : around.ordered
  const href = tag === 'a' ? addressOf(element.getAttribute('href')) : around.href
  return { bold, italic, href, kept, lists, ordered, form: formOf(element, tag, style, around) }
}

/** Whole addresses only: what is relative leads nowhere from here. */
function addressOf(href: string | null): string | null {
  return href !== null && /^\s*[a-z][a-z0-9+.-]*:/i.test(href) ? linkAddress(href) : null
}

function formOf(element: Element, tag: string, style: string, around: Look): Form {
  const level = /^h([1-6])$/.exec(tag)?.[1]
  if (level) return { kind: 'heading', level: Number(level) }
  if (tag === 'li')
    return { kind: 'item', level: Math.max(0, around.lists - 1), ordered: around.ordered, begun: false }
  const listed = /mso-list:[^;]*level(\d+)/i.exec(style)?.[1]
  if (listed) {
    const mark = [...element.querySelectorAll('[style]')].find((one) =>
      /mso-list:\s*ignore/i.test(one.getAttribute('style') ?? ''),
    )
    const ordered = /^[\s(]*(?:\d+|[a-z]{1,5})[.)]/i.test(mark?.textContent ?? '')
    return { kind: 'item', level: Number(listed) - 1, ordered, begun: false }
  }
  if (element.className === 'MsoTitle') return { kind: 'heading', level: 1 }
  return tag === 'ul' || tag === 'ol' ? PLAIN.form : around.form
}
