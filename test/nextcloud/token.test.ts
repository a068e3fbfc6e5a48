// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the contract of the app with browser and sync server, over HTTP in a real Nextcloud: page, token, ticket, settings. */
import { hkdfSync } from 'node:crypto'
import { errors, jwtVerify, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath, php } from './php.ts'

const SECRET = 'a-secret-of-this-test-run-with-64-characters-0123456789abcdefghi'
const SERVER_URL = 'https://sync.example.org:8443/auzolan'
const DOCUMENT = '0b8f2c1e-6a5d-4f3b-9c7e-1d2a3b4c5d6e'
const TOKEN = '/api/v1/token'
const TICKET = '/api/v1/ticket'
/** What the sync server takes. */
const GROUPS_MAX = 200
const NGINX_HEADER_LINE_BYTES = 8 * 1024
const NOT_CONNECTED = 'Auzolan is not connected to its sync server yet. Please tell your administrator.'

/** One process instead of hundreds of calls of occ; and past the listeners of other apps, which take 0.1 s a group. */
const ADD_GROUPS = `
  define('OC_CONSOLE', 1);
  require 'lib/base.php';
  [, $uid, $from, $to, $name] = [...$argv, 'g'];
  $groups = new \\OC\\Group\\Database();
  for ($i = (int)$from; $i <= (int)$to; $i++) { $groups->addToGroup($uid, $groups->createGroup("$name$i")); }
`

const keyOf = (secret: string) =>
  new Uint8Array(hkdfSync('sha256', secret, Buffer.alloc(0), 'auzolan nc->server', 32))

const basic = (person: Person) =>
  `Basic ${Buffer.from(`${person.uid}:${person.password}`).toString('base64')}`

interface Ocs {
  readonly status: number
  readonly message: string
  readonly data: Record<string, unknown>
}

