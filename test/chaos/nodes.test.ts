/**
 * Several server processes on one real PostgreSQL, killed and cut off at any moment, with pages and stock clients whose every connection
 * goes to any of them: no letter is lost, and what is changed on one node counts on all.
 */
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { afterEach, describe, expect, it } from 'vitest'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { balancer, type Balancer } from '../support/balancer.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { POSTGRES, startOwnPostgres, type OwnPostgres } from '../support/own-postgres.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { planOverRest } from '../support/plan-over-rest.ts'
import { LONG, oneOf, seeded, under } from '../support/random.ts'
import { NO_REDIS, startOwnRedis, type OwnRedis } from '../support/redis.ts'
import { startTestServer, until } from '../support/server.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { hello, openWire, openWriter } from '../support/wire.ts'

const NODES = 3
const ROUNDS = LONG ? 30 : 5
const GROUPS = ['Kultura']
/** Letters nobody else types, one alphabet a person. */
const WRITERS = { ane: '①', jon: '②', miren: '③', unai: '④' }
const STOCK = { oier: '⑤' }
const TITLE = 'identity.title:eu'
const [identity] = PLAN.sections

type Node = Awaited<ReturnType<typeof startTestServer>>

interface House {
  readonly postgres: OwnPostgres
  readonly redis: OwnRedis | null
  readonly nodes: readonly Node[]
  /** Of each node, its cable to the database. */
  readonly cables: readonly TcpProxy[]
  /** And the one to Redis. */
  readonly busCables: readonly TcpProxy[]
}

let ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.reverse()) await end()
  ends = []
})

async function house(withRedis: boolean, count = NODES): Promise<House> {
  const postgres = await startOwnPostgres({ max_connections: '200' })
  ends.push(() => postgres.remove())
  const redis = withRedis ? await startOwnRedis('pasahitza-luzea') : null
  if (redis) ends.push(() => redis.stop())
  const [nodes, cables, busCables]: [Node[], TcpProxy[], TcpProxy[]] = [[], [], []]
  for (let i = 0; i < count; i++) {
    const cable = await startTcpProxy(postgres.port)
    ends.push(() => cable.close())
    cables.push(cable)
    const busCable = redis && (await startTcpProxy(redis.port))
    if (busCable) {
      ends.push(() => busCable.close())
      busCables.push(busCable)
    }
    const node = await startTestServer(NEXTCLOUD, {
      AUZOLAN_DATABASE_URL: `postgres://auzolan@127.0.0.1:${cable.port}/postgres`,
      AUZOLAN_LOG_LEVEL: 'error',
      ...(busCable ? { AUZOLAN_REDIS_URL: `redis://:pasahitza-luzea@127.0.0.1:${busCable.port}` } : {}),
    })
    ends.push(() => node.stop())
    nodes.push(node)
  }
  return { postgres, redis, nodes, cables, busCables }
}

const ticket = (person: string, document: string): Promise<string> =>
  sign({ person, groups: GROUPS, scope: 'ticket', document })
const reach = (node: Pick<Node, 'url' | 'port'>) => ({ url: node.url, port: node.port, ticket })
const newPlan = async (url: string): Promise<string> =>
  planOverRest(url, await sign({ person: 'ane', groups: GROUPS }), 'Kultura', { eu: 'Plana' })
const title = (page: TestPage) => new SectionPlace(page.doc, identity).text('title', 'eu')
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface Typist {
  readonly mark: string
  readonly text: () => string
  type(at: number): void
  readonly isOnline: () => boolean
  readonly isSaved: () => boolean
  /** For whoever reads why a test has failed. */
  readonly state: () => unknown
  close(): unknown
}

async function pageTypist(front: Balancer, person: string, mark: string, plan: string): Promise<Typist> {
  const page = await openPage(reach(front), person, plan)
  await page.ready
  return {
    mark,
    text: () => title(page).toString(),
    type: (at) => title(page).insert(at, mark),
    isOnline: () => page.ledger().connectivity.kind === 'online',
    isSaved: () => page.ledger().connectivity.kind === 'online' && page.ledger().waiting === 0,
    state: () => page.ledger(),
    close: () => page.close(),
  }
}

