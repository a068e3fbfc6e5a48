/** Which of the four questions a finding belongs to, and whether it keeps it open (DOMAIN A.2). */
import { PLAN, type Plan } from '../../schema/plan.ts'
import { planning, QUESTIONS, type QuestionId } from '../../schema/plan/planning.ts'
import type { Field } from '../../schema/fields.ts'
import type { CheckContext, Finding } from '../finding.ts'
import { requiredFields } from '../required.ts'

/** By field (`planning.whoAnswer`) and by root of a list (`purposes`). The fourth is answered in the profiles, too. */
const QUESTION_OF: ReadonlyMap<string, QuestionId> = new Map<string, QuestionId>([
  ...QUESTIONS.flatMap(({ id, fields }) =>
    fields.flatMap((key) => {
      const field: Field = planning.fields[key]
      const names = field.kind === 'list' ? [`planning.${key}`, field.root] : [`planning.${key}`]
      return names.map((name): [string, QuestionId] => [name, id])
    }),
  ),
  ['profiles.profiles', 'where'],
  ['profiles', 'where'],
])

/** Null for what belongs to no question. */
export function questionOf(path: string): QuestionId | null {
  const [root = ''] = path.replace(/:.*$/, '').split('/')
  // `planning` and `profiles` alone are sections, and not what is in them.
  return (root.includes('.') || path.includes('/') ? QUESTION_OF.get(root) : undefined) ?? null
}

/** What a profile must say for question 4 to be answered; the rest of it can wait until it opens. */
const ANSWERING_PROFILE_FIELDS = new Set([
  'network',
  'purposeIds',
  'audienceIds',
  'why',
  'hoursPerWeek',
  'owner',
])

/** A finding keeps question 4 open only if the question itself asks for it. */
export const blocksQuestion = (finding: Finding): boolean => {
  if (finding.severity !== 'block' || finding.gate !== 'review') return false
  const [root, , field] = finding.path.replace(/:.*$/, '').split('/')
  return root !== 'profiles' || field === undefined || ANSWERING_PROFILE_FIELDS.has(field)
}

/** Which questions are answered when this is all that is missing. */
export function answeredWithout(missing: readonly Finding[]): { readonly [question in QuestionId]: boolean } {
  const open = new Set(missing.filter(blocksQuestion).map(({ path }) => questionOf(path)))
  return Object.fromEntries(QUESTIONS.map(({ id }) => [id, !open.has(id)])) as {
    [question in QuestionId]: boolean
  }
}

export function unansweredQuestions(plan: Plan, context: CheckContext): QuestionId[] {
  const open = new Set<QuestionId>()
  for (const outcome of requiredFields(PLAN, plan, context)) {
    for (const finding of outcome.findings) {
      const question = questionOf(finding.path)
      if (question && blocksQuestion(finding)) open.add(question)
    }
  }
  const accepts = plan.planning.responsibleAccepts
  if (accepts !== null && accepts.by !== plan.planning.responsible?.id) open.add('who')
  return [...open]
}
