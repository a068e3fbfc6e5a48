/** How posts lie in a calendar: their day here, clashes, closed days, what is looked for, and where the keys lead. */
import { describe, expect, it } from 'vitest'
import { placed } from '@auzolan/shared/posts/placed.ts'
import {
  LACKING,
  NO_FILTER,
  byDay,
  clashing,
  closureOn,
  dayByKey,
  dayToWrite,
  filterFrom,
  inWeeks,
  isSoon,
  matches,
  queryOf,
  roomIn,
  toggled,
  type Entry,
  type Filter,
} from '../../plugin/src/screens/document/calendar/arrangement.ts'

const MADRID = 'Europe/Madrid'
const post = (id: string, more: Partial<Entry> = {}): Entry => ({
  id,
  document: 'd',
  plan: '',
  title: id,
  day: '2026-11-24',
  time: '10:00',
  own: null,
  outAt: null,
  planned: null,
  outlets: [{ key: 'mastodon @h', network: 'mastodon', name: 'H' }],
  department: null,
  owner: null,
  languages: ['eu'],
  status: 'drafting',
  emergency: false,
  ...more,
})

describe('[CV7] a post by another clock', () => {
  it('moved, keeps its time and is shown on the day it was put on', () => {
    const canary = (day: string) => placed({ day, time: '23:30', zone: 'Atlantic/Canary' }, null, MADRID)
    const day = dayToWrite(canary('2026-11-24'), '2026-12-01')
    expect(day).toBe('2026-11-30')
    expect(canary(day).day).toBe('2026-12-01')
    const undated = placed({ day: null, time: null, zone: null }, null, MADRID)
    expect(dayToWrite(undated, '2026-12-01')).toBe('2026-12-01')
  })
})

describe('a day', () => {
  it('has its posts by the clock, those without a time first', () => {
    const days = byDay([
      post('b', { time: '18:00' }),
      post('c', { time: null }),
      post('a', { time: '09:00' }),
      post('none', { day: null }),
      post('other', { day: '2026-11-25' }),
    ])
    expect(days.get('2026-11-24')!.map(({ id }) => id)).toEqual(['c', 'a', 'b'])
    expect([...days.keys()]).toEqual(['2026-11-24', '2026-11-25'])
  })
  it.each([
    [0, 0, 0],
    [1, 1, 0],
    [2, 2, 0],
    [3, 2, 1],
    [40, 2, 38],
  ])('of %i shows %i, and %i behind a sign', (count, shown, more) => {
    expect(roomIn(count)).toEqual({ shown, more })
  })
})

describe('[CV8] clashes', () => {
  const clash = (...posts: Entry[]): string[] => [...clashing(posts)].sort()
  it.each([
    ['10:59', ['a', 'b']],
    ['11:00', []],
    ['09:01', ['a', 'b']],
    ['09:00', []],
  ])('a post at 10:00 and one at %s: %j', (time, found) => {
    expect(clash(post('a'), post('b', { time }))).toEqual(found)
  })
  it('are on one profile, in whatever plan, and over midnight', () => {
    const elsewhere = [{ key: 'mastodon @other', network: 'mastodon', name: 'O' }]
    expect(clash(post('a'), post('b', { outlets: elsewhere }))).toEqual([])
    expect(clash(post('a'), post('b', { document: 'e' }))).toEqual(['a', 'b'])
    expect(clash(post('a', { time: '23:45' }), post('b', { day: '2026-11-25', time: '00:15' }))).toEqual([
      'a',
      'b',
    ])
  })
  it('are none with what goes nowhere, or has no time', () => {
    expect(clash(post('a'), post('b', { status: 'cancelled' }), post('c', { status: 'withdrawn' }))).toEqual(
      [],
    )
    expect(clash(post('a'), post('b', { time: null }))).toEqual([])
  })
})