/** A stock client, which needs a fresh ticket for each socket, and knows no acknowledgement: it is saved when others have it. */
async function stockTypist(
  front: Pick<Balancer, 'port'>,
  person: string,
  mark: string,
  plan: string,
): Promise<Typist & { readonly provider: WebsocketProvider }> {
  const doc = new Y.Doc()
  const offer = async (): Promise<string[]> => [
    'auzolan.y',
    `ticket.${Buffer.from(await ticket(person, plan)).toString('base64url')}`,
  ]
  const provider = new WebsocketProvider(`ws://127.0.0.1:${front.port}/sync/${plan}`, 'content', doc, {
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    protocols: await offer(),
    maxBackoffTime: 1_000,
  })
  provider.on('connection-error', () => {})
  const closes: string[] = []
  provider.on('connection-close', (event) => void closes.push(`${event?.code} ${event?.reason}`))
  for (const event of ['connection-close', 'connection-error'] as const)
    provider.on(event, () => void offer().then((fresh) => (provider.protocols = fresh)))
  await until(() => provider.synced, 'the stock client is synced')
  return {
    provider,
    mark,
    text: () => doc.getText(TITLE).toString(),
    type: (at) => doc.getText(TITLE).insert(at, mark),
    isOnline: () => provider.synced,
    isSaved: () => provider.synced,
    state: () => ({ connected: provider.wsconnected, closes }),
    close: () => provider.destroy(),
  }
}

