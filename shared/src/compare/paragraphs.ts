/** Rich text as its paragraphs in order, each with what it is (heading, list item) and its runs of marked text. */
import { canonicalJson, type Json } from '../canonical.ts'
import type { RichNode } from '../schema/fields.ts'
import type { Marks, Shape } from './change.ts'
import { at, isObject, isShallow } from './damage.ts'

export interface TextRun {
  readonly text: string
  readonly marks: Marks
  /** Equal for equal marks; what is no text (a line break) is part of it. */
  readonly style: string
}
export interface Paragraph {
  readonly shape: Shape
  /** Equal for equal shapes, with everything the schema of another version may say about them. */
  readonly form: string
  readonly runs: readonly TextRun[]
  readonly text: string
}

/** How a line break, which is a node, stands in the text of its paragraph. */
const LINE_BREAK = '\n'
const LISTS: ReadonlyMap<string, 'bullet' | 'ordered'> = new Map([
  ['bulletList', 'bullet'],
  ['orderedList', 'ordered'],
])

interface Around {
  readonly form: readonly Json[]
  readonly list: Shape['list']
  readonly depth: number
}
const OUTSIDE: Around = { form: [], list: null, depth: 0 }

/** `null` for what is no rich text. */
export function paragraphsOf(value: unknown): Paragraph[] | null {
  if (!Array.isArray(value) || !isShallow(value) || !value.every(isNode)) return null
  return inside(value as RichNode[], OUTSIDE, { left: false })
}

const isNode = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['type'] === 'string' &&
  (value['text'] === undefined || typeof value['text'] === 'string') &&
  (value['attrs'] === undefined || isObject(value['attrs'])) &&
  (value['marks'] === undefined || (Array.isArray(value['marks']) && value['marks'].every(isMark))) &&
  (value['content'] === undefined || (Array.isArray(value['content']) && value['content'].every(isNode)))
const isMark = (mark: unknown): boolean =>
  isObject(mark) &&
  typeof mark['type'] === 'string' &&
  (mark['attrs'] === undefined || isObject(mark['attrs']))

const isInline = (node: RichNode): boolean => node.type === 'text' || node.type === 'hardBreak'

/** `item.left`: the item these nodes are in still waits for its first paragraph, which carries its bullet. */
function inside(nodes: readonly RichNode[], around: Around, item: { left: boolean }): Paragraph[] {
  const found: Paragraph[] = []
  let loose: RichNode[] = []
  const gather = (): void => {
    if (loose.length > 0) found.push(paragraph('text', null, loose, around, item))
    loose = []
  }
  for (const node of nodes) {
    if (isInline(node)) {
      loose.push(node)
      continue
    }
    gather()
    const content = node.content ?? []
    const own = node.type === 'listItem' ? { left: true } : item
    if (content.every(isInline)) {
      found.push(paragraph(node.type, node, content, around, own))
    } else for (const one of inside(content, within(node, around), own)) found.push(one)
  }
  gather()
  return found
}

function within(node: RichNode, around: Around): Around {
  const list = LISTS.get(node.type) ?? null
  return {
    form: [...around.form, [node.type, node.attrs ?? null]],
    list: list ?? around.list,
    depth: around.depth + (list ? 1 : 0),
  }
}

function paragraph(
  type: string,
  node: RichNode | null,
  content: readonly RichNode[],
  around: Around,
  item: { left: boolean },
): Paragraph {
  const level = at(node?.attrs, 'level')
  const opensItem = item.left
  item.left = false
  const runs = content.map(textRun)
  return {
    shape: {
      type,
      headingLevel: type === 'heading' ? (typeof level === 'number' ? level : 1) : null,
      list: around.list,
      depth: around.depth,
      opensItem,
    },
    form: canonicalJson([...around.form, [type, node?.attrs ?? null], opensItem]),
    runs,
    text: runs.map((run) => run.text).join(''),
  }
}

function textRun(node: RichNode): TextRun {
  const marks = node.marks ?? []
  const text = node.type === 'text' ? (node.text ?? '') : LINE_BREAK
  const extra = node.type === 'text' ? null : [node.type, node.attrs ?? null]
  return { text, marks, style: canonicalJson([marks as unknown as Json, extra]) }
}
