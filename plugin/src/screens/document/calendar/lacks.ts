/** What a post still lacks before its next step: the one place where the calendar asks the checks. */
import { computed } from 'vue'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { postGate, type GatedCommand } from '@auzolan/shared/checks/post/gate.ts'
import { PostChecks } from '@auzolan/shared/checks/post.ts'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { PlanContext } from '../../../documents/context.ts'
import { references } from '../../../references.ts'

const NEXT: { readonly [status in PostStatus]: GatedCommand | null } = {
  idea: 'submit',
  drafting: 'submit',
  // To be approved is for those who read it: of whoever wrote it nothing is lacking.
  in_review: 'submit',
  approved: 'schedule',
  scheduled: 'schedule',
  published: null,
  measured: null,
  cancelled: null,
  withdrawn: null,
}

export function useLacks(plan: PlanContext): (whole: WholePost, status: PostStatus) => readonly Finding[] {
  const inForce = computed(() => plan.now.value.inForce !== null)
  const checks = computed(
    () =>
      new PostChecks({
        languages: plan.languages,
        namesIn: plan.language.value,
        plan: plan.plan.value,
        inForce: inForce.value,
        profiles: [...(plan.beside.states.value?.values() ?? [])],
        references: references.value,
        organisation: plan.organisation,
        // Looked at in the post itself, and when it is sent.
        consents: null,
        now: new Date(),
      }),
  )
  return (whole, status) => {
    const command = NEXT[status]
    if (command === null) return []
    const stopped = postGate(checks.value.of(whole), command, false)
    // Of a plan that is not in force none can go out: that is said once, and not of each.
    return inForce.value
      ? stopped
      : stopped.filter(({ check, path }) => check !== 'P-46' || !path.endsWith('/profileIds'))
  }
}
