/** Brings the words, then the app: components translate while their module loads. */
import { loadWords } from './l10n.ts'

export async function start(): Promise<void> {
  await loadWords()
  const [{ createApp }, { default: App }, { router }] = await Promise.all([
    import('vue'),
    import('./App.vue'),
    import('./router.ts'),
  ])
  createApp(App).use(router).mount('#auzolan')
}
