/** People's own words as Markdown: they stay words, whatever signs are in them. */
import { paragraphsOf, type Paragraph, type TextRun } from '../compare/paragraphs.ts'

/** Signs that are not seen and turn what is read around: a name, or an address, could be read as another one. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const named = (sign: string): string =>
  `[U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`

/** One line or more of plain text. */
export const plain = (text: string): string =>
  text
    .replace(TURNING, named)
    .split(/\r\n?|\n/)
    .map((line) =>
      line
        .trim()
        .replace(/[\\`*_[\]<>#|~&!@]/g, '\\$&')
        // Many programs make links of what looks like an address, also where nobody has made one.
        .replace(/:(?=\/\/)|(?<=\bwww)\.|(?<=\b(?:mailto|xmpp)):/gi, '\\$&')
        // What begins a list or underlines a heading, at the beginning of a line.
        .replace(/^([-+=])/, '\\$1')
        .replace(/^(\d+)([.)])/, '$1\\$2'),
    )
    .join('  \n')

/** An address, if it is one that may be followed; else what stands there. */
export const address = (text: string): string =>
  isPlainAddress(text) && /^https?:/i.test(text) ? `<${text}>` : plain(text)

/** With nothing in it that ends it early, or that makes another address of it for whoever reads it. */
const isPlainAddress = (text: string): boolean =>
  /^(https?:\/\/|mailto:)[^\s<>]+$/i.test(text) && text.search(TURNING) < 0

/** Rich text, paragraph by paragraph; `null` for what is no rich text, '' for an empty one. */
export function prose(value: unknown): string | null {
  const paragraphs = paragraphsOf(value)
  if (paragraphs === null) return null
  return paragraphs
    .filter(({ text, shape }) => text.trim() !== '' || shape.opensItem)
    .map(block)
    .join('\n\n')
}

function block({ shape, runs }: Paragraph): string {
  const text = runs.map(run).join('')
  if (shape.list === null) return text
  const bullet = shape.opensItem ? (shape.list === 'ordered' ? '1.  ' : '-   ') : '    '
  const margin = ' '.repeat(4 * Math.max(0, shape.depth - 1))
  return (margin + bullet + text).replaceAll('\n', `\n${margin}    `)
}

/** Marks hold nothing but words: a space inside of them would make them visible signs. */
function run({ text, marks }: TextRun): string {
  if (text === '\n') return '  \n'
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  if (inner === '') return text
  let marked = plain(inner)
  for (const mark of marks) {
    const href = mark.type === 'link' ? String(mark.attrs?.['href'] ?? '') : ''
    if (mark.type === 'bold') marked = `**${marked}**`
    else if (mark.type === 'italic') marked = `*${marked}*`
    else if (isPlainAddress(href)) marked = `[${marked}](<${href}>)`
  }
  return before + marked + after
}
