/** The ten-minute test done by somebody in a browser, the cable really out; and what the cloud is, where it is asked about. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
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

const UNTRIED = { ...SAIOA_MEET, access: { ...SAIOA_MEET['access'], linkTests: [], testedOn: null } }
async function evaluation(template: typeof SAIOA_MEET = UNTRIED): Promise<DocumentId> {
  const { container } = server
  const teamId = await teamOf(container.resolve(TEAMS), 'Tresnen lantaldea', [
    'person',
    EVALUATOR,
    'coordinator',
  ])
  return container
    .resolve(DOCUMENTS)
    .create({ type: 'evaluation', teamId, languages: ['eu', 'es'], template, by: EVALUATOR as PersonId })
}
async function open(path: string, language: 'en' | 'eu' | 'es' = 'en', phone = false): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person: EVALUATOR,
    language,
    ...(phone ? { viewport: PHONE } : {}),
  })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const guide = (page: Page) => page.locator('.guide')
const press = (page: Page, name: string | RegExp) => guide(page).getByRole('button', { name }).click()
/** Both clocks of the page go on, without anybody waiting; what a busy machine takes for a click is added to what was passed. */
const pass = (page: Page, seconds: number): Promise<void> => page.clock.fastForward(seconds * 1000)

describe('[EV12] the ten-minute test', () => {
  it('is done step by step, goes on without network and over a reload, and fills the rows', async () => {
    const id = await evaluation()
    const { page, context, complaints, close } = await open(`/d/${id}/access`)
    await page.clock.install()
    await page.reload()
    await press(page, 'Begin the test')
    // Named by a tap each, and in one's own words.
    await press(page, 'Sign in and see the first page')
    await press(page, 'Share the screen')
    await guide(page).getByLabel('Another task, in your words').fill('Bozkatu')
    await page.keyboard.press('Enter')
    await press(page, /^Next/)

    // Chosen, they are in the language of the text.
    const row = (name: string) => guide(page).getByRole('listitem').filter({ hasText: name })
    for (const [name, seconds] of [
      ['Saioa hasi', 4],
      ['Pantaila', 3],
    ] as const) {
      await row(name)
        .getByRole('button', { name: /^Start/ })
        .click()
      // The same key that began ends it: the focus is there.
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Done')
      await pass(page, seconds)
      await page.keyboard.press('Enter')
      await row(name)
        .getByText(/^\s*\d.* s/)
        .waitFor()
    }
    expect(await row('Saioa hasi').locator('.result').innerText()).toMatch(/^[4-9](\.\d)? s$/)
    // The third one is under way when the page is loaded anew.
    await row('Bozkatu')
      .getByRole('button', { name: /^Start/ })
      .click()
    await page.reload()
    await guide(page).getByRole('timer').waitFor()
    await pass(page, 30)
    await press(page, 'Done')
    expect(await row('Bozkatu').locator('.result').innerText()).toMatch(/^3\d s$/)
    // Once more, since that was not it.
    await row('Bozkatu')
      .getByRole('button', { name: /^Measure again/ })
      .click()
    await row('Bozkatu')
      .getByRole('button', { name: /^Start/ })
      .click()
    await pass(page, 6)
    await press(page, 'Done')
    await press(page, /^Next/)

    await row('Saioa hasi')
      .getByRole('button', { name: /^Start/ })
      .click()
    await pass(page, 19)
    await press(page, 'Done')
    await row('Saioa hasi').getByText('Works', { exact: true }).click()
    await row('Pantaila')
      .getByRole('button', { name: /^Start/ })
      .click()
    await pass(page, 121)
    await guide(page).getByText('would have given up').waitFor()
    await press(page, 'It does not work')
    // Left running when one goes on: it does not work, and did not take a moment.
    await row('Bozkatu')
      .getByRole('button', { name: /^Start/ })
      .click()
    await press(page, /^Next/)

    // Put aside, and taken up where it was.
    await press(page, 'Leave it for later')
    await guide(page).getByText('step 4 of 5').waitFor()
    await press(page, 'Go on with the test')
    await onServer(page)
    await context.setOffline(true)
    await press(page, 'Start two minutes')
    await pass(page, 60)
    await expect.poll(() => guide(page).getByRole('timer').innerText()).toMatch(/^(1:00|0:5\d)$/)
    await pass(page, 61)
    await guide(page).getByText('What was lost?').waitFor()
    await guide(page).getByText('Something was lost').click()
    await press(page, /^Next/)
    await guide(page).getByText('1 of 3 tasks works over the slow line.').waitFor()
    await guide(page).getByText('Over the slow line: does not work.').first().waitFor()
    await row('Pantaila')
      .getByRole('button', { name: /^Correct it/ })
      .click()
    await row('Pantaila').getByText('It could not be used').click()
    await row('Pantaila').getByLabel('What was seen').fill('The picture froze')
    await press(page, 'Write it down')
    await guide(page).getByText('Written down').waitFor()
    await context.setOffline(false)
    await onServer(page)

    // A page that comes afterwards has it from the server.
    await page.reload()
    const rows = page.locator('[data-path="linkTests"] [data-record]')
    await expect.poll(() => rows.count()).toBe(3)
    const values: string[][] = []
    for (let i = 0; i < 3; i++) {
      await rows.nth(i).locator('.fold').click()
      const fields = rows.nth(i).locator('.body :is(.scalar input, select)')
      values.push(await fields.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)))
    }
    const names = await rows.locator('.name').allInnerTexts()
    expect(names).toEqual(['Saioa hasi eta lehen orria ikusi', 'Pantaila partekatu', 'Bozkatu'])
    // Line, over the usual one, over the slow one, how it went, what was lost.
    expect(values[0]).toEqual([
      'slow_3g',
      expect.stringMatching(/^[4-9]/),
      expect.stringMatching(/^(19|2\d)/),
      'works',
      'some_lost',
    ])
    expect(values[1]).toEqual(['slow_3g', expect.stringMatching(/^[3-9]/), '', 'fails', 'impossible'])
    expect(values[2]).toEqual(['slow_3g', expect.stringMatching(/^([6-9]|1\d)/), '', 'fails', 'some_lost'])
    await page.locator('[data-path="access.testedBy"]').getByText('Gazteria').first().waitFor()
    // What the browser itself says of a cable that is out is no fault of the page.
    expect(complaints.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    await close()
  }, 180_000)

  it('is thrown away without a trace, after being asked once', async () => {
    const { page, close } = await open(`/d/${await evaluation()}/access`, 'en', true)
    await press(page, 'Begin the test')
    await press(page, 'Share the screen')
    await press(page, 'Throw it away')
    await press(page, 'Go on with the test')
    await press(page, 'Throw it away')
    await press(page, 'Throw it away')
    await guide(page).getByRole('button', { name: 'Begin the test' }).waitFor()
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('link-test'))),
    ).toEqual([])
    await page.locator('[data-path="linkTests"]').getByText('Nothing here yet.').waitFor()
    await close()
  }, 60_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s, step by step',
    async (language) => {
      const { page, complaints, close } = await open(`/d/${await evaluation()}/access`, language)
      const settle = (): Promise<void> => guide(page).evaluate((element) => element.scrollIntoView())
      const look = (name: string): Promise<void> => looksRight(page, `link-test-${name}`, language, settle)
      await guide(page).waitFor()
      await look('0-idle')
      await guide(page).locator('.begin').click()
      for (let i = 0; i < 3; i++) await guide(page).locator('.pill').first().click()
      await expect.poll(() => guide(page).locator('.chosen > li').count()).toBe(3)
      await look('1-tasks')
      await guide(page).locator('.next').click()
      await guide(page).locator('.start').first().click()
      await look('2-normal-runs')
      await guide(page).locator('.done').click()
      await guide(page).locator('.next').click()
      await guide(page).locator('.start').first().click()
      await guide(page).locator('.done').click()
      await guide(page).locator('summary').first().click()
      await look('3-slow')
      await guide(page).locator('.next').click()
      await look('4-cable')
      await guide(page).locator('.hands .begin').click()
      await look('4-cable-out')
      await guide(page).locator('.impossible').click()
      await look('4-cable-over')
      await guide(page).locator('.next').click()
      await guide(page).locator('.came button').first().click()
      await look('5-summary')
      expect(complaints).toEqual([])
      await close()
    },
    300_000,
  )
})

