/** What whoever only reads may do where they are: texts of the plan take suggestions, posts do not. */
import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { t } from '../../l10n.ts'

export function useReaderNote(): ComputedRef<string> {
  const route = useRoute()
  return computed(() =>
    route.params['section'] === calendar.id
      ? t('You can read and comment.')
      : t('You can read and comment. At each text you can also suggest another one.'),
  )
}
