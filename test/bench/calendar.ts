/**
 * A calendar of 1,000 posts beside one of 50, in a browser: opening it, going about in it, dragging a post over it and writing
 * in one. The two take turns, because no machine is quiet: read the ratios, which are medians of those within each round, and
 * first those of processor time, which others on the machine hardly change. Nothing is asserted. After a build:
 * `node test/bench/calendar.ts [--phone] [--slow 4] [--rounds 9]`; slow is a processor so many times slower.
 */
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import { readCalendar } from '@auzolan/shared/posts/reader.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import { DESKTOP, PHONE, launchBrowser, openTab } from '../support/browser.ts'
import { startCalendarHere, type CalendarHere } from '../support/calendar-here.ts'
import { WRITER } from '../support/decided-here.ts'
import { manyPosts } from '../support/many-posts.ts'
import { median } from './statistics.ts'

const COUNTS = [50, 1_000] as const
const { values: given } = parseArgs({
  options: {
    phone: { type: 'boolean', default: false },
    slow: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '9' },
  },
})
const [ROUNDS, SLOW] = [Number(given.rounds), Number(given.slow)]
const POST = '.board [data-post], .board .dots'
/** The clock of the page is the real one: a replaced one would be measured with it. */
const TODAY = new Date().toISOString().slice(0, 10)

type Figures = { readonly [what: string]: number }
interface Plan {
  readonly id: DocumentId
  /** One that is still being written. */
  readonly post: string
  readonly context: BrowserContext
  readonly page: Page
  readonly cdp: CDPSession
}

const server = await startCalendarHere()
const browser = await launchBrowser()
try {
  const plans: Plan[] = []
  for (const count of COUNTS) plans.push(await planOf(server, browser, count))
  const rounds: Figures[][] = []
  for (let round = 0; round < ROUNDS; round++) {
    const found: Figures[] = []
    // What one leaves behind must not always be the other's burden.
    const order = round % 2 === 0 ? [0, 1] : [1, 0]
    for (const at of order) found[at] = await measured(plans[at]!, round)
    rounds.push(found)
  }
  const [few, many] = await Promise.all(plans.map(({ page }) => page.locator(POST).count()))
  console.log(
    `${COUNTS[1]} posts (${many} on the screen) beside ${COUNTS[0]} (${few}), medians of ${ROUNDS}: ` +
      `${given.phone ? 'phone' : 'desktop'}${SLOW > 1 ? `, ${SLOW} times slower` : ''}`,
  )
  for (const what of Object.keys(rounds[0]![0]!)) {
    const middle = (of: (round: Figures[]) => number): number => median(rounds.map(of))
    const [one, other] = [middle((round) => round[0]![what]!), middle((round) => round[1]![what]!)]
    const ratio = middle((round) => round[1]![what]! / round[0]![what]!)
    const ms = (value: number): string => `${value.toFixed(1).padStart(8)} ms`
    console.log(`${what.padEnd(34)}${ms(one)}${ms(other)}   × ${ratio.toFixed(2)}`)
  }
} finally {
  await browser.close()
  await server.stop()
}
process.exit(0)

/** A year of posts: what is past is out, of what comes a fourth each is an idea, being written, in review and approved. */
async function planOf(here: CalendarHere, inBrowser: Browser, count: number): Promise<Plan> {
  const { id, hand } = await here.calendar()
  await manyPosts(hand, count, addDays(TODAY, -182))
  const { posts } = readCalendar(hand.doc)
  const coming: readonly PostStatus[] = ['idea', 'drafting', 'in_review', 'approved']
  for (const [at, { id: post, day }] of posts.entries()) {
    const status = day! < TODAY ? 'published' : coming[at % coming.length]!
    if (status !== 'idea') await here.having(id, hand, post, status)
  }
  const context = await contextIn(inBrowser)
  const { page } = await openTab(inBrowser, here.url, `/apps/auzolan/d/${id}/calendar`, {
    person: WRITER,
    language: 'en',
    context,
  })
  await page.locator(POST).first().waitFor()
  return { id, post: posts.at(-1)!.id, context, page, cdp: await slowed(page) }
}

function contextIn(inBrowser: Browser): Promise<BrowserContext> {
  return inBrowser.newContext({
    viewport: given.phone ? PHONE : DESKTOP,
    locale: 'en-GB',
    hasTouch: given.phone,
  })
}
async function slowed(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW })
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  return cdp
}
/** Milliseconds that the page's own thread has been on a processor. */
async function processor(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
}

