/** When a post goes out: on a day and at a time that exist, and not when nobody should hear from us (DOMAIN A.12, P-49). */
import type { PostStatus } from '../../posts/life.ts'
import { isEmergency } from '../../posts/post.ts'
import type { Period } from '../../protocol/organisation.ts'
import { instantOf } from '../../wall-time.ts'
import { isDay, isTimeZone } from '../../working-days.ts'
import { message, type Message } from '../finding.ts'
import { onPost, type Found, type PostCheck, type Seen } from './check.ts'

/** It is out, or will never be. */
const OVER: readonly PostStatus[] = ['published', 'measured', 'withdrawn', 'cancelled']

export const WHEN_CHECKS: readonly PostCheck[] = [
  {
    id: 'A-12',
    field: 'day',
    subject: 'It has a day and a time',
    run: (seen) => {
      const { day, time } = seen.post
      const late = { severity: 'block', gate: 'post_schedule' } as const
      const found: Found[] = []
      if (day === null)
        found.push({ ...late, path: onPost(seen, 'day'), message: message('It has no day yet.') })
      else if (!isDay(day))
        found.push({ ...late, path: onPost(seen, 'day'), message: message('There is no such day.') })
      if (time === null)
        found.push({ ...late, path: onPost(seen, 'time'), message: message('It has no time yet.') })
      return found.length > 0 || day === null || time === null ? found : clockFound(seen, day, time)
    },
  },
  {
    id: 'P-49',
    field: 'day',
    subject: 'Nothing speaks against the day',
    run: (seen) => {
      const { post, context } = seen
      const { day, sensitive } = post
      // In an emergency it goes out whatever the day.
      if (day === null || isEmergency(post)) return []
      const { organisation } = context
      const on = (periods: readonly Period[], say: (name: string) => Message): Found[] =>
        periods
          .filter(({ from, to }) => from <= day && day <= to)
          .map(({ name }) => ({ severity: 'warn', path: onPost(seen, 'day'), message: say(name) }))
      return [
        ...on(organisation.holidays, (name) =>
          message('That day is a holiday ({name}): who answers to what people say?', { name }),
        ),
        ...on(organisation.closedPeriods, (name) =>
          message('On that day we are closed ({name}): who answers to what people say?', { name }),
        ),
        // Whoever has marked a post for such a day has thought of it.
        ...(sensitive.includes('electoral')
          ? []
          : on(organisation.electoralPeriods, (name) =>
              message(
                'That day is in an electoral period ({name}): ask legal services what may be published.',
                {
                  name,
                },
              ),
            )),
        ...(sensitive.includes('mourning')
          ? []
          : on(organisation.mourningPeriods, (name) =>
              message('That day is one of mourning ({name}): is it the moment?', { name }),
            )),
      ]
    },
  },
]

function clockFound(seen: Seen, day: string, time: string): Found[] {
  const { post, context, known, standing } = seen
  const zone = post.zone !== null && isTimeZone(post.zone) ? post.zone : known.zone
  const { instant, kind } = instantOf({ day, time, zone })
  const found: Found[] = []
  const path = onPost(seen, 'time')
  if (kind === 'skipped')
    found.push({
      severity: 'warn',
      path,
      message: message('That night the clocks go forward over this time: it goes out an hour later.'),
    })
  if (kind === 'twice')
    found.push({
      severity: 'warn',
      path,
      message: message('That night this time comes twice: it goes out the first time.'),
    })
  if (instant < context.now && !(standing && OVER.includes(standing.status)))
    found.push({
      severity: 'warn',
      path: onPost(seen, 'day'),
      message: message('Its day and time have passed already.'),
    })
  return found
}
