/** A director decides in a tunnel: the decision is kept, sent once, taken back, or refused because the text has moved. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import { TASKS_SHOWN_MAX } from '@auzolan/shared/limits.ts'
import type { Review, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { DESKTOP, launchBrowser, openTab, PHONE, type Tab } from '../support/browser.ts'
import { looksRight, overflowing } from '../support/looks.ts'
import { startTestServer, until } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

const COORDINATOR = 'komunikazio-arduraduna'
const DIRECTOR = 'alkatetza'
const OTHER_DIRECTOR = 'ingurumen-teknikaria'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string

async function answer<T>(
  person: string,
  method: string,
  path: string,
  body: object = {},
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await server.token(person)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T }
}
const post = <T>(person: string, path: string, body: object): Promise<{ status: number; body: T }> =>
  answer<T>(person, 'POST', path, body)
const call = async (person: string, method: string, path: string, body?: object): Promise<number> =>
  (await answer(person, method, path, body)).status
const review = async (): Promise<Review> =>
  (await server.get<Review>(DIRECTOR, `documents/${plan}/review`)).body
const decisions = async (): Promise<VersionSummary['decisions']> =>
  (await server.get<VersionSummary[]>(DIRECTOR, `documents/${plan}/versions`)).body[0]!.decisions

/** Two days from now: a day of the week. */
const DUE = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
let edits = 0
/** Somebody of Culture changes the hours of one profile. */
async function edit(): Promise<void> {
  const field = PLAN.sections[3].fields.profiles satisfies ListField
  const writer = await openWriter(server, 'kultura-cm', plan)
  const [update] = writer.edit((doc) =>
    new ListPlace(doc, field).record('youtube')!.set('hoursPerWeek', 2 + (++edits % 30)),
  )
  expect(await writer.write(update!)).toBeNull()
  await writer.close()
}
async function submit(opinions = true): Promise<void> {
  expect(
    await call(COORDINATOR, 'POST', `/documents/${plan}/review`, { note: 'Prest dago.', due: DUE }),
  ).toBe(201)
  if (!opinions) return
  const { version } = await review()
  const opinion = { version: version.n, stance: 'favourable', text: '' }
  for (const [person, role] of [
    ['lege-zerbitzuak', 'legal'],
    ['hizkuntza-zerbitzua', 'language'],
  ] as const)
    expect(await call(person, 'PUT', `/documents/${plan}/review/opinions/${role}`, opinion)).toBe(204)
}
/** Takes it out of review and sends another text: the version that somebody may be reading is none any more. */
async function sendAnotherText(opinions = true): Promise<void> {
  expect(await call(COORDINATOR, 'POST', `/documents/${plan}/review/withdraw`)).toBe(204)
  await edit()
  await submit(opinions)
}
/** A new version in review, whatever the test before has left. */
async function inReview(): Promise<void> {
  const { body } = await server.get<DocumentEnvelope>(COORDINATOR, `documents/${plan}`)
  if (body.work === 'in_review') await call(COORDINATOR, 'POST', `/documents/${plan}/review/withdraw`)
  if (body.work === 'changes_requested') await call(COORDINATOR, 'POST', `/documents/${plan}/review/resume`)
  await edit()
  await submit()
}

/** The sync server is out of reach; the page itself still loads, as a Nextcloud beside it, or a cache, would give it. */
const API = /\/api\/v1\//
async function cut(context: BrowserContext): Promise<void> {
  await context.route(API, (route) => route.abort('internetdisconnected'))
}
/** Nothing waits for the next attempt: the browser says that the network is back. */
async function mend(context: BrowserContext): Promise<void> {
  await context.unroute(API)
  for (const page of context.pages()) await page.evaluate(() => dispatchEvent(new Event('online')))
}

const open = async (
  person = DIRECTOR,
  path = `/d/${plan}/review`,
  more: { context?: BrowserContext; language?: 'en' | 'eu' | 'es' } = {},
): Promise<Tab> => {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language: 'en', ...more })
  tab.page.setDefaultTimeout(30_000)
  return tab
}
async function approve(page: Page): Promise<void> {
  await page
    .locator('.bar')
    .getByRole('button', { name: /^Approve/ })
    .click()
  const dialog = page.getByRole('dialog', { name: /Approve version/ })
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await dialog.waitFor({ state: 'detached' })
}
const ready = (page: Page): Promise<void> => page.locator('.bar').waitFor()
const notSent = (page: Page): Promise<void> => page.getByText('Approved by you; not sent yet').waitFor()

beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  const envelope = (await server.get<DocumentEnvelope>(COORDINATOR, `documents/${plan}`)).body
  const principal = { kind: 'person', id: OTHER_DIRECTOR }
  const status = await call(COORDINATOR, 'PUT', `/teams/${envelope.team.id}/members`, {
    principal,
    name: 'Ingurumena',
    roles: ['director'],
  })
  expect(status).toBeLessThan(300)
  const audiences = PLAN.sections[1].fields.audiences satisfies ListField
  const writer = await openWriter(server, 'kultura-cm', plan)
  for (const update of writer.edit((doc) =>
    new ListPlace(doc, audiences).record('a4')!.toggle('languages', 'es', true),
  ))
    expect(await writer.write(update)).toBeNull()
  await writer.close()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

describe('a decision without network', () => {
  it('[OD1] is kept over a reload, and made once when the server answers', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await notSent(page)
    await page.getByText('Your decision is kept on this device').waitFor({ state: 'attached' })
    expect(await page.locator('.bar').getByRole('button').allTextContents()).toEqual(['Withdraw'])
    await page.reload()
    await page.getByText('You can go on reading, and decide.').waitFor()
    await notSent(page)
    expect(await decisions()).toEqual([])
    await mend(context)
    await page.getByText('has approved this version.').waitFor()
    expect(await decisions()).toMatchObject([{ verdict: 'approve', by: { id: DIRECTOR } }])
    await close()
  })

  it('[OD1] goes out from another screen, where it is said too', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await notSent(page)
    await page.goto(`${server.url}/apps/auzolan/?as=${DIRECTOR}&lang=en`)
    await notSent(page)
    await mend(context)
    await until(async () => (await decisions()).length === 1, 'the decision is made')
    await page.getByText('not sent yet').waitFor({ state: 'detached' })
    await close()
  })

  it('[OD3] is taken back while it waits, and never sent', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('Your decision is withdrawn').waitFor({ state: 'attached' })
    await mend(context)
    await page.reload()
    await page.locator('.bar').getByRole('button', { name: 'Approve' }).waitFor()
    expect(await decisions()).toEqual([])
    expect((await review()).work).toBe('in_review')
    await close()
  })

  it('[OD2] whose answer is lost counts once, and cannot be taken back as if it had not left', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    let sent = 0
    await context.route(/\/decisions$/, async (route) => {
      sent += 1
      await route.fetch()
      await cut(context)
      await route.abort('connectionreset')
    })
    await approve(page)
    await page.getByText('The connection went while it was being sent.').waitFor()
    expect(await page.getByRole('button', { name: 'Withdraw' }).count()).toBe(0)
    await page.reload()
    await page.getByText('The connection went while it was being sent.').waitFor()
    await mend(context)
    await page.getByText('has approved this version.').waitFor()
    expect(await decisions()).toHaveLength(1)
    // It had arrived, and the review says so: there is nothing to send again.
    expect(sent).toBe(1)
    await close()
  })

  it('[OD2] of two tabs is sent by one', async () => {
    await inReview()
    const first = await open()
    const second = await open(DIRECTOR, '/', { context: first.context })
    await Promise.all([ready(first.page), second.page.getByText('Needs you').waitFor()])
    let sent = 0
    await first.context.route(/\/decisions$/, (route) => ((sent += 1), route.fallback()))
    await cut(first.context)
    await approve(first.page)
    await Promise.all([notSent(first.page), notSent(second.page)])
    await mend(first.context)
    await first.page.getByText('has approved this version.').waitFor()
    await second.page.getByText('not sent yet').waitFor({ state: 'detached' })
    expect([sent, (await decisions()).length]).toEqual([1, 1])
    await first.close()
  })

  it('[OD4] is sent by nobody else on the same device, not even by a page that has outlived its sign-in', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await notSent(page)
    // Somebody else has signed in: the page that is still open gets a pass that is theirs.
    const token = await server.token('kultura-cm')
    await context.route(/ocs.*\/token$/, (route) =>
      route.fulfill({ json: { ocs: { data: { token, expiresIn: 300 } } } }),
    )
    await context.unroute(API)
    await page.reload()
    await page.getByText('Somebody else is signed in to Nextcloud now.').waitFor()
    await page.close()
    await context.unrouteAll()
    const next = await open('kultura-cm', '/', { context })
    await next.page.getByText('Documents').first().waitFor()
    await next.page.evaluate(() => dispatchEvent(new Event('online')))
    await next.page.reload()
    await next.page.getByText('Documents').first().waitFor()
    expect(await next.page.getByText('not sent yet').count()).toBe(0)
    expect(await decisions()).toEqual([])
    const again = await open(DIRECTOR, '/', { context })
    await until(async () => (await decisions()).length === 1, 'their own page sends it')
    await again.page.close()
    await close()
  })
})

