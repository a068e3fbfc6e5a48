/** An administrator describes the organisation; a second one does not overwrite it; everybody else reads. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser, openTab, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
import { startTestServer } from '../support/server.ts'

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

async function open(person: string, language: 'en' | 'es' | 'eu' = 'en'): Promise<Tab> {
  const tab = await openTab(browser, server.url, '/apps/auzolan/organisation', { person, language })
  tab.page.setDefaultTimeout(15_000)
  await tab.page.locator('#o-name-eu').waitFor()
  return tab
}
const HOLIDAYS = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//test//EN',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Aste Santua',
  'DTSTART;VALUE=DATE:20270325',
  'DTEND;VALUE=DATE:20270330',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n')

describe('an administrator', () => {
  it('[O2] [O5] describes the organisation, and is told when another one was faster', async () => {
    const [mine, theirs] = [await open('informatika-arduraduna'), await open('informatika-arduraduna')]
    const { page } = mine
    await page.locator('#o-dir3').fill('1')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('A DIR3 code has nine signs').waitFor()
    await page.locator('#o-dir3').fill('l01999999')
    await page.locator('#o-naming').fill('{Org}_{dept}')
    await page.getByText('For example: Haranberri_komunikazioa').waitFor()
    await page.locator('#o-zone').selectOption({ label: 'Canary Islands' })
    await page.locator('#o-holidays-file').setInputFiles({
      name: 'jaiegunak.ics',
      mimeType: 'text/calendar',
      buffer: Buffer.from(HOLIDAYS),
    })
    await page.getByText('1 period was added; save to keep it.').waitFor()
    const electoral = page.getByRole('group', { name: 'Electoral periods' })
    await electoral.getByRole('button', { name: 'Add a period' }).click()
    await electoral.getByLabel('Name').fill('Udal hauteskundeak')
    await electoral.getByLabel('First day').fill('2027-04-01')
    await electoral.getByLabel('Last day').fill('2027-05-23')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.bar').getByText('Saved').waitFor()

    await theirs.page.locator('#o-dir3').fill('L01000000')
    await theirs.page.getByRole('button', { name: 'Save' }).click()
    await theirs.page.getByText('Somebody else has saved this page meanwhile.').waitFor()

    await page.reload()
    await page.locator('#o-dir3').waitFor()
    expect(await page.locator('#o-dir3').inputValue()).toBe('L01999999')
    expect(await page.locator('#o-zone').inputValue()).toBe('Atlantic/Canary')
    const names = page.locator('.period .name')
    expect(await names.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).toContain(
      'Aste Santua',
    )
    expect(await page.getByRole('group', { name: 'Electoral periods' }).getByLabel('Name').inputValue()).toBe(
      'Udal hauteskundeak',
    )
    expect(mine.complaints).toEqual([])
    expect(theirs.complaints.filter((c) => !c.includes('409'))).toEqual([])
    await Promise.all([mine.close(), theirs.close()])
  }, 120_000)

  it('[O1] is the only one who writes here', async () => {
    const tab = await open('kultura-cm')
    await tab.page.getByText('Administrators of Nextcloud write here').waitFor()
    expect(await tab.page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    expect(await tab.page.locator('#o-dir3').isEditable()).toBe(false)
    await tab.close()
  }, 60_000)
})

it.each(['eu', 'es'] as const)(
  'the page looks right in %s',
  async (language) => {
    const tab = await open('informatika-arduraduna', language)
    await looksRight(tab.page, 'organisation', language)
    expect(tab.complaints).toEqual([])
    await tab.close()
  },
  120_000,
)

describe('[EV15] the weights of the criteria', () => {
  it('are saved when they come to 100, and say so while they are typed; who and when is kept', async () => {
    const mine = await open('informatika-arduraduna')
    const { page } = mine
    const weights = page.getByRole('region', { name: 'Weights of the criteria' })
    await weights.getByText('100 of 100').waitFor()
    const save = weights.getByRole('button', { name: 'Save the weights' })
    expect(await save.count()).toBe(0)
    await weights.locator('#o-w-N1').fill('8')
    await weights.getByText('99 of 100').waitFor()
    await weights.getByText('1 are left to be given out.').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await weights.locator('#o-w-D1').fill('12')
    await weights.getByText('1 too many.').waitFor()
    await weights.locator('#o-w-D1').fill('1.5')
    await weights.getByText('Whole numbers from 0 to 100: D1').waitFor()
    expect(await save.isDisabled()).toBe(true)
    await weights.locator('#o-w-D1').fill('11')
    await save.click()
    await weights.getByText('Saved as version 1').waitFor()
    await weights.getByText('Versions of the weights').click()
    await weights.getByText(/^Version 1: Informatika-arduraduna, /).waitFor()
    await weights.getByText('Comes with the program').waitFor()

    const other = await open('kultura-cm')
    const theirs = other.page.getByRole('region', { name: 'Weights of the criteria' })
    await theirs.getByText('100 of 100').waitFor()
    expect(await theirs.locator('#o-w-D1').inputValue()).toBe('11')
    expect(await theirs.locator('#o-w-D1').getAttribute('readonly')).not.toBeNull()
    expect([...mine.complaints, ...other.complaints]).toEqual([])
    await other.close()
    await mine.close()
    for (const language of ['eu', 'es'] as const) {
      const { page: shown, close } = await open('informatika-arduraduna', language)
      await shown.locator('#o-w-N1').fill('7')
      // Where the bar with the sum stands at its own place, and covers half of nothing.
      await looksRight(shown, 'weights', language, () =>
        shown.locator('.weights .end').evaluate((node) => node.scrollIntoView({ block: 'end' })),
      )
      await shown.locator('#o-w-N1').fill('8')
      await close()
    }
  }, 120_000)
})
