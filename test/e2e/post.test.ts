/** The editor of a post in real browsers: texts in two languages, lengths, another text for one network, review and approval. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { PROFILES } from '@auzolan/server/src/container.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { completePlan } from '../support/complete.ts'
import { COORDINATOR, DIRECTOR, WRITER, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'

const BASQUE = 'Azaroaren 30etik aurrera, edukiontzi marroia auzo guztietan izango duzu. '
const SPANISH = 'Desde el 30 de noviembre tendrás el contenedor marrón en todos los barrios. '
const REASON = 'Falta la fuente oficial, y la fecha es otra.'

let server: DecidedHere
let browser: Browser
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

type Language = 'en' | 'eu' | 'es'
async function open(person: string, path: string, language: Language = 'en', phone = false): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person,
    language,
    ...(phone ? { viewport: PHONE } : {}),
  })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const plan = async (): Promise<DocumentId> => server.draft(completePlan())
/** In force, and its Mastodon open. */
async function planInForce(): Promise<DocumentId> {
  const id = await plan()
  await server.decided(id, 'approve')
  const waivers = [{ check: 'P-18', reason: 'Ikastaroa urtarrilean egingo dute.' }]
  const refused = await server.container
    .resolve(PROFILES)
    .order(claims(DIRECTOR), id, 'mastodon', 'open', { note: '', waivers })
  if (refused) throw new Error(refused.detail)
  return id
}
const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
const text = (page: Page, language: string, within = '.post'): Locator =>
  page.locator(`${within} [data-language="${language}"] textarea`).first()
const row = (page: Page, network: string): Locator => page.locator(`.lengths [data-network="${network}"]`)
const title = (page: Page): Locator => page.locator('.head [data-path$="/title"] textarea')
const dialog = (page: Page): Locator => page.getByRole('dialog')
/** A dialog stands once it has the focus: Nextcloud's own complains of one that is closed while it still comes in. */
const standing = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'))
async function press(page: Page, name: string): Promise<void> {
  await standing(page)
  await dialog(page).getByRole('button', { name }).click()
}

/** A new post, written by whoever the page is of; gives its id. */
async function write(
  page: Page,
  called: string,
  networks: readonly string[],
  add = 'New post',
): Promise<string> {
  await page.getByRole('button', { name: add }).click()
  await page.locator('article.post').waitFor()
  await title(page).fill(called)
  for (const network of networks)
    await page.locator('[data-path$="/profileIds"] label', { hasText: network }).first().click()
  await text(page, 'eu').fill(BASQUE)
  await text(page, 'es').fill(SPANISH)
  return (await page.locator('article.post').getAttribute('data-post'))!
}

it('looks right while it does not fit, in Basque', async () => {
  const id = await plan()
  const { page, complaints, close } = await open(WRITER, `/d/${id}/calendar`, 'eu')
  await write(page, 'Edukiontzi marroia auzo guztietan', ['Mastodon', 'Instagram'], 'Argitalpen berria')
  await text(page, 'eu').fill(`${BASQUE.repeat(4)}\n\n#Haranberri #hondakinbilketa`)
  await text(page, 'es').fill(`${SPANISH.repeat(4)}\n\n#Haranberri`)
  await page.locator('.remedy').waitFor()
  await page.locator('.facts button').click()
  await looksRight(page, 'post-too-long', 'eu')
  expect(complaints).toEqual([])
  await close()
}, 180_000)

