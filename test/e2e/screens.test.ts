/**
 * Every screen, as a person meets it: at a desk and at 360 px, light and dark, in the four languages; reachable by
 * keyboard, free of axe violations and of English where English was not asked for, and silent in the console.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  DESKTOP,
  PHONE,
  axeViolations,
  launchBrowser,
  openTab,
  picture,
  type TabOptions,
} from '../support/browser.ts'
import { englishOn, overflowing } from '../support/looks.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string
let contexts: { desktop: BrowserContext; phone: BrowserContext }
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  browser = await launchBrowser()
  contexts = {
    desktop: await browser.newContext({ viewport: DESKTOP, locale: 'eu-ES' }),
    phone: await browser.newContext({ viewport: PHONE, locale: 'eu-ES', hasTouch: true }),
  }
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

interface Screen {
  readonly name: string
  readonly path: () => string
  readonly person?: string
  /** Until this is there, the screen is not. */
  readonly ready: string
  readonly then?: (page: Page) => Promise<void>
}

const inPlan = (section: string): string => `/apps/auzolan/d/${plan}/${section}`
const SCREENS: readonly Screen[] = [
  { name: 'choose', path: () => '/', ready: '#choose li' },
  { name: 'home', path: () => '/apps/auzolan/', ready: '.home .list li' },
  {
    name: 'home-empty',
    path: () => '/apps/auzolan/',
    person: 'ingurumen-teknikaria',
    ready: '.home .questions',
  },
  {
    name: 'new-plan',
    path: () => '/apps/auzolan/',
    ready: '.home .list li',
    then: async (page) => {
      await page.locator('.home .top button').last().click()
      await page.locator('#team').waitFor()
    },
  },
  { name: 'identity', path: () => inPlan('identity'), ready: '.ProseMirror' },
  { name: 'planning', path: () => inPlan('planning'), ready: '.ProseMirror' },
  {
    name: 'planning-who',
    path: () => inPlan('planning/who'),
    ready: '.ProseMirror',
    then: (page) => page.locator('.person input').first().waitFor(),
  },
  {
    name: 'planning-why',
    path: () => inPlan('planning/why'),
    ready: '.ProseMirror',
    then: (page) => page.locator('[data-path="purposes"] .fold').first().click(),
  },
  { name: 'planning-where', path: () => inPlan('planning/where'), ready: '.ProseMirror' },
  { name: 'principles', path: () => inPlan('principles'), ready: '.ProseMirror' },
  { name: 'profiles', path: () => inPlan('profiles'), ready: '.grid .card' },
  { name: 'profile', path: () => inPlan('profiles/youtube'), ready: '.app-sidebar .form .person' },
  {
    name: 'checks',
    path: () => inPlan('planning'),
    ready: '.ProseMirror',
    then: async (page) => {
      await page.locator('.first .checks-button:visible, .thumb .checks-button:visible').first().click()
      await page.locator('.checks .bar').waitFor()
    },
  },
  { name: 'read-only', path: () => inPlan('planning'), person: 'alkatetza', ready: '.question.open .read' },
  {
    name: 'no-access',
    path: () => inPlan('planning'),
    person: 'ingurumen-teknikaria',
    ready: '.empty-content',
  },
]

async function show(screen: Screen, options: TabOptions): Promise<Awaited<ReturnType<typeof openTab>>> {
  const tab = await openTab(browser, server.url, screen.path(), {
    ...(screen.person ? { person: screen.person } : {}),
    ...options,
  })
  await tab.page.locator(screen.ready).first().waitFor()
  await screen.then?.(tab.page)
  // The chooser has no ledger; where there is one, wait until it is quiet.
  await tab.page.waitForLoadState('networkidle')
  // Between light and dark nothing may still be fading when its contrast is measured.
  await tab.page.addStyleTag({
    content: '*, *::before, *::after { transition: none !important; animation: none !important }',
  })
  return tab
}

/** What the network tab may contain where the screen is about being refused. */
const expected = (screen: Screen, complaints: readonly string[]): readonly string[] =>
  screen.name === 'no-access' ? complaints.filter((c) => !c.includes('404')) : complaints

describe.each(SCREENS)('$name', (screen) => {
  it.each([
    { size: 'desktop', viewport: DESKTOP },
    { size: 'phone', viewport: PHONE },
  ] as const)(
    'on a $size, light and dark: no axe violation, nothing cut at the side, no English, a silent console',
    async ({ size, viewport }) => {
      const tab = await show(screen, { viewport, context: contexts[size] })
      for (const colorScheme of ['light', 'dark'] as const) {
        await tab.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await picture(tab.page, `${screen.name}-${size}${colorScheme === 'dark' ? '-dark' : ''}-eu`)
        expect(await axeViolations(tab.page), colorScheme).toEqual([])
      }
      expect(await overflowing(tab.page)).toEqual([])
      expect(await englishOn(tab.page, 'eu')).toEqual([])
      expect(expected(screen, tab.complaints)).toEqual([])
      await tab.close()
    },
  )

  it.each(['es', 'ca'] as const)('says nothing in English when asked in %s', async (language) => {
    const tab = await show(screen, { language, viewport: DESKTOP, context: contexts.desktop })
    if (language === 'es') await picture(tab.page, `${screen.name}-desktop-es`)
    expect(await englishOn(tab.page, language)).toEqual([])
    await tab.close()
  })
})