describe.runIf(nextcloudPath !== null)('the app in a real Nextcloud', { timeout: 30_000 }, () => {
  let nextcloud: Nextcloud
  let ane: Person
  let jon: Person
  let headers: Record<string, string>

  const ocs = async (person: Person | null, path: string, body?: unknown): Promise<Ocs> => {
    const answer = await fetch(`${nextcloud.url}/ocs/v2.php/apps/auzolan${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...headers,
        ...(person === null ? {} : { Authorization: basic(person) }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { ocs } = (await answer.json()) as {
      ocs: { meta: { message: string }; data: Record<string, unknown> }
    }
    return { status: answer.status, message: ocs.meta.message, data: ocs.data }
  }

  const claimsOf = async (jwt: unknown, secret = SECRET): Promise<JWTPayload> => {
    const { payload, protectedHeader } = await jwtVerify(String(jwt), keyOf(secret), {
      algorithms: ['HS256'],
      issuer: nextcloud.url,
      audience: 'auzolan-server',
    })
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' })
    return payload
  }

  beforeAll(async () => {
    const eu = {
      translations: { [NOT_CONNECTED]: 'Ez dago konektatuta' },
      pluralForm: 'nplurals=2; plural=(n != 1);',
    }
    nextcloud = await startNextcloud({ appFiles: { 'l10n/eu.json': JSON.stringify(eu) } })
    headers = { 'OCS-APIRequest': 'true', Accept: 'application/json' }
    ane = await nextcloud.addUser('ane', 'ane-password', 'Ane Etxeberria Ñuñez')
    jon = await nextcloud.addUser('jon', 'jon-password', 'Jon')
    // A name of digits only: PHP makes a number of it wherever it is an array key.
    await nextcloud.addGroup('2026', ane.uid)
    await nextcloud.addGroup('kultura', ane.uid)
    await nextcloud.setConfig(SERVER_URL, SECRET)
  }, NEXTCLOUD_START_MS)

  afterAll(() => nextcloud?.stop())

  describe('token', () => {
    test('says who the person is, for five minutes', async () => {
      const { status, data } = await ocs(ane, TOKEN)
      expect(status).toBe(200)
      expect(data).toEqual({ token: expect.any(String), expiresIn: 300 })

      const claims = await claimsOf(data['token'])
      const now = Date.now() / 1000
      expect(Math.abs(claims.iat! - now)).toBeLessThan(10)
      expect(claims).toEqual({
        iss: nextcloud.url,
        aud: 'auzolan-server',
        sub: 'ane',
        name: 'Ane Etxeberria Ñuñez',
        groups: expect.toSatisfy((groups: unknown[]) => groups.toSorted().join() === '2026,kultura'),
        teams: [],
        language: 'en',
        admin: false,
        scope: 'api',
        iat: claims.iat,
        nbf: claims.iat! - 30,
        exp: claims.iat! + 300,
        jti: expect.stringMatching(/^[0-9a-f]{32}$/),
      })
      for (const group of claims['groups'] as unknown[]) expect(group).toBeTypeOf('string')
    })

    test('is never the same twice', async () => {
      const [first, second] = await Promise.all([ocs(ane, TOKEN), ocs(ane, TOKEN)])
      expect((await claimsOf(first.data['token'])).jti).not.toBe((await claimsOf(second.data['token'])).jti)
    })

    test('is signed with the derived key, not with the secret', async () => {
      const { data } = await ocs(ane, TOKEN)
      const verify = jwtVerify(String(data['token']), new TextEncoder().encode(SECRET))
      await expect(verify).rejects.toBeInstanceOf(errors.JWSSignatureVerificationFailed)
    })

    test('names administrators', async () => {
      const { data } = await ocs(nextcloud.admin, TOKEN)
      expect(await claimsOf(data['token'])).toMatchObject({ admin: true, groups: ['admin'] })
    })

    test.each([
      ['eu', 'eu'],
      ['es_MX', 'es'],
      ['ca', 'ca'],
      ['de', 'en'],
    ])('speaks to somebody who set %s in %s', async (chosen, spoken) => {
      await nextcloud.occ('user:setting', 'jon', 'core', 'lang', chosen)
      const { data } = await ocs(jon, TOKEN)
      await nextcloud.occ('user:setting', 'jon', 'core', 'lang', '--delete')
      expect(await claimsOf(data['token'])).toMatchObject({ language: spoken })
    })

    test('leaves the groups out when there are too many to carry', async () => {
      const many = await nextcloud.addUser('many', 'many-password', 'Many')
      const addGroups = (from: number, to: number) =>
        php(['-r', ADD_GROUPS, many.uid, String(from), String(to)], { cwd: nextcloud.tree })
      await addGroups(1, GROUPS_MAX)
      expect((await claimsOf((await ocs(many, TOKEN)).data['token']))['groups']).toHaveLength(GROUPS_MAX)
      await addGroups(GROUPS_MAX + 1, GROUPS_MAX + 1)
      expect(await claimsOf((await ocs(many, TOKEN)).data['token'])).not.toHaveProperty('groups')
    })

    test('leaves the groups out when the token would not fit into one header line', async () => {
      const long = await nextcloud.addUser('long', 'long-password', 'Long')
      const name = 'Sare sozialetako eta web orrietako lantaldea, '.padEnd(60, 'x')
      const addGroups = (from: number, to: number) =>
        php(['-r', ADD_GROUPS, long.uid, String(from), String(to), name], { cwd: nextcloud.tree })
      await addGroups(10, 80)
      const { token } = (await ocs(long, TOKEN)).data
      expect((await claimsOf(token))['groups']).toHaveLength(71)
      expect(`Authorization: Bearer ${String(token)}`.length).toBeLessThan(NGINX_HEADER_LINE_BYTES)
      await addGroups(81, 99)
      expect(await claimsOf((await ocs(long, TOKEN)).data['token'])).not.toHaveProperty('groups')
    })

    test('is refused to anonymous callers', async () => {
      expect((await ocs(null, TOKEN)).status).toBe(401)
    })

    test('is refused to a page of another site', async () => {
      // What a forged request lacks is the OCS header.
      const answer = await fetch(`${nextcloud.url}/ocs/v2.php/apps/auzolan${TOKEN}`, {
        headers: { Accept: 'application/json', Authorization: basic(ane) },
      })
      expect(answer.status).toBe(412)
      expect(await answer.text()).not.toContain('token')
    })

    test('is rationed for each person', async () => {
      const looping = await nextcloud.addUser('looping', 'looping-password', 'Looping')
      const answers: number[] = []
      for (let i = 0; i < 61; i++) {
        const answer = await fetch(`${nextcloud.url}/ocs/v2.php/apps/auzolan${TOKEN}`, {
          headers: { ...headers, Authorization: basic(looping) },
        })
        answers.push(answer.status)
      }
      expect(answers).toEqual([...Array<number>(60).fill(200), 429])
      expect((await ocs(ane, TOKEN)).status).toBe(200)
    }, 60_000)
  })

  describe('ticket', () => {
    test('opens one document, for a minute', async () => {
      const { status, data } = await ocs(ane, TICKET, { document: DOCUMENT })
      expect(status).toBe(200)
      expect(data).toEqual({ ticket: expect.any(String), expiresIn: 60 })
      const claims = await claimsOf(data['ticket'])
      expect(claims).toMatchObject({
        sub: 'ane',
        scope: 'ticket',
        document: DOCUMENT,
        name: 'Ane Etxeberria Ñuñez',
      })
      expect(claims.exp! - claims.iat!).toBe(60)
      expect(claims.nbf! - claims.iat!).toBe(-30)
    })

    test.each([
      ['nothing', {}],
      ['a word', { document: 'plan' }],
      ['upper case', { document: DOCUMENT.toUpperCase() }],
      ['a trailing line break', { document: `${DOCUMENT}\n` }],
      ['a path', { document: `${DOCUMENT}/content` }],
      ['a list', { document: [DOCUMENT] }],
      ['a number', { document: 1 }],
    ])('is refused for %s', async (_what, body) => {
      const { status, message, data } = await ocs(ane, TICKET, body)
      expect(status).toBe(400)
      expect(message).toBe('This is not the identifier of a document.')
      expect(data).toEqual([])
    })

    test('is refused to anonymous callers', async () => {
      expect((await ocs(null, TICKET, { document: DOCUMENT })).status).toBe(401)
    })
  })

  describe('page', () => {
    const page = (path: string) =>
      fetch(`${nextcloud.url}/index.php/apps/auzolan${path}`, {
        headers: { Authorization: basic(ane) },
        redirect: 'manual',
      })
    const startOf = (html: string): unknown => {
      const value = /id="initial-state-auzolan-start" value="([^"]*)"/.exec(html)?.[1]
      return JSON.parse(Buffer.from(value ?? '', 'base64').toString())
    }
    const directive = (answer: Response, name: string): string[] =>
      (answer.headers.get('content-security-policy') ?? '')
        .split(';')
        .map((part) => part.trim().split(' '))
        .find((part) => part[0] === name)
        ?.slice(1) ?? []

    test.each(['/', `/d/${DOCUMENT}`, '/t/culture/settings', '/organisation'])(
      '%s mounts the app',
      async (path) => {
        const answer = await page(path)
        expect(answer.status).toBe(200)
        const html = await answer.text()
        expect(html).toContain('<div id="auzolan">')
        expect(startOf(html)).toEqual({
          serverUrl: SERVER_URL,
          configured: true,
          relay: true,
          calendars: true,
        })
        expect(directive(answer, 'connect-src').sort()).toEqual(
          ["'self'", 'https://sync.example.org:8443', 'wss://sync.example.org:8443'].sort(),
        )
        expect(directive(answer, 'worker-src')).toEqual(["'self'"])
      },
    )

    test('does not answer where there is nothing to show', async () => {
      expect((await page('/nowhere')).status).toBe(404)
      expect((await page('/datax')).status).toBe(404)
    })

    test('sends anonymous visitors to the login and back', async () => {
      const answer = await fetch(`${nextcloud.url}/index.php/apps/auzolan/d/${DOCUMENT}`, {
        redirect: 'manual',
        headers: { Accept: 'text/html', 'User-Agent': 'Mozilla/5.0' },
      })
      expect(answer.status).toBe(303)
      const login = new URL(answer.headers.get('location')!, nextcloud.url)
      expect(login.pathname).toBe('/index.php/login')
      expect(login.searchParams.get('redirect_url')).toContain(`/apps/auzolan/d/${DOCUMENT}`)
    })

    test('is in the menu of everybody', async () => {
      const answer = await fetch(`${nextcloud.url}/ocs/v2.php/core/navigation/apps`, {
        headers: { ...headers, Authorization: basic(ane) },
      })
      const { ocs } = (await answer.json()) as { ocs: { data: { id: string; href: string; icon: string }[] } }
      const entry = ocs.data.find(({ id }) => id === 'auzolan')
      expect(entry).toMatchObject({ href: '/index.php/apps/auzolan/', icon: '/apps/auzolan/img/app.svg' })
      expect((await fetch(`${nextcloud.url}${entry!.icon}`)).headers.get('content-type')).toContain(
        'image/svg+xml',
      )
    })

    describe('with an address', () => {
      afterAll(() => nextcloud.setConfig(SERVER_URL, SECRET))

      test.each([
        [
          'wss://Sync.Example.org/',
          'https://sync.example.org',
          'https://sync.example.org wss://sync.example.org',
        ],
        [
          ' ws://127.0.0.1:8790/auzolan/ ',
          'http://127.0.0.1:8790/auzolan',
          'http://127.0.0.1:8790 ws://127.0.0.1:8790',
        ],
        ['http://[::1]:8790', 'http://[::1]:8790', 'http://[::1]:8790 ws://[::1]:8790'],
        ['ftp://sync.example.org', '', ''],
        ['sync.example.org', '', ''],
        ['https://sync.example.org; script-src *', '', ''],
        ['https://sync.example.org/?a=b', '', ''],
        ['https://me:pass@sync.example.org', '', ''],
      ])('of %s', async (typed, serverUrl, origins) => {
        await nextcloud.setConfig(typed, SECRET)
        const answer = await page('/')
        expect(answer.status).toBe(200)
        expect(startOf(await answer.text())).toEqual({
          serverUrl,
          configured: serverUrl !== '',
          relay: serverUrl !== '',
          calendars: serverUrl !== '',
        })
        expect(directive(answer, 'connect-src').join(' ')).toBe(`'self' ${origins}`.trim())
      })
    })
  })

  describe('settings', () => {
    afterAll(() => nextcloud.setConfig(SERVER_URL, SECRET))

    test('hide the secret', async () => {
      const listed = await nextcloud.occ('config:list', 'auzolan')
      expect(listed).toContain('sync.example.org')
      expect(listed).not.toContain(SECRET)
      const details = await nextcloud.occ('config:app:get', '--details', '--output=json', 'auzolan', 'secret')
      expect(JSON.parse(details)).toMatchObject({ sensitive: true, type: 'string' })
    })

    test.each([
      ['no address', '', SECRET],
      ['no secret', SERVER_URL, ''],
      ['a secret of 31 characters', SERVER_URL, 'x'.repeat(31)],
    ])('with %s count as not connected', async (_what, serverUrl, secret) => {
      await nextcloud.setConfig(serverUrl, secret)
      for (const answer of [await ocs(ane, TOKEN), await ocs(ane, TICKET, { document: DOCUMENT })]) {
        expect(answer.status).toBe(412)
        expect(answer.message).toBe(NOT_CONNECTED)
        expect(answer.data).toEqual([])
      }
      const page = await fetch(`${nextcloud.url}/index.php/apps/auzolan/`, {
        headers: { Authorization: basic(ane) },
      })
      expect(page.status).toBe(200)
    })

    test('speak the language of the person when they are missing', async () => {
      await nextcloud.setConfig('', '')
      await nextcloud.occ('user:setting', 'jon', 'core', 'lang', 'eu')
      expect((await ocs(jon, TOKEN)).message).toBe('Ez dago konektatuta')
    })

    test('take effect at once', async () => {
      await nextcloud.setConfig(SERVER_URL, 'y'.repeat(32))
      expect(await claimsOf((await ocs(ane, TOKEN)).data['token'], 'y'.repeat(32))).toMatchObject({
        sub: 'ane',
      })
    })
  })

  test('keeps tokens and secrets out of the log', async () => {
    const { data } = await ocs(ane, TICKET, { document: DOCUMENT })
    const log = await nextcloud.log()
    // The log is there and talkative, else this proves nothing.
    expect(log).toContain('"level":0')
    expect(log).not.toContain(SECRET)
    expect(log).not.toContain(String(data['ticket']).slice(-43))
    expect(log).not.toMatch(/eyJ[A-Za-z0-9_-]+\.eyJ/)
  })

  test('has no error in the log', async () => {
    const lines = (await nextcloud.log())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const ours = lines.filter((line) => line['app'] === 'auzolan' && Number(line['level']) >= 2)
    expect(ours).toEqual([])
  })
})
