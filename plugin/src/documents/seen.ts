/** Whoever has a document open has seen what is in it: told to the server when it opens, and when the person leaves. */
import { onBeforeUnmount, onMounted } from 'vue'
import { markSeen } from '../history-api.ts'
import type { PlanContext } from './context.ts'

export function useSeen({ envelope, ledger }: Pick<PlanContext, 'envelope' | 'ledger'>): void {
  const tell = (): void => {
    if (ledger.value.connectivity.kind !== 'online') return
    // What is marked too little is only shown once more.
    markSeen(envelope.id).catch(() => {})
  }
  const hidden = (): void => void (document.visibilityState === 'hidden' && tell())
  onMounted(() => {
    tell()
    document.addEventListener('visibilitychange', hidden)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', hidden)
    tell()
  })
}