describe('a text that has moved', () => {
  it.each(['eu', 'es'] as const)(
    '[OD5] is never approved by itself: what moved is shown, and the new version is approved or not (%s)',
    async (language) => {
      await inReview()
      const { page, context, close } = await open(DIRECTOR, `/d/${plan}/review`, { language })
      await ready(page)
      // On a phone the bar of the decision would cover half of the last line of the index.
      await looksRight(page, 'review', language, () =>
        page.evaluate(() =>
          [...document.querySelectorAll('.index a')].at(-1)?.scrollIntoView({ block: 'center' }),
        ),
      )
      await page.locator('.reading summary').last().click()
      await page.locator('.reading h3').first().waitFor()
      await page
        .locator('.reading summary')
        .last()
        .evaluate((line) => line.scrollIntoView())
      await looksRight(page, 'review-whole', language)
      await cut(context)
      await page.locator('.bar button').last().click()
      await page.getByRole('dialog').waitFor()
      await looksRight(page, 'review-approve', language)
      await page.getByRole('dialog').locator('.dialog__actions button').last().click()
      await page.locator('.bar .cloud').waitFor()
      await page.reload()
      await page.locator('.bar .cloud').waitFor()
      await looksRight(page, 'review-queued', language)
      await page.goto(`${server.url}/apps/auzolan/?as=${DIRECTOR}&lang=${language}`)
      await page.locator('.needs').waitFor()
      await looksRight(page, 'home-queued', language)
      await page.goBack()
      await page.locator('.bar .cloud').waitFor()
      await sendAnotherText()
      await mend(context)
      await page.locator('.moved').waitFor()
      await page.locator('.list li').waitFor()
      expect(await page.locator('.list li').count()).toBe(1)
      await page.locator('.lines summary .az-complete').waitFor()
      expect(await decisions()).toEqual([])
      await looksRight(page, 'review-moved', language, () =>
        page.locator('#opinions').evaluate((end) => end.scrollIntoView({ block: 'end' })),
      )
      // It is still said after a reload, and until the person has decided; at a desk the checks then go back beside the text.
      await page.setViewportSize(DESKTOP)
      await page.reload()
      await page.locator('.moved').waitFor()
      const { version } = await review()
      const button = page.locator('.bar button').last()
      expect(await button.textContent()).toContain(String(version.n))
      await button.click()
      await page.getByRole('dialog').locator('.dialog__actions button').last().click()
      await page.locator('.notecard--success').waitFor()
      await page.locator('.app-sidebar #checks').waitFor()
      expect(await page.locator('.moved').count()).toBe(0)
      expect(await decisions()).toMatchObject([{ verdict: 'approve' }])
      await close()
    },
    240_000,
  )

  it('[OD5] and lacks its opinions: the page does not say that nothing prevents approving it', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await notSent(page)
    await sendAnotherText(false)
    await mend(context)
    await page.locator('.moved').waitFor()
    const line = page.locator('.lines summary').first()
    await line.getByText('Opinions are still missing: ').waitFor()
    expect(await line.innerText()).not.toContain('Nothing prevents')
    await close()
  })

  it('[OD5] out of review, or decided by somebody else: the page says so, and by whom', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await notSent(page)
    const { version } = await review()
    const status = await call(OTHER_DIRECTOR, 'POST', `/documents/${plan}/decisions`, {
      id: newUuid(),
      version: version.n,
      sha256: version.sha256,
      verdict: 'request_changes',
      comment: 'Publikoak orokorregiak dira: nori hitz egiten diogu?',
      sections: ['planning'],
    })
    expect(status).toBe(204)
    await mend(context)
    await page.getByRole('alert').getByText(`Your approval of version ${version.n} was not applied`).waitFor()
    await page.getByText(/had already asked for changes in version/).waitFor()
    expect(await decisions()).toHaveLength(1)
    await page.getByRole('button', { name: 'Understood' }).click()
    await page.locator('.moved').waitFor({ state: 'detached' })
    await close()
  })
})

describe('an approval that was made without network', () => {
  it('[OD5] before somebody was against: the page says who is, and that it needs a reason', async () => {
    await inReview()
    const { page, context, close } = await open()
    await ready(page)
    await cut(context)
    await approve(page)
    await notSent(page)
    const { version } = await review()
    const against = {
      version: version.n,
      stance: 'against',
      text: 'Datuen babeserako oharra falta da oraindik.',
    }
    expect(await call('lege-zerbitzuak', 'PUT', `/documents/${plan}/review/opinions/legal`, against)).toBe(
      204,
    )
    await mend(context)
    await page.getByText('Legal services (Lege-zerbitzuak) is against by now.').waitFor()
    // Nor is it said any more that it waits.
    expect(await page.getByText('Your decision is kept on this device').count()).toBe(0)
    await page.getByRole('button', { name: 'Understood' }).click()
    await close()
  })
})

