/** Who is told what about a review that waits, and on which day: without any clock or table. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ESCALATE_AFTER_WORKING_DAYS,
  REMIND_AFTER_WORKING_DAYS,
  REMIND_BEFORE_WORKING_DAYS,
  REMIND_FROM_HOUR,
  REMIND_UNTIL_HOUR,
} from '@auzolan/shared/limits.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { Member } from '@auzolan/shared/protocol/teams.ts'
import { addWorkingDays } from '@auzolan/shared/working-days.ts'
import { isDue, titleWith, titlesOf } from '@auzolan/server/src/reminding/digests.ts'
import { awaited, remindersOf, type ReminderKind } from '@auzolan/server/src/reminding/reminders.ts'
import { isTimeToTell } from '@auzolan/server/src/reminding/hours.ts'

const period = (from: string, to = from) => ({ id: from, name: '', from, to })
const CALENDAR = {
  timeZone: 'Europe/Madrid',
  holidays: [period('2026-12-08')],
  closedPeriods: [period('2026-12-25', '2027-01-06')],
}
const on = (today: string, due: string | null, told: ReminderKind[] = [], since = '2026-11-25') =>
  remindersOf({ since, due, told: new Set(told) }, today, CALENDAR)

describe('[RM2] what is told', () => {
  it.each<[string, string | null, ReminderKind[]]>([
    // Due on Friday, 11 December; Tuesday, 8, is a holiday.
    ['2026-12-07', '2026-12-11', []],
    ['2026-12-09', '2026-12-11', ['due']],
    ['2026-12-10', '2026-12-11', ['due']],
    ['2026-12-11', '2026-12-11', ['due']],
    ['2026-12-12', '2026-12-11', []],
    ['2026-12-13', '2026-12-11', []],
    ['2026-12-14', '2026-12-11', ['overdue']],
    ['2026-12-15', '2026-12-11', ['overdue']],
    ['2026-12-16', '2026-12-11', ['overdue', 'escalated']],
    // Over the weeks in which the house is closed nothing comes closer.
    ['2027-01-07', '2026-12-23', ['overdue']],
    ['2027-01-08', '2026-12-23', ['overdue', 'escalated']],
    // Due in the middle of them: nobody is late on the first day back but by that one day.
    ['2026-12-23', '2026-12-30', ['due']],
    ['2027-01-07', '2026-12-30', ['overdue']],
    // Without a date: five days of waiting, once, and nobody else is told.
    ['2026-12-01', null, []],
    ['2026-12-02', null, ['due']],
    ['2027-02-01', null, ['due']],
    // On the day it was sent everybody has just been told.
    ['2026-11-25', '2026-11-25', []],
    ['2026-11-25', '2026-11-20', []],
    ['2026-11-26', '2026-11-20', ['overdue', 'escalated']],
  ])('on %s of what is due on %s: %j', (today, due, expected) => {
    expect(on(today, due)).toEqual(expected)
  })

  it('each thing once, and the latest of it to whoever was not told in time', () => {
    expect(on('2026-12-10', '2026-12-11', ['due'])).toEqual([])
    expect(on('2026-12-14', '2026-12-11', ['due'])).toEqual(['overdue'])
    expect(on('2026-12-17', '2026-12-11', ['due', 'overdue'])).toEqual(['escalated'])
    expect(on('2027-03-01', '2026-12-11', [])).toEqual(['overdue', 'escalated'])
    expect(on('2027-03-01', '2026-12-11', ['overdue', 'escalated'])).toEqual([])
  })

  it('on both sides of each limit', () => {
    const due = '2026-12-18'
    const day = (count: number): string => addWorkingDays(due, count, CALENDAR)!
    expect(on(day(-REMIND_BEFORE_WORKING_DAYS - 1), due)).toEqual([])
    expect(on(day(-REMIND_BEFORE_WORKING_DAYS), due)).toEqual(['due'])
    expect(on(day(ESCALATE_AFTER_WORKING_DAYS - 1), due)).toEqual(['overdue'])
    expect(on(day(ESCALATE_AFTER_WORKING_DAYS), due)).toEqual(['overdue', 'escalated'])
    const since = '2026-11-25'
    expect(on(addWorkingDays(since, REMIND_AFTER_WORKING_DAYS - 1, CALENDAR)!, null)).toEqual([])
    expect(on(addWorkingDays(since, REMIND_AFTER_WORKING_DAYS, CALENDAR)!, null)).toEqual(['due'])
  })
})

describe('[RM2] whenever somebody looks', () => {
  const day = (n: number): string =>
    new Date(Date.parse('2026-11-25T00:00:00Z') + n * 86_400_000).toISOString().slice(0, 10)
  const looks = fc.uniqueArray(fc.integer({ min: 0, max: 90 }), { maxLength: 40 })
  /** What was told on which look, by a server that is on only on these days. */
  const history = (days: readonly number[], due: string | null): ReminderKind[][] => {
    const told = new Set<ReminderKind>()
    return [...days]
      .sort((a, b) => a - b)
      .map((n) => {
        const kinds = remindersOf({ since: day(0), due, told }, day(n), CALENDAR)
        for (const kind of kinds) told.add(kind)
        return kinds
      })
  }
  const dues = fc.option(fc.integer({ min: -10, max: 60 }).map(day))

  it('each thing is told once at most, and never in the wrong order', () => {
    fc.assert(
      fc.property(looks, dues, (days, due) => {
        const all = history(days, due).flat()
        expect(new Set(all).size).toBe(all.length)
        const order = all.map((kind) => ['due', 'overdue', 'escalated'].indexOf(kind))
        expect(order).toEqual([...order].sort())
      }),
    )
  })

  it('a server that looks every day leaves nothing out; one that looks once at the end says how it stands', () => {
    fc.assert(
      fc.property(dues, (due) => {
        const always = new Set(history([...Array(91).keys()], due).flat())
        const late = new Set(history([90], due).flat())
        expect(always.isSupersetOf(late)).toBe(true)
        expect([...late]).toEqual(due === null ? ['due'] : ['overdue', 'escalated'])
      }),
    )
  })
})

