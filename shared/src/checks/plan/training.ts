/** Training (DOMAIN A.7). */
import { message } from '../finding.ts'
import { nameIn } from '../required.ts'
import type { PlanCheck } from './check.ts'

export const TRAINING_CHECKS: readonly PlanCheck[] = [
  {
    id: 'A-7',
    section: 'training',
    path: 'training.training',
    subject: 'Courses are done by their day',
    run: ({ training: { training } }, context) => {
      const { facts, today } = context
      if (!facts) return []
      return training
        .filter(({ dueOn }) => dueOn !== null && dueOn < today)
        .filter(({ id }) => !facts.trained.some((one) => one.training === id))
        .map((course) => ({
          severity: 'warn' as const,
          gate: 'live' as const,
          section: 'training',
          path: `training/${course.id}/dueOn`,
          message: message('The day of “{item}” has gone by, and nobody has finished it.', {
            item: nameIn(course, context),
          }),
          fix: message('Note who has finished it, or set another day.'),
        }))
    },
  },
]
