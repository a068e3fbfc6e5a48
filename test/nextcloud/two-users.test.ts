// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Proves that the build which runs standalone also works in a real Nextcloud: two people of one group make a plan,
 * find it, write in it together and lose nothing when the sync server is killed; a third learns nothing of it.
 *
 * Everything is real: the built app, Nextcloud's sessions and tokens, the sync server as a process, the browser.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RECONNECT_MAX_MS } from '@auzolan/shared/limits.ts'
import { DESKTOP, PHONE, picture } from '../support/browser.ts'
import { editor, onServer, prose, same, typeAtEnd } from '../support/plan-page.ts'
import { startTestServer, until } from '../support/server.ts'
import { hasChromium, launchChromium, logIn } from './browser.ts'
import { watchComplaints, type Complaints } from './complaints.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath, pluginPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const OTHER_SECRET = 'fedcba9876543210'.repeat(4)
const GROUP = 'Komunikazioa'
const TEAM = 'Sare sozialen lantaldea'
const TITLE = 'Sare sozialetako plana 2027'
const NO_ACCESS = 'This does not exist, or you have no access to it.'
const OTHER_SECRETS = 'The server does not recognise the pass that Nextcloud gave.'

interface Visit {
  readonly page: Page
  readonly complaints: Complaints
}

