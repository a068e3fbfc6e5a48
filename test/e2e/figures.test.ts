/** The month's figures as a person enters them: typed, pasted, from a file, on a phone, without network, and beside others. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESKTOP, PHONE, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let demo: string
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
  demo = await server.plan()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const open = (more: Parameters<typeof openTab>[3] = {}, month = '2026-11', part = 'enter'): Promise<Tab> =>
  openTab(browser, server.url, `/apps/auzolan/d/${demo}/indicators/${part}?month=${month}`, {
    language: 'es',
    viewport: DESKTOP,
    ...more,
  })
const cell = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const reach = 'Alcance, Telegram, noviembre'

describe('[FG13] the sheet', () => {
  it('has the figures of G.1 and what they give, asks about the doubtful one, and says what is missing', async () => {
    const tab = await open()
    const { page } = tab
    await cell(page, 'Publicaciones, haranberriudala, noviembre').focus()
    const aside = page.getByRole('complementary', { name: 'Con estas cifras' })
    for (const words of [
      '6,46 %',
      'de 4.120 a 4.386 personas',
      '2.446',
      '1.830 me gusta + 214 comentarios + 402 compartidos',
      '1,25 %',
      'octubre: 1,18 % · objetivo: 1,50 %',
      '91 %',
      '62 de 68 · mediana 6 h 10 min',
    ])
      await aside.getByText(words, { exact: true }).first().waitFor()
    await page.getByText('Faltan 3 cifras de Telegram.').waitFor()
    expect(await page.locator('.words').allInnerTexts()).toEqual(expect.arrayContaining(['la red no lo da']))
    await page.getByText('Es unas 3 veces lo de octubre (12.700). ¿Es correcto?').waitFor()
    await looksRight(page, 'figures', 'es')
    await tab.close()
  }, 120_000)

  it('is entered with the keyboard, saved on leaving a cell, and is there for the next one', async () => {
    const tab = await open()
    const { page } = tab
    await cell(page, reach).fill('mil')
    await cell(page, reach).press('Enter')
    await page.getByText('Esto no es un número.').waitFor()
    await cell(page, reach).fill('1.204')
    await cell(page, reach).press('Enter')
    // Impressions are words in that column: the next figure is the one below.
    await until(
      () =>
        page.evaluate(
          () =>
            document.activeElement?.getAttribute('aria-label')?.startsWith('Preguntas recibidas, Telegram') ??
            false,
        ),
      'the focus has gone down',
    )
    await page.getByText('Faltan 2 cifras de Telegram.').waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Decir por qué' }).click()
    await page.getByText('Todas estas').locator('..').getByRole('button', { name: 'No la recogimos' }).click()
    await page.getByText('No falta nada.').waitFor()
    await Promise.all([
      page.waitForResponse((answer) => answer.request().postData()?.includes('"sure":true') === true),
      page.getByRole('button', { name: 'Sí, es correcto' }).click(),
    ])
    await page.getByText('¿Es correcto?').waitFor({ state: 'detached' })
    await tab.close()

    const other = await open({ person: 'kultura-cm' })
    await until(async () => (await cell(other.page, reach).inputValue()) === '1.204', 'it is on the server')
    await other.page.getByText('No falta nada.').waitFor()
    expect(await other.page.getByText('¿Es correcto?').count()).toBe(0)
    expect(other.complaints).toEqual([])
    await other.close()
  }, 120_000)

  it('of two who enter the same, the second one is told, and decides', async () => {
    const [ane, jon] = [await open(), await open({ person: 'kultura-cm' })]
    const name = 'Clics, haranberriudala, noviembre'
    for (const { page } of [ane, jon]) {
      await page.getByRole('button', { name: 'Todas las cifras' }).click()
      await cell(page, name).waitFor()
    }
    await jon.page.route('**/figures?*', (route) => route.abort())
    await cell(ane.page, name).fill('310')
    await cell(ane.page, name).press('Tab')
    await ane.page.waitForTimeout(500)
    await cell(jon.page, name).fill('301')
    await cell(jon.page, name).press('Tab')
    await jon.page.unroute('**/figures?*')
    await jon.page
      .getByText('Clics, haranberriudala: has anotado 301, y mientras tanto otra persona ha anotado 310.')
      .waitFor()
    await jon.page.getByRole('button', { name: 'La mía es correcta' }).click()
    await until(
      async () => (await cell(ane.page, name).inputValue()) === '301',
      'it has arrived at the other',
    )
    await ane.close()
    await jon.close()
  }, 120_000)
})

