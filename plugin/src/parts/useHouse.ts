/** What the navigation and the screens outside of a document show: my documents, my teams, the organisation. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
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
  readonly load: () => Promise<void>
} {
  const state = shallowRef<HouseState>({ kind: 'loading' })
  async function load(): Promise<void> {
    if (state.value.kind === 'failed') state.value = { kind: 'loading' }
    try {
      const [teams, documents, organisation] = await Promise.all([
        listTeams(),
        listDocuments(),
        getOrganisation(),
      ])
      state.value = { kind: 'ready', documents, teams, organisation }
    } catch (error) {
      state.value = { kind: 'failed', why: explain(causeOf(error)) }
    }
  }
  void load()
  const ready = computed(() => (state.value.kind === 'ready' ? state.value : null))
  return {
    state,
    documents: computed(() => ready.value?.documents ?? []),
    teams: computed(() => ready.value?.teams ?? []),
    load,
  }
}
