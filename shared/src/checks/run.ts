/** Every check of a document in one pass, and what follows from it: completeness, the four answers. */
import { readDocument, withEveryField } from '../schema/json.ts'
import { isFilled, type DocumentType } from '../schema/fields.ts'
import { PLAN, type Plan } from '../schema/plan.ts'
import { QUESTIONS, type QuestionId } from '../schema/plan/planning.ts'
import { measured } from './lengths.ts'
import { planChecks } from './plan.ts'
import { blocksQuestion, questionOf } from './plan/questions.ts'
import { isNotApplicable, requiredFields } from './required.ts'
import { ORIGIN, isInheritedPath, originOf } from '../schema/inherited.ts'
import { message, type CheckContext, type Finding, type Outcome } from './finding.ts'
import type * as Y from 'yjs'

export type Completeness = 'empty' | 'partial' | 'complete' | 'not_applicable'

export interface Report {
  readonly outcomes: readonly Outcome[]
  readonly findings: readonly Finding[]
  /** Per section id. */
  readonly completeness: { readonly [section: string]: Completeness }
  /** Findings that stop sending to review. */
  readonly missing: readonly Finding[]
  /** DOMAIN A.2: `readyToOpen` is all four. */
  readonly answered: { readonly [question in QuestionId]: boolean }
}

export const readPlan = (doc: Y.Doc): Plan => readDocument(PLAN, doc) as unknown as Plan
/** A version as it is stored; what it was written too early to have reads as empty. Throws on what is no JSON. */
export const parsePlan = (json: string, languages: readonly string[]): Plan => {
  const origin = originOf(json)
  const plan = withEveryField(PLAN, JSON.parse(json), languages)
  return { ...plan, ...(origin ? { [ORIGIN]: origin } : {}) } as unknown as Plan
}

export function checkPlan(given: Plan, context: CheckContext): Report {
  const { within: plan, outcomes: lengths, others } = measured(PLAN, given, context)
  const required = requiredFields(PLAN, plan, context)
  const rest = [...(ORIGIN in given ? required.map(fromAbove) : required), ...planChecks(plan, context)]
  const outcomes = [...lengths, ...rest.map(others)]
  const findings = outcomes.flatMap((outcome) => outcome.findings)
  const missing = findings.filter((f) => f.severity === 'block' && f.gate === 'review')
  const open = new Set(missing.filter(blocksQuestion).map((f) => questionOf(f.path)))
  return {
    outcomes,
    findings,
    missing,
    completeness: completenessOf(PLAN, plan, missing, context),
    answered: Object.fromEntries(QUESTIONS.map((q) => [q.id, !open.has(q.id)])) as Report['answered'],
  }
}

/** What is missing in a text that is taken over is asked for above: whoever is below cannot write it, and is not stopped. */
const fromAbove = (outcome: Outcome): Outcome => ({
  ...outcome,
  findings: outcome.findings.map((finding) =>
    isInheritedPath(finding.path)
      ? {
          ...finding,
          severity: 'warn',
          fix: message('It is taken over: ask those who coordinate the plan above.'),
        }
      : finding,
  ),
})

function completenessOf(
  type: DocumentType,
  json: { readonly [section: string]: { readonly [field: string]: unknown } },
  missing: readonly Finding[],
  context: CheckContext,
): { [section: string]: Completeness } {
  return Object.fromEntries(
    type.sections.map((section) => {
      if (isNotApplicable(section, json[section.id] ?? {}, context.languages))
        return [section.id, 'not_applicable']
      // The fourth question is answered in the profiles, so their gaps count for both sections.
      const gaps = missing.some(
        (f) =>
          f.section === section.id ||
          (section.id === 'planning' && questionOf(f.path) !== null && blocksQuestion(f)),
      )
      if (!gaps) return [section.id, 'complete']
      const started = Object.entries(section.fields).some(([key, field]) =>
        context.languages.some((language) => isFilled(field, json[section.id]?.[key], language)),
      )
      return [section.id, started ? 'partial' : 'empty']
    }),
  )
}
