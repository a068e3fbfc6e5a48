/** Somebody looks after many tools in a table, sets some of them beside each other, and prints the card of one [CA20]–[CA26]. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Catalogue } from '@auzolan/shared/protocol/catalogue.ts'
import { DESKTOP, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { STATUSES, manyEntries, onShelf } from '../support/catalogue-of.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
/** Ids of the demo's tools, by name. */
let ids: ReadonlyMap<string, string>
beforeAll(async () => {
  server = await startTestServer()
  const { tools } = (await server.get<Catalogue>(PERSON, 'catalogue')).body
  ids = new Map(tools.map(({ id, name }) => [name, id]))
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Of the catalogue: below stands what colleagues know. */
const SHELF = '.shelf:not(.known)'
const PERSON = 'komunikazio-arduraduna'
type Language = 'en' | 'es' | 'eu' | 'ca'
/** @param tools instead of the demo's, where a test is about thousands; everything else is the server's */
async function open(path: string, language: Language, tools?: Catalogue['tools']): Promise<Tab> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: `${language}-ES` })
  if (tools)
    await context.route('**/api/v1/catalogue', (route) =>
      route.fulfill({ json: { tools } satisfies Catalogue }),
    )
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person: PERSON,
    language,
    context,
  })
  tab.page.setDefaultTimeout(15_000)
  return { ...tab, close: () => context.close() }
}
const compare = (...names: string[]): string =>
  `/tools/compare?tools=${names.map((name) => ids.get(name) ?? name).join(',')}`
const heads = (page: Page): Promise<string[]> => page.locator('thead th a').allInnerTexts()
const at = (page: Page, key: string): string | null => new URL(page.url()).searchParams.get(key)

