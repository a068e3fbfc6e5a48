/** Around a post in browsers: what is taken back, what is out of date, what is out and changed, where the focus goes, and a phone. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { DESKTOP, PHONE, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import type { CalendarHand } from '../support/calendar-hand.ts'
import { NOW, november, startCalendarHere, type CalendarHere } from '../support/calendar-here.ts'
import { COORDINATOR, WRITER } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'
import { jpeg } from '../support/sample-files.ts'

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

type Options = { person?: string; language?: 'en' | 'es' | 'eu'; phone?: boolean }
async function open(id: string, rest: string, options: Options = {}): Promise<Tab> {
  const { person = WRITER, language = 'en', phone = false } = options
  const context = await browser.newContext({
    viewport: phone ? PHONE : DESKTOP,
    locale: language === 'en' ? 'en-GB' : `${language}-ES`,
    hasTouch: phone,
  })
  await context.clock.setFixedTime(NOW)
  const path = `/apps/auzolan/d/${id}/calendar${rest}`
  const tab = await openTab(browser, server.url, path, { person, language, context })
  tab.page.setDefaultTimeout(20_000)
  return { ...tab, close: () => context.close() }
}
async function plan(): Promise<{ id: DocumentId; hand: CalendarHand; posts: ReadonlyMap<string, string> }> {
  const { id, hand } = await server.calendar()
  return { id, hand, posts: await november(server, id, hand) }
}
const text = (page: Page, language: string): Locator =>
  page.locator(`.post [data-language="${language}"] textarea`).first()
/** In whatever language. */
const kept = (page: Page): Promise<void> => page.locator('.ledger .line .az-complete').waitFor()
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    const field = at?.closest<HTMLElement>('[data-path]')?.dataset['path']
    const post = at?.closest<HTMLElement>('.board [data-post]')?.dataset['post']
    return post ?? field ?? `${at?.tagName} ${at?.textContent?.trim().slice(0, 40)}`
  })

it('taking back in a text takes back what one has typed, and nothing of what others typed in it', async () => {
  const { id, hand } = await server.calendar()
  const post = await hand.post({ title: 'Jaia', text: { eu: 'Kaixo', es: '' } })
  const [one, other] = [await open(id, `/${post}`), await open(id, `/${post}`, { person: COORDINATOR })]
  await text(one.page, 'eu').press('Control+End')
  await one.page.keyboard.type(' nik', { delay: 20 })
  await expect.poll(() => text(other.page, 'eu').inputValue()).toBe('Kaixo nik')
  await text(other.page, 'eu').press('Control+Home')
  await other.page.keyboard.type('Bestea. ', { delay: 20 })
  await expect.poll(() => text(one.page, 'eu').inputValue()).toBe('Bestea. Kaixo nik')
  await one.page.keyboard.press('Control+z')
  expect(await text(one.page, 'eu').inputValue()).toBe('Bestea. Kaixo')
  await one.page.keyboard.press('Control+z')
  expect(await text(one.page, 'eu').inputValue()).toBe('Bestea. Kaixo')
  await one.page.keyboard.press('Control+Shift+z')
  expect(await text(one.page, 'eu').inputValue()).toBe('Bestea. Kaixo nik')
  // Where one goes on typing.
  await one.page.keyboard.type('!')
  await expect.poll(() => text(other.page, 'eu').inputValue()).toBe('Bestea. Kaixo nik!')
  expect([...one.complaints, ...other.complaints]).toEqual([])
  await one.close()
  await other.close()
}, 120_000)

it('[LS1] once somebody has read both languages, a correction of one marks the other, in the very minutes it was written', async () => {
  const { id, hand } = await server.calendar()
  const post = await hand.post({ title: 'Jaia', day: '2026-12-01' })
  const writer = await open(id, `/${post}`)
  await text(writer.page, 'es').fill('El día 20')
  await text(writer.page, 'eu').fill('Hilaren 20an')
  await onServer(writer.page)
  // While it is being written nobody is behind.
  await text(writer.page, 'eu').fill('Hilaren 20an.')
  const behind = writer.page.locator('[data-language="es"] .behind')
  expect(await behind.count()).toBe(0)
  await onServer(writer.page)
  const reader = await open(id, `/${post}`, { person: COORDINATOR })
  for (const language of ['eu', 'es'])
    await reader.page
      .locator(`[data-language="${language}"]`)
      .getByRole('button', { name: /^I have read it/ })
      .click()
  const read = (page: Page): Locator => page.locator('.card', { hasText: 'Language reviewed' })
  await expect.poll(() => read(reader.page).count()).toBe(2)
  await writer.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect.poll(() => read(writer.page).count()).toBe(2)
  await text(writer.page, 'eu').fill('Hilaren 27an.')
  await behind.getByText('look whether the one in').waitFor()
  // What it still needs says so as well, to whoever approves it.
  const needs = writer.page.locator('.checks').getByText('look whether the one in')
  await needs.waitFor()
  await behind.getByRole('button', { name: 'It is up to date' }).click()
  await behind.waitFor({ state: 'detached' })
  await needs.waitFor({ state: 'detached' })
  expect(await focused(writer.page)).toBe(`posts/${post}/text:es`)
  await writer.close()
  await reader.close()
}, 120_000)

