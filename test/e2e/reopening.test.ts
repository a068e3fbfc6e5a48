/** A list that an evaluation relies on changes (DOMAIN E-30): the administrator sees what it means before it is applied, the team and its readers after. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { adequacy } from '@auzolan/shared/reference/adequacy.ts'
import { jsonFile } from '@auzolan/shared/reference/file.ts'
import { LISTS } from '@auzolan/shared/reference/references.ts'
import { DOCUMENTS, JOURNAL, SCORING_ROUNDS, SHEETS, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import {
  claims,
  COORDINATOR,
  DIRECTOR,
  startDecidedHere,
  WRITER,
  type DecidedHere,
} from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { reasonsFor, SAIOA_SHEETS, sheetOf } from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'

const ADMIN = 'informatika-arduraduna'
let server: DecidedHere
let browser: Browser
let id: DocumentId
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
  const { rows } = server.container.resolve(JOURNAL)
  // Those of the demo rely on the same list.
  await rows
    .updateTable('document')
    .set({ trashed_at: new Date().toISOString() })
    .where('type', '=', 'evaluation')
    .execute()
  id = await approved()
  await approved()
  // One of the two is for the whole house: the administrator, who is in no team of it, may read that one.
  await rows.updateTable('document').set({ visibility: 'organisation' }).where('id', '=', id).execute()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** «Saioa Meet» (DOMAIN G.2) for one person, scored and approved. */
async function approved(): Promise<DocumentId> {
  const { container } = server
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  const changes = {
    useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
    dataProtection: { dataClasses: ['internal', 'personal_staff'] },
    decision: { allowedDataClasses: ['internal', 'personal_staff'], allowedLevels: ['individual'] },
  }
  for (const [section, fields] of Object.entries(changes)) base[section] = { ...base[section], ...fields }
  const teamId = await teamOf(
    container.resolve(TEAMS),
    'Tresnen lantaldea',
    ['person', COORDINATOR, 'coordinator'],
    ['person', WRITER, 'editor'],
    ['person', DIRECTOR, 'director'],
  )
  const document = await container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId,
    languages: ['eu', 'es'],
    template: base as typeof SAIOA_MEET,
    by: COORDINATOR as PersonId,
  })
  const [rounds, sheets] = [container.resolve(SCORING_ROUNDS), container.resolve(SHEETS)]
  const scores = sheetOf(SAIOA_SHEETS[0]!)
  const at = { id: document, n: 1 }
  const evaluators = [{ person: WRITER, name: WRITER, department: null }]
  for (const step of [
    () => rounds.open(claims(COORDINATOR), document, 1, { evaluators }),
    () =>
      sheets.save(claims(WRITER), at, { id: newUuid(), revision: 0, scores, reasons: reasonsFor(scores) }),
    () => sheets.handIn(claims(WRITER), at, { revision: 1 }),
    () => rounds.reveal(claims(COORDINATOR), document, 1),
  ]) {
    const refused = await step()
    if (refused !== null && isRefusal(refused)) throw new Error(refused.detail)
  }
  await server.decided(document, 'approve')
  return document
}
async function open(path: string, person: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(30_000)
  return tab
}
const ANNULLED = jsonFile(LISTS.adequacy, {
  ...LISTS.adequacy.builtin,
  entries: adequacy.builtin.entries.map((one) =>
    one.id === 'US' ? { ...one, status: 'annulled' } : one,
  ) as never,
})
/** As far as the last look before it is applied. */
async function bringIn(
  page: Page,
  words: { readonly import: string; readonly replace: string },
): Promise<void> {
  await page.locator('.entries li').first().waitFor()
  await page.getByRole('button', { name: words.import, exact: true }).click()
  await page.getByRole('dialog').locator('#import-text').fill(ANNULLED)
  await page.getByRole('dialog').getByRole('button', { name: words.replace }).click()
}
const LIST = '/organisation/reference/adequacy'

