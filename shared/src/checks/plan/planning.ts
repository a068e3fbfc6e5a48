/** The four questions: whether profiles may be opened, and whether the answers say something (DOMAIN A.2). */
import { phrasesOf } from '../../reference/phrases.ts'
import { message, referencesOf } from '../finding.ts'
import type { Plan } from '../../schema/plan.ts'
import { nameIn } from '../required.ts'
import type { Found, PlanCheck } from './check.ts'
import { unansweredQuestions } from './questions.ts'

/** Shortest purpose that can say something (DOMAIN P-02). */
const PURPOSE_MIN_CHARACTERS = 20

export const PLANNING_CHECKS: readonly PlanCheck[] = [
  {
    id: 'P-01',
    section: 'profiles',
    path: 'profiles.profiles',
    subject: 'Profiles may be opened',
    run: (plan, context) => {
      const findings: Found[] = []
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
    id: 'P-51',
    section: 'planning',
    path: 'planning.purposes',
    subject: 'Every purpose can be measured',
    run: ({ planning: { purposes, indicators } }, context) =>
      purposes
        .filter(
          ({ indicatorIds }) =>
            !indicators.some(
              (indicator) =>
                indicatorIds.includes(indicator.id) && indicator.period !== null && isAimed(indicator),
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
    id: 'P-52',
    section: 'planning',
    path: 'planning.indicators',
    subject: 'What is measured is entered in time',
    run: (_plan, { facts }) => {
      const [oldest] = facts?.overdue ?? []
      return oldest
        ? [
            {
              severity: 'warn',
              gate: 'live',
              section: 'planning',
              path: 'planning.indicators',
              message: message('Figures are late: those from {from} to {to} had to be entered by {due}.', {
                from: `day:${oldest.from}`,
                to: `day:${oldest.to}`,
                due: `day:${oldest.due}`,
              }),
              fix: message('Enter them, or say why there are none.'),
              fixAt: 'indicators',
            },
          ]
        : []
    },
  },
  {
    id: 'A-14',
    section: 'planning',
    path: 'planning.indicators',
    subject: 'Every indicator says what it does not tell',
    run: ({ planning: { indicators } }, context) =>
      indicators
        .filter(({ limits }) => Object.values(limits).every((text) => text.trim() === ''))
        .map((indicator) => ({
          severity: 'info' as const,
          gate: 'review' as const,
          section: 'planning',
          path: `indicators/${indicator.id}/limits`,
          message: message('“{item}” does not say what it does not tell.', {
            item: nameIn(indicator, context),
          }),
        })),
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

/** Between two values, at least one of them. */
const isAimed = ({ target, direction, min, max }: Plan['planning']['indicators'][number]): boolean =>
  direction === 'range' ? min !== null || max !== null : target !== null
