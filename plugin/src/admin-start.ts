/** Brings the words, then the administration page: components translate while their module loads. */
import { createApp } from 'vue'
import { loadWords } from './l10n.ts'

export async function start(): Promise<void> {
  await loadWords()
  const { default: AdminScreen } = await import('./screens/admin/AdminScreen.vue')
  createApp(AdminScreen).mount('#auzolan-admin')
}
