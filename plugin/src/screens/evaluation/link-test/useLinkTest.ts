/** The test on this device: it survives the page, goes on without network, and moves the clock while something runs. */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { home, me } from '../../../host.ts'
import { overdue, runningIn, type Instant, type LinkTest } from './link-test.ts'

const TICK_MS = 200

export interface UsedLinkTest {
  readonly test: ShallowRef<LinkTest | null>
  readonly now: ShallowRef<Instant>
  /** Something is being measured. */
  readonly running: ComputedRef<boolean>
  /** What happens now, which the screen may lag behind. */
  readonly moment: () => Instant
  /** Whether this browser keeps it. */
  readonly kept: ShallowRef<boolean>
  change(next: LinkTest | null): void
}

const moment = (): Instant => ({
  wall: Date.now(),
  steady: performance.now(),
  page: performance.timeOrigin,
})

export function useLinkTest(document: string): UsedLinkTest {
  const key = `auzolan/link-test/${home}/${me.id}/${document}`
  const now = shallowRef(moment())
  const recalled = recall(key)
  const test = shallowRef(recalled && overdue(recalled, now.value))
  const kept = shallowRef(true)
  const running = computed(
    () => test.value !== null && (runningIn(test.value) !== undefined || test.value.cable.kind === 'running'),
  )

  function change(next: LinkTest | null): void {
    test.value = next
    now.value = moment()
    try {
      if (next) localStorage.setItem(key, JSON.stringify(next))
      else localStorage.removeItem(key)
      kept.value = true
    } catch {
      kept.value = false
    }
  }
  function tick(): void {
    now.value = moment()
    const next = test.value && overdue(test.value, now.value)
    if (next !== test.value) change(next)
  }
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    running,
    (on) => {
      clearInterval(timer)
      if (on) timer = setInterval(tick, TICK_MS)
    },
    { immediate: true },
  )
  /** The same person goes on in another tab. */
  const elsewhere = (event: StorageEvent): void => {
    if (event.key === key) test.value = recall(key)
  }
  globalThis.addEventListener('storage', elsewhere)
  onScopeDispose(() => {
    clearInterval(timer)
    globalThis.removeEventListener('storage', elsewhere)
  })
  return { test, now, running, moment, kept, change }
}

function recall(key: string): LinkTest | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as Partial<LinkTest> | null
    return value?.version === 1 && Array.isArray(value.tasks) ? (value as LinkTest) : null
  } catch {
    return null
  }
}
