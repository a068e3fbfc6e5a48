/**
 * A route on which all have to approve, and a decision in other hands: the administrator sets it, the coordinator sends the
 * plan, the director delegates, somebody from outside of the team decides in their name, and the one who is named follows.
 */
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { VersionSummary } from '@auzolan/shared/protocol/review.ts'
import type { ApprovalFile } from '@auzolan/shared/receipt-file.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { PHONE, launchBrowser, openTab, picture, type Tab } from '../support/browser.ts'
import { looksRight } from '../support/looks.ts'
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

async function send(person: string, method: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${server.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${await server.token(person)}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.ok, await response.text()).toBe(true)
}
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
/** Finds somebody with the search of Nextcloud and takes them. */
async function choose(page: Page, input: string, text: string): Promise<void> {
  await page.locator(input).fill(text)
  await page.locator('.vs__dropdown-option', { hasText: text }).first().click()
}
const COORDINATOR = 'komunikazio-arduraduna'
const DIRECTOR = 'alkatetza'
const NAMED = 'lege-zerbitzuak'
const LINGUIST = 'hizkuntza-zerbitzua'
const STAND_IN = 'ingurumen-teknikaria'

it('a plan that was never sent says so, and what comes next', async () => {
  const { page, close, complaints } = await open(DIRECTOR, `/d/${plan}/review`)
  await page.getByText('This document has not been sent to review yet').waitFor()
  await page.getByText('its coordinator or an editor sends it').waitFor()
  await page.getByRole('link', { name: 'Open the document' }).waitFor()
  expect(complaints).toEqual([])
  await close()
}, 60_000)

