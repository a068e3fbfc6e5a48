/** Whether a text is behind another language, and telling the others when this one is changed here. */
import { computed, onBeforeUnmount, watch, type ComputedRef } from 'vue'
import type * as Y from 'yjs'
import {
  changedIn,
  isTranslatedText,
  markOf,
  upToDate,
  wordsOf,
  type Mark,
} from '@auzolan/shared/languages/in-step.ts'
import type { Place } from '@auzolan/shared/schema/shapes.ts'
import { usePlanContext } from '../documents/context.ts'

export interface InStep {
  readonly mark: ComputedRef<Mark | null>
  readonly confirm: () => void
}

export function useInStep(place: () => Place, name: () => string): InStep {
  const { revision, language, languages } = usePlanContext()
  const translated = (): boolean => languages.length > 1 && isTranslatedText(place().fields[name()]!)
  const mark = computed(() =>
    translated() ? (revision.value, markOf(place(), name(), language.value)) : null,
  )

  let stop = (): void => {}
  /** Watches one text: what it said before somebody here changes it is what the others still say. */
  function follow(): void {
    stop()
    if (!translated()) return
    const [here, field, shown] = [place(), name(), language.value]
    const text = (
      here.fields[field]!.kind === 'prose' ? here.prose(field, shown) : here.text(field, shown)
    ) as Y.AbstractType<never> | undefined
    if (!text) return
    let before = wordsOf(here, field, shown)
    const changed = (_: unknown, transaction: Y.Transaction): void => {
      const now = wordsOf(here, field, shown)
      if (now === before) return
      if (transaction.local) {
        const was = before
        // Not within this transaction: what one undoes is one's own words, and not the mark.
        queueMicrotask(() => changedIn(here, field, shown, was, languages))
      }
      before = now
    }
    text.observeDeep(changed as never)
    stop = () => text.unobserveDeep(changed as never)
  }
  watch(
    // A text of an older record comes later.
    () => (
      revision.value,
      [place().path, name(), language.value, place().text(name(), language.value)] as const
    ),
    (now, was) => {
      if (was === undefined || now.some((part, i) => part !== was[i])) follow()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => stop())

  return { mark, confirm: () => upToDate(place(), name(), language.value) }
}
