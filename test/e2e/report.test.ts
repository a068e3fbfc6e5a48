/** A report in the browser: begun in its plan, written beside the plan's figures, decided on with them, and on one page. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { ownOf } from '@auzolan/shared/indicators/metrics.ts'
import { spanAfter, spanOf } from '@auzolan/shared/indicators/periods.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { paragraphs } from '@auzolan/shared/schema/json.ts'
import { DOCUMENTS, FIGURES, JOURNAL, SUBMISSIONS } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { COORDINATOR, DIRECTOR, WRITER, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'
import { wholePlan } from '../support/reviewed.ts'

const LAST = spanAfter(
  spanOf('month', new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })),
  -1,
)
/** Those that nothing computes have figures of their own. */
const indicators = (wholePlan() as unknown as Plan).planning.indicators.filter(({ formula }) => !formula)
const claims = (person: string) => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
const MONTH = {
  followers_start: 4120,
  followers_end: 4386,
  posts: 46,
  likes: 1830,
  comments: 214,
  shares: 402,
  reach: 38_200,
  impressions: 61_400,
  answerable: 68,
  answered: 62,
  median_response_min: 370,
  'posts_in:eu': 46,
}
let server: DecidedHere
let browser: Browser
let plan: DocumentId
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
  plan = await server.draft(wholePlan())
  await server.decided(plan, 'approve')
  const figure = (profile: string, metric: string, value: number) => ({
    profile,
    metric,
    ...LAST,
    value,
    nullReason: null,
    note: '',
    sure: false,
  })
  const figures = [
    figure('', ownOf(indicators[0]!.id), 12.5),
    // All that five profiles may say: a whole month fits on its page.
    ...['mastodon', 'instagram', 'instagram-gazteria', 'telegram', 'youtube'].flatMap((profile) =>
      Object.entries(MONTH).map(([metric, value]) => figure(profile, metric, value)),
    ),
  ]
  const given = { id: newUuid(), source: 'manual' as const, figures }
  expect(await server.container.resolve(FIGURES).enter(claims(WRITER), plan, given)).toBeNull()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function open(person: string, path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(30_000)
  return tab
}
const NOTE = 'Zifra hauek ez dute erakusten gaikako bilketa hobetu den ala ez.'
/** One that lacks nothing. */
async function report(): Promise<DocumentId> {
  const { team_id } = await server.container
    .resolve(JOURNAL)
    .rows.selectFrom('document')
    .select('team_id')
    .where('id', '=', plan)
    .executeTakeFirstOrThrow()
  return server.container.resolve(DOCUMENTS).create({
    type: 'report',
    about: plan,
    teamId: team_id as never,
    languages: ['eu', 'es'],
    by: WRITER as PersonId,
    template: {
      identification: { title: { eu: 'Azken hileko txostena', es: 'Informe del último mes' }, ...LAST },
      reading: {
        says: { eu: paragraphs('Gehiago erantzun dugu.'), es: paragraphs('Hemos respondido más.') },
        next: { eu: paragraphs('Gutxiago, hobeto.'), es: paragraphs('Menos y mejor.') },
      },
      limits: {
        impactNote: {
          eu: paragraphs(NOTE),
          es: paragraphs('Estas cifras no muestran si la recogida selectiva ha mejorado.'),
        },
      },
    },
  })
}

describe('[RP5] a report', () => {
  it('is begun in its plan, and written beside its figures', async () => {
    const { page, complaints, close } = await open(COORDINATOR, `/d/${plan}/identity`)
    await page.getByRole('button', { name: 'Details', exact: true }).click()
    await page.getByRole('button', { name: 'New report' }).click()
    const dialog = page.getByRole('dialog', { name: 'New report' })
    await dialog.getByRole('button', { name: 'Create the report' }).click()
    await dialog.getByText('Write a title first.').waitFor()
    await dialog.getByLabel('Basque').fill('Azken hilekoa')
    await dialog.getByRole('button', { name: 'Create the report' }).click()
    await page.getByRole('heading', { level: 1, name: 'Azken hilekoa' }).waitFor()
    const nav = page.getByRole('navigation', { name: 'Sections of the document' })
    expect(await nav.getByRole('link', { name: 'Calendar' }).count()).toBe(0)
    await nav.getByRole('link', { name: 'Figures', exact: true }).click()
    await page.getByRole('row').filter({ hasText: '12,5' }).first().waitFor()
    await nav.getByRole('link', { name: /^What we cannot conclude/ }).click()
    await page.getByText('of advice on road safety').waitFor()
    const note = page.locator('[data-path="limits.impactNote"] .ProseMirror')
    await note.click()
    await page.keyboard.type(NOTE.slice(0, 30))
    await page.getByText('it takes at least 50').first().waitFor()
    await page.keyboard.type(NOTE.slice(30))
    await expect.poll(() => page.getByText('it takes at least 50').count()).toBe(0)
    await onServer(page)
    // It says whose it is, and the plan says that it is there.
    await page.getByRole('button', { name: 'Details', exact: true }).click()
    await page.locator('.details').getByRole('link').first().click()
    await page.waitForURL(new RegExp(plan))
    await page.getByRole('button', { name: 'Details', exact: true }).click()
    await page.getByRole('link', { name: 'Azken hilekoa' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 180_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s',
    async (language) => {
      const id = await report()
      const { page, close } = await open(WRITER, `/d/${id}/limits`, language)
      await page.locator('[data-path="limits.impactNote"] .ProseMirror').waitFor()
      await looksRight(page, 'report-limits', language)
      await page.goto(`${server.url}/apps/auzolan/d/${id}/figures`)
      await page.getByRole('row').nth(2).waitFor()
      await looksRight(page, 'report-figures', language)
      await close()
    },
    180_000,
  )

  it('is decided on with its figures, and stands on one page', async () => {
    const id = await report()
    const n = await server.container
      .resolve(SUBMISSIONS)
      .submit(claims(COORDINATOR), id, { note: '', due: null })
    expect(n).toBe(1)
    const { page, close } = await open(DIRECTOR, `/d/${id}/review`, 'es')
    await page.getByText('Quien lo aprueba, aprueba estas cifras.').waitFor()
    await page.getByRole('row').filter({ hasText: '12,5' }).first().waitFor()
    await looksRight(page, 'report-review', 'es')
    await page.goto(`${server.url}/apps/auzolan/d/${id}/print?version=1&language=es`)
    const sheet = page.locator('.paper')
    await sheet.getByText('Qué no podemos concluir').first().waitFor()
    await sheet.getByRole('row').filter({ hasText: '12,5' }).first().waitFor()
    await looksRight(page, 'report-print', 'es')
    const made = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(made.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length).toBe(1)
    await close()
  }, 180_000)
})
