/** One's own sheet in a browser: on a phone and at a desk, with what the evaluation says beside it. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { CRITERIA } from '@auzolan/shared/scoring/criteria.ts'
import { needsReason } from '@auzolan/shared/scoring/rounds.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { EVALUATORS, openRoundHere, saioaMeet, toolTeam } from '../support/evaluation-here.ts'
import { looksRight } from '../support/looks.ts'
import { SAIOA_SHEETS } from '../support/scored.ts'

let server: DemoHere
let browser: Browser
let team: TeamId
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
  team = await toolTeam(server)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function fresh(): Promise<DocumentId> {
  const id = await saioaMeet(server, team)
  await openRoundHere(server, id)
  return id
}
type Options = { language?: 'en' | 'eu' | 'es'; phone?: boolean }
async function open(
  id: DocumentId,
  person: string,
  { language = 'en', phone = false }: Options = {},
): Promise<Tab> {
  const context = await browser.newContext({
    viewport: phone ? PHONE : { width: 1440, height: 900 },
    locale: language === 'en' ? 'en-GB' : `${language}-ES`,
    hasTouch: phone,
  })
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${id}/scoring`, {
    person,
    language,
    context,
  })
  tab.page.setDefaultTimeout(20_000)
  return { ...tab, close: () => context.close() }
}

describe('[EV17] one’s own sheet', () => {
  it('on a phone is one criterion a screen, stays where one left off, and is looked over before it is handed in', async () => {
    const id = await fresh()
    const { page, complaints, close } = await open(id, EVALUATORS[0], { phone: true })
    const bar = page.getByRole('group', { name: 'Steps of the sheet' })
    const next = bar.getByRole('button', { name: /^(Next|See all)$/ })
    await page.getByText('Need · criterion 1 of 17 · weighs 9 of 100').waitFor()
    expect(await bar.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true)
    for (const [i, criterion] of CRITERIA.entries()) {
      await page.getByText(`criterion ${i + 1} of 17`).waitFor()
      // Everything of the one, nothing of the others.
      expect(await page.locator('[data-criterion]').count()).toBe(1)
      const field = page.locator(`[data-criterion="${criterion.id}"]`)
      const score = SAIOA_SHEETS[0]![i]!
      for (const row of await field.locator('.mark').all()) {
        // Up to three lines of words in the narrowest window.
        const { height } = (await row.boundingBox())!
        expect(height).toBeGreaterThanOrEqual(44)
        expect(height).toBeLessThanOrEqual(72)
      }
      await field.locator(`input[value="${score}"]`).check({ force: true })
      // Choosing goes nowhere.
      expect(await page.getByText(`criterion ${i + 1} of 17`).isVisible()).toBe(true)
      if (needsReason(score) && i > 0) await field.locator('textarea').fill(`Probatu dugu: ${criterion.id}`)
      if (i === 6) {
        await page.getByText('6 of 17 scored · kept, sealed').waitFor()
        await page.reload()
        await page.getByText('criterion 7 of 17').waitFor()
        expect(await page.locator('[data-criterion="D1"] input[value="3"]').isChecked()).toBe(true)
      }
      await next.click()
    }
    // What is missing says so, and leads there.
    await page.getByRole('heading', { name: 'All my scores' }).waitFor()
    const give = bar.getByRole('button', { name: 'Hand in my sheet' })
    expect(await give.isDisabled()).toBe(true)
    await page.getByRole('button', { name: /Covers an existing need.*5, and why is missing/ }).click()
    await page.getByText('criterion 1 of 17').waitFor()
    const na = bar.getByRole('button', { name: 'Not applicable' })
    await na.click()
    await page.getByLabel('Why it does not apply').waitFor()
    expect(await na.getAttribute('aria-pressed')).toBe('true')
    await page.locator('[data-criterion="N1"] input[value="5"]').check({ force: true })
    await page.getByLabel('Why (for 0, 1 and 5 it is asked for)').fill('Probatu dugu: N1')
    await page.getByRole('button', { name: '17 of 17 scored: see what is missing' }).click()
    await page.getByText('17 of 17 scored · kept, sealed').waitFor()
    await give.click()
    await page.getByText('Handed in. You can take it back').waitFor()
    await bar.getByRole('button', { name: 'Take my sheet back' }).click()
    await give.waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('has what the evaluation says beside it; each fact leads to its field, and back one is where one was', async () => {
    const id = await fresh()
    const { page, complaints, close } = await open(id, EVALUATORS[1])
    await page.getByRole('navigation', { name: 'Blocks' }).getByRole('button', { name: 'Data' }).click()
    const facts = page.getByRole('complementary', { name: 'What the evaluation says' })
    await facts.getByText('The data are kept in').waitFor()
    await facts.getByRole('button', { name: 'What they promise about where data stay' }).click()
    await page.locator('[data-path="dataLocation.residency"]').waitFor()
    await page.goBack()
    await page.locator('[data-criterion="D1"]').waitFor()
    // Digits choose.
    await page.locator('[data-criterion="D1"] input[value="0"]').focus()
    await page.keyboard.press('3')
    expect(await page.locator('[data-criterion="D1"] input[value="3"]').isChecked()).toBe(true)
    expect(complaints).toEqual([])
    await close()
  }, 60_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const id = await fresh()
      const { page, close } = await open(id, EVALUATORS[2], { language })
      await page.locator('.blocks button').nth(2).click()
      await page.locator('[data-criterion="D1"] input[value="3"]').check({ force: true })
      await looksRight(page, 'sheet-data', language)
      await page.setViewportSize(PHONE)
      await page.locator('.ticks').click()
      await looksRight(page, 'sheet-overview', language)
      await close()
    },
    120_000,
  )
})
