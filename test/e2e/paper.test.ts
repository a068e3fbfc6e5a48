/** On paper and found again: the print view, the leaflets, the file for a website, and words looked for in a document. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { fetchedAhead, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { COORDINATOR, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { wholePlan } from '../support/reviewed.ts'

const ARABIC = 'نسمع ونجيب 👩‍👩‍👧‍👦'
let server: DecidedHere
let browser: Browser
let id: DocumentId
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
  id = await plan()
  await server.decided(id, 'approve')
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function plan(
  change: (template: ReturnType<typeof wholePlan>) => void = () => {},
): Promise<DocumentId> {
  const template = wholePlan()
  change(template)
  return server.draft(template)
}
async function open(person: string, path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
/** The real thing, kept when pictures are. */
async function pdf(page: Page, name: string): Promise<Buffer> {
  const made = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  const folder = process.env['AUZOLAN_SCREENSHOTS']
  if (folder) {
    await mkdir(folder, { recursive: true })
    await writeFile(`${folder}/${name}.pdf`, made)
  }
  return made
}
const pagesOf = (made: Buffer): number => made.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0
const sheet = (page: Page) => page.locator('.paper')

describe('[PV1] [PV4] the print view', () => {
  it('is reached from the menu, changes its language, and prints more than one page and no navigation', async () => {
    const { page, complaints, close } = await open(COORDINATOR, `/d/${id}/training`)
    await page.getByRole('button', { name: 'More to do with this document' }).click()
    await page.getByRole('menuitem', { name: 'Print view' }).click()
    // The document has such a switch too, and may still be there.
    await page
      .locator('.paper-tools')
      .getByRole('group', { name: 'Language of the texts' })
      .getByRole('button', { name: 'Spanish' })
      .click()
    await sheet(page).getByText('Borrador, sin aprobar').first().waitFor()
    expect(await sheet(page).getAttribute('lang')).toBe('es')
    await page.getByLabel('Which text').selectOption({ label: 'Version 1, in force' })
    await sheet(page)
      .getByText(/^Versión 1, en vigor desde el/)
      .waitFor()
    expect(await sheet(page).getByText('Borrador, sin aprobar').count()).toBe(0)
    expect(await sheet(page).getByText('Conoce la institución').count()).toBe(0)
    expect(pagesOf(await pdf(page, 'print-es'))).toBeGreaterThan(3)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.paper-tools, #header').locator('visible=true').count()).toBe(0)
    expect(await sheet(page).isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const { page, close } = await open(COORDINATOR, `/d/${id}/print`, language)
      await sheet(page).getByRole('heading', { level: 2 }).nth(3).waitFor()
      await looksRight(page, 'print', language)
      await close()
    },
    120_000,
  )

  it('of 200 profiles has them all, without a network too', async () => {
    const many = await plan((template) => {
      const { profiles } = template.profiles as unknown as { profiles: { id: string; displayName: string }[] }
      const one = profiles[0]!
      for (let i = profiles.length; i < 200; i++)
        profiles.push({ ...one, id: newUuid(), displayName: `${ARABIC} ${i}` })
    })
    const { page, context, close } = await open(COORDINATOR, `/d/${many}/print?language=eu`)
    await sheet(page).getByText(`${ARABIC} 199`).first().waitFor()
    await page.getByRole('link', { name: 'Back to the document' }).click()
    await page.getByRole('button', { name: 'Find in the document' }).waitFor()
    await fetchedAhead(page)
    await context.setOffline(true)
    await page.getByRole('button', { name: 'More to do with this document' }).click()
    await page.getByRole('menuitem', { name: 'Print view' }).click()
    const cell = sheet(page)
      .getByRole('cell', { name: `${ARABIC} 199` })
      .locator('[dir="auto"]')
    await cell.waitFor()
    expect(await cell.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    expect(await sheet(page).getByRole('row').filter({ hasText: ARABIC }).count()).toBeGreaterThan(150)
    await close()
  }, 120_000)
})

describe('[PV5] [PV6] leaflets', () => {
  it('[PV7] of norms: from its section, in two languages, as a file without anything that runs or is fetched', async () => {
    const { page, complaints, close } = await open(COORDINATOR, `/d/${id}/participation`)
    await page.getByRole('link', { name: 'See it as a leaflet' }).click()
    await sheet(page).getByText('Zirriborroa, onartu gabe').first().waitFor()
    await page.getByLabel('Which text').selectOption({ label: 'Version 1, in force' })
    await sheet(page)
      .getByText(/1\. bertsioa, indarrean/)
      .waitFor()
    expect(await sheet(page).getByText('Zirriborroa, onartu gabe').count()).toBe(0)
    expect(pagesOf(await pdf(page, 'norms-eu'))).toBe(1)
    await page.getByRole('button', { name: 'Spanish' }).click()
    await page.locator('.leaflet').nth(1).waitFor()
    expect(pagesOf(await pdf(page, 'norms-both'))).toBe(2)
    await page.getByRole('button', { name: 'Show two languages side by side' }).click()
    expect(pagesOf(await pdf(page, 'norms-beside'))).toBe(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save for the website' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('norms-eu-es.html')
    const file = await readFile(await download.path(), 'utf8')
    expect(file).toMatch(/^<!doctype html>\n<html lang="eu">/)
    expect(file).toContain('Qué te pedimos')
    expect(file).not.toMatch(/<script|<link|<img|@import|url\(|\son\w+=|data-v-|<!--/)
    const saved = await page.context().newPage()
    await saved.setContent(file)
    expect(await saved.locator('.leaflet').count()).toBe(2)
    await pdf(saved, 'norms-file')
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('[PV8] of guidance: whoever has read it says so, and sees a number', async () => {
    const { page, complaints, close } = await open(
      'kultura-cm',
      `/d/${id}/leaflet/guidance?version=1&language=es`,
    )
    await sheet(page).getByText('Recomendación', { exact: true }).waitFor()
    expect(pagesOf(await pdf(page, 'guidance-es'))).toBeLessThanOrEqual(2)
    await page.getByText('0 people have said that they have read it.').waitFor()
    await page.getByRole('button', { name: 'I have read it' }).click()
    await page.getByText('1 person has said that they have read it.').waitFor()
    await page.getByText('You have read it').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it.each(['norms', 'guidance'])(
    '%s looks right',
    async (kind) => {
      const { page, close } = await open(COORDINATOR, `/d/${id}/leaflet/${kind}?version=1`, 'eu')
      await sheet(page).getByRole('heading', { level: 3 }).nth(2).waitFor()
      await looksRight(page, `leaflet-${kind}`, 'eu')
      await close()
    },
    120_000,
  )
})

describe('[PV9] finding words in a document', () => {
  it('from the keyboard alone: what is found is said, walked through, and leads to its field in its language', async () => {
    const document = await plan((template) => {
      ;(template.identity!.title as { es: string }).es = `Plan ${ARABIC} zubía`
    })
    const { page, context, complaints, close } = await open(COORDINATOR, `/d/${document}/training`)
    await page.getByRole('button', { name: 'Find in the document' }).waitFor()
    await page.locator('.scroll h2').waitFor()
    await fetchedAhead(page)
    await context.setOffline(true)
    await page.keyboard.press('/')
    const words = page.getByLabel('Words to find')
    await words.waitFor()
    await page.waitForTimeout(500)
    await page.keyboard.type('ZUBIA')
    await page.getByRole('status').filter({ hasText: '1 place in 1 field' }).waitFor()
    await words.fill('نسمع')
    const hit = page.locator('.hit')
    await hit.locator('mark').getByText('نسمع').waitFor()
    expect(await hit.locator('.snippet').getAttribute('lang')).toBe('es')
    expect(await hit.locator('mark').textContent()).toBe('نسمع')
    await words.press('ArrowDown')
    expect(await hit.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    const field = page
      .locator('[data-path="identity.title"] input, [data-path="identity.title"] textarea')
      .first()
    await field.waitFor()
    await expect
      .poll(() => field.evaluate((element) => element === element.ownerDocument.activeElement))
      .toBe(true)
    expect(await field.inputValue()).toContain(ARABIC)
    expect(await field.getAttribute('dir')).toBe('auto')
    // Where somebody writes, it is a letter like others.
    await page.keyboard.press('End')
    await page.keyboard.type('/')
    expect(await field.inputValue()).toMatch(/zubía\/$/)
    expect(complaints.filter((one) => !one.includes('INTERNET_DISCONNECTED'))).toEqual([])
    await close()
  }, 120_000)

  it('looks right', async () => {
    const { page, close } = await open(COORDINATOR, `/d/${id}/identity`, 'eu')
    await page.getByRole('button', { name: 'Bilatu dokumentuan' }).click()
    await page.getByLabel('Bilatzeko hitzak').fill('sare')
    await page.locator('.hit').first().waitFor()
    await looksRight(page, 'find', 'eu')
    await close()
  }, 120_000)
})
