/** Posts on their way out: iCalendar as another program reads it, rows for publishing tools, and what never leaves. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { icsOf, uidOf } from '@auzolan/shared/export/ics.ts'
import { postsCsv } from '@auzolan/shared/export/posts-csv.ts'
import { postsOut, type Leaving, type PostOut } from '@auzolan/shared/export/posts-out.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { POST_STATUSES, type PostStatus } from '@auzolan/shared/posts/life.ts'
import { idWithin, postSha256, wholePost } from '@auzolan/shared/posts/post.ts'
import { parseCsv } from '@auzolan/shared/reference/csv.ts'
import { Remembered } from '@auzolan/shared/remembered.ts'
import { instantOf } from '@auzolan/shared/wall-time.ts'
import { isTimeZone } from '@auzolan/shared/working-days.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { CALENDAR, type Calendar } from '@auzolan/shared/schema/calendar.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'

const LANGUAGES = ['eu', 'es']
const say = wordsIn('eu')
const plan = withEveryField(
  PLAN,
  {
    profiles: {
      profiles: [
        { id: 'mastodon', displayName: 'Haranberriko Udala', network: 'mastodon', handle: '@haranberri' },
        { id: 'telegram', displayName: 'Haranberri kanala', network: 'telegram', languages: ['es'] },
      ],
    },
  },
  LANGUAGES,
) as unknown as Plan

const POST = {
  id: 'a',
  title: 'Edukiontzi marroia',
  day: '2026-11-30',
  time: '10:30',
  profileIds: ['mastodon', 'telegram'],
  departmentId: 'd1',
  text: { eu: 'Auzo guztietan; bai, guztietan.\nZatoz!', es: 'En todos los barrios.' },
  mediaIds: ['m'],
  linkUrl: 'https://www.haranberri.eus/hondakinak',
  internalNotes: 'ISILPEAN: alkateak ez daki',
}
const MEDIUM = {
  id: 'm',
  title: 'Edukiontzia plazan',
  file: { name: 'edukiontzia.jpg', sha256: 'f'.repeat(64), preview: '' },
  altText: { eu: 'Edukiontzi bat plazan', es: 'Un contenedor en la plaza' },
  proof: 'https://cloud.example/ISILPEAN-kontratua',
}
type Given = { readonly [field: string]: unknown }

const calendarOf = (posts: readonly Given[], more: { readonly [list: string]: unknown } = {}): Calendar =>
  (
    withEveryField(CALENDAR, { calendar: { posts, media: [MEDIUM], ...more } }, LANGUAGES) as unknown as {
      calendar: Calendar
    }
  ).calendar

const leaving = (posts: readonly Given[], more: Partial<Leaving> = {}): Leaving => ({
  calendar: calendarOf(posts),
  plan,
  states: [],
  languages: LANGUAGES,
  language: 'eu',
  organisation: {
    timeZone: 'Europe/Madrid',
    departments: [{ id: 'd1', name: { eu: 'Ingurumena' }, communications: false }],
  } as unknown as Leaving['organisation'],
  references: BUILTIN,
  updatedAt: '2026-11-26T09:00:00.000Z',
  addressOf: (post) => `https://cloud.example/index.php/apps/auzolan/d/D/calendar/${post}`,
  ...more,
})
const out = (post: Given = {}, more: Partial<Leaving> = {}): PostOut =>
  postsOut(leaving([{ ...POST, ...post }], more))[0]!
const state = (status: PostStatus, approved: string | null = null, published: readonly string[] = []) => ({
  post: 'a',
  status,
  approved,
  published: published.map((profile) => ({
    profile,
    url: '',
    at: '2026-11-26T10:00:00.000Z',
    by: { id: 'jon', name: 'Jon' },
  })),
  at: '2026-11-27T08:00:00.000Z',
})
const hashOf = (calendar: Calendar): string => postSha256(wholePost(calendar, 'a')!)

const ics = (posts: readonly PostOut[]): string =>
  icsOf({ document: 'D', name: 'Plana', posts, timeZone: 'Europe/Madrid', language: 'eu', say })
const read = (text: string): ICAL.Component[] =>
  new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent')
const one = (post: Given = {}, more: Partial<Leaving> = {}): ICAL.Event =>
  new ICAL.Event(read(ics([out(post, more)]))[0])

describe('[CO1] what leaves', () => {
  it('says nothing of the notes among us, of proofs of rights and of consents', () => {
    const calendar = calendarOf([POST], {
      mentions: [{ id: idWithin('a', 'x'), handle: 'ISILPEAN', who: 'person', consentIds: ['ISILPEAN'] }],
    })
    const posts = postsOut(leaving([], { calendar }))
    const unfolded = ics(posts).replaceAll('\r\n ', '')
    const all = [JSON.stringify(posts), unfolded, postsCsv(posts, 'all', 'tool', say)]
    for (const text of all) {
      expect(text).toContain('En todos los barrios.')
      expect(text).not.toContain('ISILPEAN')
    }
  })

  it.each([null, '', '2026-02-30', '2026-13-01', 'bihar', '99999-01-01'])(
    'leaves out a post for the day %s',
    (day) => {
      expect(
        postsOut(
          leaving([
            { ...POST, day },
            { ...POST, id: 'b' },
          ]),
        ).map(({ id }) => id),
      ).toEqual(['b'])
    },
  )

  it('knows a time and a zone that clocks know, and the zone of the house else', () => {
    expect(out({ time: '25:00' })).toMatchObject({ time: '', instant: null, day: '2026-11-30' })
    expect(out({ time: null })).toMatchObject({ time: '', instant: null })
    expect(out({ zone: 'Ilargia/Itsasoa' }).zone).toBe('Europe/Madrid')
    expect(out({ zone: 'Atlantic/Canary' }).instant?.toISOString()).toBe('2026-11-30T10:30:00.000Z')
  })

  it('in the order of the moments, whatever the zone', () => {
    const posts = postsOut(
      leaving([
        { ...POST, id: 'canary', time: '10:00', zone: 'Atlantic/Canary' },
        { ...POST, id: 'madrid', time: '10:30' },
        { ...POST, id: 'before', day: '2026-11-29', time: '23:00' },
      ]),
    )
    expect(posts.map(({ id }) => id)).toEqual(['before', 'madrid', 'canary'])
  })
})

describe('[CO2] iCalendar', () => {
  it('is read by another program as it was meant', () => {
    const event = one()
    expect(event.uid).toBe(uidOf('D', 'a'))
    expect(event.summary).toBe('Edukiontzi marroia (Idazten)')
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-30T09:30:00.000Z')
    expect(event.duration.toSeconds()).toBe(900)
    const said = event.description
    for (const words of [
      'Mastodon: @haranberri',
      'Telegram: Haranberri kanala',
      POST.text.eu,
      POST.text.es,
      'Euskara:',
    ])
      expect(said).toContain(words)
    const { component } = event
    expect(component.getFirstPropertyValue('url')).toBe(out().address)
    expect(component.getFirstProperty('categories')!.getValues()).toEqual([
      'Mastodon',
      'Telegram',
      'Ingurumena',
    ])
    expect(component.getFirstPropertyValue('transp')).toBe('TRANSPARENT')
    expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-26T09:00:00Z')
  })

  it('keeps its name through every change, and says when there was one', () => {
    const event = one({ title: 'Beste bat', day: '2026-12-24' }, { states: [state('drafting')] })
    expect(event.uid).toBe(one().uid)
    expect(String(event.component.getFirstPropertyValue('last-modified'))).toBe('2026-11-27T08:00:00Z')
  })

  it.each([
    ['idea', 'TENTATIVE'],
    ['drafting', 'TENTATIVE'],
    ['in_review', 'TENTATIVE'],
    ['approved', 'CONFIRMED'],
    ['scheduled', 'CONFIRMED'],
    ['published', 'CONFIRMED'],
    ['measured', 'CONFIRMED'],
    ['cancelled', 'CANCELLED'],
    ['withdrawn', 'CANCELLED'],
  ] as const)('%s is %s', (status, standing) => {
    const approved = hashOf(calendarOf([POST]))
    const event = one({}, { states: [state(status, approved)] })
    expect(event.component.getFirstPropertyValue('status')).toBe(standing)
  })

  it('says each state in a word of its own', () => {
    const words = POST_STATUSES.map(
      (status) =>
        one(status === 'idea' ? { text: { eu: '', es: '' } } : {}, {
          states: [state(status, hashOf(calendarOf([POST])))],
        }).summary,
    )
    expect(new Set(words).size).toBe(POST_STATUSES.length)
  })

  it('an approved post that says something else by now is tentative again', () => {
    const event = one({}, { states: [state('approved', 'another text')] })
    expect(event.component.getFirstPropertyValue('status')).toBe('TENTATIVE')
    expect(event.summary).toContain(say('In review'))
  })

  it('a day without a time is a whole day', () => {
    const event = one({ time: null })
    expect(event.startDate.isDate).toBe(true)
    expect(event.startDate.toString()).toBe('2026-11-30')
    expect(event.endDate.toString()).toBe('2026-12-01')
  })

  const NIGHTS = [
    // Clocks go forward: the hour after 01:59 is 03:00, on the islands the hour after 00:59 is 02:00.
    ['Europe/Madrid', '2026-03-29', '01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Madrid', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    ['Europe/Madrid', '2026-03-29', '03:00', '2026-03-29T01:00:00.000Z'],
    ['Atlantic/Canary', '2026-03-29', '00:59', '2026-03-29T00:59:00.000Z'],
    ['Atlantic/Canary', '2026-03-29', '01:30', '2026-03-29T01:30:00.000Z'],
    ['Atlantic/Canary', '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z'],
    // And back: of an hour that comes twice, the first.
    ['Europe/Madrid', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Madrid', '2026-10-25', '03:00', '2026-10-25T02:00:00.000Z'],
    ['Atlantic/Canary', '2026-10-25', '01:30', '2026-10-25T00:30:00.000Z'],
    ['Atlantic/Canary', '2026-10-25', '02:00', '2026-10-25T02:00:00.000Z'],
  ] as const
  it.each(NIGHTS)('in %s on %s at %s it is %s', (zone, day, time, instant) => {
    expect(one({ zone, day, time }).startDate.toJSDate().toISOString()).toBe(instant)
  })

  it('says what the clock shows there where that is not the clock of the house', () => {
    expect(one({ zone: 'Atlantic/Canary' }).description).toMatch(/^10:30, Atlantic\/Canary\n/)
    expect(one().description).not.toContain('10:30')
  })

  it('in lines of 75 octets at most, none of which ends within a character, whatever people write', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 300 })
    fc.assert(
      fc.property(words, words, (title, eu) => {
        const file = ics([out({ title, text: { eu, es: '' } })])
        const bytes = new TextEncoder().encode(file)
        const lines = file.split('\r\n')
        expect(lines.pop()).toBe('')
        for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
        expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(file)
        expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        const event = new ICAL.Event(read(file)[0])
        expect(event.summary).toContain(clean(title).trim())
        expect(event.description).toContain(clean(eu).trim())
      }),
    )
  })
  /* eslint-disable no-control-regex -- what no value may hold */
  const clean = (text: string): string =>
    text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')

  it('nothing anybody writes begins a line of its own', () => {
    const evil = 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:gezurra\u2028ATTACH:file:///etc/passwd'
    const events = read(ics([out({ title: evil, text: { eu: evil, es: evil } })]))
    expect(events).toHaveLength(1)
    expect(events[0]!.getFirstPropertyValue('uid')).toBe(uidOf('D', 'a'))
    expect(events[0]!.getFirstPropertyValue('attach')).toBeNull()
  })

  it('an empty calendar is one', () => {
    expect(read(ics([]))).toEqual([])
  })
})

