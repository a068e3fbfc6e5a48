/** Saying again what a version said, as an edit of one's own, and taking that back. */
import { computed, onScopeDispose, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import * as Y from 'yjs'
import { RESTORE, Restoring } from '@auzolan/shared/restore/restore.ts'
import { textOf } from '@auzolan/shared/schema/restricted.ts'
import { rootsOf } from '@auzolan/shared/schema/shapes.ts'
import type { DocumentContext } from '../../documents/context.ts'
import { getVersion, keepVersion } from '../../history-api.ts'
import { me } from '../../host.ts'
import { t } from '../../l10n.ts'

export interface Restore {
  /** Whether this person may do it now; in review nobody may. */
  readonly allowed: ComputedRef<boolean>
  /** What was restored last and can still be taken back. */
  readonly done: ShallowRef<string | null>
  can(version: unknown, path: string): boolean
  /**
   * @param path `null`: all of it
   * @param field what it is called, for what is said afterwards
   * @param latest number of the newest version, which may be the draft itself
   * @throws when the draft could not be kept: then nothing is restored
   */
  restore(
    n: number,
    version: unknown,
    path: string | null,
    field: string | null,
    latest?: number,
  ): Promise<void>
  takeBack(): void
}

export function useRestore({
  type: { content },
  doc,
  json,
  envelope: { id },
  editable,
  ledger,
  languages,
}: Pick<
  DocumentContext,
  'type' | 'doc' | 'json' | 'envelope' | 'editable' | 'ledger' | 'languages'
>): Restore {
  const roots = [...rootsOf(content, languages)].map(([root, kind]): Y.AbstractType<unknown> => {
    if (kind === 'text') return doc.getText(root) as unknown as Y.AbstractType<unknown>
    if (kind === 'prose') return doc.getXmlFragment(root) as unknown as Y.AbstractType<unknown>
    return doc.getMap(root) as unknown as Y.AbstractType<unknown>
  })
  // However many pieces it goes in, it is taken back as one.
  const undo = new Y.UndoManager(roots, { trackedOrigins: new Set([RESTORE]), captureTimeout: Infinity })
  onScopeDispose(() => undo.destroy())
  const done = shallowRef<string | null>(null)
  /** The draft of before, once a visit: what comes after is undone step by step. */
  let kept = false
  async function keepDraft(n: number, latest: number | undefined): Promise<void> {
    if (kept) return
    const now = textOf(content, json.value)
    const same = latest !== undefined && (await getVersion(id, latest)).json === now
    if (!same) await keepVersion(id, { beforeRestoring: n })
    kept = true
  }
  return {
    allowed: computed(() => editable.value && ledger.value.write === 'yes'),
    done,
    can: (version, path) => new Restoring(content, doc, version, me.id).can(path),
    async restore(n, version, path, field, latest) {
      await keepDraft(n, latest)
      undo.stopCapturing()
      const restoring = new Restoring(content, doc, version, me.id)
      if (path === null) restoring.all()
      else restoring.path(path)
      done.value =
        field === null
          ? t('The draft says again what version {n} said.', { n: String(n) })
          : t('“{field}” says again what it said in version {n}.', { field, n: String(n) })
    },
    takeBack() {
      undo.undo()
      done.value = null
    },
  }
}
