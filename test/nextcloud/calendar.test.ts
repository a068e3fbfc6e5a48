// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the proof that the posts of a team are in the calendars of Nextcloud, as a calendar program asks for them, and of nobody else. */
import { readFile } from 'node:fs/promises'
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DESKTOP, picture } from '../support/browser.ts'
import { openCalendar, type CalendarHand } from '../support/calendar-hand.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { basic, ocs, planFor } from './caller.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const GROUP = 'Komunikazioa'
const DAY_MS = 86_400_000
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
const SOON = dayFromNow(3)
const POST = {
  title: 'Edukiontzi marroia; auzo guztietan, bai',
  day: SOON,
  time: '10:30',
  text: { eu: 'Datorren astetik auzo guztietan. 🟤', es: 'Desde la semana que viene.' },
  internalNotes: 'ISILPEAN: alkateak ez daki',
}

describe.runIf(nextcloudPath !== null)('calendars of posts', { timeout: 60_000 }, () => {
  let nextcloud: Nextcloud
  let server: TestServer & { stop(): Promise<void> }
  let ane: Person
  let jon: Person
  let miren: Person
  let plan: string
  let hand: CalendarHand
  let post: string
  /** Of the calendar, for a person. */
  const place = ({ uid }: Person): string =>
    `/remote.php/dav/calendars/${uid}/app-generated--dav-wrapper--auzolan-${plan}/`
  const file = (): string => `auzolan-${plan}-${post}.ics`

  const dav = async (
    person: Person,
    method: string,
    path: string,
    body?: string,
    headers: Record<string, string> = {},
  ) => {
    const answer = await fetch(`${nextcloud.url}${path}`, {
      method,
      headers: {
        Authorization: basic(person),
        ...(body === undefined ? {} : { 'Content-Type': 'application/xml; charset=utf-8' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
  const PROPERTIES = `<d:propfind xmlns:d="DAV:" xmlns:a="http://apple.com/ns/ical/" xmlns:c="urn:ietf:params:xml:ns:caldav">
    <d:prop><d:displayname/><d:resourcetype/><d:getetag/><a:calendar-color/><d:current-user-privilege-set/></d:prop></d:propfind>`
  const HOME = `<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-home-set/></d:prop></d:propfind>`
  const calendarsOf = async (person: Person) =>
    (await dav(person, 'PROPFIND', `/remote.php/dav/calendars/${person.uid}/`, PROPERTIES, { Depth: '1' }))
      .text
  const between = (from: string, to: string): string => {
    const utc = (day: string): string => `${day.replaceAll('-', '')}T000000Z`
    return `<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>
      <c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="${utc(from)}" end="${utc(to)}"/>
      </c:comp-filter></c:comp-filter></c:filter></c:calendar-query>`
  }
  const events = (text: string): ICAL.Event[] =>
    new ICAL.Component(ICAL.parse(text) as never)
      .getAllSubcomponents('vevent')
      .map((one) => new ICAL.Event(one))
  const etags = (text: string): string[] =>
    [...text.matchAll(/<d:getetag>([^<]+)</g)].map((found) => found[1]!)

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    ane = await nextcloud.addUser('ane', 'ane-password', 'Ane Etxeberria')
    jon = await nextcloud.addUser('jon', 'jon-password', 'Jon Agirre')
    miren = await nextcloud.addUser('miren', 'miren-password', 'Miren')
    await nextcloud.addGroup(GROUP, 'ane', 'jon')
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    await nextcloud.setConfig('', SECRET)
    await nextcloud.occ('config:app:set', 'auzolan', 'server_internal_url', `--value=${server.url}`)
    plan = await planFor(nextcloud, ane, { kind: 'group', id: GROUP })
    const reachable = {
      port: server.port,
      ticket: async (_person: string, document: string) =>
        (await ocs<{ ticket: string }>(nextcloud, jon, 'POST', '/apps/auzolan/api/v1/ticket', { document }))
          .data.ticket,
    }
    hand = await openCalendar(reachable, 'jon', plan)
    post = await hand.post(POST)
    await hand.post({ ...POST, title: 'Urrun', day: dayFromNow(200) })
    await hand.post({ ...POST, title: 'Egunik gabe', day: null })
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await hand?.close()
    await server?.stop()
    await nextcloud?.stop()
  })

  test('are among the calendars of everybody in the team, and of nobody else', async () => {
    for (const person of [ane, jon]) {
      const text = await calendarsOf(person)
      expect(text).toContain(place(person))
      expect(text).toContain('<d:displayname>Plana</d:displayname>')
      expect(text).toMatch(/calendar-color[^>]*>#[0-9a-f]{6}</)
    }
    const others = await calendarsOf(miren)
    expect(others).toContain('/calendars/miren/')
    expect(others).not.toContain(plan)
    for (const address of [place(miren), place(ane)])
      expect(
        (await dav(miren, 'PROPFIND', address, PROPERTIES, { Depth: '1' })).status,
      ).toBeGreaterThanOrEqual(403)
    expect((await dav(miren, 'GET', place(miren) + file())).status).toBe(404)
    expect((await dav(miren, 'GET', place(ane) + file())).status).toBeGreaterThanOrEqual(403)
  })

  test('give the posts between two moments, each with a tag that changes when the post does', async () => {
    const ask = () => dav(ane, 'REPORT', place(ane), between(dayFromNow(0), dayFromNow(30)), { Depth: '1' })
    const { status, text } = await ask()
    expect(status).toBe(207)
    expect([...text.matchAll(/<d:href>([^<]+)</g)].map((found) => found[1])).toEqual([place(ane) + file()])
    expect(text).not.toContain('ISILPEAN')
    expect(etags(text)).toHaveLength(1)
    expect(etags((await ask()).text)).toEqual(etags(text))
    const none = await dav(ane, 'REPORT', place(ane), between(dayFromNow(40), dayFromNow(50)), { Depth: '1' })
    expect(none.text).not.toContain('.ics')
  })

  test('list every post with its tag, as phones ask first', async () => {
    const { text } = await dav(ane, 'PROPFIND', place(ane), PROPERTIES, { Depth: '1' })
    expect(text.match(/\.ics<\/d:href>/g)).toHaveLength(2)
    expect(new Set(etags(text)).size).toBe(2)
    const asked = `<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>
      <d:href>${place(ane)}${file()}</d:href></c:calendar-multiget>`
    const fetched = await dav(ane, 'REPORT', place(ane), asked, { Depth: '1' })
    expect(fetched.status).toBe(207)
    expect(etags(text)).toContain(etags(fetched.text)[0])
    expect(fetched.text).toContain('BEGIN:VEVENT')
  })

  test('give one post as another program reads it', async () => {
    const { status, text, headers } = await dav(ane, 'GET', place(ane) + file())
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/calendar')
    const [event, ...rest] = events(text)
    expect(rest).toEqual([])
    expect(event!.summary).toContain(POST.title)
    expect(event!.description).toContain(POST.text.eu)
    expect(event!.description).toContain(`/index.php/apps/auzolan/d/${plan}/calendar/${post}`)
    expect(event!.startDate.toJSDate().toISOString().slice(0, 10)).toBe(SOON)
    expect(text).not.toContain('ISILPEAN')
    for (const name of [`auzolan-${plan}-x.ics`, 'besterik.ics', `${post}.ics`])
      expect((await dav(ane, 'GET', place(ane) + name)).status).toBe(404)
  })

  test('give everything as one file', async () => {
    const { status, text } = await dav(ane, 'GET', `${place(ane)}?export`)
    expect(status).toBe(200)
    expect(events(text)).toHaveLength(2)
  })

  test('are never written', async () => {
    const body =
      'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    for (const name of [file(), 'berria.ics']) {
      const put = await dav(ane, 'PUT', place(ane) + name, body, { 'Content-Type': 'text/calendar' })
      expect(put.status).toBe(403)
    }
    expect((await dav(ane, 'DELETE', place(ane) + file())).status).toBe(403)
    expect((await dav(ane, 'DELETE', place(ane))).status).toBe(403)
    expect((await dav(ane, 'GET', place(ane) + file())).status).toBe(200)
    expect(await calendarsOf(ane)).toContain(place(ane))
  })

  test('are among what comes next on the dashboard', async () => {
    const upcoming = await ocs<{ events: { summary: string; calendarUri: string }[] }>(
      nextcloud,
      ane,
      'GET',
      '/apps/dav/api/v1/events/upcoming',
    )
    expect(upcoming.status).toBe(200)
    const titles = upcoming.data.events.map(({ summary }) => summary)
    expect(titles.filter((title) => title.includes(POST.title))).toHaveLength(1)
    expect(titles.some((title) => title.includes('Urrun'))).toBe(false)
  })

  test.runIf(hasChromium)('are said to be there, with the way to a phone and no secret in it', async () => {
    const browser = await launchChromium()
    try {
      const context = await browser.newContext({ viewport: DESKTOP, locale: 'eu-ES' })
      await logIn(context, nextcloud.url, ane.uid, ane.password)
      const page = await context.newPage()
      await page.goto(`${nextcloud.url}/index.php/apps/auzolan/d/${plan}/calendar`)
      await page.locator('.out button').click()
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(/\(ICS\)/).click()])
      expect(file.suggestedFilename()).toBe('Plana.ics')
      expect(events(await readFile(await file.path(), 'utf8'))).toHaveLength(2)
      await page.locator('.out button').click()
      await page.locator('[role="menuitem"]').first().click()
      const address = page.locator('.modal-container code')
      await address.waitFor()
      expect(await address.innerText()).toBe(`${nextcloud.url}/remote.php/dav/principals/users/ane/`)
      await picture(page, 'calendar-subscribe')
      const found = await dav(ane, 'PROPFIND', new URL(await address.innerText()).pathname, HOME, {
        Depth: '0',
      })
      expect(found.text).toContain('/remote.php/dav/calendars/ane/')
    } finally {
      await browser.close()
    }
  })

  test('say after a minute what has changed, and with another tag', async () => {
    const before = etags((await dav(jon, 'PROPFIND', place(jon) + file(), PROPERTIES, { Depth: '0' })).text)
    await hand.set('posts', post, { title: 'Beste izenburu bat' })
    // Asked a moment later it says what it said.
    expect((await dav(jon, 'GET', place(jon) + file())).text).not.toContain('Beste izenburu')
    await new Promise((resolve) => setTimeout(resolve, 61_000))
    expect((await dav(jon, 'GET', place(jon) + file())).text).toContain('Beste izenburu')
    const after = etags((await dav(jon, 'PROPFIND', place(jon) + file(), PROPERTIES, { Depth: '0' })).text)
    expect(before).toHaveLength(1)
    expect(after).not.toEqual(before)
  }, 120_000)

  test('without the server are as they were last, and none for whoever never asked; nothing breaks', async () => {
    await calendarsOf(ane)
    await server.kill()
    expect(await calendarsOf(ane)).toContain(place(ane))
    const root = await dav(
      nextcloud.admin,
      'PROPFIND',
      `/remote.php/dav/calendars/${nextcloud.admin.uid}/`,
      PROPERTIES,
      { Depth: '1' },
    )
    expect(root.status).toBe(207)
    await server.start()
  })

  test('say nothing of trouble in the log of Nextcloud', async () => {
    const lines = (await nextcloud.log())
      .split('\n')
      .filter((line) => /auzolan|AppCalendar|Sabre/i.test(line))
    const bad = lines
      .map((line) => JSON.parse(line) as { level: number; message: string; url: string })
      .filter(({ level, url }) => level >= 2 && url.startsWith('/remote.php/'))
    expect(bad.map(({ message, url }) => `${url}: ${message}`.slice(0, 300))).toEqual([])
  })
})