describe('[EV13] what the cloud is', () => {
  it('stands open before the three questions until they are answered, and leads to where it matters', async () => {
    const tool = {
      ...SAIOA_MEET['tool'],
      scalesWithNeed: null,
      avoidsInvestment: null,
      dataUnderOurControl: null,
    }
    const { page, close } = await open(`/d/${await evaluation({ ...SAIOA_MEET, tool })}/tool`)
    await page.getByText('One rents as much computing').waitFor()
    await page.locator('.basics').getByRole('button', { name: 'Where is the data?' }).click()
    await page.locator('.said').waitFor()
    await close()
    const answered = await open(`/d/${await evaluation(SAIOA_MEET)}/tool`)
    await answered.page.getByText('What the cloud is, and why').waitFor()
    expect(await answered.page.getByText('One rents as much computing').isVisible()).toBe(false)
    await answered.close()
  }, 60_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const id = await evaluation({
        ...SAIOA_MEET,
        tool: {
          ...SAIOA_MEET['tool'],
          scalesWithNeed: null,
          avoidsInvestment: null,
          dataUnderOurControl: null,
        },
      })
      const { page, close } = await open(`/d/${id}/tool`, language)
      await page.locator('.basics').waitFor()
      await looksRight(page, 'cloud-basics', language, () =>
        page.locator('.basics').evaluate((element) => element.scrollIntoView()),
      )
      await page.goto(`${server.url}/apps/auzolan/d/${id}/ease`)
      await page.locator('[data-path="ease.pilotSus"]').waitFor()
      await looksRight(page, 'pilot', language, () =>
        page.locator('[data-path="ease.pilotPeople"]').evaluate((element) => element.scrollIntoView()),
      )
      await close()
    },
    180_000,
  )
})
