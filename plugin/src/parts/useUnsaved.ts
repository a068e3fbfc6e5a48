/** Whoever leaves a form with something in it that is not saved is asked first. */
import { onBeforeUnmount, onMounted } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { t } from '../l10n.ts'

export function useUnsaved(changed: () => boolean): void {
  const warn = (event: BeforeUnloadEvent): void => {
    if (changed()) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
  onBeforeRouteLeave(() => !changed() || confirm(t('What you have changed here is not saved. Leave it?')))
}
