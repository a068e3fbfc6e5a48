/**
 * Working days: calendar dates (ISO, `2026-12-24`) in the organisation's own time zone, never spans of 24 hours, so that a
 * night of 23 or 25 hours changes nothing. Monday to Friday are worked, but for holidays and for the weeks in which the house
 * is closed: on both, nobody is expected to answer.
 */
import { UNWORKED_DAYS_MAX, ZONES_KEPT_MAX } from './limits.ts'
import type { Organisation, Period } from './protocol/organisation.ts'
import { Remembered } from './remembered.ts'
import { wallOf } from './wall-time.ts'

export type WorkCalendar = Pick<Organisation, 'holidays' | 'closedPeriods'>

/** Where somebody is, what day it is there, and which hour of it. */
export interface LocalTime {
  readonly day: string
  readonly hour: number
}

export function localTime(instant: Date, timeZone: string): LocalTime {
  const { day, time } = wallOf(instant, timeZone)
  return { day, hour: Number(time.slice(0, 2)) }
}

/** An ISO date that is in the calendar; the 31st of February is none. Before and after, clocks cannot be asked. */
export function isDay(value: string): boolean {
  if (!/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value
}

/** Whether this computer knows the zone; old names of zones count. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 are no place: they know no summer time. No name is longer.
  if (name.length > 64 || !/^[A-Za-z]/.test(name)) return false
  return KNOWN.of(name.toLowerCase(), (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return true
    } catch {
      return false
    }
  })
}
/** To ask takes longer than all that is then done with the zone. */
const KNOWN = new Remembered<boolean>(ZONES_KEPT_MAX)

export function isWorked(day: string, { holidays, closedPeriods }: WorkCalendar): boolean {
  const free = ({ from, to }: Period): boolean => from <= day && day <= to
  return weekday(dayNumber(day)) < 5 && !holidays.some(free) && !closedPeriods.some(free)
}

/**
 * The `count`th worked day after `day`, or before it when `count` is negative; 0 is `day` itself, worked or not.
 * `null` where no such day comes.
 */
export function addWorkingDays(day: string, count: number, calendar: WorkCalendar): string | null {
  const step = Math.sign(count)
  let at = dayNumber(day)
  for (let left = Math.abs(count), unworked = 0; left > 0;) {
    at += step
    if (isWorked(isoDay(at), calendar)) {
      left -= 1
      unworked = 0
    } else if (++unworked > UNWORKED_DAYS_MAX) return null
  }
  return isoDay(at)
}

/** How many worked days lie after `from` up to `to` inclusive; negative when `to` is the earlier one. */
export function workingDaysBetween(from: string, to: string, calendar: WorkCalendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar) || 0
  const [first, last] = [dayNumber(from) + 1, dayNumber(to)]
  let worked = weekdaysIn(first, last)
  // Periods may overlap: each day is taken off once.
  let taken = first - 1
  const periods = [...calendar.holidays, ...calendar.closedPeriods].sort((a, b) => (a.from < b.from ? -1 : 1))
  for (const period of periods) {
    const begin = Math.max(dayNumber(period.from), taken + 1)
    const end = Math.min(dayNumber(period.to), last)
    worked -= weekdaysIn(begin, end)
    taken = Math.max(taken, end)
  }
  return worked
}

/** How many days, worked or not, from one to the other, the last one not counted. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

export const addDays = (day: string, count: number): string => isoDay(dayNumber(day) + count)

/** Days since 1970-01-01. */
const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000)
const isoDay = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10)

/** 0 is Monday. 1970-01-01 was a Thursday. */
const weekday = (number: number): number => (((number + 3) % 7) + 7) % 7

/** The Monday of the week a day is in. */
export const mondayOf = (day: string): string => isoDay(dayNumber(day) - weekday(dayNumber(day)))

/** Monday to Friday from `first` to `last`, both counted. */
function weekdaysIn(first: number, last: number): number {
  if (last < first) return 0
  const days = last - first + 1
  const whole = Math.floor(days / 7)
  let count = whole * 5
  for (let day = first + whole * 7; day <= last; day++) if (weekday(day) < 5) count += 1
  return count
}
