/** N and P go from one item of a list to the next. */
import type { Ref } from 'vue'
import { useHotKey } from '@nextcloud/vue/composables/useHotKey'

export function useSteps(list: Ref<HTMLElement | null | undefined>): void {
  function go(step: 1 | -1): void {
    const items = [...(list.value?.querySelectorAll<HTMLElement>(':scope > li') ?? [])]
    const now = items.findIndex((item) => item.contains(document.activeElement))
    const next = items[now < 0 ? (step > 0 ? 0 : items.length - 1) : now + step]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  useHotKey('n', () => go(1))
  useHotKey('p', () => go(-1))
}
