/** A plan goes to its decision: the coordinator sends it, the director asks for changes, then approves, on a phone. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { PHONE, launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { editor, onServer, typeAtEnd } from '../support/plan-page.ts'
import { startTestServer } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

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

/** Fills the two gaps that the plan of the demo leaves to visitors. */
async function complete(): Promise<void> {
  const writer = await openWriter(server, 'kultura-cm', plan)
  const record = (root: string, id: string) => {
    const field = PLAN.sections
      .flatMap((section) => Object.values(section.fields))
      .find((one): one is ListField => one.kind === 'list' && one.root === root)!
    return (doc: typeof writer.doc) => new ListPlace(doc, field).record(id)!
  }
  const updates = writer.edit(
    (doc) => record('audiences', 'a4')(doc).toggle('languages', 'es', true),
    (doc) => record('profiles', 'youtube')(doc).set('hoursPerWeek', 2),
  )
  for (const update of updates) expect(await writer.write(update)).toBeNull()
  await writer.close()
}
const open = async (person: string, path: string, language: 'en' | 'eu' | 'es' = 'en'): Promise<Tab> => {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const send = async (page: Page, note: string): Promise<void> => {
  await page.getByRole('button', { name: 'Send to review' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send to review' })
  await dialog.locator('#review-note').fill(note)
  await dialog.getByRole('button', { name: 'Send to review' }).click()
  await page.getByText('In review', { exact: true }).waitFor()
}

describe('a plan', () => {
  it('is not sent while something is missing: the button shows what', async () => {
    const { page, close } = await open('komunikazio-arduraduna', `/d/${plan}/planning`)
    await editor(page).waitFor()
    await page.getByRole('button', { name: 'Send to review' }).click()
    await page.getByText('To mend').waitFor()
    await page.getByRole('alert').getByText('Not sent: 2 things are still missing.').waitFor()
    await close()
  })

  it('is sent, comes back with a request, is sent again, and is approved on a phone', async () => {
    await complete()
    const coordinator = await open('komunikazio-arduraduna', `/d/${plan}/planning/whom`)
    await editor(coordinator.page).waitFor()
    await send(coordinator.page, 'Lehen bertsioa.')
    await coordinator.page.getByText('What you type waits here until the review ends.').waitFor()

    const director = await open('alkatetza', '/')
    const { page } = director
    await page.getByRole('link', { name: /Decide on/ }).click()
    await page.getByText('No check stands in the way').waitFor()
    await page.getByText('Lehen bertsioa.').waitFor()
    await page.getByRole('button', { name: 'Request changes' }).click()
    const dialog = page.getByRole('dialog', { name: 'Request changes' })
    await dialog.getByText('At least 20 characters.').waitFor()
    await dialog.locator('#decision-words').fill('Laburra')
    await dialog.getByText('7 of at least 20 characters.').waitFor()
    await dialog.getByRole('button', { name: 'Request changes' }).click()
    await dialog.getByText('Write a reason of at least 20 characters.').waitFor()
    // Nothing that was typed is lost to a key.
    await dialog.locator('#decision-words').press('Escape')
    await dialog.getByText('What you have written has not been sent.').waitFor()
    await dialog.getByRole('button', { name: 'Go on writing' }).click()
    expect(await dialog.locator('#decision-words').inputValue()).toBe('Laburra')
    await dialog.locator('#decision-words').fill('Publikoak orokorregiak dira: nori hitz egiten diogu?')
    await dialog.getByText('Long enough.').waitFor()
    await dialog.getByText('The four questions', { exact: true }).click()
    await dialog.getByRole('button', { name: 'Request changes' }).click()
    await page.getByText('has asked for changes.').waitFor()

    // The coordinator's page hears of it, and the work goes on.
    await coordinator.page.getByText('Changes requested', { exact: true }).waitFor()
    const banner = coordinator.page.locator('.notecard--warning')
    await banner.getByText('Alkatetza has asked for changes in version 1.').waitFor()
    await banner.getByText('Publikoak orokorregiak dira').waitFor()
    await banner.getByRole('link', { name: 'The four questions' }).click()
    await coordinator.page.waitForURL(/\/planning/)
    await coordinator.page.goBack()
    await coordinator.page.getByRole('button', { name: 'Go on with the work' }).click()
    await coordinator.page.getByText('Draft', { exact: true }).waitFor()
    await typeAtEnd(coordinator.page, ' Gazteei eta adinekoei.')
    await onServer(coordinator.page)
    await send(coordinator.page, '')

    for (const [person, role] of [
      ['lege-zerbitzuak', 'Legal services'],
      ['hizkuntza-zerbitzua', 'Language review'],
    ] as const) {
      const adviser = await open(person, '/')
      await adviser.page.getByRole('link', { name: /Give your opinion on/ }).click()
      await adviser.page.getByRole('button', { name: `Give the opinion of: ${role}` }).click()
      const opinion = adviser.page.getByRole('dialog')
      // An opinion is nobody's but theirs: none is chosen for them, and Escape says nothing.
      expect(await opinion.getByRole('radio', { checked: true }).count()).toBe(0)
      await opinion.getByRole('button', { name: 'Give the opinion' }).click()
      await opinion.getByText('Choose first what your opinion is.').waitFor()
      // Whether a reason is asked for depends on what is chosen.
      expect(await opinion.getByLabel('In your words', { exact: true }).count()).toBe(1)
      await opinion.getByText('Against', { exact: true }).click()
      await expect.poll(() => opinion.getByLabel('Why', { exact: true }).count()).toBe(1)
      await opinion.getByText('Favourable', { exact: true }).click()
      await expect.poll(() => opinion.getByLabel('In your words (optional)').count()).toBe(1)
      await opinion.getByRole('radio').first().press('Escape')
      await opinion.waitFor({ state: 'detached' })
      await adviser.page.getByRole('button', { name: `Give the opinion of: ${role}` }).click()
      await opinion.getByText('Favourable', { exact: true }).click()
      await opinion.getByRole('button', { name: 'Give the opinion' }).click()
      await adviser.page.getByText('The opinion is given.').waitFor({ state: 'attached' })
      await adviser.close()
    }

    await page.setViewportSize(PHONE)
    await page.reload()
    await page.getByText('Changes since version 1').waitFor()
    await page.getByText('Publikoak orokorregiak dira').waitFor()
    await page.locator('ins', { hasText: 'adinekoei' }).waitFor()
    await page.getByRole('button', { name: 'Approve' }).click()
    const last = page.getByRole('dialog', { name: 'Approve version 2' })
    await last.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('has approved this version.').waitFor()
    await coordinator.page.getByText('Draft', { exact: true }).waitFor()
    // It is the approved text, letter by letter: nothing calls for another review, or says what held before.
    await coordinator.page.getByText('Nothing has changed since version 2.').waitFor()
    await coordinator.page.getByText('The four answers are complete.', { exact: true }).waitFor()
    await coordinator.page.getByRole('button', { name: 'Send to review' }).click()
    await coordinator.page.getByText('there would be nothing to decide').waitFor()
    await coordinator.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    expect([...coordinator.complaints, ...director.complaints]).toEqual([])
    await Promise.all([coordinator.close(), director.close()])
  }, 180_000)

  it.each(['eu', 'es'] as const)(
    'the review looks right in %s',
    async (language) => {
      const coordinator = await open('komunikazio-arduraduna', `/d/${plan}/planning/whom`)
      await editor(coordinator.page).waitFor()
      await send(coordinator.page, 'Prest dago.')
      await coordinator.close()
      const { page, close, complaints } = await open('alkatetza', `/d/${plan}/review`, language)
      await page.locator('#changes').waitFor()
      await page.locator('.bar').waitFor()
      // [G9] What is aimed at (DOMAIN D.4), unfolded where somebody asks.
      await page.locator('details.measured summary').click()
      expect(await page.locator('details.measured li').count()).toBe(7)
      await page.getByText(/(helburua|objetivo): 1,5 %/).waitFor()
      await looksRight(page, 'review', language)
      await page.locator('.bar button').last().click()
      await page.getByRole('dialog').waitFor()
      await looksRight(page, 'review-approve', language)
      expect(complaints).toEqual([])
      await close()
      const adviser = await open('lege-zerbitzuak', `/d/${plan}/review`, language)
      await adviser.page.locator('#opinions .buttons button').click()
      const opinion = adviser.page.getByRole('dialog')
      await opinion.locator('.checkbox-radio-switch__content').last().click()
      await opinion.locator('#opinion-text-count').waitFor()
      await opinion.locator('#opinion-text').fill('Ez dago')
      await looksRight(adviser.page, 'opinion', language)
      await opinion.locator('#opinion-text').press('Escape')
      await opinion.locator('.asked').waitFor()
      await looksRight(adviser.page, 'opinion-leaving', language)
      await adviser.close()
      const back = await open('komunikazio-arduraduna', `/d/${plan}/planning/whom`)
      await back.page.getByRole('button', { name: 'Take out of review' }).click()
      const sure = back.page.getByRole('dialog', { name: 'Take out of review' })
      await sure.getByText('can no longer be decided on').waitFor()
      await sure.getByRole('button', { name: 'Take out of review' }).click()
      await back.page.getByText('Draft', { exact: true }).waitFor()
      await back.close()
    },
    120_000,
  )
})
