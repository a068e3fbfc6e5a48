/** What an open plan needs when the server is away is fetched while it is there, behind everything that is on the screen. */
import { onMounted } from 'vue'
import { wordsOf } from '@auzolan/shared/export/say.ts'

const AFTER_MS = 1_000

export function useFetchedAhead(languages: readonly string[]): void {
  onMounted(() => {
    setTimeout(
      () =>
        void Promise.all([
          import('./DraftsDialog.vue'),
          import('./ConnectionDialog.vue'),
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
        ]).catch(() => {}),
      AFTER_MS,
    )
  })
}
