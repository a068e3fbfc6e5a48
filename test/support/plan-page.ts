/** The open plan in a browser, as tests read it and write in it: question 3, and what the ledger says. In English. */
import type { Locator, Page } from 'playwright-core'
import { until } from './server.ts'

export const editor = (page: Page): Locator => page.locator('[data-path="planning.whomAnswer"] .ProseMirror')

/** Types at the end of a paragraph, as somebody who has clicked there. */
export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await editor(page).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text, { delay: 10 })
}

/** The text without the carets of others, whose names stand in it. */
export const prose = (page: Page): Promise<string> =>
  editor(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    copy.querySelectorAll('.az-caret').forEach((caret) => caret.remove())
    return copy.textContent ?? ''
  })

/** Waits until both pages show the same text, with everything that is wanted in it. */
export async function same(a: Page, b: Page, wanted: readonly string[]): Promise<void> {
  let shown: readonly [string, string] = ['', '']
  await until(
    async () => {
      shown = await Promise.all([prose(a), prose(b)])
      return shown[0] === shown[1] && wanted.every((text) => shown[0].includes(text))
    },
    `both pages show ${wanted.join(' and ')}`,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; they show ${JSON.stringify(shown)}`)
  })
}

export const onServer = (page: Page): Promise<void> =>
  until(
    async () =>
      (await page.locator('.ledger .line').getAttribute('aria-label'))?.includes('On the server,') === true,
    'everything is on the server',
  )

/** What the ledger says of every place, as a screen reader hears it. */
export const ledgerOf = async (page: Page): Promise<string> =>
  (await page.locator('.ledger .line').getAttribute('aria-label')) ?? ''

export const says = (page: Page, words: string): Promise<void> =>
  until(async () => (await ledgerOf(page)).includes(words), `the ledger says “${words}”`)
