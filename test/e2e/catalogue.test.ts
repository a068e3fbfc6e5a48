/** An employee looks for a tool, reads its card, and asks whether they may use it [CA9]–[CA12]. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openTab, picture, type Tab, type TabOptions } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer } from '../support/server.ts'

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

/** Somebody who is in no team: the catalogue is everybody's. */
async function open(path: string, options: TabOptions = {}): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person: 'ingurumen-teknikaria',
    language: 'es',
    ...options,
  })
  tab.page.setDefaultTimeout(15_000)
  return tab
}

describe('[CA9] the shelves', () => {
  it('stand by need, say what was decided, and are found by words and by what is asked of a tool', async () => {
    const tab = await open('/tools')
    const { page } = tab
    const shelf = page.locator('.shelf', {
      has: page.getByRole('heading', { name: 'Videoconferencia', exact: true }),
    })
    await shelf.getByRole('link', { name: 'Gela', exact: true }).waitFor()
    // What is recommended comes first.
    expect(await shelf.locator('li').getByRole('link').allInnerTexts()).toEqual(['Gela', 'Saioa Meet'])
    // So does the shelf with most that one may take; one of which nobody may take anything is last.
    const needs = await page.locator('.shelf:not(.known) h2').allInnerTexts()
    expect([needs[0], needs.at(-1)]).toEqual(['Videoconferencia', 'Almacenamiento y sincronización'])
    await page.getByText('8 herramientas', { exact: true }).waitFor()
    await page.getByLabel('¿Qué necesitas hacer?').fill('encuestas')
    await page.getByText('1 herramienta', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Galdetu', exact: true }).waitFor()
    // What a department says that it uses it for.
    await page.getByLabel('¿Qué necesitas hacer?').fill('huertos')
    await page.getByText('1 herramienta', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'Galdetu', exact: true }).waitFor()
    // What nobody has written comes near nothing.
    await page.getByLabel('¿Qué necesitas hacer?').fill('xilofonqwrt')
    await page.getByText('Ninguna herramienta es así', { exact: false }).waitFor()
    expect(await page.getByText('Lo que más se acerca', { exact: false }).count()).toBe(0)
    await page.getByLabel('¿Qué necesitas hacer?').fill('')
    await page.getByText('También sin conexión', { exact: true }).click()
    await page.getByRole('link', { name: 'Orri', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Gela', exact: true }).waitFor({ state: 'detached' })
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 60_000)
  it.each(['es', 'eu', 'ca', 'en'] as const)('look right in %s', { timeout: 120_000 }, async (language) => {
    const tab = await open('/tools', { language })
    await tab.page.getByRole('link', { name: 'Gela', exact: true }).waitFor()
    await looksRight(tab.page, 'catalogue', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
})

describe('[CA10] the card of a tool', () => {
  it.each(['es', 'eu', 'ca', 'en'] as const)('looks right in %s', { timeout: 120_000 }, async (language) => {
    const tab = await open('/tools', { language })
    await tab.page.getByRole('link', { name: 'Saioa Meet', exact: true }).click()
    await tab.page.getByRole('heading', { name: 'Saioa Meet', exact: true }).waitFor()
    await looksRight(tab.page, 'tool', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
  it('of one that is not recommended says why, and what there is instead', async () => {
    const tab = await open('/tools')
    const { page } = tab
    await page.getByRole('link', { name: 'Bidali Fitx', exact: true }).click()
    await page.getByRole('heading', { name: 'Por qué' }).waitFor()
    await page.getByText('el enlace compartido de Nextcloud', { exact: false }).waitFor()
    await picture(page, 'tool-not-recommended')
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 60_000)
})

/** Tool, what for, data, how far; verdict and something of what it says. */
const QUESTIONS = [
  ['Gela', 'share', 'public', 'collective', 'Sí', 'Vale hasta'],
  ['gela', 'share', 'personal_citizen', 'institutional', 'Sí', 'Vale hasta'],
  [
    'Gela',
    'other',
    'special_art9',
    'institutional',
    'No, para esto no',
    'Lo que decide es qué datos meterías',
  ],
  ['Gela', 'present', 'public', 'collective', 'Pregunta antes: se evaluó para otra cosa', 'Se evaluó para:'],
  ['Saioa Meet', 'share', 'personal_citizen', 'institutional', 'Sí, con 3 condiciones', 'No grabar con'],
  // What is for the whole house is for a group of it.
  ['Saioa Meet', 'share', 'internal', 'collective', 'Sí, con 3 condiciones', 'Datos de menores'],
  [
    'Saioa Meet',
    'other',
    'unsure',
    'individual',
    'Sí, con 3 condiciones',
    'respuesta para datos de la ciudadanía',
  ],
  ['Gela', 'other', 'public', 'individual', 'Sí, para lo que se evaluó', 'Si quieres hacer otra cosa'],
  ['Galdetu', 'manage', 'public', 'collective', 'Sí, con 2 condiciones', 'No pedir datos personales'],
  ['Galdetu', 'manage', 'unsure', 'collective', 'No, para esto no', 'Se decidió para:'],
  ['Irudika', 'present', 'public', 'individual', 'Sí, con 1 condición', 'No subir fotos'],
  ['Irudika', 'present', 'public', 'institutional', 'No, para esto no', 'Lo que decide es quién la usaría'],
  ['Bidali Fitx', 'share', 'public', 'individual', 'No, para esto no', 'no se recomienda'],
  ['Bidali Fitx', 'share', 'public', 'individual', 'No, para esto no', 'En su lugar: El enlace compartido'],
  ['Orri', 'manage', 'personal_staff', 'collective', 'Sí', 'Vale hasta'],
  [
    'Tauler',
    'manage',
    'internal',
    'collective',
    'Espera: hay que volver a revisarla',
    'no se empieza nada nuevo',
  ],
  ['Tauler', 'manage', 'internal', 'collective', 'Espera: hay que volver a revisarla', 'Se decidió para:'],
  ['Idazluma', 'share', 'internal', 'collective', 'No; usa Orri', 'Se está retirando: saca lo que tengas'],
  ['Ideamapa', 'present', 'public', 'individual', 'Nadie la ha evaluado todavía', 'no es ninguna falta'],
] as const

describe('[CA11] “May I use this tool?”', () => {
  it('is answered from what was decided, with its day, its end and the rule that decided', async () => {
    const tab = await open('/may-i-use')
    const { page } = tab
    await page.locator('#tool-name').waitFor()
    for (const [tool, what, data, level, verdict, says] of QUESTIONS) {
      const query = new URLSearchParams({ tool, for: what, data, level }).toString()
      await page.goto(`${server.url}/apps/auzolan/may-i-use?${query}`)
      await page.getByRole('heading', { name: verdict, exact: true }).waitFor()
      await page.getByText(says, { exact: false }).first().waitFor()
      if (verdict.startsWith('Nadie')) continue
      await page.getByText(/Evaluación de .+, versión \d, decidida el \d/).waitFor()
      // Nobody looks again at what is being withdrawn.
      if (tool !== 'Idazluma') await page.getByText('Fecha de revisión').waitFor()
    }
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 120_000)
  it('[CA30] [CA32] [CA33] cites what covers it, what stands against it, and what one can do then', async () => {
    const tab = await open('/may-i-use')
    const { page } = tab
    await page.locator('#tool-name').waitFor()
    const at = async (query: string, verdict: string): Promise<void> => {
      await page.goto(`${server.url}/apps/auzolan/may-i-use?${query}`)
      await page.getByRole('heading', { name: verdict, exact: true }).waitFor()
    }
    const says = (words: string): Promise<void> => page.getByText(words).first().waitFor()
    await at('tool=Gela&for=share&data=personal_citizen&level=individual', 'Sí')
    await says('Se decidió para esto: «Datos de la ciudadanía».')
    await says('Se evaluó para esto: «Trabajar en algo con otras personas, o hablar con ellas».')
    await says('Se decidió para toda la organización, y eso te incluye.')
    await at('tool=Irudika&for=present&data=personal_citizen&level=individual', 'No, para esto no')
    await says('(E-K7)')
    await says(
      'De la decisión: «Para carteles sirve; al ser gratuita y sin contrato, solo sin datos personales.»',
    )
    await page.getByRole('link', { name: 'Ver qué hay para esto' }).waitFor()
    expect(await page.getByRole('button', { name: 'Pedir que se evalúe para esto' }).count()).toBe(0)
    await at('tool=Galdetu&for=manage&data=personal_staff&level=collective', 'No, para esto no')
    await says('Nadie la ha evaluado para estos datos.')
    await page.getByRole('heading', { name: 'Para esto hay, de otro tipo' }).waitFor()
    await page.locator('.instead').getByRole('link', { name: 'Orri' }).waitFor()
    await page.getByRole('button', { name: 'Pedir que se evalúe para esto' }).waitFor()
    await at('tool=Idazluma&for=present&data=public&level=individual', 'No, para esto no')
    await page.locator('.instead').getByRole('link', { name: 'Irudika' }).waitFor()
    await at('tool=Saioa+Meet&for=share&data=personal_citizen&level=institutional', 'Sí, con 3 condiciones')
    await says('está sujeta a la ley de Estados Unidos')
    await says('Plazo: 31 dic 2026')
    // Whoever uses a tool of the catalogue says so on its card, and proposes nothing.
    await at('tool=Gela&for=present&data=public&level=collective', 'Pregunta antes: se evaluó para otra cosa')
    await page.getByRole('link', { name: 'Mi departamento la usa' }).click()
    await page.getByRole('heading', { name: 'Gela', exact: true }).waitFor()
    await page.waitForFunction(() => document.activeElement?.id === 'uses')
    expect(await page.locator('.verdict').count()).toBe(0)
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 60_000)
  it('[CA30] leads to the evaluation whoever may read it, and nobody else', async () => {
    const address = '/may-i-use?tool=Saioa+Meet&for=share&data=public&level=collective'
    for (const [person, links] of [
      ['kultura-cm', 1],
      ['ingurumen-teknikaria', 0],
    ] as const) {
      const tab = await open('/may-i-use', { person })
      await tab.page.locator('#tool-name').waitFor()
      await tab.page.goto(`${server.url}/apps/auzolan${address}`)
      await tab.page.locator('.verdict').waitFor()
      await tab.page.getByText(/^Evaluación de Saioa Meet/).waitFor()
      expect(await tab.page.getByRole('link', { name: /^Evaluación de Saioa Meet/ }).count()).toBe(links)
      await tab.close()
    }
  })
  it('[CA31] finds what was suggested by a name that is nearly it; a blank one is none', async () => {
    const tab = await open('/may-i-use')
    const { page } = tab
    const field = page.getByLabel('¿Qué herramienta?')
    await page
      .locator('#tool-names option[value="Ideamapa"][label="Ideamapa: sin evaluar"]')
      .waitFor({ state: 'attached' })
    await field.fill('Idea')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '¿A cuál de estas te refieres?' }).waitFor()
    await page
      .locator('.which li', { hasText: 'Sin evaluar' })
      .getByRole('button', { name: 'Ideamapa' })
      .waitFor()
    await picture(page, 'may-i-use-which')
    await page.getByRole('button', { name: 'Ideamapa' }).click()
    await page.getByRole('heading', { name: '¿Qué quieres hacer con ella?' }).waitFor()
    await page.goto(
      `${server.url}/apps/auzolan/may-i-use?tool=%20%20%20&for=share&data=public&level=collective`,
    )
    await field.waitFor()
    await page.goto(`${server.url}/apps/auzolan/may-i-use?tool=Gala`)
    await page.getByRole('button', { name: 'Gela', exact: true }).waitFor()
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
  it('[CA14] asks which tool is meant before anything is said of one that is nearly called so', async () => {
    const tab = await open('/may-i-use')
    const { page } = tab
    await page.locator('#tool-name').waitFor()
    const asked = '/may-i-use?tool=saioa&for=share&data=personal_citizen&level=institutional'
    await page.goto(`${server.url}/apps/auzolan${asked}`)
    await page.getByRole('heading', { name: '¿A cuál de estas te refieres?' }).waitFor()
    await page.getByRole('button', { name: 'Saioa Meet', exact: true }).click()
    await page.getByRole('heading', { name: 'Sí, con 3 condiciones' }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Ninguna de estas: saioa' }).click()
    await page.getByRole('heading', { name: 'Nadie la ha evaluado todavía' }).waitFor()
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
  it('is asked one question a page with the keyboard alone, and one goes back to each', async () => {
    const tab = await open('/may-i-use')
    const { page } = tab
    await page.getByLabel('¿Qué herramienta?').press('Enter')
    await page.getByText('Escribe cómo se llama la herramienta.').waitFor()
    await page.getByLabel('¿Qué herramienta?').fill('Saioa Meet')
    await page.keyboard.press('Enter')
    for (const [question, choice] of [
      ['¿Qué quieres hacer con ella?', 'Trabajar en algo con otras personas, o hablar con ellas'],
      ['¿Qué pondrías en ella?', 'Datos de la ciudadanía'],
      ['¿Quién la usaría?', 'Toda la casa, o la ciudadanía'],
    ] as const) {
      await page.getByRole('heading', { name: question }).waitFor()
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Space')
      for (let i = 0; i < 9; i++) {
        const label = await page.evaluate(() => document.activeElement?.closest('.choice')?.textContent ?? '')
        if (label.includes(choice)) break
        await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Enter')
    }
    await page.getByRole('heading', { name: 'Sí, con 3 condiciones' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    // One answer is changed, and stands as it was said; the others stay.
    await page.getByRole('button', { name: 'Cambiar: Trabajar en algo' }).click()
    await page.getByRole('heading', { name: '¿Qué quieres hacer con ella?' }).waitFor()
    expect(await page.locator('.choice :checked').getAttribute('value')).toBe('share')
    await page.getByRole('button', { name: 'Continuar' }).click()
    await page.getByRole('heading', { name: 'Sí, con 3 condiciones' }).waitFor()
    await page.goBack()
    await page.goBack()
    await page.goBack()
    await page.getByRole('heading', { name: '¿Quién la usaría?' }).waitFor()
    await page.locator('.said div', { hasText: 'Datos' }).getByRole('button', { name: 'Cambiar' }).click()
    await page.getByRole('heading', { name: '¿Qué pondrías en ella?' }).waitFor()
    expect(new URL(page.url()).searchParams.get('data')).toBe(null)
    expect(new URL(page.url()).searchParams.get('for')).toBe('share')
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 60_000)
  it.each(['es', 'eu'] as const)('looks right in %s', { timeout: 120_000 }, async (language) => {
    const tab = await open('/may-i-use', { language })
    const { page } = tab
    await page.locator('#tool-name').waitFor()
    await looksRight(page, 'may-i-use-tool', language)
    await page.locator('#tool-name').fill('Saioa Meet')
    await page.keyboard.press('Enter')
    await page.locator('.choice').first().waitFor()
    await looksRight(page, 'may-i-use-for', language)
    const at = (query: string): Promise<unknown> =>
      page.goto(`${server.url}/apps/auzolan/may-i-use?tool=Saioa+Meet&for=share&${query}`)
    await at('')
    await page.locator('.choice').nth(7).waitFor()
    await looksRight(page, 'may-i-use-data', language)
    await at('data=personal_citizen&level=institutional')
    await page.locator('.verdict').waitFor()
    await looksRight(page, 'may-i-use-answer', language)
    await at('data=special_art9&level=collective')
    await page.locator('.verdict.no').waitFor()
    await looksRight(page, 'may-i-use-no', language)
    for (const [name, query] of [
      ['covered', 'tool=Gela&for=share&data=personal_citizen&level=individual'],
      ['barred', 'tool=Irudika&for=present&data=personal_citizen&level=individual'],
      ['other-kinds', 'tool=Galdetu&for=manage&data=personal_staff&level=collective'],
    ] as const) {
      await page.goto(`${server.url}/apps/auzolan/may-i-use?${query}`)
      await page.locator('.verdict').waitFor()
      await looksRight(page, `may-i-use-${name}`, language)
    }
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
})
