/** The calendar of a plan in browsers: seen by month, week and list; moved by hand, keys and menu; looked for; by two; offline. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
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
async function drag(page: Page, title: string, to: string): Promise<void> {
  const from = (await chip(page, title).boundingBox())!
  const target = (await day(page, to).boundingBox())!
  await page.mouse.move(from.x + 20, from.y + 10)
  await page.mouse.down()
  await page.mouse.move(target.x + 30, target.y + 50, { steps: 5 })
  await page.mouse.up()
}

it('looks right as month, week and list, in Basque and Spanish', async () => {
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
