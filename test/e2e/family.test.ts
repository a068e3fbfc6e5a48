/** Two town hall people and their plans: a template that travels, common parts that come from above, all plans at a glance. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import type { DocumentId, PersonId, TeamId } from '@auzolan/shared/ids.ts'
import { DOCUMENTS, JOURNAL, TEAMS, VERSIONS } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { looksRight } from '../support/looks.ts'
import { wholePlan } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

const PRESS = 'komunikazio-arduraduna'
const ADMIN = 'informatika-arduraduna'
const YOUTH = 'gazteria-teknikaria'
let server: DemoHere
let browser: Browser
let press: TeamId
let youth: TeamId
beforeAll(async () => {
  server = await startDemoHere()
  browser = await launchBrowser()
  const teams = server.container.resolve(TEAMS)
  press = await teamOf(
    teams,
    'Prentsa',
    ['person', PRESS, 'coordinator'],
    ['person', 'alkatetza', 'director'],
  )
  youth = await teamOf(teams, 'Gazteria', ['person', YOUTH, 'coordinator'])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(person: string, path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const titled = (eu: string, es: string, pertinent?: string) => {
  const plan = wholePlan() as unknown as { [section: string]: { [field: string]: unknown } }
  const norms = pertinent ? { pertinent: { eu: pertinent, es: pertinent } } : {}
  const identity = { ...plan['identity'], title: { eu, es } }
  return { ...plan, identity, participation: { ...plan['participation'], ...norms } }
}
const plan = (teamId: TeamId, template: ReturnType<typeof titled>, more: object = {}): Promise<DocumentId> =>
  server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: PRESS as PersonId, ...more })
/** In force without a review: that has tests of its own. */
async function enforce(id: DocumentId, visibility = 'organisation'): Promise<void> {
  const versions = server.container.resolve(VERSIONS)
  const frozen = await versions.freeze(id)
  if (isRefusal(frozen)) throw new Error(frozen.detail)
  await server.container.resolve(JOURNAL).transact(async (rows) => {
    const by = { id: PRESS, name: 'Komunikazio-arduraduna' }
    const request = { at: new Date().toISOString(), by, note: '', due: null, languages: ['eu', 'es'] }
    const { n } = await versions.add(rows, id, frozen, request)
    await rows.updateTable('document').set({ in_force: n, visibility }).where('id', '=', id).execute()
  })
  server.container.resolve(DOCUMENTS).standingChanged(id)
}
const tell = (page: Page, label: string, words: string): Promise<void> => page.getByLabel(label).fill(words)

