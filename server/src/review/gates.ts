/** What stands in the way of a review or of an approval: pure, from the checks, the opinions and who wrote. */
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { opinionsAskedBy } from '@auzolan/shared/checks/plan/privacy.ts'
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { DecisionGiven, Opinion, OpinionRole } from '@auzolan/shared/protocol/review.ts'
import type { Waiver } from '@auzolan/shared/receipt.ts'
import { isReason } from '@auzolan/shared/workflow.ts'

export const stops =
  (gate: Finding['gate']) =>
  (finding: Finding): boolean =>
    finding.severity === 'block' && finding.gate === gate

export const closed = (failing: readonly Finding[]): Refusal =>
  refusal('GATE_CLOSED', [...new Set(failing.map(({ check, path }) => `${check} ${path}`))].join(', '))

/** A block of any gate: what stops the opening of a profile is let pass by whoever approves the plan (DOMAIN D.3). */
const isWaivable = (finding: Finding): boolean => finding.severity === 'block' && finding.waivable === true

/** Whose opinion the organisation asks for, and whose the text itself asks for, whatever the route says (DOMAIN P-20). */
export function askedFor(
  { approvalRoutes }: Organisation,
  type: string,
  { json, languages }: { readonly json: string; readonly languages: readonly string[] },
): readonly OpinionRole[] {
  const byRoute = approvalRoutes.find((route) => route.type === type)?.opinions ?? []
  return [...new Set([...byRoute, ...opinionsAskedBy(parsePlan(json, languages))])]
}

/** Why this text, with these opinions, cannot be approved; whoever decides may waive and override, with reasons. */
export function approvalRefused(
  findings: readonly Finding[],
  asked: readonly OpinionRole[],
  opinions: readonly Opinion[],
  { waivers, overrides }: Pick<DecisionGiven, 'waivers' | 'overrides'>,
): Refusal | null {
  const refused = waiversRefused(findings, waivers)
  if (refused) return refused
  const failing = notWaived(findings, waivers).filter(
    (finding) => stops('review')(finding) || stops('approval')(finding),
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

/** A waiver is signed or kept with the deed, and printed: nothing may stand there that was not in the way. */
export function waiversRefused(findings: readonly Finding[], waivers: readonly Waiver[]): Refusal | null {
  const idle = waivers.find(({ check }) => !findings.some((one) => one.check === check && isWaivable(one)))
  if (idle) return refusal('INVALID_INPUT', `nothing to waive: ${idle.check}`)
  if (waivers.some(({ reason }) => !isReason(reason)))
    return refusal('INVALID_INPUT', 'a waiver without a reason')
  return null
}

/** What still fails. */
export const notWaived = (findings: readonly Finding[], waivers: readonly Waiver[]): readonly Finding[] =>
  findings.filter((one) => !(isWaivable(one) && waivers.some(({ check }) => check === one.check)))
