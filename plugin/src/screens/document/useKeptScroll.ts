/** Readers stay where they were in a document, also when its page is built anew under them (drafts). */
import { onBeforeUnmount, onMounted, type Ref } from 'vue'

/** Where the reader was, by document. */
const lastScroll = new Map<string, number>()
/** After this nobody is taken back to where they were any more. */
const HEAD_GROWS_MAX_MS = 1_000

export function useKeptScroll(document: string, scroller: Ref<HTMLElement | undefined>): void {
  onMounted(() => {
    const element = scroller.value!
    const place = lastScroll.get(document) ?? 0
    // The head of the page may still grow, and only then is there room to scroll as far as before.
    const growing = new ResizeObserver(() => element.scrollTo(0, place))
    if (place > 0) growing.observe(element)
    setTimeout(() => growing.disconnect(), HEAD_GROWS_MAX_MS)
  })
  onBeforeUnmount(() => void lastScroll.set(document, scroller.value?.scrollTop ?? 0))
}
