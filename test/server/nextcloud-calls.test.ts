/** What the server says to Nextcloud: signed, named when it fails, and less and less when it is refused. */
import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  NEXTCLOUD_ANSWER_MAX_BYTES,
  NEXTCLOUD_ANSWER_MAX_MS,
  REFUSED_PAUSE_MAX_MS,
  REFUSED_PAUSE_MIN_MS,
} from '@auzolan/shared/limits.ts'
import { keyFromNextcloud, keyToNextcloud } from '@auzolan/server/src/access/keys.ts'
import { Nextcloud } from '@auzolan/server/src/nextcloud/nextcloud.ts'
import { signatureOf } from '@auzolan/server/src/nextcloud/signature.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { freePort } from '../support/free-port.ts'

let there: NextcloudServer
let elapsed: number
beforeEach(async () => {
  there = await startNextcloud()
  elapsed = 1000
})
afterEach(() => there.close())

const calling = (url = there.url, host: string | null = null, now = (): Date => new Date()): Nextcloud =>
  new Nextcloud({ url, host, key: keyToNextcloud(NEXTCLOUD.secret), now, elapsed: () => elapsed })

describe('[L1] a call', () => {
  it('is signed over time, nonce, method, route and body; the vector is the one PHP has', () => {
    const signature = signatureOf({
      key: keyToNextcloud('0123456789abcdef'.repeat(4)),
      method: 'POST',
      what: 'ping',
      body: '{"nonce":"00112233445566778899aabbccddeeff"}',
      time: 1_800_000_000,
      nonce: '00112233445566778899aabbccddeeff',
    })
    expect(signature).toBe('2372a52197e1402748164dfda3e2e8cc0cd255cf8a9e0b718886d6a86e3d1c27')
  })

  it('has a key of its own direction: a token can never pass for a signature', () => {
    expect(keyToNextcloud(NEXTCLOUD.secret)).not.toEqual(keyFromNextcloud(NEXTCLOUD.secret))
    expect(keyToNextcloud(NEXTCLOUD.secret)).toHaveLength(32)
  })

  it('reaches Nextcloud, also in a path below its host, and tells address and clock', async () => {
    there.ahead = 7
    const report = await calling(`${there.url}/nextcloud`).ping()
    expect(report).toMatchObject({
      reached: true,
      address: '127.0.0.1',
      status: 200,
      error: null,
      maintenance: false,
      signature: 'ok',
    })
    expect(Math.abs(report.clockSkewS! - 7)).toBeLessThanOrEqual(1)
    expect(there.calls[0]!.path).toBe('/nextcloud/ocs/v2.php/apps/auzolan/api/v1/server/ping?format=json')
    expect(JSON.stringify(there.calls)).not.toContain(NEXTCLOUD.secret)
  })

  it('names the host Nextcloud is known by, where it is reached by another address', async () => {
    await calling(there.url, 'cloud.example.org').ping()
    await calling().ping()
    expect(there.calls.map((call) => call.headers.host)).toEqual([
      'cloud.example.org',
      new URL(there.url).host,
    ])
  })

  it('never uses a nonce twice', async () => {
    const nextcloud = calling()
    await Promise.all(Array.from({ length: 20 }, () => nextcloud.call('users', { ids: [] })))
    expect(new Set(there.calls.map((call) => call.headers['x-auzolan-nonce'])).size).toBe(20)
  })

  it('goes to an IPv6 address as well', async (context) => {
    const six = await startNextcloud('::1').catch(() => null)
    if (!six) return context.skip('this machine has no IPv6')
    expect(await calling(six.url).ping()).toMatchObject({ signature: 'ok', address: '::1' })
    six.close()
  })
})