async function measured(plan: Plan, round: number): Promise<Figures> {
  const { page, cdp } = plan
  const figures: { [what: string]: number } = {
    'opening, nothing kept here': await newcomer(plan),
    'opening, a copy here': await reloaded(page),
  }
  const note = async (what: string, take: () => Promise<number>): Promise<void> => {
    const before = await processor(cdp)
    figures[what] = await take()
    figures[`${what}, processor`] = (await processor(cdp)) - before
  }
  const to = (nth: number, until: string): Promise<number> =>
    timed(page, `.views button:nth-child(${nth})`, until)
  await toPlan(page)
  await note('opening from the plan', () => timed(page, `.app-navigation a[href$="/${SECTION.id}"]`, POST))
  await to(1, '.grid:not(.week)')
  await note('to the week', () => to(2, '.grid.week'))
  await note('to the list', () => to(3, '.list'))
  await note('to the month', () => to(1, '.grid:not(.week)'))
  await note('to the month after', () => timed(page, 'button[aria-label="The month after"]', ''))
  await timed(page, 'button[aria-label="The month before"]', '')
  if (!given.phone) Object.assign(figures, await dragged(page, round))
  await toPost(plan)
  await note('writing twelve letters', () => written(page))
  await page.goto(new URL(`/apps/auzolan/d/${plan.id}/calendar?as=${WRITER}&lang=en`, server.url).href)
  await page.locator(POST).first().waitFor()
  return figures
}

/** Until the posts are drawn and the page has time for whoever sits before it. */
function drawn(page: Page): Promise<number> {
  return page.evaluate(async (selector) => {
    while (!document.querySelector(selector)) await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => requestIdleCallback(resolve))
    return performance.now()
  }, POST)
}

/** The address is opened on a device that has nothing of the plan. */
async function newcomer({ id }: Plan): Promise<number> {
  const context = await contextIn(browser)
  // The program itself is there: what it weighs does not depend on the posts.
  const { page } = await openTab(browser, server.url, '/apps/auzolan/', {
    person: WRITER,
    language: 'en',
    context,
  })
  await page.locator('.app-navigation').first().waitFor()
  await slowed(page)
  await page.goto(new URL(`/apps/auzolan/d/${id}/calendar?as=${WRITER}&lang=en`, server.url).href)
  const took = await drawn(page)
  await context.close()
  return took
}

async function reloaded(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' })
  const took = await drawn(page)
  // What is fetched ahead is no part of what follows.
  await page.waitForTimeout(2_000)
  return took
}

/** Does something in the page, and says how long it takes until that is drawn. */
function timed(page: Page, press: string, until: string): Promise<number> {
  return page.evaluate(
    async ([selector, there]) => {
      const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
      const before = document.querySelector('.head h2')?.textContent
      const begun = performance.now()
      document.querySelector<HTMLElement>(selector!)!.click()
      const isThere = (): boolean =>
        there === ''
          ? document.querySelector('.head h2')?.textContent !== before
          : document.querySelector(there!) !== null
      while (!isThere()) await frame()
      // The frame in which it is, and the beginning of the next one.
      await frame()
      await frame()
      return performance.now() - begun
    },
    [press, until] as const,
  )
}

async function toPlan(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('.app-navigation a[href$="/planning"]')!.click()
  })
  await page.locator('.board').waitFor({ state: 'detached' })
  await page.waitForTimeout(300)
}

/** A post over all days of the month, a step each; then let go. What a step costs on the main thread, and what the drop does. */
function dragged(page: Page, round: number): Promise<Figures> {
  return page.evaluate(async (nth) => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
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
    while (chip.isConnected && chip.closest('[data-day]') !== cell) await frame()
    await frame()
    await frame()
    return { 'dragging, a step': step, dropping: performance.now() - dropped }
  }, round)
}

async function toPost({ page, id, post }: Plan): Promise<void> {
  await page.goto(new URL(`/apps/auzolan/d/${id}/calendar/${post}?as=${WRITER}&lang=en`, server.url).href)
  await page.locator('textarea:visible').first().waitFor()
  await page.waitForTimeout(2_000)
}
/** At the end of the text of a post. */
function written(page: Page): Promise<number> {
  const text = page.locator('textarea:visible').first()
  return text.evaluate(async (area: HTMLTextAreaElement) => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve))
    const begun = performance.now()
    for (let letter = 0; letter < 12; letter++) {
      area.setRangeText('a', area.value.length, area.value.length, 'end')
      area.dispatchEvent(new InputEvent('input', { bubbles: true, data: 'a', inputType: 'insertText' }))
      // It is read in the next frame, and drawn with it.
      await frame()
      await frame()
    }
    return performance.now() - begun
  })
}
