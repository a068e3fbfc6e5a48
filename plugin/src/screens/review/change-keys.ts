/** `J` and `K` go to the next and the previous change, outside of text and unless the person has switched shortcuts off. */
import { onMounted, onUnmounted } from 'vue'

interface Accessible {
  readonly OCP?: { readonly Accessibility?: { readonly disableKeyboardShortcuts?: () => boolean } }
}
/** The setting of Nextcloud; the demo has none. */
export const shortcutsAllowed = (): boolean =>
  (globalThis as Accessible).OCP?.Accessibility?.disableKeyboardShortcuts?.() !== true

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

/** @param changes what can be gone to, in the order of the page; each takes the focus */
export function useChangeKeys(changes: () => readonly HTMLElement[]): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return
    const step = { j: 1, k: -1 }[event.key.toLowerCase()]
    if (step === undefined || isText(event.target) || document.querySelector('[role="dialog"]')) return
    const all = changes()
    const at = all.findIndex((one) => one.contains(document.activeElement))
    const next = at === -1 ? (step === 1 ? 0 : all.length - 1) : at + step
    const target = all[next]
    if (!target) return
    event.preventDefault()
    target.focus()
    target.scrollIntoView({ block: 'center' })
  }
  if (!shortcutsAllowed()) return
  onMounted(() => document.addEventListener('keydown', onKey))
  onUnmounted(() => document.removeEventListener('keydown', onKey))
}