/** As if the review had been sent with this date. */
function dated(document: string, due: string | null): void {
  const rows = new Database(join(server.dataFolder, 'auzolan.sqlite'))
  rows.prepare('UPDATE version SET due = ? WHERE document = ?').run(due, document)
  rows.close()
}

describe('home', () => {
  it('[OD7] has what needs the person: overdue, today, by date, without a day; seven, then all', async () => {
    await inReview()
    const day = (days: number): string => {
      const date = new Date()
      date.setDate(date.getDate() + days)
      return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
        .map((part) => String(part).padStart(2, '0'))
        .join('-')
    }
    const team = {
      kind: 'team',
      id: (await server.get<DocumentEnvelope>(COORDINATOR, `documents/${plan}`)).body.team.id,
    }
    const dues = [day(9), null, day(0), day(-3), day(1), day(2), day(30)]
    for (const [i, due] of dues.entries()) {
      const title = { eu: `Plana ${i}`, es: `Plan ${i}` }
      const { id } = (
        await post<{ id: string }>(COORDINATOR, `/documents/${plan}/duplicate`, { title, team })
      ).body
      const writer = await openWriter(server, COORDINATOR, id)
      for (const update of writer.edit((doc) =>
        new SectionPlace(doc, PLAN.sections[1]).set('responsibleAccepts', {
          by: COORDINATOR,
          on: '2026-10-12',
        }),
      ))
        expect(await writer.write(update)).toBeNull()
      await writer.close()
      // Nobody may ask for an answer before today: three days have gone by since.
      const asked = due !== null && due < day(0) ? day(0) : due
      expect((await post(COORDINATOR, `/documents/${id}/review`, { due: asked })).status).toBe(201)
      if (asked !== due) dated(id, due)
    }
    const { page, close } = await open(DIRECTOR, '/')
    const rows = page.locator('.needs li')
    await rows.first().waitFor()
    const titles = async (): Promise<string[]> =>
      (await rows.locator('b').allTextContents()).map((text) => /\d+(?=”$)/.exec(text)?.[0] ?? text)
    expect(await titles()).toEqual(['3', '2', '4', '2027', '5', '0', '6'])
    expect(await rows.count()).toBe(TASKS_SHOWN_MAX)
    await page.getByRole('button', { name: 'Show all 8' }).click()
    expect(await rows.count()).toBe(8)
    expect(await rows.nth(0).textContent()).toContain('3 days late')
    expect(await rows.nth(1).textContent()).toContain('Today is the last day')
    await close()
    for (const language of ['eu', 'es'] as const) {
      const tab = await open(DIRECTOR, '/', { language })
      await tab.page.locator('.needs li').first().waitFor()
      await tab.page.locator('.list').last().waitFor()
      await looksRight(tab.page, 'home', language)
      expect(tab.complaints).toEqual([])
      await tab.close()
    }
  }, 240_000)
})

describe('two minutes', () => {
  it('[OD6] by keyboard: the next change, the previous one, the decision; not while one writes', async () => {
    await inReview()
    const { page, close } = await open()
    await ready(page)
    const focused = (): Promise<number> =>
      page.evaluate(() => [...document.querySelectorAll('#changes li')].indexOf(document.activeElement!))
    await page.locator('#changes li').first().waitFor()
    await page.keyboard.press('j')
    expect(await focused()).toBe(0)
    await page.keyboard.press('k')
    expect(await focused()).toBe(0)
    await page.locator('.bar button', { hasText: 'Request changes' }).click()
    const words = page.getByRole('dialog').locator('#decision-words')
    await words.fill('')
    await words.press('j')
    expect(await words.inputValue()).toBe('j')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Throw away' }).press('Enter')
    await until(
      () => page.evaluate(() => document.activeElement?.closest('.bar button') !== null),
      'the focus is back where it came from',
    )
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    await until(
      () => page.evaluate(() => document.activeElement?.id === 'decision'),
      'the focus is on the decision',
    )
    await close()
  })

  it('[OD6] at 400 % nothing sticks, and at 320 px no label is cut', async () => {
    await inReview()
    const { page, close } = await open()
    await ready(page)
    await page.setViewportSize({ width: 320, height: 256 })
    expect(await page.locator('.bar').evaluate((bar) => getComputedStyle(bar).position)).toBe('static')
    expect(await overflowing(page)).toEqual([])
    await page.setViewportSize(PHONE)
    await close()
  })
})
