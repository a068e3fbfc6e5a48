/** The calendar of a plan in browsers: seen by month, week and list; moved by hand, keys and menu; looked for; by two; offline. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Post } from '@auzolan/shared/schema/calendar.ts'
import { CALENDARS } from '@auzolan/server/src/container.ts'
import { DESKTOP, PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import type { CalendarHand } from '../support/calendar-hand.ts'
import { NOW, november, startCalendarHere, type CalendarHere } from '../support/calendar-here.ts'
import { COORDINATOR, WRITER } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'
import { until } from '../support/server.ts'

let server: CalendarHere
let browser: Browser
beforeAll(async () => {
  server = await startCalendarHere()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function plan(): Promise<{ id: DocumentId; hand: CalendarHand; posts: ReadonlyMap<string, string> }> {
  const { id, hand } = await server.calendar()
  return { id, hand, posts: await november(server, id, hand) }
}
/** A tab on Monday the 23rd, whatever day it is. */
async function open(
  id: string,
  query = '',
  options: { person?: string; language?: 'en' | 'es' | 'eu'; phone?: boolean } = {},
): Promise<Tab & { context: BrowserContext }> {
  const { person = WRITER, language = 'en', phone = false } = options
  const context = await browser.newContext({
    viewport: phone ? PHONE : DESKTOP,
    locale: language === 'en' ? 'en-GB' : `${language}-ES`,
    hasTouch: phone,
  })
  await context.clock.setFixedTime(NOW)
  const path = `/apps/auzolan/d/${id}/calendar${query}`
  const tab = await openTab(browser, server.url, path, { person, language, context })
  tab.page.setDefaultTimeout(20_000)
  return { ...tab, context, close: () => context.close() }
}
const day = (page: Page, date: string): Locator => page.locator(`[role="gridcell"][data-day="${date}"]`)
const chip = (page: Page, title: string): Locator => page.locator('[data-post]', { hasText: title }).first()
const inDay = (page: Page, date: string, title: string): Locator =>
  day(page, date).locator('[data-post]', { hasText: title })
const said = (page: Page, words: string): Promise<void> =>
  page.locator('[aria-live="assertive"]', { hasText: words }).waitFor({ state: 'attached' })
const hasFocus = (page: Page, words: string, what: string): Promise<void> =>
  until(
    () => page.evaluate((text) => document.activeElement?.textContent?.includes(text) ?? false, words),
    what,
  )
