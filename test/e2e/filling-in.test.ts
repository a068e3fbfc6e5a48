/** A new plan filled in by people who type as people do, in browsers: what is said to them, and where they are led. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DESKTOP, PHONE, launchBrowser, openTab, picture } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { onServer, says } from '../support/plan-page.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
/** The one of the demo. */
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

it('[TP5] [LS1] a plan of a department says whose it is; its first texts, typed in two languages, are in step', async () => {
  const tab = await openTab(browser, server.url, '/apps/auzolan/plans', { language: 'eu', viewport: DESKTOP })
  const { page } = tab
  await page.getByRole('button', { name: 'Plan berria' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Sail baten plana').click()
  await dialog.locator('#title-eu').fill('Kulturako plana')
  await dialog.getByRole('button', { name: 'Sortu plana' }).click()
  await dialog.locator('#whose-missing').waitFor()
  await looksRight(page, 'new-plan-of-a-department', 'eu')
  await dialog.locator('#whose').selectOption('kultura')
  await dialog.getByRole('button', { name: 'Sortu plana' }).click()
  await page.waitForURL(/planning/)
  const [, id] = /\/d\/([0-9a-f-]+)/.exec(page.url())!

  await page.goto(`${server.url}/apps/auzolan/d/${id}/identity?as=komunikazio-arduraduna&lang=eu`)
  const role = page.locator('[data-path="identity.sponsorRole"]')
  const strategy = page.locator('[data-path="identity.strategy"]')
  const switchTo = (name: string) => page.locator('.switch').getByRole('button', { name }).click()
  const write = async (words: string): Promise<void> => {
    await role.locator('input').pressSequentially(words, { delay: 15 })
    await strategy.locator('.ProseMirror').pressSequentially(words, { delay: 15 })
    await says(page, 'Zerbitzarian,')
  }
  await strategy.locator('.ProseMirror').waitFor()
  await switchTo('Gaztelania')
  await write('Puesto de la persona responsable')
  await switchTo('Euskara')
  await write('Komunikazio-arduraduna')
  await switchTo('Gaztelania')
  await until(async () => (await role.locator('input').inputValue()).startsWith('Puesto'), 'the Spanish text')
  expect(await page.locator('.behind').count()).toBe(0)
  await switchTo('Euskara')
  expect(await page.locator('.behind').count()).toBe(0)
  // What is missing is counted alike on the button and in the panel, and said once.
  await page.locator('.checks-button:visible').first().click()
  const number = async (text: string | null): Promise<number> => Number(/\d+/.exec(text ?? '')?.[0])
  const onButton = await number(await page.locator('.checks-button:visible').first().textContent())
  expect(await number(await page.locator('.checks .az-heading').textContent())).toBe(onButton)
  expect(await page.locator('.checks section').first().locator('li').count()).toBe(onButton)
  expect(tab.complaints).toEqual([])
  await tab.close()
}, 120_000)

it('on a phone mending a profile leads to the field, in sight, also of a person; what is no address is said', async () => {
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/profiles`, {
    language: 'eu',
    viewport: PHONE,
  })
  const { page } = tab
  const mend = page
    .locator('article[data-path="profiles/youtube"]')
    .getByRole('button', { name: /^Konpondu/ })
  await picture(page, 'profiles-phone-light-eu')
  await mend.click()
  const hours = page.locator('[data-path="profiles/youtube/hoursPerWeek"] input')
  const inSight = (path: string): Promise<void> =>
    until(
      () =>
        page.evaluate((at) => {
          const input = document.activeElement
          const box = input?.getBoundingClientRect()
          return (
            input?.tagName === 'INPUT' &&
            input.closest('[data-path]')?.getAttribute('data-path') === at &&
            box !== undefined &&
            box.top >= 0 &&
            box.bottom <= innerHeight
          )
        }, path),
      `the focus is in ${path}, in sight`,
    )
  await inSight('profiles/youtube/hoursPerWeek')
  await hours.fill('2')
  await picture(page, 'mend-phone-light-eu')
  const website = page.locator('[data-path="profiles/youtube/website"]')
  await website.locator('input').fill('ezdago')
  await website.getByText('ez da web-helbide bat').waitFor()
  expect(await website.locator('input').inputValue()).toBe('ezdago')
  await picture(page, 'no-address-phone-light-eu')
  await says(page, 'Zerbitzarian,')
  expect(tab.complaints).toEqual([])
  await tab.close()
}, 120_000)

it('a person field is led to at its input, not at the button for a comment', async () => {
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/profiles`, { language: 'en' })
  const { page } = tab
  await page.getByRole('button', { name: 'New profile' }).click()
  await until(
    () => page.evaluate(() => document.activeElement?.closest('[data-path$="/displayName"]') !== null),
    'the focus is at the name',
  )
  const path = await page.evaluate(() =>
    document.activeElement!.closest('[data-path]')!.getAttribute('data-path')!,
  )
  const profile = path.split('/')[1]!
  // Of an empty one nothing is said as if it were kept, or of a profile without a name.
  const card = page.locator(`article[data-path="profiles/${profile}"]`)
  expect(await card.getByText('“”').count()).toBe(0)
  expect(await card.locator('.rules .az-complete').count()).toBe(0)
  await onServer(page)
  await page.keyboard.press('Escape')
  await page.locator('.checks-button:visible').first().click()
  await page.locator('.checks button').filter({ hasText: 'Who looks after it' }).first().click()
  await until(
    () =>
      page.evaluate(
        (at) =>
          document.activeElement?.tagName === 'INPUT' &&
          document.activeElement.closest('[data-path]')?.getAttribute('data-path') === at,
        `profiles/${profile}/owner`,
      ),
    'the focus is in the search for a person',
  )
  await tab.close()
}, 120_000)
