/** Languages kept in step, in browsers: a changed text marks the other one, shown beside it; a person says when both agree. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESKTOP, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { onServer, says } from '../support/plan-page.ts'
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

const open = (person: string, path: string, language: 'en' | 'eu' = 'en'): Promise<Tab> =>
  openTab(browser, server.url, `/apps/auzolan/d/${plan}/${path}`, { person, language, viewport: DESKTOP })
const role = (page: Page) => page.locator('[data-path="identity.sponsorRole"]')
const note = (page: Page) => role(page).locator('.behind')
const switchTo = (page: Page, language: string): Promise<void> =>
  page.locator('.switch').getByRole('button', { name: language }).click()
const sideBySide = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Show two languages side by side' }).click()

describe('two people and two languages', () => {
  it('[LS1] [LS2] one changes the Basque text; the other sees what changed, beside both, and says when it agrees', async () => {
    const one = await open('komunikazio-arduraduna', 'identity')
    const two = await open('kultura-cm', 'identity')
    await two.page.locator('.ProseMirror').first().waitFor()
    await switchTo(two.page, 'Spanish')
    expect(await note(two.page).count()).toBe(0)

    await switchTo(one.page, 'Basque')
    await role(one.page).locator('input').fill('Alkatetza eta Lehendakaritza')
    await note(two.page).waitFor()
    expect(await note(two.page).textContent()).toContain('The text in Basque has changed')
    expect(await note(two.page).locator('ins, .added').first().textContent()).toContain('Lehendakaritza')
    expect(await note(one.page).count()).toBe(0)

    await sideBySide(two.page)
    const sides = two.page.locator('.sides', { has: role(two.page) }).locator('input')
    expect(
      await sides.evaluateAll((all) =>
        all.map((side) => [side.getAttribute('lang'), (side as HTMLInputElement).value]),
      ),
    ).toEqual([
      ['es', 'Alcaldía'],
      ['eu', 'Alkatetza eta Lehendakaritza'],
    ])
    await sides.first().fill('Alcaldía y Presidencia')
    // It is brought up to date, and says so only when a person does.
    await onServer(two.page)
    expect(await note(two.page).count()).toBe(1)
    expect(await note(one.page).count()).toBe(0)
    await note(two.page).getByRole('button', { name: 'It is up to date' }).click()
    await note(two.page).waitFor({ state: 'detached' })
    await until(
      async () => (await sides.last().inputValue()) === 'Alkatetza eta Lehendakaritza',
      'nothing else has changed',
    )
    expect([...one.complaints, ...two.complaints]).toEqual([])
    await one.close()
    await two.close()
  })

  it('[LS5] the balance shows every section in both languages, and leads to what is out of date', async () => {
    const tab = await open('komunikazio-arduraduna', 'identity', 'eu')
    await tab.page.locator('.ProseMirror').first().waitFor()
    await tab.page.locator('.switch button').filter({ hasText: 'Euskara' }).click()
    await role(tab.page).locator('input').fill('Alkatetza, beste hitz batzuekin')
    await tab.page.locator('.languages > button').last().click()
    const dialog = tab.page.getByRole('dialog')
    await dialog.locator('tbody tr').nth(11).waitFor()
    await says(tab.page, 'Zerbitzarian,')
    await looksRight(tab.page, 'languages-balance', 'eu')
    await dialog.locator('.behind button').first().click()
    await until(
      () => tab.page.evaluate(() => document.activeElement?.getAttribute('lang') === 'es'),
      'the Spanish text has the focus',
    )
    await sideBySideIn(tab.page)
    await looksRight(tab.page, 'languages-side-by-side', 'eu')
    await tab.close()
  })
})

const sideBySideIn = (page: Page): Promise<void> => page.locator('.languages > button').first().click()