describe('[FG14] from a spreadsheet', () => {
  it('a pasted block is looked at before it fills from its cell', async () => {
    const tab = await open({}, '2026-05')
    const { page } = tab
    const posts = 'Publicaciones, haranberriudala, mayo'
    await page.getByText('todavía no se ha anotado nada').waitFor()
    await cell(page, posts).focus()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData('text/plain', '46\t18\n1.830\t742\n')
      document.activeElement!.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Anotar 4 cifras' }).waitFor()
    expect(await cell(page, posts).inputValue()).toBe('')
    await looksRight(page, 'figures-paste', 'es')
    await dialog.getByRole('button', { name: 'Anotar 4 cifras' }).click()
    await until(async () => (await cell(page, posts).inputValue()) === '46', 'it has filled')
    await tab.close()
  }, 120_000)

  it('a file in Latin-1 with semicolons and decimal commas is entered whole; with a fault, not at all and by line', async () => {
    const tab = await open({}, '2026-05')
    const { page } = tab
    const latin = (...lines: string[]) => ({
      name: 'mayo.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
    })
    await page.getByRole('button', { name: 'Importar CSV' }).click()
    const dialog = page.getByRole('dialog')
    const file = dialog.locator('input[type="file"]')
    await file.setInputFiles(
      latin(
        'Mes;Perfil;Medida;Valor',
        'mayo 2026;Mastodon;Publicaciones;20,0',
        'abril 2026;Mastodon;Comentarios;28',
        'mayo 2026;Tuenti;Comentarios;28',
        'mayo 2026;Mastodon;Comentarios;-3',
        'mayo 2026;Mastodon;Comentarios;muchos',
        'mayo 2026;Mastodon;Publicaciones;21',
        'mayo 2026;Mastodon;Comentarios;',
      ),
    )
    await dialog.getByText('No se anota nada hasta corregir esto:').waitFor()
    expect(await dialog.locator('.wrong li').allInnerTexts()).toEqual([
      'Línea 3: «abril 2026» no es el mes de la hoja: Mayo de 2026.',
      'Línea 4: Ningún perfil de este plan se llama «Tuenti».',
      'Línea 5: «-3» es menor que 0.',
      'Línea 6: «muchos» no es un número.',
      'Línea 7: Esta cifra ya está en la línea 2.',
      'Línea 8: Falta la cifra de «Comentarios». Escribe un número, o «–» si no la hay.',
    ])
    await looksRight(page, 'figures-file-wrong', 'es')
    await dialog.getByRole('button', { name: 'Anotar las cifras' }).click()
    await dialog.getByText('No se ha anotado nada: corrige antes esto.').waitFor()
    await file.setInputFiles(
      latin(
        'Medida;Mastodon',
        'Publicaciones;20,0',
        'Minutos hasta la respuesta;250,5',
        'Imágenes y vídeos;12',
      ),
    )
    await dialog.getByRole('button', { name: 'Anotar 3 cifras' }).click()
    await until(
      async () => (await cell(page, 'Minutos hasta la respuesta, Mastodon, mayo').inputValue()) === '250,5',
      'it has filled',
    )
    expect(await cell(page, 'Publicaciones, Mastodon, mayo').inputValue()).toBe('20')
    await tab.close()
  }, 120_000)

  it('the sheet that is saved can be read back as it is', async () => {
    const tab = await open({}, '2026-10')
    const { page } = tab
    await cell(page, 'Publicaciones, haranberriudala, octubre').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Guardar la hoja' }).click(),
    ])
    await page.getByRole('button', { name: 'Importar CSV' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input[type="file"]').setInputFiles(await download.path())
    await dialog.getByRole('button', { name: /^Anotar \d+ cifras$/ }).waitFor()
    expect(await dialog.locator('s').count()).toBe(0)
    await tab.close()
  }, 120_000)
})

it('[FG15] without network it waits with a ring, and arrives once', async () => {
  const tab = await open({}, '2026-07')
  const { page, context } = tab
  const name = 'Publicaciones, haranberriudala, julio'
  await until(async () => (await cell(page, name).inputValue()) === '33', 'the figures are there')
  await context.setOffline(true)
  await cell(page, name).fill('34')
  await cell(page, name).press('Tab')
  await page.getByText('1 cifra está en este equipo y todavía no en el servidor.').waitFor()
  await page.locator('.ring').waitFor()
  expect(await cell(page, name).inputValue()).toBe('34')
  await context.setOffline(false)
  await page.getByText('todavía no en el servidor').waitFor({ state: 'detached' })
  await tab.close()
  const other = await open({ person: 'kultura-cm' }, '2026-07')
  await until(async () => (await cell(other.page, name).inputValue()) === '34', 'it has arrived')
  await other.close()
}, 120_000)

it('[EN5] opened again without an answer it shows what this device last saw; whoever may not see it any more finds nothing', async () => {
  const tab = await open({}, '2026-09')
  const { page } = tab
  const name = 'Publicaciones, haranberriudala, septiembre'
  await until(async () => (await cell(page, name).inputValue()) === '38', 'the figures are there')
  await page.route('**/figures?*', (route) => route.abort())
  await page.reload()
  await page.getByText('lo que anotes ahora se guarda y se envía después', { exact: false }).waitFor()
  await until(async () => (await cell(page, name).inputValue()) === '38', 'the figures are there again')
  expect(await page.getByText(/Última anotación: .+ 2026/).count()).toBe(1)
  await page.unroute('**/figures?*')
  await page.route('**/figures?*', (route) =>
    route.fulfill({ status: 403, json: { status: 403, code: 'NOT_ALLOWED', title: '', detail: '' } }),
  )
  await page.reload()
  await until(async () => (await cell(page, name).inputValue()) === '', 'the figures are gone')
  expect(
    await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('/figures/')).length),
  ).toBe(0)
  await tab.close()
}, 120_000)

