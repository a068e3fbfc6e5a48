/**
 * Whoever has a document open has seen what is on the screen: told to the server when it is there, and when the person leaves.
 * What the server has beyond that, and this page does not show yet, is not marked with it.
 */
import { computed, onBeforeUnmount, onMounted, watch } from 'vue'
import { markSeen } from '../history-api.ts'
import type { DocumentContext } from './context.ts'

export function useSeen({
  envelope,
  ledger,
  upTo,
}: Pick<DocumentContext, 'envelope' | 'ledger' | 'upTo'>): void {
  const online = computed(() => ledger.value.connectivity.kind === 'online' && ledger.value.serverAt !== null)
  const tell = (): void => {
    if (!online.value) return
    // What is marked too little is only shown once more.
    markSeen(envelope.id, upTo()).catch(() => {})
  }
  const hidden = (): void => void (document.visibilityState === 'hidden' && tell())
  watch(online, tell, { immediate: true })
  onMounted(() => document.addEventListener('visibilitychange', hidden))
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', hidden)
    tell()
  })
}
