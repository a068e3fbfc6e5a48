/** Every state the engine can be in, as the person meets it: a sentence, the next step, and what becomes of the work. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { channelId } from '@auzolan/shared/ids.ts'
import {
  decodeClientFrame,
  decodeServerFrame,
  encodeClientFrame,
  encodeServerFrame,
} from '@auzolan/shared/protocol/frames.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { KEEPER } from '@auzolan/server/src/container.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { looksRight } from '../support/looks.ts'
import { editor, onServer, prose, says, typeAtEnd } from '../support/plan-page.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { refusals } from '../support/refusing.ts'
import { holdStore } from '../support/slow-store.ts'
import { until } from '../support/server.ts'
import { setWork } from '../support/work.ts'

let server: DemoHere
let proxy: Proxy
let browser: Browser
beforeAll(async () => {
  server = await startDemoHere()
  proxy = await startProxy(server)
  proxy.allowWebSockets()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await server?.stop()
})

let plan: DocumentId
let context: BrowserContext
beforeEach(async () => {
  plan = await server.plan()
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
})
afterEach(async () => {
  proxy.plugIn()
  await context.close()
})

type Language = 'en' | 'es' | 'eu'
async function open(language: Language, person = 'kultura-cm', section = 'planning'): Promise<Tab> {
  const path = `/apps/auzolan/d/${plan}/${section}`
  const tab = await openTab(browser, proxy.url, path, { person, language, context })
  await tab.page.locator('.ProseMirror, .read').first().waitFor()
  return tab
}
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText())

const LANGUAGES = ['es', 'eu'] as const

describe('how it looks and reads', () => {
  it.each(LANGUAGES)('offline, and the dialogue that says why, in %s', async (language) => {
    const { page } = await open(language)
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((r) => /PrintPage.*mjs/.test(r.name)),
    )
    proxy.unplug()
    await page.locator('.strip').waitFor()
    await typeAtEnd(page, ' …')
    await looksRight(page, 'offline', language)
    await page.locator('.ledger .line').click()
    await looksRight(page, 'ledger-offline', language)
    await page.locator('.ledger .line').click()
    await page.locator('.strip button').first().click()
    await page.getByRole('dialog').locator('[role=status] p').first().waitFor()
    await looksRight(page, 'offline-dialog', language)
  })

  it.each(LANGUAGES)('the ledger, open, in %s', async (language) => {
    const { page } = await open(language)
    await until(() => page.locator('.ledger .az-complete').count().then(Boolean), 'it is on the server')
    await page.locator('.ledger .line').click()
    await looksRight(page, 'ledger', language)
  })

  it.each(LANGUAGES)('in review, in %s', async (language) => {
    await setWork(server.container, plan, 'in_review')
    const { page } = await open(language)
    await page.locator('.notecard').waitFor()
    await typeAtEnd(page, ' …')
    await page.locator('.ledger .line').click()
    await looksRight(page, 'locked', language)
  })

  it.each(LANGUAGES)('a full document, in %s', async (language) => {
    await context.routeWebSocket(/\/sync\//, (socket) => {
      const upstream = socket.connectToServer()
      upstream.onMessage((message) => {
        const frame = typeof message === 'string' ? null : decodeServerFrame(new Uint8Array(message))
        if (frame?.kind !== 'welcome') return socket.send(message)
        const channels = frame.channels.map((c) => ({ ...c, write: 'full' as const }))
        socket.send(Buffer.from(encodeServerFrame({ ...frame, channels })))
      })
    })
    const { page } = await open(language)
    await page.locator('.notecard').waitFor()
    await typeAtEnd(page, ' …')
    await looksRight(page, 'full', language)
  })

  it.each(LANGUAGES)('for somebody who may only read, in %s', async (language) => {
    const { page } = await open(language, 'alkatetza')
    await page.locator('.notecard').waitFor()
    await looksRight(page, 'read-only', language)
  })

  it.each(LANGUAGES)('a device that keeps nothing, in %s', async (language) => {
    await context.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('forbidden', 'SecurityError')
      }
    })
    const { page } = await open(language)
    await page.locator('.ledger .line').click()
    await looksRight(page, 'not-kept', language)
    proxy.unplug()
    await page.locator('.strip').waitFor()
    await typeAtEnd(page, ' …')
    await looksRight(page, 'not-kept-offline', language)
  })

  it.each(LANGUAGES)('a draft, in %s', async (language) => {
    const { begin, end } = await refusals(context)
    const { page } = await open(language)
    begin()
    await typeAtEnd(page, ' REFUSED')
    await page.locator('.page > .notecard').waitFor()
    end()
    await looksRight(page, 'draft-note', language)
    await page.locator('.page > .notecard button').click()
    await page.getByRole('dialog').locator('.text').waitFor()
    await looksRight(page, 'drafts', language)
  })
})

describe('what becomes of the work', () => {
  it('[P7] a draft is there after a reload, can be copied whole, and goes when it is thrown away', async () => {
    const { begin, end } = await refusals(context)
    const { page } = await open('en')
    begin()
    await typeAtEnd(page, ' REFUSED')
    await page.getByText('It is kept here as a draft.').waitFor()
    end()
    // The page has begun again with the text of the server.
    await onServer(page)
    await page.reload()
    await onServer(page)
    await page.getByRole('button', { name: 'Show drafts' }).click()
    await page.getByRole('button', { name: 'Copy all' }).click()
    await page.getByText('Copied').waitFor()
    expect(await clipboard(page)).toMatch(/REFUSED$/)
    await page.getByRole('button', { name: 'Throw away' }).click()
    await page.getByText('The draft was thrown away.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('It is kept here as a draft.').waitFor({ state: 'detached' })
    await page.reload()
    await editor(page).waitFor()
    await onServer(page)
    expect(await page.getByText('It is kept here as a draft.').count()).toBe(0)
    expect(await prose(page)).not.toContain('REFUSED')
  })

  it('[P7] a slow device does not show the same work as two drafts', async () => {
    const { begin, end } = await refusals(context, 1_000)
    const { page } = await open('en')
    await onServer(page)
    begin()
    await typeAtEnd(page, ' R')
    await page.waitForTimeout(300)
    // The first letter is on its way to its refusal; those behind it wait for the store, and more are typed meanwhile.
    await holdStore(page, 2_500)
    await page.keyboard.type('EFUSED', { delay: 200 })
    await page.getByText('It is kept here as a draft.').waitFor()
    end()
    await onServer(page)
    await page.reload()
    await onServer(page)
    await page.getByRole('button', { name: 'Show drafts' }).click()
    await page.getByRole('button', { name: 'Copy all' }).click()
    expect(await page.getByRole('button', { name: 'Throw away' }).count()).toBe(1)
    expect(await clipboard(page)).toMatch(/REFUSED$/)
    await page.getByRole('button', { name: 'Throw away' }).click()
  })

  it('[P8] what is typed during a review waits, says until when, and goes out when it ends', async () => {
    const { page, complaints } = await open('en')
    await onServer(page)
    await typeAtEnd(page, ' <before>')
    await setWork(server.container, plan, 'in_review')
    await typeAtEnd(page, ' <during>')
    await says(page, 'Waits until the review ends')
    await page.getByText('What you type waits here until the review ends').waitFor()
    await setWork(server.container, plan, 'changes_requested')
    await onServer(page)
    await page.getByText('What you type waits here until the review ends').waitFor({ state: 'detached' })
    const other = await open('en', 'gazteria-teknikaria')
    await until(async () => (await prose(other.page)).includes('<before> <during>'), 'others read both')
    expect(complaints).toEqual([])
  })

  it('[P14] when access ends, what has not reached the server can be copied, and nothing stays', async () => {
    const { page } = await open('en')
    await onServer(page)
    await setWork(server.container, plan, 'in_review')
    await typeAtEnd(page, ' UNSENT')
    await says(page, 'Waits until the review ends')
    await server.removeCulture(plan)
    await page.getByText('You no longer have access to this document.').waitFor()
    await page.getByText('it is gone when you close this page').waitFor()
    expect(await page.locator('.ledger .line').innerText()).not.toContain('Waits until the review ends')
    await looksRight(page, 'access-ended', 'en')
    await page.getByRole('button', { name: 'Show drafts' }).click()
    await page.getByRole('button', { name: 'Copy all' }).click()
    await page.getByText('Copied').waitFor()
    expect(await clipboard(page)).toMatch(/UNSENT$/)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Delete the copy on this device' }).click()
    await page.waitForURL((url) => !url.pathname.includes(plan))
  })

  it('[P13] a page that is older than the server offers to reload, and goes on from there', async () => {
    const { page } = await open('en')
    await onServer(page)
    await page.routeWebSocket(/\/sync\//, (socket) => {
      const far = socket.connectToServer()
      socket.onMessage((bytes) => {
        const frame = typeof bytes === 'string' ? null : decodeClientFrame(new Uint8Array(bytes))
        far.send(
          frame?.kind === 'hello' ? Buffer.from(encodeClientFrame({ ...frame, build: '0.0.9' })) : bytes,
        )
      })
    })
    await page.reload()
    await page.getByText('This page is older than the server.').waitFor()
    expect(await editor(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Reload the page' }).waitFor()
    await looksRight(page, 'old-page', 'en')
  })

  it('[P9] after a new epoch the reader is in the same section, at the same place', async () => {
    const { page } = await open('en')
    await onServer(page)
    const scroller = page.locator('.scroll')
    await scroller.evaluate((element) => element.scrollTo(0, 400))
    const before = await scroller.evaluate((element) => element.scrollTop)
    expect(before).toBeGreaterThan(0)
    await scroller.evaluate((element) => (element.dataset['old'] = 'yes'))
    await server.container.resolve(KEEPER).erase(channelId(plan, 'content'), [])
    await page.locator('.scroll:not([data-old])').waitFor()
    await editor(page).waitFor()
    await until(
      async () => Math.abs((await scroller.evaluate((element) => element.scrollTop)) - before) < 2,
      'the place is the same',
    )
    expect(new URL(page.url()).pathname).toMatch(/planning$/)
    await typeAtEnd(page, ' <after>')
    await onServer(page)
    expect(await page.locator('.notecard').count()).toBe(0)
  })
})
