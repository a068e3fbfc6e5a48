/** Where somebody is in their sheet: one comes back to where one has left off. No score is in it. */
import { computed, ref, type ComputedRef } from 'vue'
import { CRITERIA, type CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import { home, me } from '../../../host.ts'

/** What is missing, in one list, comes after the last criterion. */
export const OVERVIEW = 'overview'
export type Place = CriterionId | typeof OVERVIEW

export interface UsedPlace {
  readonly at: ComputedRef<Place>
  go(place: Place): void
}

/** @param begin where somebody begins who has not been here */
export function usePlace(document: string, n: number, begin: Place): UsedPlace {
  const key = `auzolan/sheet-at/${home}/${me.id}/${document}/${n}`
  const place = ref<Place>(recall(key) ?? begin)
  return {
    at: computed(() => place.value),
    go(to) {
      place.value = to
      try {
        localStorage.setItem(key, to)
      } catch {
        // A browser that keeps nothing: one begins with what is missing.
      }
    },
  }
}

function recall(key: string): Place | null {
  try {
    const found = localStorage.getItem(key)
    return found === OVERVIEW ? found : (CRITERIA.find(({ id }) => id === found)?.id ?? null)
  } catch {
    return null
  }
}
