/**
 * A calendar of 1,000 posts beside one of 50, in a browser: opening it, and dragging a post over it. Prints both and their
 * ratio; how fast that is depends on the machine, and nothing is asserted. `node … test/bench/calendar.ts`, after a build.
 */
import type { Page } from 'playwright-core'
import { DESKTOP, launchBrowser, openTab } from '../support/browser.ts'
import { NOW, startCalendarHere, type CalendarHere } from '../support/calendar-here.ts'
import { WRITER } from '../support/decided-here.ts'
import { manyPosts } from '../support/many-posts.ts'
import { median } from './statistics.ts'

const COUNTS = [50, 1_000] as const
const ROUNDS = 7
type Figures = { readonly [what in 'opening' | 'dragging' | 'dropping' | 'turning']: number }

const server = await startCalendarHere()
const browser = await launchBrowser()
try {
  const figures: Figures[] = []
  for (const count of COUNTS) figures.push(await measure(server, count))
  const [few, many] = figures as [Figures, Figures]
  console.log(`Calendar of ${COUNTS[1]} posts beside one of ${COUNTS[0]}, medians of ${ROUNDS}`)
  for (const what of Object.keys(few) as (keyof Figures)[])
    console.log(
      `${what.padEnd(10)} ${few[what].toFixed(1).padStart(8)} ms ${many[what].toFixed(1).padStart(8)} ms   × ${(many[what] / few[what]).toFixed(2)}`,
    )
} finally {
  await browser.close()
  await server.stop()
}
process.exit(0)

async function measure(here: CalendarHere, count: number): Promise<Figures> {
  const { id, hand } = await here.calendar()
  await manyPosts(hand, count)
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' })
  await context.clock.setFixedTime(NOW)
  const path = `/apps/auzolan/d/${id}/calendar`
  const { page } = await openTab(browser, here.url, path, { person: WRITER, language: 'en', context })
  await page.locator('[role="gridcell"] [data-post]').first().waitFor()
  const times: { [what in keyof Figures]: number[] } = {
    opening: [],
    dragging: [],
    dropping: [],
    turning: [],
  }
  for (let round = 0; round < ROUNDS; round++) {
    times.opening.push(await opening(page))
    times.turning.push(await turning(page))
    const [dragging, dropping] = await dragged(page, round)
    times.dragging.push(dragging)
    times.dropping.push(dropping)
  }
  await context.close()
  return Object.fromEntries(
    Object.entries(times).map(([what, all]) => [what, median(all)]),
  ) as unknown as Figures
}

/** From another section of the plan, until the posts are drawn. */
async function opening(page: Page): Promise<number> {
  await page
    .getByRole('link', { name: /The four questions/ })
    .first()
    .click()
  await page.locator('[role="grid"]').waitFor({ state: 'detached' })
  return page.evaluate(async () => {
    const link = [...document.querySelectorAll<HTMLElement>('.app-navigation a')].find((one) =>
      one.getAttribute('href')?.endsWith('/calendar'),
    )!
    const begun = performance.now()
    link.click()
    while (!document.querySelector('[role="gridcell"] [data-post]'))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - begun
  })
}

/** To the month after and back, each until it is drawn. */
function turning(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const turn = async (name: string): Promise<void> => {
      const title = document.querySelector('.head h2')!
      const before = title.textContent
      document.querySelector<HTMLElement>(`button[aria-label="${name}"]`)!.click()
      while (title.textContent === before) await new Promise((resolve) => requestAnimationFrame(resolve))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    const begun = performance.now()
    await turn('The month after')
    await turn('The month before')
    return (performance.now() - begun) / 2
  })
}

/** A post over all days of the month, a step each; then let go. What a step costs on the main thread, and what the drop does. */
function dragged(page: Page, round: number): Promise<readonly [number, number]> {
  return page.evaluate(async (nth) => {
    const chip = document.querySelector<HTMLElement>('[role="gridcell"] [data-post]')!
    const days = [...document.querySelectorAll<HTMLElement>('[role="gridcell"]')]
    const say = (type: string, at: Element, x: number, y: number): boolean =>
      at.dispatchEvent(
        new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, button: 0, pointerType: 'mouse' }),
      )
    const from = chip.getBoundingClientRect()
    say('pointerdown', chip.querySelector('.post-title')!, from.x + 5, from.y + 5)
    const begun = performance.now()
    for (const cell of days) {
      const { x, y, width } = cell.getBoundingClientRect()
      say('pointermove', document.body, x + width / 2, y + 8)
      // What was put off until the end of the turn belongs to it.
      await Promise.resolve()
    }
    const step = (performance.now() - begun) / days.length
    const cell = days.filter((one) => one !== chip.closest('[data-day]') && !one.matches('.closed'))[nth + 3]!
    const { x, y, width } = cell.getBoundingClientRect()
    say('pointermove', document.body, x + width / 2, y + 8)
    const dropped = performance.now()
    say('pointerup', document.body, x + width / 2, y + 8)
    const there = (): boolean => !chip.isConnected || chip.closest('[data-day]') === cell
    while (!there()) await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return [step, performance.now() - dropped] as const
  }, round)
}
