/** Where a post stands in time: as planned, and once it is out when it went out, by two clocks and in the nights in which they change. */
import { describe, expect, it } from 'vitest'
import { outAtOf, placed } from '@auzolan/shared/posts/placed.ts'

const MADRID = 'Europe/Madrid'
const CANARY = 'Atlantic/Canary'

describe('[CV7] planned by another clock', () => {
  const canary = (day: string | null, time: string | null) =>
    placed({ day, time, zone: CANARY }, null, MADRID)
  it.each([
    ['2026-11-24', '10:00', '2026-11-24', '11:00'],
    ['2026-11-24', '23:30', '2026-11-25', '00:30'],
    // The night in which both clocks go forward, and the one in which they go back.
    ['2026-03-29', '00:30', '2026-03-29', '01:30'],
    ['2026-03-29', '01:30', '2026-03-29', '03:30'],
    ['2026-10-25', '01:30', '2026-10-25', '02:30'],
  ])('%s %s in the Canaries is %s %s in Madrid', (day, time, shownDay, shownTime) => {
    expect(canary(day, time)).toEqual({
      day: shownDay,
      time: shownTime,
      own: { day, time, zone: CANARY },
      outAt: null,
      planned: null,
    })
  })
  it('is on its day when it has no time, and nowhere when it has no day', () => {
    expect(canary('2026-11-24', null)).toMatchObject({ day: '2026-11-24', time: null })
    expect(canary(null, '10:00')).toMatchObject({ day: null, time: '10:00', own: null })
  })
  it.each([[null], [''], [MADRID], ['Nowhere/At-All']])('zone %j is that of the calendar', (zone) => {
    expect(placed({ day: '2026-11-24', time: '10:00', zone }, null, MADRID).own).toBeNull()
  })
  it.each([
    ['2026-02-30', '10:00', null, '10:00'],
    ['2026-11-24', '25:00', '2026-11-24', null],
  ])('what no clock knows is none: %s %s', (day, time, shownDay, shownTime) => {
    expect(canary(day, time)).toMatchObject({ day: shownDay, time: shownTime })
  })
})

describe('[CV11] out', () => {
  it.each([
    // As planned, to the minute: nothing more is said.
    ['2026-12-02', '10:00', null, '2026-12-02T09:00:59Z', '2026-12-02', '10:00', null],
    ['2026-12-02', '10:00', null, '2026-12-02T09:01:00Z', '2026-12-02', '10:01', '2026-12-02 10:00'],
    ['2026-12-02', '10:00', null, '2026-12-02T08:59:59Z', '2026-12-02', '09:59', '2026-12-02 10:00'],
    // Another day; the last minute of one and the first of the next.
    ['2026-12-02', '10:00', null, '2026-11-26T10:20:00Z', '2026-11-26', '11:20', '2026-12-02 10:00'],
    ['2026-12-02', '10:00', null, '2026-12-01T22:59:00Z', '2026-12-01', '23:59', '2026-12-02 10:00'],
    ['2026-12-02', '10:00', null, '2026-12-01T23:00:00Z', '2026-12-02', '00:00', '2026-12-02 10:00'],
    // For a day without a time any hour of it is right.
    ['2026-12-02', null, null, '2026-12-02T20:00:00Z', '2026-12-02', '21:00', null],
    ['2026-12-02', null, null, '2026-12-02T23:00:00Z', '2026-12-03', '00:00', '2026-12-02 '],
    // Planned for no day, or for one there is not.
    [null, null, null, '2026-12-02T20:00:00Z', '2026-12-02', '21:00', null],
    [null, '10:00', null, '2026-12-02T20:00:00Z', '2026-12-02', '21:00', null],
    ['2026-02-30', '10:00', null, '2026-12-02T20:00:00Z', '2026-12-02', '21:00', null],
    // By the clock of the Canaries: planned there, said here.
    ['2026-11-24', '23:30', CANARY, '2026-11-24T23:30:00Z', '2026-11-25', '00:30', null],
    ['2026-11-24', '23:30', CANARY, '2026-11-24T22:59:00Z', '2026-11-24', '23:59', '2026-11-25 00:30'],
    ['2026-11-24', null, CANARY, '2026-11-24T23:30:00Z', '2026-11-25', '00:30', null],
    // Forward: 02:30 is skipped and comes as 03:30, on the islands 01:30 as 02:30.
    ['2026-03-29', '02:30', null, '2026-03-29T01:30:00Z', '2026-03-29', '03:30', null],
    ['2026-03-29', '02:30', null, '2026-03-29T01:00:00Z', '2026-03-29', '03:00', '2026-03-29 02:30'],
    ['2026-03-29', '01:59', null, '2026-03-29T01:00:00Z', '2026-03-29', '03:00', '2026-03-29 01:59'],
    ['2026-03-29', '01:30', CANARY, '2026-03-29T01:30:00Z', '2026-03-29', '03:30', null],
    // Back: both 02:30 are the one of the plan, the second too.
    ['2026-10-25', '02:30', null, '2026-10-25T00:30:00Z', '2026-10-25', '02:30', null],
    ['2026-10-25', '02:30', null, '2026-10-25T01:30:00Z', '2026-10-25', '02:30', null],
    ['2026-10-25', '03:30', null, '2026-10-25T01:30:00Z', '2026-10-25', '02:30', '2026-10-25 03:30'],
    ['2026-10-25', '01:30', CANARY, '2026-10-25T01:30:00Z', '2026-10-25', '02:30', null],
  ])('%s %s %s, out at %s: %s %s, planned %s', (day, time, zone, outAt, shownDay, shownTime, planned) => {
    const stands = placed({ day, time, zone }, outAt, MADRID)
    expect(stands).toMatchObject({ day: shownDay, time: shownTime, outAt })
    expect(stands.planned && `${stands.planned.day} ${stands.planned.time ?? ''}`).toBe(planned)
  })

  it('says its own clock where that is another one', () => {
    const post = { day: '2026-12-02', time: '10:00', zone: CANARY }
    expect(placed(post, '2026-11-26T23:30:00Z', MADRID).own).toEqual({
      day: '2026-11-26',
      time: '23:30',
      zone: CANARY,
    })
    expect(placed({ ...post, zone: MADRID }, '2026-11-26T23:30:00Z', MADRID).own).toBeNull()
  })
  it('stands where it stood, whatever day is written in it then', () => {
    const at = (day: string) => placed({ day, time: '10:00', zone: null }, '2026-11-26T10:20:00Z', MADRID)
    expect(at('2027-01-01')).toMatchObject({ day: '2026-11-26', time: '11:20' })
    expect(at('2026-12-02')).toMatchObject({ day: '2026-11-26', time: '11:20' })
  })
  it('from the first of its notes on, however they are written', () => {
    expect(outAtOf([])).toBeNull()
    const notes = ['2026-11-26T10:00:00Z', '2026-11-26T10:30:00+01:00', '2026-11-26T09:45:00.000Z']
    expect(outAtOf(notes.map((at) => ({ at })))).toBe(notes[1])
  })
})
