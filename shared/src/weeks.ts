/** Weeks and months as a calendar on the wall shows them: ISO dates, weeks from Monday (ISO 8601). */
import { addDays, daysBetween, mondayOf } from './working-days.ts'

/** The seven days of the week a day is in. */
export const weekOf = (day: string): string[] => daysFrom(mondayOf(day), 7)

/** Six weeks around the month a day is in, so that every month has the same height. */
export function monthGrid(day: string): string[][] {
  const first = mondayOf(firstOfMonth(day))
  return [0, 1, 2, 3, 4, 5].map((week) => daysFrom(addDays(first, week * 7), 7))
}

const daysFrom = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, later) => addDays(first, later))

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

/** The same day so many months later or earlier; of a shorter month the last one. */
export function addMonths(day: string, count: number): string {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count
  const first = (at: number): string =>
    `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`
  const length = daysBetween(first(month), first(month + 1))
  return addDays(first(month), Math.min(Number(day.slice(8)), length) - 1)
}

/** The week of ISO 8601 that a day is in: the one that has the year's first Thursday is week 1 of that year. */
export function isoWeek(day: string): { readonly year: number; readonly week: number } {
  const thursday = addDays(mondayOf(day), 3)
  const year = thursday.slice(0, 4)
  return { year: Number(year), week: Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1 }
}
