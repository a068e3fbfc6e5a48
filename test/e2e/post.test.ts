/** The editor of a post in real browsers: texts in two languages, lengths, another text for one network, review and approval. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { completePlan } from '../support/complete.ts'
import {
  COORDINATOR,
  DIRECTOR,
  WRITER,
  startDecidedHere,
  type DecidedHere,
} from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'

const BASQUE = 'Azaroaren 30etik aurrera, edukiontzi marroia auzo guztietan izango duzu. '
const SPANISH = 'Desde el 30 de noviembre tendrás el contenedor marrón en todos los barrios. '
const REASON = 'Falta la fuente oficial, y la fecha es otra.'

let server: DecidedHere
let browser: Browser
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

type Language = 'en' | 'eu' | 'es'
async function open(person: string, path: string, language: Language = 'en', phone = false): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person,
    language,
    ...(phone ? { viewport: PHONE } : {}),
  })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const plan = async (): Promise<DocumentId> => server.draft(completePlan())
const text = (page: Page, language: string, within = '.post'): Locator =>
  page.locator(`${within} [data-language="${language}"] textarea`).first()
const row = (page: Page, network: string): Locator => page.locator(`.lengths [data-network="${network}"]`)
const title = (page: Page): Locator => page.locator('.head [data-path$="/title"] textarea')
const dialog = (page: Page): Locator => page.getByRole('dialog')

/** A new post, written by whoever the page is of; gives its id. */
async function write(page: Page, called: string, networks: readonly string[], add = 'New post'): Promise<string> {
  await page.getByRole('button', { name: add }).click()
  await page.locator('article.post').waitFor()
  await title(page).fill(called)
  for (const network of networks)
    await page.locator('[data-path$="/profileIds"] label', { hasText: network }).first().click()
  await text(page, 'eu').fill(BASQUE)
  await text(page, 'es').fill(SPANISH)
  return (await page.locator('article.post').getAttribute('data-post'))!
}

it('looks right while it does not fit, in Basque', async () => {
  const id = await plan()
  const { page, complaints, close } = await open(WRITER, `/d/${id}/calendar`, 'eu')
  await write(page, 'Edukiontzi marroia auzo guztietan', ['Mastodon', 'Instagram'], 'Argitalpen berria')
  await text(page, 'eu').fill(`${BASQUE.repeat(4)}\n\n#Haranberri #hondakinbilketa`)
  await text(page, 'es').fill(`${SPANISH.repeat(4)}\n\n#Haranberri`)
  await page.locator('.remedy').waitFor()
  await page.locator('.facts button').click()
  await looksRight(page, 'post-too-long', 'eu')
  expect(complaints).toEqual([])
  await close()
}, 180_000)
