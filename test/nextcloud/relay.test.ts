// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the proof that all of the app works through Nextcloud alone, and that nothing else gets through there. */
import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import { FILE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { EXCHANGE_TYPE, decodeExchangeAnswer, encodeExchange } from '@auzolan/shared/protocol/exchange.ts'
import { DESKTOP, picture } from '../support/browser.ts'
import { editor, onServer, same, typeAtEnd } from '../support/plan-page.ts'
import { pdf } from '../support/sample-files.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { basic, planFor, relay } from './caller.ts'
import { watchComplaints, type Complaints } from './complaints.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const GROUP = 'Komunikazioa'
const PROBLEM: unknown = expect.stringMatching(/^application\/problem\+json\b/)

describe.runIf(nextcloudPath !== null)('the relay', { timeout: 60_000 }, () => {
  let nextcloud: Nextcloud
  let server: TestServer & { stop(): Promise<void> }
  let ane: Person
  let jon: Person
  let miren: Person
  let plan: string

  const json = async <T>(person: Person, path: string, how?: Parameters<typeof relay>[3]) => {
    const answer = await relay(nextcloud, person, path, how)
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      body: (await answer.json()) as T,
    }
  }
  /** Somebody who writes by exchange, as the page does when it comes through Nextcloud. */
  function writer(person: Person) {
    const doc = new Y.Doc()
    const session = newUuid()
    let known = { epoch: 0, afterSeq: 0 }
    let waiting: Uint8Array[] = []
    let n = 0
    doc.on('update', (update: Uint8Array, from: unknown) => from !== 'server' && waiting.push(update))
    return {
      doc,
      async exchange() {
        const updates = waiting.map((update) => ({ channel: 'content' as const, n: ++n, update }))
        waiting = []
        const channel = { channel: 'content' as const, ...known, clientIds: [doc.clientID] }
        const body = encodeExchange({
          session,
          build: 'test',
          waitMs: 0,
          channels: [{ ...channel, presence: new Uint8Array() }],
          updates,
        })
        const path = `documents/${plan}/exchange`
        const answer = await relay(nextcloud, person, path, { method: 'POST', body, type: EXCHANGE_TYPE })
        expect(answer.status).toBe(200)
        expect(answer.headers.get('content-type')).toBe(EXCHANGE_TYPE)
        const frames = decodeExchangeAnswer(new Uint8Array(await answer.arrayBuffer()))!
        for (const frame of frames) {
          if (frame.kind === 'welcome') known = { ...known, epoch: frame.channels[0]!.epoch }
          if (frame.kind === 'snapshot') Y.applyUpdate(doc, gunzipSync(frame.gzip), 'server')
          if (frame.kind === 'entries') frame.updates.forEach((u) => Y.applyUpdate(doc, u, 'server'))
          if (frame.kind === 'entries' || frame.kind === 'snapshot') known.afterSeq = frame.toSeq
        }
        return frames
      },
    }
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    ane = await nextcloud.addUser('ane', 'ane-password', 'Ane Etxeberria')
    jon = await nextcloud.addUser('jon', 'jon-password', 'Jon Agirre')
    miren = await nextcloud.addUser('miren', 'miren-password', 'Miren')
    await nextcloud.addGroup(GROUP, 'ane', 'jon')
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    // Only the internal address: no browser could reach this server.
    await nextcloud.setConfig('', SECRET)
    await nextcloud.occ('config:app:set', 'auzolan', 'server_internal_url', `--value=${server.url}`)
    plan = await planFor(nextcloud, ane, { kind: 'group', id: GROUP })
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await server?.stop()
    await nextcloud?.stop()
  })

  test('gives whole and part: the list, one document, the organisation', async () => {
    const list = await json<{ id: string }[]>(jon, 'documents?sort=new')
    expect(list.body.map(({ id }) => id)).toEqual([plan])
    expect(await json(jon, `documents/${plan}`)).toMatchObject({
      status: 200,
      body: { id: plan, team: { name: { eu: GROUP } } },
    })
    expect((await json(jon, 'organisation')).status).toBe(200)
  })

  test('carries edits both ways, byte for byte', async () => {
    const [a, b] = [writer(ane), writer(jon)]
    await Promise.all([a.exchange(), b.exchange()])
    a.doc.getText('identity.title:eu').insert(0, 'Ñandú ✓ \0 ')
    const frames = await a.exchange()
    expect(frames.find((frame) => frame.kind === 'ack')).toMatchObject({ count: 1 })
    await b.exchange()
    expect(b.doc.getText('identity.title:eu').toString()).toContain('Ñandú ✓ \0 ')
  })

  test('keeps other people out, in the words of the server', async () => {
    for (const path of [`documents/${plan}`, `documents/${newUuid()}`])
      expect(await json(miren, path)).toMatchObject({
        status: 404,
        type: PROBLEM,
        body: { code: 'NOT_FOUND' },
      })
    expect((await json<unknown[]>(miren, 'documents')).body).toEqual([])
  })

  test('passes refusals on as they are', async () => {
    const bad = await json(ane, 'documents', { method: 'POST', body: '{"team":1}' })
    expect(bad).toMatchObject({ status: 400, type: PROBLEM, body: { code: 'INVALID_INPUT' } })
  })

  test.each([
    'host/changed',
    'HOST/changed',
    'h%6fst/changed',
    'documents/%2e%2e/host/changed',
    'documents/..%2fhost/changed',
    'documents//host',
    'documents/%2fhost',
    'documents/%5c..',
    'documents/%00',
    'documents/',
    'documents?x=%0d%0a\u00e9',
  ])('refuses the path %s', async (path) => {
    const answer = await relay(nextcloud, ane, path, { method: 'POST', body: '{}' })
    // A byte that is no ASCII is encoded by fetch, and then is a harmless query to an existing route.
    expect(path.includes('?') ? [400, 404] : [404]).toContain(answer.status)
    if (!path.includes('?'))
      expect(await answer.json()).toMatchObject({ code: 'NOT_FOUND', detail: 'no such route' })
  })

  test('a field of the body cannot change the path', async () => {
    const answer = await relay(nextcloud, ane, 'documents', {
      method: 'POST',
      body: '{"path":"organisation"}',
    })
    expect(await answer.json()).toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('refuses a body above its limit', async () => {
    const body = new Uint8Array(5 * 1024 * 1024 + 1)
    const answer = await relay(nextcloud, ane, `documents/${plan}/exchange`, {
      method: 'POST',
      body,
      type: EXCHANGE_TYPE,
    })
    expect(answer.status).toBe(413)
    expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE' })
  })

  test('carries a file of 20 MB both ways, and says so when there is no room for a larger one', async () => {
    const big = (bytes: number): Uint8Array<ArrayBuffer> => {
      const file = new Uint8Array(bytes).fill(7)
      file.set(pdf())
      return file
    }
    const send = (bytes: Uint8Array<ArrayBuffer>) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return relay(nextcloud, jon, `documents/${plan}/files/${sha256}?name=liburuxka.pdf`, {
        method: 'PUT',
        body: bytes,
        type: 'application/octet-stream',
      })
    }
    const file = big(FILE_MAX_BYTES)
    const sent = await send(file)
    expect(sent.status).toBe(201)
    const kept = (await sent.json()) as { sha256: string; bytes: number }
    expect(kept.bytes).toBe(FILE_MAX_BYTES)
    const back = await relay(nextcloud, ane, `documents/${plan}/files/${kept.sha256}`)
    expect(back.status).toBe(200)
    expect(back.headers.get('content-type')).toBe('application/pdf')
    expect(Buffer.from(await back.arrayBuffer()).equals(file)).toBe(true)
    for (const more of [1, 2 * 1024 * 1024]) {
      const refused = await send(big(FILE_MAX_BYTES + more))
      expect(refused.status).toBe(413)
      expect(await refused.json()).toMatchObject({ code: 'TOO_LARGE' })
    }
  })

  test('is for pages of this Nextcloud and people who are signed in', async () => {
    const address = `${nextcloud.url}/index.php/apps/auzolan/relay/documents`
    const forged = await fetch(address, {
      headers: { Authorization: basic(ane), Accept: 'application/json' },
    })
    expect(forged.status).toBe(412)
    expect(await forged.text()).not.toContain(plan)
    const stranger = await relay(nextcloud, null, 'documents', { headers: { Accept: 'application/json' } })
    expect(stranger.status).toBe(401)
  })

  test('cannot be shown as a page', async () => {
    const { headers } = await relay(nextcloud, ane, 'documents')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-disposition')).toBe('attachment')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('the page says that there is a relay, and asks for no other origin', async () => {
    const page = await fetch(`${nextcloud.url}/index.php/apps/auzolan/`, {
      headers: { Authorization: basic(ane) },
    })
    const value = /id="initial-state-auzolan-start" value="([^"]*)"/.exec(await page.text())?.[1] ?? ''
    const start: unknown = JSON.parse(Buffer.from(value, 'base64').toString())
    expect(start).toEqual({ serverUrl: '', configured: true, relay: true, calendars: true })
    expect(page.headers.get('content-security-policy')).toMatch(/connect-src 'self';/)
  })

  test.runIf(hasChromium)('lets two people write one plan in their browsers, with no other way', async () => {
    const browser = await launchChromium()
    try {
      const open = async ({ uid, password }: Person): Promise<[Page, Complaints]> => {
        const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' })
        await logIn(context, nextcloud.url, uid, password)
        const page = await context.newPage()
        // Whatever goes to the server itself is a request elsewhere.
        const complaints = watchComplaints(page, { nextcloud: nextcloud.url, syncServer: nextcloud.url })
        await page.goto(`${nextcloud.url}/index.php/apps/auzolan/d/${plan}/planning/whom`)
        await editor(page).waitFor()
        return [page, complaints]
      }
      // One after the other: two who sign in at once find Nextcloud's SQLite locked.
      const [a, ofA] = await open(ane)
      const [b, ofB] = await open(jon)
      await typeAtEnd(a, ' Herritar guztiei.')
      await typeAtEnd(b, ' Gazteei batez ere.')
      await same(a, b, ['Herritar guztiei.', 'Gazteei batez ere.'])
      await Promise.all([onServer(a), onServer(b)])
      await a.locator('.ledger .line').click()
      await a.getByText('Edits travel more slowly (through Nextcloud)').waitFor()
      await picture(a, 'nextcloud-relay-desktop')
      expect([...ofA.ours, ...ofB.ours]).toEqual([])
    } finally {
      await browser.close()
    }
  })

  test('says to try again while the server is down, without keeping Nextcloud busy', async () => {
    await server.kill()
    const started = performance.now()
    const answers = await Promise.all([1, 2, 3, 4].map(() => json(ane, 'documents')))
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 502, type: PROBLEM, body: { code: 'TRY_AGAIN' } })
    expect(performance.now() - started).toBeLessThan(5000)
    await server.start()
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect((await json(ane, 'documents')).status).toBe(200)
  })

  test('says so when nothing is connected', async () => {
    await nextcloud.occ('config:app:set', 'auzolan', 'server_internal_url', '--value=')
    expect(await json(ane, 'documents')).toMatchObject({ status: 412, body: { code: 'NOT_CONNECTED' } })
    await nextcloud.occ('config:app:set', 'auzolan', 'server_internal_url', `--value=${server.url}`)
  })
})
