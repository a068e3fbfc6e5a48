/** A person chooses how often they hear what is not urgent; it stays chosen, and nothing is chosen before the server has spoken. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer } from '../support/server.ts'

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

const WORDS = {
  en: { name: 'Notifications', weekly: 'Once a week', save: 'Save' },
  eu: { name: 'Jakinarazpenak', weekly: 'Astean behin', save: 'Gorde' },
  es: { name: 'Notificaciones', weekly: 'Una vez por semana', save: 'Guardar' },
} as const
type Language = keyof typeof WORDS
async function open(person: string, language: Language = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, '/apps/auzolan/', { person, language })
  tab.page.setDefaultTimeout(15_000)
  await tab.page
    .getByRole('link', { name: WORDS[language].name })
    .or(tab.page.getByRole('button', { name: WORDS[language].name }))
    .first()
    .click()
  return tab
}

it('[RM6] it is off until somebody chooses, and then stays as chosen', async () => {
  const { page, close, complaints } = await open('kultura-cm')
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  await dialog.getByRole('radio', { name: 'Never' }).waitFor()
  expect(await dialog.getByRole('radio', { name: 'Never' }).isChecked()).toBe(true)
  // By keyboard, as a group of choices works everywhere.
  await dialog.getByRole('radio', { name: 'Never' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect((await server.get('kultura-cm', 'digest')).body).toEqual({ rhythm: 'weekly' })
  expect((await server.get('alkatetza', 'digest')).body).toEqual({ rhythm: 'never' })
  await page.reload()
  await page.getByText('Notifications').first().click()
  await expect.poll(() => dialog.getByRole('radio', { name: 'Once a week' }).isChecked()).toBe(true)
  expect(complaints).toEqual([])
  await close()
}, 60_000)

it('[RM6] without an answer nothing can be saved; it is asked for again', async () => {
  const tab = await openTab(browser, server.url, '/apps/auzolan/', { person: 'alkatetza', language: 'en' })
  const { page } = tab
  page.setDefaultTimeout(15_000)
  await page.getByText('Notifications').first().waitFor()
  await page.route('**/api/v1/digest', (route) => route.abort())
  await page.getByText('Notifications').first().click()
  const dialog = page.getByRole('dialog', { name: 'Notifications' })
  await dialog.getByRole('alert').waitFor()
  expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await page.unroute('**/api/v1/digest')
  await dialog.getByRole('button', { name: 'Try now' }).click()
  await dialog.getByRole('radio', { name: 'Never' }).waitFor()
  await tab.close()
}, 60_000)

it.each(['eu', 'es'] as const)(
  'the dialogue looks right in %s',
  async (language) => {
    const { page, close, complaints } = await open('kultura-cm', language)
    await page.getByRole('radio', { name: WORDS[language].weekly }).waitFor()
    await looksRight(page, 'digest', language)
    expect(complaints).toEqual([])
    await close()
  },
  120_000,
)
