/** What the checks say of the post on the screen: the one place where the editor asks for them. */
import { computed, type ComputedRef } from 'vue'
import type { Finding, Message, Outcome } from '@auzolan/shared/checks/finding.ts'
import { checkPost } from '@auzolan/shared/checks/post.ts'
import type { PostContext } from '@auzolan/shared/checks/post/check.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { PostState } from '@auzolan/shared/protocol/posts.ts'
import { usePlanContext } from '../../../../documents/context.ts'
import { references } from '../../../../references.ts'
import type { UsedConsents } from '../consents/useConsents.ts'

export interface PostFindings {
  readonly outcomes: ComputedRef<readonly Outcome[]>
  readonly findings: ComputedRef<readonly Finding[]>
  /** What was checked and is right. */
  readonly passed: ComputedRef<readonly Message[]>
}

export function usePostFindings(
  whole: ComputedRef<WholePost>,
  state: ComputedRef<PostState | null>,
  { byId }: UsedConsents,
): PostFindings {
  const { plan, beside, now, organisation, languages, language } = usePlanContext()
  const context = computed((): PostContext => ({
    languages,
    namesIn: language.value,
    plan: plan.value,
    inForce: now.value.inForce !== null,
    profiles: [...(beside.states.value?.values() ?? [])],
    references: references.value,
    organisation,
    consents: byId.value,
    now: new Date(),
  }))
  const outcomes = computed(() =>
    checkPost(whole.value, context.value, {
      status: state.value?.status ?? 'idea',
      reviews: state.value?.reviews ?? [],
    }),
  )
  return {
    outcomes,
    findings: computed(() => outcomes.value.flatMap((outcome) => outcome.findings)),
    passed: computed(() =>
      outcomes.value.filter((outcome) => outcome.findings.length === 0).map(({ subject }) => subject),
    ),
  }
}
