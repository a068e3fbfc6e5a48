/** An administrator replaces lists of reference data: by hand and by import; plans of others go by them, everybody reads them. */
import type { Browser, Page } from 'playwright-core'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const ADMIN = 'informatika-arduraduna'
async function open(list: string, person = ADMIN, language: 'en' | 'es' | 'eu' | 'ca' = 'en'): Promise<Tab> {
  const path = `/apps/auzolan/organisation/reference/${list}`
  const tab = await openTab(browser, server.url, path, { person, language })
  tab.page.setDefaultTimeout(15_000)
  await tab.page.locator('.entries li').first().waitFor()
  return tab
}
const dialog = (page: Page) => page.getByRole('dialog')
/** As a spreadsheet of here saves them. The first one is in a purpose of the sample plan. */
const PHRASES =
  'use;language;phrase\r\nnoPurpose;eu;BERRI ÁRGIA\r\nnoPurpose;es;por si acaso\r\nfreedom;eu;libre esan\r\n'

describe('[RD3] [RD4] an administrator', () => {
  it('replaces the phrases by import; the plan somebody else has open warns at once, and no longer when they go back', async () => {
    const theirs = await openTab(browser, server.url, `/apps/auzolan/d/${await server.plan()}/planning/why`, {
      language: 'en',
    })
    theirs.page.setDefaultTimeout(15_000)
    await theirs.page.locator('[data-path="purposes"]').first().waitFor()
    const warning = theirs.page
      .getByText('“Udal zerbitzuen berri argia ematea” says that one has to be there')
      .first()
    expect(await warning.count()).toBe(0)

    const mine = await open('phrases')
    const { page } = mine
    await page.getByRole('button', { name: 'Import' }).click()
    await dialog(page).locator('#import-text').fill('use;language;phrase\nnever;es;hola')
    await dialog(page).getByText('Entry 1, What it reveals: write one of').waitFor()
    expect(await dialog(page).getByRole('button', { name: 'Replace the list' }).isDisabled()).toBe(true)
    await page.locator('#import-file').setInputFiles({
      name: 'esaldiak.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(PHRASES),
    })
    await dialog(page).getByText('3 entries added').waitFor()
    await dialog(page).locator('#import-source').fill('Komunikazio saila')
    await dialog(page).getByRole('button', { name: 'Replace the list' }).click()
    await page.getByText('Saved as edition 1').waitFor()
    await page.getByText('Source: Komunikazio saila').first().waitFor()
    expect(await page.locator('.entries > li').count()).toBe(3)

    // As when somebody comes back to the tab.
    const look = (): Promise<void> =>
      theirs.page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
    await look()
    await warning.waitFor()

    await page.getByRole('button', { name: 'What is different: Comes with the program' }).click()
    await page.getByText('3 entries removed').waitFor()
    await page.getByRole('button', { name: 'Use this one again' }).click()
    await page.getByText('Saved as edition 2').waitFor()
    await page.getByText('Comes with the program again: edition 2').waitFor()
    await look()
    await warning.waitFor({ state: 'detached' })
    expect(theirs.complaints).toEqual([])
    expect(mine.complaints).toEqual([])
    await Promise.all([mine.close(), theirs.close()])
  }, 120_000)

  it('changes, adds and removes entries, is told which one is wrong, and when somebody else was faster', async () => {
    const [mine, late] = [await open('networks'), await open('networks')]
    const { page } = mine
    await page.getByRole('button', { name: 'Remove: Threads' }).click()
    await page.getByRole('button', { name: 'Mastodon' }).first().click()
    await page.locator('#e0-textMax').fill('1000')
    await page.getByRole('button', { name: 'Add an entry' }).click()
    await page.getByText('1 entry added · 1 entry changed · 1 entry removed').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Entry 12, Short name, for programs: it is missing.').waitFor()
    await page.locator('#e11-id').fill('pixelfed')
    await page.locator('#e11-label').fill('Pixelfed')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved as edition 1').waitFor()
    await page.getByRole('button', { name: 'Mastodon 1,000 graphemes' }).waitFor()

    await late.page.getByRole('button', { name: 'Remove: X', exact: true }).click()
    await late.page.getByRole('button', { name: 'Save' }).click()
    await late.page.getByText('Somebody else has saved this page meanwhile.').waitFor()
    expect(mine.complaints).toEqual([])
    expect(late.complaints.filter((one) => !one.includes('409'))).toEqual([])
    await Promise.all([mine.close(), late.close()])
  }, 120_000)

  it('[RD8] a profile keeps a network that is no longer in the list, and others can be chosen', async () => {
    const admin = await open('networks')
    await admin.page.getByRole('button', { name: 'Remove: YouTube' }).click()
    await admin.page.getByRole('button', { name: 'Save' }).click()
    await admin.page.getByText('Saved as edition').waitFor()
    const tab = await openTab(
      browser,
      server.url,
      `/apps/auzolan/d/${await server.plan()}/profiles/youtube`,
      { language: 'en' },
    )
    const network = tab.page.locator('[data-path="profiles/youtube/network"] select')
    await network.waitFor()
    await tab.page.waitForFunction(
      (select) => [...(select as HTMLSelectElement).options].some((one) => one.text === 'Pixelfed'),
      await network.elementHandle(),
    )
    expect(await network.locator('option:checked').textContent()).toBe('youtube (no longer in the list)')
    await tab.close()
    await admin.close()
  }, 120_000)

  it('gets the list as a file, in both forms', async () => {
    const tab = await open('licences')
    const take = async (name: string): Promise<[string, string]> => {
      const [file] = await Promise.all([
        tab.page.waitForEvent('download'),
        tab.page.getByRole('button', { name }).click(),
      ])
      return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')]
    }
    const [json, jsonText] = await take('Export as JSON')
    expect(json).toBe('auzolan-licences-2026-11-23-0.json')
    expect(JSON.parse(jsonText)).toMatchObject({ list: 'licences', verifiedOn: '2026-11-23' })
    const [csv, csvText] = await take('Export as CSV')
    expect([csv, csvText.split('\r\n').length]).toEqual(['auzolan-licences-2026-11-23-0.csv', 7])
    await tab.close()
  }, 60_000)
})

