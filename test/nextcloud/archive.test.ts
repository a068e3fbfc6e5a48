// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns the proof that approved versions land in the folder an administrator chose, that nothing there is ever changed, and that
 * nobody but the sync server puts anything into it.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyToNextcloud } from '@auzolan/server/src/access/keys.ts'
import { Nextcloud as Server } from '@auzolan/server/src/nextcloud/nextcloud.ts'
import { DESKTOP, PHONE, picture } from '../support/browser.ts'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { asServer, basic, ocs } from './caller.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath, phpEnvironment } from './php.ts'

interface File {
  readonly name: string
  readonly content: string
}
const FILES: readonly File[] = [
  { name: 'Gure plana – «berria» v1 7f2f4f0e 0123456789ab.json', content: '{"text":"ñ"}\n' },
  { name: 'Gure plana – «berria» v1 7f2f4f0e 0123456789ab.md', content: '# Gure plana\n' },
]

describe.runIf(nextcloudPath !== null)('[RM7] the archive', { timeout: 120_000 }, () => {
  let nextcloud: Nextcloud
  let keeper: Person
  let ane: Person
  const secret = randomBytes(32).toString('hex')

  const setup = async (...args: string[]): Promise<{ code: number; said: string; out: string }> =>
    promisify(execFile)('php', ['occ', '--no-interaction', '--no-ansi', 'auzolan:setup', ...args], {
      cwd: nextcloud.tree,
      env: phpEnvironment(),
    }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, said: stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        code: error.code,
        out: error.stdout,
        said: error.stderr,
      }),
    )
  const keep = (files: unknown, more: object = {}) =>
    asServer<{ files: string[] }>(nextcloud, 'archive', { secret, body: JSON.stringify({ files }), ...more })
  const dav = (path: string, method = 'GET', body?: string) =>
    fetch(
      `${nextcloud.url}/remote.php/dav/files/${keeper.uid}/${path.split('/').map(encodeURIComponent).join('/')}`,
      {
        method,
        headers: { Authorization: basic(keeper) },
        ...(body === undefined ? {} : { body }),
      },
    )
  const read = async (path: string): Promise<string | null> => {
    const answer = await dav(path)
    return answer.ok ? answer.text() : null
  }
  const names = async (folder: string): Promise<string[]> => {
    const xml = await (await dav(folder, 'PROPFIND')).text()
    return [...xml.matchAll(/<d:href>([^<]*)<\/d:href>/g)]
      .map(([, href]) => decodeURIComponent(href!).split('/').at(-1)!)
      .filter(Boolean)
      .sort()
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    await nextcloud.setConfig('http://127.0.0.1:1', secret)
    keeper = await nextcloud.addUser('artxiboa', 'artxibo-pasahitza', 'Artxiboa')
    ane = await nextcloud.addUser('ane', 'ane-pasahitza', 'Ane')
  }, NEXTCLOUD_START_MS)
  afterAll(() => nextcloud?.stop())

  test('takes nothing before anybody has chosen a folder, and says so', async () => {
    expect(await keep(FILES)).toEqual({ status: 200, data: { files: [] } })
  })

  test('is chosen by administrators, and only if it can be written', async () => {
    const choose = (person: Person | null, body: object) =>
      ocs<{ account: string; folder: string }>(
        nextcloud,
        person,
        'PUT',
        '/apps/auzolan/api/v1/admin/archive',
        body,
      )
    for (const person of [ane, null])
      expect([401, 403]).toContain((await choose(person, { account: 'ane', folder: '' })).status)
    for (const [account, folder, why] of [
      ['nobody', 'Artxiboa', 'There is no such account, or it is disabled.'],
      ['artxiboa', '../ane/files', 'This is no path of folders.'],
    ]) {
      const { status, message } = await choose(nextcloud.admin, { account, folder })
      expect([status, message]).toEqual([400, why])
    }
    expect((await keep(FILES)).data).toEqual({ files: [] })
    const good = await choose(nextcloud.admin, { account: ' artxiboa ', folder: '/Onartuak/2026/' })
    expect([good.status, good.data]).toEqual([200, { account: 'artxiboa', folder: 'Onartuak/2026' }])
  })

  test('has the files, once; sent again nothing changes', async () => {
    const first = await keep(FILES)
    expect([first.status, first.data.files]).toEqual([200, FILES.map(({ name }) => `/Onartuak/2026/${name}`)])
    expect((await keep(FILES)).data).toEqual(first.data)
    expect(await names('Onartuak/2026')).toEqual(FILES.map(({ name }) => name).sort())
    for (const { name, content } of FILES) expect(await read(`Onartuak/2026/${name}`)).toBe(content)
  })

  test('is reached by the very code of the sync server', async () => {
    const server = new Server({
      url: nextcloud.url,
      host: null,
      key: keyToNextcloud(secret),
      now: () => new Date(),
    })
    expect(await server.call('archive', { files: FILES })).toEqual({
      kind: 'answered',
      data: { files: FILES.map(({ name }) => `/Onartuak/2026/${name}`) },
    })
  })

  test('never overwrites: another content goes beside, and comes back to the same place', async () => {
    const [{ name }] = FILES as [File]
    const other = [{ name, content: 'another' }]
    const places = (await keep(other)).data.files
    expect(places).toEqual([expect.stringMatching(/^\/Onartuak\/2026\/.* 0123456789ab [0-9a-f]{12}\.json$/)])
    expect((await keep(other)).data.files).toEqual(places)
    expect(await read(places[0]!.slice(1))).toBe('another')
    expect(await read(`Onartuak/2026/${name}`)).toBe(FILES[0]!.content)
    // Somebody has changed ours: what they have done stays as well.
    await dav(`Onartuak/2026/${name}`, 'PUT', 'touched')
    expect((await keep(FILES)).data.files[0]).not.toBe(`/Onartuak/2026/${name}`)
    expect(await read(`Onartuak/2026/${name}`)).toBe('touched')
  })

  test('takes a large plan whole', async () => {
    const content = JSON.stringify({ text: 'ñ€🙂"\\'.repeat(400_000) })
    const [place] = (await keep([{ name: 'Handia.json', content }])).data.files
    expect(await read(place!.slice(1))).toBe(content)
  })

  test.each([
    ['a path', [{ name: '../x.json', content: '' }]],
    ['a folder in the name', [{ name: 'a/x.json', content: '' }]],
    ['a hidden file', [{ name: '.htaccess', content: '' }]],
    ['another kind of file', [{ name: 'x.php', content: '' }]],
    ['a line in the name', [{ name: 'x\n.json', content: '' }]],
    ['no name', [{ content: '' }]],
    ['no content', [{ name: 'x.json' }]],
    ['too many', Array.from({ length: 11 }, (_, i) => ({ name: `${i}.json`, content: '' }))],
    ['no list', { name: 'x.json', content: '' }],
    ['nothing', undefined],
  ])('refuses %s', async (_what, files) => {
    const before = await names('Onartuak/2026')
    expect((await keep(files)).status).toBe(400)
    expect(await names('Onartuak/2026')).toEqual(before)
  })

  test('believes the sync server alone', async () => {
    const forged = [{ name: 'forged.json', content: '' }]
    expect((await keep(forged, { secret: 'x'.repeat(64) })).status).toBe(401)
    expect((await keep(forged, { signed: { body: '{}' } })).status).toBe(401)
    expect((await keep(forged, { signed: { path: '/apps/auzolan/api/v1/server/ping' } })).status).toBe(401)
    const asAdmin = await ocs(nextcloud, nextcloud.admin, 'POST', '/apps/auzolan/api/v1/server/archive', {
      files: forged,
    })
    expect(asAdmin.status).toBe(401)
    expect(await read('Onartuak/2026/forged.json')).toBeNull()
  })

  test('that has no room makes the server wait, and is among the checks', async () => {
    const { data: well } = await ocs<{ checks: { id: string; severity: string }[] }>(
      nextcloud,
      nextcloud.admin,
      'GET',
      '/apps/auzolan/api/v1/admin/diagnostics',
    )
    expect(well.checks.find(({ id }) => id === 'archive')?.severity).toBe('ok')
    await nextcloud.occ('user:disable', 'artxiboa')
    expect((await keep([{ name: 'late.json', content: '' }])).status).toBe(507)
    const { data } = await ocs<{ checks: { id: string; severity: string; came_back: string }[] }>(
      nextcloud,
      nextcloud.admin,
      'GET',
      '/apps/auzolan/api/v1/admin/diagnostics',
    )
    expect(data.checks.find(({ id }) => id === 'archive')).toMatchObject({
      severity: 'warning',
      came_back: 'no such account',
    })
    await nextcloud.occ('user:enable', 'artxiboa')
    await nextcloud.occ('user:setting', 'artxiboa', 'files', 'quota', '1 B')
    expect((await keep([{ name: 'late.json', content: 'longer than this' }])).status).toBe(507)
    await nextcloud.occ('user:setting', 'artxiboa', 'files', 'quota', 'none')
    expect((await keep([{ name: 'late.json', content: 'longer than this' }])).status).toBe(200)
    expect(await read('Onartuak/2026/late.json')).toBe('longer than this')
  })

  test('is set by command too, and ended', async () => {
    expect(await setup('--archive-account', 'nobody')).toMatchObject({
      code: 1,
      said: expect.stringContaining('cannot be written: no such account'),
    })
    expect((await setup('--archive-folder', 'Beste bat')).out).toContain('artxiboa: /Beste bat')
    expect((await keep(FILES)).data.files).toEqual(FILES.map(({ name }) => `/Beste bat/${name}`))
    expect((await setup('--archive-account', '')).out).toMatch(/Archive: +not set/)
    expect((await keep(FILES)).data).toEqual({ files: [] })
  })

  describe.runIf(hasChromium)('on the page of administrators', () => {
    let browser: Browser
    beforeAll(async () => void (browser = await launchChromium()))
    afterAll(() => browser?.close())

    test('a folder is tried before it is saved', async () => {
      const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' })
      await logIn(context, nextcloud.url, nextcloud.admin.uid, nextcloud.admin.password)
      const page = await context.newPage()
      await page.goto(`${nextcloud.url}/index.php/settings/admin/auzolan`)
      const save = page.getByRole('button', { name: 'Save' })
      await page.getByLabel('Account', { exact: true }).fill('nobody')
      await save.click()
      await page.getByText('There is no such account, or it is disabled.').waitFor()
      await picture(page, 'archive-admin-refused-desktop')
      await page.getByLabel('Account', { exact: true }).fill('artxiboa')
      await page.getByLabel('Folder', { exact: true }).fill('Onartuak')
      await save.click()
      await page.getByText('From now on approved versions are archived there.').waitFor()
      await picture(page, 'archive-admin-desktop')
      await page.setViewportSize(PHONE)
      await picture(page, 'archive-admin-phone')
      await page.reload()
      expect(await page.getByLabel('Folder', { exact: true }).inputValue()).toBe('Onartuak')
      await context.close()
    })
  })
})
