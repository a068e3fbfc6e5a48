/** What is taken out of a calendar, in a browser: the files as they are saved, on a desk and on a phone. */
import { readFile } from 'node:fs/promises'
import ICAL from 'ical.js'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseCsv } from '@auzolan/shared/reference/csv.ts'
import { DESKTOP, PHONE, launchBrowser, openTab, picture } from '../support/browser.ts'
import { NOW, november, startCalendarHere, type CalendarHere } from '../support/calendar-here.ts'
import { WRITER } from '../support/decided-here.ts'

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

const menu = (page: Page) => page.locator('.out button')
async function taken(page: Page, words: RegExp): Promise<Download> {
  await menu(page).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByText(words).click()])
  return file
}

it('[CO5] saves a calendar, rows for a tool and rows for a spreadsheet', async () => {
  const { id, hand } = await server.calendar()
  const posts = await november(server, id, hand)
  for (const [language, viewport] of [
    ['eu', DESKTOP],
    ['es', PHONE],
  ] as const) {
    const context = await browser.newContext({ viewport, locale: `${language}-ES` })
    await context.clock.setFixedTime(NOW)
    const path = `/apps/auzolan/d/${id}/calendar`
    const { page, complaints } = await openTab(browser, server.url, path, {
      person: WRITER,
      language,
      context,
    })
    page.setDefaultTimeout(20_000)
    await menu(page).click()
    await page.getByText(/\(ICS\)/).waitFor()
    await picture(page, `calendar-out-${language}`)
    // The standalone host has no calendars that a phone could ask.
    expect(await page.locator('[role="menuitem"]').count()).toBe(3)
    await page.keyboard.press('Escape')

    const calendar = await taken(page, /\(ICS\)/)
    expect(calendar.suggestedFilename()).toMatch(/^.+\.ics$/)
    const text = await readFile(await calendar.path(), 'utf8')
    const events = new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent')
    const dated = [...posts.values()].filter((post) => hand.whole(post).post.day !== null)
    expect(events).toHaveLength(dated.length)

    const tool = await readFile(await (await taken(page, /herramienta|tresna/)).path(), 'utf8')
    const sheet = await readFile(await (await taken(page, /hoja|orri/)).path(), 'utf8')
    for (const [file, sign] of [
      [tool, ','],
      [sheet, ';'],
    ] as const) {
      expect(file.startsWith('\uFEFF')).toBe(true)
      expect(file.split('\r\n')[0]!.split(sign).length).toBeGreaterThan(11)
    }
    expect(parseCsv(sheet)!.length).toBeGreaterThan(parseCsv(tool)!.length)
    expect(complaints).toEqual([])
    await context.close()
  }
}, 180_000)
