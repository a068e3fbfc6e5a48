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

/** A block of any gate: what stops the opening of a profile is let pass by whoever approves the plan (DOMAIN D.3). */
const isWaivable = (finding: Finding): boolean => finding.severity === 'block' && finding.waivable === true

export const askedFor = ({ approvalRoutes }: Organisation, type: string): readonly OpinionRole[] =>
  approvalRoutes.find((route) => route.type === type)?.opinions ?? []

/** Why this text, with these opinions, cannot be approved; whoever decides may waive and override, with reasons. */
export function approvalRefused(
  findings: readonly Finding[],
  asked: readonly OpinionRole[],
  opinions: readonly Opinion[],
  { waivers, overrides }: Pick<DecisionGiven, 'waivers' | 'overrides'>,
): Refusal | null {
  // It is signed with the decision and printed: nothing may stand there that was not in the way.
  const idle = waivers.find(({ check }) => !findings.some((one) => one.check === check && isWaivable(one)))
  if (idle) return refusal('INVALID_INPUT', `nothing to waive: ${idle.check}`)
  const waived = (finding: Finding): boolean =>
    isWaivable(finding) && waivers.some(({ check }) => check === finding.check)
  if (waivers.some(({ reason }) => !isReason(reason)))
    return refusal('INVALID_INPUT', 'a waiver without a reason')
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
