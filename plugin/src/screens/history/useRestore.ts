/** Saying again what a version said, as an edit of one's own, and taking that back. */
import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import * as Y from 'yjs'
import { RESTORE, Restoring } from '@auzolan/shared/restore/restore.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { rootsOf } from '@auzolan/shared/schema/shapes.ts'
import type { PlanContext } from '../../documents/context.ts'
import { me } from '../../host.ts'

export interface Restore {
  /** Whether this person may do it now; in review nobody may. */
  readonly allowed: ComputedRef<boolean>
  /** What was restored last and can still be taken back. */
  readonly done: ShallowRef<string | null>
  can(version: unknown, path: string): boolean
  /** @param path `null`: all of it @param name said when it is done */
  restore(version: unknown, path: string | null, name: string): void
  takeBack(): void
}

export function useRestore({
  doc,
  editable,
  ledger,
  languages,
}: Pick<PlanContext, 'doc' | 'editable' | 'ledger' | 'languages'>): Restore {
  const roots = [...rootsOf(PLAN, languages)].map(([root, kind]): Y.AbstractType<unknown> => {
    if (kind === 'text') return doc.getText(root) as unknown as Y.AbstractType<unknown>
    if (kind === 'prose') return doc.getXmlFragment(root) as unknown as Y.AbstractType<unknown>
    return doc.getMap(root) as unknown as Y.AbstractType<unknown>
  })
  // However many pieces it goes in, it is taken back as one.
  const undo = new Y.UndoManager(roots, { trackedOrigins: new Set([RESTORE]), captureTimeout: Infinity })
  onScopeDispose(() => undo.destroy())
  const done = shallowRef<string | null>(null)
  return {
    allowed: computed(() => editable.value && ledger.value.write === 'yes'),
    done,
    can: (version, path) => new Restoring(PLAN, doc, version, me.id).can(path),
    restore(version, path, name) {
      undo.stopCapturing()
      const restoring = new Restoring(PLAN, doc, version, me.id)
      if (path === null) restoring.all()
      else restoring.path(path)
      done.value = name
    },
    takeBack() {
      undo.undo()
      done.value = null
    },
  }
}
