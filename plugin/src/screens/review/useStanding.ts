/** How a version in review stands, for whoever reads it: what stops it, who is missing, and what this person may do about it. */
import { computed, type ComputedRef } from 'vue'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import type { Comparison } from '@auzolan/shared/compare/change.ts'
import type { OpinionRole, Review } from '@auzolan/shared/protocol/review.ts'
import type { KnownReview, QueuedDecision } from '../../decisions/desk.ts'
import { compared } from '../../parts/compared.ts'
import { reviewedType } from './reviewed-type.ts'

export interface Standing {
  readonly review: ComputedRef<Review | null>
  readonly inReview: ComputedRef<boolean>
  /** Since the text that was decided on before. */
  readonly comparison: ComputedRef<Comparison | null>
  /** Decided here, and not confirmed by the server yet. */
  readonly waiting: ComputedRef<QueuedDecision | null>
  readonly refused: ComputedRef<QueuedDecision | null>
  /** What has changed since the text that was read, when it is another one that is in review now. */
  readonly moved: ComputedRef<Comparison | null>
  /** What prevents an approval, waived or not. */
  readonly blocks: ComputedRef<readonly Finding[]>
  /** Whoever decides may let these pass. */
  readonly waivable: ComputedRef<readonly Finding[]>
  readonly stops: ComputedRef<readonly Finding[]>
  readonly warnings: ComputedRef<readonly Finding[]>
  readonly missing: ComputedRef<readonly OpinionRole[]>
  /** Opinions this person may give now. */
  readonly mine: ComputedRef<readonly OpinionRole[]>
  readonly decides: ComputedRef<boolean>
}

export function useStanding(found: () => KnownReview | null, decided: () => QueuedDecision | null): Standing {
  const review = computed(() => found()?.review ?? null)
  const inReview = computed(() => review.value?.work === 'in_review')
  /** This version, compared with an earlier text. */
  function comparedWith(before: string | undefined): Comparison | null {
    const known = found()
    if (!known) return null
    const { version } = known.review
    return compared(
      reviewedType(known.review),
      version.languages,
      before === undefined ? {} : JSON.parse(before),
      JSON.parse(version.json),
      known.organisation,
    )
  }
  const waiting = computed(() => (decided()?.state.kind === 'refused' ? null : decided()))
  const refused = computed(() => (decided()?.state.kind === 'refused' ? decided() : null))
  const moved = computed(() => {
    const read = refused.value?.read
    const version = review.value?.version
    if (!read || !version || !inReview.value || (read.sha256 === version.sha256 && read.n === version.n))
      return null
    return comparedWith(read.json)
  })
  const findings = computed(() => review.value?.findings ?? [])
  const blocks = computed(() =>
    findings.value.filter((f) => f.severity === 'block' && ['review', 'approval'].includes(f.gate)),
  )
  return {
    review,
    inReview,
    comparison: computed(() => comparedWith(review.value?.since?.json)),
    waiting,
    refused,
    moved,
    blocks,
    waivable: computed(() => findings.value.filter((f) => f.severity === 'block' && f.waivable)),
    stops: computed(() => blocks.value.filter((f) => !f.waivable)),
    warnings: computed(() => findings.value.filter((f) => f.severity === 'warn')),
    missing: computed(() => {
      const { asked = [], opinions = [] } = review.value ?? {}
      return asked.filter((role) => !opinions.some((one) => one.role === role))
    }),
    mine: computed(() => {
      const roles = inReview.value ? (found()?.envelope.roles ?? []) : []
      return (['legal', 'it', 'hr', 'language'] as const).filter((role) => roles.includes(role))
    }),
    decides: computed(
      () => review.value !== null && (review.value.approver || review.value.standIns.length > 0),
    ),
  }
}
