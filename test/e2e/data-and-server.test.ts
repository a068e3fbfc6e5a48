/** Data and server: what administrators read of where everything is, in good and bad days, and the report they take away. */
import { readFile, rm } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataAndServer } from '@auzolan/shared/protocol/kept.ts'
import { makeBackup } from '@auzolan/server/src/backup/make.ts'
import { noteBackup } from '@auzolan/server/src/backup/state.ts'
import { axeViolations, launchBrowser, openTab, PHONE, picture, type Tab } from '../support/browser.ts'
import { looksRight, overflowing } from '../support/looks.ts'
import { NO_POSTGRES, freshDatabase } from '../support/postgres.ts'
import { startTestServer, temporaryFolder } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const ADMINISTRATOR = 'informatika-arduraduna'
const ROUTE = '**/api/v1/administration/data'
/** What the server of a house with Nextcloud would say, made of what the demo says. */
type Change = (told: DataAndServer) => DataAndServer
async function open(
  language: 'en' | 'es' | 'eu' | 'ca' = 'en',
  change?: Change,
  person = ADMINISTRATOR,
): Promise<Tab> {
  const tab = await openTab(browser, server.url, '/apps/auzolan/', { person, language })
  tab.page.setDefaultTimeout(20_000)
  if (change)
    await tab.page.route(ROUTE, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: change((await answer.json()) as DataAndServer) })
    })
  await go(tab.page)
  return tab
}
/** Within the page, so that what is changed on the way stays so. */
async function go(page: Page): Promise<void> {
  const address = new URL(page.url())
  address.pathname = '/apps/auzolan/data'
  await page.goto(address.href)
  await page.locator('h1').waitFor()
}

const house: Change = (told) => ({
  ...told,
  demo: false,
  nextcloud: {
    url: 'https://hodeia.haranberri.example',
    reachedAt: 'https://hodeia.haranberri.example',
    address: '10.0.4.11',
    sameMachine: false,
    standing: 'ok',
    standingSince: told.server.startedAt,
    calls: [
      { what: 'users', times: 1204, lastAt: told.now, answeredAt: told.now },
      { what: 'notify', times: 37, lastAt: told.now, answeredAt: told.now },
      { what: 'ping', times: 2, lastAt: told.server.startedAt, answeredAt: told.server.startedAt },
    ],
  },
  kinds: [
    ...told.kinds,
    ...(['archive', 'told', 'settings'] as const).map((id) => ({
      id,
      place: 'nextcloud' as const,
      tables: [],
      files: [],
      bytes: null,
      count: null,
      kept: { rule: 'nextcloud' as const },
      protection: ['nextcloud' as const],
    })),
  ],
  checks: told.checks.map(({ check }) => ({ check, state: 'ok' as const })),
  backups: {
    made: {
      at: told.now,
      path: '/srv/kopiak/auzolan-20261127.tar.age',
      bytes: 26_000_000,
      encrypted: true,
      faults: 0,
      disk: 'other',
      late: false,
    },
    tested: { at: told.now, madeAt: told.now, faults: 0, late: false },
  },
})
const lead = (page: Page): Promise<string> => page.locator('.data .lead').innerText()

