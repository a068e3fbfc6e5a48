/** The page that checks receipts, from a disk, without network: what belongs together, what does not, and why. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { APPROVAL_FORMAT } from '@auzolan/shared/receipt-file.ts'
import { DESKTOP, PHONE, axeViolations, launchBrowser, picture } from '../support/browser.ts'
import { englishOn, overflowing } from '../support/looks.ts'
import { FACTS, TEXT, newKey } from '../support/receipts.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'

const built = join(import.meta.dirname, '../../plugin/js/verify.html')
const key = newKey()
const receipt = key.sign(FACTS)
const together = { format: APPROVAL_FORMAT, v: 1, receipt, text: TEXT, publicKey: key.publicKey }

let folder: string
let browser: Browser
let page: Page
let url: string
let heard: string[]
beforeAll(async () => {
  folder = await temporaryFolder()
  // Alone in its folder: what it needed beside it would be missed.
  await writeFile(join(folder, 'verify.html'), await readFile(built))
  url = pathToFileURL(join(folder, 'verify.html')).href
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

async function open(language: string, viewport: typeof DESKTOP | typeof PHONE): Promise<void> {
  const context = await browser.newContext({
    viewport,
    locale: `${language}-ES`,
    offline: true,
    timezoneId: 'Europe/Madrid',
  })
  page = await context.newPage()
  heard = []
  page.on('request', (request) => heard.push(request.url()))
  page.on('console', (message) => heard.push(message.text()))
  page.on('pageerror', (error) => heard.push(error.message))
  await page.goto(url)
}
const file = (content: unknown): { name: string; mimeType: string; buffer: Buffer } => ({
  name: 'file.json',
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
})
/** Title of the result, which has the focus. */
async function checked(): Promise<string> {
  await page.locator('button[type=submit]').click()
  await page.locator('#result-title:focus').waitFor()
  return page.locator('#result-title').innerText()
}
const result = (): Promise<string> => page.locator('#result').innerText()
const role = (): Promise<string | null> => page.locator('#result').getAttribute('role')

const closed = async (): Promise<void> => {
  // The page itself, and nothing else: no request, no complaint of its policy.
  expect(heard).toEqual([url])
  await page.context().close()
}

describe('a receipt', () => {
  beforeEach(() => open('es', DESKTOP))
  afterEach(closed)

  it('with its text and key in one file belongs to it; the key is to be compared', async () => {
    await page.locator('#receipt').setInputFiles(file(together))
    expect(await checked()).toBe('Se corresponden')
    expect(await role()).toBe('status')
    expect(await page.locator('.meaning').count()).toBe(1)
    expect(await result()).toContain('Compare su huella')
    // She held a delegation: the role is that of whoever has given it. Times name their zone, the reader's own too.
    expect(await result()).toContain('Amaia Goñi (por delegación)')
    expect(await result()).toContain('Jon Lasa (Dirección')
    expect(await result()).toContain('2026-11-23 15:42:07 UTC (2026-11-23 16:42:07 UTC+01:00)')
  })

  it('and its text in two files, with the published key, belong together', async () => {
    await page.locator('#receipt').setInputFiles(file(receipt))
    expect(await checked()).toBe('Falta el texto')
    await page.locator('#text').setInputFiles(file(TEXT))
    expect(await checked()).toBe('No se corresponden')
    expect(await result()).toContain('falta la clave pública')
    await page.locator('#key').fill(` ${key.publicKey}\n`)
    expect(await checked()).toBe('Se corresponden')
    expect(await result()).toContain('la clave pública que ha indicado')
  })

  it('whose text has one byte changed says that it is the text', async () => {
    await page.locator('#receipt').setInputFiles(file({ ...together, text: TEXT.replace('2027', '2028') }))
    expect(await checked()).toBe('No se corresponden')
    expect(await role()).toBe('alert')
    expect(await page.locator('.meaning').count()).toBe(0)
    expect(await result()).toMatch(/Texto\s+No coincide/)
    expect(await result()).toMatch(/Firma\s+Coincide/)
  })

  it('that was changed says that it is the signature', async () => {
    await page
      .locator('#receipt')
      .setInputFiles(file({ ...together, receipt: { ...receipt, conditions: '' } }))
    expect(await checked()).toBe('No se corresponden')
    expect(await result()).toMatch(/Texto\s+Coincide/)
    expect(await result()).toMatch(/Firma\s+No coincide/)
    expect(await result()).toContain('sin confirmar')
  })

  it('is not taken for right because of a key in the file, when the published one is another', async () => {
    await page.locator('#receipt').setInputFiles(file(together))
    await page.locator('#key').fill(newKey().publicKey)
    expect(await checked()).toBe('No se corresponden')
    expect(await result()).toMatch(/Firma\s+Sin comprobar/)
  })

  it('that is none, or a newer one, or not there, is called so', async () => {
    expect(await checked()).toBe('Elija primero un justificante')
    await page.locator('#receipt').setInputFiles(file('<img src=x onerror=alert(1)>'))
    expect(await checked()).toBe('Esto no es un justificante')
    await page.locator('#receipt').setInputFiles(file({ ...together, receipt: { ...receipt, v: 2 } }))
    expect(await checked()).toBe('Este justificante es más nuevo que esta página')
  })

  it('with markup in its words shows it as words', async () => {
    const hostile = key.sign({ ...FACTS, conditions: '<img src="http://example.org/x"><script>x()</script>' })
    await page.locator('#receipt').setInputFiles(file({ ...together, receipt: hostile }))
    expect(await checked()).toBe('Se corresponden')
    expect(await result()).toContain('<script>x()</script>')
  })

  it('cannot be checked by a browser without Ed25519, which is nobody’s fault', async () => {
    await page.evaluate(() => {
      SubtleCrypto.prototype.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))
    })
    await page.locator('#receipt').setInputFiles(file(together))
    expect(await checked()).toBe('Este navegador no puede comprobar firmas')
  })
})

