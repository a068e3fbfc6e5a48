/**
 * Days out of a calendar file (iCalendar, RFC 5545), as administrations publish their holidays: only name, beginning
 * and end of each event are read.
 */
import ICAL from 'ical.js'
import { newUuid } from '@auzolan/shared/ids.ts'
import type { Period } from '@auzolan/shared/protocol/organisation.ts'

/** A calendar of holidays has some dozens of events; more than this is another kind of file. */
const EVENTS_MAX = 500
const [YEAR_MIN, YEAR_MAX] = [1900, 2200]
export const FILE_MAX_BYTES = 1024 * 1024

/** Periods in the order of their dates; `null` when the text is no calendar, or too large a one. */
export function periodsOf(text: string): Period[] | null {
  if (text.length > FILE_MAX_BYTES) return null
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as unknown[])
    const events = calendar.getAllSubcomponents('vevent')
    if (calendar.name !== 'vcalendar' || events.length > EVENTS_MAX) return null
    return events
      .flatMap((event) => {
        const start = event.getFirstPropertyValue('dtstart')
        // Dates of no calendar: the server would refuse all of them for one.
        if (!(start instanceof ICAL.Time) || start.year < YEAR_MIN || start.year > YEAR_MAX) return []
        const from = dayOf(start)
        // Also when the event says how long it lasts.
        const end = new ICAL.Event(event).endDate as unknown
        const to = end instanceof ICAL.Time && end.year <= YEAR_MAX ? lastDay(end, from) : from
        const name = String(event.getFirstPropertyValue('summary') ?? '').slice(0, 200)
        return [{ id: newUuid(), name, from, to }]
      })
      .sort((a, b) => a.from.localeCompare(b.from))
  } catch {
    return null
  }
}

const dayOf = (time: InstanceType<typeof ICAL.Time>): string => {
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`
}

/** The end of a whole day is the day after it (RFC 5545, 3.6.1); ours belongs to the period. */
function lastDay(end: InstanceType<typeof ICAL.Time>, from: string): string {
  const last = end.clone()
  if (last.isDate || (last.hour === 0 && last.minute === 0 && last.second === 0)) last.adjust(-1, 0, 0, 0)
  const to = dayOf(last)
  return to < from ? from : to
}
