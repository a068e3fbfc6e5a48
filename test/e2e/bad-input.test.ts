/** What the screen says when something is wrong: each time a sentence, the next step, and nothing lost. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PASTE_MAX_CHARACTERS, PASTE_TOTAL_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { launchBrowser, openTab, picture } from '../support/browser.ts'
import { refusals } from '../support/refusing.ts'
import { startTestServer, until } from '../support/server.ts'

let server: Awaited<ReturnType<typeof startTestServer>>
let browser: Browser
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})
const open = (path: string) => openTab(browser, server.url, `/apps/auzolan/${path}`, { language: 'en' })

describe('addresses', () => {
  it.each([
    ['a document that does not exist', 'd/00000000-0000-4000-8000-000000000000'],
    ['an address that is no document', 'd/nonsense'],
  ])('%s gets a sentence and a way out', async (_what, path) => {
    const { page, close } = await open(path)
    await page.getByText('This does not exist, or you have no access to it.').waitFor()
    await page.getByRole('button', { name: 'All documents' }).click()
    await page.locator('.home .list li').first().waitFor()
    await close()
  })

  it('an unknown page leads home', async () => {
    const { page, close } = await open('there/is/nothing')
    await page.locator('.home .list li').first().waitFor()
    await close()
  })
})

describe('what people type', () => {
  it('an absurd paste is refused whole, and the text stays as it was; one that needs several pieces goes in', async () => {
    const { page, close } = await open(`d/${plan}/planning/whom`)
    const editor = page.locator('[data-path="planning.whomAnswer"] .ProseMirror')
    await editor.click()
    const before = await editor.textContent()
    const paste = (characters: number): Promise<void> =>
      editor.evaluate((element, length) => {
        const data = new DataTransfer()
        data.setData('text/plain', 'x'.repeat(length))
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      }, characters)
    await paste(PASTE_TOTAL_MAX_CHARACTERS + 1)
    await page.getByText('too long to paste at once').waitFor()
    expect(await editor.textContent()).toBe(before)
    const characters = PASTE_MAX_CHARACTERS * 2 + 1
    await paste(characters)
    await until(async () => (await editor.textContent())!.split('x').length > characters, 'the text is there')
    await until(
      async () =>
        (await page.locator('.ledger .line').getAttribute('aria-label'))!.includes('On the server,'),
      'and on the server',
    )
    await close()
  })

  it.each(['-1', '169', 'many', '1e9'])(
    '“%s” hours a week is refused with the limits; nothing is changed',
    async (hours) => {
      const { page, close } = await open(`d/${plan}/profiles/mastodon`)
      const input = page.locator('[data-path="profiles/mastodon/hoursPerWeek"] input')
      await input.fill(hours)
      await input.blur()
      await page.getByText('A number from 0 to 168, please; nothing was changed.').waitFor()
      await until(
        async () =>
          (await page.locator('[data-path="profiles/mastodon"]').textContent())!.includes('3 h a week'),
        'it is still 3',
      )
      await close()
    },
  )

  it.each(['0', '168', '2,5'])('“%s” hours a week is taken', async (hours) => {
    const { page, close } = await open(`d/${plan}/profiles/telegram`)
    const input = page.locator('[data-path="profiles/telegram/hoursPerWeek"] input')
    await input.fill(hours)
    await input.blur()
    const shown = `${hours.replace(',', '.')} h a week`
    await until(
      async () =>
        (await page.locator('article[data-path="profiles/telegram"]').textContent())!.includes(shown),
      shown,
    )
    await close()
  })

  it('a title at its limit is taken, one letter more is left out with a sentence', async () => {
    const { page, close } = await open(`d/${plan}/identity`)
    const input = page.locator('[data-path="identity.title"] input')
    await input.fill('t'.repeat(200))
    expect(await input.inputValue()).toHaveLength(200)
    await input.press('End')
    await input.press('x')
    await page.getByText('No more than 200 characters fit here').waitFor()
    expect(await input.inputValue()).toBe('t'.repeat(200))
    await close()
  })

  it('a plan without a title is not made, and the dialogue says what it needs', async () => {
    const { page, close } = await open('')
    await page.getByRole('button', { name: 'New plan' }).click()
    await page.getByRole('button', { name: 'Create the plan' }).click()
    await page.getByText('Write a title').waitFor()
    await close()
  })
})

describe('the network', () => {
  it('a network that lets no WebSocket through: the page opens over HTTP', async () => {
    const context = await browser.newContext()
    await context.routeWebSocket(/\/sync\//, (socket) => socket.close({ code: 1001 }))
    const { page } = await openTab(browser, server.url, `/apps/auzolan/d/${plan}`, {
      language: 'en',
      context,
    })
    await page.locator('.question').first().waitFor()
    await context.close()
  })

  it('an edit that the server refuses becomes a draft that can be read and copied, also after a reload', async () => {
    const context = await browser.newContext()
    const { begin, end } = await refusals(context)
    const { page } = await openTab(browser, server.url, `/apps/auzolan/d/${plan}/principles`, {
      language: 'en',
      context,
    })
    const source = page.locator('[data-path="principles.editorialSource"]')
    await source.locator('input').waitFor()
    begin()
    await source.locator('input').fill('https://www.haranberri.example/REFUSED')
    await page.getByText('It is kept here as a draft.').waitFor()
    end()
    await until(
      async () => !(await source.locator('input').inputValue()).includes('REFUSED'),
      'the text of the server is back',
    )
    await page.reload()
    await page.getByRole('button', { name: 'Show drafts' }).click()
    await page.getByRole('dialog').getByText('haranberri.example/REFUSED').waitFor()
    await picture(page, 'draft-desktop')
    await context.close()
  })
})
