/** [L10] [L11] The whole app with the proxy missing: everything goes through the host; then the proxy is there. */
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeViolations, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { startFront, type Front } from '../support/front.ts'
import { editor, onServer, prose, same, typeAtEnd } from '../support/plan-page.ts'
import { startTestServer, until } from '../support/server.ts'

const RELAY = 'Edits travel more slowly (through Nextcloud)'
let server: Awaited<ReturnType<typeof startTestServer>>
let front: Front
let browser: Browser
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  front = await startFront(server)
  plan = await server.plan()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await front?.close()
  await server?.stop()
})

async function open(person: string, path: string, context: BrowserContext, how = 'yes'): Promise<Tab> {
  return openTab(browser, front.url, `${path}?relay=${how}`, { person, language: 'en', context })
}
const times = (text: string, part: string): number => text.split(part).length - 1
/** What the browser notes about the address that is not there yet is no fault of the page. */
const faults = ({ complaints }: Tab): readonly string[] =>
  complaints.filter((c) => !/\/auzolan\/healthz|Failed to load resource/.test(c))

describe('the app without the lines for its proxy', () => {
  it('lists, makes, opens and writes plans through the host; with the lines it goes straight, and loses nothing', async () => {
    front.passes = false
    const contexts = await Promise.all([browser.newContext(), browser.newContext()])
    const home = await open('kultura-cm', '/apps/auzolan/', contexts[0]!)
    await home.page.locator(`a[href*="/d/${plan}"]`).first().waitFor()
    expect(front.count('/index.php/apps/auzolan/relay/documents')).toBeGreaterThan(0)
    await home.page.close()

    const path = `/apps/auzolan/d/${plan}/planning`
    const [culture, youth] = await Promise.all([
      open('kultura-cm', path, contexts[0]!),
      open('gazteria-teknikaria', path, contexts[1]!),
    ])
    await Promise.all([culture, youth].map(({ page }) => editor(page).waitFor()))
    const ledger = async ({ page }: Tab, there: boolean): Promise<void> => {
      await page.locator('.ledger .line').click()
      await page.getByText(RELAY).waitFor({ state: there ? 'visible' : 'detached' })
      await page.locator('.ledger .line').click()
    }
    await ledger(culture, true)
    await typeAtEnd(culture.page, ' <K1>')
    await same(culture.page, youth.page, ['<K1>'])
    await Promise.all([typeAtEnd(culture.page, ' <K2>'), typeAtEnd(youth.page, ' <G2>')])
    await until(
      async () => {
        const [one, two] = await Promise.all([prose(culture.page), prose(youth.page)])
        return one === two && times(one, '<') >= 3
      },
      'both read what the other wrote',
      40_000,
    )
    await Promise.all([onServer(culture.page), onServer(youth.page)])
    for (const { page } of [culture, youth])
      expect(await page.locator('.strip, .notecard').count(), 'nothing alarming').toBe(0)
    expect(front.count('/auzolan/sync'), 'no WebSocket is tried').toBe(0)

    front.passes = true
    // Else within a minute (test/sync/relay.test.ts).
    for (const { page } of [culture, youth])
      await page.evaluate(() => void dispatchEvent(new Event('online')))
    await until(() => front.count('/auzolan/healthz') >= 2, 'the address is tried again')
    await Promise.all([ledger(culture, false), ledger(youth, false)])
    await typeAtEnd(youth.page, ' <G3>')
    await same(culture.page, youth.page, ['<G3>'])
    const text = await prose(culture.page)
    for (const part of ['<K1>', '<G3>']) expect(times(text, part)).toBe(1)
    expect([...faults(culture), ...faults(youth)]).toEqual([])
    await Promise.all(contexts.map((context) => context.close()))
  }, 120_000)

  it('[L10] with only an address for Nextcloud itself: everything goes through it, and nothing else is asked', async () => {
    front.passes = false
    const context = await browser.newContext()
    const before = front.count('/auzolan/')
    const tab = await open('kultura-cm', `/apps/auzolan/d/${plan}/planning`, context, 'only')
    await editor(tab.page).waitFor()
    await typeAtEnd(tab.page, ' <only>')
    await onServer(tab.page)
    expect(front.count('/auzolan/')).toBe(before)
    expect(tab.complaints).toEqual([])
    await context.close()
  })
})

describe('[L12] the doctor', () => {
  const STATES: [string, () => void, string[], string][] = [
    [
      'the proxy is missing',
      () => (front.passes = false),
      [
        'This device does not reach the server itself; Nextcloud passes everything on.',
        'Nothing to do: edits go through Nextcloud, more slowly, and are saved all the same.',
      ],
      'server: no (status 404)',
    ],
    [
      'the proxy passes no WebSocket',
      () => ((front.passes = true), (front.upgrades = false)),
      ['Something between this device and the server does not let WebSocket through.'],
      'websocket: no (closed with 1006)',
    ],
    [
      'all is well',
      () => (front.passes = front.upgrades = true),
      ['Everything is connected.'],
      'websocket: yes',
    ],
  ]
  it.each(STATES)(
    'when %s says so, what to do, and gives a report that names nobody',
    async (what, make, words, line) => {
      make()
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
      const tab = await open('kultura-cm', `/apps/auzolan/d/${plan}/planning`, context)
      await editor(tab.page).waitFor()
      await onServer(tab.page)
      await tab.page.locator('.ledger .line').click()
      await tab.page.getByRole('button', { name: 'Check the connection' }).click()
      const dialog = tab.page.getByRole('dialog')
      for (const sentence of words) await dialog.getByText(sentence).waitFor()
      await dialog.getByRole('button', { name: 'Copy report' }).click()
      await dialog.getByText('It names no person and no document.').waitFor()
      const report = await tab.page.evaluate(() => navigator.clipboard.readText())
      expect(report).toContain(line)
      for (const personal of ['kultura', 'Kultura', plan, 'standalone', 'eyJ', 'Haranberri'])
        expect(report).not.toContain(personal)
      expect(await axeViolations(tab.page)).toEqual([])
      await picture(tab.page, `doctor-${what.replaceAll(' ', '-')}`)
      await context.close()
    },
  )
})
