/** [L10] The server’s own address cannot be reached: everything goes through Nextcloud, and back again when it can. */
import { createServer, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WAY_ANSWER_MAX_MS } from '@auzolan/shared/limits.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { Ways, type Way } from '../../plugin/src/session/ways.ts'
import { startFront, type Front } from '../support/front.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { startTestServer, until } from '../support/server.ts'

const GOOD = { status: 200, body: JSON.stringify({ status: 'ok', api: 1 }), afterMs: 0 }

describe('[L10] the way', () => {
  let server: Server
  let url: string
  let answer: { status: number; body: string; afterMs: number }
  let asked = 0
  const all: Ways[] = []
  beforeAll(async () => {
    server = createServer((_request, response) => {
      asked += 1
      const { status, body, afterMs } = answer
      setTimeout(() => response.writeHead(status).end(body), afterMs)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  })
  afterEach(() => all.splice(0).forEach((ways) => ways.close()))
  afterAll(() => (server.closeAllConnections(), void server.close()))
  const make = (serverUrl = url, relayUrl: string | null = 'relay', retryMs = 60_000): Ways => {
    asked = 0
    const ways = new Ways({ serverUrl, relayUrl, retryMs })
    all.push(ways)
    return ways
  }

  it('is straight when the server answers in time, and through Nextcloud when it is later', async () => {
    answer = { ...GOOD, afterMs: WAY_ANSWER_MAX_MS - 500 }
    expect(await make().current()).toBe('direct')
    answer = { ...GOOD, afterMs: WAY_ANSWER_MAX_MS + 500 }
    expect(await make().current()).toBe('relay')
  })

  it.each([
    ['a page of Nextcloud', { ...GOOD, body: '<html>' }],
    ['another service', { ...GOOD, body: '{"status":"ok"}' }],
    ['not found', { ...GOOD, status: 404 }],
    ['a bad gateway', { ...GOOD, status: 502 }],
  ])('is through Nextcloud where %s answers', async (_what, instead) => {
    answer = instead
    const begun = performance.now()
    expect(await make().current()).toBe('relay')
    expect(performance.now() - begun, 'a clear no is not waited for').toBeLessThan(1_000)
  })

  it('is not asked for where there is one only', async () => {
    answer = GOOD
    expect(await make('').current()).toBe('relay')
    const direct = make(url, null)
    expect([await direct.current(), await direct.again()]).toEqual(['direct', 'direct'])
    expect(asked).toBe(0)
  })

  it('is found once for all who ask at the same time, and tried again from the relay by itself', async () => {
    answer = { ...GOOD, status: 404 }
    const ways = make(url, 'relay', 100)
    const heard: Way[] = []
    ways.onChange((way) => heard.push(way))
    await Promise.all([ways.current(), ways.current(), ways.current()])
    expect(asked).toBe(1)
    answer = GOOD
    await until(() => heard.length === 2, 'the way has changed')
    expect([heard, await ways.current()]).toEqual([['relay', 'direct'], 'direct'])
    const before = asked
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(asked, 'from the straight way nobody asks without a reason').toBe(before)
  })

  it('stays straight through a restart shorter than the wait, and changes after a longer one', async () => {
    answer = GOOD
    const ways = make()
    await ways.current()
    answer = { ...GOOD, status: 502 }
    setTimeout(() => (answer = GOOD), 1_500)
    expect(await ways.again()).toBe('direct')
    answer = { ...GOOD, status: 502 }
    expect(await ways.again()).toBe('relay')
  })
})

describe('[L10] [P12] people who write through Nextcloud', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  let front: Front
  let plan: string
  beforeAll(async () => {
    server = await startTestServer()
    front = await startFront(server)
    plan = await server.plan()
  })
  afterAll(async () => {
    await front?.close()
    await server?.stop()
  })
  const title = (page: TestPage): ReturnType<SectionPlace['text']> =>
    new SectionPlace(page.doc, PLAN.sections[0]).text('title', 'eu')
  const text = (page: TestPage): string => title(page).toString()
  const by = (page: TestPage): string => {
    const { connectivity } = page.ledger()
    return connectivity.kind === 'online' ? connectivity.by : connectivity.kind
  }
  const saved = (page: TestPage): Promise<void> =>
    until(() => page.ledger().waiting === 0 && page.ledger().serverAt !== null, 'the server has everything')
  const open = async (person: string): Promise<{ page: TestPage; ways: Ways }> => {
    const ways = new Ways({
      serverUrl: `${front.url}/auzolan`,
      relayUrl: `${front.url}/apps/auzolan/relay`,
      retryMs: 300,
    })
    const page = await openPage(server, person, plan, {
      serverUrl: `${front.url}/auzolan`,
      home: front.url,
      apiToken: () => server.token(person),
      relay: { url: `${front.url}/apps/auzolan/relay`, requestToken: () => `standalone:${person}`, ways },
      retryWebSocketMs: 300,
    })
    await page.ready
    return { page, ways }
  }

  it('lose and double nothing, whichever way opens and closes while they type', async () => {
    front.passes = false
    const [culture, youth] = [await open('kultura-cm'), await open('gazteria-teknikaria')]
    await until(() => [culture, youth].every(({ page }) => by(page) === 'relay'), 'both go through Nextcloud')
    let typed = 0
    const type = async (times: number, pauseMs: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        title(culture.page).insert(0, '★')
        title(youth.page).insert(0, '☆')
        typed += 1
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
    }
    const agree = async (): Promise<void> => {
      await Promise.all([saved(culture.page), saved(youth.page)])
      await until(() => text(culture.page) === text(youth.page), 'both have the same title')
    }
    await type(10, 100)
    await agree()
    // The proxy's lines are written while both type.
    front.passes = true
    await type(20, 100)
    await until(
      () => [culture, youth].every(({ page }) => by(page) === 'websocket'),
      'the WebSocket takes over',
    )
    await agree()
    // WebSockets alone are taken away again: straight over HTTP, not through Nextcloud.
    front.upgrades = false
    culture.page.connection.reconnect('NETWORK')
    await type(10, 100)
    await until(() => by(culture.page) === 'http', 'HTTP takes over')
    await agree()
    // The proxy is gone, the server stays.
    front.passes = false
    for (const { page } of [culture, youth]) page.connection.reconnect('NETWORK')
    await type(20, 100)
    await until(
      () => [culture, youth].every(({ page }) => by(page) === 'relay'),
      'both are back on the relay',
      40_000,
    )
    await agree()

    front.passes = front.upgrades = true
    await until(() => [culture, youth].every(({ page }) => by(page) === 'websocket'), 'the WebSocket is back')
    await type(3, 50)
    await agree()
    const cold = await openPage(server, 'komunikazio-arduraduna', plan)
    await cold.ready
    const count = (letter: string): number => text(cold).split(letter).length - 1
    expect([count('★'), count('☆')]).toEqual([typed, typed])
    for (const { page, ways } of [culture, youth]) {
      ways.close()
      await page.close()
    }
    await cold.close()
  }, 120_000)

  it('never ask Nextcloud to wait, and less and less when nobody is there', async () => {
    front.passes = false
    const { page, ways } = await open('kultura-cm')
    await until(() => by(page) === 'relay', 'it goes through Nextcloud')
    const before = front.count('/apps/auzolan/relay/documents/')
    await new Promise((resolve) => setTimeout(resolve, 12_000))
    expect(front.count('/apps/auzolan/relay/documents/') - before).toBeLessThanOrEqual(2)
    ways.close()
    await page.close()
  })
})
