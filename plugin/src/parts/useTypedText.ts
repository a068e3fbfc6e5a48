/** Binds an input to a text that several people may type in at once: it follows the shared text, letter by letter. */
import { onBeforeUnmount, onMounted, ref, type Ref, type ShallowRef } from 'vue'
import * as Y from 'yjs'
import { TYPING, applyTyping, lastChanged, moveCaret } from './typing.ts'

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
    if (!element || !shared || (transaction.local && transaction.origin === TYPING)) return
    const text = shared.toString()
    if (element.value === text) return
    const focused = document.activeElement === element
    const [start, end] = [element.selectionStart ?? 0, element.selectionEnd ?? 0]
    element.value = text
    if (focused && transaction.origin === undo) {
      const at = lastChanged(event.delta)
      element.setSelectionRange(at, at)
    } else if (focused) element.setSelectionRange(moveCaret(event.delta, start), moveCaret(event.delta, end))
    onText()
  }

  // The browser's own takes back letters of others, or nothing once they have typed.
  let undo: Y.UndoManager | null = null
  const takeBack = (event: Event, again: boolean): void => {
    event.preventDefault()
    tooLong.value = false
    if (again) undo?.redo()
    else undo?.undo()
  }
  function pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key === 'z') takeBack(event, event.shiftKey)
    else if (key === 'y' && !event.shiftKey && !event.metaKey) takeBack(event, true)
  }
  /** From a menu, or a phone's keyboard. */
  function entered(event: InputEvent): void {
    if (event.inputType === 'historyUndo') takeBack(event, false)
    else if (event.inputType === 'historyRedo') takeBack(event, true)
  }

  onMounted(() => {
    const element = input.value
    if (element) element.value = shared?.toString() ?? ''
    if (shared?.doc) undo = new Y.UndoManager(shared, { trackedOrigins: new Set([TYPING]) })
    shared?.observe(follow)
    element?.addEventListener('keydown', pressed as EventListener)
    element?.addEventListener('beforeinput', entered as EventListener)
    onText()
  })
  onBeforeUnmount(() => {
    shared?.unobserve(follow)
    undo?.destroy()
  })
  return { tooLong, typed }
}