describe('[RM3] who is told', () => {
  const member = (id: string, roles: Role[], more: Partial<Member> = {}): Member => ({
    principal: { kind: 'person', id },
    name: id,
    roles,
    department: null,
    expertise: [],
    ended: false,
    ...more,
  })
  const group = (id: string, roles: Role[]): Member => member(id, roles, { principal: { kind: 'group', id } })
  const ids = (members: Member[], barred: string[] = [], opinions: ('legal' | 'hr')[] = []) => {
    const directors = members.filter(({ roles }) => roles.includes('director')).map((m) => m.principal)
    const { acting, others } = awaited(members, directors, new Set(barred), opinions)
    return [acting.map((p) => p.id).sort(), others.map((p) => p.id).sort()]
  }
  const TEAM = [
    member('ane', ['coordinator']),
    member('jon', ['editor']),
    member('mayor', ['director']),
    member('deputy', ['director']),
    member('lawyer', ['legal']),
  ]

  it('directors who may decide, and those whose opinion is asked for; then coordinators and the other directors', () => {
    expect(ids(TEAM)).toEqual([['deputy', 'mayor'], ['ane']])
    expect(ids(TEAM, ['deputy'], ['legal'])).toEqual([
      ['lawyer', 'mayor'],
      ['ane', 'deputy'],
    ])
  })
  it('nobody twice: a coordinator who also decides is awaited', () => {
    expect(ids([member('both', ['coordinator', 'director']), ...TEAM])).toEqual([
      ['both', 'deputy', 'mayor'],
      ['ane'],
    ])
  })
  it('nobody whose account has ended; groups as a whole', () => {
    expect(
      ids([member('gone', ['director'], { ended: true }), group('Zuzendaritza', ['director'])], ['x']),
    ).toEqual([['Zuzendaritza'], []])
  })
  it('where nobody may decide, those who can change that', () => {
    expect(ids(TEAM, ['mayor', 'deputy'])).toEqual([['ane', 'deputy', 'mayor'], []])
  })
})

describe('[RM4] when', () => {
  it.each([
    // Wednesday, 25 November: in winter Madrid is one hour ahead, the Canaries none.
    ['2026-11-25T06:59:59Z', 'Europe/Madrid', false],
    ['2026-11-25T07:00:00Z', 'Europe/Madrid', true],
    ['2026-11-25T07:30:00Z', 'Atlantic/Canary', false],
    ['2026-11-25T16:59:59Z', 'Europe/Madrid', true],
    ['2026-11-25T17:00:00Z', 'Europe/Madrid', false],
    // Summer: two hours.
    ['2027-06-23T06:00:00Z', 'Europe/Madrid', true],
    ['2027-06-23T05:59:59Z', 'Europe/Madrid', false],
    ['2026-11-28T10:00:00Z', 'Europe/Madrid', false],
    ['2026-12-08T10:00:00Z', 'Europe/Madrid', false],
  ])('%s in %s: %s', (instant, timeZone, expected) => {
    expect(isTimeToTell(new Date(instant), { ...CALENDAR, timeZone })).toBe(expected)
    expect([REMIND_FROM_HOUR, REMIND_UNTIL_HOUR]).toEqual([8, 18])
  })
})

describe('[RM5] a digest', () => {
  it.each([
    ['never', '2026-11-01', '2026-11-25', false],
    ['daily', '2026-11-25', '2026-11-25', false],
    ['daily', '2026-11-24', '2026-11-25', true],
    ['weekly', '2026-11-23', '2026-11-29', false],
    ['weekly', '2026-11-29', '2026-11-30', true],
    ['weekly', '2026-11-25', '2026-12-02', true],
  ] as const)('%s, last on %s: on %s %s', (rhythm, toldOn, today, expected) => {
    expect(isDue(rhythm, toldOn, today)).toBe(expected)
  })

  it('names what is new in each language, and counts what it does not name', () => {
    expect(titlesOf([{ eu: 'Plana', es: 'Plan' }, { eu: 'Bestea' }])).toEqual({
      eu: 'Plana · Bestea',
      es: 'Plan · Bestea',
    })
    expect(titlesOf([...'abcdefg'].map((eu) => ({ eu })))).toEqual({ eu: 'a · b · c · d · e · +2' })
    expect(titlesOf([{ eu: '' }, { eu: 'a' }])).toEqual({ eu: 'a · +1' })
  })
  it('names the sections in which others wrote, in each language, and of how many more', () => {
    const [four, principles, profiles, identity] = [
      'The four questions',
      'Principles and tone',
      'Profiles',
      'Identification and support',
    ] as const
    const title = { eu: 'Plana', es: 'Plan', gl: 'Plan', ca: '' }
    expect(titleWith(title, [])).toEqual(title)
    expect(titleWith(title, [four])).toEqual({
      eu: 'Plana: Lau galderak',
      es: 'Plan: Las cuatro preguntas',
      gl: 'Plan: The four questions',
      ca: '',
    })
    expect(titleWith({ en: 'Plan' }, [four, principles, profiles]).en).not.toContain('+')
    expect(titleWith({ en: 'Plan' }, [four, principles, profiles, identity]).en).toBe(
      'Plan: The four questions, Principles and tone, Profiles, +1',
    )
  })
})
