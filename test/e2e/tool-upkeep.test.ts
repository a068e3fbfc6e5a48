/** A tool that is in the catalogue is kept true: who uses it, how one learns it, who looks after it, and what becomes of what is left [TU11]. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { CATALOGUE, JOURNAL, ORGANISATION } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab, PHONE, type Tab, type TabOptions } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { looksRight } from '../support/looks.ts'

const WATCH = 'informatika-arduraduna'
let server: DemoHere
let browser: Browser
/** Of which nobody has said anything yet, and which is recommended with a condition. */
let irudika: DocumentId
/** Withdrawn. */
let idazluma: DocumentId
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
  const all = await server.container.resolve(CATALOGUE).all()
  const called = (name: string) => all.find(({ entry }) => entry.name === name)!.entry.id as DocumentId
  irudika = called('Irudika')
  idazluma = called('Idazluma')
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
async function open(path: string, options: TabOptions): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, options)
  tab.page.setDefaultTimeout(15_000)
  return tab
}
async function close(tab: Tab): Promise<void> {
  expect(tab.complaints).toEqual([])
  await tab.close()
}

it('a department says with the keyboard alone what it uses a tool for, corrects it, and takes it out', async () => {
  const tab = await open(`/tools/${irudika}`, { person: 'hizkuntza-zerbitzua', language: 'es' })
  const { page } = tab
  await page.getByText('Ningún departamento lo ha dicho todavía').waitFor()
  await page.getByRole('button', { name: 'Mi departamento la usa' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  // [TU14]
  await dialog.getByText('Cada departamento tiene una línea por herramienta').waitFor()
  // [TU15] Nobody knows which one is theirs.
  expect(await dialog.locator('#use-department').inputValue()).toBe('')
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await dialog.getByText('Di qué departamento la usa.').waitFor()
  await dialog.locator('#use-department').selectOption({ label: 'Cultura' })
  await dialog.locator('#use-department').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.type('Hitzorduak')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Citas con la ciudadanía: llamar al 612 345 678')
  await page.keyboard.press('Enter')
  // What lacks is said, and what is written stays.
  await dialog.getByText('Di qué datos contiene.').waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('#use-data'))
  await dialog.getByLabel('Lo que la ley más protege', { exact: false }).first().focus()
  await page.keyboard.press('Space')
  await dialog.locator('#use-people').fill('999999999')
  await dialog.locator('#use-people').press('Enter')
  await dialog.getByText('1.000.000 personas como mucho.').waitFor()
  // Nothing typed is lost unasked.
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  expect(await dialog.locator('#use-case-es').inputValue()).toContain('612 345 678')
  await dialog.locator('#use-people').fill('6')
  await dialog.locator('#use-satisfaction').selectOption('4')
  await dialog.locator('#use-people').press('Enter')
  // [TU15] A telephone number is read once more before everybody reads it.
  await dialog.getByText('¿Esto es de una persona?').waitFor()
  await dialog.getByRole('button', { name: 'Corregirlo' }).click()
  await dialog.locator('#use-case-es').fill('Citas con la ciudadanía')
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await dialog.waitFor({ state: 'detached' })
  const use = page.locator('li', { hasText: 'Citas con la ciudadanía' })
  await use.getByText('6 personas').waitFor()
  await use.getByText('4 de 5').waitFor()
  // [TU16] Whoever reads it is told, in words, that this is more than was decided; who said it, and that it is theirs.
  await use.getByText('Más allá de lo decidido', { exact: true }).waitFor()
  await use.getByText('La necesitan para datos que nadie ha evaluado con ella.').waitFor()
  await use.getByText('lo dijo').waitFor()
  await use.getByRole('button', { name: /^Corregir/ }).click()
  await dialog.locator('#use-people').fill('7')
  await dialog.getByRole('button', { name: 'Guardar' }).click()
  await use.getByText('7 personas').waitFor()
  await use.getByRole('button', { name: /^Corregir/ }).click()
  await looksRight(page, 'use-dialog', 'es')
  await dialog.getByRole('button', { name: 'Cancelar' }).click()
  await dialog.waitFor({ state: 'detached' })
  await close(tab)
})

it('[TU7] what a department has said is for others to read, and says who corrects it', async () => {
  const tab = await open(`/tools/${irudika}`, { person: 'kultura-cm', language: 'es', viewport: PHONE })
  const { page } = tab
  const use = page.locator('li', { hasText: 'Citas con la ciudadanía' })
  await use.getByText('lo dijo').waitFor()
  expect(await use.getByRole('button').count()).toBe(0)
  await page.getByText('Cada línea la corrigen quien la escribió').waitFor()
  await looksRight(page, 'use-of-others', 'es')
  await close(tab)
})

it('somebody offers to teach, and takes it back', async () => {
  const tab = await open(`/tools/${irudika}`, { person: 'kultura-cm', language: 'es', viewport: PHONE })
  const { page } = tab
  await page.getByRole('button', { name: 'Puedo enseñarla' }).click()
  await page.getByRole('dialog').locator('#teach-department').selectOption('kultura')
  await page.getByRole('button', { name: 'Poner mi nombre' }).click()
  const away = page.getByRole('button', { name: /^Quitar a/ })
  await away.click()
  await away.waitFor({ state: 'detached' })
  await page.getByText('Nadie se ha ofrecido todavía.').waitFor()
  await close(tab)
})

it('whoever looks after the tools finds what needs care, and does it', async () => {
  const tab = await open('/tools', { person: WATCH, language: 'eu', dark: true })
  const { page } = tab
  await page.getByText('Arduraduna: Informatika-arduraduna · Informatika · 5 h astean').waitFor()
  await page.getByRole('link', { name: /zaindu behar/ }).click()
  await page.waitForURL((url) => url.pathname.endsWith('/tools/care'))
  // A need, and nobody's fault.
  await page.getByText('Inork ez du ezer gaizki egin').waitFor()
  await looksRight(page, 'care', 'eu')
  await page.getByRole('link', { name: /^Irudika Hemen oraindik ez dago zerekin ikasi/ }).click()
  await page.waitForFunction(() => document.activeElement?.id === 'training')
  // Nothing that nobody can scroll back was scrolled, and what the address names is seen.
  const seen = await page.evaluate(() => {
    const [frame, part] = ['content-vue', 'training'].map((id) => document.getElementById(id)!)
    const { top } = part!.getBoundingClientRect()
    return { scrolled: frame!.scrollTop, below: top - frame!.getBoundingClientRect().top }
  })
  expect(seen.scrolled).toBe(0)
  expect(seen.below).toBeGreaterThanOrEqual(0)
  await page.getByRole('button', { name: 'Gehitu materiala' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('#material-title-eu').fill('Bilera bat 5 minututan')
  await dialog.locator('#material-url').fill('fitxategia')
  await dialog.getByRole('button', { name: 'Gorde' }).click()
  await dialog.getByText('Idatzi helbide osoa').waitFor()
  await dialog.locator('#material-url').fill('https://cloud.example/f/12')
  await dialog.locator('#material-minutes').fill('5')
  await dialog.getByRole('button', { name: 'Gorde' }).click()
  await page.getByRole('link', { name: 'Bilera bat 5 minututan' }).waitFor()
  await page.getByText('Inork tresna honekin ebaluatu ez dituen').waitFor()
  await looksRight(page, 'tool-kept', 'eu')
  await close(tab)
})

it('a use that nobody has confirmed for a year is confirmed with one click, from home', async () => {
  const { rows } = server.container.resolve(JOURNAL)
  await rows.updateTable('tool_use').set({ confirmed_on: '2024-01-01' }).execute()
  const tab = await open('/', { person: 'hizkuntza-zerbitzua', language: 'es' })
  const { page } = tab
  await page.getByRole('link', { name: '¿Sigue usando Irudika tu departamento?' }).click()
  await page.getByText('Por confirmar').waitFor()
  await page.getByRole('button', { name: 'La seguimos usando' }).click()
  await page.getByText('Por confirmar').waitFor({ state: 'detached' })
  await close(tab)
})

it('an administrator says who looks after the tools', async () => {
  const organisation = server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const toolWatch = { person: null, department: null, hoursPerWeek: null }
  await organisation.change({ ...facts, toolWatch }, version, 'root' as PersonId)
  const mayor = await open('/', { person: 'alkatetza', language: 'es' })
  await mayor.page.getByRole('link', { name: 'Nadie se ocupa de las herramientas' }).click()
  await mayor.page.getByText('Todavía nadie se ocupa de las herramientas.').waitFor()
  expect(await mayor.page.getByRole('link', { name: 'Decir quién se ocupa' }).count()).toBe(0)
  await close(mayor)
  const tab = await open('/tools', { person: WATCH, language: 'es' })
  const { page } = tab
  await page.getByRole('link', { name: 'Decir quién se ocupa' }).click()
  await page.locator('#o-watch').waitFor()
  await page.locator('#o-watch-department').selectOption('informatika')
  await page.locator('#o-watch-hours').fill('3')
  await page.locator('#o-watch-hours').blur()
  await page.getByText('no se avisará a nadie de él').waitFor()
  await page.getByRole('button', { name: 'Guardar' }).last().click()
  await page.getByText('Guardado').first().waitFor()
  expect((await organisation.read()).toolWatch).toEqual({
    person: null,
    department: 'informatika',
    hoursPerWeek: 3,
  })
  await looksRight(page, 'watch-section', 'es', async () => {
    await page.locator('#o-watch').scrollIntoViewIfNeeded()
  })
  await close(tab)
})

it('what was withdrawn says why, until when, how one leaves it, and leads to what to use instead', async () => {
  for (const language of ['es', 'eu'] as const) {
    const tab = await open(`/tools/${idazluma}`, { person: 'hizkuntza-zerbitzua', language })
    await tab.page.getByRole('link', { name: 'Orri', exact: true }).first().waitFor()
    await tab.page
      .getByText(language === 'es' ? 'certificado de borrado' : 'ezabatu izanaren agiria')
      .waitFor()
    await looksRight(tab.page, 'tool-withdrawn', language)
    await close(tab)
  }
  const tab = await open(`/tools/${idazluma}`, { person: 'hizkuntza-zerbitzua', language: 'es' })
  await tab.page.getByText('Taldea, decidida el 11 mar 2025', { exact: false }).waitFor()
  await tab.page.locator('.instead a').click()
  await tab.page.getByRole('heading', { level: 1, name: 'Orri' }).waitFor()
  await close(tab)
})
