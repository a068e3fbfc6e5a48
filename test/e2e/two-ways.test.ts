/** Networks that let no WebSocket through, people with several windows: everybody sees the same, and nobody notices how. */
import type { Browser } from 'playwright-core'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WEBSOCKET_RETRY_EVERY_MS } from '@auzolan/shared/limits.ts'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { editor, ledgerOf, onServer, prose, same, says, typeAtEnd } from '../support/plan-page.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { startTestServer, until } from '../support/server.ts'
import { holdStore } from '../support/slow-store.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let proxy: Proxy
let browser: Browser
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  proxy = await startProxy(server)
  plan = await server.plan()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await proxy?.close()
  await server?.stop()
})

async function open(url: string, person: string, context?: Tab['context']): Promise<Tab> {
  const tab = await openTab(browser, url, `/apps/auzolan/d/${plan}/planning`, {
    person,
    language: 'en',
    ...(context ? { context } : {}),
  })
  await editor(tab.page).waitFor()
  return tab
}
const times = (text: string, part: string): number => text.split(part).length - 1

describe('over HTTP alone', () => {
  const HTTP = 'Edits travel more slowly (HTTP)'

  it('[P12] two people write together, nothing alarms them, and the WebSocket takes over when it may', async () => {
    proxy.blockWebSockets()
    const contexts = await Promise.all([browser.newContext(), browser.newContext()])
    await Promise.all(contexts.map((context) => context.clock.install()))
    const [culture, youth] = (await Promise.all([
      open(proxy.url, 'kultura-cm', contexts[0]),
      open(proxy.url, 'gazteria-teknikaria', contexts[1]),
    ])) as [Tab, Tab]
    for (const { page } of [culture, youth]) {
      await page.locator('.ledger .line').click()
      await page.getByText(HTTP).waitFor()
      await page.locator('.ledger .line').click()
    }
    await typeAtEnd(culture.page, ' <K1>')
    await same(culture.page, youth.page, ['<K1>'])
    await Promise.all([typeAtEnd(culture.page, ' <K2>'), typeAtEnd(youth.page, ' <G2>')])
    await until(async () => times(await prose(youth.page), '<') >= 3, 'the other text has come')
    await Promise.all([onServer(culture.page), onServer(youth.page)])
    await until(async () => (await prose(culture.page)) === (await prose(youth.page)), 'both read the same')
    for (const { page } of [culture, youth])
      expect(await page.locator('.strip, .notecard').count(), 'nothing alarming').toBe(0)

    proxy.allowWebSockets()
    await Promise.all(contexts.map((context) => context.clock.fastForward(WEBSOCKET_RETRY_EVERY_MS)))
    for (const { page } of [culture, youth]) {
      await page.locator('.ledger .line').click()
      await page.getByText(HTTP).waitFor({ state: 'detached' })
      await page.locator('.ledger .line').click()
    }
    await typeAtEnd(youth.page, ' <G3>')
    await same(culture.page, youth.page, ['<G3>'])
    const text = await prose(culture.page)
    expect(times(text, '<K1>') + times(text, '<G3>')).toBe(2)
    expect([...culture.complaints, ...youth.complaints]).toEqual([])
    await Promise.all(contexts.map((context) => context.close()))
  })
})

describe('one person', () => {
  it('[P3] on two devices and in two tabs of one: all three read the same, and nobody is company to themselves', async () => {
    const office = await open(server.url, 'kultura-cm')
    const second = await open(server.url, 'kultura-cm', office.context)
    const phone = await open(server.url, 'kultura-cm')
    const pages = [office.page, second.page, phone.page]
    await typeAtEnd(office.page, ' <office>')
    await typeAtEnd(second.page, ' <second>')
    await typeAtEnd(phone.page, ' <phone>')
    await same(office.page, second.page, ['<office>', '<second>', '<phone>'])
    await same(office.page, phone.page, ['<office>', '<second>', '<phone>'])
    await Promise.all(pages.map(onServer))
    for (const page of pages) {
      expect(await page.locator('.faces').count()).toBe(0)
      expect(await page.locator('.strip, .notecard').count()).toBe(0)
    }
    // The tab that is closed leaves nothing behind that the other could send a second time.
    await second.close()
    await office.page.reload()
    await editor(office.page).waitFor()
    await onServer(office.page)
    const text = await prose(office.page)
    for (const part of ['<office>', '<second>', '<phone>']) expect(times(text, part)).toBe(1)
    expect([...office.complaints, ...second.complaints, ...phone.complaints]).toEqual([])
    await Promise.all([office.close(), phone.close()])
  })
})