describe('an administrator', () => {
  it('[DS8] reads the demo as what it is, finds it at the foot of the navigation, and takes the report away', async () => {
    const tab = await openTab(browser, server.url, '/apps/auzolan/', {
      person: ADMINISTRATOR,
      language: 'en',
    })
    const { page } = tab
    await page.getByRole('link', { name: 'Data and server' }).click()
    await page.getByRole('heading', { level: 1, name: 'Data and server' }).waitFor()
    await page.locator('.data .lead').waitFor()
    expect(await lead(page)).toBe(
      'This is a demo: everything is in one folder of this computer, and there is no Nextcloud. The server connects to nothing.',
    )
    expect(await page.locator('.places > li').count()).toBe(3)
    const audit = page.getByRole('row', { name: /Audit log/ })
    expect(await audit.getByRole('cell').first().innerText()).toBe('auzolan.sqlite: audit')
    expect(await audit.getByRole('cell').nth(1).innerText()).toMatch(/^[\d.]+ [KM]B$/)

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Report for the DPO' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^auzolan-data-\d{4}-\d\d-\d\d\.html$/)
    const report = await readFile(await download.path(), 'utf8')
    expect(report).toContain('everything is in <strong>one folder of this computer</strong>')
    expect(report).toContain('Report for the data protection officer. Haranberriko Udala')
    expect(report).toContain('Consents of people who are shown')
    const paper = await browser.newPage()
    await paper.setContent(report)
    expect(await axeViolations(paper)).toEqual([])
    await picture(paper, 'data-and-server-report')
    await paper.close()
    expect(report).not.toMatch(/<script|<a |<button|data-v-|https?:\/\//)

    const [log] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as JSON' }).click(),
    ])
    expect(JSON.parse(await readFile(await log.path(), 'utf8'))).toMatchObject({ scope: 'all', to: null })
    expect(tab.complaints).toEqual([])
    await tab.close()
  }, 90_000)

  it('[DS9] is told of two machines, one machine, and of what nobody knows yet, each as it is', async () => {
    for (const [sameMachine, says] of [
      [false, 'Everything is on two machines, this server and that of Nextcloud, and'],
      [true, 'Everything is on one machine, which has Nextcloud too, and'],
      [null, 'whether the two share a machine is not known yet'],
    ] as const) {
      const { page, close } = await open('en', (told) => {
        const at = house(told)
        return { ...at, nextcloud: { ...at.nextcloud!, sameMachine } }
      })
      await page.locator('.data .lead').waitFor()
      expect(await lead(page)).toContain(says)
      expect(await lead(page)).toContain('Backups are on another disk.')
      expect(await lead(page)).toContain('The server connects to nothing but Nextcloud.')
      // All is well: nothing warns, and four facts are there with their dates.
      expect(await page.locator('.worst').count()).toBe(0)
      expect(await page.locator('dl .value').allInnerTexts()).toHaveLength(4)
      await close()
    }
  }, 90_000)

  it.skipIf(NO_POSTGRES)(
    '[DS9] is told of a database that servers share, of which no folder holds a part',
    async () => {
      const database = await freshDatabase()
      const shared = await startTestServer(undefined, { AUZOLAN_DATABASE_URL: database.url })
      for (const [language, size] of [
        ['en', undefined],
        ['eu', undefined],
        ['es', PHONE],
      ] as const) {
        const tab = await openTab(browser, shared.url, '/apps/auzolan/data', {
          person: ADMINISTRATOR,
          language,
          ...(size ? { viewport: size } : {}),
        })
        const { page } = tab
        await page.locator('.data .lead').waitFor()
        await looksRight(page, `data-and-server-shared-${size ? 'phone' : 'desk'}`, language)
        expect(await page.locator('.data').innerText()).not.toMatch(/sqlite|signing-keys|backups\.json/)
        if (language === 'en') {
          expect(await lead(page)).toBe(
            'This is a demo: everything is in one database, and there is no Nextcloud. The server connects to these alone: its database.',
          )
          const audit = page.getByRole('row', { name: /Audit log/ })
          expect(await audit.getByRole('cell').first().innerText()).toBe('audit')
          expect(await audit.getByRole('cell').nth(2).innerText()).toContain(
            'For whoever may read the database',
          )
          expect(await page.locator('dl .value').allInnerTexts()).toHaveLength(3)
        }
        expect(tab.complaints).toEqual([])
        await tab.close()
      }
      await shared.stop()
      await database.drop()
    },
    120_000,
  )

  it('[DS10] gets one warning at most, the worst first; what was never tried out, or cannot be read, is never green', async () => {
    const { page, close } = await open('en', (told) => {
      const at = house(told)
      return {
        ...at,
        nextcloud: { ...at.nextcloud!, standing: 'unreachable' },
        backups: { made: { ...at.backups.made!, disk: 'same' }, tested: null },
      }
    })
    const warning = page.locator('.worst')
    await warning.waitFor()
    expect(await warning.count()).toBe(1)
    expect(await warning.innerText()).toContain('The server does not reach Nextcloud. Since')
    expect(await warning.innerText()).toContain(
      'Besides: No backup was ever tried out here and Backups are on the same disk as the data.',
    )
    await warning.getByRole('link', { name: 'Put it right' }).waitFor()
    const never = page.locator('dl > div').filter({ hasText: 'Last backup that was tried out' })
    expect(await never.innerText()).toContain('Never')
    expect(await never.locator('.az-complete').count()).toBe(0)
    await close()

    const unread = await open('en', (told) => ({
      ...house(told),
      asOf: null,
      unreadSince: told.now,
      kinds: told.kinds.map((kind) => ({ ...kind, bytes: null, count: null })),
      server: { ...told.server, databaseBytes: null, filesBytes: null },
      checks: [],
    }))
    await unread.page.locator('.worst').waitFor()
    expect(await unread.page.locator('.worst').innerText()).toContain(
      'What is on the server cannot be read since Today',
    )
    expect(await unread.page.locator('.az-complete').count()).toBe(0)
    expect(await lead(unread.page)).toContain('Where backups are cannot be read at the moment.')
    expect(await unread.page.getByRole('row', { name: /Audit log/ }).innerText()).toContain('Not known')
    await unread.close()
  }, 90_000)

  it('[DS10] a backup of this very folder is found, and that nobody has tried it out', async () => {
    const to = await temporaryFolder()
    const made = await makeBackup({
      folder: server.dataFolder,
      to,
      recipients: [],
      keep: null,
      now: () => new Date(),
      progress: () => {},
    })
    const { path, bytes, sha256 } = made
    const at = new Date().toISOString()
    await noteBackup(server.dataFolder, { made: { at, path, bytes, sha256, encrypted: false, faults: 0 } })
    await server.terminate()
    await server.start()
    const { page, close } = await open('en')
    const last = page.locator('dl > div').filter({ has: page.getByText('Last backup', { exact: true }) })
    await last.waitFor()
    expect(await last.innerText()).toMatch(/Today, \d\d:\d\d\s+complete/)
    await page.locator('.places').getByText(to).waitFor()
    await close()
    await rm(to, { recursive: true })
  }, 90_000)

  it('[DS8] waits with words, and reads kindly why nothing comes', async () => {
    const tab = await openTab(browser, server.url, '/apps/auzolan/', {
      person: ADMINISTRATOR,
      language: 'en',
    })
    let answers = false
    let asked: (() => void) | undefined
    const waiting = new Promise<void>((resolve) => (asked = resolve))
    await tab.page.route('**/administration/data', async (route) => {
      if (answers) return route.continue()
      await waiting
      await route.fulfill({ status: 503, json: { code: 'TRY_AGAIN' } })
    })
    await go(tab.page)
    await tab.page.getByText('Looking at how much there is of everything…').waitFor()
    asked!()
    const again = tab.page.getByRole('button', { name: 'Try now' })
    await again.waitFor()
    answers = true
    await again.click()
    await tab.page.locator('.data .lead').waitFor()
    await tab.close()
  }, 60_000)
})

