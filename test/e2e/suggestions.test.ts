/** Somebody tells of a tool in under two minutes, others say "me too", ask, and learn what became of it [SU13]–[SU18], [SU20]. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentSummary } from '@auzolan/shared/protocol/rest.ts'
import type { SuggestionList } from '@auzolan/shared/protocol/suggestions.ts'
import { PHONE, launchBrowser, openTab, picture, type Tab, type TabOptions } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const ADMIN = 'informatika-arduraduna'
const WRITER = 'komunikazio-arduraduna'
const NO_WRITER = 'ingurumen-teknikaria'
async function open(path: string, options: TabOptions = {}): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, options)
  tab.page.setDefaultTimeout(15_000)
  return tab
}
const named = async (name: string) =>
  (await server.get<SuggestionList>(WRITER, 'suggestions')).body.suggestions.find((one) => one.name === name)

it('suggests a tool with the keyboard alone; a draft outlives the page; what looks personal is read once more', async () => {
  const tab = await open('/suggest', { language: 'es', viewport: PHONE })
  const { page } = tab
  await page.locator('#suggest-name').focus()
  await page.keyboard.type('Arbelaria')
  await page.getByText('Guardado en este dispositivo').waitFor()
  await page.reload()
  await page.locator('#suggest-name').waitFor()
  expect(await page.locator('#suggest-name').inputValue()).toBe('Arbelaria')

  // What is missing stands in a summary, and leads to its field.
  await page.locator('#suggest-name').focus()
  await page.keyboard.press('Enter')
  await page.locator('.summary:focus').waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('#suggest-what-for:focus').waitFor()
  await page.keyboard.type('Para recoger ideas. Llama a Ane: 600 123 456, DNI 12345678Z')
  await page.locator('#suggest-address').fill('javascript:alert(1)')
  await page.locator('#suggest-cautions').focus()
  await page.locator('#suggest-address-problem').waitFor()
  await page.locator('#suggest-address').fill('arbelaria.example/app')
  await page.locator('#suggest-name').focus()
  await page.keyboard.press('Enter')
  const warning = page.locator('.personal:focus')
  await warning.waitFor()
  expect(await warning.innerText()).toContain('12345678Z')
  expect(await warning.innerText()).toContain('600 123 456')
  expect(await named('Arbelaria')).toBeUndefined()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('#suggest-what-for:focus').waitFor()
  await page.locator('#suggest-what-for').fill('Para recoger ideas. Llama a Ane: 600 123 456')
  await page.locator('#suggest-name').focus()
  await page.keyboard.press('Enter')
  // Read, and shared all the same: it is the number of an office.
  await page.getByRole('button', { name: 'Compartirlo igualmente' }).click()
  await page.waitForURL((url) => /\/suggest\/[0-9a-f-]{36}$/.test(url.pathname))
  await page.getByRole('heading', { level: 1, name: 'Arbelaria' }).waitFor()
  expect(await page.locator('.address a').getAttribute('href')).toBe('https://arbelaria.example/app')
  expect(await named('Arbelaria')).toMatchObject({ status: 'new', uses: 1, mine: 'uses' })
  // Nothing of it is left to be sent again.
  await page.goto(`${server.url}/apps/auzolan/suggest`)
  await page.locator('#suggest-name').waitFor()
  expect(await page.locator('#suggest-name').inputValue()).toBe('')
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('says once that the server is away, keeps what was written, and sends it only when asked again', async () => {
  const tab = await open('/suggest', { language: 'es', person: 'gazteria-teknikaria' })
  const { page } = tab
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/suggestions')) sent.push(request.url())
  })
  await page.locator('#suggest-name').fill('Hitzordua')
  await page.locator('#suggest-what-for').fill('Hitzorduak emateko')
  await page.getByText('Guardado en este dispositivo').waitFor()
  await page.context().setOffline(true)
  await page.locator('.share').click()
  const said = page.locator('form [role="alert"]')
  await said.waitFor()
  expect(await said.innerText()).toBe(
    'Ahora mismo no se puede llegar al servidor. Lo que has escrito está guardado en este dispositivo: vuelve a compartirlo cuando haya conexión.',
  )
  // One place says what stands of it.
  expect(await page.getByText(/servidor|este dispositivo/).count()).toBe(1)
  await picture(page, 'suggest-offline-es')
  const before = sent.length
  await page.context().setOffline(false)
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 2_000)))
  expect(sent.length).toBe(before)
  expect(await named('Hitzordua')).toBeUndefined()
  await page.locator('.share').click()
  await page.getByRole('heading', { level: 1, name: 'Hitzordua' }).waitFor()
  expect(await named('Hitzordua')).toMatchObject({ uses: 1 })
  await tab.close()
})

it('finds what is there while typing, and says "me too" with what was written already', async () => {
  const tab = await open('/suggest', { language: 'eu', person: 'kultura-cm' })
  const { page } = tab
  await page
    .locator('#suggest-what-for')
    .fill('Emanaldiak antolatzeko <img src=x onerror=alert(1)> 943 12 34 56')
  await page.locator('#suggest-name').pressSequentially('arbelarria')
  // Nearly the same name is not on the list, something like it is [SU7].
  await page.getByText('Antzeko bat badago zerrendan, Arbelaria').waitFor()
  await page.getByRole('button', { name: /Nik ere bai.*Arbelaria/ }).click()
  // Read once more, it goes where it was going, and not to a tool of the name as it was mistyped.
  await page.locator('.personal:focus').waitFor()
  await page.getByRole('button', { name: 'Partekatu hala ere' }).click()
  await page.getByRole('heading', { level: 1, name: 'Arbelaria' }).waitFor()
  // What somebody wrote is shown as it was written, and is nothing that runs.
  await page.getByText('Emanaldiak antolatzeko <img src=x onerror=alert(1)> 943 12 34 56').waitFor()
  expect(await named('Arbelaria')).toMatchObject({ status: 'shared', uses: 2 })
  await page.goto(`${server.url}/apps/auzolan/suggest`)
  await page.locator('#suggest-name').fill('Galdetu')
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('of two who suggest the same at once both stand there', async () => {
  const tabs = await Promise.all(
    ['kultura-cm', 'gazteria-teknikaria'].map(async (person) => {
      const tab = await open('/suggest', { language: 'eu', person })
      await tab.page.locator('#suggest-name').fill('Bi Batera')
      await tab.page.locator('#suggest-what-for').fill(`${person}: zertarako`)
      return tab
    }),
  )
  await Promise.all(
    tabs.map(({ page }) => page.getByRole('button', { name: 'Partekatu lankideekin' }).click()),
  )
  for (const { page } of tabs) await page.waitForURL((url) => /\/suggest\/[0-9a-f-]{36}$/.test(url.pathname))
  expect(new Set(tabs.map(({ page }) => new URL(page.url()).pathname)).size).toBe(1)
  await tabs[0]!.page.reload()
  for (const person of ['kultura-cm', 'gazteria-teknikaria'])
    await tabs[0]!.page.getByText(`${person}: zertarako`).waitFor()
  for (const tab of tabs) {
    expect(tab.complaints).toEqual([])
    await tab.close()
  }
})

it('stands at the end of the catalogue, where one says "me too" with one press', async () => {
  const tab = await open('/tools', { language: 'eu', person: 'gazteria-teknikaria' })
  const { page } = tab
  const shelf = page.locator('.known')
  await shelf.getByRole('link', { name: 'Arbelaria' }).waitFor()
  await shelf.getByRole('button', { name: /Nik ere bai.*Arbelaria/ }).click()
  await shelf.getByText('3 lankidek erabiltzen dute').waitFor()
  expect(await named('Arbelaria')).toMatchObject({ uses: 3 })
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('asking whether one may use it is one request, however many ask', async () => {
  for (const [person, count] of [
    ['kultura-cm', 1],
    ['gazteria-teknikaria', 2],
  ] as const) {
    const tab = await open('/may-i-use?tool=Galdera%20Tresna&for=share&data=internal&level=collective', {
      language: 'es',
      person,
    })
    const { page } = tab
    await page.getByRole('button', { name: 'Pedir que se evalúe' }).click()
    await page.getByText('Ya lo has pedido').waitFor()
    await until(async () => (await named('Galdera Tresna'))?.asks === count, 'it is counted')
    expect(tab.complaints).toEqual([])
    await tab.close()
  }
})

it('is answered with a reason by whoever settles; two that are one are put together; one is turned into an evaluation', async () => {
  const tab = await open('/suggest/all', { language: 'es', person: ADMIN })
  const { page } = tab
  await page.getByRole('link', { name: 'Galdera Tresna' }).click()
  await page.getByRole('button', { name: 'Responder sin evaluar' }).click()
  await page.locator('#decline-reason').fill('Corto')
  await page.getByRole('button', { name: 'Responder', exact: true }).click()
  await page.locator('[role="dialog"] [role="alert"]').waitFor()
  // [SU5] What looks like a person's is read once more: everybody in the house reads the reason.
  await page.locator('#decline-reason').fill('Para esto ya está Galdetu; pregunta en el 612 345 678.')
  await page.getByRole('button', { name: 'Responder', exact: true }).click()
  await page.getByText('¿Esto es de una persona?').waitFor()
  expect(await named('Galdera Tresna')).not.toMatchObject({ status: 'declined' })
  await page.locator('#decline-reason').fill('Para esto ya está Galdetu, que está en el catálogo.')
  await page.getByText('¿Esto es de una persona?').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Responder', exact: true }).click()
  await page.getByText('De momento no se evaluará. Por qué:').waitFor()
  expect(await named('Galdera Tresna')).toMatchObject({ status: 'declined' })

  await page.goto(`${server.url}/apps/auzolan/suggest/all`)
  await page.getByRole('link', { name: 'Bi Batera' }).click()
  await page.getByRole('button', { name: 'Es la misma que otra' }).click()
  await page.locator('#merge-into').selectOption({ label: 'Arbelaria' })
  await page.getByRole('button', { name: 'Juntarlas' }).click()
  await page.getByText('Es la misma herramienta que otra').waitFor()
  await page.locator('.note a').click()
  await page.getByText('kultura-cm: zertarako').waitFor()
  expect(tab.complaints).toEqual([])
  await tab.close()

  const writer = await open(`/suggest/${(await named('Arbelaria'))!.id}`, { language: 'es', person: WRITER })
  await writer.page.getByRole('button', { name: 'Evaluarla' }).click()
  await writer.page.locator('#tool-name').waitFor()
  expect(await writer.page.locator('#tool-name').inputValue()).toBe('Arbelaria')
  await writer.page.getByRole('button', { name: 'Empezar la evaluación' }).click()
  await writer.page.waitForURL((url) => url.pathname.includes('/d/'))
  expect(await named('Arbelaria')).toMatchObject({ status: 'under_evaluation' })
  expect(writer.complaints).toEqual([])
  await writer.close()
})

it('is linked with an evaluation that exists already by those who write it; who writes none reads what to do [SU20]', async () => {
  const evaluations = (await server.get<DocumentSummary[]>(WRITER, 'documents')).body.filter(
    ({ type, roles }) => type === 'evaluation' && roles.some((role) => WRITERS.includes(role)),
  )
  expect(evaluations.length).toBeGreaterThan(0)
  const suggestion = await named('Hitzordua')
  // Somebody who neither settles nor writes evaluations is not asked.
  const nobody = await open(`/suggest/${suggestion!.id}`, { language: 'es', person: NO_WRITER })
  await nobody.page.getByRole('button', { name: 'Evaluarla' }).waitFor()
  expect(await nobody.page.getByRole('button', { name: 'Enlazar una evaluación' }).count()).toBe(0)
  expect(nobody.complaints).toEqual([])
  await nobody.close()

  // Whoever settles and writes none reads where to go from here.
  const settler = await open(`/suggest/${suggestion!.id}`, { language: 'es', person: ADMIN })
  await settler.page.route('**/api/v1/documents', (route) => route.fulfill({ json: [] }))
  await settler.page.reload()
  await settler.page.getByRole('button', { name: 'Enlazar una evaluación que ya existe' }).click()
  await settler.page.getByText('Todavía no redactas ninguna evaluación').waitFor()
  await looksRight(settler.page, 'suggestion-link-none', 'es')
  await settler.page.getByRole('button', { name: 'Empezar una nueva' }).click()
  await settler.page.locator('#tool-name').waitFor()
  expect(await settler.page.locator('#tool-name').inputValue()).toBe('Hitzordua')
  await settler.close()

  const tab = await open(`/suggest/${suggestion!.id}`, { language: 'es', person: WRITER })
  const { page } = tab
  await page.getByRole('button', { name: 'Enlazar una evaluación que ya existe' }).click()
  const choice = page.locator('#link-evaluation')
  await choice.waitFor()
  expect(await choice.locator('option').count()).toBe(evaluations.length + 1)
  await page.getByRole('button', { name: 'Enlazarla' }).click()
  await page.getByText('Elige una.').waitFor()
  await looksRight(page, 'suggestion-link', 'es')
  await choice.selectOption(evaluations[0]!.id)
  // Another tool by its name: said, and not forbidden [SU23].
  await page.getByText('Enlázala solo si es de la misma herramienta que Hitzordua').waitFor()
  await looksRight(page, 'suggestion-link-other', 'es')
  await page.getByRole('button', { name: 'Enlazarla' }).click()
  await page.getByText('Está enlazada').waitFor()
  expect((await named('Hitzordua'))!.status).toMatch(/^(under_evaluation|evaluated)$/)
  const title = (await page.locator('.note a').innerText()).trim()
  expect(title).not.toBe('')
  await looksRight(page, 'suggestion-linked', 'es')
  await page.getByRole('button', { name: 'No es de esta evaluación: quitar el enlace' }).click()
  await page.getByText('Se ha quitado el enlace').waitFor()
  expect((await named('Hitzordua'))!.status).toBe('new')
  expect(tab.complaints).toEqual([])
  await tab.close()
})