describe('[CV11] what is out stands when it went out', () => {
  const outAt = (at: string, more: Partial<ReturnType<typeof state>> = {}) => {
    const row = state('published', hashOf(calendarOf([POST])), ['mastodon'])
    return { ...row, published: row.published.map((note) => ({ ...note, at })), ...more }
  }

  it('as an event, which says what it was planned for', () => {
    const event = one({}, { states: [outAt('2026-11-26T10:20:00Z')] })
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-26T10:20:00.000Z')
    expect(event.description).toContain(
      say('Planned for {when}', { when: '2026(e)ko azaroaren 30(a), 10:30' }),
    )
    const onTime = one({}, { states: [outAt('2026-11-30T09:30:59Z')] })
    expect(onTime.description).not.toContain('azaroaren 30')
  })
  it('also one that was planned for no day or without a time, and in the second of two hours', () => {
    const start = (post: Given, at: string) =>
      one(post, { states: [outAt(at)] })
        .startDate.toJSDate()
        .toISOString()
    expect(start({ day: null, time: null }, '2026-11-26T10:20:00Z')).toBe('2026-11-26T10:20:00.000Z')
    expect(start({ time: null }, '2026-11-26T10:20:00Z')).toBe('2026-11-26T10:20:00.000Z')
    const twice = { day: '2026-10-25', time: '02:30' }
    expect(start(twice, '2026-10-25T01:30:00Z')).toBe('2026-10-25T01:30:00.000Z')
  })
  it('by the clock of the post, which is said', () => {
    const event = one({ zone: 'Atlantic/Canary' }, { states: [outAt('2026-11-26T23:30:00Z')] })
    expect(event.description).toMatch(/^23:30, Atlantic\/Canary\n\n.*10:30\n/)
  })
  it('wherever its day is moved afterwards', () => {
    const event = one({ day: '2027-02-01' }, { states: [outAt('2026-11-26T10:20:00Z')] })
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-26T10:20:00.000Z')
  })
  it('in rows each profile for itself: what is still to go out there is where it is planned', () => {
    const posts = [out({}, { states: [outAt('2026-11-26T10:20:00Z')] })]
    const when = (choice: 'ready' | 'all') =>
      parseCsv(postsCsv(posts, choice, 'tool', say))!
        .slice(1)
        .map((cells) => [cells[0], cells[1], cells[4], choice === 'all' ? cells[11] : ''])
    expect(when('all')).toEqual([
      ['2026-11-26', '11:20', 'Mastodon', '2026-11-30 10:30'],
      ['2026-11-30', '10:30', 'Telegram', ''],
    ])
    expect(when('ready')).toEqual([['2026-11-30', '10:30', 'Telegram', '']])
  })
  it('has no row where it is not out and has no day', () => {
    const posts = [out({ day: null, time: null }, { states: [outAt('2026-11-26T10:20:00Z')] })]
    expect(
      parseCsv(postsCsv(posts, 'all', 'tool', say))!
        .slice(1)
        .map((cells) => cells[4]),
    ).toEqual(['Mastodon'])
  })
  it.each([
    ['2026-11-26', true],
    ['2026-11-25', false],
    ['2026-11-27', false],
    // The other profile is still to come.
    ['2026-11-30', true],
  ])('is among the posts of %s: %s', (day, there) => {
    const states = [outAt('2026-11-26T10:20:00Z')]
    expect(postsOut(leaving([POST], { states, days: { from: day, to: day } }))).toHaveLength(there ? 1 : 0)
  })
  it('is no longer among those of its planned day once it is out everywhere', () => {
    const states = [state('published', null, ['mastodon', 'telegram'])]
    const on = (day: string) => postsOut(leaving([POST], { states, days: { from: day, to: day } })).length
    expect([on('2026-11-26'), on('2026-11-30')]).toEqual([1, 0])
  })
})

