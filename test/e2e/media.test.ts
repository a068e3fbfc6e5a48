/** Images, films and consents of posts in real browsers: sent from the device, described, covered, taken back. */
import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { CALENDARS, CONSENTS } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import type { CalendarHand } from '../support/calendar-hand.ts'
import { startCalendarHere, type CalendarHere } from '../support/calendar-here.ts'
import { COORDINATOR, WRITER } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { ledgerOf } from '../support/plan-page.ts'
import { photo } from '../support/photo.ts'
import { until } from '../support/server.ts'
import { SECRET, isoMedia, vtt } from '../support/sample-files.ts'

let server: CalendarHere
let browser: Browser
let id: DocumentId
let hand: CalendarHand
beforeAll(async () => {
  server = await startCalendarHere()
  browser = await launchBrowser()
  ;({ id, hand } = await server.calendar())
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

type Language = 'en' | 'eu' | 'es'
async function open(path: string, language: Language = 'en', person = WRITER): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${id}/calendar${path}`, {
    person,
    language,
  })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const kept = (page: Page): Promise<void> =>
  until(async () => (await ledgerOf(page)).includes('Zerbitzarian,'), 'everything is on the server')
const aPost = (title: string, day: string): Promise<string> =>
  hand.post({
    title,
    day,
    time: '09:00',
    profileIds: ['mastodon'],
    purposeIds: ['p1'],
    text: { eu: `${title}: xehetasunak webgunean.`, es: `${title}: todos los detalles, en la web.` },
  })
const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
const media = (page: Page): Locator => page.locator('section.media')
const field = (page: Page, name: string): Locator => media(page).locator(`[data-path$="/${name}"]`)
/** In the order of the plan's languages. */
const alt = (page: Page, language: 'eu' | 'es'): Locator =>
  field(page, 'altText').locator('textarea').nth(['eu', 'es'].indexOf(language))
/** What is looked at begins below what sticks to the top. */
const at = (where: Locator) => (): Promise<void> =>
  where.evaluate((element) => element.scrollIntoView({ block: 'start' }))
const dialog = (page: Page, named?: string): Locator =>
  page.getByRole('dialog', named === undefined ? {} : { name: named }).last()
/** Nextcloud's dialog complains of one that is closed while it still comes in. */
const standing = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'))
async function press(page: Page, name: string): Promise<void> {
  await standing(page)
  await dialog(page).getByRole('button', { name, exact: true }).click()
}
async function send(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await media(page).locator('.add input[type="file"]').setInputFiles(file)
  await media(page).getByRole('button', { expanded: true }).waitFor()
}

it('[FI3] a photo of a phone is kept without the place, and asks for what those need who do not see it, and for its author', async () => {
  const post = await aPost('Edukiontzi marroia', '2027-01-13')
  const { page, complaints, close } = await open(`/${post}`, 'es')
  await media(page).waitFor()
  const sent = await photo(page)
  expect(sent.includes(SECRET)).toBe(true)
  await send(page, { name: 'IMG_2041.jpg', mimeType: 'image/jpeg', buffer: sent })
  await looksRight(page, 'medium-new', 'es', at(media(page)))

  // Drawn small at once; what the server keeps is the photo, and not where it was taken.
  await media(page).locator('.fold img').waitFor()
  const saving = page.waitForEvent('download')
  await media(page).getByRole('button', { name: 'Descargar el archivo' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('IMG_2041.jpg')
  const kept = readFileSync(await saved.path())
  expect(kept.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
  expect(kept.includes(SECRET)).toBe(false)
  expect(kept.subarray(-1000)).toEqual(sent.subarray(-1000))

  const gaps = media(page).locator('.gap')
  const inTheWay = page.locator('.aside')
  await gaps.waitFor()
  await inTheWay.getByText('A «IMG_2041.jpg» le falta el texto alternativo en Euskera.').waitFor()
  await field(page, 'title').locator('textarea, input').first().fill('El contenedor marrón en la plaza')
  await alt(page, 'eu').fill('Edukiontzi marroia plazan, janari-hondarren ikurrarekin')
  await alt(page, 'es').fill('El contenedor marrón en la plaza, con la señal de restos de comida')
  await field(page, 'origin').locator('select').selectOption('cc')
  await field(page, 'licence').locator('select').selectOption('CC-BY-4.0')
  await field(page, 'showsPeople').locator('select').selectOption('none')
  await expect.poll(() => media(page).locator('.gap').textContent()).toMatch(/1/)
  await looksRight(page, 'medium-attribution', 'es', at(field(page, 'attribution')))
  await field(page, 'attribution').locator('textarea, input').first().fill('Foto: Ane Etxeberria, CC BY 4.0')
  await gaps.waitFor({ state: 'detached' })
  await looksRight(page, 'medium-whole', 'es', at(field(page, 'altText').first()))
  expect(complaints).toEqual([])
  await close()
}, 180_000)

it('[FI3] a film asks for captions, and a file of them is enough', async () => {
  const post = await aPost('Bideoa: auzolana', '2027-01-14')
  const { page, complaints, close } = await open(`/${post}`, 'eu')
  await media(page).waitFor()
  await send(page, { name: 'auzolana.mp4', mimeType: 'video/mp4', buffer: isoMedia() })
  const asks = page.locator('.aside').getByText(/azpititulurik, ezta transkripziorik/)
  await asks.first().waitFor()
  await looksRight(page, 'medium-film', 'eu', at(field(page, 'captions')))
  const captions = field(page, 'captions')
  // What is no captions is refused in words, and the film stays as it was.
  const input = captions.locator('input[type="file"]')
  await input.setInputFiles({ name: 'argazkia.vtt', mimeType: 'text/vtt', buffer: Buffer.from([1, 2, 3]) })
  await captions
    .getByRole('alert')
    .getByText(/Fitxategi mota hau ez da onartzen/)
    .waitFor()
  const buffer = await photo(page)
  await input.setInputFiles({ name: 'argazkia.srt', mimeType: 'text/plain', buffer })
  await captions
    .getByRole('alert')
    .getByText(/Hauek ez dira azpitituluak/)
    .waitFor()
  await looksRight(page, 'medium-film-refused', 'eu', at(field(page, 'captions')))
  await input.setInputFiles({ name: 'auzolana-eu.vtt', mimeType: 'text/vtt', buffer: vtt() })
  await captions.getByText('auzolana-eu.vtt').waitFor()
  await asks.first().waitFor({ state: 'detached' })
  await kept(page)
  const { calendar } = await server.container.resolve(CALENDARS).read(id)
  expect(calendar.media.map(({ captions }) => captions?.name)).toContain('auzolana-eu.vtt')
  expect(complaints.filter((one) => !one.startsWith('415 ') && !one.includes('status of 415'))).toEqual([])
  await close()
}, 180_000)

it('[CS6] a consent is noted at the photo, covers it in two posts, and taken back is found in both, in the calendar, too', async () => {
  const [first, second] = [
    await aPost('Auzolana', '2027-01-11'),
    await aPost('Auzolanaren argazkiak', '2027-01-12'),
  ]
  const { page, complaints, close } = await open(`/${first}`, 'eu')
  await media(page).waitFor()
  await send(page, { name: 'auzolana.jpg', mimeType: 'image/jpeg', buffer: await photo(page, '#d9b36c') })
  const medium = (await media(page).locator('[data-path^="media/"]').first().getAttribute('data-path'))!
  await field(page, 'showsPeople').locator('select').selectOption('identifiable')
  const consents = field(page, 'consentIds')
  await consents.getByText('Oraindik ez dago baimenik erregistroan.').waitFor()
  const lacking = page.locator('.aside').getByText(/ezagutu daitezkeen pertsonak/)
  await lacking.waitFor()

  await consents.getByRole('button', { name: 'Jaso baimen bat' }).click()
  await press(page, 'Gorde')
  await dialog(page).getByRole('alert').getByText('Idatzi zein ezizenekin jasotzen den.').waitFor()
  await dialog(page).getByLabel('Ezizena').fill('P-017')
  await dialog(page).locator('.pill', { hasText: 'Irudia' }).click()
  await dialog(page).locator('.pill', { hasText: 'Mastodon' }).click()
  await dialog(page).getByLabel('Zertarako').fill('Auzolanaren albistea')
  await dialog(page).getByLabel('Paper sinatua non dagoen').fill('3. armairua')
  await press(page, 'Gorde')
  // Nobody has said yet that it was given freely.
  await dialog(page)
    .getByRole('alert')
    .getByText(/Askatasunez emandako baimenak bakarrik/)
    .waitFor()
  await dialog(page)
    .getByRole('checkbox', { name: /^Askatasunez eman da/ })
    .check()
  await looksRight(page, 'consent-noted', 'eu')
  await press(page, 'Gorde')
  await consents.locator('.pill--on', { hasText: 'P-017' }).waitFor()
  await lacking.waitFor({ state: 'detached' })
  await kept(page)
  await hand.set('posts', second, { mediaIds: [medium.split('/')[1]!] })

  // The person calls: whoever answers finds them by the pseudonym, and all that stands on it.
  const coordinator = await open('?day=2027-01-11', 'es', COORDINATOR)
  await coordinator.page.getByRole('button', { name: 'Consentimientos' }).click()
  const row = dialog(coordinator.page).locator('li', { hasText: 'P-017' })
  for (const title of ['Auzolana', 'Auzolanaren argazkiak'])
    await row.getByRole('link', { name: title, exact: true }).waitFor()
  await looksRight(coordinator.page, 'consents', 'es')
  await row.getByRole('button', { name: 'Se ha retirado… P-017' }).click()
  await dialog(coordinator.page).getByText('Estas publicaciones lo usan').waitFor()
  await looksRight(coordinator.page, 'consent-withdraw', 'es')
  await press(coordinator.page, 'Anotarlo')
  await row.getByText('retirado el').waitFor()
  await row.getByText('Estas publicaciones lo usan: quítalo').waitFor()
  expect(await row.getByRole('button').count()).toBe(0)
  await coordinator.page.keyboard.press('Escape')
  await dialog(coordinator.page).waitFor({ state: 'detached' })
  // Red in the calendar, although it lacks nothing else that stops it there.
  for (const post of [first, second])
    await coordinator.page.locator(`[data-post="${post}"].post-ground--lacking`).waitFor()
  await coordinator.page
    .getByRole('link', { name: /^Auzolanaren argazkiak/ })
    .first()
    .click()
  await coordinator.page.locator('.aside').getByText('Se ha retirado un consentimiento').waitFor()

  await page.reload()
  await media(page).locator('.fold').click()
  await field(page, 'consentIds')
    .getByText(/Baimena erretiratuta/)
    .waitFor()
  await field(page, 'consentIds').getByRole('link', { name: 'Auzolanaren argazkiak' }).waitFor()
  await looksRight(page, 'consent-withdrawn', 'eu', at(field(page, 'consentIds')))
  expect([...complaints, ...coordinator.complaints]).toEqual([])
  await coordinator.close()
  await close()
}, 240_000)

it('[CS6] a post that is out turns red when a consent behind it is taken back', async () => {
  const post = await aPost('Gazte-bonua', '2027-01-15')
  const consents = server.container.resolve(CONSENTS)
  const consent = newUuid()
  const given = {
    subject: 'P-018',
    subjectKind: 'adult',
    givenBy: 'self',
    scope: ['image'],
    networks: 'all',
    purpose: 'Gazte-bonua',
    obtainedOn: '2026-01-10',
    expiresOn: null,
    evidence: '3. armairua',
    freelyGiven: true,
  } as const
  const by = claims(WRITER)
  expect(await consents.add(by, id, { id: consent, ...given })).toBe(null)
  await hand.set('media', 'gazteak', {
    title: 'Gazteak',
    showsPeople: 'identifiable',
    consentIds: [consent],
  })
  await hand.set('posts', post, { mediaIds: ['gazteak'] })
  await server.having(id, hand, post, 'published')
  const { page, complaints, close } = await open('?day=2027-01-11')
  const chip = page.locator(`[data-post="${post}"]`)
  await chip.and(page.locator('.post-ground--published')).waitFor()
  expect(await consents.withdraw(by, id, consent, { on: '2026-02-01' })).toMatchObject({ standing: [] })
  await page.reload()
  await chip.and(page.locator('.post-ground--lacking')).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 120_000)

it('[PO8] two who begin a text for one network at the same moment are told which one counts, and lose neither', async () => {
  const post = await aPost('Bi testu', '2027-01-16')
  const texts = { a: 'Lehena, laburra.', b: 'Bigarrena, beste norbaitena.' }
  for (const [which, eu] of Object.entries(texts))
    await hand.set('variants', `${post}_${which}`, {
      profileId: 'mastodon',
      text: { eu, es: `${eu} (es)` },
    })
  const { page, complaints, close } = await open(`/${post}`, 'es')
  const note = page.locator('.variant .second')
  await note.getByText('Hay dos textos para este perfil').waitFor()
  expect(await page.locator('.variant').count()).toBe(2)
  await looksRight(page, 'two-variants', 'es', at(page.locator('.variant').first()))
  await page.locator('.preview').getByText(texts.a).waitFor()
  await note.getByRole('button', { name: 'Quedarse con este' }).click()
  await note.waitFor({ state: 'detached' })
  await page.locator('.preview').getByText(texts.b).waitFor()
  await page.locator('.undo').getByRole('button', { name: 'Deshacer' }).click()
  await note.waitFor()
  await page.locator('.preview').getByText(texts.a).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 120_000)
