/** A text document cut at its headings: the pieces that somebody gives a place in the plan. */
import { IMPORT_HEADINGS_MAX } from '@auzolan/shared/limits.ts'
import { charactersOf, isBlank, textOf, type Block, type Heading } from './blocks.ts'
import type { FileText } from './file-text.ts'

/** `heading` is a piece of the text itself; the others stand before it or beside it. */
export type PartKind = 'heading' | 'before' | 'contents' | 'margins' | 'comments' | 'deleted'

export interface Part {
  readonly kind: PartKind
  /** Words of the heading; '' for the others. */
  readonly title: string
  /** 0 is the title of the document. */
  readonly level: number
  readonly heading: Heading | null
  /** What stands under the heading, with the notes it refers to at the end. */
  readonly blocks: readonly Block[]
  readonly characters: number
}

/** Null when there are more headings than anybody would go through. */
export function partsOf(file: FileText): Part[] | null {
  const parts: Part[] = []
  const add = (kind: PartKind, heading: Heading | null, blocks: readonly Block[]): void => {
    const all = [...blocks, ...notesOf(heading ? [heading, ...blocks] : blocks, file)]
    if (!heading && isBlank(all)) return
    const title = heading ? textOf(heading.runs).replace(/\s+/g, ' ') : ''
    const characters = charactersOf(all) + title.length
    parts.push({ kind, title, level: heading?.level ?? 1, heading, blocks: all, characters })
  }
  let heading: Heading | null = null
  let under: Block[] = []
  for (const block of withHeadings(file.blocks)) {
    if (block.kind !== 'heading') {
      under.push(block)
      continue
    }
    add(heading ? 'heading' : 'before', heading, under)
    heading = block
    under = []
  }
  add(heading ? 'heading' : 'before', heading, under)
  if (parts.length > IMPORT_HEADINGS_MAX) return null
  for (const kind of ['margins', 'comments', 'contents', 'deleted'] as const) add(kind, null, file[kind])
  return parts
}

/** Longer lines in bold are emphasis. */
const BOLD_HEADING_MAX_CHARACTERS = 100

/** Many documents have no headings, only short lines in bold: where no other is, these are. */
function withHeadings(blocks: readonly Block[]): readonly Block[] {
  if (blocks.some((block) => block.kind === 'heading' && block.level > 0)) return blocks
  return blocks.map((block): Block => {
    if (block.kind !== 'paragraph') return block
    const words = textOf(block.runs)
    const bold = block.runs.every((run) => run.bold || run.text.trim() === '')
    const isHeading = bold && words.length <= BOLD_HEADING_MAX_CHARACTERS && !/[.,;]$|\n/.test(words)
    return isHeading ? { kind: 'heading', level: 1, runs: block.runs } : block
  })
}

function notesOf(blocks: readonly Block[], file: FileText, seen = new Set<number>()): Block[] {
  return referred(blocks).flatMap((number): Block[] => {
    if (seen.has(number)) return []
    seen.add(number)
    const note = file.notes[number] ?? []
    const [first, ...more] = note
    const mark = { text: `[${number + 1}] `, bold: false, italic: false, href: null }
    const marked: Block[] =
      first === undefined || first.kind === 'table'
        ? [{ kind: 'paragraph', runs: [mark] }, ...note]
        : [{ kind: 'paragraph', runs: [mark, ...first.runs] }, ...more]
    return [...marked, ...notesOf(note, file, seen)]
  })
}

const referred = (blocks: readonly Block[]): number[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.rows.flatMap((row) => row.flatMap(referred))
      : block.runs.flatMap(({ note }) => (note === undefined ? [] : [note])),
  )