describe('with the keyboard alone', () => {
  it('a person reaches the open question, writes, moves on to the list and to the checks', async () => {
    const tab = await show(
      SCREENS.find((s) => s.name === 'planning')!,
      { language: 'en' },
    )
    const { page } = tab
    const reached = new Set<string>()
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const where = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null
        if (!element || element === document.body) return ''
        const outline = getComputedStyle(element)
        const box = element.closest('.prose') ? getComputedStyle(element.closest('.prose')!) : outline
        const seen =
          outline.outlineStyle !== 'none' || outline.boxShadow !== 'none' || box.boxShadow !== 'none'
        return `${element.closest('[data-path]')?.getAttribute('data-path') ?? element.textContent?.trim()}|${seen ? 'seen' : 'unseen'}|${element.className}`
      })
      if (where) reached.add(where)
    }
    const names = [...reached].join('\n')
    expect(names).toContain('planning.whomAnswer')
    expect(names).toContain('audiences/a4')
    expect([...reached].filter((where) => where.includes('|unseen|'))).toEqual([])
    await tab.close()
  })

  it('an item is moved and removed from its menu, and brought back from another section', async () => {
    const tab = await show(
      SCREENS.find((s) => s.name === 'planning')!,
      { language: 'en' },
    )
    const { page } = tab
    const names = (): Promise<string[]> => page.locator('[data-path="audiences"] .name').allTextContents()
    const before = await names()
    const menu = (item: string) => page.getByRole('button', { name: `Actions for ${item}` })
    const active = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    const choose = async (item: string, action: string): Promise<void> => {
      await menu(item).focus()
      await page.keyboard.press('Enter')
      await until(
        () => page.evaluate(() => document.activeElement?.getAttribute('role') === 'menuitem'),
        'the focus is in the menu',
      )
      for (let i = 0; i < 4 && (await active()) !== action; i++) await page.keyboard.press('ArrowDown')
      expect(await active()).toBe(action)
      await page.keyboard.press('Enter')
      // A menu that is still closing gives the focus back, and would take it from the next one.
      await page.locator('[role=menu]').waitFor({ state: 'detached' })
    }
    await choose('Gazteak', 'Move up')
    await until(async () => (await names())[0] === 'Gazteak', 'it is first')
    await choose('Gazteak', 'Remove')
    await until(async () => !(await names()).includes('Gazteak'), 'it is gone')
    await page.getByRole('link', { name: /Principles and tone/ }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: /The four questions/ }).click()
    await until(async () => (await names()).length === before.length, 'it is back')
    expect((await names())[0]).toBe('Gazteak')
    await tab.close()
  })

  it('a figure that is being typed stays, whoever else changes the plan meanwhile', async () => {
    const at = '/apps/auzolan/d/'
    const mine = await openTab(browser, server.url, `${at}${plan}/profiles/mastodon`, { language: 'en' })
    const theirs = await openTab(browser, server.url, `${at}${plan}/identity`, {
      language: 'en',
      person: 'kultura-cm',
    })
    const hours = mine.page.locator('[data-path="profiles/mastodon/hoursPerWeek"] input')
    await hours.fill('7')
    await hours.press('End')
    await hours.press('7')
    await theirs.page.locator('[data-path="identity.title"] input').press('End')
    await theirs.page.locator('[data-path="identity.title"] input').pressSequentially(' X')
    await mine.page.getByText('2027 X').first().waitFor()
    expect(await hours.inputValue()).toBe('77')
    await Promise.all([mine.close(), theirs.close()])
  })

  it('a check leads to its field, and Escape closes what is open beside the text', async () => {
    const tab = await show(
      SCREENS.find((s) => s.name === 'checks')!,
      { language: 'en' },
    )
    const { page } = tab
    await page.locator('.checks li button').first().focus()
    await page.keyboard.press('Enter')
    await until(
      () =>
        page.evaluate(() => document.activeElement?.closest('[data-path="audiences/a4/languages"]') !== null),
      'the focus is in the languages of the audience',
    )
    expect(await page.locator('.checks').count()).toBe(1)
    await page.keyboard.press('Escape')
    await until(async () => (await page.locator('.checks').count()) === 0, 'the checks are closed')
    await tab.close()
  })
})
