/** Days on which somebody is expected to answer: as dates of the place, whatever the clocks do there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UNWORKED_DAYS_MAX } from '@auzolan/shared/limits.ts'
import type { Period } from '@auzolan/shared/protocol/organisation.ts'
import {
  addWorkingDays,
  isTimeZone,
  isWorked,
  localTime,
  mondayOf,
  workingDaysBetween,
} from '@auzolan/shared/working-days.ts'

const period = (from: string, to = from): Period => ({ id: from, name: '', from, to })
const NONE = { holidays: [], closedPeriods: [] }
const CALENDAR = {
  holidays: [period('2026-12-08'), period('2026-12-25'), period('2027-01-01'), period('2027-01-06')],
  closedPeriods: [period('2026-12-28', '2027-01-03')],
}
const next = (day: string, by = 1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)

describe('[RM1] a worked day', () => {
  it.each([
    ['2026-11-27', true, 'a Friday'],
    ['2026-11-28', false, 'a Saturday'],
    ['2026-11-29', false, 'a Sunday'],
    ['2026-11-30', true, 'a Monday'],
    ['2026-12-08', false, 'a holiday'],
    ['2026-12-28', false, 'the first day the house is closed'],
    ['2026-12-31', false, 'in the middle of it'],
    ['2027-01-04', true, 'the day after'],
    ['1969-12-31', true, 'a Wednesday before computers counted'],
  ])('%s: %s (%s)', (day, worked) => {
    expect(isWorked(day, CALENDAR)).toBe(worked)
  })
})

describe('[RM1] counting', () => {
  it.each([
    ['2026-11-25', 2, '2026-11-27'],
    ['2026-11-27', 1, '2026-11-30'],
    ['2026-11-28', 1, '2026-11-30'],
    ['2026-11-28', 0, '2026-11-28'],
    ['2026-12-07', 1, '2026-12-09'],
    ['2026-12-24', 1, '2027-01-04'],
    ['2027-01-04', -1, '2026-12-24'],
    ['2026-11-30', -2, '2026-11-26'],
  ])('%s and %i', (day, count, expected) => {
    expect(addWorkingDays(day, count, CALENDAR)).toBe(expected)
  })

  it('ends where a calendar has nothing but free days, and not one day before', () => {
    const from = '2027-01-01'
    const closed = (days: number) => ({
      holidays: [],
      closedPeriods: [period(next(from), next(from, days))],
    })
    expect(addWorkingDays(from, 1, closed(UNWORKED_DAYS_MAX + 1))).toBeNull()
    const after = addWorkingDays(from, 1, closed(UNWORKED_DAYS_MAX))
    expect(after).not.toBeNull()
    expect(
      workingDaysBetween('2026-01-01', '9999-12-31', {
        ...NONE,
        closedPeriods: [period('0001-01-01', '9999-12-31')],
      }),
    ).toBe(0)
  })

  const days = fc.integer({ min: 0, max: 800 }).map((n) => next('2026-01-01', n))
  const periods = fc.array(
    fc.tuple(days, fc.integer({ min: 0, max: 30 })).map(([from, n]) => period(from, next(from, n))),
    { maxLength: 8 },
  )
  const calendars = fc.record({ holidays: periods, closedPeriods: periods })

  it('is that of somebody who ticks off one day after the other', () => {
    fc.assert(
      fc.property(days, days, calendars, (from, to, calendar) => {
        let count = 0
        for (let day = from; day < to;) if (isWorked((day = next(day)), calendar)) count += 1
        if (from <= to) expect(workingDaysBetween(from, to, calendar)).toBe(count)
        else expect(workingDaysBetween(from, to, calendar)).toBe(-workingDaysBetween(to, from, calendar) || 0)
      }),
    )
  })

  it('there and back counts the same', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 40 }), calendars, (day, count, calendar) => {
        const there = addWorkingDays(day, count, calendar)!
        expect(isWorked(there, calendar)).toBe(true)
        expect(workingDaysBetween(day, there, calendar)).toBe(count)
        const back = addWorkingDays(there, -count, calendar)!
        expect(back <= day).toBe(true)
        if (isWorked(day, calendar)) expect(back).toBe(day)
      }),
    )
  })
})

describe('[RM1] what day it is', () => {
  it.each([
    // The night in which clocks go forward (23 hours), and the one in which they go back (25).
    ['2027-03-27T22:59:59Z', 'Europe/Madrid', '2027-03-27', 23],
    ['2027-03-27T23:00:00Z', 'Europe/Madrid', '2027-03-28', 0],
    ['2027-03-28T01:00:00Z', 'Europe/Madrid', '2027-03-28', 3],
    ['2027-03-28T21:59:59Z', 'Europe/Madrid', '2027-03-28', 23],
    ['2027-03-28T22:00:00Z', 'Europe/Madrid', '2027-03-29', 0],
    ['2027-03-27T23:30:00Z', 'Atlantic/Canary', '2027-03-27', 23],
    ['2027-03-28T01:00:00Z', 'Atlantic/Canary', '2027-03-28', 2],
    ['2027-10-30T22:00:00Z', 'Europe/Madrid', '2027-10-31', 0],
    ['2027-10-31T00:30:00Z', 'Europe/Madrid', '2027-10-31', 2],
    ['2027-10-31T01:30:00Z', 'Europe/Madrid', '2027-10-31', 2],
    ['2027-10-31T22:59:59Z', 'Europe/Madrid', '2027-10-31', 23],
    ['2027-10-31T23:00:00Z', 'Europe/Madrid', '2027-11-01', 0],
    ['2027-10-31T23:30:00Z', 'Atlantic/Canary', '2027-10-31', 23],
    ['2027-11-01T00:00:00Z', 'Atlantic/Canary', '2027-11-01', 0],
  ])('%s in %s: %s, hour %i', (instant, zone, day, hour) => {
    expect(localTime(new Date(instant), zone)).toEqual({ day, hour })
  })

  it('and days are counted the same across those nights', () => {
    expect(workingDaysBetween('2027-03-26', '2027-03-29', NONE)).toBe(1)
    expect(addWorkingDays('2027-03-26', 1, NONE)).toBe('2027-03-29')
    expect(workingDaysBetween('2027-10-29', '2027-11-01', NONE)).toBe(1)
    expect(addWorkingDays('2027-10-29', 1, NONE)).toBe('2027-11-01')
  })

  it('needs a zone that has a name', () => {
    expect(['Europe/Madrid', 'Atlantic/Canary', 'Africa/Ceuta'].every(isTimeZone)).toBe(true)
    expect(['', 'Europe/Bilbao', '+01:00', 'x y'].some(isTimeZone)).toBe(false)
  })

  it('a week begins on Monday', () => {
    expect(['2026-11-23', '2026-11-25', '2026-11-29'].map(mondayOf)).toEqual(Array(3).fill('2026-11-23'))
  })
})
