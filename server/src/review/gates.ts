/** What stands in the way of a review or of an approval: pure, from the checks, the opinions and who wrote. */
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import type { DocumentTypeId } from '@auzolan/shared/ids.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { DecisionGiven, Opinion, OpinionRole, Override } from '@auzolan/shared/protocol/review.ts'
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
  id: DocumentTypeId,
  { json, languages }: { readonly json: string; readonly languages: readonly string[] },
): readonly OpinionRole[] {
  const type = typeOfDocument(id)
  const byRoute = approvalRoutes.find((one) => one.type === type.route)?.opinions ?? []
  const byText = type.checks.opinions?.(parseDocument(type, json, languages)) ?? []
  return [...new Set([...byRoute, ...byText])]
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
  const silent = asked.find((role) => !opinions.some((one) => one.role === role))
  if (silent) return refusal('GATE_CLOSED', `no opinion of ${silent}`)
  // Asked for or not, and whoever of the role has another opinion.
  const against = opinions.filter(({ stance }) => stance === 'against')
  const unread = overrides.find((override) => !against.some((one) => isOf(override, one, against)))
  if (unread) return refusal('INVALID_INPUT', `nothing to override: ${unread.role}`)
  const standing = against.find(
    (one) => !overrides.some((override) => isOf(override, one, against) && isReason(override.reason)),
  )
  return standing ? refusal('GATE_CLOSED', `${standing.role} is against: ${standing.by.id}`) : null
}

/** Why changes cannot be asked for like this. What lets an approval pass would stand in the history for nothing. */
export function changesRefused(
  type: DocumentTypeId,
  { comment, sections, conditions, waivers, overrides }: DecisionGiven,
): Refusal | null {
  if (!isReason(comment) || sections.length === 0)
    return refusal('INVALID_INPUT', 'a reason and a place are missing')
  const known = typeOfDocument(type).frozen.sections
  const unknown = sections.find((id) => !known.some((section) => section.id === id))
  if (unknown !== undefined) return refusal('INVALID_INPUT', `no such section: ${unknown}`)
  return waivers.length + overrides.length > 0 || conditions !== ''
    ? refusal('INVALID_INPUT', 'waivers, overrides and conditions belong to an approval')
    : null
}

/** An override without a name can only be meant for the one person of the role who is against. */
const isOf = ({ role, person }: Override, one: Opinion, against: readonly Opinion[]): boolean =>
  role === one.role &&
  (person === undefined ? against.filter((other) => other.role === role).length === 1 : person === one.by.id)
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