it('what is said about a post is there with the name of the post, and leads to it from wherever one is', async () => {
  const { id, hand } = await server.calendar()
  const post = await hand.post({ title: 'Jaia', text: { eu: 'Hilaren 20an', es: 'El día 20' } })
  const reader = await open(id, `/${post}`, { person: COORDINATOR })
  await reader.page.locator('[data-language="es"] .talk').click()
  const panel = reader.page.locator('.app-sidebar')
  await panel.getByText('Posts: Jaia – Text').waitFor()
  // A comment that must be dealt with stops the plan: of a post that would be no true word.
  expect(await panel.getByText('Must be dealt with').count()).toBe(0)
  await panel.getByRole('textbox', { name: 'Comment' }).fill('Zein hilabetetan?')
  await panel.locator('form').getByRole('button', { name: 'Send' }).click()
  await panel.locator('.thread', { hasText: 'Zein hilabetetan?' }).waitFor()
  await onServer(reader.page)
  const writer = await open(id, '')
  await writer.page.getByRole('button', { name: '1 comment' }).first().click()
  const thread = writer.page.locator('.app-sidebar .thread', { hasText: 'Zein hilabetetan?' })
  await thread.getByRole('button', { name: 'Posts: Jaia – Text' }).click()
  await expect.poll(() => new URL(writer.page.url()).pathname.endsWith(`/calendar/${post}`)).toBe(true)
  expect([...reader.complaints, ...writer.complaints]).toEqual([])
  await reader.close()
  await writer.close()
}, 120_000)

it('what is out and was changed says so, in the post and in the calendar, and is approved again by somebody else', async () => {
  const { id, posts } = await plan()
  const post = posts.get('Kirol-txartela')!
  const writer = await open(id, `/${post}`, { language: 'es' })
  await writer.page.getByText('Así se lee en Mastodon').waitFor()
  await text(writer.page, 'es').press('Control+End')
  await writer.page.keyboard.type(' Ven.')
  await writer.page.getByText('Se ha cambiado después de publicarla').waitFor()
  await writer.page.getByText('Así se leería ahora en Mastodon').waitFor()
  expect(await writer.page.getByRole('button', { name: 'Aprobar', exact: true }).count()).toBe(0)
  await kept(writer.page)
  await looksRight(writer.page, 'post-out-and-changed', 'es')
  await writer.page.getByRole('link', { name: 'Volver al calendario' }).click()
  const month = writer.page.locator(`[data-day="2026-11-17"] [data-post="${post}"]`)
  await month.getByText('cambiada después de publicarla').waitFor({ state: 'attached' })
  await picture(writer.page, 'calendar-out-and-changed')
  await writer.page.getByRole('button', { name: 'Lista', exact: true }).click()
  await writer.page.getByRole('button', { name: /publicaciones anteriores/ }).click()
  await writer.page.locator(`[data-post="${post}"]`).getByText('cambiada después de publicarla').waitFor()
  // Only that one.
  expect(await writer.page.getByText('cambiada después de publicarla').count()).toBe(1)
  await picture(writer.page, 'calendar-list-out-and-changed')
  const decider = await open(id, `/${post}`, { person: COORDINATOR })
  await decider.page.getByRole('button', { name: 'Approve', exact: true }).first().waitFor()
  expect([...writer.complaints, ...decider.complaints]).toEqual([])
  await writer.close()
  await decider.close()
}, 180_000)

