/**
 * The review a page shows: from the server, else as this device last knew it. It looks again by itself while somebody sees the
 * page. What would move the text under their eyes waits as news until they want it; all the rest takes its place at once.
 */
import { computed, shallowRef, watch, type ShallowRef } from 'vue'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import { causeOf, getEnvelope, getOrganisation } from '../api.ts'
import { setTimeZone } from '../l10n.ts'
import { keepLooking } from '../parts/keep-looking.ts'
import { getReview, listVersions } from '../review-api.ts'
import type { Cause } from '../session/connection.ts'
import type { KnownReview, QueuedDecision } from './desk.ts'
import { desk, forgetReview, queued } from './here.ts'
import { isNoAnswer } from '../sending/pace.ts'

export type ReviewState =
  | { readonly kind: 'loading' }
  /** `offline`: why the server could not be asked; `null` when this is what it says now. */
  | { readonly kind: 'ready'; readonly known: KnownReview; readonly offline: Cause | null }
  /** The document is there and was never sent to review. */
  | { readonly kind: 'unsent'; readonly envelope: DocumentEnvelope }
  | { readonly kind: 'failed'; readonly cause: Cause }

export interface UsedReview {
  readonly state: ShallowRef<ReviewState>
  /** What the server says by now, where it is more than what the page can take in without moving. */
  readonly news: ShallowRef<Review | null>
  /** What this person has decided here and the server has not confirmed. */
  readonly decided: ShallowRef<QueuedDecision | null>
  /** Shows what there is now, news included. */
  readonly load: () => Promise<void>
}

/** @param looked the server has been asked by the page itself: what stands beside the review can be asked for, too */
export function useReview(id: string, looked: () => void): UsedReview {
  const state = shallowRef<ReviewState>({ kind: 'loading' })
  const news = shallowRef<Review | null>(null)
  const row = computed(() => queued.value.find((one) => one.document === id) ?? null)
  const decided = shallowRef<QueuedDecision | null>(row.value)
  /** An answer that was overtaken is old, and a look never overtakes what the person has asked for. */
  let loads = 0
  let loading = 0

  async function ask(): Promise<ReviewState> {
    try {
      const envelope = await getEnvelope(id)
      // A draft without a version in force may never have been sent.
      const sent =
        envelope.work !== 'draft' || envelope.inForce !== null || (await listVersions(id)).length > 0
      if (!sent) return { kind: 'unsent', envelope }
      const [review, organisation] = await Promise.all([getReview(id), getOrganisation()])
      return {
        kind: 'ready',
        known: { review, envelope, organisation, at: Date.now() },
        offline: null,
      }
    } catch (error) {
      const cause = causeOf(error)
      if (!isNoAnswer(cause)) return { kind: 'failed', cause }
      const known =
        state.value.kind === 'ready'
          ? state.value.known
          : await (await desk)?.recall(id).catch(() => undefined)
      if (known) setTimeZone(known.organisation.timeZone)
      return known ? { kind: 'ready', known, offline: cause } : { kind: 'failed', cause }
    }
  }
  async function keep(next: ReviewState): Promise<void> {
    // A device that keeps nothing shows it all the same.
    if (next.kind === 'ready' && next.offline === null)
      await (await desk)?.remember(id, next.known).catch(() => {})
    if (next.kind === 'failed' && isGone(next.cause)) await forgetReview(id).catch(() => {})
  }
  async function load(): Promise<void> {
    const turn = ++loads
    loading += 1
    const next = await ask()
    loading -= 1
    if (turn === loads) {
      state.value = next
      news.value = null
    }
    await keep(next)
  }
  void load()

  /** Says whether there was anything new. */
  async function look(): Promise<boolean> {
    const turn = loads
    if (loading > 0) return false
    const next = await ask()
    const { value: now } = state
    if (turn !== loads) return false
    if (now.kind !== 'ready' || next.kind !== 'ready') {
      // A server that stumbles takes away nothing that somebody reads, or writes in a dialog.
      if (now.kind === 'ready' && next.kind === 'failed' && !isGone(next.cause)) return false
      if (JSON.stringify(now) === JSON.stringify(next)) return false
      state.value = next
      await keep(next)
      return true
    }
    const { review } = next.known
    const same = JSON.stringify(now.known.review) === JSON.stringify(review)
    if (!same && isAnother(now.known.review, review)) {
      const known = JSON.stringify(news.value) === JSON.stringify(review)
      news.value = review
      state.value = { ...now, offline: next.offline }
      return !known
    }
    news.value = null
    // What is the same stays the same object: nothing on the page is drawn anew.
    state.value = same ? { ...next, known: { ...next.known, review: now.known.review } } : next
    if (!same) await keep(next)
    return !same
  }

  watch(row, async (now, before) => {
    // Sent, or refused: either way the review is another one now, and what is said about it goes by the new one.
    const settled =
      before !== null && before.state.kind !== 'refused' && (now === null || now.state.kind === 'refused')
    if (settled) await load()
    decided.value = row.value
  })

  keepLooking(async () => {
    const fresh = await look()
    looked()
    return fresh
  })
  return { state, news, decided, load }
}

const isGone = (cause: Cause): boolean => cause === 'NOT_FOUND' || cause === 'ACCESS_ENDED'

/** Another text, another state of the work, or a decision: the page would say something else from its head on. */
const isAnother = (now: Review, next: Review): boolean =>
  now.work !== next.work ||
  now.version.n !== next.version.n ||
  now.version.sha256 !== next.version.sha256 ||
  now.version.decisions.length !== next.version.decisions.length
