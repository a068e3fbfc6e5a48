/** Readers stay where they were in a document, also when its page is built anew under them (drafts). */
import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** Where the reader was, by document. */
const lastScroll = new Map<string, number>()
/** After this nobody is taken back to where they were any more. */
const BUILT_WITHIN_MS = 10_000
/** For so long the head of the page may still grow once the place is reached. */
const SETTLES_WITHIN_MS = 1_000

export function useKeptScroll(document: string, scroller: Ref<HTMLElement | undefined>): void {
  let ended = false
  const end = (): void => void (ended = true)
  onMounted(() => {
    const element = scroller.value!
    let height = element.scrollHeight
    element.addEventListener('scroll', () => {
      // What becomes shorter under a reader moves them up; that is not where they wanted to be.
      const shrunk = element.scrollHeight < height
      height = element.scrollHeight
      const atEnd = element.scrollTop + element.clientHeight >= height - 1
      if (!(shrunk && atEnd)) lastScroll.set(document, element.scrollTop)
    })
    const place = lastScroll.get(document) ?? 0
    if (place === 0) return
    // Whoever moves on meanwhile is left alone.
    for (const deed of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
      element.addEventListener(deed, end, { once: true, passive: true })
    // What stands there comes piece by piece, and only then is there room to scroll as far as before.
    let until = performance.now() + BUILT_WITHIN_MS
    let reached = false
    const again = (): void => {
      if (ended || performance.now() > until) return
      element.scrollTo(0, place)
      if (!reached && Math.abs(element.scrollTop - place) < 2) {
        reached = true
        until = performance.now() + SETTLES_WITHIN_MS
      }
      requestAnimationFrame(again)
    }
    again()
  })
  onBeforeUnmount(end)
}
