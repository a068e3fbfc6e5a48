/** Removing an item of a list, and taking that back, wherever in the plan one is by then. */
import { shallowRef, type ShallowRef } from 'vue'
import * as Y from 'yjs'
import type { DocumentType } from '@auzolan/shared/schema/fields.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { knownLists } from './paths.ts'

export interface Removal {
  /** Name of what was removed last and can still be taken back. */
  readonly removed: ShallowRef<string | null>
  remove(root: string, id: string, name: string): void
  takeBack(): void
  forget(): void
}

const ORIGIN = 'remove'

/** @param type what lies in the document */
export function makeRemoval(doc: Y.Doc, type: DocumentType): Removal {
  const removed = shallowRef<string | null>(null)
  const own = type.sections.map(({ id }) => id)
  const lists = [...knownLists()]
    .filter(([, { section }]) => own.includes(section))
    .map(([root]) => doc.getMap(root))
  // A type may have no list at all.
  const undo = new Y.UndoManager(lists, { doc, trackedOrigins: new Set([ORIGIN]), captureTimeout: 0 })
  return {
    removed,
    remove(root, id, name) {
      const list = knownLists().get(root)
      if (!list) return
      doc.transact(() => new ListPlace(doc, list.field).remove(id), ORIGIN)
      removed.value = name
    },
    takeBack() {
      undo.undo()
      removed.value = null
    },
    forget: () => void (removed.value = null),
  }
}
