/** Brings the words, then the app: components translate while their module loads. */
import { createApp } from 'vue'
import { loadWords } from './l10n.ts'

export async function start(): Promise<void> {
  await loadWords()
  const [{ default: App }, { router }] = await Promise.all([import('./App.vue'), import('./router.ts')])
  createApp(App).use(router).mount('#auzolan')
}
