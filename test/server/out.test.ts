/** Calendars taken out over REST: for whom, in whose words, and what is not in them. */
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { wordsIn } from '@auzolan/shared/export/words.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { languageSha256, postSha256 } from '@auzolan/shared/posts/post.ts'
import type { PlanCalendar } from '@auzolan/shared/protocol/posts.ts'
import { parseCsv } from '@auzolan/shared/reference/csv.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { CALENDARS, JOURNAL, OUT } from '@auzolan/server/src/container.ts'
import { ideaRow } from '@auzolan/server/src/posts/post-row.ts'
import { openCalendar, type CalendarHand } from '../support/calendar-hand.ts'
import { COURSE, completePlan } from '../support/complete.ts'
import { sign } from '../support/nextcloud-host.ts'
import { WHO, startReviewed, type Reviewed } from '../support/reviewed.ts'

const SECRET = 'ISILPEAN: alkateak ez daki'
const VALUES = {
  title: 'Edukiontzi marroia',
  day: '2026-11-30',
  time: '10:30',
  profileIds: ['mastodon'],
  purposeIds: ['p1'],
  text: { eu: 'Auzo guztietan.', es: 'En todos los barrios.' },
  internalNotes: SECRET,
}

let house: Reviewed
let id: DocumentId
let post: string
beforeAll(async () => {
  house = await startReviewed()
  id = await house.plan(completePlan())
  await house.decided(id)
  await house.call('jon', 'PUT', `/documents/${id}/training/${COURSE}/jon`, {
    completedOn: TODAY,
    name: 'Jon',
  })
  await house.call('ane', 'POST', `/documents/${id}/profiles/mastodon/open`, {})
  const jon = await openCalendar(house.server, 'jon', id)
  post = await jon.post(VALUES)
  await jon.post({ ...VALUES, title: 'Egunik gabe', day: null })
  await jon.post({ ...VALUES, title: 'Abenduan', day: '2026-12-24' })
  await approve(jon, post)
  await jon.close()
})
afterAll(() => house.stop())

const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
/** What it takes to be approved is not what is looked at here. */
async function approve(jon: CalendarHand, post: string): Promise<void> {
  const whole = jon.whole(post)
  await house.server.container
    .resolve(JOURNAL)
    .rows.insertInto('post_state')
    .values({
      ...ideaRow(id, post),
      status: 'approved',
      approved: postSha256(whole),
      reviews: JSON.stringify(
        ['eu', 'es'].map((language) => ({
          language,
          by: { id: 'ane', name: 'Ane' },
          at: '2026-11-01T10:00:00.000Z',
          sha256: languageSha256(whole, language),
        })),
      ),
      approver: 'ane',
      approver_name: 'Ane',
      approved_at: '2026-11-01T10:00:00.000Z',
      person: 'ane',
      person_name: 'Ane',
      at: '2026-11-01T10:00:00.000Z',
    })
    .execute()
}

const raw = async (who: Parameters<Reviewed['call']>[0], what: string) =>
  house.call(who, 'GET', `/documents/${id}/${what}`)
const events = (text: string): ICAL.Event[] =>
  new ICAL.Component(ICAL.parse(text) as never)
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one))

describe('[CO4] who takes a calendar out', () => {
  const TEAM = ['ane', 'jon', 'mayor', 'lawyer', 'miren']
  it.each(WHO)('%s', async (who) => {
    const status = TEAM.includes(who) ? 200 : 404
    for (const what of ['calendar.ics', 'posts.csv'])
      expect([what, (await raw(who, what)).status]).toEqual([what, status])
    const { json } = await house.call<PlanCalendar[]>(who, 'GET', '/calendars')
    expect(json.some((one) => one.id === id)).toBe(status === 200)
  })

  it('nobody without a name', async () => {
    for (const path of [`/documents/${id}/calendar.ics`, `/documents/${id}/posts.csv`, '/calendars'])
      expect((await house.call(null, 'GET', path)).status).toBe(401)
  })

  it('of a plan that everybody may read, the team alone', async () => {
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    for (const what of ['calendar.ics', 'posts.csv']) expect((await raw('outsider', what)).status).toBe(403)
    const { json } = await house.call<PlanCalendar[]>('outsider', 'GET', '/calendars')
    expect(json.map((one) => one.id)).not.toContain(id)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'team' })
  })

  it('no longer among the calendars once the plan is put away', async () => {
    const other = await house.plan(completePlan())
    const listed = async () =>
      (await house.call<PlanCalendar[]>('miren', 'GET', '/calendars')).json.some((one) => one.id === other)
    expect(await listed()).toBe(true)
    await house.call('ane', 'POST', `/documents/${other}/trash`)
    expect(await listed()).toBe(false)
    expect((await house.call('miren', 'GET', `/documents/${other}/calendar.ics`)).status).toBe(404)
  })
})

