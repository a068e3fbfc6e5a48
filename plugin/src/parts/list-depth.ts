/** How deep lists go in a text that somebody writes: deeper than readers go, the screen would show words that no version has. */
import { Extension } from '@tiptap/core'
import type { Node, ResolvedPos } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { LIST_LEVELS_MAX } from '../bringing/blocks.ts'

const isList = (node: Node): boolean => node.type.name === 'bulletList' || node.type.name === 'orderedList'

/** Lists in each other, at the deepest place of `node`. */
export function listLevels(node: Node): number {
  if (node.isTextblock) return 0
  let deepest = 0
  node.forEach((child) => (deepest = Math.max(deepest, listLevels(child))))
  return deepest + (isList(node) ? 1 : 0)
}

/** Lists around a place. */
export const levelsAt = ($pos: ResolvedPos): number =>
  Array.from({ length: $pos.depth + 1 }, (_, depth) => $pos.node(depth)).filter(isList).length

/** Nothing that is done here makes lists deeper than that; what comes from others, or was deeper before, stays as it is. */
export const listDepth = (): Plugin =>
  new Plugin({
    filterTransaction: (tr, { doc }) => {
      if (!tr.docChanged || tr.getMeta(ySyncPluginKey) !== undefined) return true
      const levels = listLevels(tr.doc)
      return levels <= LIST_LEVELS_MAX || levels <= listLevels(doc)
    },
  })

export const ListDepth = Extension.create({
  name: 'listDepth',
  addProseMirrorPlugins: () => [listDepth()],
})
