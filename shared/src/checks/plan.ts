/** The plan's own checks (DOMAIN §10) and its four answers (DOMAIN A.2). Pure: same plan, same result. */
import { phrasesOf } from '../reference/phrases.ts'
import { PLAN, type Plan } from '../schema/plan.ts'
import type { QuestionId } from '../schema/plan/planning.ts'
import type { PlanCheck } from './plan/check.ts'
import { FAMILY_CHECKS } from './plan/family.ts'
import { PRESENCE_CHECKS } from './plan/presence.ts'
import { PRIVACY_CHECKS } from './plan/privacy.ts'
import { PROFILE_CHECKS } from './plan/profiles.ts'
import { TEAM_CHECKS } from './plan/team.ts'
import { nameIn, requiredFields } from './required.ts'
import { message, referencesOf, type CheckContext, type Finding, type Outcome } from './finding.ts'

/** Shortest purpose that can say something (DOMAIN A.2, P-02). */
const PURPOSE_MIN_CHARACTERS = 20
/** Longest period of validity that gives no warning (DOMAIN A.1). */
const PERIOD_MAX_MONTHS = 24

const OWN: readonly PlanCheck[] = [
  {
    id: 'P-01',
    section: 'profiles',
    path: 'profiles.profiles',
    subject: 'Profiles may be opened',
    run: (plan, context) => {
      const findings: Omit<Finding, 'check'>[] = []
      const base = {
        severity: 'block',
        gate: 'profile_open',
        section: 'profiles',
        path: 'profiles.profiles',
      } as const
      const open = unansweredQuestions(plan, context)
      if (open.length > 0) {
        findings.push({
          ...base,
          path: 'planning',
          message: message('No profile can be opened: {count} of the four questions are not answered yet.', {
            count: String(open.length),
          }),
          fix: message('Complete the four questions.'),
        })
      }
      if (!context.inForce) {
        findings.push({
          ...base,
          message:
            open.length > 0
              ? message('Then the plan needs approval.')
              : message('No profile can be opened: the plan needs approval.'),
        })
      }
      return findings
    },
  },
  {
    id: 'P-02',
    section: 'planning',
    path: 'planning.purposes',
    subject: 'Every purpose says what for',
    run: (plan, context) => {
      const empty = phrasesOf(referencesOf(context).phrases, 'noPurpose')
      return plan.planning.purposes.flatMap((purpose) => {
        const texts = Object.values(purpose.text).filter((text) => text.trim() !== '')
        if (texts.length === 0) return []
        const base = {
          severity: 'warn',
          gate: 'review',
          section: 'planning',
          path: `purposes/${purpose.id}/text`,
        } as const
        const item = nameIn(purpose, context)
        if (texts.some((text) => empty.in(text))) {
          return [
            {
              ...base,
              message: message('“{item}” says that one has to be there, not what for.', { item }),
              fix: message('Say what will be better for somebody because the profile exists.'),
            },
          ]
        }
        if (texts.some((text) => [...text.trim()].length < PURPOSE_MIN_CHARACTERS)) {
          return [
            {
              ...base,
              message: message('“{item}” is very short for a purpose.', { item }),
              fix: message('Say what for, in a whole sentence.'),
            },
          ]
        }
        return []
      })
    },
  },
  {
    id: 'P-03',
    section: 'identity',
    path: 'identity.sponsorRole',
    subject: 'The plan has a sponsor',
    asks: ['identity.sponsorRole', 'identity.sponsorBody', 'identity.sponsoredOn'],
    run: (plan, context) => {
      const lead = context.languages[0] ?? ''
      const { sponsorRole, sponsorBody, sponsoredOn } = plan.identity
      const recorded = (sponsorRole[lead] ?? '').trim() !== '' && sponsorBody !== null && sponsoredOn !== null
      return recorded
        ? []
        : [
            {
              severity: 'block',
              gate: 'approval',
              section: 'identity',
              path: 'identity.sponsorRole',
              message: message('Nobody of those who lead the institution sponsors the plan yet.'),
              fix: message('Record who sponsors it, at which level and since when.'),
            },
          ]
    },
  },
  {
    id: 'P-05',
    section: 'principles',
    path: 'principles.noPersonalOpinions',
    subject: 'No personal opinions from official profiles',
    asks: ['principles.noPersonalOpinions'],
    run: (plan) =>
      plan.principles.noPersonalOpinions
        ? []
        : [
            {
              severity: 'block',
              gate: 'approval',
              section: 'principles',
              path: 'principles.noPersonalOpinions',
              message: message('The plan does not say yet that official profiles give no personal opinions.'),
              fix: message('Accept the statement in Principles and tone.'),
            },
          ],
  },
  {
    id: 'P-51',
    section: 'planning',
    path: 'planning.purposes',
    subject: 'Every purpose can be measured',
    run: ({ planning: { purposes, indicators } }, context) =>
      purposes
        .filter(
          ({ indicatorIds }) =>
            !indicators.some(
              ({ id, period, target }) => indicatorIds.includes(id) && period !== null && target !== null,
            ),
        )
        .map((purpose) => ({
          severity: 'block' as const,
          gate: 'approval' as const,
          section: 'planning',
          path: `purposes/${purpose.id}/indicatorIds`,
          message: message('“{item}” has no indicator with a period and a target.', {
            item: nameIn(purpose, context),
          }),
        })),
  },
  {
    id: 'A-1',
    section: 'identity',
    path: 'identity.to',
    subject: 'The period makes sense',
    run: ({ identity: { from, to } }) => {
      if (from === null || to === null) return []
      const base = { gate: 'review', section: 'identity', path: 'identity.to' } as const
      if (to < from) {
        return [{ ...base, severity: 'block', message: message('The plan ends before it begins.') }]
      }
      return monthsBetween(from, to) > PERIOD_MAX_MONTHS
        ? [{ ...base, severity: 'warn', message: message('The plan is valid for more than two years.') }]
        : []
    },
  },
  {
    id: 'A-2',
    section: 'planning',
    path: 'planning.audiences',
    subject: 'The audiences are somebody',
    run: (plan, context) => {
      const { audiences } = plan.planning
      const everybody = phrasesOf(referencesOf(context).phrases, 'everybody')
      const vague = audiences.filter((a) => Object.values(a.name).some((name) => everybody.in(name)))
      return vague.length > 0 && vague.length === audiences.length
        ? vague.map((a) => ({
            severity: 'warn' as const,
            gate: 'review' as const,
            section: 'planning',
            path: `audiences/${a.id}/name`,
            message: message('“{item}” is nobody in particular.', {
              item: nameIn(a, context),
            }),
            fix: message('Name the groups you really write for.'),
          }))
        : []
    },
  },
  {
    id: 'A-3',
    section: 'planning',
    path: 'planning.responsibleAccepts',
    subject: 'The responsible person has said yes',
    run: ({ planning: { responsible, responsibleAccepts } }) =>
      responsible !== null && responsibleAccepts !== null && responsibleAccepts.by !== responsible.id
        ? [
            {
              severity: 'block',
              gate: 'review',
              section: 'planning',
              path: 'planning.responsibleAccepts',
              message: message('The responsible person changed and has not accepted yet.'),
            },
          ]
        : [],
  },
]

