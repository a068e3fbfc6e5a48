/** What the navigation and the screens outside of a document show: my documents, my teams, the organisation. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { DocumentSummary, Organisation } from '@auzolan/shared/protocol/rest.ts'
import type { TeamSummary } from '@auzolan/shared/protocol/teams.ts'
import { causeOf, getOrganisation, listDocuments } from '../api.ts'
import { listTeams } from '../teams-api.ts'
import { explain } from './refusals.ts'

export interface House {
  readonly documents: readonly DocumentSummary[]
  readonly teams: readonly TeamSummary[]
  readonly organisation: Organisation
}
export type HouseState =
  | { readonly kind: 'loading' }
  | ({ readonly kind: 'ready' } & House)
  | { readonly kind: 'failed'; readonly why: string }

/** Asks at once; `load` asks again, and what was there stays on the screen meanwhile. */
export function useHouse(): {
  readonly state: ShallowRef<HouseState>
  readonly documents: ComputedRef<readonly DocumentSummary[]>
  readonly teams: ComputedRef<readonly TeamSummary[]>
  /** Why what is on the screen could not be asked for again; empty when it could. */
  readonly stale: Ref<string>
  readonly load: () => Promise<void>
} {
  const state = shallowRef<HouseState>({ kind: 'loading' })
  const stale = ref('')
  async function load(): Promise<void> {
    if (state.value.kind === 'failed') state.value = { kind: 'loading' }
    try {
      const [teams, documents, organisation] = await Promise.all([
        listTeams(),
        listDocuments(),
        getOrganisation(),
      ])
      const next = { kind: 'ready', documents, teams, organisation } as const
      // What is the same is not drawn anew.
      if (JSON.stringify(next) !== JSON.stringify(state.value)) state.value = next
      stale.value = ''
    } catch (error) {
      const why = explain(causeOf(error))
      if (state.value.kind === 'ready') stale.value = why
      else state.value = { kind: 'failed', why }
    }
  }
  void load()
  const ready = computed(() => (state.value.kind === 'ready' ? state.value : null))
  return {
    state,
    documents: computed(() => ready.value?.documents ?? []),
    teams: computed(() => ready.value?.teams ?? []),
    stale,
    load,
  }
}
