/** Every section of the plan, as a person meets it: at a desk and on a phone, light and dark, with no word of English in Basque. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { DESKTOP, launchBrowser, openTab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** The first four have looks of their own (screens.test.ts). */
describe.each(PLAN.sections.slice(4).map(({ id }) => id))('%s', (section) => {
  it('looks right, with a first entry of its list open', async () => {
    const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/${section}`, {
      language: 'eu',
      viewport: DESKTOP,
    })
    await tab.page.locator('.heading h2').waitFor()
    // Listening begins with what was heard; how it is done is folded away.
    const how = tab.page.locator('.how > summary')
    if ((await how.count()) > 0) await how.click()
    await tab.page.locator('.fields .field, .records').first().waitFor()
    const fold = tab.page.locator('.scroll .fold').first()
    if ((await fold.count()) > 0) await fold.click()
    await tab.page.waitForLoadState('networkidle')
    await looksRight(tab.page, `section-${section}`, 'eu')
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 120_000)
})

it('[D5] what a list lacks leads to the list, from any section', async () => {
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/privacy`, {
    language: 'en',
    viewport: DESKTOP,
  })
  const { page } = tab
  const reply = page.locator('[data-path="replies"] [data-record="official-channel"]')
  await reply.locator('.menu button').click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await reply.waitFor({ state: 'detached' })
  await page.goto(`${server.url}/apps/auzolan/d/${plan}/crisis`)
  await page.locator('.checks-button:visible').first().click()
  await page.locator('.checks').getByText('No quick reply asks people').click()
  await until(
    () => page.evaluate(() => document.activeElement?.closest('[data-path="replies"]') !== null),
    'the focus is in the list of replies',
  )
  await tab.close()
}, 120_000)
