/** What stands beside the figures: what an approved report says that they do not show, and what is said of us, for those who listen. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { spanAfter, spanOf } from '@auzolan/shared/indicators/periods.ts'
import type { Sentiment } from '@auzolan/shared/listening/mention.ts'
import { paragraphs } from '@auzolan/shared/schema/json.ts'
import { DOCUMENTS, FIGURES, HEARD, TEAMS } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { COORDINATOR, DIRECTOR, WRITER, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { wholePlan } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

const LAST = spanAfter(
  spanOf('month', new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })),
  -1,
)
/** Of the team, and not among those who listen. */
const READER = 'hizkuntza-zerbitzua'
const claims = (person: string) => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
const NOTE = 'Estas cifras no muestran si la recogida selectiva ha mejorado.'
let server: DecidedHere
let browser: Browser
let plan: DocumentId

const heard = (sentiment: Sentiment, saidOn: string) => ({
  id: newUuid(),
  ...{
    saidOn,
    sentiment,
    network: 'mastodon',
    sourceKind: 'media' as const,
    author: '',
    url: '',
    topic: 'ura',
  },
  ...{ summary: 'Zerbait esan dute.', reach: null, needsAnswer: false, action: null, source: '' },
  ...{ owner: null, closedOn: null },
})
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
  const { container } = server
  const template = wholePlan() as unknown as { planning: { indicators: object[] } }
  template.planning.indicators.push({
    id: 'said',
    name: { eu: 'Gutaz esaten denaren balantzea', es: 'Balance de lo que se dice' },
    ...{ period: 'month', target: 15, unit: 'percent', dimension: 'interest', formula: 'net_sentiment' },
    limits: { eu: 'Ez du esaten zergatik.', es: 'No dice por qué.' },
  })
  const teamId = await teamOf(
    container.resolve(TEAMS),
    'Sare sozialen lantaldea',
    ['person', COORDINATOR, 'coordinator'],
    ['person', WRITER, 'editor'],
    ['person', DIRECTOR, 'director'],
    ['person', READER, 'language'],
  )
  const made = { teamId, languages: ['eu', 'es'], by: WRITER as PersonId }
  plan = await container.resolve(DOCUMENTS).create({ ...made, template: template as never })
  await server.decided(plan, 'approve')
  const figures = Object.entries({ followers_start: 862, followers_end: 905, posts: 31, answered: 13 }).map(
    ([metric, value]) => ({
      ...{ profile: 'mastodon', metric, ...LAST, value, nullReason: null, note: '', sure: false },
    }),
  )
  const entry = { id: newUuid(), source: 'manual' as const, figures }
  expect(await container.resolve(FIGURES).enter(claims(WRITER), plan, entry)).toBeNull()
  for (const sentiment of ['positive', 'positive', 'negative'] as const)
    expect(await container.resolve(HEARD).add(claims(WRITER), plan, heard(sentiment, LAST.to))).toBeNull()
  const report = await container.resolve(DOCUMENTS).create({
    ...made,
    type: 'report',
    about: plan,
    template: {
      identification: { title: { eu: 'Azken hileko txostena', es: 'Informe del último mes' }, ...LAST },
      reading: {
        says: { eu: paragraphs('Gehiago erantzun dugu.'), es: paragraphs('Hemos respondido más.') },
      },
      limits: {
        impactNote: {
          eu: paragraphs('Zifra hauek ez dute erakusten gaikako bilketa hobetu den ala ez.'),
          es: paragraphs(NOTE),
        },
      },
    },
  })
  await server.decided(report, 'approve')
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const open = (person: string, language: 'es' | 'eu' = 'es'): Promise<Tab> =>
  openTab(
    browser,
    server.url,
    `/apps/auzolan/d/${plan}/indicators/results?period=month&month=${LAST.from.slice(0, 7)}&profile=mastodon`,
    { person, language },
  )

describe('[RE9] beside the figures', () => {
  it('the director reads what the approved report says of them, and goes there', async () => {
    const tab = await open(DIRECTOR)
    const { page } = tab
    const aside = page.getByRole('complementary', { name: 'Qué no podemos concluir' })
    await aside.getByText(NOTE).waitFor()
    const said = page.locator('figure').filter({ hasText: 'Balance de lo que se dice' })
    // Two and one of three: a hundred of three is 33.3, and three are few.
    expect(await said.locator('.number').innerText()).toBe('33,3 %')
    await said.getByText('Muestra pequeña: menos de 30. Una mención más cambiaría el resultado.').waitFor()
    await looksRight(page, 'results-said', 'es')
    await aside.getByRole('link', { name: 'Informe del último mes' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Informe del último mes' }).waitFor()
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 120_000)

  it('who does not listen reads no balance, and that there is one', async () => {
    const { page, complaints, close } = await open(READER)
    await page
      .getByText('Balance de lo que se dice: se cuenta para quienes escuchan lo que se dice de nosotros.')
      .waitFor()
    expect(await page.locator('figure').filter({ hasText: 'Balance de lo que se dice' }).count()).toBe(0)
    // It is not even asked for.
    expect(complaints).toEqual([])
    await close()
  }, 120_000)
})
