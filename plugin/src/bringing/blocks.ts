/** Text from elsewhere before it is ours: blocks in order, and how they become the rich text of a field. */
import { PASTE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { RichNode, RichText } from '@auzolan/shared/schema/fields.ts'

/** Text of one look. A line feed in it is a line break within the paragraph. */
export interface Run {
  readonly text: string
  readonly bold: boolean
  readonly italic: boolean
  /** An address that links may have, else null. */
  readonly href: string | null
  /** Number of the note it stands for, among those of the file. */
  readonly note?: number
}

export interface Paragraph {
  readonly kind: 'paragraph'
  readonly runs: readonly Run[]
}
export interface Heading {
  readonly kind: 'heading'
  readonly level: number
  readonly runs: readonly Run[]
}
export interface Item {
  readonly kind: 'item'
  /** 0 is the outermost list. */
  readonly level: number
  readonly ordered: boolean
  /** A further paragraph of the item before. */
  readonly continues: boolean
  readonly runs: readonly Run[]
}
export interface Table {
  readonly kind: 'table'
  /** Rows of cells of blocks. */
  readonly rows: readonly (readonly (readonly Block[])[])[]
}
export type Block = Paragraph | Heading | Item | Table
export type FlatBlock = Exclude<Block, Table>

/** What stands between the cells of a row, once the table has become lines; and between the paragraphs of a cell. */
const BETWEEN_CELLS = ' | '
const BETWEEN_PARAGRAPHS = ' / '
/** Deeper lists stay at this level: readers stop at 32 nodes in nodes, and a list in a list takes two. */
export const LIST_LEVELS_MAX = 8

export const plainRun = (text: string): Run => ({ text, bold: false, italic: false, href: null })
export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('')

/** Without spaces at the ends and doubled within, without signs that are no text, and without runs that say nothing. */
export function tidy(runs: readonly Run[]): Run[] {
  const out: Run[] = []
  let before = '\n'
  for (const run of runs) {
    let text = ''
    for (const sign of run.text
      .replace(/\r\n?/g, '\n')
      .replace(/[\t\f\v ]+/g, ' ')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff\u200b\ufeff]|\u00ad/g, '')
      .replace(/[\ud800-\udfff]/gu, '\ufffd')) {
      if (sign === ' ' && (before === ' ' || before === '\n')) continue
      text += sign
      before = sign
    }
    const last = out.at(-1)
    if (text === '') continue
    if (last && looksAs(last, run)) out[out.length - 1] = { ...last, text: last.text + text }
    else out.push({ ...run, text })
  }
  while (out.length > 0) {
    const last = out.at(-1)!
    const text = last.text.replace(/[ \n\u00a0]+$/, '')
    if (text === last.text) break
    if (text === '') out.pop()
    else {
      out[out.length - 1] = { ...last, text }
      break
    }
  }
  return out
}

const looksAs = (a: Run, b: Run): boolean =>
  a.bold === b.bold &&
  a.italic === b.italic &&
  a.href === b.href &&
  a.note === undefined &&
  b.note === undefined

/** Tables as lines: one a row, and what has only one cell a row was no table but a frame. */
export function flat(blocks: readonly Block[]): FlatBlock[] {
  return blocks.flatMap((block) => {
    if (block.kind !== 'table') return [block]
    if (isFrame(block)) return block.rows.flatMap((row) => row.flatMap((cell) => flat(cell)))
    return block.rows
      .map((row): FlatBlock => {
        const runs = row.flatMap((cell, i) => [
          ...(i === 0 ? [] : [plainRun(BETWEEN_CELLS)]),
          ...flat(cell).flatMap(({ runs }, k) => (k === 0 ? runs : [plainRun(BETWEEN_PARAGRAPHS), ...runs])),
        ])
        return { kind: 'paragraph', runs: tidy(runs.map((run) => ({ ...run, text: oneLine(run.text) }))) }
      })
      .filter(({ runs }) => /[^|\s]/.test(textOf(runs)))
  })
}

const oneLine = (text: string): string => text.replace(/\n/g, BETWEEN_PARAGRAPHS)
export const isBlank = (blocks: readonly Block[]): boolean =>
  blocks.every((block) =>
    block.kind === 'table' ? block.rows.every((row) => row.every(isBlank)) : textOf(block.runs).trim() === '',
  )
export const isFrame = (table: Table): boolean =>
  table.rows.every((row) => row.filter((cell) => !isBlank(cell)).length <= 1)

export const charactersOf = (blocks: readonly Block[]): number =>
  flat(blocks).reduce((sum, { runs }) => sum + textOf(runs).length, 0)