describe('[CO2] as iCalendar', () => {
  it('holds what has a day, in its state, with the way to it, and none of the notes', async () => {
    const { text } = await raw('miren', 'calendar.ics')
    expect(text).not.toContain('ISILPEAN')
    const [first, second, ...rest] = events(text)
    expect(rest).toEqual([])
    expect(first!.uid).toBe(`auzolan-${id}-${post}`)
    expect(first!.startDate.toJSDate().toISOString()).toBe('2026-11-30T09:30:00.000Z')
    expect(first!.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
    expect(first!.description).toContain(`/index.php/apps/auzolan/d/${id}/calendar/${post}`)
    expect(second!.summary).toContain('Abenduan')
    expect(second!.component.getFirstPropertyValue('status')).toBe('TENTATIVE')
  })

  it.each([
    ['from=2026-12-01', ['Abenduan']],
    ['to=2026-11-30', ['Edukiontzi marroia']],
    ['from=2026-12-25', []],
  ])('of some days alone: %s', async (query, titles) => {
    const { text } = await raw('jon', `calendar.ics?${query}`)
    expect(events(text).map(({ summary }) => summary.replace(/ \(.*/, ''))).toEqual(titles)
  })

  it('a file to save, never a page', async () => {
    const answer = await fetch(`${house.server.url}/api/v1/documents/${id}/calendar.ics`, {
      headers: { Authorization: `Bearer ${await sign({ person: 'jon' })}` },
    })
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=.*\.ics/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('[CO3] as rows', () => {
  it('what is approved as it stands, or all of it, cut as the program wants it', async () => {
    const ready = await raw('jon', 'posts.csv')
    expect(ready.text).not.toContain('ISILPEAN')
    expect(
      parseCsv(ready.text)!
        .slice(1)
        .map((cells) => [cells[0], cells[4], cells.at(-1)]),
    ).toEqual([['2026-11-30', 'Mastodon', 'Auzo guztietan.\n\nEn todos los barrios.']])
    const all = parseCsv((await raw('jon', 'posts.csv?posts=all&kind=sheet')).text)!
    expect(all.slice(1).map(([day]) => day)).toEqual(['2026-11-30', '2026-12-24'])
    expect(all[1]!.at(-1)).toBe('Auzo guztietan.\n\nEn todos los barrios.')
  })

  it('what was approved and is stopped since is left out, with how many and why, and no name', async () => {
    const jon = await openCalendar(house.server, 'jon', id)
    const consent = newUuid()
    await house.call('ane', 'POST', `/documents/${id}/consents`, {
      ...{ id: consent, subject: 'P-017', subjectKind: 'adult', givenBy: 'self', scope: ['tagging'] },
      ...{ networks: 'all', purpose: 'Jaiak', obtainedOn: '2026-03-10', expiresOn: null },
      ...{ evidence: 'Baimenak/017.pdf', freelyGiven: true },
    })
    const named = await jon.post({ ...VALUES, title: 'Maiterekin', day: '2099-03-10' })
    await jon.set('mentions', `${named}_1`, { handle: '@maite', who: 'person', consentIds: [consent] })
    await approve(jon, named)
    const rowsOf = async (query = '') =>
      parseCsv((await raw('miren', `posts.csv?from=2099-01-01${query}`)).text)!.slice(1)
    const event = async () => events((await raw('miren', 'calendar.ics?from=2099-01-01')).text)[0]!
    expect((await rowsOf()).map((cells) => cells[4])).toEqual(['Mastodon'])
    expect((await event()).component.getFirstPropertyValue('status')).toBe('CONFIRMED')
    const taken = await house.outcome('ane', 'POST', `/documents/${id}/consents/${consent}/withdraw`, {
      on: TODAY,
    })
    expect(taken[0]).toBe(200)
    const [row, ...rest] = await rowsOf()
    expect(rest).toEqual([])
    expect([row!.slice(0, 2), row!.slice(3, 6), row!.slice(7).join('')]).toEqual([
      ['2099-03-10', '10:30'],
      ['', '', ''],
      '',
    ])
    const why = wordsIn('eu')('Whoever is shown or named has agreed')
    expect(row![6]).toContain('(1/1)')
    expect(row![6]).toContain(why)
    expect(row!.join()).not.toMatch(/maite|P-017/i)
    expect((await rowsOf('&posts=all'))[0]!.at(-1)).toBe('Auzo guztietan.\n\nEn todos los barrios.')
    const stopped = await event()
    expect(stopped.component.getFirstPropertyValue('status')).toBe('TENTATIVE')
    expect(stopped.description).toContain(why)
    await jon.close()
  })

  it('in the language of the page it is taken out from, else in that of the account', async () => {
    const words = async (query: string): Promise<string> => {
      const [heads = [], row = []] = parseCsv(
        (await raw('jon', `posts.csv?posts=all&kind=sheet${query}`)).text,
      )!
      return `${heads[0]} ${row[6]}`
    }
    expect(await words('&language=es')).toBe('Día Aprobada')
    expect(await words('&language=eu')).toBe('Eguna Onartuta')
    expect(await words('')).toBe(await words('&language=eu'))
    const ics = (await raw('jon', 'calendar.ics?language=es')).text
    expect(ics).toContain('CONFIRMED')
    expect((await raw('jon', `calendar.ics?language=${'x'.repeat(36)}`)).status).toBe(400)
  })

  it('an edit of an approved text takes it out of the file', async () => {
    const jon = await openCalendar(house.server, 'jon', id)
    await jon.set('posts', post, { text: { eu: 'Auzo batzuetan.' } })
    await jon.close()
    expect(parseCsv((await raw('jon', 'posts.csv?to=2026-12-31')).text)).toHaveLength(1)
  })

  it('is made once for as long as nothing has changed, and anew after every change', async () => {
    const { container } = house.server
    const out = container.resolve(OUT)
    let read = 0
    const calendars = container.resolve(CALENDARS)
    const original = calendars.read.bind(calendars)
    calendars.read = (document) => ((read += 1), original(document))
    const claims: Claims = {
      ...{ person: 'jon' as PersonId, name: 'Jon', language: 'eu' },
      ...{ groups: [], teams: [], admin: false, issuedAt: 0 },
    }
    const made = async () => {
      const answer = await out.ics(claims, id, { from: '2026-01-01' })
      return isRefusal(answer) ? answer.refused : answer.text
    }
    const first = await made()
    expect(first).toContain('BEGIN:VEVENT')
    const before = read
    const again = await Promise.all([made(), made(), made()])
    expect(again).toEqual([first, first, first])
    expect(read).toBe(before)
    const jon = await openCalendar(house.server, 'jon', id)
    await jon.post({ ...VALUES, title: 'Berria', day: '2026-11-29' })
    expect(await made()).toContain('Berria')
    expect(read).toBeGreaterThan(before)
    await house.outcome('jon', 'POST', `/documents/${id}/posts/${post}/cancel`, {})
    expect(await made()).toContain('CANCELLED')
    await jon.close()
    calendars.read = original
  })

  it.each(['posts=none', 'kind=xml', 'from=gaur', 'posts=all&posts=ready'])(
    'refuses to guess at ?%s',
    async (query) => {
      expect((await raw('jon', `posts.csv?${query}`)).status).toBe(400)
    },
  )
})
