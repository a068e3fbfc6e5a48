/** A person makes a team, fills it, moves documents into it and throws one away; two people, two languages. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
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

async function open(person: string, path = '/', language: 'es' | 'eu' | 'en' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(15_000)
  return tab
}
/** Chooses from an Actions menu. */
async function act(page: Page, item: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${item}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}
async function addMember(page: Page, search: string, name: string, ...roles: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Add a member' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('#member-who').pressSequentially(search)
  await page.locator('.vs__dropdown-option', { hasText: name }).first().click()
  for (const role of roles)
    await dialog.getByRole('checkbox', { name: new RegExp(`^${role}`) }).check({ force: true })
  await dialog.getByRole('button', { name: 'Add to the team' }).click()
  await page.locator('.members b', { hasText: name }).waitFor()
}
const title = (page: Page): Promise<string> => page.locator('h1').innerText()

describe('[T2] a coordinator', () => {
  it('makes a team, adds a person, a group and a Team of Nextcloud, and everybody has its plan', async () => {
    const tab = await open('komunikazio-arduraduna')
    const { page } = tab
    await page
      .getByRole('link', { name: 'New team' })
      .or(page.getByRole('button', { name: 'New team' }))
      .first()
      .click()
    await page.getByRole('button', { name: 'Create the team' }).click()
    await page.getByText('Write a name in Basque first.').waitFor()
    await page.locator('#team-name-eu').fill('Jaien lantaldea')
    await page.locator('#team-name-es').fill('Equipo de fiestas')
    await page.getByText('Komunikazioa', { exact: true }).click()
    await page.getByRole('button', { name: 'Create the team' }).click()
    await until(async () => (await title(page)) === 'Jaien lantaldea', 'the page of the team')
    await page.getByText('Only one department works here.').waitFor()

    await addMember(page, 'ingurumen', 'Ingurumeneko teknikaria')
    await addMember(page, 'Kultura', 'Kultura', 'Language review')
    await addMember(page, 'Ahots', 'Ahots argia')
    await act(page, 'Ingurumeneko teknikaria', 'Roles and expertise')
    await page.locator('#member-department').selectOption('ingurumena')
    await page.locator('#member-expertise').fill('Bideoa, hizkuntza argia')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.locator('.facts dd', { hasText: 'Bideoa · hizkuntza argia' }).waitFor()
    expect(await page.getByText('Only one department works here.').count()).toBe(0)

    // Nobody removes the last coordinator by mistake.
    await act(page, 'Komunikazio-arduraduna', 'Remove from the team')
    await page.getByText('Somebody must coordinate the team').waitFor()

    await page.getByRole('link', { name: 'Home' }).click()
    await page.getByRole('button', { name: 'New plan' }).click()
    await page.locator('#title-eu').fill('Jaien plana')
    await page.locator('#team').selectOption({ label: 'Jaien lantaldea' })
    await page.getByRole('button', { name: 'Create the plan' }).click()
    await page.locator('.ProseMirror').first().waitFor()
    const plan = new URL(page.url()).pathname

    const colleague = await open('ingurumen-teknikaria', '/', 'es')
    await colleague.page.locator('.home .list b', { hasText: 'Jaien plana' }).waitFor()
    await colleague.page.goto(server.url + plan)
    await colleague.page.locator('.ProseMirror').first().waitFor()

    // [T4] Out of the team is out of the open document.
    await page.getByRole('link', { name: 'All documents' }).click()
    await page.locator('.app-navigation a', { hasText: 'Jaien lantaldea' }).click()
    await page.locator('.members').waitFor()
    await act(page, 'Ingurumeneko teknikaria', 'Remove from the team')
    await colleague.page.getByText('Ya no tiene acceso a este documento.').first().waitFor()
    expect(tab.complaints).toEqual([])
    await Promise.all([tab.close(), colleague.close()])
  }, 180_000)

  it('[T8] [T9] [T10] duplicates a plan, moves it, throws it away and takes it back', async () => {
    const tab = await open('komunikazio-arduraduna')
    const { page } = tab
    const list = page.locator('.home .list li')
    const original = 'Haranberriko sare sozialen plana 2027'
    await list.filter({ hasText: original }).waitFor()
    await act(page, original, 'Duplicate')
    await page.locator('#copy-title-eu').fill('Kopia')
    await page.getByRole('dialog').getByRole('button', { name: 'Duplicate', exact: true }).click()
    await page.locator('.ProseMirror').first().waitFor()
    expect(await page.locator('[data-path="identity.title"] input').inputValue()).toBe('Kopia')
    await page.getByRole('link', { name: 'All documents' }).click()

    await act(page, 'Kopia', 'Move to another team')
    await page.locator('#move-to').selectOption({ label: 'Jaien lantaldea' })
    await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByText('“Kopia” is now with Jaien lantaldea.').waitFor()
    await list.filter({ hasText: 'Kopia' }).filter({ hasText: 'Jaien lantaldea' }).waitFor()

    await act(page, 'Kopia', 'Put into the trash')
    await page.getByText('“Kopia” is in the trash.').waitFor()
    expect(await list.filter({ hasText: 'Kopia' }).count()).toBe(0)
    await page.getByText('1 document in the trash').click()
    await page.getByRole('button', { name: 'Take back: Kopia' }).click()
    await list.filter({ hasText: 'Kopia' }).waitFor()
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 120_000)
})

describe.each(['eu', 'es'] as const)('in %s', (language) => {
  const mine = async (page: Page): Promise<void> => {
    const name = language === 'eu' ? 'Sare sozialen lantaldea' : 'Equipo de redes sociales'
    await page.locator('.app-navigation a', { hasText: name }).first().click()
    await page.locator('.members').waitFor()
  }
  it('the page of a team looks right', async () => {
    const tab = await open('komunikazio-arduraduna', '/', language)
    await mine(tab.page)
    await looksRight(tab.page, 'team', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 180_000)

  it('adding a member looks right', async () => {
    const tab = await open('komunikazio-arduraduna', '/', language)
    await mine(tab.page)
    await tab.page.locator('section .button-vue--primary, section .button-vue').first().click()
    await tab.page.locator('#member-who').waitFor()
    await looksRight(tab.page, 'team-member', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 180_000)

  it('home with actions, and what each dialog asks, look right', async () => {
    const tab = await open('komunikazio-arduraduna', '/', language)
    const menu = tab.page.locator('.home .list li').locator('button').first()
    await menu.waitFor()
    await looksRight(tab.page, 'home-actions', language)
    for (const [i, name] of [
      [0, 'duplicate'],
      [1, 'move'],
    ] as const) {
      await menu.click()
      await tab.page.locator('[role=menu] button').nth(i).click()
      await tab.page.getByRole('dialog').locator('form').waitFor()
      await looksRight(tab.page, `home-${name}`, language)
      await tab.page.locator('.modal-container__close').click()
      await tab.page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 180_000)
})
