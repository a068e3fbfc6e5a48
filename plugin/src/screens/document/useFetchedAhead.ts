/** What an open plan needs when the server is away is fetched while it is there, behind everything that is on the screen. */
import { onMounted } from 'vue'
import { wordsOf } from '@auzolan/shared/export/say.ts'

const AFTER_MS = 1_000

export function useFetchedAhead(languages: readonly string[]): void {
  onMounted(() => setTimeout(() => void fetchAll(languages).catch(() => {}), AFTER_MS))
}

async function fetchAll(languages: readonly string[]): Promise<void> {
  // First what says why the server is away, and what is safe: it may go at any moment.
  await Promise.all([import('./ConnectionDialog.vue'), import('./DraftsDialog.vue')])
  await Promise.all([
    import('./bringing/BringDialog.vue'),
    import('./DocumentSidebar.vue'),
    import('./sections/ProfilesSection.vue'),
    import('../../parts/FormDialog.vue'),
    import('../../parts/InStepNote.vue'),
    import('../../parts/ProseInput.vue'),
    import('../../parts/SuggestedText.vue'),
    import('../paper/PrintPage.vue'),
    import('../paper/LeafletPage.vue'),
    ...languages.map((tag) => wordsOf(tag)),
  ])
}
