/** [D7] Lists within each other: as deep as readers go, and no deeper by anything that is done in the editor. */
import { Schema, type Node } from '@tiptap/pm/model'
import { EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { sinkListItem } from '@tiptap/pm/schema-list'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { describe, expect, it } from 'vitest'
import { RICH_DEPTH_MAX } from '@auzolan/shared/limits.ts'
import { LIST_LEVELS_MAX, richOf, type Block } from '../../plugin/src/bringing/blocks.ts'
import { levelsAt, listDepth, listLevels } from '../../plugin/src/parts/list-depth.ts'

const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'text*', group: 'block' },
    bulletList: { content: 'listItem+', group: 'block' },
    orderedList: { content: 'listItem+', group: 'block' },
    listItem: { content: 'paragraph block*' },
    text: {},
  },
})
const { paragraph, bulletList, orderedList, listItem } = schema.nodes
const words = (text: string): Node => paragraph!.create(null, schema.text(text))
/** A list of two items, the second of which has the next list in it. */
const lists = (levels: number): Node =>
  (levels % 2 === 0 ? orderedList! : bulletList!).create(null, [
    listItem!.create(null, [words(`bat ${String(levels)}`)]),
    listItem!.create(null, levels === 1 ? [words('bi')] : [words('bi'), lists(levels - 1)]),
  ])
const stateOf = (...blocks: Node[]): EditorState =>
  EditorState.create({ doc: schema.node('doc', null, blocks), plugins: [listDepth()] })
/** With the caret in the last item, which Tab would put a level deeper. */
const tab = (state: EditorState): EditorState => {
  let now = state.apply(state.tr.setSelection(Selection.atEnd(state.doc)))
  sinkListItem(listItem!)(now, (tr: Transaction) => (now = now.apply(tr)))
  return now
}

describe('[D7] lists', () => {
  it('Tab makes a level more up to the deepest there is, and then nothing', () => {
    const one = tab(stateOf(lists(LIST_LEVELS_MAX - 1)))
    expect(listLevels(one.doc)).toBe(LIST_LEVELS_MAX)
    const deepest = stateOf(lists(LIST_LEVELS_MAX))
    expect(tab(deepest).doc.eq(deepest.doc)).toBe(true)
  })
  it('Tab on an item whose lists would become too deep does nothing either', () => {
    const state = stateOf(
      bulletList!.create(null, [
        listItem!.create(null, [words('bat')]),
        listItem!.create(null, [words('bi'), lists(LIST_LEVELS_MAX - 1)]),
      ]),
    )
    const inSecond = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 10)))
    expect(levelsAt(inSecond.selection.$from)).toBe(1)
    let now = inSecond
    expect(sinkListItem(listItem!)(now, (tr: Transaction) => (now = now.apply(tr)))).toBe(true)
    expect(now.doc.eq(state.doc)).toBe(true)
  })
  it('what others write comes in, and deeper text of before can be written in', () => {
    const state = stateOf(words('x'))
    const theirs = state.tr
      .insert(0, lists(LIST_LEVELS_MAX + 2))
      .setMeta(ySyncPluginKey, { isChangeOrigin: true })
    const now = state.apply(theirs)
    expect(listLevels(now.doc)).toBe(LIST_LEVELS_MAX + 2)
    const typed = now.apply(now.tr.insertText('!', Selection.atEnd(now.doc).from))
    expect(typed.doc.eq(now.doc)).toBe(false)
    expect(tab(typed).doc.eq(typed.doc)).toBe(true)
    expect(state.apply(state.tr.insert(0, lists(LIST_LEVELS_MAX + 1))).doc.eq(state.doc)).toBe(true)
  })
  it('what is pasted into a list has as many levels as are left, and then none', () => {
    const items = Array.from({ length: 12 }, (_, level): Block => ({
      kind: 'item',
      level,
      ordered: false,
      continues: false,
      runs: [{ text: `maila ${String(level)}`, bold: false, italic: false, href: null }],
    }))
    const levels = (most?: number): number =>
      listLevels(
        schema.node(
          'doc',
          null,
          richOf(items, most).map((node) => schema.nodeFromJSON(node)),
        ),
      )
    expect([levels(), levels(3), levels(1), levels(0)]).toEqual([LIST_LEVELS_MAX, 3, 1, 0])
    expect(JSON.stringify(richOf(items, 0))).toContain('maila 11')
  })
  it('the deepest there is, readers read', () => {
    // A list and its item for each level, and the paragraph.
    expect(2 * LIST_LEVELS_MAX + 1).toBeLessThanOrEqual(RICH_DEPTH_MAX)
  })
})
