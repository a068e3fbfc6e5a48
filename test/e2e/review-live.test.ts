/** Two people at one review: what the others do appears by itself, moves nothing that is read, and takes nothing that is typed. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import { REVIEW_LOOK_MAX_MS } from '@auzolan/shared/limits.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { PHONE, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

const COORDINATOR = 'komunikazio-arduraduna'
const DIRECTOR = 'alkatetza'
const OTHER_DIRECTOR = 'ingurumen-teknikaria'
let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string

async function call(person: string, method: string, path: string, body: object = {}): Promise<void> {
  const response = await fetch(`${server.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${await server.token(person)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.ok, await response.text()).toBe(true)
}
const review = async (): Promise<Review> =>
  (await server.get<Review>(DIRECTOR, `documents/${plan}/review`)).body
const submit = (): Promise<void> => call(COORDINATOR, 'POST', `documents/${plan}/review`, { note: 'Prest.' })
const takeOut = (): Promise<void> => call(COORDINATOR, 'POST', `documents/${plan}/review/withdraw`)
const opinion = async (person: string, role: string, text = ''): Promise<void> => {
  const { version } = await review()
  const given = { version: version.n, stance: 'favourable', text }
  await call(person, 'PUT', `documents/${plan}/review/opinions/${role}`, given)
}
const record = (root: string, id: string) => {
  const field = PLAN.sections
    .flatMap((section) => Object.values(section.fields))
    .find((one): one is ListField => one.kind === 'list' && one.root === root)!
  return (doc: ConstructorParameters<typeof ListPlace>[0]) => new ListPlace(doc, field).record(id)!
}
async function edit(hours: number): Promise<void> {
  const writer = await openWriter(server, 'kultura-cm', plan)
  const updates = writer.edit(
    (doc) => record('audiences', 'a4')(doc).toggle('languages', 'es', true),
    (doc) => record('profiles', 'youtube')(doc).set('hoursPerWeek', hours),
  )
  for (const update of updates) expect(await writer.write(update)).toBeNull()
  await writer.close()
}
const open = async (language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> => {
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/review`, {
    person: DIRECTOR,
    language,
  })
  tab.page.setDefaultTimeout(REVIEW_LOOK_MAX_MS + 10_000)
  await tab.page.locator('#changes').waitFor()
  return tab
}
const scrolled = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('#changes li')!.getBoundingClientRect().top)

beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  const { body } = await server.get<DocumentEnvelope>(COORDINATOR, `documents/${plan}`)
  await call(COORDINATOR, 'PUT', `teams/${body.team.id}/members`, {
    principal: { kind: 'person', id: OTHER_DIRECTOR },
    name: 'Ingurumena',
    roles: ['director'],
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

let edits = 1
beforeEach(async () => {
  const { body } = await server.get<DocumentEnvelope>(COORDINATOR, `documents/${plan}`)
  if (body.work === 'in_review') await takeOut()
  if (body.work === 'changes_requested') await call(COORDINATOR, 'POST', `documents/${plan}/review/resume`)
  await edit(++edits)
  await submit()
})

it.each(['eu', 'es'] as const)(
  '[OD6] a first version on a phone is a list of sections, each of which opens (%s)',
  async (language) => {
    const { page, complaints, close } = await open(language)
    await page.locator('#changes li').first().waitFor()
    await page.setViewportSize(PHONE)
    const sections = page.locator('#changes summary')
    await sections.first().waitFor()
    expect(await page.locator('#changes li:visible').count()).toBe(0)
    await page.locator('#changes').evaluate((start) => start.scrollIntoView())
    await looksRight(page, 'review-first', language)
    await page.setViewportSize(PHONE)
    await sections.nth(1).click()
    await page.locator('#changes li:visible').first().waitFor()
    await picture(page, `review-first-open-phone-${language}`)
    // What can be done stays where the thumb is.
    const bar = await page.locator('.bar').boundingBox()
    expect(bar!.y + bar!.height).toBeGreaterThan(PHONE.height - 24)
    expect(complaints).toEqual([])
    await close()
  },
  90_000,
)

it('[OD8] an open plan shows whoever only reads it that it is in review, and what they can do', async () => {
  await takeOut()
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}`, {
    person: DIRECTOR,
    language: 'en',
  })
  const { page } = tab
  page.setDefaultTimeout(REVIEW_LOOK_MAX_MS + 10_000)
  await page.getByText('Draft', { exact: true }).waitFor()
  await submit()
  await page.getByText('In review', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Decide' }).waitFor()
  expect(tab.complaints).toEqual([])
  await tab.close()
}, 90_000)

it('[OD9] an opinion is given again from what it was', async () => {
  await opinion('lege-zerbitzuak', 'legal', 'Pribatutasun-oharra zuzena da.')
  const tab = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/review`, {
    person: 'lege-zerbitzuak',
    language: 'en',
  })
  await tab.page.getByRole('button', { name: 'Change the opinion of: Legal services' }).click()
  const dialog = tab.page.getByRole('dialog', { name: 'Legal services' })
  expect(await dialog.locator('#opinion-text').inputValue()).toBe('Pribatutasun-oharra zuzena da.')
  expect(await dialog.getByRole('radio', { name: 'Favourable' }).isChecked()).toBe(true)
  // Nothing was written anew, so nothing is asked.
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(tab.complaints).toEqual([])
  await tab.close()
}, 60_000)

describe('[OD8] an open review', () => {
  it('shows an opinion and lets the reader approve, without a reload', async () => {
    const { page, complaints, close } = await open()
    await page.getByText('Opinions are still missing').waitFor()
    await opinion('lege-zerbitzuak', 'legal', 'Pribatutasun-oharra zuzena da.')
    await page.getByText('Pribatutasun-oharra zuzena da.').waitFor()
    await opinion('hizkuntza-zerbitzua', 'language')
    await page.locator('.bar').getByRole('button', { name: 'Approve' }).waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('says that another version was sent, moves nothing, and keeps what is being typed', async () => {
    const { page, complaints, close } = await open()
    const { version } = await review()
    await page.locator('.bar').getByRole('button', { name: 'Request changes' }).click()
    const dialog = page.getByRole('dialog', { name: 'Request changes' })
    await dialog.locator('#decision-words').fill('Zenbat ordu dira')
    const before = await scrolled(page)
    await takeOut()
    await page.locator('#news').getByText(`Version ${version.n} has been taken out of review.`).waitFor()
    await edit(++edits)
    await submit()
    await page
      .locator('#news')
      .getByText(`has sent version ${version.n + 1}.`)
      .waitFor()
    expect(await scrolled(page)).toBe(before)
    expect(await dialog.locator('#decision-words').inputValue()).toBe('Zenbat ordu dira')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.getByRole('button', { name: 'Throw away' }).click()
    await page.getByText(`Version ${version.n}, by`).waitFor()
    await page.getByRole('button', { name: 'Show what is new' }).click()
    await page.getByText(`Version ${version.n + 1}, by`).waitFor()
    await page.locator('.bar').getByRole('button', { name: 'Request changes' }).waitFor()
    expect(await page.locator('#news').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('says who has decided, as soon as somebody comes back to the page, and asks nothing while nobody sees it', async () => {
    const { page, complaints, close } = await open()
    const hide = (hidden: boolean): Promise<void> =>
      page.evaluate((now) => {
        Object.defineProperty(document, 'hidden', { value: now, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    await hide(true)
    await page.waitForLoadState('networkidle')
    let asked = 0
    page.on('request', (request) => (asked += request.url().includes('/api/v1/') ? 1 : 0))
    const { version } = await review()
    await call(OTHER_DIRECTOR, 'POST', `documents/${plan}/decisions`, {
      id: newUuid(),
      version: version.n,
      sha256: version.sha256,
      verdict: 'request_changes',
      comment: 'Zehaztu hobeto nori zuzentzen zaion.',
      sections: ['planning'],
      conditions: '',
      waivers: [],
      overrides: [],
    })
    await page.waitForTimeout(REVIEW_LOOK_MAX_MS)
    expect(asked).toBe(0)
    await hide(false)
    await page.locator('#news').getByText('has asked for changes in version').waitFor({ timeout: 3_000 })
    await page.getByRole('button', { name: 'Show what is new' }).click()
    await page.getByText('Zehaztu hobeto nori zuzentzen zaion.').first().waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('says that a comment stands in the way, and leads to it', async () => {
    const { page, context, complaints, close } = await open()
    await page.getByText('No check stands in the way').waitFor()
    const finding: Finding = {
      check: 'G1',
      severity: 'block',
      gate: 'review',
      section: 'planning',
      path: 'comments/018f-thread',
      message: {
        text: 'A comment must be dealt with first: “{words}” ({name})',
        holes: { words: 'Nork egingo du?', name: 'Ane' },
      },
    }
    await context.route(/\/review$/, async (route) => {
      const answer = await route.fetch()
      const body = (await answer.json()) as Review
      await route.fulfill({ response: answer, json: { ...body, findings: [...body.findings, finding] } })
    })
    await page.getByText('A comment must be dealt with first: “Nork egingo du?” (Ane)').waitFor()
    expect(await page.getByText('No check stands in the way').count()).toBe(0)
    await page.locator('.bar').getByText('1 thing prevents approval.').waitFor()
    expect(await page.getByRole('link', { name: 'Go to the comment' }).getAttribute('href')).toContain(
      `/d/${plan}?comment=018f-thread`,
    )
    expect(complaints).toEqual([])
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    await close()
  }, 90_000)

  it.each(['eu', 'es'] as const)(
    'news look right in %s',
    async (language) => {
      const { page, complaints, close } = await open(language)
      await takeOut()
      await page.locator('#news').waitFor()
      await looksRight(page, 'review-news', language)
      expect(complaints).toEqual([])
      await close()
    },
    90_000,
  )
})