it('a text crosses the limit of a network: it is said once, and splitting mends it', async () => {
  const id = await plan()
  const { page, complaints, close } = await open(WRITER, `/d/${id}/calendar`)
  await write(page, 'Edukiontzi marroia', ['Mastodon', 'Instagram'])
  await expect.poll(() => row(page, 'mastodon').getAttribute('data-over')).toBe('0')
  // 500 together, with the blank line between: it fits, and one letter more does not.
  const [basque, spanish] = ['e'.repeat(249), 's'.repeat(249)]
  await text(page, 'eu').fill(basque)
  await text(page, 'es').fill(spanish)
  await row(page, 'mastodon').getByText('500 / 500').waitFor()
  await row(page, 'mastodon').getByText('It fits').waitFor()
  await text(page, 'es').fill(`${spanish}s`)
  await row(page, 'mastodon').getByText('1 too many').waitFor()
  await page
    .locator('.lengths [role="status"]', { hasText: 'Mastodon: 501 / 500, 1 too many' })
    .waitFor({ state: 'attached' })
  await row(page, 'instagram').getByText('It fits').waitFor()
  await page
    .locator('.remedy', { hasText: '249 · 250' })
    .getByRole('button', { name: 'Split in two' })
    .click()
  await row(page, 'mastodon').getByText('250 / 500').waitFor()
  await page.getByText('Each language goes out in a message of its own.').waitFor()
  expect(await page.locator('.preview article').count()).toBe(2)
  await page.locator('.preview').getByText('2/2').waitFor()
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('another text for one network has lengths of its own, and goes again', async () => {
  const id = await plan()
  const { page, complaints, close } = await open(WRITER, `/d/${id}/calendar`)
  await write(page, 'Edukiontzi marroia', ['Mastodon', 'Instagram'])
  await text(page, 'eu').fill('e'.repeat(600))
  await page.locator('.remedy').getByRole('button', { name: 'Another text for this network' }).click()
  const own = page.locator('.variant')
  await own.getByRole('heading', { name: /Only on .*Mastodon/ }).waitFor()
  // It begins with what the post says.
  expect(await text(page, 'eu', '.variant').inputValue()).toBe('e'.repeat(600))
  await text(page, 'eu', '.variant').fill('Laburra #edukiontzimarroia')
  await row(page, 'mastodon').getByText('It fits').waitFor()
  expect(await text(page, 'eu').inputValue()).toBe('e'.repeat(600))
  await own.getByText('Begin each word of #edukiontzimarroia').waitFor()
  await text(page, 'eu', '.variant').fill('Edukiontzi marroia #edukiontzimarroia')
  await own.getByRole('button', { name: 'Write #EdukiontziMarroia' }).click()
  expect(await text(page, 'eu', '.variant').inputValue()).toBe('Edukiontzi marroia #EdukiontziMarroia')
  await own.getByRole('button', { name: /^Remove the text for/ }).click()
  await own.waitFor({ state: 'detached' })
  await row(page, 'mastodon').getByText('too many').waitFor()
  await page.locator('.undo').getByRole('button', { name: 'Undo' }).click()
  await own.waitFor()
  expect(await text(page, 'eu', '.variant').inputValue()).toBe('Edukiontzi marroia #EdukiontziMarroia')
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('two people write in one text, one of them offline on a phone, and nothing is lost', async () => {
  const id = await plan()
  const desk = await open(WRITER, `/d/${id}/calendar`)
  const post = await write(desk.page, 'Edukiontzi marroia', ['Mastodon'])
  await onServer(desk.page)
  const phone = await open(COORDINATOR, `/d/${id}/calendar/${post}`, 'es', true)
  await phone.page.locator('.tabs button', { hasText: 'Euskera' }).first().click()
  expect(await text(phone.page, 'eu').inputValue()).toBe(BASQUE)
  await phone.context.setOffline(true)
  await text(phone.page, 'eu').click()
  await phone.page.keyboard.press('Control+End')
  await phone.page.keyboard.type('Telefonotik.')
  await phone.page.locator('.steps .next').click()
  await phone.page.getByRole('dialog').waitFor()
  await looksRight(phone.page, 'post-offline-dialog', 'es')
  await phone.page.setViewportSize(PHONE)
  await phone.page.keyboard.press('Escape')
  await text(desk.page, 'eu').press('Control+Home')
  await desk.page.keyboard.type('Mahaitik. ')
  await phone.context.setOffline(false)
  const both = `Mahaitik. ${BASQUE}Telefonotik.`
  await expect.poll(() => text(desk.page, 'eu').inputValue(), { timeout: 30_000 }).toBe(both)
  await expect.poll(() => text(phone.page, 'eu').inputValue(), { timeout: 30_000 }).toBe(both)
  // Changed in Basque after both said the same: the Spanish says so, until a person says that it is up to date.
  const strip = desk.page.locator('[data-language="es"] .behind')
  await strip.waitFor()
  await strip.getByRole('button', { name: 'It is up to date' }).click()
  await strip.waitFor({ state: 'detached' })
  await desk.close()
  await phone.close()
}, 180_000)

/** What every post needs beside its text. */
async function arrange(page: Page): Promise<void> {
  await page.locator('[data-path$="/day"] input').fill('2027-01-11')
  await page.locator('[data-path$="/time"] input').fill('09:00')
  await page.locator('[data-path$="/purposeIds"] label').first().click()
}

it('sent to review, read in both languages and approved by another person; edited, it goes back to review', async () => {
  const id = await planInForce()
  // Beside its calendar a plan that is in force as it stands has no step of its own.
  const writer = await open(WRITER, `/d/${id}/planning`)
  const send = writer.page.locator('header.head').getByRole('button', { name: 'Send to review' })
  await send.waitFor()
  await writer.page.getByRole('link', { name: 'Content calendar' }).click()
  await send.waitFor({ state: 'detached' })
  const post = await write(writer.page, 'Edukiontzi marroia', ['Mastodon'])
  const state = (page: Page): Locator => page.locator('.head .state')
  // Pressed too early it says what is missing, and leads there.
  await writer.page.getByRole('button', { name: 'Send to review' }).click()
  await dialog(writer.page).getByText('Still in the way').waitFor()
  await press(writer.page, 'Go to what is missing')
  // And stays there: a dialog that has closed gives the focus back a moment later.
  await dialog(writer.page).waitFor({ state: 'detached' })
  await writer.page.waitForTimeout(300)
  expect(
    await writer.page.evaluate(() =>
      document.activeElement?.closest('[data-path]')?.getAttribute('data-path'),
    ),
  ).toBe(`posts/${post}/purposeIds`)
  await arrange(writer.page)
  await onServer(writer.page)
  await writer.page.getByRole('button', { name: 'Send to review' }).click()
  await press(writer.page, 'Send to review')
  await state(writer.page).getByText('In review').waitFor()
  await writer.page.getByText('You have written in it: somebody else approves it.').waitFor()
  expect(await writer.page.getByRole('button', { name: 'Approve', exact: true }).count()).toBe(0)
  expect(await writer.page.getByRole('button', { name: /^I have read it/ }).count()).toBe(0)

  // Whoever decides finds it among what needs them.
  const reader = await open(COORDINATOR, '', 'es')
  await reader.page
    .locator('.needs')
    .getByRole('link', { name: /La publicación «Edukiontzi marroia» espera tu aprobación/ })
    .waitFor()
  await looksRight(reader.page, 'home-post-waits', 'es')
  await reader.page.getByRole('link', { name: /La publicación «Edukiontzi marroia» espera/ }).click()
  await reader.page.locator(`article.post[data-post="${post}"]`).waitFor()
  await reader.page.getByRole('button', { name: 'Devolver' }).click()
  await press(reader.page, 'Devolver')
  await dialog(reader.page).getByText('Escribe un motivo de al menos 20 caracteres.').waitFor()
  await dialog(reader.page).locator('textarea').fill(REASON)
  await looksRight(reader.page, 'post-send-back', 'es')
  await press(reader.page, 'Devolver')
  await reader.page.getByText(REASON).waitFor()
  await writer.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await writer.page.getByText(`sent it back: ${REASON}`).waitFor()
  await writer.page.getByRole('button', { name: 'Send to review' }).click()
  await press(writer.page, 'Send to review')
  await state(writer.page).getByText('In review').waitFor()

  await reader.page.reload()
  await reader.page.getByRole('button', { name: 'Aprobar' }).click()
  // Nobody has read it in Basque and Spanish yet.
  await dialog(reader.page).getByText('Lo que aún lo impide').waitFor()
  await standing(reader.page)
  await reader.page.keyboard.press('Escape')
  for (const language of ['eu', 'es']) {
    await reader.page
      .locator(`[data-language="${language}"]`)
      .getByRole('button', { name: /^La he leído/ })
      .click()
    await reader.page.locator(`[data-language="${language}"]`).getByText('Lengua revisada').waitFor()
    await reader.page.waitForFunction(() => document.activeElement?.matches('.read'))
  }
  await reader.page.getByRole('button', { name: 'Aprobar' }).click()
  await press(reader.page, 'Aprobar')
  await dialog(reader.page).getByText('Marca que no contiene').waitFor()
  await dialog(reader.page).locator('input[type="checkbox"]').check()
  await looksRight(reader.page, 'post-approve', 'es')
  await press(reader.page, 'Aprobar')
  await reader.page.locator('.head .state[data-state="approved"]').waitFor()
  await looksRight(reader.page, 'post-approved', 'es')

  // When it goes out can be arranged again; what it says cannot.
  await writer.page.reload()
  await state(writer.page).getByText('Approved').waitFor()
  await writer.page.locator('.facts button').click()
  await writer.page.locator('[data-path$="/time"] input').fill('10:30')
  await writer.page.locator('.facts', { hasText: '10:30' }).waitFor()
  await state(writer.page).getByText('Approved').waitFor()
  await text(writer.page, 'es').press('Control+End')
  await writer.page.keyboard.type(' Gratis.')
  await state(writer.page).getByText('In review').waitFor()
  await writer.page.getByText('and goes back to review').waitFor()
  await reader.page.locator('[data-language="es"]').getByText('cambiada desde que se leyó').waitFor()
  await looksRight(reader.page, 'post-changed-since', 'es')
  expect([...writer.complaints, ...reader.complaints]).toEqual([])
  await writer.close()
  await reader.close()
}, 240_000)

it('in an emergency it is out first, and looked at afterwards; who is named is asked; a deleted post comes back', async () => {
  const id = await planInForce()
  const { page, complaints, close } = await open(WRITER, `/d/${id}/calendar`, 'eu')
  const post = await write(page, 'Uholdea', ['Mastodon'], 'Argitalpen berria')
  await arrange(page)
  await text(page, 'eu').fill('Ez hurbildu ibaira. @112_sos')
  await page.locator('.mentions').getByText('Nor da @112_sos?').waitFor()
  await page.locator('.mentions select').selectOption('institution')
  await page.locator('.mentions li').getByText('@112_sos', { exact: true }).waitFor()
  await page.locator('.more .fold').click()
  await page.locator('[data-path$="/sensitive"] label').first().click()
  await page.locator('.head .lamp').waitFor()
  await expect
    .poll(() => page.locator('.ledger .line').getAttribute('aria-label'), { timeout: 20_000 })
    .toMatch(/Zerbitzarian/)
  await page.getByRole('button', { name: 'Idatzi argitaratu dela' }).click()
  await dialog(page).locator('#out-url').fill('https://mastodon.example/@haranberriudala/1')
  await looksRight(page, 'post-emergency-out', 'eu')
  await press(page, 'Idatzi argitaratu dela')
  await page.locator('.head .state').getByText('Argitaratuta').waitFor()
  await page.locator('.said.alarm').waitFor()
  await looksRight(page, 'post-emergency', 'eu')
  await page
    .locator('.head')
    .getByRole('button', { name: /^Ekintzak/ })
    .click()
  await page.getByRole('menuitem', { name: 'Ezabatu argitalpena' }).click()
  await page.locator('.undo').getByRole('button', { name: 'Desegin' }).click()
  // It is out: it stands today, not on the day that was planned.
  await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar?as=${WRITER}&lang=eu`)
  await page.getByRole('link', { name: 'Uholdea' }).click()
  expect(await text(page, 'eu').inputValue()).toBe('Ez hurbildu ibaira. @112_sos')
  expect(await page.locator('article.post').getAttribute('data-post')).toBe(post)
  await page.goto(`${server.url}/apps/auzolan/d/${id}/calendar/ez-dago?as=${WRITER}&lang=eu`)
  await page.getByText('Argitalpen hau ez dago jada hemen').waitFor()
  await page.getByRole('link', { name: 'Itzuli egutegira' }).click()
  await page.getByRole('button', { name: 'Argitalpen berria' }).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 240_000)