it('[RD3] everybody else reads', async () => {
  const tab = await open('networks', 'kultura-cm')
  const { page } = tab
  await page.getByText('Administrators of Nextcloud write here').waitFor()
  await page.getByRole('button', { name: 'Bluesky' }).click()
  await page.getByText('3,000', { exact: true }).waitFor()
  for (const name of ['Import', 'Save', 'Add an entry', 'Use this one again'])
    expect(await page.getByRole('button', { name }).count(), name).toBe(0)
  expect(await page.locator('.entries input').count()).toBe(0)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Facebook' }).click()
  await page.getByText('63,206', { exact: true }).waitFor()
  expect(tab.complaints).toEqual([])
  await tab.close()
}, 60_000)

it.each(['eu', 'es'] as const)(
  'looks right in %s',
  async (language) => {
    const tab = await open('networks', ADMIN, language)
    const { page } = tab
    await looksRight(page, 'reference-networks', language)
    await page.locator('.entries .opener').nth(1).click()
    await page.locator('#e1-softMax').fill('250')
    await page.locator('#e1-softMax').blur()
    await looksRight(page, 'reference-networks-open', language)
    await page.locator('.bar button').first().click()
    await page.locator('.buttons button').first().click()
    await page
      .locator('#import-text')
      .fill('id,label,unit,confidence\nx,Equis,weighted,high\nmine,Sarea,bytes,low')
    await looksRight(page, 'reference-import', language)
    await page.locator('#import-text').fill('id,label,unit,confidence\nx,,weighted,high\nmine,Sarea,bytes,lo')
    await looksRight(page, 'reference-import-wrong', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  },
  180_000,
)

it.each(['eu', 'es'] as const)(
  'the editions, and where all lists are, look right in %s',
  async (language) => {
    const tab = await open('licences', ADMIN, language)
    const { page } = tab
    await page.locator('.entries .line > .button-vue').nth(-1).click()
    await page.locator('.bar button[type="submit"]').click()
    await page.locator('.bar').waitFor({ state: 'detached' })
    await page.locator('.edition [aria-expanded]').last().click()
    await page.locator('.edition .inside').waitFor()
    const seen = (selector: string) => () =>
      page.locator(selector).evaluate((element) => element.scrollIntoView({ block: 'nearest' }))
    await looksRight(page, 'reference-editions', language, seen('#editions'))
    await page.locator('.back').click()
    await page.locator('#o-reference').waitFor()
    await looksRight(page, 'organisation-reference', language, seen('#o-reference'))
    expect(tab.complaints).toEqual([])
    await tab.close()
  },
  120_000,
)
