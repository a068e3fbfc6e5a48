/** What a text document says, whichever program wrote it: the same for DOCX and ODT. */
import type { Block } from './blocks.ts'

export interface FileText {
  readonly blocks: readonly Block[]
  /** Footnotes and endnotes in the order they are referred to: `Run.note` counts from 0. */
  readonly notes: readonly (readonly Block[])[]
  /** What stands beside the text. */
  readonly contents: readonly Block[]
  readonly margins: readonly Block[]
  readonly comments: readonly Block[]
  /** What tracked changes have deleted, and notes nobody refers to. */
  readonly deleted: readonly Block[]
  readonly pictures: number
}

/** The same while it is being read. */
export class Gathered implements FileText {
  readonly blocks: Block[] = []
  readonly notes: (readonly Block[])[] = []
  readonly contents: Block[] = []
  readonly margins: Block[] = []
  readonly comments: Block[] = []
  readonly deleted: Block[] = []
  pictures = 0
}
