/** Comments in browsers: written, answered, named in, suggested with, stopping a review, and arriving from offline. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import {
  DESKTOP,
  PHONE,
  axeViolations,
  launchBrowser,
  openTab,
  picture,
  type Tab,
} from '../support/browser.ts'
import { englishOn, looksRight, overflowing } from '../support/looks.ts'
import { editor, onServer, prose } from '../support/plan-page.ts'
import { startTestServer, until } from '../support/server.ts'
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

const open = async (
  person: string,
  path = `/d/${plan}/planning/whom`,
  language: 'en' | 'eu' | 'es' = 'en',
  viewport: { width: number; height: number } = DESKTOP,
): Promise<Tab> => {
  const tab = await openTab(browser, server.url, `/apps/auzolan${path}`, { person, language, viewport })
  tab.page.setDefaultTimeout(20_000)
  return tab
}
const field = (page: Page) => page.locator('[data-path="planning.whomAnswer"]')
const talk = (page: Page) => field(page).locator('.talk')
const panel = (page: Page) => page.locator('.app-sidebar')
const thread = (page: Page, words: string) => panel(page).locator('.thread', { hasText: words })

/** Fills the two gaps that the plan of the demo leaves to visitors. */
async function complete(): Promise<void> {
  const writer = await openWriter(server, 'kultura-cm', plan)
  const { audiences } = PLAN.sections[1].fields
  const { profiles } = PLAN.sections[3].fields
  const updates = writer.edit(
    (doc) => new ListPlace(doc, audiences).record('a4')!.toggle('languages', 'es', true),
    (doc) => new ListPlace(doc, profiles).record('youtube')!.set('hoursPerWeek', 2),
  )
  for (const update of updates) expect(await writer.write(update)).toBeNull()
  await writer.close()
}
async function comment(page: Page, words: string, must = false): Promise<void> {
  await talk(page).click()
  await panel(page).getByRole('textbox', { name: 'Comment' }).fill(words)
  if (must) await panel(page).getByText('Must be dealt with before it is sent to review').click()
  await panel(page).locator('form').getByRole('button', { name: 'Send' }).click()
  await thread(page, words).waitFor()
}