describe('before anybody has written a plan', () => {
  it('an empty list of plans says what to begin with', async () => {
    const { page, close } = await open('ingurumen-teknikaria', '/plans')
    await page.getByText('Begin with the plan of the organisation.', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Write the first plan' }).waitFor()
    await close()
  }, 60_000)
})

describe('a template', () => {
  it('is made of a version by one, begun from by another, and renewed under both', async () => {
    const original = await plan(press, titled('Prentsaren plana', 'El plan de prensa'))
    const coordinator = await open(PRESS, `/d/${original}/history`)
    const { page } = coordinator
    await page.getByRole('button', { name: 'Name a version' }).click()
    const naming = page.getByRole('dialog', { name: 'Name a version' })
    await naming.getByRole('textbox').fill('Ona')
    await naming.getByRole('button', { name: 'Keep this version' }).click()
    await page.getByRole('button', { name: 'Make a template from version 1' }).click()
    const dialog = page.getByRole('dialog', { name: 'Make a template from version 1' })
    await dialog.getByRole('button', { name: 'Make the template' }).click()
    await dialog.getByText('Say in one sentence what it is for.').waitFor()
    await dialog.locator('#template-sentence').fill('Sail guztientzat, arauekin.')
    await dialog.getByText('Everybody in the organisation').click()
    await dialog.getByRole('button', { name: 'Make the template' }).click()
    await page.getByRole('button', { name: 'New version of the template' }).waitFor()
    await page.getByText('Template', { exact: true }).first().waitFor()

    const other = await open(YOUTH, '/')
    await other.page.getByRole('button', { name: 'New plan' }).click()
    const making = other.page.getByRole('dialog', { name: 'New plan' })
    await making.getByText('Sail guztientzat, arauekin.').click()
    await tell(other.page, 'Title in Basque', 'Gazteen plana')
    await making.getByLabel('Who writes it').selectOption({ label: 'Gazteria' })
    await making.getByRole('button', { name: 'Create the plan' }).click()
    await other.page.getByRole('button', { name: 'Details' }).click()
    await other.page.getByText(', version 1').waitFor()
    // Nobody has accepted anything here, and nobody is named.
    await other.page
      .getByRole('button', { name: /things? (is|are) missing/ })
      .first()
      .waitFor()

    await page.getByRole('button', { name: 'New version of the template' }).click()
    const renewing = page.getByRole('dialog', { name: 'New version of the template' })
    await renewing.getByRole('textbox').fill('Arau zehatzagoak')
    await renewing.getByRole('button', { name: 'Keep this version' }).click()
    await page.getByText('From now on new plans begin from this version.').waitFor()
    await other.page.reload()
    await other.page.getByRole('button', { name: 'Details' }).click()
    await other.page
      .getByText('The template has version 2 now. Nothing of it changes here by itself.')
      .waitFor()
    expect([...coordinator.complaints, ...other.complaints]).toEqual([])
    await Promise.all([coordinator.close(), other.close()])
  }, 180_000)

  it.each(['eu', 'es'] as const)(
    'is offered where a plan begins (%s)',
    async (language) => {
      const { page, close } = await open(YOUTH, '/', language)
      await page.getByRole('button', { name: language === 'eu' ? 'Plan berria' : 'Nuevo plan' }).click()
      await page.getByRole('dialog').getByText('Sail guztientzat, arauekin.').waitFor()
      await looksRight(page, 'begin', language)
      await close()
    },
    120_000,
  )
})

describe('common parts', () => {
  it('are read below with whose they are, follow the next version, and leave what is in force alone', async () => {
    const top = await plan(press, titled('Udalaren plana', 'El plan del ayuntamiento', 'Gaiaren ingurukoa.'))
    await enforce(top)
    const administrator = await open(ADMIN, `/d/${top}/participation`)
    await administrator.page.getByRole('button', { name: 'Details' }).click()
    await administrator.page.getByRole('button', { name: 'It is the plan of the organisation' }).click()
    await administrator.page
      .getByRole('button', { name: 'It is the plan of the organisation' })
      .waitFor({ state: 'detached' })
    await administrator.page.getByRole('button', { name: 'Details' }).click()
    await administrator.page.getByText('plans of departments can be put below it', { exact: false }).waitFor()
    await administrator.close()
    const below = await plan(youth, titled('Gazteriaren plana', 'El plan de Juventud', 'Gurea.'))
    const { page, complaints, close } = await open(YOUTH, `/d/${below}/participation`)
    const norm = page.locator('[data-path="participation.pertinent"]')
    await norm.waitFor()
    await page.getByRole('button', { name: 'Details' }).click()
    await page.getByText('Redes sociales y herramientas en la nube').waitFor()
    await page.locator('#parent').selectOption(top)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('From “Udalaren plana”, version 1').first().waitFor()
    await norm.getByText('Gaiaren ingurukoa.').waitFor()
    expect(await norm.locator('input, textarea, [contenteditable="true"]').count()).toBe(0)
    // What is its own is still written here.
    await page.getByRole('button', { name: 'Add a space' }).waitFor()
    expect(await page.getByRole('button', { name: 'Add a step' }).count()).toBe(0)
    await looksRight(page, 'taken-over', 'en')
    await enforce(below, 'team')
    await enforce(top)
    await page.reload()
    await page.getByText('From “Udalaren plana”, version 2').first().waitFor()
    await page.getByRole('link', { name: 'Look at the difference' }).click()
    await page.getByRole('heading', { name: 'History' }).waitFor()
    // Whoever coordinates the plan above reads this one, and finds it at home.
    const coordinator = await open(PRESS, `/d/${below}/participation`)
    await coordinator.page.getByText('From “Udalaren plana”, version 2').first().waitFor()
    await coordinator.page.getByText('You can read and comment.', { exact: false }).waitFor()
    expect([...complaints, ...coordinator.complaints]).toEqual([])
    await Promise.all([close(), coordinator.close()])
    // What is above cannot go while something is below.
    const home = await open(PRESS, '/')
    await home.page.getByRole('button', { name: /Udalaren plana/ }).click()
    await home.page.getByRole('menuitem', { name: /trash/i }).click()
    await home.page
      .getByText('Other plans take their common parts from this one.', { exact: false })
      .waitFor()
    await home.close()
  }, 180_000)

  it('a new plan begins below it where that is chosen, and those above say no to it', async () => {
    const maker = await open(YOUTH, '/')
    await maker.page.getByRole('button', { name: 'New plan' }).click()
    const making = maker.page.getByRole('dialog', { name: 'New plan' })
    await making.getByLabel('Who writes it').selectOption({ label: 'Gazteria' })
    const box = making.getByRole('checkbox', { name: /Below “Udalaren plana”/ })
    // Below the plan of the organisation is what the second beginning says of itself.
    expect(await box.count()).toBe(0)
    await making.getByText('Plan of a department').click()
    expect(await box.isChecked()).toBe(true)
    await making.getByLabel('Department', { exact: true }).selectOption({ index: 1 })
    await looksRight(maker.page, 'begin-below', 'en')
    await tell(maker.page, 'Title in Basque', 'Gazteen udaberria')
    await making.getByRole('button', { name: 'Create the plan' }).click()
    await maker.page.waitForURL(/\/d\//)
    const id = new URL(maker.page.url()).pathname.split('/d/')[1]!.split('/')[0]!
    const above = await open(PRESS, `/d/${id}/planning`)
    await above.page.getByRole('button', { name: 'Details' }).click()
    await above.page.getByRole('button', { name: 'Put it out' }).waitFor()
    await looksRight(above.page, 'put-out', 'en')
    await above.page.getByRole('button', { name: 'Put it out' }).click()
    await above.page.getByRole('button', { name: 'New plan' }).waitFor()
    await maker.page.reload()
    await maker.page.getByRole('button', { name: 'Details' }).click()
    await maker.page.locator('#parent').waitFor()
    expect(await maker.page.locator('#parent').inputValue()).toBe('')
    // Whoever has put it out is told that it is not there any more.
    expect(maker.complaints).toEqual([])
    await Promise.all([maker.close(), above.close()])
  }, 120_000)

  it.each(['eu', 'es'] as const)(
    'say so in %s, and all plans stand at a glance',
    async (language) => {
      const { page, complaints, close } = await open(PRESS, '/plans', language)
      const child = page
        .getByRole('listitem')
        .filter({ hasText: language === 'eu' ? 'Gazteriaren plana' : 'El plan de Juventud' })
      await child.last().waitFor()
      // The row above stands there before the families are told apart.
      await page.locator('li.plan.below').waitFor()
      await looksRight(page, 'plans', language)
      await page.locator('li.plan.below a').click()
      await page.getByRole('button', { name: language === 'eu' ? 'Xehetasunak' : 'Detalles' }).click()
      await page.locator('.app-sidebar').waitFor()
      await looksRight(page, 'details', language)
      expect(complaints).toEqual([])
      await close()
    },
    180_000,
  )

  it('stay as they were taken over when the plan above is hidden, and the page says so', async () => {
    const top = await plan(press, titled('Ezkutuko plana', 'El plan oculto', 'Ondo.'), {
      ofOrganisation: true,
    })
    await enforce(top)
    const below = await plan(youth, titled('Kirola', 'Deporte', 'Gurea.'), { parent: async () => top })
    await enforce(below, 'team')
    await enforce(top, 'team')
    const { page, complaints, close } = await open(YOUTH, `/d/${below}/participation`)
    await page.getByText('The plan above can no longer be read here.', { exact: false }).waitFor()
    await page.getByText('From “A plan that you cannot read”, version 1').first().waitFor()
    await page.locator('[data-path="participation.pertinent"]').getByText('Ondo.').waitFor()
    await looksRight(page, 'hidden-above', 'en')
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
})