describe('a page that is left in the middle of a word', () => {
  const WORDS = ' tenis martxoan eta zineforum ekainean'

  it.each([
    ['there', false],
    ['away', true],
  ])('[P2] loses nothing when it is loaded again at once, with the server %s', async (_where, away) => {
    const said = `${WORDS} ${String(away)}`
    const { page, close } = await open(server.url, 'kultura-cm')
    await onServer(page)
    if (away) await server.kill()
    await holdStore(page, 20_000)
    await editor(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(said)
    // Without a server there is no page to be loaded, but the old one goes all the same.
    await page.reload().catch(() => {})
    if (away) {
      await server.start()
      await page.reload()
    }
    await editor(page).waitFor()
    // The page before may still be ending: what it left comes a moment later.
    let found = ''
    await until(
      async () => times((found = await prose(page)), said) === 1,
      'what was typed is there, once',
    ).catch((error: unknown) => {
      throw new Error(`it reads: ${found.slice(-400)}`, { cause: error })
    })
    await onServer(page)
    const left = await page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('last-words')))
    expect(left).toEqual([])
    await close()
  })

  it('[P2] loses nothing when the tab is closed at once', async () => {
    const { page, context } = await open(server.url, 'kultura-cm')
    await onServer(page)
    await holdStore(page, 20_000)
    await editor(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(`${WORDS} itxita`)
    await page.close({ runBeforeUnload: false })
    const later = await open(server.url, 'kultura-cm', context)
    await onServer(later.page)
    expect(times(await prose(later.page), `${WORDS} itxita`)).toBe(1)
    await context.close()
  })

  it('[P2] takes up what a page that is gone says late, and nothing of one that is still there', async () => {
    const { page, context } = await open(server.url, 'kultura-cm')
    await onServer(page)
    const other = await open(server.url, 'gazteria-teknikaria')
    const said = (text: string): string => {
      const doc = new Y.Doc()
      doc.getText('identity.title:eu').insert(0, text)
      return Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64')
    }
    const home = await context.newPage()
    await home.goto(new URL('/apps/auzolan/', server.url).href)
    await home.evaluate(
      async ({ late, alive }) => {
        const name = (await indexedDB.databases()).find(
          (d) => d.name?.startsWith('auzolan/') && !/^auzolan\/(desk|entries)\//.test(d.name),
        )!.name!
        const key = (page: string): string => `auzolan/last-words/${name}/content/${page}`
        await new Promise<void>((held) => {
          void navigator.locks.request('auzolan/last-words/alive', () => {
            held()
            return new Promise(() => {})
          })
        })
        localStorage.setItem(key('alive'), alive)
        localStorage.setItem(key('gone'), late)
      },
      { late: said('BERANDU '), alive: said('ORAINDIK ') },
    )
    const seen = (): Promise<string> => other.page.locator('body').innerText()
    await until(async () => (await seen()).includes('BERANDU'), 'the other reads what came late')
    await onServer(page)
    expect(await seen()).not.toContain('ORAINDIK')
    const left = await home.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('last-words')))
    expect(left.map((key) => key.split('/').at(-1))).toEqual(['alive'])
    await Promise.all([context.close(), other.close()])
  })

  it('[P1] does not call kept what its device has been at for more than a second', async () => {
    const { page, close } = await open(server.url, 'kultura-cm')
    await onServer(page)
    await server.kill()
    await holdStore(page, 6_000)
    await editor(page).click()
    await page.keyboard.type('z')
    await says(page, 'Not on this device yet: its storage is slow')
    expect(await page.locator('.ledger .line').textContent()).toContain('Only in this tab')
    await says(page, 'On this device, ')
    await server.start()
    await onServer(page)
    await close()
  })
})

describe('a device that loses its network', () => {
  it('[P2] is told at once, by itself', async () => {
    const { page, context } = await open(server.url, 'kultura-cm')
    await onServer(page)
    await context.setOffline(true)
    await page.locator('.strip').waitFor({ timeout: 5_000 })
    await context.setOffline(false)
    await page.locator('.strip').waitFor({ state: 'detached' })
    await context.close()
  })
})

describe('a browser that keeps nothing', () => {
  it('[P1] forbidden: the ledger says so, the person goes on, and the text is on the server', async () => {
    const context = await browser.newContext()
    await context.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('forbidden', 'SecurityError')
      }
    })
    const { page, complaints } = await open(server.url, 'kultura-cm', context)
    await typeAtEnd(page, ' <forbidden>')
    await onServer(page)
    expect(await page.locator('.ledger .line').textContent()).not.toContain('On this device')
    expect(await ledgerOf(page)).toContain('Not kept on this device: the browser does not allow it')
    await page.reload()
    await editor(page).waitFor()
    expect(await prose(page)).toContain('<forbidden>')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('[P1] full: the ledger says so, and the text goes to the server all the same', async () => {
    const context = await browser.newContext()
    const { page } = await open(server.url, 'kultura-cm', context)
    await onServer(page)
    // Chromium lets small writes through above a quota, so the store itself says what a full disk says.
    await page.evaluate(() => {
      const full = (): never => {
        throw new DOMException('full', 'QuotaExceededError')
      }
      IDBObjectStore.prototype.add = full
      IDBObjectStore.prototype.put = full
    })
    await typeAtEnd(page, ' <full>')
    await until(
      async () => /Not kept on this device: its storage is full/.test(await ledgerOf(page)),
      'the ledger says that the device is full',
    )
    await onServer(page)
    expect(await page.locator('.ledger .line').textContent()).not.toContain('On this device')
    await page.reload()
    await editor(page).waitFor()
    // First what the device has, then what the server has.
    await until(async () => (await prose(page)).includes('<full>'), 'the text comes from the server')
    expect(times(await prose(page), '<full>')).toBe(1)
    await context.close()
  })
})
