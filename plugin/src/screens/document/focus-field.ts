/** Puts the focus into a field of the plan by its path, however long the field takes to exist. */
import { fieldOf } from '../../documents/paths.ts'
import { lookUntilGoneOn } from '../../parts/until-gone-on.ts'

/** How long somebody who asked for a field comes before a sidebar that slides in. */
const ASKED_FOR_MS = 2_000
const LOOK_EVERY_MS = 50
const LOOKS = 100
const LOOKS_FOR_INPUT = 20

let asked: { readonly target: HTMLElement; readonly at: number } | null = null

/** The sidebar takes the focus when it has slid in; the field that was asked for meanwhile gets it back. */
export function focusAgain(): void {
  if (!asked || Date.now() - asked.at >= ASKED_FOR_MS) return
  asked.target.focus({ preventScroll: true })
  // What was scrolled to while the sidebar slid in did not move.
  asked.target.scrollIntoView({ block: 'center' })
}

/** Focuses what a panel brings with it, also when the sidebar around it is still sliding in. */
export function focusInPanel(target: HTMLElement | null | undefined): void {
  if (!target) return
  target.focus({ preventScroll: true })
  asked = { target, at: Date.now() }
}

/** Sections and editors load on demand, and an item may be folded: it is unfolded, and the field waited for. */
export function focusWhenThere(path: string): void {
  let looked = 0
  let unfolded = false
  function look(): boolean {
    if (focusNow(path, looked++ >= LOOKS_FOR_INPUT)) return true
    // Once: a second click, before the first has been drawn, would fold it again.
    const fold = path.includes('/') && !unfolded ? find(path.split('/').slice(0, 2).join('/')) : null
    if (fold?.getAttribute('aria-expanded') === 'false') {
      fold.click()
      unfolded = true
    }
    return false
  }
  if (!look()) lookUntilGoneOn(look, LOOK_EVERY_MS, LOOKS)
}

/** @param long waited for so long that its input will not come any more. @returns whether it is there */
function focusNow(path: string, long: boolean): boolean {
  const field = find(path.replace(/:[\w-]+$/, ''))
  const target = field?.matches('[tabindex], button')
    ? field
    : // What is written in comes before the button for a comment about it, wherever that stands.
      (field?.querySelector<HTMLElement>('input, select, textarea, [contenteditable="true"]') ??
      field?.querySelector<HTMLElement>('button:not(.talk)') ??
      // Some inputs come a moment after their field.
      (long ? field?.querySelector<HTMLElement>('button') : null))
  if (!field || !target) return false
  // A part of the page that is folded away holds nothing that could take the focus.
  for (let fold = field.closest('details:not([open])'); fold; fold = field.closest('details:not([open])'))
    (fold as HTMLDetailsElement).open = true
  target.focus({ preventScroll: true })
  asked = { target, at: Date.now() }
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  field.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' })
  return true
}

/** A list stands on the screen under the name of its root, as its records do. */
function find(path: string): HTMLElement | null {
  const field = fieldOf(path)
  return shownAs(path) ?? (field?.kind === 'list' ? shownAs(field.root) : null)
}
const shownAs = (path: string): HTMLElement | null =>
  document.querySelector(`[data-path="${CSS.escape(path)}"]`)