it('[CV3] a closed period before a holiday says why, on its first day or the first that is shown', () => {
  const organisation = {
    closedPeriods: [{ id: 'c', name: 'Dolua', from: '2026-11-13', to: '2026-11-15' }],
    holidays: [{ id: 'h', name: 'Jaia', from: '2026-11-15', to: '2026-11-16' }],
  }
  const at = (day: string, first = ''): unknown => closureOn(day, organisation, first)
  expect(at('2026-11-12')).toBeNull()
  expect(at('2026-11-13')).toEqual({ name: 'Dolua', first: true })
  expect(at('2026-11-14')).toEqual({ name: 'Dolua', first: false })
  expect(at('2026-11-14', '2026-11-14')).toEqual({ name: 'Dolua', first: true })
  expect(at('2026-11-15')).toEqual({ name: 'Dolua', first: false })
  expect(at('2026-11-16')).toEqual({ name: 'Jaia', first: false })
  expect(at('2026-11-17')).toBeNull()
})

it.each([
  ['2026-11-22', false],
  ['2026-11-23', true],
  ['2026-11-30', true],
  ['2026-12-01', false],
  [null, false],
])('%s is within seven days of the 23rd: %s', (day, soon) => expect(isSoon(day, '2026-11-23')).toBe(soon))

it('a list has weeks from Monday, without those in which nothing happens', () => {
  const days = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-12-07']
  const of = byDay([
    post('sunday', { day: '2026-11-22' }),
    post('tuesday'),
    post('far', { day: '2026-12-07' }),
  ])
  expect(inWeeks(days, of).map(({ monday, days: found }) => [monday, found.map(({ day }) => day)])).toEqual([
    ['2026-11-16', ['2026-11-22']],
    ['2026-11-23', ['2026-11-24']],
    ['2026-12-07', ['2026-12-07']],
  ])
})

describe('[CV4] what is looked for', () => {
  const looked = (filter: Partial<Filter>, entry: Entry, lacking = false): boolean =>
    matches(entry, { ...NO_FILTER, ...filter }, { me: 'jon', lacking: () => lacking })
  it('matches one of each kind that was chosen', () => {
    const entry = post('a', { department: 'kultura', owner: 'jon' })
    expect(looked({}, entry)).toBe(true)
    expect(looked({ network: ['telegram', 'mastodon'], department: ['kultura'], mine: true }, entry)).toBe(
      true,
    )
    expect(looked({ network: ['telegram'] }, entry)).toBe(false)
    expect(looked({ network: ['mastodon'], department: ['gazteria'] }, entry)).toBe(false)
    expect(looked({ language: ['es'] }, entry)).toBe(false)
    expect(looked({ language: ['es', 'eu'] }, entry)).toBe(true)
    expect(looked({ mine: true }, post('b', { owner: 'ane' }))).toBe(false)
    expect(looked({ state: ['drafting'] }, entry)).toBe(true)
    expect(looked({ state: [LACKING] }, entry)).toBe(false)
    expect(looked({ state: [LACKING] }, entry, true)).toBe(true)
    expect(looked({ state: ['approved'] }, entry, true)).toBe(false)
  })
  it('goes into an address and comes back from it', () => {
    const filter: Filter = { ...NO_FILTER, network: ['a', 'b'], state: ['idea'], mine: true }
    expect(queryOf(filter)).toEqual({ network: 'a,b', state: 'idea', mine: '1' })
    expect(filterFrom(queryOf(filter))).toEqual(filter)
    expect(queryOf(NO_FILTER)).toEqual({})
    expect(filterFrom({ network: ['x'], state: ',a,,a,', mine: 'yes', view: 'month' })).toEqual({
      ...NO_FILTER,
      state: ['a'],
    })
    expect(toggled(filter, 'network', 'a', false).network).toEqual(['b'])
    expect(toggled(filter, 'network', 'b', true).network).toEqual(['a', 'b'])
  })
})

it.each([
  ['ArrowLeft', '2026-10-31'],
  ['ArrowRight', '2026-11-02'],
  ['ArrowUp', '2026-10-25'],
  ['ArrowDown', '2026-11-08'],
  ['Home', '2026-10-26'],
  ['End', '2026-11-01'],
  ['PageUp', '2026-10-01'],
  ['PageDown', '2026-12-01'],
  ['a', null],
])('%s leads from Sunday, 1 November to %s', (key, to) => expect(dayByKey(key, '2026-11-01')).toBe(to))
