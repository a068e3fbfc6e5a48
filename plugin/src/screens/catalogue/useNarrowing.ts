/** What the shelves and the table are narrowed to, as the address says it: one comes back to it, and can send it. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { narrowingIn, queryOf, type Narrowing } from './filters.ts'
import { isSortColumn, type Sorting } from './sorting.ts'

/** Nobody waits for the address while they type. */
const WORDS_AFTER_MS = 200
export type View = 'shelves' | 'table'

export function useNarrowing() {
  const [route, router] = [useRoute(), useRouter()]
  const inAddress = computed(() => narrowingIn(route.query))
  const words = ref(inAddress.value.words)
  const narrowing = computed<Narrowing>(() => ({ ...inAddress.value, words: words.value.trim() }))
  /** The words that this page has put into the address itself: meanwhile one may have typed on. */
  let own = words.value
  let timer: ReturnType<typeof setTimeout> | undefined

  function put(next: { narrowing?: Narrowing; view?: View; sorting?: Sorting }): void {
    clearTimeout(timer)
    const narrowed = next.narrowing ?? narrowing.value
    const { by, down } = next.sorting ?? sorting.value
    own = narrowed.words
    void router.replace({
      query: {
        ...queryOf(narrowed),
        ...((next.view ?? view.value) === 'table' ? { view: 'table' } : {}),
        ...(by === 'status' ? {} : { sort: by }),
        ...(down ? { down: '1' } : {}),
      },
    })
  }
  const view = computed<View>({
    get: () => (route.query['view'] === 'table' ? 'table' : 'shelves'),
    set: (to) => put({ view: to }),
  })
  const sorting = computed<Sorting>({
    get: () => {
      const by = route.query['sort']
      return { by: isSortColumn(by) ? by : 'status', down: route.query['down'] === '1' }
    },
    set: (to) => put({ sorting: to }),
  })
  function narrow(next: Partial<Narrowing>): void {
    if (next.words !== undefined) words.value = next.words
    put({ narrowing: { ...narrowing.value, ...next } })
  }

  watch(words, (typed) => {
    clearTimeout(timer)
    if (typed.trim() !== inAddress.value.words) timer = setTimeout(() => put({}), WORDS_AFTER_MS)
  })
  watch(
    () => inAddress.value.words,
    (said) => void (said !== own && (words.value = own = said)),
  )
  // Whoever leaves while they type is not called back to this page.
  onScopeDispose(() => clearTimeout(timer))
  return { words, narrowing, narrow, view, sorting }
}
