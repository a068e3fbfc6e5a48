/**
 * A catalogue of 5,000 tools beside one of 50: asking for it, for an answer and for a tool by a word, and its page in a browser. The two take
 * turns, because no machine is quiet: read the ratios, which are medians of those within each round. Nothing is asserted. After a build:
 * `node test/bench/catalogue.ts [--rounds 9] [--no-page]`.
 */
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { TEAMS } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { seedTools } from '../support/seeded-tools.ts'
import { teamOf } from '../support/teams.ts'
import { median } from './statistics.ts'

const COUNTS = [50, 5_000] as const
const PERSON = 'komunikazio-arduraduna'
const { values: given } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, 'no-page': { type: 'boolean', default: false } },
})
const ROUNDS = Number(given.rounds)
type Figures = { readonly [what: string]: number }

const browser = given['no-page'] ? null : await launchBrowser()
const houses: { readonly house: DemoHere; readonly page: Page | null }[] = []
try {
  for (const count of COUNTS) {
    const house = await startDemoHere()
    const team = await teamOf(house.container.resolve(TEAMS), 'Tresnak', [
      'person',
      'teknikaria',
      'coordinator',
    ])
    await seedTools(house.container, team, count)
    const { ms } = await asked(house, 'catalogue')
    console.log(`${count}: read for the first time in ${ms.toFixed(0)} ms`)
    houses.push({
      house,
      page: browser && (await openTab(browser, house.url, '/apps/auzolan/tools', { person: PERSON })).page,
    })
  }
  const rounds: Figures[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const found: Figures[] = []
    const order = round % 2 === 0 ? [0, 1] : [1, 0]
    for (const at of order) found[at] = await measured(houses[at]!)
    rounds.push(found)
  }
  console.log(`${COUNTS[1]} tools beside ${COUNTS[0]}, medians of ${ROUNDS}`)
  for (const what of Object.keys(rounds[0]![0]!)) {
    const of = (at: number): number => median(rounds.map((round) => round[at]![what]!))
    const ratio = median(rounds.map((round) => round[1]![what]! / round[0]![what]!))
    console.log(`${what.padEnd(34)} ${of(0).toFixed(1)} → ${of(1).toFixed(1)}  × ${ratio.toFixed(1)}`)
  }
} finally {
  await browser?.close()
  for (const { house } of houses) await house.stop()
}

async function asked(house: DemoHere, path: string): Promise<{ ms: number; bytes: number }> {
  const answer = await fetch(`${house.url}/ocs/v2.php/apps/auzolan/api/v1/token`, {
    headers: { requesttoken: `standalone:${PERSON}`, 'OCS-APIRequest': 'true', accept: 'application/json' },
  })
  const { token } = ((await answer.json()) as { ocs: { data: { token: string } } }).ocs.data
  const from = performance.now()
  const response = await fetch(`${house.url}/api/v1/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const bytes = (await response.arrayBuffer()).byteLength
  if (response.status >= 400) throw new Error(`${path}: ${response.status}`)
  return { ms: performance.now() - from, bytes }
}

async function measured({ house, page }: (typeof houses)[number]): Promise<Figures> {
  const all = await asked(house, 'catalogue')
  const answer = await asked(house, 'catalogue/answer?tool=tresna%207&data=public&level=institutional')
  const word = await asked(house, 'search?q=tresna%2042')
  const slip = await asked(house, 'search?q=trsena')
  return {
    'GET /catalogue, ms': all.ms,
    'GET /catalogue, KiB': all.bytes / 1024,
    'GET /catalogue/answer, ms': answer.ms,
    'GET /search, a word, ms': word.ms,
    'GET /search, a slip, ms': slip.ms,
    ...(page ? await onPage(page) : {}),
  }
}

async function onPage(page: Page): Promise<Figures> {
  const from = performance.now()
  await page.reload()
  await page.locator('.shelf').first().waitFor()
  const opened = performance.now() - from
  /** Until what is typed is on the screen. */
  const narrowed = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#catalogue-words')!
    const start = performance.now()
    input.value = 'tresna 4'
    input.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - start
  })
  return { 'page: shelves are there, ms': opened, 'page: a word narrows them, ms': narrowed }
}
