/** The main job without a browser: two people in one plan, with everything that can go wrong in between. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALENDAR } from '@auzolan/shared/schema/calendar.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { startTestServer, until } from '../support/server.ts'

const [identity, planning] = PLAN.sections
const title = (
  page: TestPage,
): { toString(): string; insert(at: number, text: string): void; length: number } =>
  new SectionPlace(page.doc, identity).text('title', 'eu')
const saved = (page: TestPage): Promise<void> =>
  until(() => page.ledger().waiting === 0 && page.ledger().serverAt !== null, 'the server has everything')

let server: Awaited<ReturnType<typeof startTestServer>>
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
})
afterAll(() => server.stop())

describe('two people write one plan', () => {
  it('both see what either types, in the same text and in the same list', async () => {
    const culture = await openPage(server, 'kultura-cm', plan)
    const youth = await openPage(server, 'gazteria-teknikaria', plan)
    await Promise.all([culture.ready, youth.ready])
    expect(readPlan(culture.doc).identity.title['eu']).toBe('Haranberriko sare sozialen plana 2027')

    title(culture).insert(0, 'A')
    title(youth).insert(title(youth).length, 'Z')
    new ListPlace(culture.doc, planning.fields.audiences).add()
    new ListPlace(youth.doc, planning.fields.audiences).add()
    await until(
      () => title(culture).toString() === title(youth).toString() && title(youth).toString().startsWith('A'),
      'both titles are the same',
    )
    expect(title(culture).toString()).toBe('AHaranberriko sare sozialen plana 2027Z')
    await until(() => readPlan(culture.doc).planning.audiences.length === 6, 'both audiences arrive')
    expect(readPlan(youth.doc)).toEqual(readPlan(culture.doc))
    await Promise.all([saved(culture), saved(youth)])
    await Promise.all([culture.close(), youth.close()])
  })

  it('how safe the work is counts what is written in the calendar too', async () => {
    const page = await openPage(server, 'kultura-cm', plan, { channels: ['comments', 'calendar'] })
    await page.ready
    await saved(page)
    const [device, before] = [page.ledger().deviceAt, page.ledger().serverAt!]
    await new Promise((resolve) => setTimeout(resolve, 20))
    const { doc, ready } = page.channels.get('calendar')!
    await ready
    const posts = new ListPlace(doc, CALENDAR.sections[0].fields.posts)
    posts.record(posts.add())!.set('day', '2027-01-11')
    await until(() => page.ledger().waiting > 0, 'it waits')
    await until(
      () => page.ledger().waiting === 0 && page.ledger().serverAt! > before,
      'it is on the server since',
    )
    expect(page.ledger().deviceAt!.getTime()).toBeGreaterThan(device?.getTime() ?? 0)
    await page.close()
  })

  it('nothing acknowledged is lost when the server is killed while both type', async () => {
    const culture = await openPage(server, 'kultura-cm', plan)
    const youth = await openPage(server, 'gazteria-teknikaria', plan)
    await Promise.all([culture.ready, youth.ready])
    let typing = true
    const type = async (page: TestPage, letter: string): Promise<number> => {
      let typed = 0
      for (; typing; typed++) {
        title(page).insert(title(page).length, letter)
        await new Promise((resolve) => setTimeout(resolve, 7))
      }
      return typed
    }
    const typists = [type(culture, 'k'), type(youth, 'g')]
    for (let round = 0; round < 3; round++) {
      await new Promise((resolve) => setTimeout(resolve, 400))
      await server.kill()
      await new Promise((resolve) => setTimeout(resolve, 200))
      await server.start()
      await until(() => culture.ledger().connectivity.kind === 'online', 'the page goes on by itself')
    }
    typing = false
    const [k, g] = await Promise.all(typists)
    await Promise.all([saved(culture), saved(youth)])
    await until(() => title(culture).toString() === title(youth).toString(), 'both pages agree')

    // Somebody who was never there sees every letter.
    const cold = await openPage(server, 'komunikazio-arduraduna', plan)
    await cold.ready
    const text = title(cold).toString()
    expect(text.match(/k/g)!.length).toBeGreaterThanOrEqual(k!)
    expect([...text].filter((c) => c === 'g').length).toBe(g)
    expect(text).toBe(title(culture).toString())
    await Promise.all([culture.close(), youth.close(), cold.close()])
  })

  it('what was typed without a server is on the device, and goes out after the tab was closed and opened again', async () => {
    const before = await openPage(server, 'kultura-cm', plan)
    await before.ready
    await saved(before)
    await server.kill()
    await until(() => before.ledger().connectivity.kind !== 'online', 'the page notices')
    title(before).insert(0, 'OFFLINE ')
    await until(
      () => before.ledger().waiting === 1 && before.ledger().deviceAt !== null,
      'it is kept on the device',
    )
    await before.close()

    const after = await openPage(server, 'kultura-cm', plan)
    await after.ready
    expect(title(after).toString()).toMatch(/^OFFLINE /)
    expect(after.ledger().waiting).toBe(1)
    await server.start()
    await saved(after)
    const other = await openPage(server, 'gazteria-teknikaria', plan)
    await other.ready
    await until(() => title(other).toString().startsWith('OFFLINE '), 'the others see it')
    await Promise.all([after.close(), other.close()])
  })

  it('two tabs stop seeing each other when the server stops', async () => {
    const one = await openPage(server, 'kultura-cm', plan)
    const two = await openPage(server, 'gazteria-teknikaria', plan)
    await Promise.all([one.ready, two.ready])
    one.awareness.setLocalStateField('section', 'planning')
    await until(() => two.awareness.getStates().size === 2, 'presence arrives')
    await server.kill()
    await until(
      () => one.awareness.getStates().size === 1 && two.awareness.getStates().size === 1,
      'both are alone',
    )
    title(one).insert(0, 'ALONE ')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(title(two).toString()).not.toMatch(/^ALONE/)
    await server.start()
    await until(() => title(two).toString().startsWith('ALONE '), 'they meet again')
    await Promise.all([one.close(), two.close()])
  })

  it('presence carries the name the server knows, whatever the page claims', async () => {
    const one = await openPage(server, 'kultura-cm', plan)
    const two = await openPage(server, 'gazteria-teknikaria', plan)
    await Promise.all([one.ready, two.ready])
    one.awareness.setLocalStateField('user', { id: 'alkatetza', name: 'Alkatea', color: '#112233' })
    await until(() => two.awareness.getStates().has(one.doc.clientID), 'presence arrives')
    const shown = two.awareness.getStates().get(one.doc.clientID) as { user: unknown }
    expect(shown.user).toEqual({
      id: 'kultura-cm',
      name: 'Kulturako komunitate-kudeatzailea',
      color: '#112233',
    })
    await Promise.all([one.close(), two.close()])
  })
})
