/**
 * What is kept beside the text of a plan: what was done with its profiles, who has finished which course, and which figures are late. Asked for when the
 * plan opens, when the server says that something moved, and when somebody comes back to the page.
 */
import { computed, onBeforeUnmount, onMounted, shallowRef, watch, type ComputedRef } from 'vue'
import type { PlanFacts } from '@auzolan/shared/checks/finding.ts'
import type { OverdueFigures } from '@auzolan/shared/protocol/figures.ts'
import type { ProfileState, TrainingDone } from '@auzolan/shared/protocol/profiles.ts'
import type { DocumentEnvelope, Organisation } from '@auzolan/shared/protocol/rest.ts'
import { getOverdueFigures } from '../figures-api.ts'
import { home, me } from '../host.ts'
import { getProfileStates, getTraining } from '../profiles-api.ts'
import type { PlanContext } from './context.ts'

export interface UsedBeside {
  /** By profile; one that is not in it is planned. `null` while nobody has said anything: then nothing is said of any. */
  readonly states: ComputedRef<ReadonlyMap<string, ProfileState> | null>
  /** `null` until it is known, and for those who only read because everybody may. */
  readonly training: ComputedRef<readonly TrainingDone[] | null>
  /** Spans whose figures are late, the oldest first; none until it is known, and for those who only read. */
  readonly overdue: ComputedRef<readonly OverdueFigures[]>
  /** For the checks; what is not known is not checked. */
  readonly facts: ComputedRef<PlanFacts | undefined>
  /** Asks the server; when nobody answers, what was known stays. */
  refresh(): Promise<void>
}

export function useBeside(
  { id, roles }: Pick<DocumentEnvelope, 'id' | 'roles'>,
  { departments }: Organisation,
): UsedBeside {
  // Who has learnt what stays off the device: without network nothing is said of it.
  const key = `auzolan/profiles/${home}/${me.id}/${id}`
  const states = shallowRef<readonly ProfileState[] | null>(recall(key))
  const training = shallowRef<readonly TrainingDone[] | null>(null)
  const overdue = shallowRef<readonly OverdueFigures[]>([])

  async function refresh(): Promise<void> {
    try {
      const [found, done, late] = await Promise.all([
        getProfileStates(id),
        roles.length > 0 ? getTraining(id) : null,
        roles.length > 0 ? getOverdueFigures(id) : [],
      ])
      states.value = found.states
      training.value = done
      overdue.value = late
      remember(key, found.states)
    } catch {
      // As it was.
    }
  }
  void refresh()

  return {
    states: computed(() => states.value && new Map(states.value.map((state) => [state.profile, state]))),
    training: computed(() => training.value),
    overdue: computed(() => overdue.value),
    facts: computed(() =>
      training.value === null || states.value === null
        ? undefined
        : {
            communications: departments
              .filter(({ communications }) => communications)
              .map((department) => department.id),
            trained: training.value.map((done) => ({ training: done.training, person: done.person.id })),
            profiles: states.value,
            overdue: overdue.value,
          },
    ),
    refresh,
  }
}

/** Keeps it in step while the plan is on the screen. */
export function useFresh({ beside, ledger }: Pick<PlanContext, 'beside' | 'ledger'>): void {
  watch(
    () => [ledger.value.write, ledger.value.connectivity.kind].join(),
    () => void beside.refresh(),
  )
  const back = (): void => void (document.visibilityState === 'visible' && beside.refresh())
  onMounted(() => document.addEventListener('visibilitychange', back))
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', back))
}

function remember(key: string, states: readonly ProfileState[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(states))
  } catch {
    // A browser that keeps nothing: it is asked again.
  }
}
function recall(key: string): readonly ProfileState[] | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as unknown
    return Array.isArray(value) ? (value as ProfileState[]) : null
  } catch {
    return null
  }
}