describe('what it costs', () => {
  it('only the days that are asked for are looked at, both included', () => {
    const days = ['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02', null]
    const posts = days.map((day, i) => ({ ...POST, id: `p${i}`, day }))
    let hashed = 0
    const states = posts.map(({ id }) => ({ ...state('approved', 'x'.repeat(64)), post: id }))
    const found = postsOut(
      leaving(posts, {
        states,
        days: { from: '2026-11-30', to: '2026-12-01' },
        sha256: () => ((hashed += 1), ''),
      }),
    )
    expect(found.map(({ day }) => day)).toEqual(['2026-11-30', '2026-12-01'])
    expect(hashed).toBe(2)
  })
  it('what was never approved is not hashed', () => {
    expect(
      out({}, { states: [state('in_review')], sha256: () => expect.fail('hashed') as never }).approved,
    ).toBeNull()
  })
  it('nobody looks at what stops a post that is not to go out', () => {
    const sha = hashOf(calendarOf([POST]))
    const asked = (row: ReturnType<typeof state>) =>
      out({}, { states: [row], stoppedBy: () => [{ text: 'Nothing speaks against the day' }] }).stoppedBy
        .length
    expect(asked(state('approved', sha))).toBe(1)
    expect(asked(state('scheduled', sha))).toBe(1)
    expect(asked(state('published', sha, ['mastodon']))).toBe(1)
    expect(asked(state('published', sha, ['mastodon', 'telegram']))).toBe(0)
    expect(asked(state('approved', 'x'.repeat(64)))).toBe(0)
    expect(asked(state('withdrawn', sha))).toBe(0)
  })
  it('a zone is asked for once, however it is spelt, and no more than some are kept', () => {
    const spelt = (i: number): string =>
      [...'europe/madrid'].map((sign, k) => ((i >> k) & 1 ? sign.toUpperCase() : sign)).join('')
    const began = performance.now()
    for (let i = 0; i < 8_192; i++) {
      expect(isTimeZone(spelt(i))).toBe(true)
      instantOf({ day: '2026-11-30', time: '10:30', zone: spelt(i) })
    }
    // A clock for each takes ten seconds.
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(isTimeZone('x'.repeat(10_000))).toBe(false)
    expect(isTimeZone('+01:00')).toBe(false)
  })
  it('of what is remembered the last ones stay', () => {
    const remembered = new Remembered<number>(2)
    let asked = 0
    const of = (key: string) => remembered.of(key, () => (asked += 1))
    expect([of('a'), of('b'), of('a'), of('c'), of('a'), of('b')]).toEqual([1, 2, 1, 3, 1, 4])
    remembered.forget('b')
    expect(of('b')).toBe(5)
  })
})

