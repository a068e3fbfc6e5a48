/** Somebody looks for words, and lands where they stand: in a text, a post, a comment or what colleagues have suggested [SE8]. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SuggestionGiven, SuggestionTaken } from '@auzolan/shared/protocol/suggestions.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer, until } from '../support/server.ts'
import { VOICE } from '../support/suggested.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
  await until(async () => (await found('egun')) > 0, 'the demo can be searched', 60_000)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
const found = async (q: string): Promise<number> =>
  (await server.get<{ results: unknown[] }>('komunikazio-arduraduna', `search?q=${q}`)).body.results.length

const post = async (person: string, path: string, body: object): Promise<Response> => {
  const answer = await fetch(`${server.url}/api/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await server.token(person)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  expect([path, answer.ok]).toEqual([path, true])
  return answer
}
async function suggested(name: string, whatFor: string): Promise<string> {
  const voice = { ...VOICE, whatFor }
  const given: SuggestionGiven = { name, address: '', category: null, voice, imported: null }
  const answer = await post('kultura-cm', 'suggestions', given)
  return ((await answer.json()) as SuggestionTaken).id
}

async function open(language: 'en' | 'es' | 'eu' | 'ca'): Promise<Tab> {
  const tab = await openTab(browser, server.url, '/apps/auzolan/search', {
    person: 'komunikazio-arduraduna',
    language,
  })
  tab.page.setDefaultTimeout(15_000)
  return tab
}

it('types words with a slip and no accents, and goes to the post and the field they stand in', async () => {
  const tab = await open('es')
  const { page } = tab
  // The field has the focus: one only has to type.
  await page.locator('#search-words:focus').waitFor()
  await page.keyboard.type('contenedor marron')
  await page.locator('.hit mark').first().waitFor()
  await page.waitForURL((url) => url.searchParams.get('q') === 'contenedor marron')
  expect(await page.locator('#search-words').inputValue()).toBe('contenedor marron')
  await page.locator('#search-words').fill('contenedro')
  await page.getByText('No se ha encontrado «contenedro»').waitFor()
  const hit = page.locator('.hit', { has: page.locator('mark') }).first()
  const where = await hit.getAttribute('href')
  await hit.click()
  await page.waitForURL((url) => url.pathname.includes('/d/'))
  expect(where).toContain('/d/')
  // Back is where one was.
  await page.goBack()
  await page.locator('.hit mark').first().waitFor()
  expect(await page.locator('#search-words').inputValue()).toBe('contenedro')
  await page.locator('#search-words').fill('zzzz')
  await page.getByText('Con menos palabras').waitFor()
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('lands in the field of the plan that was found', async () => {
  const tab = await open('eu')
  const { page } = tab
  await page.locator('#search-words:focus').waitFor()
  await page.keyboard.type('sare sozialen plana 2027')
  const hit = page.locator('.results .hit:not([href*="calendar"])').first()
  await hit.waitFor()
  const [, section] = /\/d\/[^/]+\/([^/?]+)/.exec((await hit.getAttribute('href'))!)!
  await hit.click()
  await page.waitForURL((url) => url.pathname.split('/').includes(section!) && url.search === '')
  await page.waitForFunction(() => document.activeElement?.closest('.scroll') !== null)
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('finds a tool above the texts, with its decision, and goes to its card [SE9]', async () => {
  const tab = await open('es')
  const { page } = tab
  await page.locator('#search-words:focus').waitFor()
  await page.keyboard.type('saoia')
  const tools = page.getByRole('region', { name: 'Herramientas' })
  await tools.getByText('Con condiciones').waitFor()
  const link = tools.getByRole('link', { name: 'Saioa Meet' })
  const first = page.locator('.results li').first()
  if ((await first.count()) > 0)
    expect((await link.boundingBox())!.y).toBeLessThan((await first.boundingBox())!.y)
  await link.click()
  await page.getByRole('heading', { name: 'Saioa Meet', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toContain('/tools/')
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('finds what colleagues have suggested beneath the tools, by another name of it too, and goes to its page [SU19]', async () => {
  const into = await suggested('Ideamapa', 'Tailerretan ideiak biltzeko')
  const duplicate = await suggested('Pentsamapa', 'Marrazteko')
  await post('informatika-arduraduna', `suggestions/${duplicate}/merge`, { into })
  const tab = await open('es')
  const { page } = tab
  await page.locator('#search-words:focus').waitFor()
  await page.keyboard.type('pentsamaap')
  const group = page.getByRole('region', { name: 'Herramientas propuestas' })
  await group.getByText('Sin evaluar').waitFor()
  await group.getByText(/También se llama: .*Pentsamapa/).waitFor()
  await page.getByText('1 herramienta propuesta').waitFor()
  await group.getByRole('link', { name: 'Ideamapa' }).click()
  await page.getByRole('heading', { name: 'Ideamapa', level: 1 }).waitFor()
  expect(new URL(page.url()).pathname).toContain(`/suggest/${into}`)
  await page.goBack()
  await group.getByRole('link', { name: 'Ideamapa' }).waitFor()
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it.each(['en', 'es', 'eu', 'ca'] as const)('looks right in %s', { timeout: 480_000 }, async (language) => {
  const tab = await open(language)
  await tab.page.locator('#search-words').waitFor()
  await looksRight(tab.page, 'search-empty', language)
  await tab.page.locator('#search-words').fill('marron')
  await tab.page.locator('.hit mark').first().waitFor()
  await looksRight(tab.page, 'search', language)
  await tab.page.locator('#search-words').fill('saioa')
  await tab.page.getByRole('link', { name: 'Saioa Meet' }).first().waitFor()
  await looksRight(tab.page, 'search-tools', language)
  await tab.page.locator('#search-words').fill('pentsamapa')
  await tab.page.getByRole('link', { name: 'Ideamapa' }).waitFor()
  await looksRight(tab.page, 'search-suggestions', language)
  expect(tab.complaints).toEqual([])
  await tab.close()
})