it('the way back leads to the month one came from, and the focus is never lost', async () => {
  const { id, posts } = await plan()
  const { page, complaints, close } = await open(id, '?view=month&day=2026-12-03')
  const heading = page.getByRole('heading', { name: /December 2026/ })
  await heading.waitFor()
  await page.getByRole('button', { name: 'New post' }).click()
  const made = (): string => new URL(page.url()).pathname.split('/').at(-1)!
  await expect.poll(() => focused(page)).toMatch(/^posts\/.*\/title$/)
  await page.keyboard.type('Berria')
  const fresh = made()
  await page.getByRole('link', { name: 'Back to the calendar' }).click()
  await heading.waitFor()
  // It has no day: it is in the tray.
  await expect.poll(() => focused(page)).toBe(fresh)

  const post = posts.get('Euskararen Eguna')!
  await page.locator(`[data-post="${post}"] a`).click()
  await text(page, 'eu').fill('e'.repeat(300))
  await text(page, 'es').fill('s'.repeat(300))
  await page.getByRole('button', { name: 'Split in two' }).click()
  await expect.poll(() => focused(page)).toContain('Put them together again')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toContain('Split in two')
  await page.getByRole('link', { name: 'Back to the calendar' }).click()
  await heading.waitFor()
  await expect.poll(() => focused(page)).toBe(post)

  // Moved by the menu, and that taken back.
  await page.locator(`[data-post="${post}"]`).hover()
  await page.locator(`[data-post="${post}"]`).getByRole('button', { name: /^Move/ }).click()
  const dialog = page.getByRole('dialog')
  await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'))
  await dialog.getByLabel('Day').fill('2026-12-10')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await page.locator(`[data-day="2026-12-10"] [data-post="${post}"]`).waitFor()
  await expect.poll(() => focused(page)).toBe(post)
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.locator(`[data-day="2026-12-03"] [data-post="${post}"]`).waitFor()
  await expect.poll(() => focused(page)).toBe(post)

  await page.locator(`[data-post="${post}"] a`).click()
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Delete the post' }).click()
  await heading.waitFor()
  await expect.poll(() => focused(page), { timeout: 5_000 }).toContain('December 2026')
  // Opened by a link, it leads to its own month.
  await page.goto(
    `${server.url}/apps/auzolan/d/${id}/calendar/${posts.get('Gabonetako azoka')}?as=${WRITER}&lang=en`,
  )
  await page.getByRole('link', { name: 'Back to the calendar' }).click()
  await heading.waitFor()
  expect(complaints).toEqual([])
  await close()
}, 180_000)

it('on a phone in Basque: the button is said in full, the filter has the page, a new post begins in the lead language', async () => {
  const { id } = await plan()
  const { page, complaints, close } = await open(id, '', { language: 'eu', phone: true })
  const add = page.locator('.thumb .new')
  await add.waitFor()
  const words = add.locator('.button-vue__text')
  expect(await words.innerText()).toBe('Argitalpen berria')
  expect(await words.evaluate((one) => one.scrollWidth <= one.clientWidth + 1)).toBe(true)
  await picture(page, 'calendar-phone-button')
  await page.getByRole('button', { name: 'Astea', exact: true }).click()
  await page.getByRole('button', { name: 'Iragazi' }).click()
  const dialog = page.getByRole('dialog')
  await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'))
  await looksRight(page, 'calendar-filter-phone', 'eu')
  await page.setViewportSize(PHONE)
  await dialog.getByText('Nireak bakarrik').tap()
  await dialog.getByRole('button', { name: 'Erakutsi argitalpenak' }).click()
  await page.waitForURL(/mine/)
  await add.click()
  const tabs = page.locator('.tabs button')
  await tabs.first().waitFor()
  expect(await tabs.first().getAttribute('aria-pressed')).toBe('true')
  const title = await page.locator('h1').innerText()
  await tabs.nth(1).click()
  await text(page, 'es').waitFor()
  // The plan goes on being called what it is called for whoever reads.
  expect(await page.locator('h1').innerText()).toBe(title)
  await page.getByRole('link', { name: 'Itzuli egutegira' }).click()
  await add.click()
  await tabs.first().waitFor()
  expect(await tabs.first().getAttribute('aria-pressed')).toBe('true')
  expect(complaints).toEqual([])
  await close()
}, 180_000)

it('a picture that is added without network waits, and goes when the network is back', async () => {
  const { id, hand } = await server.calendar()
  const [post, other] = [await hand.post({ title: 'Jaia' }), await hand.post({ title: 'Beste bat' })]
  const { page, context, close } = await open(id, `/${post}`, { language: 'es', phone: true })
  await kept(page)
  await page.locator('.media input[type="file"]').waitFor({ state: 'attached' })
  await context.setOffline(true)
  const file = { name: 'kontzertua.jpg', mimeType: 'image/jpeg', buffer: jpeg() }
  await page.locator('.media input[type="file"]').setInputFiles(file)
  const held = page.locator('.media .held')
  await held.getByText('kontzertua.jpg').waitFor()
  await looksRight(page, 'post-file-waits', 'es')
  await page.setViewportSize(PHONE)
  // It waits also while one looks at something else.
  await page.getByRole('link', { name: 'Volver al calendario' }).click()
  await page.locator(`[data-post="${other}"] a`).click()
  await page.locator(`article[data-post="${other}"]`).waitFor()
  expect(await held.count()).toBe(0)
  await page.goBack()
  await page.locator(`[data-post="${post}"] a`).click()
  await held.waitFor()
  await context.setOffline(false)
  await held.waitFor({ state: 'detached' })
  await page.locator('.media li', { hasText: 'kontzertua.jpg' }).waitFor()
  await close()
}, 120_000)