describe('[RT1] [RT4] a plan that all have to approve', () => {
  it('is approved by the one who holds a delegation and by the one who is named, on a phone', async () => {
    await complete()
    const admin = await open('informatika-arduraduna', '/organisation')
    const route = admin.page.locator('#o-routes ~ *')
    await admin.page.locator('#o-route-plan').waitFor()
    await choose(admin.page, '#o-route-plan', 'Lege-zerbitzuak')
    await admin.page.getByText('All of them', { exact: true }).first().click()
    // The other types keep what they had.
    expect(await route.getByText('Any director of the team', { exact: true }).count()).toBe(3)
    await admin.page.getByRole('button', { name: 'Save' }).click()
    await admin.page.locator('.bar').getByText('Saved').waitFor()
    const { body } = await server.get<Organisation>(COORDINATOR, 'organisation')
    expect(body.approvalRoutes.find(({ type }) => type === 'plan')).toMatchObject({
      opinions: ['language', 'legal'],
      approval: {
        quorum: 'all',
        approvers: [{ kind: 'directors' }, { kind: 'person', id: NAMED, name: 'Lege-zerbitzuak' }],
      },
    })
    expect(admin.complaints).toEqual([])
    await admin.close()

    await send(COORDINATOR, 'POST', `documents/${plan}/review`, { note: 'Prest dago.' })
    const favourable = { version: 1, stance: 'favourable' }
    await send(NAMED, 'PUT', `documents/${plan}/review/opinions/legal`, favourable)
    const against = { version: 1, stance: 'against', text: 'Gaztelaniazko testuak berrikusi gabe daude.' }
    await send(LINGUIST, 'PUT', `documents/${plan}/review/opinions/language`, against)

    // Nothing waits for somebody from another department yet, and there is nothing for them to read.
    const { status } = await server.get(STAND_IN, `documents/${plan}`)
    expect(status).toBe(404)
    const director = await open(DIRECTOR, `/d/${plan}/review`)
    await director.page.locator('#route').waitFor()
    await director.page.getByRole('button', { name: 'Delegate' }).click()
    const dialog = director.page.getByRole('dialog', { name: 'Delegate' })
    await dialog.getByRole('button', { name: 'Delegate' }).click()
    await dialog.getByText('Choose first who it is.').waitFor()
    await choose(director.page, '#delegate-who', 'Ingurumeneko')
    await dialog.locator('#delegate-to').fill('2020-01-01')
    await dialog.getByRole('button', { name: 'Delegate' }).click()
    await dialog.getByText('Choose days from today on').waitFor()
    await dialog.locator('#delegate-to').fill(await dialog.locator('#delegate-from').inputValue())
    await dialog.getByRole('button', { name: 'Delegate' }).click()
    await director.page.getByText('Ingurumeneko teknikaria decides for you').waitFor()

    const standIn = await open(STAND_IN, '/')
    await standIn.page.setViewportSize(PHONE)
    await standIn.page.getByText('You decide for Alkatetza').waitFor()
    await standIn.page.getByRole('link', { name: /Decide on/ }).click()
    await standIn.page.getByText('You decide for Alkatetza').waitFor()
    // Folded on a phone, the line says the gravest of them.
    const opinions = standIn.page.locator('.index a[href="#opinions"]')
    expect(await opinions.innerText()).toContain('Opinions given: 2 of 2; 1 against')
    await opinions.locator('.az-block').waitFor()
    await standIn.page.getByRole('button', { name: 'Approve' }).click()
    const last = standIn.page.getByRole('dialog', { name: 'Approve version 1' })
    await last.getByText('Ingurumeneko teknikaria, for Alkatetza').waitFor()
    await last
      .locator(`#override-language-${LINGUIST}`)
      .fill('Irailean berrikusiko dira, argitaratu baino lehen.')
    await last.getByRole('button', { name: 'Approve' }).click()
    await standIn.page.getByText('It is in force when the others have, too.').waitFor()
    await standIn.page.getByText('Your approval counts: 1 of 2').waitFor({ state: 'attached' })
    await standIn.page
      .locator('#opinions')
      .getByText('Ingurumeneko teknikaria, for Alkatetza approved all the same: Irailean berrikusiko dira')
      .waitFor()
    await standIn.page.getByText('Approved: Ingurumeneko teknikaria, for Alkatetza').waitFor()

    // The director has a part in it now, and it is somebody else's turn.
    await director.page.reload()
    await director.page.getByText('Ingurumeneko teknikaria has approved it for you.').waitFor()
    expect(await director.page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    const named = await open(NAMED, '/')
    await named.page.getByRole('link', { name: /Decide on/ }).click()
    await named.page.locator('#route').getByText('Lege-zerbitzuak').waitFor()
    await named.page.getByRole('button', { name: 'Approve' }).click()
    await named.page
      .locator(`#override-language-${LINGUIST}`)
      .fill('Alkatetzak esandakoagatik: irailean berrikusiko dira.')
    await named.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
    await named.page.getByText('Lege-zerbitzuak has approved this version.').waitFor()
    await named.page.getByText('The decision is made.').waitFor({ state: 'attached' })
    const versions = await server.get<VersionSummary[]>(COORDINATOR, `documents/${plan}/versions`)
    expect(versions.body[0]!.decisions).toMatchObject([
      { by: { id: STAND_IN }, onBehalfOf: { id: DIRECTOR } },
      { by: { id: NAMED }, onBehalfOf: null },
    ])

    // Each approval has its own receipt, and says what it went past.
    await named.page.goto(`${server.url}/apps/auzolan/d/${plan}/history?as=${NAMED}&lang=en`)
    await named.page.getByText('Version 1, one of its approvals').waitFor()
    await named.page
      .getByText('Language review (Hizkuntza-zerbitzua) was against. Approved all the same: Irailean')
      .waitFor()
    const [first, second] = versions.body[0]!.decisions.map(({ id }) => id)
    for (const [who, id] of [
      ['Ingurumeneko teknikaria, for Alkatetza', first!],
      ['Lege-zerbitzuak', second!],
    ] as const) {
      const receipt = named.page.getByRole('region', { name: `Receipt of version 1 · ${who}` })
      await receipt.getByText('yes, on this device').waitFor()
      const [download] = await Promise.all([
        named.page.waitForEvent('download'),
        receipt.getByRole('button', { name: 'Download' }).click(),
      ])
      expect(download.suggestedFilename()).toBe(`auzolan-${plan}-1-${id.slice(0, 8)}.json`)
      const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as ApprovalFile
      expect(saved.receipt.id).toBe(id)
    }
    await picture(named.page, 'route-receipts')
    expect([...director.complaints, ...standIn.complaints, ...named.complaints]).toEqual([])
    await Promise.all([director.close(), standIn.close(), named.close()])
  }, 180_000)

  it('the team’s page shows what is in other hands, and takes it back', async () => {
    const { body: teams } = await server.get<{ id: string; personal: boolean }[]>(DIRECTOR, 'teams')
    const team = teams.find(({ personal }) => !personal)!.id
    const { page, close, complaints } = await open(DIRECTOR, `/t/${team}`)
    await page.getByText('Ingurumeneko teknikaria decides for you').waitFor()
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Nobody decides for you.').waitFor()
    await page.getByRole('button', { name: 'Delegate' }).click()
    await choose(page, '#delegate-who', 'Ingurumeneko')
    await page.getByRole('dialog').getByRole('button', { name: 'Delegate' }).click()
    await page.getByText('everything in the team').waitFor()
    expect(complaints).toEqual([])
    await close()
  }, 60_000)
})

it.each(['eu', 'es'] as const)(
  'route, delegation and never sent look right in %s',
  async (language) => {
    const { body: teams } = await server.get<{ id: string; personal: boolean }[]>(DIRECTOR, 'teams')
    const team = teams.find(({ personal }) => !personal)!.id
    await send(COORDINATOR, 'POST', `documents/${plan}/review`, { due: '2030-01-15' })
    const { page, close, complaints } = await open(DIRECTOR, `/d/${plan}/review`, language)
    await page.locator('#route').waitFor()
    await looksRight(page, 'route-review', language)
    await page.setViewportSize(PHONE)
    await page.locator('#route').scrollIntoViewIfNeeded()
    await picture(page, `route-places-phone-${language}`)
    await page.locator('.asked button').click()
    await page.locator('#delegate-who').waitFor()
    await looksRight(page, 'route-delegate', language)
    await page.goto(`${server.url}/apps/auzolan/t/${team}?as=${DIRECTOR}&lang=${language}`)
    await page.locator('#team-delegations').waitFor()
    await page.locator('#team-delegations').scrollIntoViewIfNeeded()
    await looksRight(page, 'route-team', language)
    expect(complaints).toEqual([])
    await close()
    const admin = await open('informatika-arduraduna', '/organisation', language)
    await admin.page.locator('#o-route-plan').waitFor()
    await admin.page.locator('#o-route-plan-add').selectOption('kultura')
    await admin.page
      .locator('.add button:not([disabled])', { hasText: language === 'eu' ? 'bidea' : 'ruta' })
      .click()
    await admin.page.locator('#o-route-plan-kultura').waitFor()
    await admin.page.locator('#o-routes').scrollIntoViewIfNeeded()
    await looksRight(admin.page, 'route-organisation', language)
    await admin.page.setViewportSize(PHONE)
    await admin.page.locator('#o-route-plan-kultura').scrollIntoViewIfNeeded()
    await picture(admin.page, `route-own-phone-${language}`)
    expect(admin.complaints).toEqual([])
    await admin.close()
    await send(COORDINATOR, 'POST', `documents/${plan}/review/withdraw`, {})
  },
  240_000,
)