const canRun = nextcloudPath !== null && hasChromium
describe.runIf(canRun)('two people in a real Nextcloud', { timeout: 90_000 }, () => {
  let nextcloud: Nextcloud
  let server: Awaited<ReturnType<typeof startTestServer>>
  let browser: Browser
  let ane: BrowserContext
  let jon: BrowserContext
  let miren: BrowserContext
  /** Address of the plan inside the app, once there is one. */
  let plan: string

  const people: { [uid: string]: Person } = {}
  async function session(uid: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-GB', ...options })
    await logIn(context, nextcloud.url, uid, people[uid]!.password)
    return context
  }
  async function visit(context: BrowserContext, path: string): Promise<Visit> {
    const page = await context.newPage()
    const complaints = watchComplaints(page, { nextcloud: nextcloud.url, syncServer: server.url })
    await page.goto(`${nextcloud.url}/index.php/apps/auzolan/${path}`)
    return { page, complaints }
  }
  const openPlan = (context: BrowserContext): Promise<Visit> => visit(context, `${plan}/planning/whom`)

  beforeAll(async () => {
    if (!existsSync(join(pluginPath, 'js/auzolan-main.mjs')))
      throw new Error('The app is not built; run: npm run build')
    nextcloud = await startNextcloud()
    for (const [uid, name] of [
      ['ane', 'Ane Etxeberria'],
      ['jon', 'Jon Agirre'],
      ['miren', 'Miren Zabala'],
    ] as const)
      people[uid] = await nextcloud.addUser(uid, `${uid}-password`, name)
    await nextcloud.addGroup(GROUP, 'ane', 'jon')
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    await nextcloud.setConfig(server.url, SECRET)
    browser = await launchChromium()
    ane = await session('ane')
    jon = await session('jon')
    miren = await session('miren')
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await nextcloud?.stop()
  })

  test('one makes a team with a group of Nextcloud, and its first plan; the other finds it on Home', async () => {
    const first = await visit(ane, '')
    await first.page.getByRole('link', { name: 'New team' }).first().click()
    await first.page.locator('#team-name-eu').fill(TEAM)
    await first.page.getByRole('button', { name: 'Create the team' }).click()
    await first.page.getByRole('heading', { name: TEAM, level: 1 }).waitFor()
    await first.page.getByRole('button', { name: 'Add a member' }).click()
    const member = first.page.getByRole('dialog')
    await member.locator('#member-who').pressSequentially('komun')
    await first.page.locator('.vs__dropdown-option', { hasText: GROUP }).first().click()
    await settled(first.page)
    await picture(first.page, 'nextcloud-member-desktop')
    await member.getByRole('button', { name: 'Add to the team' }).click()
    await first.page.locator('.members b', { hasText: GROUP }).waitFor()
    await picture(first.page, 'nextcloud-team-desktop')

    await first.page.getByRole('link', { name: 'Home' }).click()
    await first.page.getByRole('button', { name: 'Write the first plan' }).click()
    const dialog = first.page.getByRole('dialog', { name: 'New plan' })
    await dialog.getByLabel('Title in Basque').fill(TITLE)
    await settled(first.page)
    await picture(first.page, 'nextcloud-dialog-desktop')
    await dialog.getByRole('button', { name: 'Create the plan' }).click()
    await first.page.getByRole('heading', { name: TITLE, level: 1 }).waitFor()
    plan = /\/index\.php\/apps\/auzolan\/(d\/[0-9a-f-]{36})\/planning$/.exec(first.page.url())?.[1] ?? ''
    expect(plan).not.toBe('')

    const second = await visit(jon, '')
    const found = second.page.locator('.home .list').getByRole('link', { name: TITLE })
    expect(await found.textContent()).toContain(TEAM)
    await found.click()
    await second.page.getByRole('heading', { name: TITLE, level: 1 }).waitFor()
    expect(second.page.url()).toContain(`/index.php/apps/auzolan/${plan}`)
    expect([...first.complaints.ours, ...second.complaints.ours]).toEqual([])
    await Promise.all([first.page.close(), second.page.close()])
  })

  test('both write in the same answer and in the same list, and see each other', async () => {
    const [a, b] = await Promise.all([openPlan(ane), openPlan(jon)])
    await Promise.all([editor(a.page).waitFor(), editor(b.page).waitFor()])
    await Promise.all([typeAtEnd(a.page, ' Herritar guztiei.'), typeAtEnd(b.page, ' Gazteei batez ere.')])
    await same(a.page, b.page, ['Herritar guztiei.', 'Gazteei batez ere.'])
    await a.page.locator('.az-caret__name', { hasText: 'Jon Agirre' }).waitFor()
    await b.page.locator('.az-caret__name', { hasText: 'Ane Etxeberria' }).waitFor()
    for (const { page } of [a, b]) await pictureLoads(page)

    const rows = (page: Page) => page.locator('[data-path="audiences"] [data-record]')
    const before = await rows(a.page).count()
    const add = (page: Page) =>
      page.locator('[data-path="audiences"]').getByRole('button', { name: 'Add an audience' }).click()
    await Promise.all([add(a.page), add(b.page)])
    for (const { page } of [a, b])
      await until(async () => (await rows(page).count()) === before + 2, 'both see both new audiences')

    await Promise.all([onServer(a.page), onServer(b.page)])
    expect([...a.complaints.ours, ...b.complaints.ours]).toEqual([])
    await Promise.all([a.page.close(), b.page.close()])
  })

  test("a person is found with Nextcloud's own search", async () => {
    const { page, complaints } = await visit(ane, `${plan}/planning/who`)
    const responsible = page.locator('[data-path="planning.responsible"]')
    await responsible.locator('input').fill('Agirre')
    await page.getByRole('option', { name: 'Jon Agirre' }).click()
    await responsible.getByText('Jon Agirre').waitFor()
    await onServer(page)
    await settled(page)
    await picture(page, 'nextcloud-person-desktop')
    expect(complaints.ours).toEqual([])
    await page.close()
  })

  test('the server is killed while both type; nothing that it had acknowledged is lost, and the pages go on', async () => {
    const [a, b] = await Promise.all([openPlan(ane), openPlan(jon)])
    await Promise.all([editor(a.page).waitFor(), editor(b.page).waitFor()])
    await typeAtEnd(a.page, ' HARTUA.')
    await same(a.page, b.page, ['HARTUA.'])
    await Promise.all([onServer(a.page), onServer(b.page)])
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const typing = Promise.all([typeAtEnd(a.page, ` A:${letters}`), typeAtEnd(b.page, ` J:${letters}`)])
    await new Promise((resolve) => setTimeout(resolve, 150))
    await server.kill()
    await typing
    await a.page.getByText('Offline: your changes are kept on this device').waitFor()
    await picture(a.page, 'nextcloud-offline-desktop')
    await server.start()
    await until(
      async () => {
        const [one, two] = await Promise.all([prose(a.page), prose(b.page)])
        // Two people typing at one place may mix their letters; each has to be there twice.
        return one === two && letters.split('').every((letter) => one.split(letter).length > 2)
      },
      'both pages agree and everything typed is there',
      RECONNECT_MAX_MS,
    )
    await Promise.all([onServer(a.page), onServer(b.page)])

    // A browser that knows nothing shows what the server has.
    const fresh = await session('ane')
    const cold = await openPlan(fresh)
    await editor(cold.page).waitFor()
    expect(await prose(cold.page)).toBe(await prose(b.page))
    expect(await prose(cold.page)).toContain('HARTUA.')
    // While the server is away, what goes through Nextcloud is answered with a 502.
    const said = [a, b, cold].flatMap(({ complaints }) => complaints.ours)
    expect(said.filter((complaint) => !/\b502\b.*\/relay\//.test(complaint))).toEqual([])
    await Promise.all([a.page.close(), b.page.close(), fresh.close()])
  })

  test('somebody outside the group learns nothing of it', async () => {
    const opened = await visit(miren, plan)
    await opened.page.getByText(NO_ACCESS).waitFor()
    await picture(opened.page, 'nextcloud-no-access-desktop')
    // The one complaint is Chromium's, about the answer that says so.
    expect(opened.complaints.ours).not.toEqual([])
    for (const complaint of opened.complaints.ours) expect(complaint).toContain('404')
    await opened.page.getByRole('button', { name: 'All documents' }).click()
    await opened.page.getByRole('button', { name: 'Write the first plan' }).waitFor()
    expect(await opened.page.content()).not.toContain(TITLE)
    await opened.page.close()
  })

  test('the screen is in the language that the person has in Nextcloud', async () => {
    await nextcloud.occ('user:setting', 'jon', 'core', 'lang', 'eu')
    try {
      const { page, complaints } = await visit(jon, '')
      await page.getByRole('heading', { name: 'Hasiera', level: 1 }).waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe('eu')
      await page.locator('.home .list').getByRole('link', { name: TITLE }).click()
      await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor()
      await page.getByText('Zirriborroa', { exact: true }).waitFor()
      await picture(page, 'nextcloud-basque-desktop')
      expect(complaints.ours).toEqual([])
      await page.close()
    } finally {
      await nextcloud.occ('user:setting', 'jon', 'core', 'lang', '--delete')
    }
  })

  describe('when the connection is set up wrongly', () => {
    afterAll(() => nextcloud.setConfig(server.url, SECRET))

    test('another secret gets a sentence, on Home and in a document', async () => {
      await nextcloud.setConfig(server.url, OTHER_SECRET)
      const home = await visit(ane, '')
      await home.page.getByText(OTHER_SECRETS).waitFor()
      await picture(home.page, 'nextcloud-other-secret-desktop')
      const document = await openPlan(ane)
      await document.page.getByText(OTHER_SECRETS).waitFor()
      await nextcloud.setConfig(server.url, SECRET)
      for (const { page } of [home, document]) await page.getByRole('button', { name: 'Try now' }).click()
      await home.page.locator('.home .list').getByRole('link', { name: TITLE }).waitFor()
      await editor(document.page).waitFor()
      await Promise.all([home.page.close(), document.page.close()])
    })

    test('no connection gets its own screen; pages that were open say the same', async () => {
      const newcomer = await session('jon')
      const homes = await Promise.all([visit(jon, ''), visit(newcomer, '')])
      const links = homes.map((home) => home.page.locator('.home .list').getByRole('link', { name: TITLE }))
      await Promise.all(links.map((link) => link.waitFor()))
      await nextcloud.setConfig('', '')
      for (const link of links) await link.click()
      for (const home of homes) await home.page.getByText(/Auzolan is not connected yet/).waitFor()
      // Where the device has a copy of the plan, it can be read and written all the same.
      await homes[0]!.page.getByRole('heading', { name: TITLE, level: 1 }).waitFor()
      await picture(homes[0]!.page, 'nextcloud-disconnected-copy-desktop')
      await picture(homes[1]!.page, 'nextcloud-disconnected-desktop')
      await Promise.all([homes[0]!.page.close(), newcomer.close()])

      const { page, complaints } = await visit(jon, '')
      await page.getByText('Auzolan is not connected yet').waitFor()
      await picture(page, 'nextcloud-not-connected-desktop')
      expect(complaints.ours).toEqual([])
      await page.close()
    })
  })

  test('an error of ours would not be overlooked', async () => {
    const { page, complaints } = await visit(ane, '')
    await page.locator('.home .list').waitFor()
    await page.evaluate(() => console.error('said by no file of Nextcloud'))
    await until(() => complaints.ours.length === 1, 'it is noticed')
    await page.close()
  })

  describe.each([
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const)('on a %s', (device, viewport) => {
    test.each(['light', 'dark'] as const)(
      'in %s, everything is inside the frame of Nextcloud',
      async (colorScheme) => {
        const context = await session('ane', { viewport, colorScheme, hasTouch: device === 'phone' })
        const { page, complaints } = await visit(context, '')
        await page.locator('.home .list').waitFor()
        await inFrame(page)
        await settled(page)
        await picture(page, `nextcloud-home-${device}-${colorScheme}`)

        const document = await openPlan(context)
        await editor(document.page).waitFor()
        await onServer(document.page)
        await inFrame(document.page)
        await leftAlone(document.page)
        await settled(document.page)
        await picture(document.page, `nextcloud-plan-${device}-${colorScheme}`)
        expect([...complaints.ours, ...document.complaints.ours]).toEqual([])

        await page.goto(`${nextcloud.url}/index.php/settings/user`)
        await picture(page, `nextcloud-settings-${device}-${colorScheme}`)
        await page.goto(`${nextcloud.url}/index.php/apps/files/`)
        await picture(page, `nextcloud-files-${device}-${colorScheme}`)
        await context.close()
      },
    )
  })
})

/** Nextcloud draws the avatars itself. */
const pictureLoads = (page: Page): Promise<void> =>
  until(
    () =>
      page
        .locator('header img.face')
        .first()
        .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0),
    'the avatar of the other is shown',
  )

/** Below Nextcloud's header, as wide as the window at most, and nothing to scroll but our own columns. */
async function inFrame(page: Page): Promise<void> {
  const frame = await page.evaluate(() => {
    const header = document.getElementById('header')!.getBoundingClientRect()
    const content = document.querySelector('#content-vue')!.getBoundingClientRect()
    const { scrollWidth, scrollHeight } = document.documentElement
    return {
      belowHeader: content.top >= header.bottom - 1,
      insideWindow: content.left >= 0 && content.right <= innerWidth && content.bottom <= innerHeight + 1,
      scrolls: scrollWidth > innerWidth || scrollHeight > innerHeight + 1,
    }
  })
  expect(frame).toEqual({ belowHeader: true, insideWindow: true, scrolls: false })
}

/** Nextcloud's server.css draws every button as a filled pill, unless it has this class (see style.css). */
async function leftAlone(page: Page): Promise<void> {
  const drawn = await page
    .locator('.az button:not(.button-vue, [class^=vs__]), .az .button')
    .evaluateAll((buttons) => buttons.map((button) => button.outerHTML.slice(0, 120)))
  expect(drawn, 'buttons without the class button-vue').toEqual([])
  const text = page.locator('.az .ProseMirror').first()
  const style = await text.evaluate((element) => {
    const { borderTopWidth, marginTop, cursor } = getComputedStyle(element)
    return {
      borderTopWidth,
      marginTop,
      cursor,
      narrow: element.clientWidth < element.parentElement!.clientWidth,
    }
  })
  expect(style).toEqual({ borderTopWidth: '0px', marginTop: '0px', cursor: 'text', narrow: false })
}

/** Pictures are of what stays. A transition begins a frame or two after what causes it. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame)
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {})))
  })
