/** A real Chromium for tests: started once a file, with nothing that would call out. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const DESKTOP = { width: 1440, height: 900 } as const
export const PHONE = { width: 360, height: 740 } as const

/** Vitest without `npm test` has nobody to look for one. */
const DEBIANS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['AUZOLAN_TEST_BROWSER'] ?? DEBIANS.find((path) => existsSync(path))!,
    args: ARGUMENTS,
  })

export interface Tab {
  readonly page: Page
  readonly context: BrowserContext
  /** Console errors, failed requests and requests to anywhere but the server; empty is good. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export interface TabOptions {
  readonly person?: string
  readonly language?: 'en' | 'es' | 'eu' | 'ca'
  readonly viewport?: { width: number; height: number }
  readonly dark?: boolean
  /** A browser profile to share, for speed; otherwise the tab gets one of its own. */
  readonly context?: BrowserContext
}

/** A tab that is one person of the standalone host, in a browser profile of its own. */
export async function openTab(
  browser: Browser,
  url: string,
  path: string,
  options: TabOptions = {},
): Promise<Tab> {
  const { person = 'komunikazio-arduraduna', language = 'eu', viewport = DESKTOP, dark = false } = options
  const context =
    options.context ??
    (await browser.newContext({
      viewport,
      colorScheme: dark ? 'dark' : 'light',
      locale: language === 'en' ? 'en-GB' : `${language}-ES`,
      hasTouch: viewport.width < 600,
    }))
  const page = await context.newPage()
  // Tests look at what a page has fetched, and a browser forgets what comes after the first 250.
  await page.addInitScript(() => performance.setResourceTimingBufferSize(2_000))
  const complaints: string[] = []
  watch(page, url, complaints)
  const asked = new URL(path, url)
  asked.searchParams.set('as', person)
  asked.searchParams.set('lang', language)
  await page.goto(asked.href)
  return { page, context, complaints, close: () => (options.context ? page.close() : context.close()) }
}

/** Until the page of a document has fetched all it may need without network. */
export const fetchedAhead = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () => performance.getEntriesByType('resource').some(({ name }) => /LeafletPage-.*\.mjs/.test(name)),
    undefined,
    { timeout: 30_000 },
  )

export function watch(page: Page, url: string, complaints: string[]): void {
  page.on('console', (message) => {
    // Chromium's own note about a server that was killed on purpose is no fault of the page.
    if (/ERR_CONNECTION_REFUSED|WebSocket connection to/.test(message.text())) return
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`))
  page.on('request', (request) => {
    const to = new URL(request.url())
    if (['data:', 'blob:'].includes(to.protocol)) return
    if (to.origin !== new URL(url).origin) complaints.push(`request elsewhere: ${to.origin}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
}

/** Keeps a picture when AUZOLAN_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['AUZOLAN_SCREENSHOTS']
  if (!folder) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: `${folder}/${name}.png` })
}

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

export interface Violation {
  readonly id: string
  readonly help: string
  readonly targets: readonly string[]
}

/**
 * Until nothing moves: what still fades or slides in has another contrast and another place in a moment; what turns for
 * ever is no reason to wait. What Vue slides in stands at its beginning for a frame before it moves.
 */
export const atRest = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () =>
      document.querySelector('[class*="-enter-from"], [class*="-enter-active"]') === null &&
      document
        .getAnimations()
        .every((one) => one.playState !== 'running' || one.effect?.getComputedTiming().endTime === Infinity),
  )

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
type Axe = {
  run(
    root: Document,
    options: object,
  ): Promise<{ violations: { id: string; help: string; nodes: { target: string[] }[] }[] }>
}

/**
 * Everything axe finds against WCAG 2.2 A and AA.
 * @param only what can have changed since the last look at this screen, for instance its colours
 */
export async function axeViolations(page: Page, only?: 'colours'): Promise<readonly Violation[]> {
  await atRest(page)
  // Evaluated, not added as a script element: the page's own policy forbids those, as it should. Once for a page: it is
  // half a megabyte to read, which takes longer than what it looks for.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource)
  return page.evaluate(
    async (runOnly) => {
      const { axe } = globalThis as unknown as { axe: Axe }
      const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] })
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        targets: nodes.map((n) => n.target.join(' ')),
      }))
    },
    only ? { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } : { type: 'tag', values: WCAG },
  )
}