describe('[CA24] tools beside each other', () => {
  it('are chosen from the table, with the keyboard, and told apart by what differs', async () => {
    const tab = await open('/tools?view=table', 'es')
    const { page } = tab
    await page.getByRole('table').waitFor()
    for (const name of ['Saioa Meet', 'Tauler']) {
      await page.getByRole('checkbox', { name: `Comparar ${name}` }).focus()
      await page.keyboard.press('Space')
    }
    await page.getByRole('link', { name: 'Comparar', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '2 herramientas comparadas' }).waitFor()
    expect(await heads(page)).toEqual(['Saioa Meet', 'Tauler'])
    await page.getByText(/De estas, solo Saioa Meet puede tener: .*ciudadanía/).waitFor()
    const rows = await page.locator('tbody tr').count()
    await page.getByText('Solo las diferencias').click()
    await page.getByText('dicen lo mismo de todas').waitFor()
    expect(await page.locator('tbody tr').count()).toBeLessThan(rows)
    // A third one is added by a word of it, and one is taken out.
    await page.getByLabel('Añadir otra herramienta').fill('gel')
    await page.getByRole('button', { name: 'Añadir Gela' }).click()
    await page.getByRole('heading', { name: '3 herramientas comparadas' }).waitFor()
    await page.getByRole('button', { name: 'Quitar Saioa Meet de la comparación' }).click()
    await page.waitForURL(
      (url) => url.searchParams.get('tools') === `${ids.get('Tauler')},${ids.get('Gela')}`,
    )
    expect(await heads(page)).toEqual(['Tauler', 'Gela'])
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
  it('one alone asks for another, five are four, and what is not in the catalogue is said', async () => {
    const tab = await open(compare('Gela'), 'es')
    const { page } = tab
    await page.getByText('Elige con qué se compara Gela.').waitFor()
    // Those of the same kind are offered at once.
    await page.getByRole('button', { name: 'Añadir Saioa Meet' }).waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
    const five = compare('Gela', 'Saioa Meet', 'Orri', 'Galdetu', 'Irudika')
    await page.goto(`${server.url}/apps/auzolan${five}`)
    await page.getByText('Se comparan 4 como máximo').waitFor()
    expect(await heads(page)).toHaveLength(4)
    expect(await page.getByLabel('Añadir otra herramienta').count()).toBe(0)
    await page.goto(`${server.url}/apps/auzolan${compare('Gela', 'Saioa Meet', 'gone')}`)
    await page.getByText('1 de las herramientas no está en el catálogo').waitFor()
    expect(await heads(page)).toEqual(['Gela', 'Saioa Meet'])
    await page.goto(`${server.url}/apps/auzolan/tools/compare`)
    await page.getByText('Elige de dos a cuatro herramientas.').waitFor()
    await tab.close()
  })
  it('one that was withdrawn says so, and until when', async () => {
    const tab = await open(compare('Gela', 'Idazluma'), 'es')
    await tab.page.locator('thead').getByText('Retirada').waitFor()
    await tab.page.getByText(/ya no la usa nadie/).waitFor()
    await tab.close()
  })
  it.each(['en', 'es', 'eu', 'ca'] as const)('look right in %s', { timeout: 120_000 }, async (language) => {
    const tab = await open(compare('Gela', 'Saioa Meet', 'Tauler'), language)
    await tab.page.getByRole('table').waitFor()
    await looksRight(tab.page, 'catalogue-compare', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
})

describe('[CA23] the table', () => {
  it('is sorted by the keyboard and narrowed; the address says so, and the count is announced', async () => {
    const tab = await open('/tools', 'es')
    const { page } = tab
    await page.getByRole('button', { name: 'Tabla' }).click()
    await page.getByRole('table').waitFor()
    expect(at(page, 'view')).toBe('table')
    const all = [...ids.keys()].sort()
    const subscribed = ['Tauler', 'Saioa Meet', 'Idazluma']
    const names = (): Promise<string[]> => page.locator('tbody th').allInnerTexts()
    await page.getByRole('button', { name: 'Herramienta', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort="ascending"]').waitFor()
    expect([await names(), at(page, 'sort')]).toEqual([all, 'name'])
    await page.keyboard.press('Enter')
    await page.locator('th[aria-sort="descending"]').waitFor()
    expect([await names(), at(page, 'down')]).toEqual([all.toReversed(), '1'])
    await page.getByLabel('Coste').selectOption('subscription')
    await page.locator('[role="status"]', { hasText: '3 herramientas' }).waitFor()
    expect([await names(), at(page, 'cost')]).toEqual([subscribed, 'subscription'])
    // What one has sent to somebody opens as it was, and the shelves keep to the same filters.
    await page.reload()
    await page.getByRole('table').waitFor()
    expect(await names()).toEqual(subscribed)
    await page.getByRole('button', { name: 'Estantes' }).click()
    await page.locator(SHELF).first().waitFor()
    expect(await page.locator(`${SHELF} li .name`).count()).toBe(3)
    // Nothing: the nearest needs, and from there on.
    await page.locator('#catalogue-words').fill('encuestas')
    await page.getByText('Esto es lo más cercano:').waitFor()
    await page.locator('.nothing button').first().click()
    await page.locator(SHELF).first().waitFor()
    expect(at(page, 'cost')).toBe(null)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
  it('of thousands shows some, and more when asked', { timeout: 480_000 }, async () => {
    const tools = manyEntries(5_000).map((entry, i) => onShelf(entry, STATUSES[i % 3]!))
    const tab = await open('/tools', 'eu', tools)
    const { page } = tab
    // They are many, and the machine may have other things to do.
    page.setDefaultTimeout(60_000)
    await page.locator(SHELF).first().waitFor()
    expect(await page.locator(`${SHELF} li .name`).count()).toBe(5 * 6)
    await page.locator(`${SHELF} li button`).first().click()
    expect(await page.locator(`${SHELF} li .name`).count()).toBe(5 * 6 + 60)
    await page.goto(`${server.url}/apps/auzolan/tools?view=table`)
    await page.getByRole('table').waitFor()
    expect(await page.locator('tbody tr').count()).toBe(100)
    await page.locator('.more button').click()
    expect(await page.locator('tbody tr').count()).toBe(200)
    // However far down one is, the columns say what they are.
    const away = await page.locator('.scroll').evaluate((scroller) => {
      scroller.scrollTop = 2_000
      const [head, frame] = [scroller.querySelector('thead th + th')!, scroller]
      return [scroller.scrollTop, head.getBoundingClientRect().top - frame.getBoundingClientRect().top]
    })
    expect(away).toEqual([2_000, 0])
    await page.locator('#catalogue-words').fill('tauler 4999')
    await page.locator('.nothing').waitFor()
    await page.locator('#catalogue-words').fill('saioa 4999')
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    await tab.close()
  })
  it.each(['es', 'eu', 'ca'] as const)('looks right in %s', { timeout: 120_000 }, async (language) => {
    const tab = await open('/tools?view=table', language)
    await tab.page.getByRole('table').waitFor()
    await looksRight(tab.page, 'catalogue-table', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
})

describe('[CA26] the card on paper', () => {
  it('is one page, of a tool with much to say', async () => {
    for (const language of ['eu', 'es'] as const) {
      const tab = await openTab(browser, server.url, `/apps/auzolan/tools/${ids.get('Saioa Meet')}`, {
        language,
      })
      await tab.page.getByRole('heading', { name: 'Saioa Meet' }).waitFor()
      const pdf = await tab.page.pdf({ format: 'A4' })
      await tab.page.emulateMedia({ media: 'print' })
      await tab.page.setViewportSize({ width: 794, height: 1123 })
      await picture(tab.page, `tool-card-paper-${language}`)
      // What a frame of the app cuts off is on no page.
      const cut = await tab.page.evaluate(() => {
        const around: Element[] = []
        for (let one = document.querySelector('.on-paper'); one; one = one.parentElement) around.push(one)
        return around
          .filter((one) => getComputedStyle(one).overflow !== 'visible')
          .map(({ tagName }) => tagName)
      })
      expect([language, cut]).toEqual([language, []])
      expect([language, pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length]).toEqual([language, 1])
      await tab.close()
    }
  })
})
