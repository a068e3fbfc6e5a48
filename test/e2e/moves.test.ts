/** After the decision, on the screen: published, archived, opened again, and the work that goes on by itself. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { COORDINATOR, DIRECTOR, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { editor, onServer, typeAtEnd } from '../support/plan-page.ts'
import { wholePlan } from '../support/reviewed.ts'

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

const plan = (): Promise<DocumentId> => server.draft(wholePlan())
async function open(person: string, path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const choose = async (page: Page, entry: string): Promise<void> => {
  await page.getByRole('button', { name: 'More to do with this document' }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

describe('after a decision', () => {
  it('the version in force is published on a phone, once everybody may see it', async () => {
    const id = await plan()
    await server.decided(id, 'approve')
    const { page, complaints, close } = await open(COORDINATOR, `/d/${id}/planning/whom`)
    await page.setViewportSize(PHONE)
    await page.getByText('Version 1 in force').waitFor()
    await choose(page, 'Publish version 1…')
    const dialog = page.getByRole('dialog', { name: 'Publish version 1' })
    await dialog.getByText('Everybody, without an account').waitFor()
    await dialog.getByText('Until now: Only its team.').waitFor()
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByText('Say first that everybody may see it.').waitFor()
    const tall = await dialog
      .locator('.dialog__actions button')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height))
    expect(Math.min(...tall)).toBeGreaterThanOrEqual(44)
    await dialog.getByText('Everybody may see it', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('Version 1 public').waitFor()
    await server.decided(id, 'approve')
    await page.reload()
    await page.getByText('Version 2 in force, 1 public').waitFor()
    // Nobody hides it now, and the dialog says what to do instead.
    await choose(page, 'Who may see it')
    const who = page.getByRole('dialog', { name: 'Who may see it' })
    await who.getByText('What is published is not taken back in silence').waitFor()
    expect(await who.locator('input[type=radio]:disabled').count()).toBe(2)
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('a plan is archived with a reason, stands apart at home, and is opened again by a director', async () => {
    const id = await plan()
    const writer = await open('kultura-cm', `/d/${id}/planning/whom`)
    await editor(writer.page).waitFor()
    const { page, complaints, close } = await open(DIRECTOR, `/d/${id}/planning/whom`)
    await choose(page, 'Archive…')
    const dialog = page.getByRole('dialog', { name: 'Archive' })
    await dialog.getByRole('button', { name: 'Archive' }).click()
    await dialog.getByRole('alert').waitFor()
    await dialog.locator('#archive-reason').fill('Beste plan batek ordezten du.')
    await dialog.getByRole('button', { name: 'Archive' }).click()
    await page.getByText('Archived', { exact: true }).waitFor()
    await page.getByText('Beste plan batek ordezten du.').waitFor()
    await page.getByText('Alkatetza archived this document on').waitFor()
    // At once for whoever has it open.
    await writer.page.getByText('Nobody writes in it any more.').waitFor()
    const home = await open(DIRECTOR, '/')
    await home.page.getByText('1 archived document').click()
    await home.page.locator('details.archived a').click()
    await home.page.getByText('Archived', { exact: true }).waitFor()
    await home.close()
    await choose(page, 'Open again…')
    const sure = page.getByRole('dialog', { name: 'Open again' })
    await sure.getByText('It is a draft again').waitFor()
    await sure.getByRole('button', { name: 'Open again' }).click()
    await page.getByText('Draft', { exact: true }).waitFor()
    await editor(writer.page).waitFor()
    expect([...complaints, ...writer.complaints]).toEqual([])
    await Promise.all([close(), writer.close()])
  }, 120_000)

  it('the first edit after requested changes takes the work up again', async () => {
    const id = await plan()
    await server.decided(id, 'request_changes')
    const { page, complaints, close } = await open('kultura-cm', `/d/${id}/planning/whom`)
    await page.getByText('Changes requested', { exact: true }).waitFor()
    await editor(page).waitFor()
    await typeAtEnd(page, ' eta gazteak')
    await onServer(page)
    await page.getByText('Draft', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('what was done is saved as a table', async () => {
    const id = await plan()
    const { page, close } = await open(COORDINATOR, `/d/${id}/planning/whom`)
    const coming = page.waitForEvent('download')
    await choose(page, 'Save what was done to it')
    const download = await coming
    expect(download.suggestedFilename()).toBe(`auzolan-audit-${id}.csv`)
    const chunks: Buffer[] = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    expect(text.startsWith('\uFEFFn,at,actor,action')).toBe(true)
    expect(text).toContain('document.create')
    await close()
  }, 60_000)
})

describe('looks right', () => {
  it.each(['eu', 'es'] as const)(
    'what was asked for, where one works, in %s',
    async (language) => {
      const id = await plan()
      await server.decided(id, 'request_changes')
      const { page, complaints, close } = await open(COORDINATOR, `/d/${id}/planning/whom`, language)
      await page.locator('.notecard--warning .where a').waitFor()
      await looksRight(page, 'changes-asked', language)
      expect(complaints).toEqual([])
      await close()
    },
    120_000,
  )
  it.each(['eu', 'es'] as const)(
    'publishing, who sees it, archiving, archived, in %s',
    async (language) => {
      const id = await plan()
      await server.decided(id, 'approve')
      const { page, complaints, close } = await open(COORDINATOR, `/d/${id}/planning/whom`, language)
      await editor(page).waitFor()
      const entry = async (n: number): Promise<void> => {
        await page.locator('.head .second .action-item button').click()
        await page.getByRole('menuitem').nth(n).click()
        await page.getByRole('dialog').waitFor()
      }
      const shut = async (): Promise<void> => {
        await page.locator('.modal-container__close').last().click()
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await entry(0)
      await page.getByRole('dialog').locator('.who').waitFor()
      await looksRight(page, 'publish', language)
      await shut()
      await entry(1)
      await looksRight(page, 'visibility', language)
      await shut()
      await entry(-1)
      await looksRight(page, 'archive', language)
      await page
        .getByRole('dialog')
        .locator('textarea')
        .fill('Beste plan batek ordezten du hemendik aurrera.')
      await page.getByRole('dialog').locator('.dialog__actions button').last().click()
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.locator('.notecard .why').waitFor()
      await looksRight(page, 'archived', language)
      await page.goto(`${server.url}/apps/auzolan/`)
      await page.locator('details.archived summary').click()
      await looksRight(page, 'home-archived', language)
      expect(complaints).toEqual([])
      await close()
    },
    180_000,
  )
})
