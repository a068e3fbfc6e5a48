/** What a calendar shows stands in its address: the view, the day and what is looked for can be passed on. */
import { computed, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { isDay } from '@auzolan/shared/working-days.ts'
import { FILTERS, filterFrom, queryOf, type Filter } from './arrangement.ts'

export const VIEWS = ['month', 'week', 'list'] as const
export type View = (typeof VIEWS)[number]

const OURS: readonly string[] = [...FILTERS, 'mine']

export interface CalendarAddress {
  readonly view: ComputedRef<View>
  readonly day: ComputedRef<string>
  readonly filter: ComputedRef<Filter>
  /** One goes back with the browser from where one was before the last step. */
  readonly go: (to: { view?: View; day?: string; filter?: Filter }) => void
}

export function useCalendarAddress(today: string, narrow: Ref<boolean>): CalendarAddress {
  const route = useRoute()
  const router = useRouter()
  const view = computed<View>(
    () => VIEWS.find((one) => one === route.query['view']) ?? (narrow.value ? 'list' : 'month'),
  )
  const day = computed(() => {
    const asked = route.query['day']
    return typeof asked === 'string' && isDay(asked) ? asked : today
  })
  const filter = computed(() => filterFrom(route.query))
  return {
    view,
    day,
    filter,
    go(to) {
      const others = Object.entries(route.query).filter(([key]) => !OURS.includes(key))
      void router.replace({
        query: {
          ...Object.fromEntries(others),
          ...queryOf(to.filter ?? filter.value),
          ...(to.view ? { view: to.view } : {}),
          ...(to.day ? { day: to.day } : {}),
        },
      })
    },
  }
}
