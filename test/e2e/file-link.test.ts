/** A contract linked from Nextcloud Files: what it is called and who of the team can open it; and where there are no Files. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'
import { teamOf } from '../support/teams.ts'

const EVALUATOR = 'gazteria-teknikaria'
let server: DemoHere
let browser: Browser
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function evaluation(): Promise<DocumentId> {
  const { container } = server
  const teamId = await teamOf(
    container.resolve(TEAMS),
    'Tresnen lantaldea',
    ['person', EVALUATOR, 'coordinator'],
    ['person', 'kultura-cm', 'editor'],
  )
  return container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template: SAIOA_MEET,
    by: EVALUATOR as PersonId,
  })
}
/** @param answer what Nextcloud says of who can open a file; without, there is none around the page */
async function open(
  language: 'en' | 'eu' | 'es',
  answer?: (people: string[]) => object | null,
): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  if (answer) {
    // What the page takes for a Nextcloud around it.
    await context.addInitScript(() => Object.assign(globalThis, { OC: {}, OCA: {} }))
    await context.route('**/apps/auzolan/api/v1/files/*/readers', async (route) => {
      const { people } = route.request().postDataJSON() as { people: string[] }
      const data = answer(people)
      await route.fulfill({ status: data ? 200 : 404, json: { ocs: { meta: {}, data: data ?? {} } } })
    })
  }
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${await evaluation()}/cost`, {
    person: EVALUATOR,
    language,
    context,
  })
  tab.page.setDefaultTimeout(20_000)
  return { ...tab, close: () => context.close() }
}
const field = (page: Page) => page.locator('[data-path="cost.contractFile"]')
const link = (page: Page, id: number) =>
  field(page).getByRole('textbox').fill(`${server.url}/index.php/f/${id}`)

it('[EV21] says who of the team cannot open it, and leads to where it is shared; asks again when one is back', async () => {
  const asked: string[][] = []
  let shared = false
  const { page, close } = await open('en', (people) => {
    asked.push(people)
    const can = people.filter((one) => shared || one === EVALUATOR)
    return {
      name: 'Kontratua 2026.pdf',
      others: true,
      can,
      cannot: people.filter((one) => !can.includes(one)),
    }
  })
  await link(page, 12)
  await field(page)
    .getByText(/ cannot open it\./)
    .waitFor()
  expect(asked.at(-1)!.sort()).toEqual([EVALUATOR, 'kultura-cm'])
  const file = field(page).getByRole('link', { name: 'Kontratua 2026.pdf' })
  expect(await file.getAttribute('href')).toMatch(/\/f\/12$/)
  const sharing = field(page).getByRole('link', { name: 'Share it in Files' })
  expect(await sharing.getAttribute('href')).toMatch(/\/f\/12\?openfile=false&opendetails=true$/)
  shared = true
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await field(page).getByText('Everybody of the team can open it.').waitFor()
  // An address of elsewhere is an address: nobody is asked about it.
  const before = asked.length
  await field(page).getByRole('textbox').fill('https://example.org/f/12')
  await expect.poll(() => field(page).getByRole('link').count()).toBe(0)
  await onServer(page)
  expect(asked.length).toBe(before)
  await close()
}, 90_000)

it('[EV21] says nothing of a file that one cannot open oneself', async () => {
  const { page, close } = await open('en', () => null)
  await link(page, 13)
  await field(page).getByText('You cannot open this file, or it is not there.').waitFor()
  expect(await field(page).getByRole('link').count()).toBe(0)
  await close()
}, 60_000)

it('[EV21] says of nobody else when one only reads it, and whom to ask', async () => {
  const { page, close } = await open('en', (people) => ({
    name: 'Kontratua 2026.pdf',
    others: false,
    can: people.filter((one) => one === EVALUATOR),
    cannot: [],
  }))
  await link(page, 15)
  await field(page)
    .getByText('Only whoever owns the file, or may share it, can see who else opens it.')
    .waitFor()
  expect(await field(page).getByRole('link', { name: 'Kontratua 2026.pdf' }).count()).toBe(1)
  expect(
    await field(page)
      .getByText(/cannot|can open it/)
      .count(),
  ).toBe(0)
  await close()
}, 60_000)

it('[EV21] where there are no Files the address is pasted, and nothing is asked', async () => {
  const { page, complaints, close } = await open('en')
  await field(page).getByText('Here there are no Nextcloud Files to choose from').waitFor()
  expect(await field(page).getByRole('button', { name: 'Choose in Nextcloud Files' }).count()).toBe(0)
  await link(page, 14)
  await onServer(page)
  expect(complaints).toEqual([])
  await close()
}, 60_000)

it.each(['eu', 'es'] as const)(
  '[EV21] looks right in %s',
  async (language) => {
    const { page, close } = await open(language, (people) => ({
      name: 'Kontratua 2026.pdf',
      others: true,
      can: people.filter((one) => one === EVALUATOR),
      cannot: people.filter((one) => one !== EVALUATOR),
    }))
    await link(page, 12)
    await field(page).getByRole('link').first().waitFor()
    await looksRight(page, 'contract-file', language, () =>
      field(page).evaluate((element) => element.scrollIntoView({ block: 'center' })),
    )
    await close()
  },
  120_000,
)
