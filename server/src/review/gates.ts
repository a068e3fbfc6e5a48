/** What stands in the way of a review or of an approval: pure, from the checks, the opinions and who wrote. */
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { DecisionGiven, Opinion, OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { isReason } from '@auzolan/shared/workflow.ts'

export const stops =
  (gate: Finding['gate']) =>
  (finding: Finding): boolean =>
    finding.severity === 'block' && finding.gate === gate

export const closed = (failing: readonly Finding[]): Refusal =>
  refusal('GATE_CLOSED', [...new Set(failing.map(({ check, path }) => `${check} ${path}`))].join(', '))

export const askedFor = ({ approvalRoutes }: Organisation, type: string): readonly OpinionRole[] =>
  approvalRoutes.find((route) => route.type === type)?.opinions ?? []

/** Why this text, with these opinions, cannot be approved; whoever decides may waive and override, with reasons. */
export function approvalRefused(
  findings: readonly Finding[],
  asked: readonly OpinionRole[],
  opinions: readonly Opinion[],
  { waivers, overrides }: Pick<DecisionGiven, 'waivers' | 'overrides'>,
): Refusal | null {
  const waived = (finding: Finding): boolean =>
    finding.waivable === true && waivers.some((w) => w.check === finding.check && isReason(w.reason))
  // It is signed with the decision, so nothing may be let pass that does not stand in the way.
  const idle = waivers.find(
    ({ check }) => !findings.some((one) => one.check === check && one.waivable === true && waived(one)),
  )
  if (idle) return refusal('INVALID_INPUT', `nothing to waive: ${idle.check}`)
  const failing = findings.filter(
    (finding) => (stops('review')(finding) || stops('approval')(finding)) && !waived(finding),
  )
  if (failing.length > 0) return closed(failing)
  for (const role of asked) {
    const opinion = opinions.find((one) => one.role === role)
    if (!opinion) return refusal('GATE_CLOSED', `no opinion of ${role}`)
    if (opinion.stance !== 'against') continue
    if (!overrides.some((one) => one.role === role && isReason(one.reason)))
      return refusal('GATE_CLOSED', `${role} is against`)
  }
  return null
}
