/** Every check of a document in one pass, and what follows from it: completeness, the four answers of a plan. */
import { PLAN_TYPE } from '../types/plan.ts'
import type { TypeOfDocument } from '../types/type.ts'
import { readDocument, withEveryField } from '../schema/json.ts'
import { isFilled, type DocumentJson } from '../schema/fields.ts'
import { PLAN, type Plan } from '../schema/plan.ts'
import type { QuestionId } from '../schema/plan/planning.ts'
import { measured } from './lengths.ts'
import { answeredWithout } from './plan/questions.ts'
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
}
export interface PlanReport extends Report {
  /** DOMAIN A.2: `readyToOpen` is all four. */
  readonly answered: { readonly [question in QuestionId]: boolean }
}

/** A version as it is stored; what it was written too early to have reads as empty. Throws on what is no JSON. */
export function parseDocument(
  { frozen }: TypeOfDocument,
  json: string,
  languages: readonly string[],
): DocumentJson {
  const origin = originOf(json)
  const read = withEveryField(frozen, JSON.parse(json), languages)
  return { ...read, ...(origin ? { [ORIGIN]: { ...origin } } : {}) }
}

export function checkDocument(type: TypeOfDocument, given: DocumentJson, context: CheckContext): Report {
  const { content, checks } = type
  const { within: json, outcomes: lengths, others } = measured(content, given, context)
  const required = requiredFields(content, json, context)
  const empty = new Set(
    required
      .flatMap((outcome) => outcome.findings)
      .filter(({ severity }) => severity === 'block')
      .map(({ path }) => path.replace(/:.*$/, '')),
  )
  const rest = [
    ...(ORIGIN in given ? required.map(fromAbove) : required),
    ...checks.outcomes(json, context, empty),
  ]
  const outcomes = [...lengths, ...rest.map(others)]
  const findings = outcomes.flatMap((outcome) => outcome.findings)
  const missing = findings.filter((f) => f.severity === 'block' && f.gate === 'review')
  return { outcomes, findings, missing, completeness: completenessOf(type, json, missing, context) }
}

export const readPlan = (doc: Y.Doc): Plan => readDocument(PLAN, doc) as unknown as Plan
export const parsePlan = (json: string, languages: readonly string[]): Plan =>
  parseDocument(PLAN_TYPE, json, languages) as unknown as Plan
export function checkPlan(plan: Plan, context: CheckContext): PlanReport {
  const report = checkDocument(PLAN_TYPE, plan as unknown as DocumentJson, context)
  return { ...report, answered: answeredWithout(report.missing) }
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
  { content, checks }: TypeOfDocument,
  json: DocumentJson,
  missing: readonly Finding[],
  context: CheckContext,
): { [section: string]: Completeness } {
  return Object.fromEntries(
    content.sections.map((section) => {
      if (isNotApplicable(section, json, context.languages)) return [section.id, 'not_applicable']
      const gaps = missing.some(
        (f) => f.section === section.id || checks.leavesOpen?.(section.id, f) === true,
      )
      if (!gaps) return [section.id, 'complete']
      const started = Object.entries(section.fields).some(([key, field]) =>
        context.languages.some((language) => isFilled(field, json[section.id]?.[key], language)),
      )
      return [section.id, started ? 'partial' : 'empty']
    }),
  )
}
