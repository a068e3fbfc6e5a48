/** Two ways to one server: where WebSockets are blocked people write together over HTTP, and lose nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { startTestServer, until } from '../support/server.ts'

const title = (page: TestPage): ReturnType<SectionPlace['text']> =>
  new SectionPlace(page.doc, PLAN.sections[0]).text('title', 'eu')
const text = (page: TestPage): string => title(page).toString()
const count = (page: TestPage, letter: string): number => text(page).split(letter).length - 1
const saved = (page: TestPage): Promise<void> =>
  until(() => page.ledger().waiting === 0 && page.ledger().serverAt !== null, 'the server has everything')
const isOnline = (page: TestPage, by: 'websocket' | 'http'): boolean => {
  const { connectivity } = page.ledger()
  return connectivity.kind === 'online' && connectivity.by === by
}

let server: Awaited<ReturnType<typeof startTestServer>>
let proxy: Proxy
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  proxy = await startProxy(server)
  plan = await server.plan()
})
afterAll(async () => {
  await proxy.close()
  await server.stop()
})
const openBehindProxy = (person: string): Promise<TestPage> =>
  openPage(server, person, plan, {
    serverUrl: proxy.url,
    apiToken: () => server.token(person),
    retryWebSocketMs: 300,
  })

describe('a page whose WebSockets are blocked', () => {
  it('writes together with one whose are not, through a crash of the server, and changes ways unseen', async () => {
    proxy.blockWebSockets()
    const culture = await openBehindProxy('kultura-cm')
    const youth = await openPage(server, 'gazteria-teknikaria', plan)
    await Promise.all([culture.ready, youth.ready])
    await until(() => isOnline(culture, 'http'), 'HTTP takes over')
    for (let i = 0; i < 5; i++) {
      title(culture).insert(0, '★')
      title(youth).insert(0, '☆')
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
    await Promise.all([saved(culture), saved(youth)])
    await until(() => text(culture) === text(youth), 'both have the same title')

    await server.kill()
    title(culture).insert(0, '★')
    await server.start()
    title(culture).insert(0, '★')
    await until(() => isOnline(culture, 'http'), 'the page is back over HTTP')
    await saved(culture)
    await until(() => text(culture) === text(youth), 'both have the same title after the crash')

    proxy.allowWebSockets()
    await until(() => isOnline(culture, 'websocket'), 'the WebSocket takes over')
    title(culture).insert(0, '★')
    await saved(culture)
    await until(() => text(culture) === text(youth), 'both have the same title over WebSockets')
    const cold = await openPage(server, 'komunikazio-arduraduna', plan)
    await cold.ready
    expect([count(cold, '★'), count(cold, '☆')]).toEqual([8, 5])
    await Promise.all([culture.close(), youth.close(), cold.close()])
  }, 60_000)
})

describe('one person', () => {
  it('writes in two tabs that share a copy', async () => {
    const [left, right] = [
      await openPage(server, 'kultura-cm', plan),
      await openPage(server, 'kultura-cm', plan),
    ]
    await Promise.all([left.ready, right.ready])
    title(left).insert(0, '◆')
    title(right).insert(0, '◆')
    await Promise.all([saved(left), saved(right)])
    await until(() => text(left) === text(right), 'both tabs agree')
    await Promise.all([left.close(), right.close()])
    const later = await openPage(server, 'kultura-cm', plan)
    await later.ready
    await until(() => count(later, '◆') === 2, 'both letters are there, once each')
    await later.close()
  })

  it('gets a draft of what the server refuses, and goes on with the rest', async () => {
    let again = 0
    const before = await openPage(server, 'kultura-cm', plan, { onBeginAgain: () => (again += 1) })
    await before.ready
    title(before).insert(0, '●')
    await saved(before)
    // In one go, so that both are in one update: the server takes all of it or nothing.
    title(before).insert(0, 'Refused ')
    before.doc.getText('no-such-root').insert(0, 'This has no place')
    await until(() => again === 1, 'the page is asked to build its document anew')
    const [draft] = before.ledger().drafts
    expect(draft).toMatchObject({ cause: { refused: 'UNKNOWN_ROOT' }, channel: 'content' })
    expect(JSON.stringify(draft!.fields)).toContain('Refused ●')
    await before.close()

    const after = await openPage(server, 'kultura-cm', plan)
    await after.ready
    expect(after.ledger().drafts.map(({ id }) => id)).toEqual([draft!.id])
    expect(after.doc.getText('no-such-root').toString()).toBe('')
    expect(text(after).startsWith('●')).toBe(true)
    title(after).insert(0, '●')
    await saved(after)
    await after.throwAway(draft!.id)
    await after.close()
  })

  it('reads text and comments over one connection', async () => {
    const page = await openPage(server, 'kultura-cm', plan, { channels: ['comments'] })
    const comments = page.channels.get('comments')!
    await Promise.all([page.ready, comments.ready])
    expect(comments.doc.getArray(COMMENTS_ROOT).length).toBe(0)
    title(page).insert(0, '▲')
    await saved(page)
    await page.close()
  })
})
