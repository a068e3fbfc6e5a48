/** Binds an input to a text that several people may type in at once: it follows the shared text, letter by letter. */
import { onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue'
import type * as Y from 'yjs'
import { applyTyping, moveCaret } from './typing.ts'

type Input = HTMLInputElement | HTMLTextAreaElement

export interface TypedText {
  /** What was typed last did not fit, and was left out. */
  readonly tooLong: Ref<boolean>
  readonly typed: () => void
}

/**
 * @param limit of characters
 * @param clean what may not stand in the text goes
 * @param onText the input says something else than before, whoever wrote it
 */
export function useTypedText(
  input: Readonly<ShallowRef<Input | null>>,
  shared: Y.Text | undefined,
  {
    limit,
    clean,
    onText = () => {},
  }: {
    readonly limit: () => number
    readonly clean: (text: string) => string
    readonly onText?: () => void
  },
): TypedText {
  const tooLong = ref(false)

  function typed(): void {
    if (!input.value || !shared) return
    const before = shared.toString()
    const now = clean(input.value.value)
    tooLong.value = now.length > limit() && now.length > before.length
    if (tooLong.value) input.value.value = before
    else applyTyping(shared, now)
    onText()
  }

  function follow(event: Y.YTextEvent, transaction: Y.Transaction): void {
    const element = input.value
    if (!element || !shared || (transaction.local && transaction.origin === 'typing')) return
    const text = shared.toString()
    if (element.value === text) return
    const focused = document.activeElement === element
    const [start, end] = [element.selectionStart ?? 0, element.selectionEnd ?? 0]
    element.value = text
    if (focused) element.setSelectionRange(moveCaret(event.delta, start), moveCaret(event.delta, end))
    onText()
  }

  onMounted(() => {
    if (input.value) input.value.value = shared?.toString() ?? ''
    shared?.observe(follow)
    onText()
  })
  onBeforeUnmount(() => shared?.unobserve(follow))
  return { tooLong, typed }
}