it('[CO2] whatever an id is, a UID is one line', () => {
  const text = icsOf({
    document: 'D',
    name: '',
    posts: [{ ...out(), id: 'a\r\nBEGIN:VALARM;x' }],
    timeZone: 'UTC',
    language: 'eu',
    say,
  })
  expect(text).not.toMatch(/^BEGIN:VALARM/m)
})

describe('[CO3] the hand-over file', () => {
  const rows = (
    posts: readonly PostOut[],
    choice: 'ready' | 'all' = 'all',
    kind: 'tool' | 'sheet' = 'tool',
  ) => parseCsv(postsCsv(posts, choice, kind, say))!

  it('a row for each post and profile, as the network gets it', () => {
    const [heads, mastodon, telegram, ...rest] = rows([out()])
    expect(rest).toEqual([])
    expect(heads!.slice(0, 3)).toEqual([say('Day'), say('Time'), say('Time zone')])
    expect(heads!.at(-1)).toBe(say('Message {n}', { n: '1' }))
    expect(mastodon).toEqual([
      '2026-11-30',
      '10:30',
      'Europe/Madrid',
      '2026-11-30T09:30:00Z',
      'Mastodon',
      '@haranberri',
      say('Being written'),
      '',
      POST.linkUrl,
      'edukiontzia.jpg',
      'Edukiontzi bat plazan / Un contenedor en la plaza',
      '',
      `${POST.text.eu}\n\n${POST.text.es}\n${POST.linkUrl}`,
    ])
    // A profile of one language gets that one, also of what stands beside the image.
    expect(telegram!.slice(-3)).toEqual(['Un contenedor en la plaza', '', `${POST.text.es}\n${POST.linkUrl}`])
  })

  it('each message of a thread in a column of its own, with the others where they were', () => {
    const posts = postsOut(
      leaving([
        { ...POST, thread: true, linkUrl: '' },
        { ...POST, id: 'b', day: '2026-12-01', linkUrl: '' },
      ]),
    )
    const [heads, ...all] = rows(posts)
    expect(heads).toHaveLength(14)
    expect(all[0]!.slice(-2)).toEqual([POST.text.eu, POST.text.es])
    expect(all[2]!.slice(-2)).toEqual([`${POST.text.eu}\n\n${POST.text.es}`, ''])
  })

  const approved = hashOf(calendarOf([POST]))
  const READY: readonly [string, ReturnType<typeof state>, readonly string[]][] = [
    ['approved', state('approved', approved), ['Mastodon', 'Telegram']],
    ['handed over before', state('scheduled', approved), ['Mastodon', 'Telegram']],
    ['out on one of two', state('published', approved, ['mastodon']), ['Telegram']],
    ['out everywhere', state('published', approved, ['mastodon', 'telegram']), []],
    ['approved with another text', state('approved', 'x'.repeat(64)), []],
    ['out with another text', state('published', 'x'.repeat(64)), []],
    ['in review', state('in_review'), []],
    ['called off after it was approved', state('cancelled', approved), []],
    ['taken back', state('withdrawn', approved), []],
  ]
  it.each(READY)('of a post %s only what may still go out', (_, row, networks) => {
    const posts = [out({}, { states: [row] })]
    expect(
      rows(posts, 'ready')
        .slice(1)
        .map((cells) => cells[4]),
    ).toEqual(networks)
    expect(rows(posts, 'all')).toHaveLength(3)
    for (const cells of rows(posts, 'ready').slice(1)) expect(cells[7]).toBe(approved)
  })

  it('no text is taken for a formula, and each comes back as it was', () => {
    const eu = '=HYPERLINK("https://evil.example")'
    const posts = [out({ text: { eu, es: '' }, profileIds: ['mastodon'], linkUrl: '' })]
    expect(postsCsv(posts, 'all', 'tool', say)).toContain(`"'=HYPERLINK(`)
    expect(postsCsv(posts, 'all', 'sheet', say)).toContain(`'@haranberri`)
    expect(rows(posts)[1]!.at(-1)).toBe(eu)
  })

  const BEGINNINGS: readonly [text: string, exact: boolean][] = [
    ['@haranberri Kaixo!', true],
    ['@haranberri@sare.example Nor zara? Zer behar duzu?', true],
    ['@haranberri', true],
    ['- Non: plazan.', true],
    ['+34 943 000 000 telefonoan.', true],
    ['=1+1', false],
    ['＝1+1', false],
    ['@SUM(1+9)*cmd', false],
    ['@haranberri (plazan)', false],
    ["@haranberri +cmd|' /C calc'!A0", false],
    ["-'\\\\evil.example\\x.xlsx'!A1", false],
    ['+[evil.xlsx]a', false],
    ['@haranberri Kaixo!A1', false],
  ]
  it.each(BEGINNINGS)(
    'a tool gets “%s” letter by letter: %s; a spreadsheet always behind an apostrophe',
    (eu, exact) => {
      const posts = [out({ linkUrl: '', text: { eu, es: '' }, profileIds: ['mastodon'] })]
      // The last cell, as a program reads it that knows nothing of apostrophes.
      const cell = (kind: 'tool' | 'sheet'): string => {
        const last = postsCsv(posts, 'all', kind, say)
          .trimEnd()
          .split('\r\n')
          .at(-1)!
          .split(kind === 'tool' ? ',' : ';')
          .at(-1)!
        return last.startsWith('"') ? last.slice(1, -1).replaceAll('""', '"') : last
      }
      expect(cell('tool')).toBe(exact ? eu : `'${eu}`)
      expect(cell('sheet')).toBe(`'${eu}`)
      expect(rows(posts)[1]!.at(-1)).toBe(eu)
    },
  )

  it('begins as spreadsheets expect it, and is cut by what each program cuts by', () => {
    const posts = [out()]
    for (const [kind, sign] of [
      ['tool', ','],
      ['sheet', ';'],
    ] as const) {
      const text = postsCsv(posts, 'all', kind, say)
      expect(text.startsWith(`\uFEFF${say('Day')}${sign}${say('Time')}`)).toBe(true)
      expect(text.endsWith('\r\n')).toBe(true)
      expect(rows(posts, 'all', kind)).toEqual(rows(posts))
    }
  })
})
