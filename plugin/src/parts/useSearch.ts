/** Search as you type: only the answer to what was typed last counts, and a failure is said without taking away what was found. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

export interface Search<T> {
  readonly found: ShallowRef<readonly T[]>
  /** While what somebody typed is searched for; not while names are fetched before anybody asked. */
  readonly searching: Ref<boolean>
  readonly failed: Ref<boolean>
  readonly search: (text: string) => Promise<void>
}

export function useSearch<T>(ask: (text: string) => Promise<readonly T[]>): Search<T> {
  const found = shallowRef<readonly T[]>([])
  const searching = ref(false)
  const failed = ref(false)
  let latest = 0
  return {
    found,
    searching,
    failed,
    async search(text) {
      const mine = ++latest
      searching.value = text !== ''
      try {
        const answer = await ask(text)
        if (mine !== latest) return
        found.value = answer
        failed.value = false
      } catch {
        if (mine === latest) failed.value = true
      } finally {
        if (mine === latest) searching.value = false
      }
    },
  }
}