/** Blocks in pieces that one update each can hold; cut between two blocks, and a longer block between two words. */
export function inSendable(blocks: readonly Block[], maxCost = PASTE_MAX_CHARACTERS): FlatBlock[][] {
  const pieces: FlatBlock[][] = []
  let piece: FlatBlock[] = []
  let cost = 0
  for (const block of flat(blocks).flatMap((one) => shortEnough(one, maxCost))) {
    const more = costOf(block)
    const within = block.kind === 'item' && (block.level > 0 || block.continues)
    if (piece.length > 0 && (cost + more > maxCost || (cost > maxCost / 2 && !within))) {
      pieces.push(piece)
      piece = []
      cost = 0
    }
    piece.push(block)
    cost += more
  }
  if (piece.length > 0) pieces.push(piece)
  return pieces
}

/** A paragraph and a change of look cost more than their letters. */
const costOf = ({ runs }: FlatBlock): number => 40 + runs.reduce((sum, run) => sum + run.text.length + 24, 0)

function shortEnough(block: FlatBlock, maxCost: number): FlatBlock[] {
  if (costOf(block) <= maxCost) return [block]
  const most = Math.floor(maxCost / 2)
  const out: FlatBlock[] = []
  let runs: Run[] = []
  let cost = 40
  const close = (): void => {
    out.push(
      block.kind === 'item'
        ? { ...block, continues: block.continues || out.length > 0, runs }
        : { ...block, runs },
    )
    runs = []
    cost = 40
  }
  for (const run of block.runs) {
    for (let rest = run.text; rest !== '';) {
      if (cost + 24 >= most) close()
      const text = rest.slice(0, cutAt(rest, most - cost - 24))
      rest = rest.slice(text.length)
      runs.push({ ...run, text })
      cost += text.length + 24
    }
  }
  if (runs.length > 0) close()
  return out
}

/** Behind a space if there is one near, and never within an emoji. */
function cutAt(text: string, most: number): number {
  if (text.length <= most) return text.length
  const space = text.lastIndexOf(' ', most - 1)
  if (space > most / 2) return space + 1
  const cutsPair = /^[\udc00-\udfff]/.test(text.slice(most))
  return Math.max(1, cutsPair && most > 1 ? most - 1 : most)
}

type Growing = { type: string; content: RichNode[] }

/**
 * As the editor has it: paragraphs and lists. It knows no headings: a heading is a paragraph in bold.
 * @param levels lists in each other, at most: items that were deeper are in the deepest
 */
export function richOf(blocks: readonly Block[], levels = LIST_LEVELS_MAX): RichText {
  const out: RichNode[] = []
  let lists: Growing[] = []
  for (const block of flat(blocks)) {
    if (block.kind !== 'item' || levels < 1) {
      lists = []
      out.push(
        paragraphOf(
          block.kind === 'heading' ? block.runs.map((run) => ({ ...run, bold: true })) : block.runs,
        ),
      )
      continue
    }
    const lastItem = (): RichNode[] => lists.at(-1)!.content.at(-1)!.content as RichNode[]
    if (block.continues && lists.length > 0) {
      lastItem().push(paragraphOf(block.runs))
      continue
    }
    const type = block.ordered ? 'orderedList' : 'bulletList'
    const level = Math.min(block.level, levels - 1, lists.length)
    lists = lists.slice(0, level + 1)
    if (lists.length === level + 1 && lists[level]!.type !== type) lists.pop()
    if (lists.length === level) {
      const list: Growing = { type, content: [] }
      if (level === 0) out.push(list)
      else lastItem().push(list)
      lists.push(list)
    }
    lists[level]!.content.push({ type: 'listItem', content: [paragraphOf(block.runs)] })
  }
  return out
}

function paragraphOf(runs: readonly Run[]): RichNode {
  const content = runs.flatMap((run) =>
    run.text
      .split('\n')
      .flatMap((line, i): RichNode[] => [
        ...(i === 0 ? [] : [{ type: 'hardBreak' }]),
        ...(line === '' ? [] : [{ type: 'text', text: line, ...marksOf(run) }]),
      ]),
  )
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

function marksOf({ bold, italic, href }: Run): Pick<RichNode, 'marks'> {
  const marks = [
    ...(href === null ? [] : [{ type: 'link', attrs: { href } }]),
    ...(bold ? [{ type: 'bold' }] : []),
    ...(italic ? [{ type: 'italic' }] : []),
  ]
  return marks.length > 0 ? { marks } : {}
}