const CHECKS = [
  ...OWN,
  ...FAMILY_CHECKS,
  ...PROFILE_CHECKS,
  ...PRESENCE_CHECKS,
  ...TEAM_CHECKS,
  ...PRIVACY_CHECKS,
]

const NONE: ReadonlySet<string> = new Set()
/** @param empty paths of required fields that are said to be missing */
export const planChecks = (plan: Plan, context: CheckContext, empty = NONE): Outcome[] =>
  CHECKS.filter(({ asks = [] }) => !asks.some((path) => empty.has(path))).map(
    ({ id, section, path, subject, run }) => ({
      check: id,
      section,
      path,
      subject: message(subject),
      findings: run(plan, context).map((finding) => ({ check: id, ...finding })),
    }),
  )

/** Whole months from one ISO date to the other, rounded up. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number)
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number)
  return (toYear - fromYear) * 12 + (toMonth - fromMonth) + (toDay > fromDay ? 1 : 0)
}

/** Which question a finding belongs to; null for the other sections (DOMAIN A.2). */
export function questionOf(path: string): QuestionId | null {
  const field = path.replace(/^planning\./, '').replace(/:.*$/, '')
  const root = path.includes('/') ? path.slice(0, path.indexOf('/')) : null
  if (/^(who(Answer)|responsible|deputy)/.test(field) && root === null) return 'who'
  if (/^(whyAnswer|purposes|indicators)/.test(field) && root === null) return 'why'
  if (/^(whomAnswer|audiences)/.test(field) && root === null) return 'whom'
  if (/^whereAnswer/.test(field) && root === null) return 'where'
  switch (root) {
    case 'purposes':
    case 'indicators':
      return 'why'
    case 'audiences':
      return 'whom'
    case 'profiles':
      return 'where'
    default:
      return path === 'profiles.profiles' ? 'where' : null
  }
}

/** What a profile must say for question 4 to be answered (DOMAIN A.2); the rest of it can wait until it opens. */
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

function unansweredQuestions(plan: Plan, context: CheckContext): QuestionId[] {
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
