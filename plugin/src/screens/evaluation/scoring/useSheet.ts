/** One's own sheet: what is chosen is kept on the server a moment later, and what is on the screen is what was last kept or typed. */
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { newUuid } from '@auzolan/shared/ids.ts'
import type { OwnSheet } from '@auzolan/shared/protocol/scoring.ts'
import type { CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { lacking } from '@auzolan/shared/scoring/rounds.ts'
import { causeOf } from '../../../api.ts'
import { explain } from '../../../parts/refusals.ts'
import { saveSheet } from '../../../scoring-api.ts'

const SAVE_AFTER_MS = 800

export interface UsedSheet {
  readonly scores: Ref<OwnSheet['scores']>
  readonly reasons: Ref<OwnSheet['reasons']>
  readonly lacks: ComputedRef<ReturnType<typeof lacking>>
  /** Everything on the screen is on the server. */
  readonly kept: Ref<boolean>
  readonly problem: Ref<string>
  readonly revision: () => number
  score(criterion: CriterionId, score: Score): void
  reason(criterion: CriterionId, text: string): void
  /** Saves now what is not saved yet; false when that failed. */
  flush(): Promise<boolean>
}

export function useSheet(document: string, n: number, own: OwnSheet): UsedSheet {
  const scores = shallowRef(own.scores)
  const reasons = shallowRef(own.reasons)
  const kept = ref(true)
  const problem = ref('')
  let { revision } = own
  let timer: ReturnType<typeof setTimeout> | undefined
  let going: Promise<boolean> | null = null

  async function save(): Promise<boolean> {
    clearTimeout(timer)
    if (kept.value) return true
    // The next one begins from the revision that this one makes.
    if (going) return going.then(save)
    const given = { id: newUuid(), revision, scores: scores.value, reasons: reasons.value }
    going = saveSheet(document, n, given).then(
      () => {
        revision += 1
        kept.value = scores.value === given.scores && reasons.value === given.reasons
        problem.value = ''
        return true
      },
      (error: unknown) => {
        problem.value = explain(causeOf(error))
        return false
      },
    )
    const done = await going
    going = null
    if (done && !kept.value) return save()
    return done
  }
  function changed(): void {
    kept.value = false
    clearTimeout(timer)
    timer = setTimeout(() => void save(), SAVE_AFTER_MS)
  }
  const again = (): void => void save()
  globalThis.addEventListener('online', again)
  onScopeDispose(() => {
    globalThis.removeEventListener('online', again)
    void save()
  })
  return {
    scores,
    reasons,
    kept,
    problem,
    lacks: computed(() => lacking(scores.value, reasons.value)),
    revision: () => revision,
    score(criterion, score) {
      scores.value = { ...scores.value, [criterion]: score }
      changed()
    },
    reason(criterion, text) {
      reasons.value = { ...reasons.value, [criterion]: text }
      changed()
    },
    flush: save,
  }
}
