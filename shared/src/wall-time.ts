/**
 * What the clock on the wall says somewhere, and the instant it says it at (docs/adr/0029). A post is planned for 10:30 in
 * Haranberri: that is what is kept, and it stays 10:30 whatever a government does to summer time until then.
 */

import { ZONES_KEPT_MAX } from './limits.ts'
import { Remembered } from './remembered.ts'

/** As it is written in a plan: an ISO date and HH:MM. */
export interface WallTime {
  readonly day: string
  readonly time: string
}

/**
 * - `exact`: once, as on every other day.
 * - `skipped`: never, since clocks went forward over it; the instant is later by what was skipped (02:30 is 03:30).
 * - `twice`: clocks went back; the instant is the first of the two.
 *
 * Both as in RFC 5545 and in Temporal ("compatible").
 */
export type WallTimeKind = 'exact' | 'skipped' | 'twice'

export function instantOf({ day, time, zone }: WallTime & { readonly zone: string }): {
  readonly instant: Date
  readonly kind: WallTimeKind
} {
  const wall = Date.parse(`${day}T${time}Z`)
  // No two changes of a clock lie within two days, so one of these holds at the time looked for, or one each side of it.
  const before = offset(wall - DAY_MS, zone)
  const after = offset(wall + DAY_MS, zone)
  const [first, second] = [wall - Math.max(before, after), wall - Math.min(before, after)]
  const found = [first, second].filter((instant) => instant + offset(instant, zone) === wall)
  const kind = found.length === 0 ? 'skipped' : found.length === 2 && first !== second ? 'twice' : 'exact'
  return { instant: new Date(found[0] ?? wall - before), kind }
}

export function wallOf(instant: Date, zone: string): WallTime {
  const shown = new Date(instant.getTime() + offset(instant.getTime(), zone)).toISOString()
  return { day: shown.slice(0, 10), time: shown.slice(11, 16) }
}

const DAY_MS = 86_400_000

/** By how much clocks there are ahead of UTC, in milliseconds. */
function offset(instant: number, zone: string): number {
  const parts: { [type: string]: string } = {}
  for (const { type, value } of clockOf(zone).formatToParts(instant)) parts[type] = value
  const { year, month, day, hour, minute, second } = parts
  const shown = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return shown - Math.floor(instant / 1000) * 1000
}

/** To make one takes longer than all the rest of this file. However a zone is spelt, it is one. */
const clocks = new Remembered<Intl.DateTimeFormat>(ZONES_KEPT_MAX)
function clockOf(zone: string): Intl.DateTimeFormat {
  const two = '2-digit'
  const fields = {
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
    hourCycle: 'h23',
  } as const
  return clocks.of(
    zone.toLowerCase(),
    (name) => new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: name }),
  )
}
