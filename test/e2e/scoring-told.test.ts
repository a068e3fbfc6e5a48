/** Home says that a sheet waits, and that a round can be revealed; each leads to the scores (DOMAIN D.7). */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import {
  COORDINATOR,
  EVALUATORS,
  handInHere,
  openRoundHere,
  saioaMeet,
  toolTeam,
} from '../support/evaluation-here.ts'
import { looksRight } from '../support/looks.ts'
import { SAIOA_SHEETS } from '../support/scored.ts'

let server: DemoHere
let browser: Browser
let id: DocumentId
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
  id = await saioaMeet(server, await toolTeam(server))
  await openRoundHere(server, id)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
async function home(person: string, language: 'eu' | 'es'): Promise<Tab> {
  const tab = await openTab(browser, server.url, '/apps/auzolan/', { person, language })
  tab.page.setDefaultTimeout(30_000)
  return tab
}

it('[EV22] whoever is named finds their sheet at home, and whoever coordinates the round that all have handed in', async () => {
  const [first] = EVALUATORS
  const mine = await home(first, 'eu')
  const row = mine.page.getByRole('link', { name: 'Puntuatu: «Saioa Meet' })
  await row.getByText('Zure orria entregatu gabe dago').waitFor()
  await looksRight(mine.page, 'home-score', 'eu')
  await row.click()
  await mine.page.waitForURL(`**/d/${id}/scoring`)
  for (const [i, person] of EVALUATORS.entries()) await handInHere(server, id, 1, person, SAIOA_SHEETS[i]!)
  await mine.page.goto(`${server.url}/apps/auzolan/`)
  await mine.page.locator('main h1, main h2').first().waitFor()
  expect(await row.count()).toBe(0)
  await mine.close()

  const lead = await home(COORDINATOR, 'es')
  const reveal = lead.page.getByRole('link', { name: 'Revela las notas de «Saioa Meet' })
  await reveal.getByText('Han entregado todas las personas').waitFor()
  await looksRight(lead.page, 'home-reveal', 'es')
  await reveal.click()
  await lead.page.getByText('Han entregado 4 de 4').waitFor()
  expect([...mine.complaints, ...lead.complaints]).toEqual([])
  await lead.close()
}, 180_000)