async function drag(page: Page, title: string, to: string): Promise<void> {
  const from = (await chip(page, title).boundingBox())!
  const target = (await day(page, to).boundingBox())!
  await page.mouse.move(from.x + 20, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(target.x + 30, target.y + 50, { steps: 5 })
  await page.mouse.up()
}

it('[CV1] looks right as month, week and list, in Basque and Spanish', async () => {
  const { id } = await plan()
  for (const language of ['eu', 'es'] as const) {
    const { page, complaints, close } = await open(id, '', { language })
    await chip(page, 'Gabonetako antzerkia').waitFor()
    await looksRight(page, 'calendar-month', language)
    await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar?view=month&as=${WRITER}&lang=${language}`)
    await chip(page, 'San Tomas').waitFor()
    await looksRight(page, 'calendar-month-asked', language)
    await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar?view=week&as=${WRITER}&lang=${language}`)
    await chip(page, 'Gabonetako antzerkia').waitFor()
    await looksRight(page, 'calendar-week', language)
    await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar?view=list&as=${WRITER}&lang=${language}`)
    await chip(page, 'Gabonetako antzerkia').waitFor()
    await looksRight(page, 'calendar-list', language)
    expect(complaints).toEqual([])
    await close()
  }
}, 300_000)

it('[CV2] dragged, moved by keys and by the menu: the day is written, nothing else, and can be taken back', async () => {
  const { id, hand, posts } = await plan()
  const { page, complaints, close } = await open(id)
  const title = 'Gabonetako antzerkia'
  const post = posts.get(title)!
  await inDay(page, '2026-11-26', title).waitFor()
  const before = { ...hand.whole(post).post }

  await drag(page, title, '2026-11-24')
  await inDay(page, '2026-11-24', title).waitFor()
  await said(page, 'moved to Tuesday, 24 November')
  // Nothing was opened by it, and what it is stays.
  expect(new URL(page.url()).pathname).toMatch(/\/calendar$/)
  expect(await chip(page, title).getAttribute('class')).toContain('post-ground--in_review')
  await page.getByRole('button', { name: 'Undo' }).click()
  await inDay(page, '2026-11-26', title).waitFor()
  await hasFocus(page, title, 'the post has the focus where it is again')

  // The keyboard: into the grid, to the day, into it, and off with the post over the end of the month.
  await day(page, '2026-11-23').focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
  await hasFocus(page, title, 'the post has the focus')
  await page.keyboard.press('m')
  await said(page, `Moving “${title}”`)
  await page.keyboard.press('ArrowDown')
  await said(page, 'Thursday, 3 December')
  await page.getByRole('heading', { name: /December 2026/ }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await said(page, 'Wednesday, 2 December')
  await page.keyboard.press('Enter')
  await inDay(page, '2026-12-02', title).waitFor()
  await said(page, 'moved to Wednesday, 2 December')
  await hasFocus(page, title, 'the post has the focus where it is now')
  // Changed one's mind.
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await said(page, 'stays where it was')
  await inDay(page, '2026-12-02', title).waitFor()

  await chip(page, title)
    .getByRole('button', { name: `Move “${title}” to…` })
    .click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Day').fill('2026-12-10')
  await dialog.getByLabel('Time').fill('09:30')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await inDay(page, '2026-12-10', title).getByText('09:30').waitFor()
  await onServer(page)
  const after = (await openAgain(id)).find((one) => one.id === post)!
  expect(after).toEqual({ ...before, day: '2026-12-10', time: '09:30' })
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('[CV2] whoever has gone on by the time a moved post is drawn keeps the focus where they are', async () => {
  const { id } = await plan()
  const { page, complaints, close } = await open(id)
  const title = 'Gabonetako antzerkia'
  const undo = page.getByRole('button', { name: 'Undo' })
  for (const [goesOn, type, options] of [
    [true, 'keydown', { key: 'Shift' }],
    [true, 'pointerdown', {}],
    // The key that it was done with is still held down.
    [false, 'keydown', { key: 'Enter', repeat: true }],
  ] as const) {
    await inDay(page, '2026-11-26', title).waitFor()
    await drag(page, title, '2026-11-24')
    await undo.waitFor()
    await hasFocus(page, title, 'the post has the focus')
    // In one go, before the post can be drawn.
    await undo.evaluate(
      (button: HTMLElement, [on, what]) => {
        button.click()
        document.querySelector<HTMLElement>('[data-day="2026-11-10"]')!.focus()
        const event = on === 'keydown' ? KeyboardEvent : PointerEvent
        document.body.dispatchEvent(new event(on, { bubbles: true, ...what }))
      },
      [type, options] as const,
    )
    await inDay(page, '2026-11-26', title).waitFor()
    await new Promise((resolve) => setTimeout(resolve, 300))
    if (goesOn)
      expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['day'])).toBe(
        '2026-11-10',
      )
    else await hasFocus(page, title, 'the post has the focus again')
  }
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('[CV3] onto a closed day or a holiday it asks why, and keeps the answer among us', async () => {
  const { id, posts } = await plan()
  const { page, complaints, close } = await open(id)
  const title = 'Dirulaguntzen epea'
  await inDay(page, '2026-11-24', title).waitFor()
  await drag(page, title, '2026-11-14')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('That day is closed: Dolu ofiziala.').waitFor()
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await dialog.getByText('Write why it goes out on that day.').waitFor()
  expect(await inDay(page, '2026-11-24', title).count()).toBe(1)
  await dialog.getByLabel('Why does it go out on that day?').fill('Epea egun horretan bukatzen da.')
  await looksRight(page, 'calendar-closed-day', 'en')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await inDay(page, '2026-11-14', title).waitFor()
  await onServer(page)
  const after = (await openAgain(id)).find((one) => one.id === posts.get(title))!
  expect([after.day, after.internalNotes]).toEqual([
    '2026-11-14',
    '2026-11-14 (Dolu ofiziala): Epea egun horretan bukatzen da.',
  ])
  // The week before is an ordinary day.
  await drag(page, title, '2026-11-12')
  await inDay(page, '2026-11-12', title).waitFor()
  expect(await dialog.count()).toBe(0)
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('[CV4] what is looked for stands in the address, can be passed on, and says when nothing is like that', async () => {
  const { id } = await plan()
  const { page, complaints, close } = await open(id)
  await chip(page, 'Gabonetako antzerkia').waitFor()
  await page.getByRole('button', { name: 'Filter posts' }).click()
  const menu = page.getByRole('dialog', { name: 'Filter posts' })
  await menu.getByText('YouTube', { exact: true }).click()
  await page.keyboard.press('Escape')
  await until(async () => (await page.locator('.grid [data-post]').count()) === 1, 'one post is left')
  const { search } = new URL(page.url())
  expect(search).toContain('network=youtube')

  const other = await open(id, search, { person: COORDINATOR })
  await chip(other.page, 'Bideoa: auzolana').waitFor()
  expect(await other.page.locator('.grid [data-post]').count()).toBe(1)

  await page.goto(`${page.url()}&state=approved,lacking&department=kultura&language=es&mine=1`)
  await page.getByText('Nothing in November 2026 with: Network: YouTube · Department: Kultura').waitFor()
  await page.getByRole('button', { name: 'Without “Only mine”' }).click()
  await page.getByRole('button', { name: 'Without “Department: Kultura”' }).click()
  await chip(page, 'Bideoa: auzolana').waitFor()
  await looksRight(page, 'calendar-filtered', 'en')
  for (const name of ['Network: YouTube', 'Language: Spanish', 'State: Approved'])
    await page.getByRole('button', { name: `Without “${name}”` }).click()
  // What lacks something in the seven days to come, and nothing else.
  await until(async () => (await page.locator('.grid [data-post]').count()) === 3, 'three lack something')
  expect([...complaints, ...other.complaints]).toEqual([])
  await Promise.all([close(), other.close()])
}, 120_000)

it('[CV5] what one moves the other sees; offline it is kept with a ring, and arrives', async () => {
  const { id } = await plan()
  const [one, other] = [await open(id), await open(id, '?view=list', { person: COORDINATOR })]
  const title = 'Dirulaguntzen epea'
  await inDay(one.page, '2026-11-24', title).waitFor()
  await one.context.setOffline(true)
  await one.page.locator('.ledger .line[aria-label]').waitFor()
  await until(
    async () => (await one.page.getByText(/offline/i).count()) > 0,
    'the page knows that it is offline',
  )
  await drag(one.page, title, '2026-11-23')
  await inDay(one.page, '2026-11-23', title).waitFor()
  await inDay(one.page, '2026-11-23', title).locator('.ring').waitFor()
  await one.context.setOffline(false)
  await onServer(one.page)
  await inDay(one.page, '2026-11-23', title).locator('.ring').waitFor({ state: 'detached' })
  await other.page.locator('.day', { hasText: 'Monday, 23 November' }).getByText(title).waitFor()
  await Promise.all([one.close(), other.close()])
}, 120_000)

it('[CV6] on a phone it is a list; what is new begins with its day, what moves has a menu for it', async () => {
  const { id, posts } = await plan()
  const { page, complaints, close } = await open(id, '', { phone: true })
  const title = 'Corte en calle Mayor'
  await page.locator('.list [data-post]', { hasText: title }).waitFor()
  await page.getByText('3 posts still lack something').waitFor()
  await page.getByRole('button', { name: `Move “${title}” to…` }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Day').fill('')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await page.locator('.tray [data-post]', { hasText: title }).waitFor()
  await page.getByRole('button', { name: 'Month', exact: true }).click()
  await day(page, '2026-11-25').getByRole('button').click()
  await dialog.getByText('Bideoa: auzolana').waitFor()
  await looksRight(page, 'calendar-day-phone', 'en')
  await page.setViewportSize(PHONE)
  await dialog.getByRole('button', { name: 'New post' }).click()
  await until(() => /\/calendar\/[\w-]+/.test(new URL(page.url()).pathname), 'the new post is open')
  const made = new URL(page.url()).pathname.split('/').at(-1)!
  await onServer(page)
  const all = await openAgain(id)
  expect(all.find((one) => one.id === made)?.day).toBe('2026-11-25')
  expect(all.find((one) => one.id === posts.get(title))?.day).toBeNull()
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('N and M are letters where somebody writes, and nothing where shortcuts are off', async () => {
  const { id } = await plan()
  const { page, close } = await open(id)
  await day(page, '2026-11-26').focus()
  await page.keyboard.press('n')
  await until(() => /\/calendar\/[\w-]+/.test(new URL(page.url()).pathname), 'a new post is open')
  await page.addInitScript(() => {
    Object.assign(globalThis, { OCP: { Accessibility: { disableKeyboardShortcuts: () => true } } })
  })
  await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar?as=${WRITER}&lang=en`)
  await day(page, '2026-11-26').focus()
  await page.keyboard.press('n')
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowRight')
  await until(
    () => page.evaluate(() => (document.activeElement as HTMLElement).dataset['day'] === '2026-11-27'),
    'the arrow keys still lead on',
  )
  expect(new URL(page.url()).pathname).toMatch(/\/calendar$/)
  await close()
}, 120_000)

