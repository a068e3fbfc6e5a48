/** Days and hours on the screens: the organisation's, on both sides of its midnight, wherever the device is. */
import { afterEach, expect, it, vi } from 'vitest'
import { deadline } from '../../plugin/src/parts/deadline.ts'
import {
  dayOf,
  formatDate,
  formatMoment,
  formatRecent,
  formatTime,
  setTimeZone,
  today,
} from '../../plugin/src/l10n.ts'

afterEach(() => vi.useRealTimers())

it.each([
  ['Europe/Madrid', '2026-11-25T22:59:59Z', '2026-11-25', '23:59', '25 Nov 2026'],
  ['Europe/Madrid', '2026-11-25T23:00:00Z', '2026-11-26', '00:00', '26 Nov 2026'],
  // In summer midnight is an hour earlier.
  ['Europe/Madrid', '2026-07-01T21:59:59Z', '2026-07-01', '23:59', '1 Jul 2026'],
  ['Europe/Madrid', '2026-07-01T22:00:00Z', '2026-07-02', '00:00', '2 Jul 2026'],
  ['Atlantic/Canary', '2026-11-25T23:59:59Z', '2026-11-25', '23:59', '25 Nov 2026'],
  ['Atlantic/Canary', '2026-11-26T00:00:00Z', '2026-11-26', '00:00', '26 Nov 2026'],
])('[HI14] in %s it is at %s the day %s, %s', (zone, instant, day, time, words) => {
  setTimeZone(zone)
  expect(dayOf(instant)).toBe(day)
  expect(formatTime(instant)).toBe(time)
  expect(formatDate(new Date(instant))).toBe(words)
  expect(formatMoment(instant)).toBe(`${words}, ${time}`)
})

it('[HI14] a date without a time is the same day everywhere', () => {
  for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
    setTimeZone(zone)
    expect(formatDate('2026-11-26')).toBe('26 Nov 2026')
  }
})

it.each([
  ['2026-11-25T22:59:00Z', '2026-11-25', '11:00', 'Until tomorrow'],
  ['2026-11-25T23:00:00Z', '2026-11-26', '25 Nov 2026', 'Today is the last day'],
])('at %s today is %s', (now, day, recent, due) => {
  vi.useFakeTimers({ now: new Date(now) })
  setTimeZone('Europe/Madrid')
  expect(today()).toBe(day)
  expect(formatRecent('2026-11-25T10:00:00Z')).toBe(recent)
  expect(deadline('2026-11-26').words).toBe(due)
})

it('a zone nobody knows leaves the clock of the device', () => {
  const here = new Date('2026-11-25T12:34:00')
  setTimeZone('Mars/Olympus')
  expect(formatTime(here)).toBe('12:34')
})