describe('[L4] a call that fails says why', () => {
  it('nobody listens: the address and the system’s own word', async () => {
    const report = await calling(`http://localhost:${await freePort()}`).ping()
    expect(report).toMatchObject({ reached: false, status: null, signature: null })
    expect(report.error).toContain('ECONNREFUSED')
    expect(report.address).toMatch(/^(127\.0\.0\.1|::1)$/)
  })

  it('a name nobody knows', async () => {
    const report = await calling('http://nobody.invalid').ping()
    expect(report).toMatchObject({ reached: false, address: null })
    expect(report.error).toMatch(/ENOTFOUND|EAI_AGAIN/)
  })

  it('no TLS where https was said', async () => {
    const report = await calling(there.url.replace('http:', 'https:')).ping()
    expect(report.reached).toBe(false)
    expect(report.error).toMatch(/SSL|TLS|EPROTO/)
  })

  it('a redirection: where to', async () => {
    there.instead = { status: 301, headers: { location: 'https://cloud.example.org/' } }
    expect((await calling().ping()).error).toBe('it sends us on to https://cloud.example.org/')
    expect(there.calls).toHaveLength(1)
  })

  it.each([
    [400, 'trusted_domains'],
    [404, 'not enabled'],
    [429, 'locked out'],
    [500, 'it answers 500'],
    [200, 'something else'],
  ])('status %i: %s', async (status, words) => {
    there.instead = { status, body: '<html>' }
    const report = await calling().ping()
    expect(report).toMatchObject({ reached: true, status, signature: null })
    expect(report.error).toContain(words)
  })

  it('another server that answers to everything with a page in JSON', async () => {
    there.instead = { status: 200, body: '{"ocs":{"data":{"nonce":"other","time":1}}}' }
    const nextcloud = calling()
    expect(await nextcloud.ping()).toMatchObject({
      signature: null,
      error: /no Nextcloud/ as never as string,
    })
  })

  it('an answer in time, and one too late', async () => {
    there.instead = { status: 503, afterMs: NEXTCLOUD_ANSWER_MAX_MS - 800 }
    expect((await calling().ping()).status).toBe(503)
    there.instead = { status: 503, afterMs: NEXTCLOUD_ANSWER_MAX_MS + 800 }
    expect((await calling().ping()).error).toContain('ETIMEDOUT')
  })

  it('a call that may take longer, or less long', async () => {
    there.instead = { status: 503, afterMs: 400 }
    expect(await calling().call('notify', {}, 100)).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('ETIMEDOUT') as string,
    })
    expect((await calling().call('notify', {}, 2_000)).kind).toBe('maintenance')
  })

  it('an answer of the largest size is read, and none above', async () => {
    const page = createServer((_request, response) => response.end(body))
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(page.address() as { port: number }).port}`
    const frame = '{"ocs":{"data":""}}'
    let body = `{"ocs":{"data":"${'x'.repeat(NEXTCLOUD_ANSWER_MAX_BYTES - frame.length)}"}}`
    expect((await calling(url).call('users', {})).kind).toBe('answered')
    body += ' '
    expect(await calling(url).call('users', {})).toMatchObject({
      kind: 'failed',
      why: 'the answer is too long',
    })
    page.close()
    page.closeAllConnections()
  })
})

describe('[L2] refused signatures', () => {
  it('two in a row, and Nextcloud is left in peace for a minute; then for twice as long, ten minutes at most', async () => {
    there.secret = 'another secret '.repeat(5)
    const nextcloud = calling()
    const ask = async (): Promise<string> => (await nextcloud.call('users', { ids: [] })).kind
    expect(await ask()).toBe('refused')
    expect(nextcloud.standing).toBe('secrets differ')
    expect([await ask(), await ask()]).toEqual(['refused', 'paused'])
    for (const pause of [1, 2, 4, 8, 10, 10].map((minutes) => minutes * 60_000)) {
      expect(nextcloud.pauseLeftMs).toBe(pause)
      elapsed += pause - 1
      expect(await ask()).toBe('paused')
      elapsed += 1
      expect(await ask()).toBe('refused')
    }
    expect(REFUSED_PAUSE_MIN_MS).toBe(60_000)
    expect(REFUSED_PAUSE_MAX_MS).toBe(600_000)
    expect(there.calls).toHaveLength(8)
  })

  it('one that is answered in between begins anew', async () => {
    const nextcloud = calling()
    const ask = async (): Promise<string> => (await nextcloud.call('users', { ids: [] })).kind
    for (let i = 0; i < 3; i++) {
      there.secret = 'another secret '.repeat(5)
      expect(await ask()).toBe('refused')
      there.secret = NEXTCLOUD.secret
      expect(await ask()).toBe('answered')
      expect(nextcloud.standing).toBe('ok')
    }
  })

  it('an administrator’s ping goes out all the same, and ends the pause when it is answered', async () => {
    there.secret = 'another secret '.repeat(5)
    const nextcloud = calling()
    await nextcloud.ping()
    expect((await nextcloud.ping()).signature).toBe('refused')
    expect(nextcloud.pauseLeftMs).toBeGreaterThan(0)
    there.secret = NEXTCLOUD.secret
    expect((await nextcloud.ping()).signature).toBe('ok')
    expect([nextcloud.pauseLeftMs, nextcloud.standing]).toEqual([0, 'ok'])
  })

  it('of a clock that is off tell by how much', async () => {
    const report = await calling(there.url, null, () => new Date(Date.now() - 400_000)).ping()
    expect(report.signature).toBe('refused')
    expect(Math.abs(report.clockSkewS! - 400)).toBeLessThanOrEqual(2)
  })
})

describe('[L3] maintenance', () => {
  it.each([
    ['by its header', 200, { 'x-nextcloud-maintenance-mode': '1' }],
    ['by 503', 503, {}],
  ])('is recognised %s, and is no refusal', async (_how, status, headers) => {
    there.instead = { status, headers }
    const nextcloud = calling()
    for (let i = 0; i < 4; i++)
      expect(await nextcloud.ping()).toMatchObject({ maintenance: true, error: null, signature: null })
    expect([nextcloud.standing, nextcloud.pauseLeftMs]).toEqual(['maintenance', 0])
    there.instead = null
    await nextcloud.ping()
    expect(nextcloud.standing).toBe('ok')
  })
})
