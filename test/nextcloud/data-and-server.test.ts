// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Data and server inside a real Nextcloud: what its administrator reads is so, and every screen opens from its address. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DESKTOP, PHONE, picture } from '../support/browser.ts'
import { overflowing } from '../support/looks.ts'
import { startTestServer } from '../support/server.ts'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { watchComplaints } from './complaints.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud } from './nextcloud.ts'
import { nextcloudPath, pluginPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)

describe.runIf(nextcloudPath !== null && hasChromium)('in a real Nextcloud', { timeout: 90_000 }, () => {
  let nextcloud: Nextcloud
  let server: Awaited<ReturnType<typeof startTestServer>>
  let browser: Browser
  let administrator: BrowserContext

  beforeAll(async () => {
    if (!existsSync(join(pluginPath, 'js/auzolan-main.mjs')))
      throw new Error('The app is not built; run: npm run build')
    nextcloud = await startNextcloud()
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    await nextcloud.setConfig(server.url, SECRET)
    // It has asked before Nextcloud knew the secret, and would leave it in peace for a minute.
    await server.terminate()
    await server.start()
    browser = await launchChromium()
    administrator = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB' })
    await logIn(administrator, nextcloud.url, nextcloud.admin.uid, nextcloud.admin.password)
  }, NEXTCLOUD_START_MS)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await nextcloud?.stop()
  })

  test('[DS9] the administrator finds it at the foot of the navigation, and reads of one machine', async () => {
    const page = await administrator.newPage()
    const complaints = watchComplaints(page, { nextcloud: nextcloud.url, syncServer: server.url })
    await page.goto(`${nextcloud.url}/index.php/apps/auzolan/`)
    await page.getByRole('link', { name: 'Data and server' }).click()
    await page.locator('.data .lead').waitFor()
    const says = await page.locator('.data .lead').innerText()
    expect(says).toContain('Everything is on one machine, which has Nextcloud too')
    expect(says).toContain('The server connects to nothing but Nextcloud.')
    // The folder of the test is as it should be, and no backup was made of it.
    expect(await page.locator('.worst').innerText()).toMatch(/^No backup is known\./)
    await page.locator('.places').getByText(new URL(nextcloud.url).host).waitFor()
    await page.getByRole('row', { name: /Whether it answers, and has the same secret/ }).waitFor()
    await picture(page, 'nextcloud-data-desktop')
    await page.setViewportSize(PHONE)
    expect(await overflowing(page)).toEqual([])
    await picture(page, 'nextcloud-data-phone')
    await page.setViewportSize(DESKTOP)
    const settings = page.getByRole('link', { name: 'Check the connection in the settings of Nextcloud' })
    await settings.click()
    await page.getByRole('heading', { name: 'What works' }).first().waitFor()
    expect(complaints.ours).toEqual([])
    await page.close()
  })

  test('[DS8] every screen opens from its address, as a link or a reload asks for it', async () => {
    const page = await administrator.newPage()
    for (const path of [
      'data',
      'tools',
      'tools/care',
      'may-i-use',
      'suggest',
      'suggest/all',
      'search?q=plan',
    ]) {
      const answer = await page.goto(`${nextcloud.url}/index.php/apps/auzolan/${path}`)
      expect([path, answer?.status()]).toEqual([path, 200])
      await page.locator('#content-vue h1').first().waitFor()
    }
    await page.close()
  })
})