describe('[FL3] figures that are late', () => {
  /** Another month than today's would take a server with another clock: what it says is tested there (test/server/overdue-figures.test.ts). */
  async function answering(path: string, json: unknown) {
    const context = await browser.newContext({ viewport: DESKTOP, locale: 'es-ES' })
    await context.route(path, (route) => route.fulfill({ json }))
    return context
  }
  const late = [
    {
      ...{ from: '2026-09-01', to: '2026-09-30', due: '2026-10-07' },
      ...{ owners: [{ id: 'kultura-cm', name: 'Jon Ibarra' }], ownerless: false },
    },
    { from: '2026-10-01', to: '2026-10-31', due: '2026-11-06', owners: [], ownerless: true },
  ]
  it('say until when and by whom, and lead to the other months', async () => {
    const context = await answering('**/figures/overdue', late)
    const tab = await open({ context }, '2026-09')
    const { page } = tab
    await page.getByText('Con retraso: debían estar anotadas a más tardar el 7 oct 2026.').waitFor()
    await page.getByText('Lo mide: Jon Ibarra.').waitFor()
    await looksRight(page, 'figures-late', 'es')
    await page.getByRole('link', { name: 'Octubre de 2026' }).click()
    await page.getByText('Con retraso: debían estar anotadas a más tardar el 6 nov 2026.').waitFor()
    await page.getByRole('link', { name: 'Septiembre de 2026' }).waitFor()
    await context.close()
  }, 120_000)
  it('are among what needs whoever enters them, and what whoever decides sees', async () => {
    const title = { eu: 'Sare sozialen plana', es: 'Plan de redes' }
    const task = { kind: 'figures', document: demo, title, ...late[1], spans: 1, since: '2026-11-06' }
    for (const [writes, words] of [
      [true, 'Anota las cifras de «Plan de redes»: Octubre de 2026'],
      [false, 'Las cifras de «Plan de redes» van con retraso: Octubre de 2026'],
    ] as const) {
      const context = await answering('**/reviews', [{ ...task, writes }])
      const { page } = await openTab(browser, server.url, '/apps/auzolan', { language: 'es', context })
      const row = page.getByRole('link', { name: words })
      await row.waitFor()
      if (writes) await looksRight(page, 'home-figures-late', 'es')
      await row.click()
      await cell(page, 'Publicaciones, haranberriudala, octubre').waitFor()
      await context.close()
    }
  }, 120_000)
})

it('[FG16] on a phone, one profile at a time', async () => {
  const tab = await open({ viewport: PHONE })
  const { page } = tab
  await page.getByText('1 de 5', { exact: true }).waitFor()
  await page.getByText('10 de 10 cifras').waitFor()
  await page.getByRole('button', { name: 'Siguiente perfil' }).click()
  await page.getByText('2 de 5', { exact: true }).waitFor()
  const likes = cell(page, 'Me gusta, haranberriudala, noviembre')
  expect(await likes.inputValue()).toBe('1.830')
  expect(await likes.getAttribute('inputmode')).toBe('numeric')
  expect((await likes.boundingBox())!.height).toBeGreaterThanOrEqual(44)
  await page.locator('.last').getByText('octubre: 1.655').waitFor()
  await picture(page, 'figures-on-a-phone')
  await tab.close()
}, 120_000)

it('[FG17] a reader sees the figures, and enters none', async () => {
  const tab = await open({ person: 'alkatetza' })
  const { page } = tab
  await page.locator('.read').getByText('4.386').waitFor()
  expect(await page.locator('.sheet input').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Importar CSV' }).count()).toBe(0)
  await tab.close()
}, 120_000)

describe('[FG18] what we measure', () => {
  it('says each formula in plain words, and offers the usual ones', async () => {
    const tab = await open({ language: 'eu' }, '2026-11', 'measured')
    const { page } = tab
    await page.getByText('Elkarreraginak, argitalpenez eta hasierako', { exact: false }).first().waitFor()
    await page.locator('[data-record="i4"] .fold').click()
    await looksRight(page, 'figures-measured', 'eu')
    const usual = page.locator('.usual').getByRole('button', { name: 'Iruzkinak', exact: true })
    await usual.click()
    await usual.waitFor({ state: 'detached' })
    await page.locator('.fold').getByText('Iruzkinak', { exact: true }).waitFor()
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 120_000)
  it('and the sheet is Basque where the page is', async () => {
    const tab = await open({ language: 'eu' })
    await cell(tab.page, 'Irismena, Telegram, azaroa').waitFor()
    await looksRight(tab.page, 'figures', 'eu')
    await tab.close()
  }, 120_000)
})
