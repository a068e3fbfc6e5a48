/**
 * [FF1] The main job in Firefox: two people write one plan, the server goes and comes back, nothing is lost, the console is silent.
 * Where there is no Firefox (`apt install firefox-esr`, or AUZOLAN_TEST_FIREFOX) the test says so and is left out.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIREFOX, startFirefox, type Firefox, type FirefoxTab } from '../support/firefox.ts'
import { startTestServer } from '../support/server.ts'

describe.runIf(FIREFOX)('[FF1] Firefox', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  let firefox: Firefox
  let plan: string
  beforeAll(async () => {
    server = await startTestServer()
    plan = await server.plan()
    firefox = await startFirefox(server.url)
  })
  afterAll(async () => {
    await firefox?.stop()
    await server?.stop()
  })

  const EDITOR = '[data-path="planning.whomAnswer"] .ProseMirror'
  const open = (person: string): Promise<FirefoxTab> =>
    firefox.open(`${server.url}/apps/auzolan/d/${plan}/planning?as=${person}&lang=en`)
  const shows = (tab: FirefoxTab, words: string): Promise<void> =>
    tab.holds(
      `document.querySelector('${EDITOR}')?.textContent.includes('${words}') === true`,
      `${words} is shown`,
    )
  const ledger = (tab: FirefoxTab, words: string): Promise<void> =>
    tab.holds(
      `document.querySelector('.ledger .line')?.getAttribute('aria-label')?.includes('${words}') === true`,
      `the ledger says “${words}”`,
    )
  async function write(tab: FirefoxTab, words: string): Promise<void> {
    await tab.click(EDITOR)
    // Control and End, then the words.
    await tab.type('\uE010')
    await tab.type(words)
  }
  async function picture(tab: FirefoxTab, name: string): Promise<void> {
    const folder = process.env['AUZOLAN_SCREENSHOTS']
    if (!folder) return
    await mkdir(folder, { recursive: true })
    await writeFile(`${folder}/${name}.png`, await tab.picture())
  }

  it('two people write one paragraph; the server goes and comes back; a page that is opened later has all of it', async () => {
    const culture = await open('kultura-cm')
    const youth = await open('gazteria-teknikaria')
    for (const tab of [culture, youth])
      await tab.holds(`!!document.querySelector('${EDITOR}')`, 'the plan is open')
    await write(culture, 'KULTURATIK ')
    await shows(youth, 'KULTURATIK')
    await write(youth, 'GAZTERIATIK ')
    await shows(culture, 'GAZTERIATIK')
    await ledger(culture, 'On the server,')
    await picture(culture, 'firefox-two-people')
    expect(firefox.complaints).toEqual([])

    await server.kill()
    await culture.holds(
      `document.body.textContent.includes('Offline: your changes are kept on this device')`,
      'it is offline',
    )
    await write(culture, 'SARERIK GABE ')
    await ledger(culture, 'On this device, ')
    await server.start()
    await shows(youth, 'SARERIK GABE')
    await ledger(culture, 'On the server,')
    const late = await open('komunikazio-arduraduna')
    for (const words of ['KULTURATIK', 'GAZTERIATIK', 'SARERIK GABE']) await shows(late, words)
    // What Firefox itself says of a server that was killed is no fault of the page.
    const own =
      /can’t establish a connection|was interrupted while the page was loading|connection to .* was interrupted/
    expect(firefox.complaints.filter((one) => !own.test(one))).toEqual([])
  })
})

describe.skipIf(FIREFOX)('Firefox', () => {
  it.skip('is not on this machine: `apt install firefox-esr`, or AUZOLAN_TEST_FIREFOX', () => {})
})
