/** Asks again by itself while somebody sees the page: soon after something was new, then ever more rarely. */
import { onScopeDispose } from 'vue'
import { REVIEW_LOOK_MAX_MS, REVIEW_LOOK_MIN_MS } from '@auzolan/shared/limits.ts'

/** @param look says whether there was anything new */
export function keepLooking(look: () => Promise<boolean>, maxMs = REVIEW_LOOK_MAX_MS): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let pauseMs = REVIEW_LOOK_MIN_MS
  let ended = false
  async function next(): Promise<void> {
    clearTimeout(timer)
    if (document.hidden || ended) return
    pauseMs = (await look()) ? REVIEW_LOOK_MIN_MS : Math.min(pauseMs * 1.5, maxMs)
    clearTimeout(timer)
    if (!ended) timer = setTimeout(() => void next(), pauseMs)
  }
  /** Somebody has come back to the page, or the network has: they see at once how it stands. */
  const again = (): void => {
    pauseMs = REVIEW_LOOK_MIN_MS
    void next()
  }
  timer = setTimeout(() => void next(), pauseMs)
  globalThis.addEventListener('online', again)
  globalThis.addEventListener('focus', again)
  document.addEventListener('visibilitychange', again)
  onScopeDispose(() => {
    ended = true
    clearTimeout(timer)
    globalThis.removeEventListener('online', again)
    globalThis.removeEventListener('focus', again)
    document.removeEventListener('visibilitychange', again)
  })
}
