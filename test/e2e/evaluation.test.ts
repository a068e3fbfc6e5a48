/** The evaluation of a tool in the browser: begun from home, asked for what its level of use asks for, and where its data are. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { CATALOGUE, DOCUMENTS, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET, SAIOA_RESOLUTIONS } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import {
  COORDINATOR,
  EVALUATORS,
  handInHere,
  openRoundHere,
  revealHere,
  saioaMeet,
  submitHere,
  toolTeam,
} from '../support/evaluation-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'
import { SAIOA_SHEETS } from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'

const EVALUATOR = 'gazteria-teknikaria'
let server: DemoHere
let browser: Browser
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person: EVALUATOR, language })
  tab.page.setDefaultTimeout(30_000)
  return tab
}
async function evaluation(template = SAIOA_MEET): Promise<DocumentId> {
  const { container } = server
  const teamId = await teamOf(container.resolve(TEAMS), 'Tresnen lantaldea', [
    'person',
    EVALUATOR,
    'coordinator',
  ])
  return container
    .resolve(DOCUMENTS)
    .create({ type: 'evaluation', teamId, languages: ['eu', 'es'], template, by: EVALUATOR as PersonId })
}

describe('[EV1] an evaluation', () => {
  it('is begun from home by the name of the tool, and asks for what its level of use asks for', async () => {
    const organisation = server.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const minEvaluators = { individual: 2, collective: 4, institutional: 5 }
    const changed = { ...facts, policy: { ...facts.policy, minEvaluators } }
    await organisation.change(changed, version, EVALUATOR as PersonId)
    const { page, complaints, close } = await open('/')
    await page.getByRole('button', { name: 'Evaluate a tool' }).click()
    const dialog = page.getByRole('dialog', { name: 'New evaluation' })
    await dialog.getByRole('button', { name: 'Begin the evaluation' }).click()
    await dialog.getByText('Write the name of the tool first.').waitFor()
    await dialog.getByLabel('Name of the tool').fill('Saioa Meet')
    // As the organisation's policy has it, not as it comes with the program.
    await dialog.getByText('5 people of 2 departments score it; human resources').waitFor()
    await dialog.getByText('4 people score it, and data protection has a look.').waitFor()
    await dialog.getByText('no data of citizens. 2 people score it.').waitFor()
    const { version: now, ...later } = await organisation.read()
    await organisation.change({ ...later, policy: facts.policy }, now, EVALUATOR as PersonId)
    await dialog.getByRole('radio', { name: /^Individual/ }).check()
    await dialog.getByRole('button', { name: 'Begin the evaluation' }).click()
    await page.getByRole('heading', { level: 1, name: 'Saioa Meet' }).waitFor()
    const nav = page.getByRole('navigation', { name: 'Sections of the document' })
    expect(await nav.getByRole('link', { name: 'Calendar' }).count()).toBe(0)
    // One's own use needs no certificate; a use in a group does.
    const named = (name: string) => nav.getByRole('listitem', { name }).getByRole('link')
    await named('Security and ENS, does not apply').click()
    await page.getByText('it can stay empty').waitFor()
    await nav.getByRole('link', { name: 'Level of use' }).click()
    await page.locator('[data-path="useLevel.level"] select').selectOption('collective')
    await named('Security and ENS, empty').waitFor()
    await page.getByRole('combobox', { name: 'Who looks after the shared space' }).waitFor()
    await onServer(page)
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('[EV19] shows what is there already while its name and its need are written', async () => {
    const there = await evaluation()
    const { page, complaints, close } = await open('/')
    await page.getByRole('button', { name: 'Evaluate a tool' }).click()
    const dialog = page.getByRole('dialog', { name: 'New evaluation' })
    await dialog.getByLabel('Name of the tool').fill('saiao me')
    const already = dialog.getByRole('region', { name: 'What there is already' })
    await already.getByText('Called nearly the same.').first().waitFor()
    expect(await already.getByRole('link', { name: 'Saioa Meet' }).first().getAttribute('href')).toMatch(
      /\/d\//,
    )
    await dialog.getByLabel('Name of the tool').fill('Plaza')
    await already.waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Begin the evaluation' }).click()
    await page.getByRole('heading', { level: 1, name: 'Plaza' }).waitFor()
    // It is called otherwise, and is at the same address.
    await page.locator('[data-path="tool.url"] input').fill('https://www.saioameet.example/')
    const beside = page.getByRole('region', { name: 'What there is already' })
    await beside.getByText('The same tool.').first().waitFor()
    await page
      .getByRole('navigation', { name: 'Sections of the document' })
      .getByRole('link', { name: 'Need' })
      .click()
    const row = beside.getByRole('listitem').filter({ has: page.locator(`a[href*="${there}"]`) })
    await row.getByRole('button', { name: 'As an alternative' }).click()
    await page.locator('[data-path*="/verdict"] textarea:focus').waitFor()
    expect(await page.locator('[data-path^="alternatives/"][data-path$="/name"] input').inputValue()).toBe(
      'Saioa Meet',
    )
    await row.getByText('Among the alternatives').waitFor()
    await onServer(page)
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('says where the data are as they are entered, and what stands against it', async () => {
    const { page, complaints, close } = await open(`/d/${await evaluation()}/dataLocation`)
    await page.getByText('The data are kept in').waitFor()
    const said = page.locator('.said')
    await expect
      .poll(() => said.innerText())
      .toBe(
        'The data are kept in Germany and France. They can also be seen from India, to give support. ' +
          'Data about use go to United States. ' +
          'The company is under the law of Germany. Its owner is under that of United States, and may have to answer to it.',
      )
    const picture = page.getByRole('img', {
      name: /^In the EEA \(nothing more is needed\): Germany, Store, Process/,
    })
    await picture.waitFor()
    // A place leads to its row.
    await said.getByRole('link', { name: 'India' }).first().click()
    const country = page.locator('[data-path="places/l5/country"] select')
    await country.waitFor()
    await page.locator('[data-path="places/l5/mechanism"] select').selectOption('none')
    await page.getByText('E-K2: Personal data go to a place without a safeguard that holds.').waitFor()
    await country.selectOption('unknown')
    await page.getByText('E-K9: Nobody knows in which country').waitFor()
    await page.getByText('Blocked: E-K9').waitFor()
    await onServer(page)
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const id = await evaluation()
      const { page, complaints, close } = await open('/', language)
      await page
        .getByRole('button', { name: language === 'eu' ? /ebaluatu/i : /Evaluar/ })
        .first()
        .waitFor()
      await looksRight(page, 'home-with-evaluation', language)
      await page
        .getByRole('button', { name: language === 'eu' ? /ebaluatu/i : /Evaluar/ })
        .first()
        .click()
      await page.getByRole('dialog').waitFor()
      await page.locator('#tool-name').fill('Saioa')
      await page.locator('.alike').waitFor()
      await looksRight(page, 'new-evaluation', language)
      await page.goto(`${server.url}/apps/auzolan/d/${id}/dataLocation`)
      await page.locator('.said').waitFor()
      await looksRight(page, 'evaluation-location', language)
      await evaluation()
      await page.goto(`${server.url}/apps/auzolan/d/${id}/need`)
      await page.locator('.alike').waitFor()
      await looksRight(page, 'evaluation-need', language)
      await page.goto(`${server.url}/apps/auzolan/d/${id}/dataProtection`)
      await page.locator('[data-path="dataProtection.ourRole"]').waitFor()
      await looksRight(page, 'evaluation-privacy', language)
      await page.goto(`${server.url}/apps/auzolan/d/${id}/print?language=${language}`)
      await page.locator('.paper .inShort').waitFor()
      await looksRight(page, 'evaluation-paper', language)
      expect(complaints).toEqual([])
      await close()
    },
    480_000,
  )
})

it('[TU12] asks what has changed since the last decision only where there was one', async () => {
  const inForce = (await server.container.resolve(CATALOGUE).all()).find(
    ({ entry }) => entry.name === 'Orri',
  )!
  for (const [id, person, asked] of [
    [await evaluation(), EVALUATOR, 0],
    [inForce.entry.id, 'informatika-arduraduna', 1],
  ] as const) {
    const { page, complaints, close } = await openTab(browser, server.url, `/apps/auzolan/d/${id}/decision`, {
      person,
      language: 'en',
    })
    await page.getByText('Departments that will use it', { exact: true }).waitFor()
    const changed = page.getByText('What has changed since the last decision', { exact: true })
    await expect.poll(() => changed.count(), { timeout: 15_000 }).toBe(asked)
    expect(complaints).toEqual([])
    await close()
  }
}, 60_000)

describe('[EV20] an evaluation in review', () => {
  let id: DocumentId
  beforeAll(async () => {
    const decision = { ...SAIOA_MEET['decision'], resolutions: SAIOA_RESOLUTIONS }
    id = await saioaMeet(server, await toolTeam(server), { ...SAIOA_MEET, decision })
    await openRoundHere(server, id)
    for (const [i, person] of EVALUATORS.entries()) await handInHere(server, id, 1, person, SAIOA_SHEETS[i]!)
    await revealHere(server, id)
    await submitHere(server, id)
  }, 60_000)
  const review = (language: 'en' | 'eu' | 'es'): Promise<Tab> =>
    openTab(browser, server.url, `/apps/auzolan/d/${id}/review`, { person: COORDINATOR, language })

  it('says on one page what is decided on, and calls what came of the scores by its criterion', async () => {
    const { page, complaints, close } = await review('es')
    const said = (key: string) => page.locator(`.short .${key}`).innerText()
    await page.locator('.short').waitFor()
    expect(await said('tool')).toBe('Saioa Meet · Public Sector · Saioa Meet GmbH')
    expect(await said('use')).toContain('Reunirse con la ciudadanía')
    expect(await said('outcome')).toBe('Con condiciones')
    expect((await said('conditions')).split('\n')).toHaveLength(3)
    expect(await said('scores')).toContain('65,8 puntos de 100')
    expect(await said('scores')).toContain('frágil')
    expect(await said('apart')).toContain('Los servicios jurídicos miran a la propietaria')
    expect(await said('blocks')).toBe('No hay ningún criterio bloqueante en contra.')
    expect(await said('where')).toContain('Alemania y Francia')
    expect(await said('review')).toContain('2027')
    for (const key of ['data', 'levels']) expect(await said(key)).not.toBe('')
    const whole = page.locator('body')
    expect(await whole.innerText()).not.toContain('cifras')

    // What nobody wrote is folded, and passed by with the keys.
    const changes = page.locator('#changes')
    const scores = changes.locator('details')
    expect(await scores.count()).toBe(1)
    const named = scores.getByRole('heading', {
      name: 'Por criterio: Ubicación de los datos y jurisdicción',
    })
    expect(await named.isVisible()).toBe(false)
    const last = changes.locator('li.change').last()
    for (let i = await changes.locator('li.change:visible').count(); i > 0; i--)
      await page.keyboard.press('j')
    expect(await last.evaluate((one) => one === document.activeElement)).toBe(true)
    await scores.locator('summary').click()
    await named.waitFor()
    await scores.getByRole('heading', { name: 'Por bloque: Necesidad' }).waitFor()
    await scores.getByRole('heading', { name: 'El total de cada cual: 57,4' }).waitFor()
    await changes
      .getByRole('heading', { name: 'Qué ha sido de los desacuerdos: Ubicación de los datos' })
      .waitFor()
    expect(await changes.innerText()).not.toContain('Sin nombre')
    await page.locator('.reading summary').click()
    await page.locator('.reading dt', { hasText: 'Por criterio: Licencia' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const { page, complaints, close } = await review(language)
      await page.locator('.short').waitFor()
      await looksRight(page, 'evaluation-review', language)
      expect(complaints).toEqual([])
      await close()
    },
    120_000,
  )

  it('is duplicated as what it is', async () => {
    const { page, complaints, close } = await openTab(browser, server.url, '/apps/auzolan/', {
      person: COORDINATOR,
      language: 'es',
    })
    const row = page.locator('.home .list li').filter({ hasText: 'Saioa Meet: videollamadas' }).first()
    await row.getByRole('button', { name: /^Acciones/ }).click()
    await page.getByRole('menuitem', { name: 'Duplicar' }).click()
    const dialog = page.getByRole('dialog', { name: 'Duplicar' })
    await dialog.getByText('la copia se puntúa de nuevo').waitFor()
    expect(await dialog.innerText()).not.toMatch(/plan\b/i)
    await dialog.locator('#copy-title-es').fill('Otra vez')
    await dialog.getByRole('button', { name: 'Duplicar' }).click()
    await page.getByRole('heading', { level: 1, name: 'Otra vez' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
})
