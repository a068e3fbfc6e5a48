// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns the proof that an administrator can connect the app and is told what is wrong: set-up by command and by page, and each
 * fault that was put in on purpose is called by its name.
 */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DESKTOP, picture } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { ocs } from './caller.ts'
import { startFaultyProxy, type FaultyProxy } from './faulty-proxy.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud } from './nextcloud.ts'
import { nextcloudPath, phpEnvironment } from './php.ts'
import { PROXIES, startRealProxy } from './real-proxy.ts'

interface Check {
  readonly id: string
  readonly ok: boolean
  readonly severity: string
  readonly message: string
  readonly tried: string
  readonly came_back: string
  readonly fix: string
}
interface Verdict {
  readonly code: number
  readonly ok: boolean
  readonly wrong: readonly Check[]
  readonly checks: readonly Check[]
}
type Server = TestServer & { stop(): Promise<void> }

const PATH = '/auzolan'

describe.runIf(nextcloudPath !== null)('connecting', { timeout: 120_000 }, () => {
  let nextcloud: Nextcloud
  let secret: string
  let server: Server
  let proxy: FaultyProxy
  const others: Server[] = []

  const occ = async (...args: string[]): Promise<{ code: number; out: string; said: string }> => {
    const run = promisify(execFile)('php', ['occ', '--no-interaction', '--no-ansi', ...args], {
      cwd: nextcloud.tree,
      env: phpEnvironment(),
    })
    return run.then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, said: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        out: error.stdout,
        said: error.stderr,
      }),
    )
  }
  const selfTest = async (): Promise<Verdict> => {
    const { code, out } = await occ('auzolan:self-test', '--output=json')
    const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: Check[] }
    return { code, ok, checks, wrong: checks.filter((check) => !check.ok) }
  }
  /** A server with other settings, in place of the right one. */
  const serverWith = async (
    more: NodeJS.ProcessEnv,
    its: { url?: string; secret?: string } = {},
  ): Promise<string> => {
    const other = await startTestServer({ url: nextcloud.url, secret, ...its }, more)
    others.push(other)
    return other.url
  }
  const config = join('config', 'zz-auzolan-test.config.php')
  /** Changes config.php for as long as a test takes. */
  const withConfig = async (change: (json: Record<string, unknown>) => object, then: () => Promise<void>) => {
    const path = join(nextcloud.tree, config)
    const before = await readFile(path, 'utf8')
    const json = /\{[\s\S]*\}/.exec(before)![0]
    const after = { ...(JSON.parse(json) as object), ...change(JSON.parse(json) as Record<string, unknown>) }
    await writeFile(
      path,
      before.replace(json, () => JSON.stringify(after)),
    )
    try {
      await then()
    } finally {
      await writeFile(path, before)
    }
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    // As on a well-kept instance.
    await nextcloud.occ('background:cron')
    await nextcloud.occ(
      'config:app:set',
      '--type=integer',
      'core',
      'lastcron',
      `--value=${Math.floor(Date.now() / 1000)}`,
    )
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await proxy?.close()
    for (const one of [server, ...others]) await one?.stop()
    await nextcloud?.stop()
  })

  describe('by command', () => {
    test('nothing is red before anything is set, and the self-test says what to do', async () => {
      const { code, ok, checks } = await selfTest()
      expect([code, ok]).toEqual([1, false])
      expect(checks).toEqual([
        expect.objectContaining({
          id: 'address',
          ok: true,
          severity: 'info',
          fix: expect.stringContaining('occ auzolan:setup'),
        }),
      ])
    })

    test('refuses what cannot be an address or a proxy, and changes nothing', async () => {
      for (const args of [
        ['sync.example.org'],
        ['https://a.example?b=c'],
        ['--internal-url', 'x y'],
        ['--proxy', 'squid'],
      ])
        expect(await occ('auzolan:setup', ...args)).toMatchObject({ code: 1, out: '' })
      expect((await selfTest()).checks).toHaveLength(1)
    })

    test('makes a secret, prints the environment of the server and nothing else', async () => {
      const { code, out, said } = await occ('auzolan:setup', 'wss://cloud.example.org/auzolan/', '--show-env')
      expect(code).toBe(0)
      const [url, key, address, port, ...rest] = out.split('\n')
      expect([url, address, port, rest]).toEqual([
        `AUZOLAN_NEXTCLOUD_URL=${nextcloud.url}`,
        'AUZOLAN_PUBLIC_URL=https://cloud.example.org/auzolan',
        'AUZOLAN_PORT=8790',
        [''],
      ])
      secret = /^AUZOLAN_SECRET=([0-9a-f]{64})$/.exec(key ?? '')?.[1] ?? ''
      expect(secret).not.toBe('')
      expect(said).not.toContain(secret)
      // Again: the same secret.
      expect((await occ('auzolan:setup', '--show-env')).out).toBe(out)
      expect((await occ('auzolan:setup')).out).not.toContain(secret)
    })

    test.each([
      [
        'nginx',
        ['location ^~ /auzolan/ {', 'proxy_pass http://10.1.2.3:9000;', '$http_upgrade', 'Cookie ""'],
      ],
      [
        'apache',
        ['ProxyPass /auzolan/ http://10.1.2.3:9000/auzolan/ upgrade=websocket', 'RequestHeader unset Cookie'],
      ],
      ['caddy', ['handle /auzolan/* {', 'reverse_proxy 10.1.2.3:9000 {', 'header_up -Cookie']],
      ['traefik', ['PathPrefix(`/auzolan/`)', 'Host(`cloud.example.org`)', 'url: "http://10.1.2.3:9000"']],
    ])('prints the lines for %s with the names of this installation', async (name, parts) => {
      const { out } = await occ('auzolan:setup', '--internal-url', 'http://10.1.2.3:9000', '--proxy', name)
      for (const part of parts) expect(out).toContain(part)
    })

    test('ends in a self-test where all is well', async () => {
      server = await startTestServer({ url: nextcloud.url, secret })
      proxy = await startFaultyProxy(server.port)
      proxy.fault = { prefix: PATH }
      expect((await occ('auzolan:setup', `${proxy.url}${PATH}`, '--internal-url', server.url)).code).toBe(0)
      const { code, ok, wrong, checks } = await selfTest()
      expect(wrong).toEqual([])
      expect([code, ok]).toEqual([0, true])
      expect(checks.map(({ id }) => id)).toEqual([
        'address',
        'secret',
        'nextcloud-to-server',
        'secret-shared',
        'clock',
        'version',
        'server-to-nextcloud',
        'storage',
        'proxy',
        'websocket',
        'cron',
        'audit',
      ])
      const plain = await occ('auzolan:self-test')
      expect(plain).toMatchObject({ code: 0, out: expect.stringContaining('The connection works.') })
    })
  })

  describe('a fault is called by its name:', () => {
    afterEach(async () => {
      proxy.fault = { prefix: PATH }
      await occ('auzolan:setup', `${proxy.url}${PATH}`, '--internal-url', server.url)
      for (const other of others.splice(0)) await other.stop()
    })
    const setup = (publicUrl: string, internalUrl: string) =>
      occ('auzolan:setup', publicUrl, '--internal-url', internalUrl)
    const direct = (url: string) => setup(url, url)
    const expectFault = async (
      id: string,
      severity: string,
      message: RegExp,
      cameBack: RegExp,
      fix: RegExp,
    ) => {
      const { code, wrong } = await selfTest()
      expect(wrong).toEqual([
        expect.objectContaining({
          id,
          severity,
          message: expect.stringMatching(message),
          came_back: expect.stringMatching(cameBack),
          fix: expect.stringMatching(fix),
        }),
      ])
      expect(code).toBe(severity === 'error' ? 1 : 0)
    }

    test('the server is down', async () => {
      proxy.fault = { status: 502 }
      await setup(`${proxy.url}${PATH}`, 'http://127.0.0.1:9')
      const { code, wrong } = await selfTest()
      expect(code).toBe(1)
      expect(wrong).toMatchObject([
        { id: 'nextcloud-to-server', severity: 'error', came_back: expect.stringContaining('cURL error 7') },
        {
          id: 'proxy',
          severity: 'error',
          came_back: 'HTTP 502',
          message: 'The proxy does not reach the sync server.',
        },
      ])
    })

    test('the secrets differ', async () => {
      await direct(await serverWith({}, { secret: 'f'.repeat(64) }))
      await expectFault('secret-shared', 'error', /different secrets/, /401 TICKET_INVALID/, /--show-env/)
    })

    test('the server belongs to another address of Nextcloud', async () => {
      await direct(await serverWith({}, { url: 'https://elsewhere.example' }))
      await expectFault('secret-shared', 'error', /another address/, /401/, /AUZOLAN_NEXTCLOUD_URL/)
    })

    test('the clock of the server is three minutes ahead', async () => {
      // Its signatures and checks; the Date header of Node cannot be moved, so the proxy moves it.
      const late =
        'data:text/javascript,const n=Date.now;Date.now=()=>n()+180000;const D=Date;globalThis.Date=class extends D{constructor(...a){a.length?super(...a):super(n()+180000)}}'
      await direct(await serverWith({ NODE_OPTIONS: `--import "${late}"` }))
      await expectFault('clock', 'error', /more than a minute/, /TICKET_EXPIRED/, /NTP/)
      const ahead = await startFaultyProxy(Number(new URL(others.at(-1)!.url).port))
      ahead.fault = { clockS: 180 }
      await direct(ahead.url)
      await expectFault('clock', 'error', /differ by 1[78]\d seconds/, /^1[78]\d s$/, /NTP/)
      await ahead.close()
    })

    test('the clock of the server is ten seconds behind', async () => {
      proxy.fault = { rewrite: (answer) => ({ ...answer, time: Number(answer['time']) - 10 }) }
      await direct(proxy.url)
      await expectFault('clock', 'warning', /differ by \d+ seconds/, /^-1?\d s$/, /NTP/)
    })

    test('app and server speak other protocols', async () => {
      proxy.fault = { rewrite: (answer) => ({ ...answer, version: '9.0.0', protocol: { min: 7, max: 9 } }) }
      await direct(proxy.url)
      await expectFault('version', 'error', /do not fit/, /0\.1\.0 \/ 9\.0\.0/, /same version/)
    })

    test('the disk of the server is full', async () => {
      proxy.fault = { rewrite: (answer) => ({ ...answer, storage: { writable: false, freeBytes: 0 } }) }
      await direct(proxy.url)
      await expectFault('storage', 'error', /disk is full/, /0 MB/, /AUZOLAN_DATA/)
    })

    test('Nextcloud cannot be reached from the server', async () => {
      await direct(await serverWith({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: 'http://127.0.0.1:9' }))
      await expectFault(
        'server-to-nextcloud',
        'error',
        /does not reach Nextcloud/,
        /ECONNREFUSED/,
        /AUZOLAN_NEXTCLOUD_INTERNAL_URL/,
      )
    })

    test('Nextcloud is in maintenance mode', async () => {
      const maintained = createServer((_request, response) =>
        response.writeHead(503, { 'X-Nextcloud-Maintenance-Mode': '1' }).end(),
      )
      await new Promise<void>((resolve) => maintained.listen(0, '127.0.0.1', resolve))
      const { port } = maintained.address() as AddressInfo
      await direct(await serverWith({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: `http://127.0.0.1:${port}` }))
      await expectFault('maintenance', 'warning', /maintenance mode/, /503/, /--off/)
      maintained.close()
    })

    test('the proxy does not pass WebSockets', async () => {
      proxy.fault = { prefix: PATH, noUpgrade: true }
      await expectFault('websocket', 'warning', /does not pass WebSockets/, /HTTP\/1\.1 404/, /Upgrade/)
    })

    test('the proxy does not know the path', async () => {
      proxy.fault = { prefix: '/elsewhere' }
      await expectFault('proxy', 'error', /does not pass this path/, /404/, /--proxy nginx/)
    })

    test('a prefix that the proxy strips is no fault', async () => {
      proxy.fault = { prefix: PATH, strip: true }
      expect((await selfTest()).wrong).toEqual([])
    })

    test('something else answers', async () => {
      await setup(`${proxy.url}${PATH}`, nextcloud.url)
      const { wrong } = await selfTest()
      expect(wrong).toMatchObject(
        [{ id: 'nextcloud-to-server', severity: 'error', message: /something else/ }].map(() => ({
          id: 'nextcloud-to-server',
        })),
      )
      expect(wrong[0]!.message).toMatch(/something else answers/)
    })

    test('only known inside; and http on an https site', async () => {
      await withConfig(
        () => ({ 'overwrite.cli.url': 'https://cloud.example.org' }),
        async () => {
          await setup('http://auzolan:8790', server.url)
          const { wrong } = await selfTest()
          expect(wrong.map(({ id, severity }) => `${id} ${severity}`)).toEqual(
            expect.arrayContaining(['public-address warning', 'https error']),
          )
          expect(wrong.find(({ id }) => id === 'public-address')).toMatchObject({ came_back: 'auzolan' })
        },
      )
    })

    test('cron does not run, the audit log drops its lines', async () => {
      await nextcloud.occ('app:enable', 'admin_audit')
      await nextcloud.occ('background:ajax')
      await withConfig(
        () => ({ loglevel: 2 }),
        async () => {
          const { code, wrong } = await selfTest()
          expect(wrong).toMatchObject([
            { id: 'cron', severity: 'warning' },
            { id: 'audit', severity: 'warning', fix: expect.stringContaining('log.condition') },
          ])
          expect(code).toBe(0)
        },
      )
      await nextcloud.occ('background:cron')
      expect((await selfTest()).wrong).toEqual([])
    })
  })

  test.runIf(PROXIES.length > 0).each(PROXIES)(
    'the lines that are printed for %s work in it',
    async (kind) => {
      const port = await freePort()
      const { out } = await occ(
        'auzolan:setup',
        `http://127.0.0.1:${port}${PATH}`,
        '--internal-url',
        server.url,
        '--proxy',
        kind,
      )
      const real = await startRealProxy(kind, out, port)
      try {
        const { wrong, checks } = await selfTest()
        expect(wrong).toEqual([])
        expect(checks.find(({ id }) => id === 'websocket')).toMatchObject({ severity: 'ok' })
      } finally {
        await real.stop()
        await occ('auzolan:setup', `${proxy.url}${PATH}`, '--internal-url', server.url)
      }
    },
  )

  test('config.php wins over what is stored, and nothing else can change that', async () => {
    const file = join(nextcloud.tree, '..', 'secret')
    await writeFile(file, `${secret}\n`)
    await withConfig(
      () => ({ auzolan: { server_url: `${proxy.url}${PATH}`, secret_file: file } }),
      async () => {
        expect((await selfTest()).wrong).toEqual([])
        expect((await occ('auzolan:setup')).out).toContain('(set in config.php)')
        for (const args of [['https://other.example'], ['--rotate-secret']])
          expect(await occ('auzolan:setup', ...args)).toMatchObject({
            code: 1,
            said: expect.stringContaining('config.php'),
          })
      },
    )
  })

  test("is among Nextcloud's own checks", async () => {
    const { out } = await occ('setupchecks', '--output=json')
    const { network } = JSON.parse(out) as {
      network: Record<string, { severity: string; description: string }>
    }
    expect(network['OCA\\Auzolan\\SetupCheck\\SyncServerCheck']).toMatchObject({
      severity: 'success',
      description: 'Connected; everything works.',
    })
  })

  describe('by page', () => {
    const admin = '/apps/auzolan/api/v1/admin'

    test('only administrators ask and change', async () => {
      const ane = await nextcloud.addUser('ane', 'ane-password', 'Ane')
      const body = { serverUrl: '', internalUrl: '' }
      for (const person of [ane, null]) {
        for (const [method, path] of [
          ['GET', 'diagnostics'],
          ['PUT', 'settings'],
          ['POST', 'connect'],
        ] as const) {
          const answer = await ocs(
            nextcloud,
            person,
            method,
            `${admin}/${path}`,
            method === 'PUT' ? body : undefined,
          )
          expect([401, 403]).toContain(answer.status)
          expect(JSON.stringify(answer.data)).not.toContain(secret)
        }
      }
      const { data } = await ocs<{ worst: string }>(nextcloud, nextcloud.admin, 'GET', `${admin}/diagnostics`)
      expect(data.worst).toBe('ok')
      const bad = await ocs(nextcloud, nextcloud.admin, 'PUT', `${admin}/settings`, {
        ...body,
        serverUrl: 'nonsense',
      })
      expect(bad.status).toBe(400)
      const { data: told } = await ocs(nextcloud, nextcloud.admin, 'POST', `${admin}/connect`)
      expect(told).toMatchObject({
        environment: expect.stringContaining(secret),
        proxies: { caddy: expect.any(String) },
      })
    })

    describe.runIf(hasChromium)('in a browser', () => {
      let browser: Browser
      let page: Page
      const says = (id: string, severity: string) =>
        page.locator(`[data-check="${id}"][data-severity="${severity}"]`).waitFor()

      beforeAll(async () => {
        browser = await launchChromium()
        const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' })
        await logIn(context, nextcloud.url, nextcloud.admin.uid, nextcloud.admin.password)
        page = await context.newPage()
      })
      afterAll(() => browser?.close())

      test('a new address is saved, tried, and its lines are shown', async () => {
        await occ('auzolan:setup', '', '--internal-url', '')
        await page.goto(`${nextcloud.url}/index.php/settings/admin/auzolan`)
        await says('address', 'info')
        await page.getByLabel('Public address').fill(`${proxy.url}${PATH}`)
        await page.getByLabel('Internal address').fill(server.url)
        await page.getByRole('button', { name: 'Connect' }).click()
        await page.getByText(`AUZOLAN_SECRET=${secret}`).waitFor()
        await says('browser-http', 'ok')
        await says('browser-websocket', 'ok')
        await says('server-to-nextcloud', 'ok')
        await page.getByRole('button', { name: 'Caddy' }).click()
        await page.getByText('reverse_proxy').waitFor()
        await picture(page, 'nextcloud-admin-desktop')
      })

      test('the list follows what is repaired elsewhere', async () => {
        proxy.fault = { prefix: PATH, noUpgrade: true }
        await page.getByRole('button', { name: 'Look again' }).click()
        await says('browser-websocket', 'warning')
        proxy.fault = { status: 502 }
        await says('browser-http', 'error')
        await page.getByText('not the sync server of this Nextcloud').waitFor()
        await picture(page, 'nextcloud-admin-fault-desktop')
        proxy.fault = { prefix: PATH }
        await says('browser-websocket', 'ok')
      })
    })
  })
})
