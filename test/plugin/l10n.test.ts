/** Days and hours on the screens: the organisation's, on both sides of its midnight, wherever the device is. */
import { afterEach, expect, it, vi } from 'vitest'
import { deadline } from '../../plugin/src/parts/deadline.ts'
import {
  dayOf,
  formatDate,
  formatInput,
  formatMoment,
  formatNumber,
  formatRecent,
  formatTime,
  readNumber,
  setTimeZone,
  today,
} from '../../plugin/src/l10n.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
/** A screen in another language than English. */
const screenIn = (lang: string): unknown => vi.stubGlobal('_nc_l10n_language', lang)

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

it.each([true, false])(
  'a number is written as in Basque, whether the browser knows it (%s) or not',
  (knows) => {
    screenIn('eu')
    if (!knows) {
      vi.spyOn(Intl.DateTimeFormat, 'supportedLocalesOf').mockReturnValue([])
      const { NumberFormat } = Intl
      // As such a browser does: what it does not know it writes in English.
      vi.stubGlobal('Intl', {
        DateTimeFormat: Intl.DateTimeFormat,
        NumberFormat: function (_: string, options: Intl.NumberFormatOptions) {
          return new NumberFormat('en-GB', options)
        },
      })
    }
    expect(formatNumber(1234567.5)).toBe('1.234.567,5')
    expect(formatNumber(-1234)).toMatch(/^[-−]1\.234$/)
    expect(formatInput(1234.125)).toBe('1234,125')
  },
)

it.each([
  ['eu', '2,5', 2.5],
  ['eu', '2.5', 2.5],
  ['eu', '1.234', 1234],
  ['eu', '1.234.567,5', 1234567.5],
  ['eu', '1234,125', 1234.125],
  ['eu', '1.2345', 1.2345],
  ['en', '2,5', 2.5],
  ['en', '1,234', 1234],
  ['en', '1.234', 1.234],
  ['eu', '1.234,5,6', NaN],
  ['eu', 'bi', NaN],
])('on a screen in %s, “%s” is the number %d', (lang, text, number) => {
  screenIn(lang)
  expect(readNumber(text)).toBe(number)
})
