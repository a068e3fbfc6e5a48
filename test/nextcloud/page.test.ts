// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns the proof that Nextcloud's page lets our bundle work: it is loaded, and it may reach what it needs and no more.
 *
 * The bundle here is a stand-in, so that this holds before the real one is built and says whose fault a failure is.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const SECRET = 'a-secret-of-this-test-run-with-64-characters-0123456789abcdefghi'

/** Tries everything the real bundle will do, and leaves the outcome in the page. */
const BUNDLE = `
  const input = document.getElementById('initial-state-auzolan-start')
  const start = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(input.value), (c) => c.charCodeAt(0))))
  const attempt = (promise) => promise.then((value) => value, (error) => String(error))
  const socket = (url) => new Promise((done, failed) => {
    const s = new WebSocket(url)
    s.onopen = () => { s.close(); done('open') }
    s.onerror = () => failed('socket refused')
  })
  const worker = () => new Promise((done, failed) => {
    const w = new Worker(new URL('./echo.worker.mjs', import.meta.url), { type: 'module' })
    w.onmessage = (event) => done(event.data)
    w.onerror = () => failed('worker refused')
    w.postMessage('echo')
  })
  const token = async () => {
    const answer = await fetch('/ocs/v2.php/apps/auzolan/api/v1/token?format=json', {
      headers: { 'OCS-APIRequest': 'true', requesttoken: document.head.dataset.requesttoken },
    })
    const { ocs } = await answer.json()
    return answer.status + ' ' + JSON.parse(atob(ocs.data.token.split('.')[1])).sub
  }
  const outcome = {
    start,
    user: document.head.dataset.user,
    chunk: await attempt(import('./part.chunk.mjs').then((part) => part.name)),
    token: await attempt(token()),
    rest: await attempt(fetch(start.serverUrl + '/healthz').then((answer) => answer.text())),
    socket: await attempt(socket(start.serverUrl.replace('http', 'ws') + '/sync')),
    worker: await attempt(worker()),
    elsewhere: await attempt(socket('ws://127.0.0.1:1/')),
  }
  const root = document.getElementById('auzolan')
  root.style.cssText = 'padding: 24px; color: var(--color-main-text); background: var(--color-main-background); width: 100%'
  const heading = document.createElement('h2')
  heading.textContent = 'Auzolan'
  const text = document.createElement('pre')
  text.id = 'outcome'
  text.textContent = JSON.stringify(outcome, null, 2)
  root.append(heading, text)
`

describe.runIf(nextcloudPath !== null && hasChromium)('the page in a browser', { timeout: 30_000 }, () => {
  let nextcloud: Nextcloud
  let syncServer: Server
  let browser: Browser
  let context: BrowserContext
  let serverUrl: string

  beforeAll(async () => {
    syncServer = createServer((_request, answer) => {
      answer.setHeader('Access-Control-Allow-Origin', '*').end('ok')
    })
    const sockets = new WebSocketServer({ noServer: true })
    syncServer.on('upgrade', (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, () => undefined)
    })
    await new Promise<void>((done) => syncServer.listen(0, '127.0.0.1', done))
    serverUrl = `http://127.0.0.1:${(syncServer.address() as AddressInfo).port}`

    nextcloud = await startNextcloud({
      appFiles: {
        'js/auzolan-main.mjs': BUNDLE,
        'js/part.chunk.mjs': `export const name = 'chunk loaded'`,
        'js/echo.worker.mjs': `onmessage = (event) => postMessage(event.data)`,
      },
    })
    await nextcloud.addUser('ane', 'ane-password', 'Ane Etxeberria')
    await nextcloud.setConfig(serverUrl, SECRET)
    browser = await launchChromium()
    context = await browser.newContext({ viewport: { width: 1200, height: 800 } })
    await logIn(context, nextcloud.url, 'ane', 'ane-password')
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await browser?.close()
    await nextcloud?.stop()
    syncServer?.closeAllConnections()
    syncServer?.close()
  })

  test('runs the bundle, which reaches Nextcloud and the sync server and nothing else', async () => {
    const page = await context.newPage()
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text())
    })
    await page.goto(`${nextcloud.url}/index.php/apps/auzolan/d/0b8f2c1e-6a5d-4f3b-9c7e-1d2a3b4c5d6e`)
    const outcome = await page.locator('#outcome').textContent()
    const folder = process.env['AUZOLAN_SCREENSHOTS']
    if (folder !== undefined) await page.screenshot({ path: join(folder, 'nextcloud-page.png') })

    expect(JSON.parse(outcome ?? '')).toMatchObject({
      start: { serverUrl, configured: true, relay: true, calendars: true },
      user: 'ane',
      chunk: 'chunk loaded',
      token: '200 ane',
      rest: 'ok',
      socket: 'open',
      worker: 'echo',
      elsewhere: expect.not.stringContaining('open'),
    })
    expect(refused.filter((text) => text.startsWith('Connecting to'))).toEqual([
      expect.stringContaining("'ws://127.0.0.1:1/'"),
    ])
  })

  test('a wrong password does not log in', async () => {
    const other = await browser.newContext()
    await expect(logIn(other, nextcloud.url, 'ane', 'wrong')).rejects.toThrow('could not log in')
    await other.close()
  })
})