it('a new post has the focus in its title when it is there at last, unless somebody has gone on meanwhile', async () => {
  const { id } = await plan()
  for (const goesOn of [true, false]) {
    const { page, context, complaints, close } = await open(id)
    const released = Promise.withResolvers<void>()
    await context.route('**/PostPage-*.mjs', async (route) => {
      await released.promise
      await route.continue()
    })
    // From the beginning: screens are fetched ahead.
    await page.reload()
    await day(page, '2026-11-26').focus()
    await page.keyboard.press('n')
    await until(() => /\/calendar\/[\w-]+/.test(new URL(page.url()).pathname), 'a new post is open')
    if (goesOn) await page.keyboard.press('Tab')
    released.resolve()
    const title = page.locator('.head [data-path$="/title"] textarea')
    await title.waitFor()
    const isThere = (): Promise<boolean> => title.evaluate((input) => input === document.activeElement)
    if (goesOn) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(await isThere()).toBe(false)
    } else await until(isThere, 'the title has the focus')
    expect(complaints).toEqual([])
    await close()
  }
}, 120_000)

it('[CV9] all plans in one calendar: clashes of two teams, read here and changed in the plan of each', async () => {
  const [one, other] = [await server.calendar(), await server.calendar()]
  // On the same profile, within the hour of the other plan's.
  const post = { day: '2027-01-20', profileIds: ['telegram'], purposeIds: ['p1'] }
  await one.hand.post({ ...post, title: 'Danborrada', time: '09:00' })
  await other.hand.post({ ...post, title: 'Musika-eskola', time: '09:30' })
  const { page, complaints, close } = await open(one.id, '?day=2027-01-20', { language: 'eu' })
  await inDay(page, '2027-01-20', 'Danborrada').waitFor()
  expect(await day(page, '2027-01-20').getByText('ordu berean').count()).toBe(0)
  await page.goto(`${server.url}/apps/auzolan/calendar?as=${WRITER}&lang=eu&network=telegram&day=2027-01-20`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await inDay(page, '2027-01-20', 'Musika-eskola').waitFor()
  await inDay(page, '2027-01-20', 'Danborrada').waitFor()
  await day(page, '2027-01-20').getByText('ordu berean').first().waitFor()
  expect(await page.getByRole('button', { name: 'Argitalpen berria' }).count()).toBe(0)
  await looksRight(page, 'calendar-all', 'eu')
  await inDay(page, '2027-01-20', 'Musika-eskola').getByRole('link').click()
  await until(() => page.url().includes(`/d/${other.id}/calendar/`), 'the post is open in its plan')
  await page.goto(`${server.url}/apps/auzolan/calendar?as=${WRITER}&lang=es&view=list&day=2027-01-20`)
  await page.getByText('Musika-eskola').waitFor()
  await looksRight(page, 'calendar-all-list', 'es')
  expect(complaints).toEqual([])
  await close()
}, 180_000)

it('[CV11] what is out stands on the day it went out, says what it was planned for, and cannot be moved', async () => {
  const { id, hand, posts } = await plan()
  const title = 'Sutearen ikuskizuna'
  const post = await hand.post({ title, day: '2026-12-02', time: '10:00', profileIds: ['telegram'] })
  await server.having(id, hand, post, 'published', [
    { profile: 'telegram', at: '2026-11-23T08:05:00.000Z' },
    { profile: 'mastodon', at: '2026-11-23T08:35:00.000Z' },
  ])
  const other = 'Gabonetako antzerkia'
  const { page, complaints, close } = await open(id)
  await inDay(page, '2026-11-23', title).getByText('09:05').waitFor()
  expect(await inDay(page, '2026-12-02', title).count()).toBe(0)
  expect(await chip(page, title).getByRole('link').getAttribute('title')).toBe(
    `${title}, planned for 2 December, 10:00`,
  )
  // Neither the pointer, nor a key, nor the menu.
  expect(await chip(page, other).getByRole('button').count()).toBe(1)
  expect(await chip(page, title).getByRole('button').count()).toBe(0)
  await drag(page, title, '2026-11-24')
  await chip(page, title).getByRole('link').focus()
  await page.keyboard.press('m')
  await said(page, `“${title}” went out: it stays on that day.`)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await drag(page, other, '2026-11-24')
  await inDay(page, '2026-11-24', other).waitFor()
  await onServer(page)
  const written = await openAgain(id)
  expect(written.find((one) => one.id === post)).toMatchObject({ day: '2026-12-02', time: '10:00' })
  expect(written.find((one) => one.id === posts.get(other))).toMatchObject({ day: '2026-11-24' })
  // Another day that somebody writes into it moves it nowhere.
  await hand.set('posts', post, { day: '2026-12-05' })
  await page.getByRole('button', { name: 'List', exact: true }).click()
  const row = page.locator('.row', { hasText: title })
  await row.getByText('planned for 5 December, 10:00').waitFor()
  await row.getByText('09:05').waitFor()
  await looksRight(page, 'calendar-out-list', 'en')
  for (const [language, words] of [
    ['eu', 'aurreikusita: abenduaren 5, 10:00'],
    ['es', 'prevista: 5 de diciembre, 10:00'],
  ] as const) {
    await page.goto(
      `${server.url}/apps/auzolan/calendar?as=${WRITER}&lang=${language}&view=list&day=2026-11-23`,
    )
    await page.locator('.row', { hasText: title }).getByText(words).waitFor()
    await looksRight(page, 'calendar-all-out-list', language)
  }
  await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar/${post}?as=${WRITER}&lang=es`)
  await page.getByText(/prevista: sábado, 5 de diciembre, 10:00/).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 180_000)

/** The posts as the server has them. */
async function openAgain(id: DocumentId): Promise<readonly Post[]> {
  return (await server.container.resolve(CALENDARS).read(id)).calendar.posts
}