describe('two people', () => {
  it('talk about a field: one asks, names a colleague, who answers; it is resolved and folded away', async () => {
    const legal = await open('lege-zerbitzuak')
    const culture = await open('kultura-cm')
    await editor(culture.page).waitFor()
    await legal.page.getByText('You can read and comment.').first().waitFor()
    await talk(legal.page).click()
    const box = panel(legal.page).getByRole('textbox', { name: 'Comment' })
    await until(() => box.evaluate((element) => element === document.activeElement), 'it has the focus')
    // Named in the middle of what is written, with a space there already.
    await box.pressSequentially('Nor da hau?  Esan.')
    for (const _ of ' Esan.') await legal.page.keyboard.press('ArrowLeft')
    await box.pressSequentially('@kult')
    await panel(legal.page).getByRole('option', { name: 'Kulturako' }).waitFor()
    await legal.page.keyboard.press('Enter')
    await until(
      async () => (await box.inputValue()) === 'Nor da hau? @Kulturako komunitate-kudeatzailea Esan.',
      'the name stands between single spaces',
    )
    await panel(legal.page).locator('form').getByRole('button', { name: 'Send' }).click()

    await until(async () => (await talk(culture.page).textContent())?.trim() === '1', 'the count is there')
    // On the first page it waits for whoever was named, and leads to the comment.
    const home = await open('kultura-cm', '/')
    const named = home.page.getByRole('link', { name: /Lege-zerbitzuak has mentioned you in a comment/ })
    await until(async () => {
      await home.page.reload()
      return named.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      )
    }, 'it waits')
    await named.click()
    await thread(home.page, 'Nor da hau?').waitFor()
    await home.page.goto(`${server.url}/apps/auzolan/`)
    await home.page.getByRole('heading', { name: 'Home' }).waitFor()
    await home.page.locator('.documents, .list, main').first().waitFor()
    expect(await named.count()).toBe(0)
    expect(home.complaints).toEqual([])
    await home.close()
    await talk(culture.page).click()
    const theirs = thread(culture.page, 'Nor da hau? @Kulturako komunitate-kudeatzailea')
    await theirs.getByText('Lege-zerbitzuak').waitFor()
    await theirs.getByRole('button', { name: 'Reply' }).click()
    await theirs.getByRole('textbox', { name: 'Reply' }).fill('Gazteak.')
    await theirs.getByRole('button', { name: 'Send' }).click()

    const mine = thread(legal.page, 'Gazteak.')
    await mine.getByText('Kulturako komunitate-kudeatzailea', { exact: true }).waitFor()
    await mine.getByRole('button', { name: /Actions for the comment of Lege/ }).click()
    await legal.page.getByRole('menuitem', { name: 'Edit' }).click()
    await mine.getByRole('textbox', { name: 'Comment' }).fill('Nortzuk dira hauek?')
    await mine.getByRole('button', { name: 'Save' }).click()
    await thread(culture.page, 'Nortzuk dira hauek?').getByText('edited').waitFor()
    // Deleted by a slip of the finger, and taken back.
    await mine.getByRole('button', { name: /Actions for the comment of Lege/ }).click()
    await legal.page.getByRole('menuitem', { name: 'Delete' }).click()
    await thread(culture.page, 'Gazteak.').getByText('This comment was deleted.').waitFor()
    await panel(legal.page).getByText('The comment was deleted.').waitFor()
    await panel(legal.page).getByRole('button', { name: 'Undo' }).click()
    await thread(culture.page, 'Nortzuk dira hauek?').waitFor()
    await mine.getByRole('button', { name: 'Resolve' }).click()
    await panel(culture.page).getByRole('button', { name: '1 settled' }).click()
    await panel(culture.page).getByText('Resolved by Lege-zerbitzuak').waitFor()
    await until(async () => (await talk(culture.page).textContent())?.trim() === '', 'no count any more')
    expect([...legal.complaints, ...culture.complaints]).toEqual([])
    await Promise.all([legal.close(), culture.close()])
  }, 120_000)

  it('one who may not write suggests a paragraph; the other takes it with one click', async () => {
    const language = await open('hizkuntza-zerbitzua')
    const culture = await open('kultura-cm')
    await editor(culture.page).waitFor()
    const before = await prose(culture.page)
    await talk(language.page).click()
    await panel(language.page).getByText('Suggest another text').click()
    const text = panel(language.page).getByLabel('The text as it should be')
    const paragraph = await text.inputValue()
    expect(before).toContain(paragraph)
    await text.fill(`${paragraph} Eta adinekoei.`)
    await panel(language.page).getByRole('button', { name: 'Suggest', exact: true }).click()
    await thread(language.page, 'Eta adinekoei.').waitFor()

    const here = field(culture.page).locator('.suggested')
    await here.locator('ins', { hasText: 'adinekoei' }).waitFor()
    await here.getByRole('button', { name: 'Accept' }).click()
    await until(async () => (await prose(culture.page)).includes('Eta adinekoei.'), 'the text has it')
    await here.waitFor({ state: 'detached' })
    await panel(language.page).getByRole('button', { name: '2 settled' }).click()
    await panel(language.page).getByText('Accepted by Kulturako').waitFor()
    await onServer(culture.page)
    expect([...language.complaints, ...culture.complaints]).toEqual([])
    await Promise.all([language.close(), culture.close()])
  }, 120_000)

  it('a passage is commented on, and quoted also when it is gone from the text', async () => {
    const { page, close, complaints } = await open('kultura-cm')
    await editor(page).waitFor()
    await editor(page).locator('p').first().click({ clickCount: 3 })
    await field(page).getByRole('button', { name: 'Comment on the selected words' }).click()
    const quote = (await panel(page).locator('form .quote').textContent())!
    expect(await prose(page)).toContain(quote)
    await panel(page).getByRole('textbox', { name: 'Comment' }).fill('Luzeegia')
    await panel(page).locator('form').getByRole('button', { name: 'Send' }).click()
    await thread(page, 'Luzeegia').locator('.quote').getByText(quote).waitFor()
    // A word more inside of it takes nothing away.
    await editor(page).locator('p').first().click()
    await page.keyboard.press('Home')
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.type('BAT ')
    await thread(page, 'Luzeegia').getByText('Now it says: “').getByText('BAT ').waitFor()
    expect(await thread(page, 'Luzeegia').getByText('no longer in the text').count()).toBe(0)
    await editor(page).locator('p').first().click({ clickCount: 3 })
    await page.keyboard.type('Besterik.')
    await thread(page, 'Luzeegia').getByText('no longer in the text').waitFor()
    await page.keyboard.press('Control+z')
    await thread(page, 'Luzeegia').getByText('no longer in the text').waitFor({ state: 'detached' })
    expect(complaints).toEqual([])
    await close()
  }, 120_000)

  it('what is written offline stays on the device, and arrives', async () => {
    const legal = await open('lege-zerbitzuak')
    const culture = await open('kultura-cm')
    await editor(culture.page).waitFor()
    await talk(legal.page).waitFor()
    await panel(legal.page).waitFor({ state: 'detached' })
    await talk(legal.page).click()
    await panel(legal.page).getByRole('textbox', { name: 'Comment' }).waitFor()
    await legal.context.setOffline(true)
    await panel(legal.page).getByRole('textbox', { name: 'Comment' }).fill('Trenean idatzia')
    await panel(legal.page).locator('form').getByRole('button', { name: 'Send' }).click()
    await thread(legal.page, 'Trenean idatzia').waitFor()
    await legal.context.setOffline(false)
    await talk(culture.page).click()
    await thread(culture.page, 'Trenean idatzia').getByText('Lege-zerbitzuak').waitFor()
    await Promise.all([legal.close(), culture.close()])
  }, 120_000)

  it('[TK4] what a director marks stops the review, and the checks lead to it', async () => {
    const director = await open('alkatetza')
    const coordinator = await open('komunikazio-arduraduna')
    await editor(coordinator.page).waitFor()
    await comment(director.page, 'Zehaztu nori zuzentzen gatzaizkion', true)
    const { page } = coordinator
    // Seen before anything is opened, and said to whoever does not see colours.
    await page.getByRole('button', { name: /comments?\s*: Must be dealt with/ }).waitFor()
    expect(await page.locator('.head .count.must').count()).toBe(1)
    await page.getByRole('button', { name: 'Send to review' }).click()
    await panel(page).getByText('A comment must be dealt with first: “Zehaztu').click()
    await thread(page, 'Zehaztu').getByText('Must be dealt with').waitFor()
    await until(
      () => thread(page, 'Zehaztu').evaluate((element) => element === document.activeElement),
      'the thread has the focus',
    )
    await thread(director.page, 'Zehaztu').getByRole('button', { name: 'Resolve' }).click()
    await panel(page)
      .getByRole('button', { name: / settled/ })
      .waitFor()
    await thread(page, 'Zehaztu').waitFor({ state: 'detached' })
    expect([...director.complaints, ...coordinator.complaints]).toEqual([])
    await Promise.all([director.close(), coordinator.close()])
  }, 120_000)
})

