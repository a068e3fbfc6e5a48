/** Holidays out of calendar files, as administrations publish them. */
import { describe, expect, it } from 'vitest'
import { FILE_MAX_BYTES, periodsOf } from '../../plugin/src/screens/organisation/calendar-file.ts'

const calendar = (...events: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    ...events.map((e) => `BEGIN:VEVENT\r\nUID:${e.length}\r\n${e}\r\nEND:VEVENT`),
    'END:VCALENDAR',
  ].join('\r\n')
const read = (text: string): unknown => periodsOf(text)?.map(({ name, from, to }) => [name, from, to]) ?? null

describe('[O5] a calendar file', () => {
  const good: [string, string, unknown][] = [
    [
      'a whole day, whose end is the day after it',
      'SUMMARY:Eguberri\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226',
      ['Eguberri', '2026-12-25', '2026-12-25'],
    ],
    [
      'a day without end',
      'SUMMARY:San Prudencio\r\nDTSTART;VALUE=DATE:20270428',
      ['San Prudencio', '2027-04-28', '2027-04-28'],
    ],
    [
      'some weeks, over the end of a year',
      'SUMMARY:Itxita\r\nDTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20270105',
      ['Itxita', '2026-12-28', '2027-01-04'],
    ],
    [
      'hours, whose end belongs to it',
      'SUMMARY:Jaia\r\nDTSTART:20270806T160000Z\r\nDTEND:20270809T220000Z',
      ['Jaia', '2027-08-06', '2027-08-09'],
    ],
    [
      'an end before its beginning',
      'SUMMARY:X\r\nDTSTART;VALUE=DATE:20270102\r\nDTEND;VALUE=DATE:20270101',
      ['X', '2027-01-02', '2027-01-02'],
    ],
    [
      'a folded name with commas',
      'SUMMARY:Todos los Santos\\, fest\r\n ivo\r\nDTSTART;VALUE=DATE:20271101',
      ['Todos los Santos, festivo', '2027-11-01', '2027-11-01'],
    ],
    ['no name', 'DTSTART;VALUE=DATE:20271208', ['', '2027-12-08', '2027-12-08']],
  ]
  it.each(good)('with %s', (_what, event, period) => {
    expect(read(calendar(event))).toEqual([period])
  })

  it('is read in the order of its dates, without events that have none', () => {
    expect(
      read(
        calendar(
          'SUMMARY:B\r\nDTSTART;VALUE=DATE:20270202',
          'SUMMARY:?',
          'SUMMARY:A\r\nDTSTART;VALUE=DATE:20270101',
        ),
      ),
    ).toEqual([
      ['A', '2027-01-01', '2027-01-01'],
      ['B', '2027-02-02', '2027-02-02'],
    ])
  })

  it.each([
    ['nothing', ''],
    ['a letter', 'Dear mayor,\nplease'],
    ['half of one', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT'],
    ['an event alone', 'BEGIN:VEVENT\r\nEND:VEVENT'],
    ['a contact', 'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nEND:VCARD'],
    ['too much', ' '.repeat(FILE_MAX_BYTES + 1)],
    ['too many events', calendar(...Array.from({ length: 501 }, () => 'DTSTART;VALUE=DATE:20270101'))],
  ])('is not %s', (_what, text) => {
    expect(read(text)).toBeNull()
  })
})
