/** The main job in real browser windows: two people write one plan, one loses the network, the server is killed. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESKTOP, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { editor, onServer, prose, same, typeAtEnd } from '../support/plan-page.ts'
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

const open = (person: string, section = 'planning'): Promise<Tab> =>
  openTab(browser, server.url, `/apps/auzolan/d/${plan}/${section}`, {
    person,
    viewport: DESKTOP,
    language: 'en',
  })

describe('two people in two windows', () => {
  it('write in the same paragraph and in the same list, and see each other', async () => {
    const culture = await open('kultura-cm')
    const youth = await open('gazteria-teknikaria')
    await Promise.all([editor(culture.page).waitFor(), editor(youth.page).waitFor()])

    await typeAtEnd(culture.page, ' Kulturak hau dio.')
    // At the end of all of it: in the middle of words that are still on their way, they would stand in the middle.
    await until(async () => (await prose(youth.page)).includes('Kulturak hau dio.'), 'the other sees it')
    await typeAtEnd(youth.page, ' Gazteriak ere bai.')
    await same(culture.page, youth.page, ['Kulturak hau dio.', 'Gazteriak ere bai.'])
    await culture.page.getByText('Gazteriako teknikaria').first().waitFor({ state: 'attached' })
    await culture.page.locator('.az-caret__name', { hasText: 'Gazteriako teknikaria' }).waitFor()
    await picture(culture.page, 'two-people-desktop')

    const rows = (page: Page) => page.locator('[data-path="audiences"] [data-record]')
    const before = await rows(culture.page).count()
    const add = (page: Page) =>
      page.locator('[data-path="audiences"]').getByRole('button', { name: 'Add an audience' })
    await Promise.all([add(culture.page).click(), add(youth.page).click()])
    await until(async () => (await rows(culture.page).count()) === before + 2, 'both new audiences are there')
    await until(async () => (await rows(youth.page).count()) === before + 2, 'for both')
    await Promise.all([onServer(culture.page), onServer(youth.page)])
    expect([...culture.complaints, ...youth.complaints]).toEqual([])
    await Promise.all([culture.close(), youth.close()])
  })

  it('one loses the network for a while and goes on writing; nothing is asked and nothing is lost', async () => {
    const culture = await open('kultura-cm')
    const youth = await open('gazteria-teknikaria')
    await Promise.all([editor(culture.page).waitFor(), editor(youth.page).waitFor()])
    await onServer(culture.page)
    await culture.context.setOffline(true)
    // Chromium keeps an open socket alive when it goes "offline", so the socket is cut as well.
    await server.kill()
    await culture.page.getByText('Offline: your changes are kept on this device').waitFor()
    await server.start()
    await typeAtEnd(culture.page, ' SAREARIK GABE')
    await until(async () => (await prose(youth.page)).length > 0, 'the other page is there')
    await typeAtEnd(youth.page, ' SAREAN')
    await culture.page
      .getByText(/change waits|changes wait/)
      .first()
      .waitFor()
    await picture(culture.page, 'offline-desktop')
    await culture.context.setOffline(false)
    await same(culture.page, youth.page, ['SAREARIK GABE', 'SAREAN'])
    await Promise.all([onServer(culture.page), onServer(youth.page)])
    await Promise.all([culture.close(), youth.close()])
  })

  it('the server is killed while both type; the pages go on by themselves and nothing acknowledged is lost', async () => {
    const culture = await open('kultura-cm')
    const youth = await open('gazteria-teknikaria')
    await Promise.all([editor(culture.page).waitFor(), editor(youth.page).waitFor()])
    const count = (text: string, letter: string): number => text.split(letter).length - 1
    const before = await prose(youth.page)
    const letters = 'abcdefghijklmnopqrstuvwxyz'
    const typing = Promise.all([
      typeAtEnd(culture.page, ` K:${letters}`),
      typeAtEnd(youth.page, ` G:${letters}`),
    ])
    await new Promise((resolve) => setTimeout(resolve, 150))
    await server.kill()
    await typing
    await server.start()
    await until(async () => {
      const text = await prose(youth.page)
      return [...letters].every((letter) => count(text, letter) === count(before, letter) + 2)
    }, 'every letter of both is on the page, once')
    await Promise.all([onServer(culture.page), onServer(youth.page)])
    await until(async () => (await prose(culture.page)) === (await prose(youth.page)), 'both pages agree')
    const cold = await open('komunikazio-arduraduna')
    await editor(cold.page).waitFor()
    expect(await prose(cold.page)).toBe(await prose(youth.page))
    await Promise.all([culture.close(), youth.close(), cold.close()])
  })

  it('one reload without having been online loses nothing that the page said is on this device', async () => {
    const culture = await open('kultura-cm', 'identity')
    const title = (page: Page) => page.locator('[data-path="identity.title"] input')
    await title(culture.page).waitFor()
    await server.kill()
    await culture.page.getByText('Offline: your changes are kept on this device').waitFor()
    await title(culture.page).focus()
    await culture.page.keyboard.press('End')
    await culture.page.keyboard.type(' (berria)')
    await until(
      async () =>
        (await culture.page.locator('.ledger .line').getAttribute('aria-label'))?.match(
          /On this device, \d/,
        ) !== null,
      'it is on the device',
    )
    await server.start()
    await culture.page.reload()
    await title(culture.page).waitFor()
    expect(await title(culture.page).inputValue()).toMatch(/\(berria\)$/)
    await onServer(culture.page)
    await culture.close()
  })
})
