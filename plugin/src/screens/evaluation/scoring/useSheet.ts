/**
 * One's own sheet: what is chosen is kept on this device at once, and sent a moment later or when there is a network again. What is on
 * the screen is what waits here, else what the server has.
 */
import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { newUuid } from '@auzolan/shared/ids.ts'
import type { OwnSheet, SheetGiven } from '@auzolan/shared/protocol/scoring.ts'
import type { CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { lacking } from '@auzolan/shared/scoring/rounds.ts'
import { causeOf } from '../../../api.ts'
import type { QueuedEntry } from '../../../entering/entries.ts'
import { keepLast, sendEntries, waitingOf } from '../../../entering/here.ts'
import { explain } from '../../../parts/refusals.ts'
import { saveSheet, sheetAt } from '../../../scoring-api.ts'

const SEND_AFTER_MS = 800

export interface UsedSheet {
  readonly scores: Ref<OwnSheet['scores']>
  readonly reasons: Ref<OwnSheet['reasons']>
  readonly lacks: ComputedRef<ReturnType<typeof lacking>>
  /** Where everything on the screen is by now. */
  readonly kept: ComputedRef<'server' | 'device' | 'nowhere'>
  readonly problem: Ref<string>
  /** Of the server, when everything is there. */
  readonly revision: () => number
  score(criterion: CriterionId, score: Score): void
  reason(criterion: CriterionId, text: string): void
  /** Sends now what is not sent yet; false when it did not arrive. */
  flush(): Promise<boolean>
}
type Waiting = QueuedEntry & { readonly body: SheetGiven }
const isSheet = (one: QueuedEntry): one is Waiting => one.body !== null
const isRefused = ({ state }: QueuedEntry): boolean => state.kind === 'refused'

/** What waits here of one round's sheet, and what the server has refused of it, in their order. */
export const sheetsHere = (document: string, n: number): ComputedRef<readonly QueuedEntry[]> => {
  const all = waitingOf<SheetGiven>(document, 'sheet')
  return computed(() => all.value.filter(({ path }) => path === sheetAt(document, n)))
}

export function useSheet(document: string, n: number, own: OwnSheet): UsedSheet {
  const path = sheetAt(document, n)
  const here = sheetsHere(document, n)
  const due = computed(() => here.value.filter((one): one is Waiting => isSheet(one) && !isRefused(one)))
  const scores = shallowRef(own.scores)
  const reasons = shallowRef(own.reasons)
  const problem = ref('')
  /** Something is on the screen that is not even on the device. */
  const unkept = ref(false)
  /** Something is on the device that the server may not have yet: what waits is heard of a moment later. */
  const underWay = ref(false)
  /** The last that was kept here: by this page, by another tab, or before. */
  let last: { readonly id: string; readonly revision: number } | null = null
  let { revision } = own
  let timer: ReturnType<typeof setTimeout> | undefined
  let keeping: Promise<unknown> = Promise.resolve()

  watch(
    due,
    (all) => {
      const one = all.at(-1)
      // What has gone from here has arrived, or was refused, which its own words say.
      if (!one) {
        if (last) revision = last.revision + 1
        last = null
        underWay.value = false
      } else if (one.body.id !== last?.id && !unkept.value) {
        last = one.body
        scores.value = one.body.scores
        reasons.value = one.body.reasons
      }
    },
    { immediate: true, flush: 'sync' },
  )

  /** After what may have arrived, or in the place of what surely has not. */
  function after(before: readonly QueuedEntry[]): number | null {
    const mine = before.find(({ id }) => id === last?.id)
    if (mine && isRefused(mine)) return null
    const one = before.filter((each): each is Waiting => isSheet(each) && !isRefused(each)).at(-1)
    if (one) return one.body.revision + (one.state.kind === 'asked' ? 1 : 0)
    return last ? last.revision + 1 : revision
  }
  async function keep(): Promise<void> {
    const given = { scores: scores.value, reasons: reasons.value }
    const id = newUuid()
    let next: { readonly id: string; readonly revision: number } | null = null
    const kept = await keepLast({ id, document, kind: 'sheet', path, method: 'PUT' }, (before) => {
      const at = after(before)
      next = at === null ? null : { id, revision: at }
      // Before it is seen to be here, so that it is known to be of this page.
      if (next) last = next
      return next && { ...next, ...given }
    })
    // Where the browser keeps nothing it is saved on the server, a moment later, or not at all.
    if (kept !== 'kept') return
    if (next) underWay.value = true
    if (scores.value === given.scores && reasons.value === given.reasons) unkept.value = false
    problem.value = ''
  }
  function changed(): void {
    unkept.value = true
    keeping = keeping.then(keep)
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), SEND_AFTER_MS)
  }
  async function saveAtOnce(): Promise<void> {
    if (!unkept.value) return
    const given = { scores: scores.value, reasons: reasons.value }
    await saveSheet(document, n, { id: newUuid(), revision, ...given })
    revision += 1
    if (scores.value === given.scores && reasons.value === given.reasons) unkept.value = false
    problem.value = ''
  }
  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    keeping = keeping
      .then(saveAtOnce)
      .catch((error: unknown) => void (problem.value = explain(causeOf(error))))
    await keeping
    await sendEntries()
    underWay.value = due.value.length > 0
    return !unkept.value && due.value.length === 0
  }
  onScopeDispose(() => void flush())
  return {
    scores,
    reasons,
    problem,
    kept: computed(() =>
      unkept.value ? 'nowhere' : underWay.value || due.value.length > 0 ? 'device' : 'server',
    ),
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
    flush,
  }
}
