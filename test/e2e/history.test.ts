/** A history one can trust: who changed what, restoring, the third place of the ledger, receipts checked on the device. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import type { Review, Version, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { editor, onServer, says, typeAtEnd } from '../support/plan-page.ts'
import { startTestServer } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

const COORDINATOR = 'komunikazio-arduraduna'
const EDITOR = 'kultura-cm'
const NAMES = { [COORDINATOR]: 'Komunikazio-arduraduna', [EDITOR]: 'Kulturako komunitate-kudeatzailea' }

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  browser = await launchBrowser()
  await complete()
  await approve()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function call<T>(person: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${await server.token(person)}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}
const list = (root: string): ListField =>
  PLAN.sections
    .flatMap((section) => Object.values(section.fields))
    .find((one): one is ListField => one.kind === 'list' && one.root === root)!
type Step = Parameters<Awaited<ReturnType<typeof openWriter>>['edit']>[0]
async function writing(person: string, ...steps: Step[]): Promise<void> {
  const writer = await openWriter(server, person, plan)
  for (const update of writer.edit(...steps)) expect(await writer.write(update)).toBeNull()
  await writer.close()
}
const record = (root: string, id: string) => (doc: Parameters<Step>[0]) =>
  new ListPlace(doc, list(root)).record(id)!

/** Fills the two gaps that the plan of the demo leaves to visitors. */
const complete = (): Promise<void> =>
  writing(
    EDITOR,
    (doc) => record('audiences', 'a4')(doc).toggle('languages', 'es', true),
    (doc) => record('profiles', 'youtube')(doc).set('hoursPerWeek', 2),
  )
