/** Two rich texts compared paragraph by paragraph, and those that changed word by word, with their marks. */
import type { Block, Part, ProsePart } from './change.ts'
import type { Effort } from './effort.ts'
import { pair } from './pairing.ts'
import type { Paragraph, TextRun } from './paragraphs.ts'
import { runs } from './sequence.ts'
import { compareTexts } from './text.ts'

export function compareProse(
  before: readonly Paragraph[],
  after: readonly Paragraph[],
  effort: Effort,
): Block[] {
  const blocks: Block[] = []
  let gone: readonly Paragraph[] = []
  let come: readonly Paragraph[] = []
  let i = 0
  let j = 0
  const settle = (): void => {
    for (const block of replaced(gone, come, effort)) blocks.push(block)
    gone = []
    come = []
  }
  // Too many paragraphs changed to look for those that stayed: all of it is replaced.
  const found = runs(before.map(identity), after.map(identity), effort) ?? [
    { kind: 'removed', count: before.length },
    { kind: 'added', count: after.length },
  ]
  for (const { kind, count } of found) {
    if (kind === 'removed') gone = before.slice(i, i + count)
    else if (kind === 'added') come = after.slice(j, j + count)
    else {
      settle()
      for (const paragraph of after.slice(j, j + count)) blocks.push(whole('same', paragraph))
    }
    if (kind !== 'added') i += count
    if (kind !== 'removed') j += count
  }
  settle()
  return blocks
}

/** Whether there is anything to see: what the blocks do not show, the caller has to tell in another way. */
export const hasChanged = (blocks: readonly Block[]): boolean => blocks.some(({ kind }) => kind !== 'same')

const identity = (paragraph: Paragraph): string =>
  JSON.stringify([paragraph.form, ...paragraph.runs.flatMap((run) => [run.style, run.text])])

function replaced(gone: readonly Paragraph[], come: readonly Paragraph[], effort: Effort): Block[] {
  const blocks: Block[] = []
  let i = 0
  let j = 0
  const until = (toGone: number, toCome: number): void => {
    for (; i < toGone; i++) blocks.push(whole('removed', gone[i]!))
    for (; j < toCome; j++) blocks.push(whole('added', come[j]!))
  }
  const texts = (of: readonly Paragraph[]): string[] => of.map(({ text }) => text)
  for (const [from, to] of pair(texts(gone), texts(come), effort)) {
    until(from, to)
    blocks.push(changed(gone[i++]!, come[j++]!, effort))
  }
  until(gone.length, come.length)
  return blocks
}

const whole = (kind: 'same' | 'added' | 'removed', paragraph: Paragraph): Block => ({
  kind,
  shape: paragraph.shape,
  was: null,
  parts: paragraph.runs.map(({ text, marks }) => ({ kind, text, marks })),
})

function changed(before: Paragraph, after: Paragraph, effort: Effort): Block {
  const was = new Styles(before.runs)
  const now = new Styles(after.runs)
  const parts = compareTexts(before.text, after.text, effort).flatMap((part) => marked(part, was, now))
  const visible = before.form !== after.form || parts.some(({ kind }) => kind !== 'same')
  return {
    kind: visible ? 'changed' : 'same',
    shape: after.shape,
    was: before.form === after.form ? null : before.shape,
    parts,
  }
}

/** A part of the text cut where its marks change on either side. */
function marked({ kind, text }: Part, was: Styles, now: Styles): ProsePart[] {
  const parts: ProsePart[] = []
  for (let from = 0; from < text.length;) {
    const sides = kind === 'removed' ? [was] : kind === 'added' ? [now] : [was, now]
    const length = Math.min(text.length - from, ...sides.map((side) => side.left))
    const piece = text.slice(from, from + length)
    const { marks } = sides.at(-1)!.run
    if (kind === 'same' && was.run.style !== now.run.style) {
      parts.push({ kind: 'restyled', text: piece, marks, was: was.run.marks })
    } else parts.push({ kind, text: piece, marks })
    for (const side of sides) side.take(length)
    from += length
  }
  return parts
}

/** Goes through the runs of a paragraph as its text is read. */
class Styles {
  readonly #runs: readonly TextRun[]
  #index = 0
  #taken = 0

  constructor(all: readonly TextRun[]) {
    this.#runs = all.filter(({ text }) => text !== '')
  }

  get run(): TextRun {
    return this.#runs[this.#index]!
  }

  get left(): number {
    return this.run.text.length - this.#taken
  }

  take(length: number): void {
    this.#taken += length
    if (this.#taken < this.run.text.length) return
    this.#index++
    this.#taken = 0
  }
}
