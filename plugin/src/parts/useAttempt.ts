/** What a dialog does when its button is pressed: once at a time, and when it fails the person reads why and may try again. */
import { ref, type Ref } from 'vue'
import { causeOf } from '../api.ts'
import type { Cause } from '../session/connection.ts'
import { explain } from './refusals.ts'

export interface Attempt {
  readonly busy: Ref<boolean>
  /** Why the last attempt failed; empty when it did not, or when something has been changed since. */
  readonly problem: Ref<string>
  /** After success the dialog is about to close: it stays busy until then. */
  readonly attempt: (work: () => Promise<void>) => Promise<void>
}

/** @param words for causes that mean something of their own here */
export function useAttempt(words: { readonly [cause in Cause]?: string } = {}): Attempt {
  const busy = ref(false)
  const problem = ref('')
  return {
    busy,
    problem,
    async attempt(work) {
      if (busy.value) return
      problem.value = ''
      busy.value = true
      try {
        await work()
      } catch (error) {
        const cause = causeOf(error)
        problem.value = words[cause] ?? explain(cause)
        busy.value = false
      }
    },
  }
}
