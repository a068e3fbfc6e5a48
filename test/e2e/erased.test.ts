/** Somebody is erased while others have the plan open: they go on writing, and what that person did is by a pseudonym. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import {
  ARRANGING,
  COMMENTS,
  COMPACTION,
  JOURNAL,
  KEEPER,
  LOG,
  NAMES,
} from '@auzolan/server/src/container.ts'
import { PersonalData } from '@auzolan/server/src/personal-data/personal-data.ts'
import { DESKTOP, PHONE, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'
import { englishOn, overflowing } from '../support/looks.ts'
import { onServer, typeAtEnd } from '../support/plan-page.ts'
import { until } from '../support/server.ts'

const ERASED = 'kultura-cm'

describe('whoever is erased', { timeout: 120_000 }, () => {
  let demo: DemoHere
  let browser: Browser
  let plan: string
  beforeAll(async () => {
    demo = await startDemoHere()
    browser = await launchBrowser()
    plan = await demo.plan()
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
  })
  const open = async (
    person: string,
    viewport: { width: number; height: number } = DESKTOP,
    language: 'en' | 'eu' = 'en',
  ): Promise<Tab> => {
    const tab = await openTab(browser, demo.url, `/apps/auzolan/d/${plan}/planning/whom`, {
      person,
      language,
      viewport,
    })
    tab.page.setDefaultTimeout(20_000)
    return tab
  }

  it('[ER7] is a pseudonym to others, who go on writing in the page they have open', async () => {
    const gone = await open(ERASED)
    await typeAtEnd(gone.page, 'Kulturak idatzia. ')
    await onServer(gone.page)
    await gone.page.locator('[data-path="planning.whomAnswer"]').locator('.talk').click()
    const panel = gone.page.locator('.app-sidebar')
    await panel.getByRole('textbox', { name: 'Comment' }).fill('Hau aldatu behar da.')
    await panel.locator('form').getByRole('button', { name: 'Send' }).click()
    await gone.page.locator('.app-sidebar .thread', { hasText: 'Hau aldatu behar da.' }).waitFor()
    await gone.page.waitForTimeout(1_000)
    expect(gone.complaints).toEqual([])
    await gone.page.context().close()

    const stays = await open('gazteria-teknikaria')
    await typeAtEnd(stays.page, 'Gazteriak idatzia. ')
    await onServer(stays.page)

    const c = demo.container
    const person = new PersonalData({
      journal: c.resolve(JOURNAL),
      arranging: c.resolve(ARRANGING),
      comments: c.resolve(COMMENTS),
      compaction: c.resolve(COMPACTION),
      keeper: c.resolve(KEEPER),
      names: c.resolve(NAMES),
      folder: demo.dataFolder,
      log: c.resolve(LOG),
      now: () => new Date(),
      knownEverywhere: async () => {},
      // The people of the demo cannot leave it.
      askNow: async () => refusal('ACCESS_ENDED', 'gone'),
    })
    const report = await person.erase(ERASED as PersonId, 'test', async () => {})
    if (isRefusal(report)) throw new Error(report.detail)
    expect(report).toMatchObject({ logsWaiting: 0, rewritten: true })

    const editor = stays.page.locator('[data-path="planning.whomAnswer"] .ProseMirror')
    const reads = async (words: string): Promise<boolean> => (await editor.innerText()).includes(words)
    // Typed while the log begins anew: it is in the text, or kept as a draft and said to be.
    await typeAtEnd(stays.page, 'Eta aurrera. ')
    const draft = stays.page.getByText('It is kept here as a draft.')
    await until(
      async () => (await draft.isVisible()) || (await reads('Eta aurrera.')),
      'nothing typed is lost',
    )
    await until(async () => {
      if (!(await reads('Berriro.'))) await typeAtEnd(stays.page, 'Berriro. ')
      await onServer(stays.page)
      return reads('Berriro.')
    }, 'they go on')
    for (const words of ['Kulturak idatzia.', 'Gazteriak idatzia.']) expect(await reads(words)).toBe(true)

    await stays.page.locator('[data-path="planning.whomAnswer"]').locator('.talk').click()
    const thread = stays.page.locator('.app-sidebar .thread', { hasText: 'Hau aldatu behar da.' })
    await thread.waitFor()
    await until(async () => (await thread.innerText()).includes(report.pseudonym!), 'it is by a pseudonym')
    expect(await thread.locator('.letter').count()).toBeGreaterThan(0)
    await picture(stays.page, 'erased-comment-desk')
    expect(stays.complaints).toEqual([])
    await stays.page.context().close()

    const phone = await open('alkatetza', PHONE, 'eu')
    await phone.page.locator('[data-path="planning.whomAnswer"]').locator('.talk').click()
    await phone.page.locator('.app-sidebar .thread', { hasText: 'Hau aldatu behar da.' }).waitFor()
    await picture(phone.page, 'erased-comment-phone')
    expect([await englishOn(phone.page, 'eu'), await overflowing(phone.page), phone.complaints]).toEqual([
      [],
      [],
      [],
    ])
    await phone.page.context().close()
  })
})
