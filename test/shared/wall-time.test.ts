/** Clocks on the wall and instants, in the nights in which clocks change; weeks and months of a calendar. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, wallOf } from '@auzolan/shared/wall-time.ts'
import { addMonths, isoWeek, monthGrid, weekOf } from '@auzolan/shared/weeks.ts'
import { addDays } from '@auzolan/shared/working-days.ts'

describe('[WT1] an instant for what the clock says', () => {
  // The European Union changes all clocks at 01:00 UTC: at 02:00 in Madrid and at 01:00 in the Canaries.
  it.each([
    ['2026-03-29 01:59', 'Europe/Madrid', '2026-03-29T00:59Z', 'exact'],
    ['2026-03-29 02:00', 'Europe/Madrid', '2026-03-29T01:00Z', 'skipped'],
    ['2026-03-29 02:59', 'Europe/Madrid', '2026-03-29T01:59Z', 'skipped'],
    ['2026-03-29 03:00', 'Europe/Madrid', '2026-03-29T01:00Z', 'exact'],
    ['2026-03-29 00:59', 'Atlantic/Canary', '2026-03-29T00:59Z', 'exact'],
    ['2026-03-29 01:00', 'Atlantic/Canary', '2026-03-29T01:00Z', 'skipped'],
    ['2026-03-29 02:00', 'Atlantic/Canary', '2026-03-29T01:00Z', 'exact'],
    ['2026-10-25 01:59', 'Europe/Madrid', '2026-10-24T23:59Z', 'exact'],
    ['2026-10-25 02:00', 'Europe/Madrid', '2026-10-25T00:00Z', 'twice'],
    ['2026-10-25 02:59', 'Europe/Madrid', '2026-10-25T00:59Z', 'twice'],
    ['2026-10-25 03:00', 'Europe/Madrid', '2026-10-25T02:00Z', 'exact'],
    ['2026-10-25 00:59', 'Atlantic/Canary', '2026-10-24T23:59Z', 'exact'],
    ['2026-10-25 01:00', 'Atlantic/Canary', '2026-10-25T00:00Z', 'twice'],
    ['2026-10-25 02:00', 'Atlantic/Canary', '2026-10-25T02:00Z', 'exact'],
    ['2027-03-28 02:30', 'Europe/Madrid', '2027-03-28T01:30Z', 'skipped'],
    ['2027-03-28 01:30', 'Atlantic/Canary', '2027-03-28T01:30Z', 'skipped'],
    ['2027-10-31 02:30', 'Europe/Madrid', '2027-10-31T00:30Z', 'twice'],
    ['2027-10-31 01:30', 'Atlantic/Canary', '2027-10-31T00:30Z', 'twice'],
    // Days like the others.
    ['2026-12-24 10:30', 'Europe/Madrid', '2026-12-24T09:30Z', 'exact'],
    ['2026-07-24 10:30', 'Europe/Madrid', '2026-07-24T08:30Z', 'exact'],
    ['2026-07-24 00:00', 'Atlantic/Canary', '2026-07-23T23:00Z', 'exact'],
    // No summer time; half an hour; a quarter; a change of half an hour; a day that was left out.
    ['2026-07-24 10:30', 'America/Bogota', '2026-07-24T15:30Z', 'exact'],
    ['2026-07-24 10:30', 'UTC', '2026-07-24T10:30Z', 'exact'],
    ['2026-07-24 10:30', 'Asia/Kolkata', '2026-07-24T05:00Z', 'exact'],
    ['2026-07-24 10:30', 'Asia/Kathmandu', '2026-07-24T04:45Z', 'exact'],
    ['2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-03T15:45Z', 'skipped'],
    ['2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-04T14:45Z', 'twice'],
    ['2011-12-30 12:00', 'Pacific/Apia', '2011-12-30T22:00Z', 'skipped'],
  ])('%s in %s is %s (%s)', (wall, zone, instant, kind) => {
    const [day = '', time = ''] = wall.split(' ')
    expect(instantOf({ day, time, zone })).toEqual({ instant: new Date(instant), kind })
  })

  it('a time that is skipped comes later by as much as was skipped', () => {
    const { instant } = instantOf({ day: '2027-03-28', time: '02:30', zone: 'Europe/Madrid' })
    expect(wallOf(instant, 'Europe/Madrid')).toEqual({ day: '2027-03-28', time: '03:30' })
  })

  it.each([
    ['2027-10-31T00:30:00Z', 'Europe/Madrid', '2027-10-31', '02:30'],
    ['2027-10-31T01:30:59.999Z', 'Europe/Madrid', '2027-10-31', '02:30'],
    ['2027-10-31T01:30:00Z', 'Atlantic/Canary', '2027-10-31', '01:30'],
    ['2026-12-31T23:00:00Z', 'Europe/Madrid', '2027-01-01', '00:00'],
    ['2026-12-31T23:59:00Z', 'Atlantic/Canary', '2026-12-31', '23:59'],
    ['2026-07-24T18:30:00Z', 'Asia/Kolkata', '2026-07-25', '00:00'],
  ])('%s in %s: %s %s', (instant, zone, day, time) => {
    expect(wallOf(new Date(instant), zone)).toEqual({ day, time })
  })

  it('there and back, in whatever zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const minutes = fc.integer({ min: Date.UTC(1980) / 60_000, max: Date.UTC(2040) / 60_000 })
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const instant = new Date(minute * 60_000)
        const wall = wallOf(instant, zone)
        const back = instantOf({ ...wall, zone })
        expect(wallOf(back.instant, zone)).toEqual(wall)
        expect(back.kind).not.toBe('skipped')
        if (back.kind === 'exact') expect(back.instant).toEqual(instant)
        else expect(back.instant.getTime()).toBeLessThanOrEqual(instant.getTime())
      }),
    )
  })
})

describe('[WT2] a calendar', () => {
  it('shows weeks from Monday', () => {
    const week = [
      '2026-11-23',
      '2026-11-24',
      '2026-11-25',
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-11-29',
    ]
    for (const day of week) expect(weekOf(day)).toEqual(week)
    expect(weekOf('2026-11-30')[0]).toBe('2026-11-30')
  })
  it.each([
    ['2026-11-26', '2026-10-26', '2026-12-06', 'a month that begins on a Sunday'],
    ['2026-06-30', '2026-06-01', '2026-07-12', 'one that begins on a Monday'],
    ['2027-02-01', '2027-02-01', '2027-03-14', 'four weeks exactly'],
    ['2026-12-31', '2026-11-30', '2027-01-10', 'the last of a year'],
    ['2027-01-01', '2026-12-28', '2027-02-07', 'the first'],
  ])('%s: from %s to %s (%s)', (day, first, last) => {
    const grid = monthGrid(day)
    expect(grid.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7])
    const days = grid.flat()
    expect([days[0], days.at(-1)]).toEqual([first, last])
    expect(days).toContain(day)
    expect(days.slice(1)).toEqual(days.slice(0, -1).map((one) => addDays(one, 1)))
  })
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-12-24', 1, '2027-01-24'],
    ['2027-01-24', -1, '2026-12-24'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-26', 0, '2026-11-26'],
    ['2026-11-30', 15, '2028-02-29'],
    ['2026-11-30', -24, '2024-11-30'],
  ])('%s and %i months: %s', (day, count, expected) => {
    expect(addMonths(day, count)).toBe(expected)
  })
  // ISO 8601: 2026 has 53 weeks; 1 January 2027 is in the last of them.
  it.each([
    ['2025-12-28', 2025, 52],
    ['2025-12-29', 2026, 1],
    ['2026-01-01', 2026, 1],
    ['2026-11-26', 2026, 48],
    ['2026-12-31', 2026, 53],
    ['2027-01-01', 2026, 53],
    ['2027-01-03', 2026, 53],
    ['2027-01-04', 2027, 1],
    ['2028-01-02', 2027, 52],
  ])('%s is in week %i/%i', (day, year, week) => {
    expect(isoWeek(day)).toEqual({ year, week })
  })
})