if (NO_REDIS) it.skip(NO_REDIS)
describe.skipIf(POSTGRES === null)('several nodes on one PostgreSQL', () => {
  const variants = [
    ['over the database alone', false, 1],
    ...(NO_REDIS ? [] : [['over Redis', true, 2] as const]),
  ] as const
  it.each(variants)(
    '[ND1] %s: nodes are killed, the database and the bus are cut, and no letter is lost',
    async (_words, withRedis, seed) => {
      const random = seeded(seed)
      const { postgres, redis, nodes, cables, busCables } = await house(withRedis)
      const plan = await newPlan(nodes[0]!.url)
      const front = await balancer(() => nodes.map(({ port }) => port), random)
      ends.push(() => front.close())
      const typists = [
        ...(await Promise.all(
          Object.entries(WRITERS).map(([person, mark]) => pageTypist(front, person, mark, plan)),
        )),
        ...(await Promise.all(
          Object.entries(STOCK).map(([person, mark]) => stockTypist(front, person, mark, plan)),
        )),
      ]
      const before = typists[0]!.text().length

      let typing = true
      const typed = typists.map(() => 0)
      const all = typists.map(async ({ text, type }, i) => {
        while (typing) {
          type(under(random, text().length + 1))
          typed[i]! += 1
          await pause(5 + under(random, 25))
        }
      })
      const troubles: (() => Promise<void>)[] = [
        async () => {
          const node = oneOf(random, nodes)
          await node.kill()
          await pause(under(random, 300))
          await node.start()
        },
        async () => {
          await postgres.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name LIKE 'auzolan%'`,
          )
        },
        async () => {
          const cable = oneOf(random, cables)
          cable.cut()
          await pause(under(random, 500))
          cable.mend()
        },
        async () => {
          await postgres.stop(random() < 0.5 ? 'SIGINT' : 'SIGQUIT')
          await pause(under(random, 300))
          await postgres.start()
        },
        async () => {
          if (!redis) return cables.forEach((cable) => cable.delay(under(random, 20)))
          oneOf(random, busCables).freeze()
          await pause(under(random, 300))
          if (random() < 0.5) {
            await redis.stop()
            await pause(under(random, 300))
            await redis.start()
          }
          busCables.forEach((cable) => cable.mend())
        },
      ]
      const tell = (error: unknown): never => {
        console.log(JSON.stringify(typists.map(({ state }) => state())))
        for (const node of nodes) console.log(node.output().slice(-3_000))
        throw error
      }
      for (let round = 0; round < ROUNDS; round++) {
        await pause(under(random, 400))
        await troubles[round % troubles.length]!()
        await until(() => typists.some(({ isOnline }) => isOnline()), 'somebody is back', 60_000).catch(tell)
      }
      typing = false
      await Promise.all(all)
      cables.forEach((cable) => (cable.mend(), cable.delay(0)))

      await until(
        () => typists.every(({ isSaved }) => isSaved()),
        'everything is on the server',
        90_000,
      ).catch(tell)
      const counted = (text: string): number[] => typists.map(({ mark }) => text.split(mark).length - 1)
      await until(
        () => typists.every(({ text }) => text() === typists[0]!.text() && text().length >= before),
        'all read the same',
        60_000,
      )
      // Cold, at each of the nodes.
      for (const node of nodes) {
        const cold = await openWriter(reach(node), 'gorka', plan)
        expect(cold.doc.getText(TITLE).toString()).toBe(typists[0]!.text())
        await cold.close()
      }
      expect(counted(typists[0]!.text())).toEqual(typed)
      expect(typed.every((n) => n > 20)).toBe(true)
      for (const { close } of typists) await close()
      for (const node of nodes) expect(node.output()).not.toContain('pasahitza-luzea')
    },
    480_000,
  )

  it('[ND1] what is written at one is seen at the other at once, with the bus and without', async () => {
    const { nodes, busCables } = await house(NO_REDIS === null, 2)
    const plan = await newPlan(nodes[0]!.url)
    const [one, two] = [
      await openWriter(reach(nodes[0]!), 'ane', plan),
      await openWriter(reach(nodes[1]!), 'jon', plan),
    ]
    const seenAfter = async (letter: string): Promise<number> => {
      const began = performance.now()
      const [update] = one.edit((doc) => doc.getText(TITLE).insert(0, letter))
      expect(await one.write(update!)).toBeNull()
      const seen = (): boolean =>
        two.frames.some((f) => f.kind === 'entries' && f.updates.some((u) => Buffer.from(u).includes(letter)))
      await until(seen, 'it is seen')
      return performance.now() - began
    }
    const times: number[] = []
    for (const letter of 'abcdefghij') times.push(await seenAfter(`<${letter}>`))
    console.log(`seen at the other node after ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`)
    expect(Math.min(...times)).toBeLessThan(500)
    if (busCables.length > 0) {
      busCables.forEach((cable) => cable.cut())
      // As long as the next look, and no longer.
      expect(await seenAfter('<z>')).toBeLessThan(6_000)
    }
    for (const writer of [one, two]) await writer.close()
  })

  it.skipIf(NO_REDIS)(
    '[ND1] whoever comes over to a node that has heard nothing yet loses no word: a stock client, and one that knows less than it was told is written',
    async () => {
      const { nodes, busCables } = await house(true, 2)
      const plan = await newPlan(nodes[0]!.url)
      const holder = await openWriter(reach(nodes[1]!), 'miren', plan)
      let at = 0
      const front = await balancer(() => [nodes[at]!.port], seeded(1))
      ends.push(() => front.close())
      const mover = await stockTypist(front, 'oier', '⑤', plan)
      busCables[1]!.freeze()
      // Whoever comes there gets the text of before, and so does the next.
      const stays = await stockTypist(nodes[1]!, 'nerea', '⑥', plan)
      const ane = await openWriter(reach(nodes[0]!), 'ane', plan)
      const known = ane.frames.flatMap((f) => (f.kind === 'welcome' ? f.channels[0]!.seq : []))[0]!
      const [first, second] = ane.edit(
        (doc) => doc.getText(TITLE).insert(0, '①'),
        (doc) => doc.getText(TITLE).insert(1, '①'),
      )
      expect(await ane.write(first!)).toBeNull()
      await until(() => mover.text().startsWith('①'), 'the mover has it')
      mover.provider.disconnect()
      mover.type(1)
      at = 1
      const ticketOfAne = await ticket('ane', plan)
      const there = await openWire(reach(nodes[1]!), plan)
      // The first is acknowledged, but how far the log is was not heard.
      there.say(hello(ticketOfAne, [ane.doc.clientID], known, 1))
      await there.heard('welcome')
      there.say({ kind: 'update', channel: 'content', n: 1, update: second! })
      mover.provider.connect()
      await there.heard('ack')
      expect(there.frames.filter((f) => f.kind === 'refused')).toEqual([])
      await until(() => mover.isSaved(), 'the mover is synced')
      await until(() => mover.text() === stays.text() && /①.*①/s.test(stays.text()), 'all read the same')
      expect(stays.text()).toContain('⑤')
      expect(mover.state()).toMatchObject({ connected: true })
      for (const one of [holder, ane, there, mover, stays]) await one.close()
    },
    120_000,
  )

  it('[ND4] whoever changes nodes is seen all the time, or again at once', async () => {
    const { nodes } = await house(false, 2)
    const plan = await newPlan(nodes[0]!.url)
    let at = 0
    const front = await balancer(() => [nodes[at]!.port], seeded(1))
    ends.push(() => front.close())
    const watchers = [
      await stockTypist(nodes[0]!, 'jon', '②', plan),
      await stockTypist(nodes[1]!, 'unai', '④', plan),
    ]
    const mover = await stockTypist(front, 'oier', '⑤', plan)
    mover.provider.awareness.setLocalStateField('cursor', null)
    const id = mover.provider.doc.clientID
    const isSeen = (): boolean => watchers.every(({ provider }) => provider.awareness.getStates().has(id))
    await until(isSeen, 'both see the mover')
    for (const next of [1, 0]) {
      mover.provider.disconnect()
      at = next
      await pause(400)
      expect(isSeen()).toBe(false)
      mover.provider.connect()
      // Its own presence is said anew every fifteen seconds only.
      await until(isSeen, 'both see the mover again', 5_000)
    }
    for (const one of [...watchers, mover]) await one.close()
  }, 120_000)

  it('[A5] [T3] whoever is removed at one node, or whose account has ended, is out at the other', async () => {
    const { nodes } = await house(false, 2)
    const [first, second] = nodes
    const token = await sign({ person: 'ane', groups: GROUPS, expires: 200 })
    const plan = await newPlan(first!.url)
    const call = async (method: string, path: string, body?: object): Promise<unknown> => {
      const response = await fetch(`${first!.url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      expect(response.ok).toBe(true)
      return response.status === 204 ? null : response.json()
    }
    const documents = (await call('GET', '/documents')) as { id: string; team: { id: string } }[]
    const team = documents.find(({ id }) => id === plan)!.team.id
    const member = { kind: 'person', id: 'gorka' }
    await call('PUT', `/teams/${team}/members`, { principal: member, name: 'Gorka', roles: ['editor'] })
    const alone = {
      ...reach(second!),
      ticket: (person: string, document: string) => sign({ person, scope: 'ticket', document }),
    }
    const gorka = await openWriter(alone, 'gorka', plan)
    const jon = await openWriter(reach(second!), 'jon', plan)
    const began = performance.now()
    await call('DELETE', `/teams/${team}/members?kind=person&id=gorka`)
    expect(await gorka.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
    expect(performance.now() - began).toBeLessThan(5_000)

    const body = JSON.stringify({ ended: ['jon'] })
    const told = await fetch(`${first!.url}/api/v1/host/changed`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await sign({ person: 'nextcloud', scope: 'system', body })}`,
        'content-type': 'application/json',
      },
      body,
    })
    expect(told.status).toBe(204)
    expect(await jon.farewell()).toMatchObject({ code: 'ACCESS_ENDED' })
  })
})
