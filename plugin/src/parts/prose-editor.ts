/** The editor is the heaviest part of the page; it comes when the page has been drawn, and then for all fields. */
import { shallowRef, type Component, type ShallowRef } from 'vue'

const editor: ShallowRef<Component | null> = shallowRef(null)
let asked = false

const whenIdle: (then: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (then) => void requestIdleCallback(then, { timeout: 1000 })
    : (then) => void setTimeout(then, 50)

/** `null` until it is there; the text is shown meanwhile. */
export function useProseEditor(): ShallowRef<Component | null> {
  if (!asked) {
    asked = true
    whenIdle(() => {
      import('./ProseInput.vue').then(
        (module) => (editor.value = module.default as Component),
        // Without network the text can be read; the next field asks again.
        () => (asked = false),
      )
    })
  }
  return editor
}