it('[EV14] [G.2] the decision of the United States is annulled: looked at, applied, said on the evaluation, and taken back', async () => {
  for (const [language, title, words] of [
    ['eu', 'Aplikatu aurretik', { import: 'Inportatu', replace: 'Ordeztu zerrenda' }],
    ['es', 'Antes de aplicarla', { import: 'Importar', replace: 'Sustituir la lista' }],
  ] as const) {
    const { page, close } = await open(LIST, ADMIN, language)
    await bringIn(page, words)
    await page.getByRole('dialog', { name: title }).getByText('E-K10').first().waitFor()
    await looksRight(page, 'reopening-preview', language)
    await close()
  }

  const admin = await open(LIST, ADMIN)
  const { page } = admin
  await bringIn(page, { import: 'Import', replace: 'Replace the list' })
  const dialog = page.getByRole('dialog', { name: 'Before it is applied' })
  await dialog.getByText('Status: In force, under appeal → Annulled').waitFor()
  await dialog.getByText('2 are looked at again').waitFor()
  await dialog.getByText('Saioa Meet').waitFor()
  await dialog.getByText('Tresnen lantaldea · Version 1 in force').waitFor()
  await dialog.getByText('United States: outside, adequate for some only → third country').waitFor()
  await dialog.getByText(/^E-K10: A transfer relies on an adequacy decision/).waitFor()
  await dialog.getByText('1 that you may not read').waitFor()
  expect(await dialog.getByText('Saioa Meet').count()).toBe(1)

  const theirs = await open(`/d/${id}/dataLocation`, COORDINATOR)
  await theirs.page.getByText('The data are kept in').waitFor()
  const note = (of: Page) =>
    of.getByText('What version 1 relies on has changed: it has to be looked at again.')
  expect(await note(theirs.page).count()).toBe(0)
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await page.getByText('Saved as edition 1').waitFor()

  // Whoever has it open is told without reloading.
  await note(theirs.page).waitFor()
  await theirs.page.getByText(/^Adequacy decisions, edition 1: Informatika-arduraduna, on /).waitFor()
  await theirs.page.getByText('Put right what no longer holds and send it to review').waitFor()
  await theirs.page.getByText('To be looked at again', { exact: true }).waitFor()
  for (const language of ['eu', 'es'] as const) {
    const { page: read, close } = await open(`/d/${id}/dataLocation`, COORDINATOR, language)
    await read.locator('.losses li').first().waitFor()
    await looksRight(read, 'reopening-note', language)
    await close()
  }
  const home = await open('/', DIRECTOR)
  await home.page
    .getByRole('link', { name: /Look again at “Saioa Meet/ })
    .first()
    .click()
  await note(home.page).waitFor()
  await home.close()
  // Whoever only reads it is told, too, and not what to do.
  const reader = await open(`/d/${id}/dataLocation`, ADMIN)
  await note(reader.page).waitFor()
  await reader.page.getByText('What was approved stays as it is').waitFor()
  await reader.close()

  // It was a mistake: the list that was there before holds again, and with it what was approved.
  const program = page.locator('.edition').filter({ hasText: 'Comes with the program' }).last()
  await program.getByRole('button', { name: /What is different/ }).click()
  await program.getByRole('button', { name: 'Use this one again' }).click()
  await dialog.getByText('2 have back what they were approved with').waitFor()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await page.getByText('Saved as edition 2').waitFor()
  await expect.poll(() => note(theirs.page).count(), { timeout: 60_000 }).toBe(0)
  expect([...admin.complaints, ...theirs.complaints]).toEqual([])
  await theirs.close()
  await admin.close()
}, 240_000)

it('[EV11] the decision of what is approved says when that one is looked at again, not one of today', async () => {
  const decided = await approved()
  const { rows } = server.container.resolve(JOURNAL)
  await rows
    .updateTable('decision')
    .set({ at: '2026-01-15T10:00:00.000Z' })
    .where('document', '=', decided)
    .execute()
  const { page, close } = await open(`/d/${decided}/decision`, COORDINATOR)
  await page.getByText('Decided on 15 Jan 2026, it is looked at again by 15 Jan 2027.').waitFor()
  expect(await page.getByText('Decided today').count()).toBe(0)
  await close()
}, 120_000)
