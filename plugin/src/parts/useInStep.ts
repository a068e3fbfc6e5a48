/** Whether a text is behind another language, and telling the others when this one is changed here. */
import { computed, onBeforeUnmount, watch, type ComputedRef } from 'vue'
import * as Y from 'yjs'
import {
  changedIn,
  isTranslatedText,
  markBack,
  markKept,
  markOf,
  typedOn,
  upToDate,
  wordsOf,
  type Mark,
  type Run,
} from '@auzolan/shared/languages/in-step.ts'
import type { Place } from '@auzolan/shared/schema/shapes.ts'
import { useDocumentContext } from '../documents/context.ts'

export interface InStep {
  readonly mark: ComputedRef<Mark | null>
  readonly confirm: () => void
}

/** Of every text of an open plan: who looks at another section, or at the other language, is still at the same change. */
const runs = new WeakMap<object, Run & { readonly mark: Mark | null }>()

export function useInStep(place: () => Place, name: () => string): InStep {
  const { revision, language, languages, said: saidOf } = useDocumentContext()
  const translated = (): boolean => languages.length > 1 && isTranslatedText(place().fields[name()]!)
  const mark = computed(() =>
    translated() ? (revision.value, markOf(place(), name(), language.value)) : null,
  )

  /** The text itself; of an older record it comes later, of a field that is in no language never. */
  const shared = computed(() => {
    void revision.value
    if (!translated()) return undefined
    const [here, field] = [place(), name()]
    return (
      here.fields[field]!.kind === 'prose'
        ? here.prose(field, language.value)
        : here.text(field, language.value)
    ) as Y.AbstractType<never> | undefined
  })

  let stop = (): void => {}
  /** Watches one text: what it said before somebody here changes it is what the others still say. */
  function follow(text: Y.AbstractType<never> | undefined): void {
    stop()
    stop = () => {}
    if (!text) return
    const [here, field, shown] = [place(), name(), language.value]
    let before = wordsOf(here, field, shown)
    const changed = (_: unknown, transaction: Y.Transaction): void => {
      const now = wordsOf(here, field, shown)
      if (now === before) return
      if (transaction.local) {
        const said = before
        const last = runs.get(text)
        // What is taken back was said before: it is no change, and what it was marked with then holds again.
        const isBack = transaction.origin instanceof Y.UndoManager
        const run = typedOn(last, said, performance.now(), saidOf(shown))
        const mark = last && run.was === last.was ? last.mark : markKept(here, field, shown)
        if (!isBack) runs.set(text, { ...run, mark })
        // Not within this transaction: what one undoes is one's own words, and not the mark.
        queueMicrotask(() =>
          isBack
            ? markBack(here, field, shown, mark)
            : changedIn(here, field, shown, run.was, languages, said),
        )
      }
      before = now
    }
    text.observeDeep(changed as never)
    stop = () => text.unobserveDeep(changed as never)
  }
  watch(shared, follow, { immediate: true })
  onBeforeUnmount(() => stop())

  return { mark, confirm: () => upToDate(place(), name(), language.value) }
}