describe('how it looks', () => {
  it.each(['eu', 'es'] as const)(
    'in %s, at a desk and on a phone, light and dark',
    async (language) => {
      const asks = await open('alkatetza')
      await comment(asks.page, `Zehaztu (${language})`, true)
      await panel(asks.page).getByRole('button', { name: 'Write a comment' }).click()
      await panel(asks.page).getByText('Suggest another text').click()
      const text = panel(asks.page).getByLabel('The text as it should be')
      await text.fill(`${await text.inputValue()} Gehiago (${language}).`)
      await panel(asks.page).getByRole('button', { name: 'Suggest', exact: true }).click()
      await thread(asks.page, `Gehiago (${language}).`).waitFor()
      await onServer(asks.page)
      await asks.close()

      const { page, close, complaints } = await open('komunikazio-arduraduna', undefined, language)
      await editor(page).waitFor()
      // Suggestions stand at the text of their own language.
      if (language === 'eu') await field(page).locator('.suggested').first().waitFor()
      await looksRight(page, 'comments-field', language)
      await talk(page).click()
      await panel(page).locator('.thread').first().waitFor()
      await looksRight(page, 'comments-write', language)
      await panel(page).locator('form button').last().click()
      await looksRight(page, 'comments-panel', language)
      await close()
      const reads = await open('lege-zerbitzuak', undefined, language, PHONE)
      await talk(reads.page).waitFor()
      await looksRight(reads.page, 'comments-reader', language)
      expect([...complaints, ...reads.complaints]).toEqual([])
      await reads.close()

      // What is marked would hold up the review that comes next.
      const settles = await open('alkatetza')
      await talk(settles.page).click()
      const marked = thread(settles.page, `Zehaztu (${language})`)
      // By the keyboard: under a pointer the list may still move while its threads come in.
      await marked.getByRole('button', { name: 'Resolve' }).press('Enter')
      await marked.waitFor({ state: 'detached' })
      await onServer(settles.page)
      await settles.close()
    },
    240_000,
  )
})

