/** When people may be told something that waits. */
import { REMIND_FROM_HOUR, REMIND_UNTIL_HOUR } from '@auzolan/shared/limits.ts'
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