it('[DS8] nobody else finds it, and whoever knows the address reads whom it is for', async () => {
  const tab = await open('en', undefined, 'kultura-cm')
  await tab.page.getByText('This page is for administrators of Nextcloud.').waitFor()
  expect(await tab.page.getByRole('link', { name: 'Data and server' }).count()).toBe(0)
  expect(tab.complaints).toEqual([])
  await tab.close()
}, 60_000)

it.each(['eu', 'es'] as const)(
  'the page looks right in %s',
  async (language) => {
    const tab = await open(language, (told) => {
      const at = house(told)
      return { ...at, backups: { ...at.backups, tested: null } }
    })
    await tab.page.locator('.data .lead').waitFor()
    await looksRight(tab.page, 'data-and-server', language)
    expect(tab.complaints).toEqual([])
    await tab.page.locator('#d-connections').evaluate((node) => node.scrollIntoView())
    await picture(tab.page, `data-and-server-connections-${language}`)
    await tab.close()
  },
  120_000,
)

it('the page fits at 320 px, and the demo has no fault for axe either', async () => {
  const tab = await open('ca')
  await tab.page.locator('.data .lead').waitFor()
  await tab.page.setViewportSize({ ...PHONE, width: 320 })
  expect(await overflowing(tab.page)).toEqual([])
  expect(await axeViolations(tab.page)).toEqual([])
  await tab.close()
}, 60_000)
