/** What a post still lacks before its next step: the one place where the calendar asks the checks. */
import { computed } from 'vue'
import type { Finding, Outcome } from '@auzolan/shared/checks/finding.ts'
import { postGate, type GatedCommand } from '@auzolan/shared/checks/post/gate.ts'
import { PostChecks } from '@auzolan/shared/checks/post.ts'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import type { Consent } from '@auzolan/shared/posts/consent.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { PlanContext } from '../../../documents/context.ts'
import { today } from '../../../l10n.ts'
import { references } from '../../../references.ts'
import type { UsedConsents } from './consents/useConsents.ts'
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

/** Whoever has taken their consent back must not be seen in it: that is so on every day, and when it is out, too (DOMAIN P-31). */
const GONE: readonly PostStatus[] = ['cancelled', 'withdrawn']
const usesWithdrawn = ({ media, mentions }: WholePost, consents: ReadonlyMap<string, Consent>): boolean =>
  [...media, ...mentions].some(({ consentIds }) =>
    consentIds.some((id) => (consents.get(id)?.withdrawnOn ?? null) !== null),
  )
const peopleIn = (outcomes: readonly Outcome[]): readonly Finding[] =>
  outcomes
    .filter(({ check }) => check === 'P-31')
    .flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'block'))

/** What was checked when the calendar was last on the screen is not checked again. */
let kept: { readonly by: readonly unknown[]; readonly checks: PostChecks } | null = null

export function useLacks(
  plan: PlanContext,
  consents: UsedConsents,
): (whole: WholePost, status: PostStatus, soon: boolean) => readonly Finding[] {
  const inForce = computed(() => plan.now.value.inForce !== null)
  const checks = computed((): PostChecks => {
    const context = {
      languages: plan.languages,
      namesIn: plan.language.value,
      plan: plan.plan.value,
      inForce: inForce.value,
      references: references.value,
      organisation: plan.organisation,
      // For who may not know them, and offline, they are looked at when it is sent.
      consents: consents.byId.value,
    }
    const by = [...Object.values(context), plan.beside.states.value, today()]
    if (kept && same(kept.by, by)) return kept.checks
    const profiles = [...(plan.beside.states.value?.values() ?? [])]
    kept = { by, checks: new PostChecks({ ...context, profiles, now: new Date() }) }
    return kept.checks
  })
  return (whole, status, soon) => {
    const command = NEXT[status]
    if (command === null || !soon) {
      const { value } = consents.byId
      return value && !GONE.includes(status) && usesWithdrawn(whole, value)
        ? peopleIn(checks.value.of(whole))
        : []
    }
    const stopped = postGate(checks.value.of(whole), command, false)
    // Of a plan that is not in force none can go out: that is said once, and not of each.
    return inForce.value
      ? stopped
      : stopped.filter(({ check, path }) => check !== 'P-46' || !path.endsWith('/profileIds'))
  }
}
