/** Listening on the screen: noted in a few taps on a phone, also without network; weighed; answered; and moderations likewise. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { COORDINATOR, WRITER, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { until } from '../support/server.ts'
import { wholePlan } from '../support/reviewed.ts'

let server: DecidedHere
let browser: Browser
/** The plan of the demo, with what it has heard; and one that has heard nothing. */
let haranberri: DocumentId
let quiet: DocumentId
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
  haranberri = (await rows().selectFrom('mention').select('document').executeTakeFirstOrThrow())
    .document as DocumentId
  quiet = await server.draft(wholePlan())
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
const rows = () => server.container.resolve(JOURNAL).rows
const noted = (document: string) =>
  rows().selectFrom('mention').selectAll().where('document', '=', document).execute()
async function open(
  person: string,
  path: string,
  language: 'en' | 'eu' | 'es' = 'en',
  viewport?: { width: number; height: number },
): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person,
    language,
    ...(viewport ? { viewport } : {}),
  })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const pick = (page: Page, words: string) =>
  page.locator('form label').getByText(words, { exact: true }).click()

it('[LS1] what the demo has heard is weighed, looked through, and leads to a post about what we are silent on', async () => {
  const { page, complaints, close } = await open(COORDINATOR, `/d/${haranberri}/listening`, 'eu')
  await page.locator('figure .legend').waitFor()
  await looksRight(page, 'listening', 'eu')
  // Of this month, as DOMAIN G.1 has it; the months before it are there, too.
  await page.locator('#heard-period').selectOption('month')
  await page.getByText('+18,1').filter({ visible: true }).waitFor()
  const legend = page.locator('figure .legend')
  for (const words of ['Positiboa 38', 'Neutroa 61', 'Negatiboa 17'])
    await legend.getByText(words.split(' ')[0]!).locator('xpath=..').getByText(words.split(' ')[1]!).waitFor()
  await page.getByText('Taula', { exact: true }).click()
  await page.getByRole('table').getByRole('columnheader', { name: 'Balantzea' }).waitFor()
  // The three facts that were corrected, each with its source.
  await page.locator('.filters select').nth(0).selectOption('negative')
  await page.getByText('17 aipamen', { exact: true }).waitFor()
  await page.locator('.filters select').nth(2).selectOption('Autobus-ordutegia')
  await page.getByText('3 aipamen', { exact: true }).waitFor()
  expect(await page.getByRole('link', { name: 'Iturri ofiziala' }).count()).toBe(3)
  await page.evaluate(() => document.querySelector('#heard-log')?.scrollIntoView())
  await looksRight(page, 'listening-log', 'eu', () =>
    page.evaluate(() => document.querySelector('#heard-log')?.scrollIntoView()),
  )
  // Of the brown container something went out this month; of the noise, nothing.
  expect(await page.getByRole('button', { name: 'Idatzi horri buruz: Edukiontzi marroia' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Idatzi horri buruz: Zarata gauez' }).click()
  await page.waitForURL(/\/calendar\//)
  expect(await page.locator('input').first().inputValue()).toBeDefined()
  await until(async () => (await page.content()).includes('Zarata gauez'), 'the post is about what was said')
  expect(complaints).toEqual([])
  await close()
}, 240_000)

it('[LS2] on a phone something is noted in a few taps; without network it waits, and arrives once', async () => {
  const { page, context, complaints, close } = await open(WRITER, `/d/${quiet}/listening`, 'es', PHONE)
  await page.getByRole('heading', { name: 'Anotar algo que se ha dicho' }).waitFor()
  const began = Date.now()
  await pick(page, 'Mastodon')
  await pick(page, 'Negativa')
  await page.getByLabel('Sobre qué es').fill('Ruido de noche')
  await page.getByLabel('Qué se dijo, en una línea').fill('Quieren dormir')
  await page.getByRole('button', { name: 'Anotarlo' }).click()
  await page.getByText('Anotado.', { exact: true }).waitFor()
  expect(Date.now() - began).toBeLessThan(20_000)
  await page.getByText('Quieren dormir').waitFor()

  await context.setOffline(true)
  // The network is remembered, the topic is one tap: sentiment, topic, words, send.
  await pick(page, 'Negativa')
  await page.getByRole('button', { name: 'Ruido de noche', exact: true }).click()
  await page.getByLabel('Qué se dijo, en una línea').fill('@maite no duerme')
  await page.getByRole('button', { name: 'Anotarlo' }).click()
  await page.getByText('Quita la cuenta').waitFor()
  await page.getByLabel('Qué se dijo, en una línea').fill('No se puede dormir')
  await page.getByRole('button', { name: 'Anotarlo' }).click()
  await page.getByText('Irá al servidor por sí solo').waitFor()
  await page.getByText('1 espera al servidor').waitFor()
  await page.getByRole('img', { name: 'aún no está en el servidor' }).waitFor()
  await looksRight(page, 'listening-waiting', 'es')
  await page.setViewportSize(PHONE)
  await context.setOffline(false)
  await page.getByText('1 espera al servidor').waitFor({ state: 'detached' })
  await page.getByText('No se puede dormir').waitFor()
  expect((await noted(quiet)).map(({ summary, noted_by }) => [summary, noted_by]).sort()).toEqual([
    ['No se puede dormir', WRITER],
    ['Quieren dormir', WRITER],
  ])
  // Only one kind was heard (P-53), and few.
  await page.getByText('¿Nadie está contento').waitFor()
  await page.getByText('· muestra pequeña').waitFor()
  // Without network axe cannot fetch the style sheets it would read.
  expect(complaints.filter((one) => !/ERR_INTERNET_DISCONNECTED|preload assets/.test(one))).toEqual([])
  await close()
}, 240_000)

it('[LS3] an answer is noted with its official source, or not at all; the second who corrects is told', async () => {
  const { page, close } = await open(COORDINATOR, `/d/${quiet}/listening`)
  await page.getByRole('button', { name: 'Say what was done: Ruido de noche' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What was done', { exact: true }).selectOption('corrected_fact')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('A corrected fact needs its official source').waitFor()
  await dialog.getByLabel('Official source').fill('https://www.haranberri.example/zarata')
  await looksRight(page, 'listening-close', 'en')
  const [open1] = await noted(quiet)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.locator('#heard-log ~ ul').getByText('We corrected a fact').waitFor()
  expect((await noted(quiet)).filter(({ closed_on }) => closed_on !== null)).toHaveLength(1)

  await page.getByRole('button', { name: 'Correct: Ruido de noche' }).first().click()
  await rows().updateTable('mention').set({ revision: 9 }).where('id', '=', open1!.id).execute()
  await rows().updateTable('mention').set({ revision: 9 }).where('document', '=', quiet).execute()
  await dialog.getByText('Neutral', { exact: true }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Somebody has corrected it meanwhile').waitFor()
  await page.keyboard.press('Escape')
  await close()
}, 180_000)

it('[LS4] what the server does not take is kept with its reason, mended, and arrives as the same', async () => {
  const { page, close } = await open(WRITER, `/d/${quiet}/listening`)
  const before = (await noted(quiet)).length
  await page.route('**/heard', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 400, json: { code: 'INVALID_INPUT' } })
      : route.continue(),
  )
  await pick(page, 'Instagram')
  await pick(page, 'Positive')
  await page.getByLabel('What it is about').fill('Jaiak')
  await page.getByLabel('What was said, in one line').fill('Ederrak')
  await page.getByRole('button', { name: 'Note it' }).click()
  await page.getByText('The server does not take it as it is').waitFor()
  await page.unroute('**/heard')
  await page.reload()
  await page.getByText('The server does not take it as it is').waitFor()
  expect((await noted(quiet)).length).toBe(before)
  await page.getByRole('button', { name: 'Mend it' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What was said, in one line').fill('Oso ederrak')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('Oso ederrak').waitFor()
  expect(await page.getByRole('heading', { name: 'On this device' }).count()).toBe(0)
  expect((await noted(quiet)).length).toBe(before + 1)
  await close()
}, 180_000)

it('[LS5] whoever does not listen sees how it is done, and nothing of what was heard', async () => {
  const { page, complaints, close } = await open('hizkuntza-zerbitzua', `/d/${haranberri}/listening`, 'es')
  await page.getByText('Qué buscamos').first().waitFor()
  expect(await page.getByText('Lo que se ha escuchado').count()).toBe(0)
  expect(await page.content()).not.toContain('Zarata gauez')
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('[ML6] a moderation waits without network and arrives once; a block that waits too long is overdue', async () => {
  const { page, context, close } = await open(WRITER, `/d/${quiet}/participation`, 'eu', PHONE)
  await page.getByRole('button', { name: 'Idatzi moderazio bat' }).click()
  await context.setOffline(true)
  await page.locator('#moderated-action').selectOption('block')
  await page.locator('#moderated-reason').selectOption('disrespect')
  await page.locator('#moderated-note').fill('Irain bat baino gehiago')
  await page.locator('form').getByRole('button').first().click()
  await page.getByRole('img', { name: 'oraindik ez dago zerbitzarian' }).waitFor()
  await context.setOffline(false)
  await page.getByRole('img', { name: 'oraindik ez dago zerbitzarian' }).waitFor({ state: 'detached' })
  await page.getByText('Irain bat baino gehiago').waitFor()
  expect(
    await rows().selectFrom('moderation').select('id').where('document', '=', quiet).execute(),
  ).toHaveLength(1)
  const past = new Date(Date.now() - 9 * 24 * 60 * 60 * 1000).toISOString()
  await rows().updateTable('moderation').set({ at: past }).where('document', '=', quiet).execute()
  await page.reload()
  await page.getByText('Epez kanpo').waitFor()
  await page.getByText('Epez kanpo').scrollIntoViewIfNeeded()
  await looksRight(page, 'moderation-overdue', 'eu', () =>
    page.getByText('Epez kanpo').scrollIntoViewIfNeeded(),
  )
  await close()
}, 180_000)
