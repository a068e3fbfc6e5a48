/** The network goes while a plan is open: every part of it is there, or says kindly that it is not, and comes when asked again. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PHONE, fetchedAhead, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { completePlan } from '../support/complete.ts'
import { WRITER, startDecidedHere, type DecidedHere } from '../support/decided-here.ts'
import { looksRight } from '../support/looks.ts'
import { onServer } from '../support/plan-page.ts'

let server: DecidedHere
let browser: Browser
beforeAll(async () => {
  server = await startDecidedHere()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

type Options = { language?: 'en' | 'es' | 'eu'; phone?: boolean; refuse?: RegExp }
async function open(path: string, { language = 'en', phone = false, refuse }: Options = {}): Promise<Tab> {
  const context = await browser.newContext({
    viewport: phone ? PHONE : { width: 1440, height: 900 },
    locale: language === 'en' ? 'en-GB' : `${language}-ES`,
    hasTouch: phone,
  })
  if (refuse) await context.route(refuse, (route) => route.abort())
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, {
    person: WRITER,
    language,
    context,
  })
  tab.page.setDefaultTimeout(20_000)
  return { ...tab, close: () => context.close() }
}
/** The stylesheet of the post page is there. */
const isStyled = (page: Page): Promise<string> =>
  page.locator('.post .sheet').evaluate((sheet) => getComputedStyle(sheet).display)

it('a post is written, and every section looked at, without network, though none was looked at before', async () => {
  const id = await server.draft(completePlan())
  const { page, context, close } = await open(`/d/${id}/planning`, { phone: true })
  await onServer(page)
  await fetchedAhead(page)
  await context.setOffline(true)
  const sections = [
    ['profiles', '.profiles, [data-path^="profiles"]'],
    ['identityKit', '[data-path^="identityKit"]'],
    ['participation', '[data-path^="participation"]'],
    ['training', '[data-path^="training"]'],
  ] as const
  for (const [section, shown] of sections) {
    await page.evaluate(
      ([plan, name]) => {
        history.pushState({}, '', `/apps/auzolan/d/${plan}/${name}`)
        dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }))
      },
      [id, section] as const,
    )
    await page.locator(shown).first().waitFor()
  }
  await page.evaluate((plan) => {
    history.pushState({}, '', `/apps/auzolan/d/${plan}/calendar`)
    dispatchEvent(new PopStateEvent('popstate', { state: history.state as unknown }))
  }, id)
  await page.getByRole('button', { name: 'New post' }).click()
  await page.locator('.post [data-path$="/title"] textarea').fill('Trenean idatzia')
  expect(await isStyled(page)).toBe('grid')
  await page.locator('.form [data-path$="/owner"] input').waitFor()
  await page.locator('[data-language="eu"] textarea').first().fill('Kaixo Haranberri')
  expect(await page.locator('.unfetched').count()).toBe(0)
  await context.setOffline(false)
  await onServer(page)
  await close()
}, 180_000)

it('a part that does not come says so, in Basque too, and comes with its looks when it is asked for again', async () => {
  const id = await server.draft(completePlan())
  const refuse = /PostPage-[^/]*\.(mjs|css)$/
  const { page, context, close } = await open(`/d/${id}/calendar`, { language: 'eu', refuse })
  await page.getByRole('button', { name: 'Argitalpen berria' }).click()
  const note = page.locator('.unfetched')
  await note.waitFor()
  await looksRight(page, 'part-not-fetched', 'eu')
  await note.getByRole('button', { name: 'Saiatu berriro' }).click()
  await note.getByRole('button', { name: 'Berriz kargatu orria' }).waitFor()
  await context.unroute(refuse)
  await note.getByRole('button', { name: 'Saiatu berriro' }).click()
  await page.locator('article.post').waitFor()
  expect(await isStyled(page)).toBe('grid')
  await close()
}, 120_000)
