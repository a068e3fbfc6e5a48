/** One's own sheet in a browser: on a phone and at a desk, with what the evaluation says beside it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { CRITERIA } from '@auzolan/shared/scoring/criteria.ts'
import { needsReason } from '@auzolan/shared/scoring/rounds.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import {
  EVALUATORS,
  NAMES,
  nameHere,
  showHere,
  handInHere,
  openRoundHere,
  revealHere,
  saioaMeet,
  sheetsHere,
  toolTeam,
} from '../support/evaluation-here.ts'
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

  /** What the server has of somebody's own sheet. */
  const ownOf = async (id: DocumentId, person: string) => {
    const found = await sheetsHere(server, id, person)
    return found.rounds!.at(-1)!.own!
  }
  const mark = (page: Page, criterion: string, score: number) =>
    page.locator(`[data-criterion="${criterion}"] input[value="${score}"]`)
  const SHEET = /scoring\/1\/sheet$/
  const ALL = /\/scoring(\/|$)/

  it('[EV18] without network is kept on this device alone, survives a reload, and arrives when there is one again', async () => {
    const id = await fresh()
    const { page, context, close } = await open(id, EVALUATORS[0])
    await mark(page, 'N1', 3).check({ force: true })
    await page.getByText('1 of 17 scored · kept, sealed').waitFor()
    await context.route(ALL, (route) => route.abort())
    await mark(page, 'N1', 4).check({ force: true })
    await mark(page, 'N2', 4).check({ force: true })
    await page.getByText('2 of 17 scored · kept on this device').waitFor()
    await page.reload()
    await page.getByText('2 of 17 scored · kept on this device').waitFor()
    expect(await mark(page, 'N1', 4).isChecked()).toBe(true)
    await mark(page, 'N3', 4).check({ force: true })
    await page.getByText('3 of 17 scored · kept on this device').waitFor()
    expect((await ownOf(id, EVALUATORS[0])).scores).toEqual({ N1: 3 })
    // Somebody else on the same device sees nothing of it, and sends nothing of it.
    const other = await openTab(browser, server.url, `/apps/auzolan/d/${id}/scoring`, {
      person: EVALUATORS[1],
      language: 'en',
      context,
    })
    await page.close()
    await context.unroute(ALL)
    await other.page.reload()
    await other.page.getByText('0 of 17 scored').waitFor()
    expect((await ownOf(id, EVALUATORS[0])).scores).toEqual({ N1: 3 })
    const again = await openTab(browser, server.url, `/apps/auzolan/d/${id}/scoring`, {
      person: EVALUATORS[0],
      language: 'en',
      context,
    })
    await again.page.getByText('3 of 17 scored · kept, sealed').waitFor()
    expect((await ownOf(id, EVALUATORS[0])).scores).toEqual({ N1: 4, N2: 4, N3: 4 })
    expect((await ownOf(id, EVALUATORS[1])).revision).toBe(0)
    await close()
  }, 90_000)

  it('[EV18] counts once what arrived and whose answer was lost', async () => {
    const id = await fresh()
    const { page, context, close } = await open(id, EVALUATORS[0])
    await mark(page, 'N1', 3).waitFor({ state: 'attached' })
    let lost = 0
    await context.route(SHEET, async (route) => {
      await route.fetch()
      lost += 1
      await route.abort()
    })
    await mark(page, 'N1', 3).check({ force: true })
    await expect.poll(() => lost, { timeout: 10_000 }).toBeGreaterThan(0)
    await mark(page, 'N2', 4).check({ force: true })
    await page.getByText('2 of 17 scored · kept on this device').waitFor()
    await context.unroute(SHEET)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('2 of 17 scored · kept, sealed').waitFor()
    expect(await ownOf(id, EVALUATORS[0])).toMatchObject({ revision: 2, scores: { N1: 3, N2: 4 } })
    await close()
  }, 60_000)

  it('[EV18] says when a round was revealed meanwhile, and gives back what was scored', async () => {
    const id = await fresh()
    const { page, context, close } = await open(id, EVALUATORS[0])
    await mark(page, 'N1', 3).waitFor({ state: 'attached' })
    await context.route(ALL, (route) => route.abort())
    await mark(page, 'N1', 0).check({ force: true })
    await page.locator('[data-criterion="N1"] textarea').fill('Trenean idatzia.')
    await page.getByText('1 of 17 scored · kept on this device').waitFor()
    for (const i of [1, 2, 3]) await handInHere(server, id, 1, EVALUATORS[i]!, SAIOA_SHEETS[i]!)
    await revealHere(server, id)
    await context.unroute(ALL)
    await page.evaluate(() => dispatchEvent(new Event('online')))
    const late = page.getByRole('alert').filter({ hasText: 'came too late: the round was revealed' })
    await late.getByText('What you had scored').click()
    await late.getByText('Covers an existing need: 0. Trenean idatzia.').waitFor()
    await page.getByRole('complementary', { name: 'Result' }).waitFor()
    await page.reload()
    await late.getByRole('button', { name: 'Throw away' }).click()
    await late.waitFor({ state: 'detached' })
    await close()
  }, 60_000)

  it('[EV18] keeps what two devices have scored apart, until the person says which', async () => {
    const id = await fresh()
    const desk = await open(id, EVALUATORS[0])
    const train = await open(id, EVALUATORS[0])
    await mark(train.page, 'N1', 3).waitFor({ state: 'attached' })
    await train.context.route(ALL, (route) => route.abort())
    await mark(train.page, 'N1', 3).check({ force: true })
    await mark(desk.page, 'N1', 4).check({ force: true })
    await desk.page.getByText('1 of 17 scored · kept, sealed').waitFor()
    await train.context.unroute(ALL)
    await train.page.evaluate(() => dispatchEvent(new Event('online')))
    await train.page.getByText('changed on another device meanwhile').waitFor()
    await expect.poll(() => mark(train.page, 'N1', 4).isChecked()).toBe(true)
    await train.page.getByRole('button', { name: 'Put it into my sheet' }).click()
    await expect.poll(() => mark(train.page, 'N1', 3).isChecked()).toBe(true)
    await train.page.getByText('changed on another device meanwhile').waitFor({ state: 'detached' })
    expect(await ownOf(id, EVALUATORS[0])).toMatchObject({ revision: 2, scores: { N1: 3 } })
    await desk.close()
    await train.close()
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

  it.each(['en', 'eu', 'es'] as const)(
    '[EV10] after a second round has what was given before, hollow and in words, and the first round to look at (%s)',
    async (language) => {
      const id = await fresh()
      for (const [i, person] of EVALUATORS.entries())
        await handInHere(server, id, 1, person, SAIOA_SHEETS[i]!)
      await revealHere(server, id)
      await openRoundHere(server, id, 2)
      const { page, complaints, close } = await open(id, EVALUATORS[0], { language })
      // While the second is open, the first can be read.
      await page.locator('details.revealed > summary').click()
      await page.locator('.overall').waitFor()
      const [law] = [SAIOA_SHEETS[1]!.map((score, i) => (CRITERIA[i]!.id === 'D1' ? 3 : score))]
      for (const [i, person] of EVALUATORS.entries())
        await handInHere(server, id, 2, person, i === 1 ? law : SAIOA_SHEETS[i]!)
      await revealHere(server, id, 2)
      await page.reload()
      await page.locator('.overall').waitFor()
      // One hollow mark, and that in the legend.
      expect(await page.locator('.who.hollow').count()).toBe(2)
      if (language === 'en') {
        await page
          .getByRole('img', { name: /^Where the data are.*Lege-zerbitzuak 3 \(before: 1\)/ })
          .waitFor()
        await page.getByRole('button', { name: 'See it as a table' }).click()
        await page.getByRole('cell', { name: '3 (before: 1)' }).waitFor()
        await page.getByRole('button', { name: 'See it drawn' }).click()
        await page.getByRole('button', { name: 'Round 1' }).click()
        await page.getByText('65.8', { exact: true }).waitFor()
        expect(await page.locator('.who.hollow').count()).toBe(0)
      } else await looksRight(page, 'scoring-second', language)
      expect(complaints).toEqual([])
      await close()
    },
    90_000,
  )

  it.each(['en', 'eu', 'es'] as const)(
    '[EV6] shows whoever is not of the team what a version has, and nobody’s name (%s)',
    async (language) => {
      const id = await fresh()
      await showHere(server, id, 'organisation')
      const { page, complaints, close } = await open(id, 'alkatetza', { language })
      await page.locator('.lead').waitFor()
      if (language === 'en')
        await page.getByText('is read here once there is a version of the evaluation.').waitFor()
      for (const [i, person] of EVALUATORS.entries())
        await handInHere(server, id, 1, person, SAIOA_SHEETS[i]!)
      await revealHere(server, id)
      await nameHere(server, id)
      await page.reload()
      await page.getByText('65.8'.replace('.', language === 'en' ? '.' : ','), { exact: true }).waitFor()
      expect(await page.getByRole('row').count()).toBe(CRITERIA.length + 1)
      const said = await page.locator('main').innerText()
      for (const name of NAMES) expect(said).not.toContain(name)
      if (language !== 'en') await looksRight(page, 'scoring-reader', language)
      expect(complaints).toEqual([])
      await close()
    },
    90_000,
  )
})