const PUBLICCODE = `publiccodeYmlVersion: "0.4"
name: Medusa
url: "https://example.com/medusa.git"
legal: { license: AGPL-3.0-or-later, repoOwner: Hiri Bat }
description: { es: { shortDescription: "Gestiona colas de espera." } }
`
it('takes a publiccode.yml over from a file, after showing what it would be', async () => {
  const tab = await open('/suggest', { language: 'es', person: 'kultura-cm' })
  const { page } = tab
  await page.getByRole('button', { name: 'Traer una de otro sitio' }).click()
  await page.locator('#import-text').fill('name: [')
  await page.getByRole('button', { name: 'Leerlo' }).click()
  await page.getByText('No se puede leer como YAML').waitFor()
  await page.locator('#import-text').fill('['.repeat(200_000))
  await page.getByRole('button', { name: 'Leerlo' }).click()
  await page.getByText('No se ha encontrado').waitFor()
  await page.locator('#import-file').setInputFiles({
    name: 'publiccode.yml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(PUBLICCODE),
  })
  await page.getByText('Gestiona colas de espera.').waitFor()
  expect(await named('Medusa')).toBeUndefined()
  await page.getByRole('button', { name: 'Traer 1 como propuesta' }).click()
  await page.getByRole('heading', { level: 1, name: 'Medusa' }).waitFor()
  await page.getByText('Hiri Bat', { exact: true }).waitFor()
  await page.getByText('Sin evaluar').waitFor()
  // Whoever has brought it in neither uses it nor asks for it.
  await page.getByText('traída de Hiri Bat').waitFor()
  expect(await named('Medusa')).toMatchObject({ status: 'new', asks: 0, uses: 0, broughtFrom: 'Hiri Bat' })
  expect(tab.complaints).toEqual([])
  await tab.close()
})

