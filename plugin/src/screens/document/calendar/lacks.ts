/** What a post still lacks before its next step: the one place where the calendar asks the checks. */
import { computed } from 'vue'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { postGate, type GatedCommand } from '@auzolan/shared/checks/post/gate.ts'
import { PostChecks } from '@auzolan/shared/checks/post.ts'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { PlanContext } from '../../../documents/context.ts'
import { today } from '../../../l10n.ts'
import { references } from '../../../references.ts'
import { same } from './fingerprint.ts'

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

/** What was checked when the calendar was last on the screen is not checked again. */
let kept: { readonly by: readonly unknown[]; readonly checks: PostChecks } | null = null

export function useLacks(plan: PlanContext): (whole: WholePost, status: PostStatus) => readonly Finding[] {
  const inForce = computed(() => plan.now.value.inForce !== null)
  const checks = computed((): PostChecks => {
    const context = {
      languages: plan.languages,
      namesIn: plan.language.value,
      plan: plan.plan.value,
      inForce: inForce.value,
      references: references.value,
      organisation: plan.organisation,
      // Looked at in the post itself, and when it is sent.
      consents: null,
    }
    const by = [...Object.values(context), plan.beside.states.value, today()]
    if (kept && same(kept.by, by)) return kept.checks
    const profiles = [...(plan.beside.states.value?.values() ?? [])]
    kept = { by, checks: new PostChecks({ ...context, profiles, now: new Date() }) }
    return kept.checks
  })
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