async function approve(): Promise<void> {
  await call(COORDINATOR, 'POST', `/documents/${plan}/review`, { note: 'Lehen bertsioa.' })
  const { version } = await call<Review>('alkatetza', 'GET', `/documents/${plan}/review`)
  for (const [person, role] of [
    ['lege-zerbitzuak', 'legal'],
    ['hizkuntza-zerbitzua', 'language'],
  ] as const) {
    const opinion = { version: version.n, stance: 'favourable', text: '' }
    await call(person, 'PUT', `/documents/${plan}/review/opinions/${role}`, opinion)
  }
  await call('alkatetza', 'POST', `/documents/${plan}/decisions`, {
    id: newUuid(),
    version: version.n,
    sha256: version.sha256,
    verdict: 'approve',
    conditions: 'TikTok-i buruzko erabakia ekainean berrikusi.',
  })
}
const open = async (person: string, path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> => {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const change = (page: Page, name: string) => page.locator('.changes > li', { hasText: name })
const versions = () => call<VersionSummary[]>(COORDINATOR, 'GET', `/documents/${plan}/versions`)

describe('the ledger', () => {
  it('[HI10] says of every state of the text whether it is the approved one', async () => {
    const { page, close, complaints } = await open(COORDINATOR, `/d/${plan}/planning/whom`)
    await editor(page).waitFor()
    await says(page, 'In the approved version 1')
    await typeAtEnd(page, ' Bestela.')
    await says(page, 'Approved: version 1; this draft differs')
    for (let i = 0; i < ' Bestela.'.length; i++) await page.keyboard.press('Backspace')
    await says(page, 'In the approved version 1')
    await typeAtEnd(page, ' Gazteei ere bai.')
    await says(page, 'Approved: version 1; this draft differs')
    await onServer(page)
    // The three places, always in this order.
    await page.locator('.ledger .line').click()
    const places = await page.locator('.places li').allInnerTexts()
    expect(places.slice(0, 3).map((place) => place.split(/[,:]/)[0])).toEqual([
      'On this device',
      'On the server',
      'Approved',
    ])
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

describe('the history', () => {
  it('says who changed what and when, restores a field, and takes that back', async () => {
    // Somebody else, in another field, with a name in the text that is not theirs.
    await call(EDITOR, 'GET', '/documents')
    await writing(
      EDITOR,
      (doc) => record('audiences', 'a1')(doc).text('name', 'eu')!.insert(0, 'Alkatetza: '),
      (doc) => new ListPlace(doc, list('audiences')).remove('a2'),
    )
    const { page, close, complaints } = await open(COORDINATOR, `/d/${plan}/planning/whom`)
    await editor(page).waitFor()
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor()
    await page.getByText('3 fields have changed').waitFor()
    expect(await page.locator('#history-from').inputValue()).toBe('1')
    expect(await page.locator('#history-to').inputValue()).toBe('draft')
    await change(page, 'Gazteei ere bai').getByText(NAMES[COORDINATOR]).waitFor()
    const audience = page.locator('.changes > li', { has: page.locator('ins', { hasText: 'Alkatetza:' }) })
    await audience.getByText(NAMES[EDITOR]).waitFor()
    expect(await audience.innerText()).toMatch(/\d{4}, \d\d:\d\d/)
    expect(await page.locator('.changes > li', { hasText: NAMES[EDITOR] }).count()).toBe(2)

    // Keys go from change to change.
    await page.keyboard.press('n')
    expect(
      await page
        .locator('.changes > li')
        .first()
        .evaluate((li) => li === document.activeElement),
    ).toBe(true)
    await page.keyboard.press('n')
    await page.keyboard.press('p')
    expect(
      await page
        .locator('.changes > li')
        .first()
        .evaluate((li) => li === document.activeElement),
    ).toBe(true)

    const restore = async (): Promise<void> => {
      await audience.getByRole('button', { name: /^Restore/ }).click()
      const dialog = page.getByRole('dialog', { name: 'Restore from version 1' })
      await dialog.getByText('Nothing is deleted').waitFor()
      await dialog.getByRole('button', { name: 'Restore' }).click()
      await page.getByText('2 fields have changed').waitFor()
    }
    await restore()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('3 fields have changed').waitFor()
    await audience.waitFor()
    await restore()
    // The draft of before is a version now, once.
    expect((await versions()).map(({ beforeRestoring }) => beforeRestoring)).toEqual([1, null])
    await page.locator('.timeline').getByText('Version 2: before restoring version 1').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('restores a whole version, which is the approved text again, and keeps what was there', async () => {
    const { page, close, complaints } = await open(COORDINATOR, `/d/${plan}/history`)
    await page.getByText('2 fields have changed').waitFor()
    await page.getByRole('button', { name: 'Restore version 1' }).click()
    const dialog = page.getByRole('dialog', { name: 'Restore from version 1' })
    await dialog.getByRole('button', { name: 'Restore' }).click()
    await page.getByText('Nothing has changed.').waitFor()
    await page.locator('.above a').click()
    await page.locator('.ledger .line').waitFor()
    await onServer(page)
    await page.goto(`${server.url}/apps/auzolan/d/${plan}/planning/whom`)
    await editor(page).waitFor()
    await says(page, 'In the approved version 1')
    await onServer(page)
    // What was there is in the history.
    const [latest] = await versions()
    const then = await call<Version>(COORDINATOR, 'GET', `/documents/${plan}/versions/${latest!.n}`)
    expect(then.json).toContain('Gazteei ere bai')
    expect(complaints).toEqual([])
    await close()
  }, 90_000)

  it('gives a version a name, and shows what it was', async () => {
    const { page, close } = await open(EDITOR, `/d/${plan}/history`)
    await page.getByRole('button', { name: 'Name a version' }).click()
    const dialog = page.getByRole('dialog', { name: 'Name a version' })
    await dialog.getByRole('button', { name: 'Keep this version' }).click()
    await dialog.getByText('Write a name.').waitFor()
    await dialog.locator('#version-label').fill('Udazkeneko zirriborroa')
    await dialog.getByRole('button', { name: 'Keep this version' }).click()
    await page
      .locator('.timeline')
      .getByText(/Udazkeneko zirriborroa/)
      .waitFor()
    await page.locator('#history-from').selectOption('2')
    await page.locator('#history-to').selectOption('1')
    await page.getByText('fields have changed').waitFor()
    expect(page.url()).toContain('from=2&to=1')
    await close()
  }, 60_000)

  it('is read by whoever reads the document, who restores nothing', async () => {
    const { page, close } = await open('alkatetza', `/d/${plan}/history?from=2&to=1`)
    await page.getByText('fields have changed').waitFor()
    expect(await page.getByRole('button', { name: /^Restore/ }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Name a version' }).count()).toBe(0)
    await close()
  }, 60_000)
})

describe('in review', () => {
  it('nothing is restored, and the screen says why', async () => {
    const { page, close } = await open(COORDINATOR, `/d/${plan}/history?from=2&to=1`)
    await page.getByRole('button', { name: 'Restore version 2' }).waitFor()
    await call(COORDINATOR, 'POST', `/documents/${plan}/review`, {})
    await page.getByText('nothing can be restored until it ends').waitFor()
    expect(await page.getByRole('button', { name: /^Restore/ }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Name a version' }).count()).toBe(0)
    await call(COORDINATOR, 'POST', `/documents/${plan}/review/withdraw`)
    await page.getByRole('button', { name: 'Restore version 2' }).waitFor()
    // What happened between the versions is in the history, each with who and when.
    await page.reload()
    const told = (words: string) => page.locator('.timeline > li', { hasText: words })
    const withdrawn = await told('taken back from review').first().innerText()
    expect(withdrawn).toContain(NAMES[COORDINATOR])
    expect(withdrawn).toMatch(/\d{4}, \d\d:\d\d/)
    expect(await told('Opinion on version 1. Legal services: Favourable').innerText()).toContain(
      'Lege-zerbitzuak',
    )
    await told('Version 1, approved').getByText('TikTok-i buruzko erabakia').waitFor()
    await close()
  }, 60_000)
})

describe('the receipt', () => {
  it('[HI11] is verified on this device, also without network', async () => {
    const { page, context, close } = await open('alkatetza', `/d/${plan}/history`)
    const receipt = page.getByRole('region', { name: 'Receipt of version 1' })
    await receipt.getByText('yes, on this device').waitFor()
    await receipt.getByText('TikTok-i buruzko erabakia').waitFor()
    const { sha256 } = (await versions()).at(-1)!
    await receipt.getByText(sha256.match(/.{8}/g)!.join(' ')).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      receipt.getByRole('button', { name: 'Download' }).click(),
    ])
    const decision = (await versions()).at(-1)!.decisions[0]!.id
    expect(download.suggestedFilename()).toBe(`auzolan-${plan}-1-${decision.slice(0, 8)}.json`)
    await context.setOffline(true)
    await receipt.getByRole('button', { name: 'Verify' }).click()
    await receipt.getByText('yes, on this device').waitFor()
    await context.setOffline(false)
    const address = await receipt.getByRole('link').getAttribute('href')
    expect((await page.request.get(new URL(address!, server.url).href)).status()).toBe(200)
    await close()
  }, 60_000)

  it.each([
    ['text', 'the text does not match its fingerprint'],
    ['receipt', 'the receipt does not match its signature'],
    ['key', 'the key is none of this server'],
  ] as const)(
    '[HI11] that was tampered with says what does not match: %s',
    async (what, words) => {
      const tab = await open('alkatetza', '/')
      const { page } = tab
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.route('**/versions/1/approval?*', async (route) => {
        const file = (await (await route.fetch()).json()) as { text: string; receipt: { conditions: string } }
        if (what === 'text') file.text = file.text.replace('Haranberri', 'Haranberra')
        if (what === 'receipt') file.receipt.conditions = ''
        await route.fulfill({ json: file })
      })
      if (what === 'key') await page.route('**/keys', (route) => route.fulfill({ json: [] }))
      await page.goto(`${server.url}/apps/auzolan/d/${plan}/history`)
      const receipt = page.getByRole('region', { name: 'Receipt of version 1' })
      await receipt.getByText(`no: ${words}`).waitFor()
      expect(await receipt.getByText('yes, on this device').count()).toBe(0)
      await tab.close()
    },
    60_000,
  )
})

describe('home', () => {
  it('[HI5] shows what others have changed since one looked, until it is seen', async () => {
    const looked = await open(EDITOR, `/d/${plan}/planning/whom`)
    await editor(looked.page).waitFor()
    await looked.page.getByRole('link', { name: 'All documents' }).click()
    await looked.page.getByRole('heading', { name: 'Home' }).waitFor()
    await writing(COORDINATOR, (doc) =>
      record('audiences', 'a1')(doc).text('name', 'eu')!.insert(0, 'Berria '),
    )
    await call(COORDINATOR, 'GET', `/documents/${plan}/touched`)
    await looked.page.reload()
    const since = looked.page.getByRole('region', { name: 'What has changed since you looked' })
    await since.getByText('1 change, 1 person').waitFor()
    await since.getByText(NAMES[COORDINATOR]).waitFor()
    await since.getByText('Audiences: ').waitFor()
    await since.getByRole('button', { name: /^Seen/ }).click()
    await since.waitFor({ state: 'detached' })
    await looked.page.reload()
    await looked.page.getByRole('heading', { name: 'Documents' }).waitFor()
    await looked.page.waitForLoadState('networkidle')
    expect(await since.count()).toBe(0)
    expect(looked.complaints).toEqual([])
    await looked.close()
  }, 60_000)

  it.each(['eu', 'es'] as const)(
    'looks right in %s, and so does the history',
    async (language) => {
      const { page, close, complaints } = await open(COORDINATOR, `/d/${plan}/history?from=1&to=2`, language)
      await page.locator('.changes > li').nth(1).waitFor()
      await page.locator('.receipt .az-complete').waitFor()
      await looksRight(page, 'history-and-receipt', language)
      await page.locator('.app-sidebar__close').click()
      await looksRight(page, 'history', language)
      await page.locator('.changes .again').first().click()
      await page.getByRole('dialog').waitFor()
      await looksRight(page, 'history-restore', language)
      await close()
      await writing(EDITOR, (doc) => record('audiences', 'a1')(doc).text('name', 'es')!.insert(0, 'x'))
      await call(EDITOR, 'GET', `/documents/${plan}/touched`)
      const home = await open(COORDINATOR, '/', language)
      await home.page.locator('.since li').first().waitFor()
      await looksRight(home.page, 'home-since', language)
      expect([...complaints, ...home.complaints]).toEqual([])
      await home.close()
    },
    120_000,
  )
})