it('says it when what reads a file does not arrive, and when the file is gone [SU18]', async () => {
  const { page, close } = await open('/suggest', { language: 'es', person: 'kultura-cm' })
  await page.route('**/publiccode-*', (route) => route.abort())
  await page.getByRole('button', { name: 'Traer una de otro sitio' }).click()
  await page.locator('#import-text').fill(PUBLICCODE)
  await page.getByRole('button', { name: 'Leerlo' }).click()
  await page.getByText('Esto no se ha podido leer aquí').waitFor()
  await page.evaluate(() => {
    File.prototype.text = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
  })
  await page.locator('#import-file').setInputFiles({
    name: 'publiccode.yml',
    mimeType: 'text/yaml',
    buffer: Buffer.from(PUBLICCODE),
  })
  await page.getByText('Este archivo no se puede abrir').waitFor()
  await close()
})

it.each(['es', 'eu'] as const)('looks right in %s', { timeout: 480_000 }, async (language) => {
  const tab = await open('/suggest', { language, person: ADMIN })
  const { page } = tab
  await page.locator('#suggest-name').fill('Medusa')
  await page.locator('.alike').waitFor()
  await looksRight(page, 'suggest', language)
  await page.locator('#suggest-what-for').fill('600 123 456')
  await page.locator('summary').click()
  await page.locator('.share').click()
  await page.locator('.personal').waitFor()
  await looksRight(page, 'suggest-warned', language)
  await page.locator('.import').click()
  await page.locator('#import-text').fill(PUBLICCODE)
  await page.locator('[role="dialog"] button[class*="primary"]').click()
  await page.locator('.found').waitFor()
  await looksRight(page, 'suggest-import', language)
  await page.goto(`${server.url}/apps/auzolan/suggest/all`)
  await page.locator('.row').first().waitFor()
  await looksRight(page, 'suggestions', language)
  await page.getByRole('link', { name: 'Medusa' }).click()
  await page.locator('.one h2').first().waitFor()
  await looksRight(page, 'suggestion', language)
  await page.goto(`${server.url}/apps/auzolan/tools`)
  await page.locator('.known .too').first().waitFor()
  await page.locator('.known').scrollIntoViewIfNeeded()
  await looksRight(page, 'known-shelf', language, () => page.locator('.known').scrollIntoViewIfNeeded())
  await page.goto(`${server.url}/apps/auzolan/may-i-use?tool=Medusa&for=share&data=internal&level=collective`)
  await page.locator('.ask .buttons').waitFor()
  await looksRight(page, 'may-i-use-ask', language)
  expect(tab.complaints).toEqual([])
  await tab.close()
})
