/** What the figures say, as somebody reads it who reads one page: what is reached, what is missing, and what cannot be concluded. */
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

/** The director, who enters nothing. */
const open = (query: string, more: Parameters<typeof openTab>[3] = {}, part = '/results'): Promise<Tab> =>
  openTab(browser, server.url, `/apps/auzolan/d/${demo}/indicators${part}?${query}`, {
    language: 'es',
    viewport: DESKTOP,
    person: 'alkatetza',
    ...more,
  })
const NOVEMBER = 'month=2026-11&profile=instagram&period=month'
const figure = (page: Page, name: string) => page.locator('figure').filter({ hasText: name })

describe('[RE8] results', () => {
  it('the director opens the indicators and reads them: value, target in words, gap, what it is made of', async () => {
    const tab = await open(NOVEMBER, {}, '')
    const { page } = tab
    await page.locator('.time').getByText('Noviembre de 2026').waitFor()
    // By hand: 38 200 of 40 000, 4 386 of 4 500, 1.25 of 1.5; 91, 370 minutes and 100 % are where they were to be; of one nothing is known.
    await page.getByText('Se cumplen 3 de los 7 objetivos.').waitFor()
    await page
      .getByText(
        'Todavía no: Personas seguidoras (97 %), Interacción por publicación (83 %), Alcance de las publicaciones (96 %). De 1 no se puede decir nada',
      )
      .waitFor()
    const interaction = figure(page, 'Interacción por publicación')
    expect(await interaction.locator('.number').innerText()).toBe('1,25 %')
    await interaction.getByText('Objetivo: 1,50 %. Todavía no: va al 83 %.').waitFor()
    await interaction.getByText('Punto de partida: 0,94 % (2026-06).').waitFor()
    await interaction
      .getByText('Agosto de 2026: No se recogió · Me gusta, Comentarios, Compartidos')
      .waitFor()
    // The line breaks where nothing is known, and what is aimed at and where it began are on the same axis.
    expect(await interaction.locator('polyline').count()).toBe(2)
    expect(await interaction.locator('.target, .baseline').count()).toBe(2)
    expect(await interaction.locator('circle').count()).toBe(5)
    expect(await interaction.getByRole('img').getAttribute('aria-label')).toContain(
      'Agosto de 2026: sin dato',
    )
    const service = page.getByRole('region', { name: 'Servicio' })
    await service.getByText('Los 2 objetivos se cumplen.').waitFor()
    const answered = figure(page, 'Preguntas respondidas')
    await answered.getByText('De qué se compone').click()
    expect(await answered.locator('.parts dd').allInnerTexts()).toEqual(['62', '68'])
    const aside = page.getByRole('complementary', { name: 'Qué no podemos concluir' })
    await aside.getByText('El enfado también es interacción.').waitFor()
    await aside.getByText('Lo que falta interrumpe la línea; no la baja a 0.').waitFor()
    expect(await aside.getByRole('button', { name: 'Escribir el informe' }).count()).toBe(0)
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 120_000)

  it.each(['es', 'eu'] as const)(
    'looks right in %s',
    async (language) => {
      const tab = await open(NOVEMBER, { language, person: 'komunikazio-arduraduna' })
      await tab.page.locator('figure svg[role=img]').nth(4).waitFor()
      await looksRight(tab.page, 'results', language)
      await tab.page.locator('details').first().locator('summary').click()
      await tab.page.locator('figure .switch').nth(1).click()
      await tab.page.locator('figure table').waitFor()
      await looksRight(tab.page, 'results-table', language)
      await tab.close()
    },
    180_000,
  )

  it('with the keyboard: the table in its place, kept for the next time, and another profile and time', async () => {
    const tab = await open(NOVEMBER)
    const { page } = tab
    const interaction = figure(page, 'Interacción por publicación')
    const table = interaction.getByRole('button', { name: 'Interacción por publicación: tabla' })
    await table.focus()
    await page.keyboard.press('Enter')
    const rows = await interaction.getByRole('row').allInnerTexts()
    expect(rows).toHaveLength(7)
    expect(rows[3]).toContain('sin dato')
    expect(rows[6]).toContain('1,25 %')
    expect(rows[6]).toContain('Me gusta 1.830')
    expect(await interaction.locator('svg[role=img]').count()).toBe(0)
    await page.reload()
    await interaction.getByRole('table').waitFor()
    await page.getByLabel('Cuánto tiempo').selectOption('quarter')
    await page.locator('.time').getByText('octubre–diciembre de 2026').waitFor()
    await page.getByRole('button', { name: 'El periodo anterior' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.time').getByText('julio–septiembre de 2026').waitFor()
    expect(new URL(page.url()).searchParams.get('month')).toBe('2026-09')
    await page.getByLabel('Cuánto tiempo').selectOption('year')
    await page.locator('.time').getByText('2026', { exact: true }).waitFor()
    await page.getByLabel('Perfil', { exact: true }).selectOption('telegram')
    await page.getByText('Interacción por publicación: Telegram no da esto: Me gusta, Comentarios.').waitFor()
    expect(await figure(page, 'Interacción por publicación').count()).toBe(0)
    await tab.close()
  }, 120_000)

  it('of all profiles what may be added up is, and the rest is said', async () => {
    const tab = await open('month=2026-10&profile=all&period=month')
    const { page } = tab
    await page.getByText('Personas seguidoras: no se suma entre perfiles. Elige uno.').waitFor()
    expect(await figure(page, 'Personas seguidoras').count()).toBe(0)
    // 41 + 16 + 29 + 21 + 3 in Basque, of as many.
    const language = figure(page, 'Publicaciones en euskera')
    expect(await language.locator('.number').innerText()).toBe('100 %')
    await language.getByText('De qué se compone').click()
    expect(await language.locator('.parts dd').allInnerTexts()).toEqual(['110', '110'])
    // One of them lacks its figures: then there is no sum, and it says whose.
    const answered = figure(page, 'Preguntas respondidas')
    expect(await answered.locator('.number').innerText()).toBe('sin dato')
    await answered
      .getByText(
        'Octubre de 2026: Nadie lo ha anotado · Preguntas respondidas, Preguntas recibidas · Telegram',
      )
      .waitFor()
    await tab.close()
  }, 120_000)

  it('nobody goes where nothing has begun', async () => {
    const now = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' }).slice(0, 7)
    const tab = await open(`month=${now}`)
    const later = tab.page.getByRole('button', { name: 'El periodo siguiente' })
    await later.waitFor()
    expect(await later.isDisabled()).toBe(true)
    await tab.page.getByRole('button', { name: 'El periodo anterior' }).click()
    await until(() => later.isEnabled(), 'what has begun can be gone to')
    await tab.close()
  }, 120_000)

  it('without figures it says who enters them, and leads there', async () => {
    const tab = await open('month=2025-03', { person: 'komunikazio-arduraduna' })
    const { page } = tab
    await page.getByText('No se han anotado cifras de este periodo.').waitFor()
    await page.getByText('Las anotan una vez al mes').waitFor()
    await looksRight(page, 'results-empty', 'es')
    await page.getByRole('button', { name: 'Anotar cifras' }).last().click()
    await page.waitForURL(/indicators\/enter/)
    await page.getByText('Marzo de 2025', { exact: true }).waitFor()
    await tab.close()
  }, 120_000)

  it('a report of the time that is looked at is begun from here', async () => {
    const tab = await open('month=2026-08', { person: 'komunikazio-arduraduna' })
    const { page } = tab
    await page.getByRole('button', { name: 'Escribir el informe' }).click()
    const dialog = page.getByRole('dialog', { name: 'Nuevo informe' })
    expect(await dialog.getByLabel('Primer día').inputValue()).toBe('2026-07-01')
    expect(await dialog.getByLabel('Último día').inputValue()).toBe('2026-09-30')
    await tab.close()
  }, 120_000)

  it('on a phone the caution comes before the charts, and leads to what cannot be concluded', async () => {
    const tab = await open(NOVEMBER, { viewport: PHONE })
    const { page } = tab
    await page.getByRole('button', { name: 'Leer por qué' }).click()
    await until(
      () => page.evaluate(() => document.activeElement?.id === 'not-concluded'),
      'the focus is where it is said',
    )
    await picture(page, 'results-why-on-a-phone')
    await tab.close()
  }, 120_000)
})