describe('in review', () => {
  it('[TK2] a director comments on a section where the text is read, and goes from there to the thread', async () => {
    await complete()
    const coordinator = await open('komunikazio-arduraduna')
    await editor(coordinator.page).waitFor()
    await coordinator.page.getByRole('button', { name: 'Send to review' }).click()
    const dialog = coordinator.page.getByRole('dialog', { name: 'Send to review' })
    await dialog.getByRole('button', { name: 'Send to review' }).click()
    await coordinator.page.getByText('In review', { exact: true }).waitFor()

    const { page, close, complaints } = await open('alkatetza', `/d/${plan}/review`)
    const comments = page.locator('#comments')
    await comments.getByRole('button', { name: 'Write a comment' }).click()
    await comments.getByLabel('What it is about').selectOption({ label: 'Principles and tone' })
    await comments.getByRole('textbox', { name: 'Comment' }).fill('Tonua zehaztu behar da')
    await comments.getByText('Must be dealt with before it is approved').click()
    await comments.getByRole('button', { name: 'Send' }).click()
    const said = comments.locator('.thread', { hasText: 'Tonua zehaztu behar da' })
    await said.getByText('Principles and tone').first().waitFor()
    await comments.getByText('Your comment is written.').waitFor()
    // Whoever writes the text finds it on their first page.
    const home = await open('komunikazio-arduraduna', '/')
    await home.page.getByRole('link', { name: /Answer the comments that hold up/ }).waitFor()
    await home.close()

    // It is in the document at once, under its section, and answered there.
    await coordinator.page.locator('.head button .count').click()
    const theirs = thread(coordinator.page, 'Tonua zehaztu behar da')
    await theirs.getByRole('button', { name: 'Principles and tone' }).waitFor()
    await theirs.getByRole('button', { name: 'Reply' }).click()
    await theirs.getByRole('textbox', { name: 'Reply' }).fill('Ados.')
    await theirs.getByRole('button', { name: 'Send' }).click()
    await said.getByRole('link', { name: '1 reply' }).click()
    await thread(page, 'Ados.').waitFor()
    await page
      .locator('.second')
      .getByText(/^(Decide|See the review)$/)
      .click()
    await page.locator('#comments').getByText('Tonua zehaztu behar da').waitFor()
    await said.getByRole('link', { name: '1 reply' }).click()
    await thread(page, 'Ados.').getByRole('button', { name: 'Resolve' }).click()
    await onServer(coordinator.page)
    expect([...complaints, ...coordinator.complaints]).toEqual([])
    await Promise.all([close(), coordinator.close()])
  }, 120_000)

  it.each([
    ['eu', PHONE, 'phone'],
    ['es', DESKTOP, 'desktop'],
  ] as const)(
    'the form looks right in %s',
    async (language, viewport, size) => {
      const { page, close } = await open('alkatetza', `/d/${plan}/review`, language, viewport)
      await page.locator('#comments .here button').click()
      const form = page.locator('#comments form')
      await form.waitFor()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await form.scrollIntoViewIfNeeded()
        await picture(page, `review-comment-${size}-${colorScheme}-${language}`)
        expect(await axeViolations(page)).toEqual([])
      }
      expect(await overflowing(page)).toEqual([])
      expect(await englishOn(page, language)).toEqual([])
      await close()
    },
    60_000,
  )
})
