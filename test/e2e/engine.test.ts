/** What the person sees when the server is away: a named cause, the next step, and a way back. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PHONE, axeViolations, launchBrowser, openTab, picture } from '../support/browser.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

describe('a server that is away', () => {
  it('is named in Basque on a phone, and the dialogue gives the focus back', async () => {
    const plan = await server.plan()
    const { page, close } = await openTab(browser, server.url, `/apps/auzolan/d/${plan}`, {
      viewport: PHONE,
    })
    await page.locator('.question').first().waitFor()
    // What is fetched behind the screen: the dialogue comes before this page of it.
    await page.waitForLoadState('networkidle')
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((r) => /PrintPage.*mjs/.test(r.name)),
    )
    await server.kill()
    const why = page.locator('.strip button').first()
    await why.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button').last().waitFor()
    await page.waitForTimeout(process.env['AUZOLAN_SCREENSHOTS'] ? 1_000 : 0)
    await picture(page, 'offline-dialog-phone')
    expect(await axeViolations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await until(() => why.evaluate((element) => element === document.activeElement), 'the focus is back')
    await close()
    await server.start()
  })
})
