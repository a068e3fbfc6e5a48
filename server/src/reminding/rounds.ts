/** The rounds: when people may be told something that waits, and looking for it again and again. */
import type { Logger } from 'pino'
import { REMIND_EVERY_MS, REMIND_FROM_HOUR, REMIND_UNTIL_HOUR } from '@auzolan/shared/limits.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { isWorked, localTime } from '@auzolan/shared/working-days.ts'

/** On worked days, in the hours of the organisation: nobody's telephone rings at night or on a holiday for a reminder. */
export function isTimeToTell(
  instant: Date,
  organisation: Pick<Organisation, 'timeZone' | 'holidays' | 'closedPeriods'>,
): boolean {
  const { day, hour } = localTime(instant, organisation.timeZone)
  return hour >= REMIND_FROM_HOUR && hour < REMIND_UNTIL_HOUR && isWorked(day, organisation)
}

/**
 * Looks at once, and every quarter of an hour; one round after the other.
 *
 * @returns ends it, once the round under way is over
 */
export function makeRounds(looks: readonly (() => Promise<number>)[], log: Logger): () => Promise<void> {
  let ended = false
  let under: Promise<void> | null = null
  const round = async (): Promise<void> => {
    for (const look of looks) {
      if (ended) return
      try {
        const told = await look()
        if (told > 0) log.info({ told }, 'reminded')
      } catch (error) {
        log.error({ err: error }, 'reminders could not be looked for; they are again later')
      }
    }
  }
  const begin = (): void => {
    under ??= round().finally(() => (under = null))
  }
  begin()
  const timer = setInterval(begin, REMIND_EVERY_MS)
  timer.unref()
  return async () => {
    ended = true
    clearInterval(timer)
    await under
  }
}
