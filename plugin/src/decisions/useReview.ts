/** The review a page shows: from the server, else as this device last knew it. It looks again by itself while it is offline. */
import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { causeOf, getEnvelope, getOrganisation } from '../api.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import { setTimeZone } from '../l10n.ts'
import { getReview, listVersions } from '../review-api.ts'
import type { Cause } from '../session/connection.ts'
import type { KnownReview, QueuedDecision } from './desk.ts'
import { desk, forgetReview, queued } from './here.ts'
import { isNoAnswer } from './sender.ts'

export type ReviewState =
  | { readonly kind: 'loading' }
  /** `offline`: why the server could not be asked; `null` when this is what it says now. */
  | { readonly kind: 'ready'; readonly known: KnownReview; readonly offline: Cause | null }
  /** The document is there and was never sent to review. */
  | { readonly kind: 'unsent'; readonly envelope: DocumentEnvelope }
  | { readonly kind: 'failed'; readonly cause: Cause }

const LOOK_AGAIN_MS = 10_000

export function useReview(id: string): {
  readonly state: ShallowRef<ReviewState>
  /** What this person has decided here and the server has not confirmed. */
  readonly decided: ShallowRef<QueuedDecision | null>
  readonly load: () => Promise<void>
} {
  const state = shallowRef<ReviewState>({ kind: 'loading' })
  const row = computed(() => queued.value.find((one) => one.document === id) ?? null)
  const decided = shallowRef<QueuedDecision | null>(row.value)

  async function load(): Promise<void> {
    try {
      const envelope = await getEnvelope(id)
      // A draft without a version in force may never have been sent.
      const sent =
        envelope.work !== 'draft' || envelope.inForce !== null || (await listVersions(id)).length > 0
      if (!sent) {
        state.value = { kind: 'unsent', envelope }
        return
      }
      const [review, organisation] = await Promise.all([getReview(id), getOrganisation()])
      const known = { review, envelope, organisation, at: Date.now() }
      state.value = { kind: 'ready', known, offline: null }
      // A device that keeps nothing shows it all the same.
      await (await desk)?.remember(id, known).catch(() => {})
    } catch (error) {
      const cause = causeOf(error)
      if (!isNoAnswer(cause)) {
        state.value = { kind: 'failed', cause }
        if (cause === 'NOT_FOUND' || cause === 'ACCESS_ENDED') await forgetReview(id).catch(() => {})
        return
      }
      const known =
        state.value.kind === 'ready'
          ? state.value.known
          : await (await desk)?.recall(id).catch(() => undefined)
      if (known) setTimeZone(known.organisation.timeZone)
      state.value = known ? { kind: 'ready', known, offline: cause } : { kind: 'failed', cause }
    }
  }
  void load()

  watch(row, async (now, before) => {
    // Sent, or refused: either way the review is another one now, and what is said about it goes by the new one.
    const settled =
      before !== null && before.state.kind !== 'refused' && (now === null || now.state.kind === 'refused')
    if (settled) await load()
    decided.value = row.value
  })
  const again = (): void => {
    const { value } = state
    const stale =
      value.kind === 'ready' ? value.offline !== null : value.kind === 'failed' && isNoAnswer(value.cause)
    if (stale) void load()
  }
  const timer = setInterval(again, LOOK_AGAIN_MS)
  globalThis.addEventListener('online', again)
  onScopeDispose(() => {
    clearInterval(timer)
    globalThis.removeEventListener('online', again)
  })
  return { state, decided, load }
}
