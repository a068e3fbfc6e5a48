/** A round of scores in four browsers: «Saioa Meet» (DOMAIN G.2), sealed until it is revealed, and what it then comes to. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { BLOCKS, CRITERIA } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { needsReason } from '@auzolan/shared/scoring/rounds.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { COORDINATOR, EVALUATORS, NAMES, saioaMeet, toolTeam } from '../support/evaluation-here.ts'
import { looksRight } from '../support/looks.ts'
import { SAIOA_SHEETS } from '../support/scored.ts'

let server: DemoHere
let browser: Browser
let team: TeamId
let id: DocumentId
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
  team = await toolTeam(server)
  id = await saioaMeet(server, team)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(person: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${id}/scoring`, { person, language })
  tab.page.setDefaultTimeout(30_000)
  return tab
}
async function fillIn(page: Page, scores: readonly Score[]): Promise<void> {
  for (const block of BLOCKS) {
    await page.getByRole('navigation', { name: 'Blocks' }).getByRole('button', { name: block.label }).click()
    for (const criterion of CRITERIA.filter((one) => one.block === block.id)) {
      const score = scores[CRITERIA.indexOf(criterion)]!
      const field = page.locator(`[data-criterion="${criterion.id}"]`)
      await field.locator(`input[value="${score}"]`).check({ force: true })
      if (needsReason(score)) await field.locator('textarea').fill(`Probatu dugu: ${criterion.id} ${score}`)
    }
  }
}

describe('[EV10] a round of scores', () => {
  it('[G.2] in four browsers is sealed until it is revealed, and then comes to what it comes to', async () => {
    const lead = await open(COORDINATOR)
    await lead.page.getByRole('button', { name: 'Open the round of scores' }).click()
    const dialog = lead.page.getByRole('dialog', { name: 'Open the round of scores' })
    await dialog.getByRole('button', { name: 'Open it' }).click()
    await dialog.getByText('Choose who scores it.').waitFor()
    const tick = (name: string) => dialog.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
    await tick(NAMES[0]!)
    await dialog.getByText('1 person · 1 department').waitFor()
    await dialog.getByText('To be revealed it takes 3 people, of 2 departments.').waitFor()
    for (const name of NAMES.slice(1, 3)) await tick(name)
    await dialog.getByText('3 people · 3 departments').waitFor()
    await dialog.getByRole('button', { name: 'Open it' }).click()
    await lead.page.getByText('0 of 3 have handed in. The scores are sealed').waitFor()
    // Somebody is added while it is open, and nobody is taken out.
    await lead.page.getByRole('button', { name: 'Who scores it' }).click()
    const more = lead.page.getByRole('dialog', { name: 'Who scores it' })
    expect(await more.getByRole('checkbox', { name: new RegExp(`^${NAMES[0]}`) }).isDisabled()).toBe(true)
    await more.getByRole('checkbox', { name: new RegExp(`^${NAMES[3]}`) }).check()
    await more.getByText('4 people · 4 departments').waitFor()
    await more.getByRole('button', { name: 'Save' }).click()
    await lead.page.getByText('0 of 4 have handed in. The scores are sealed').waitFor()
    await lead.page.getByRole('button', { name: 'Reveal the scores' }).click()
    const reveal = lead.page.getByRole('dialog', { name: 'Reveal the scores' })
    await reveal.getByText('4 people have not handed in.').waitFor()
    await reveal.getByRole('button', { name: 'Reveal them' }).click()
    await reveal.getByText('Not enough have handed in yet. To be revealed it takes 3 people').waitFor()
    await lead.page.keyboard.press('Escape')
    await reveal.waitFor({ state: 'detached' })

    for (const [i, person] of EVALUATORS.entries()) {
      const { page, complaints, close } = await open(person)
      await page.getByText('Only you see these scores').waitFor()
      const give = page.getByRole('button', { name: 'Hand in my sheet' })
      expect(await give.isDisabled()).toBe(true)
      await fillIn(page, SAIOA_SHEETS[i]!)
      await page.getByText('17 of 17 scored · kept, sealed').waitFor()
      if (i === 0) {
        // What was chosen is there after a reload, and nowhere else.
        await page.reload()
        await page.getByText('17 of 17 scored · kept, sealed').waitFor()
        const { page: other, close: away } = await open(EVALUATORS[1])
        await other.getByText('0 of 17 scored').waitFor()
        expect(await other.locator('body').innerText()).not.toContain('Probatu dugu')
        await away()
      }
      await give.click()
      await page.getByText('Handed in. You can take it back').waitFor()
      if (i === 1) {
        await page.getByRole('button', { name: 'Take my sheet back' }).click()
        await give.click()
        await page.getByText('Handed in. You can take it back').waitFor()
      }
      expect(complaints).toEqual([])
      await close()
    }

    await lead.page.reload()
    await lead.page.getByText('4 of 4 have handed in').waitFor()
    expect(await lead.page.locator('body').innerText()).not.toContain('Probatu dugu')
    await lead.page.getByRole('button', { name: 'Reveal the scores' }).click()
    await reveal.getByRole('button', { name: 'Reveal them' }).click()
    const result = lead.page.getByRole('complementary', { name: 'Result' })
    await result.getByText('65.8', { exact: true }).waitFor()
    await result.getByText('Without any one person: from 61.2 to 70.4.').waitFor()
    await result.getByText('without Gazteriako teknikaria it would be 70.4.').waitFor()
    await result.getByText('This suggests: With conditions. Whoever directs decides.').waitFor()
    for (const total of ['70.4', '57.4', '74.6', '59.2'])
      await result.getByText(total, { exact: true }).waitFor()
    const disagreements = lead.page.getByRole('region', { name: 'Disagreements' })
    await disagreements.getByText('Where the data are, and under which law').waitFor()
    await disagreements.getByText('Probatu dugu: D1 1').waitFor()
    await lead.page
      .getByRole('img', { name: /^Where the data are.*Lege-zerbitzuak 1.*median 2.5; disagreement$/ })
      .waitFor()
    await lead.page.getByRole('button', { name: 'See it as a table' }).click()
    expect(await lead.page.getByRole('row').count()).toBe(CRITERIA.length + 1)
    await result.getByText('Scored: 100 % of the weights.').waitFor()
    for (const points of ['82.8', '85.3', '54.1', '66.7', '46.0', '48.8'])
      await result.locator('.blocks').getByText(points, { exact: true }).waitFor()
    await lead.page.getByText('How this is reckoned').click()
    await lead.page.getByText('329 ÷ 100 ÷ 5 × 100 = 65.8').waitFor()
    await lead.page.getByText('What they wrote').click()
    await lead.page.locator('details').getByText('Probatu dugu: X3 0').first().waitFor()
    // The note is begun, for the criterion it is about.
    await disagreements.getByRole('button', { name: 'Write down what became of it' }).first().click()
    await lead.page.waitForURL((url) => url.pathname.includes('/decision'))
    expect(
      await lead.page
        .locator('[data-path^="resolutions/"][data-path$="/criterion"] select')
        .first()
        .inputValue(),
    ).toBe('D1')
    // What is proposed stands beside what it stands on.
    await lead.page.goto(`${server.url}/apps/auzolan/d/${id}/decision`)
    await lead.page.getByText('The scores suggest: With conditions.').waitFor()
    await lead.page.getByText('No blocking criterion stands against it.').waitFor()
    await lead.page.getByText(/the certificate runs out first: on .*2027/).waitFor()
    await lead.page.locator('[data-path="decision.outcome"] select').selectOption('recommended')
    await lead.page.getByText('Something else is proposed').waitFor()
    await lead.page
      .locator('[data-path="decision.outcome"] select')
      .selectOption('recommended_with_conditions')
    expect(lead.complaints.filter((one) => !one.includes('409'))).toEqual([])
    await lead.close()
  }, 300_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const lead = await open(COORDINATOR, language)
      await lead.page.locator('.overall').waitFor()
      await looksRight(lead.page, 'scoring-revealed', language)
      await lead.page.goto(`${server.url}/apps/auzolan/d/${id}/decision`)
      await lead.page.locator('.stands').waitFor()
      await looksRight(lead.page, 'evaluation-decision', language)
      await lead.close()
      // The sheet of another evaluation, which is still sealed.
      const revealed = id
      id = await saioaMeet(server, team)
      const opened = await open(COORDINATOR, 'en')
      await opened.page.getByRole('button', { name: 'Open the round of scores' }).click()
      for (const name of NAMES.slice(2))
        await opened.page.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
      await opened.page.getByRole('button', { name: 'Open it' }).click()
      await opened.page.getByText('0 of 2 have handed in').waitFor()
      await opened.close()
      const mine = await open('gazteria-teknikaria', language)
      await mine.page.locator('[data-criterion="N1"] input[value="5"]').check({ force: true })
      await looksRight(mine.page, 'scoring-sheet', language)
      await mine.close()
      id = revealed
    },
    240_000,
  )
})
