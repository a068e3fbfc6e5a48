/** The store goes back to a backup while people have a plan open: what only their devices have is there to be copied, for whoever only reads too. */
import { cp, rm } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { onServer, typeAtEnd } from '../support/plan-page.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'

let folder: string
let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
beforeAll(async () => {
  folder = await temporaryFolder()
  server = await startTestServer(null, { AUZOLAN_DATA: `${folder}/data` })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true })
})

async function open(person: string, language: 'en' | 'es' | 'eu', phone = false): Promise<Tab> {
  const context = await browser.newContext({
    viewport: phone ? PHONE : { width: 1440, height: 900 },
    locale: language === 'en' ? 'en-GB' : `${language}-ES`,
    hasTouch: phone,
  })
  const path = `/apps/auzolan/d/${await server.plan()}/planning`
  const tab = await openTab(browser, server.url, path, { person, language, context })
  tab.page.setDefaultTimeout(60_000)
  return { ...tab, close: () => context.close() }
}

it('after a backup a page that only read says what the document had, and whose words they were it does not claim', async () => {
  await server.kill()
  await cp(`${folder}/data`, `${folder}/backup`, { recursive: true })
  await server.start()
  const writer = await open('kultura-cm', 'en')
  const [reader, other] = [await open('alkatetza', 'eu', true), await open('alkatetza', 'es')]
  await onServer(writer.page)
  await typeAtEnd(writer.page, ' Kaleko jaia')
  await onServer(writer.page)
  for (const { page } of [reader, other]) await page.getByText('Kaleko jaia').first().waitFor()

  await server.kill()
  await rm(`${folder}/data`, { recursive: true })
  await cp(`${folder}/backup`, `${folder}/data`, { recursive: true })
  await server.start()

  const words = {
    en: ['The document was restored from a backup and is older', 'Show drafts', 'What this device had'],
    es: ['El documento se restauró desde una copia de seguridad y', 'Ver los borradores', 'Lo que tenía'],
    eu: ['Dokumentua segurtasun-kopia batetik berreskuratu zen, eta', 'Erakutsi zirriborroak', 'Gailu honek'],
  } as const
  for (const [{ page }, language] of [
    [writer, 'en'],
    [other, 'es'],
    [reader, 'eu'],
  ] as const) {
    const [note, show, title] = words[language]
    await page.getByText(note).waitFor()
    await looksRight(page, 'restored-note', language)
    await page.getByRole('button', { name: show }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('heading', { name: title }).first().waitFor()
    expect(await dialog.locator('.text').allInnerTexts()).toContainEqual(
      expect.stringContaining('Kaleko jaia'),
    )
    await looksRight(page, 'restored-draft', language)
  }
  await other.close()
  await writer.close()
  await reader.close()
}, 240_000)
