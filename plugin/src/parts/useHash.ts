/** An address may name a part of a page: once that is there it is shown, and whoever reads on begins in it. */
import { nextTick, watch, type WatchSource } from 'vue'
import { useRoute } from 'vue-router'

/** @param ready truthy when the parts of the page are there */
export function useHash(ready: WatchSource<unknown>): void {
  const { hash } = useRoute()
  if (hash === '') return
  const stop = watch(
    ready,
    async (is) => {
      if (!is) return
      await nextTick()
      const part = document.getElementById(decodeURIComponent(hash.slice(1)))
      part?.scrollIntoView({ block: 'start' })
      part?.setAttribute('tabindex', '-1')
      part?.focus({ preventScroll: true })
      stop()
    },
    { immediate: true },
  )
}
