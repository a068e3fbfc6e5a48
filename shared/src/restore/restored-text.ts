/** A shared text made to say again what it said: only the words that differ are touched, so that others can go on in the rest. */
import * as Y from 'yjs'
import { canonicalJson, type Json } from '../canonical.ts'
import { Effort } from '../compare/effort.ts'
import { compareTexts } from '../compare/text.ts'
import { PASTE_MAX_CHARACTERS } from '../limits.ts'
import type { RichNode, RichText } from '../schema/fields.ts'
import { readRich } from '../schema/json.ts'

/** Runs a step as a transaction; one piece each, since a transaction travels whole. */
export type Step = (step: () => void) => void

/** Signs, not units: never through the middle of one. Half, because one sign may be two units. */
const PIECE = new RegExp(`[^]{1,${PASTE_MAX_CHARACTERS / 2}}`, 'gu')
const piecesOf = (text: string): readonly string[] => text.match(PIECE) ?? []

export function restoreText(text: Y.Text, wanted: string, step: Step): void {
  const now = text.toString()
  if (now === wanted) return
  // Something that is no text lies in it: counting signs would miss.
  if (text.length !== now.length) {
    step(() => text.delete(0, text.length))
    return insertText(text, 0, wanted, step)
  }
  let at = 0
  for (const { kind, text: part } of compareTexts(now, wanted, new Effort())) {
    if (kind === 'removed') step(() => text.delete(at, part.length))
    else {
      if (kind === 'added') insertText(text, at, part, step)
      at += part.length
    }
  }
}

function insertText(text: Y.Text, from: number, wanted: string, step: Step, marks?: object): void {
  let at = from
  for (const piece of piecesOf(wanted)) {
    step(() => text.insert(at, piece, marks))
    at += piece.length
  }
}

/** Paragraphs at the beginning and at the end that are the same stay as they are. */
export function restoreProse(prose: Y.XmlFragment, wanted: RichText, step: Step): void {
  const now = readRich(prose)
  // Read as more or fewer nodes than there are: which is which cannot be told.
  const whole = now.length !== prose.length
  const same = (a: RichNode, b: RichNode): boolean => jsonOf(a) === jsonOf(b)
  const most = whole ? 0 : Math.min(now.length, wanted.length)
  let start = 0
  while (start < most && same(now[start]!, wanted[start]!)) start++
  let end = 0
  while (end < most - start && same(now[now.length - 1 - end]!, wanted[wanted.length - 1 - end]!)) end++
  const goes = prose.length - start - end
  const comes = wanted.slice(start, wanted.length - end)
  if (
    !whole &&
    goes === comes.length &&
    comes.every((node, i) => inPlace(prose.get(start + i), now[start + i]!, node))
  )
    return comes.forEach((node, i) =>
      restoreText(plainOf(prose.get(start + i))!, node.content?.[0]?.text ?? '', step),
    )
  if (goes > 0) step(() => prose.delete(start, goes))
  insertNodes(prose, start, comes, step)
}

/** A plain paragraph that stays one: its words can be changed where they are. */
function inPlace(element: unknown, was: RichNode, now: RichNode): boolean {
  const plain = ({ type, attrs, content = [] }: RichNode): boolean =>
    type === 'paragraph' &&
    attrs === undefined &&
    content.length === 1 &&
    content[0]!.type === 'text' &&
    (content[0]!.marks ?? []).length === 0
  return plain(was) && plain(now) && plainOf(element) !== null
}
function plainOf(element: unknown): Y.XmlText | null {
  if (!(element instanceof Y.XmlElement) || element.length !== 1) return null
  const only = element.get(0)
  return only instanceof Y.XmlText ? only : null
}

function insertNodes(parent: Y.XmlFragment, from: number, nodes: readonly RichNode[], step: Step): void {
  let at = from
  for (const run of runsOf(nodes)) {
    const made = run.kind === 'text' ? new Y.XmlText() : elementOf(run.node)
    const small = jsonOf(run.kind === 'text' ? run.nodes : run.node).length <= PASTE_MAX_CHARACTERS
    if (small) {
      step(() => {
        fill(made, run)
        parent.insert(at, [made])
      })
    } else {
      step(() => parent.insert(at, [made]))
      if (run.kind === 'node') insertNodes(made as Y.XmlElement, 0, run.node.content ?? [], step)
      else {
        let end = 0
        for (const { text = '', marks } of run.nodes) {
          insertText(made as Y.XmlText, end, text, step, marksOf(marks))
          end += text.length
        }
      }
    }
    at += 1
  }
}

type Run =
  | { readonly kind: 'text'; readonly nodes: readonly RichNode[] }
  | { readonly kind: 'node'; readonly node: RichNode }

/** Pieces of text that follow each other are one shared text, unless they would then read as one. */
function runsOf(nodes: readonly RichNode[]): Run[] {
  const runs: Run[] = []
  for (const node of nodes) {
    const last = runs.at(-1)
    if (node.type !== 'text') runs.push({ kind: 'node', node })
    else if (last?.kind === 'text' && jsonOf(last.nodes.at(-1)!.marks ?? []) !== jsonOf(node.marks ?? []))
      runs[runs.length - 1] = { kind: 'text', nodes: [...last.nodes, node] }
    else runs.push({ kind: 'text', nodes: [node] })
  }
  return runs
}

function elementOf({ type, attrs = {} }: RichNode): Y.XmlElement {
  const element = new Y.XmlElement(type)
  for (const [key, value] of Object.entries(attrs)) element.setAttribute(key, value as string)
  return element
}

function fill(made: Y.XmlElement | Y.XmlText, run: Run): void {
  if (run.kind === 'text' && made instanceof Y.XmlText) {
    made.applyDelta(run.nodes.map(({ text = '', marks }) => ({ insert: text, attributes: marksOf(marks) })))
  } else if (run.kind === 'node' && made instanceof Y.XmlElement) {
    const inside = runsOf(run.node.content ?? []).map((inner) => {
      const child = inner.kind === 'text' ? new Y.XmlText() : elementOf(inner.node)
      fill(child, inner)
      return child
    })
    if (inside.length > 0) made.insert(0, inside)
  }
}

const marksOf = (marks: RichNode['marks'] = []): { [mark: string]: object } =>
  Object.fromEntries(marks.map(({ type, attrs }) => [type, attrs ?? {}]))
const jsonOf = (value: unknown): string => canonicalJson(value as Json)