describe('the page', () => {
  afterEach(closed)
  it('is read on a phone in Basque, light and dark, and keeps its files when the language changes', async () => {
    await open('eu', PHONE)
    expect(await page.locator('h1').allInnerTexts()).toEqual(['Egiaztatu agiri bat'])
    await page.locator('#receipt').setInputFiles(file(together))
    expect(await checked()).toBe('Elkarri dagozkio')
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await picture(page, `verify-phone-${colorScheme}`)
      expect(await axeViolations(page)).toEqual([])
    }
    expect(await overflowing(page)).toEqual([])
    expect(await englishOn(page, 'eu')).toEqual([])
    await page.locator('#language').selectOption('ca')
    expect(await page.locator('#result-title').innerText()).toBe('Es corresponen')
    expect(await page.locator('html').getAttribute('lang')).toBe('ca')
    expect(await checked()).toBe('Es corresponen')
  })

  it('looks right when something is wrong', async () => {
    await open('en', DESKTOP)
    await page.locator('#receipt').setInputFiles(file({ ...together, text: '{}' }))
    expect(await checked()).toBe('They do not belong together')
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport)
      expect(await axeViolations(page)).toEqual([])
      expect(await overflowing(page)).toEqual([])
    }
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('form').isVisible()).toBe(false)
    expect(await page.locator('#result').isVisible()).toBe(true)
  })
})

describe('from the demo, over http', () => {
  it('checks a receipt under the policy that it brings; no other page gets another one', async () => {
    const server = await startTestServer()
    const context = await browser.newContext({ locale: 'en-GB' })
    page = await context.newPage()
    heard = []
    page.on('console', (message) => heard.push(message.text()))
    for (const app of ['/apps/auzolan', '/index.php/apps/auzolan']) {
      await page.goto(`${server.url}${app}/js/verify.html`)
      await page.locator('#receipt').setInputFiles(file(together))
      expect(await checked()).toBe('They belong together')
    }
    const policyOf = async (path: string): Promise<string | null> =>
      (await fetch(`${server.url}${path}`)).headers.get('content-security-policy')
    const own = await policyOf('/apps/auzolan/js/verify.html')
    expect(own).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/)
    expect(own).toMatch(/; frame-ancestors 'none'$/)
    for (const path of ['/', '/apps/auzolan/', '/apps/auzolan/img/app.svg', '/apps/auzolan/js/nothing.html'])
      expect([path, await policyOf(path)]).toEqual([path, expect.stringContaining("script-src 'self';")])
    expect(heard).toEqual([])
    await context.close()
    await server.stop()
  }, 60_000)
})
