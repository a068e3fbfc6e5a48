/** A stock y-websocket client, unchanged, works with our server and with people who use our own client. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { encodePresence } from '@auzolan/shared/protocol/presence.ts'
import { encodeYjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { openPage } from '../support/page.ts'
import { startTestServer, until } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

const WRITER = 'kultura-cm'
const OTHER = 'gazteria-teknikaria'
const READER = 'alkatetza'
const EU = 'identity.title:eu'
const ES = 'identity.title:es'
/** More than two of the silences after which a stock client gives a connection up (30 s). */
const SILENCE_MS = 70_000

let server: Awaited<ReturnType<typeof startTestServer>>
let plan: string
beforeAll(async () => {
  server = await startTestServer()
  plan = await server.plan()
})
afterAll(() => server.stop())

interface Stock {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** Close codes so far; null where the client closed by itself. */
  readonly closes: (number | null)[]
  readonly final: () => { code: number } | null
  readonly text: (root: string) => string
  close(): void
}

const offer = (ticket: string): string[] => [
  'auzolan.y',
  `ticket.${Buffer.from(ticket).toString('base64url')}`,
]

function stock(ticket: string, document = plan, doc = new Y.Doc()): Stock {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/sync/${document}`, 'content', doc, {
    disableBc: true,
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    protocols: offer(ticket),
  })
  const closes: (number | null)[] = []
  let final: { code: number } | null = null
  provider.on('connection-close', (event) => closes.push(event?.code ?? null))
  provider.on('closed', (event) => (final = event))
  provider.on('connection-error', () => {})
  return {
    doc,
    provider,
    closes,
    final: () => final,
    text: (root) => doc.getText(root).toString(),
    close: () => provider.destroy(),
  }
}

async function enter(person: string, doc?: Y.Doc): Promise<Stock> {
  const client = stock(await server.ticket(person, plan), plan, doc)
  await until(() => client.provider.synced, 'the stock client is synced')
  return client
}

/** Entries ever written to the log, read past the server; putting the log together takes none of them away. */
function logLength(): number {
  const db = new Database(join(server.dataFolder, 'auzolan.sqlite'), { readonly: true })
  try {
    return db.prepare('SELECT max(seq) FROM entry WHERE channel = ?').pluck().get(`${plan}/content`) as number
  } finally {
    db.close()
  }
}

describe('a stock client', () => {
  it('[W4] joins, is synced and sees the plan', async () => {
    const client = await enter(WRITER)
    expect(client.text(EU)).toBe('Haranberriko sare sozialen plana 2027')
    expect(readPlan(client.doc).planning.audiences).toHaveLength(4)
    client.close()
  })

  it('and our own client see what the other writes', async () => {
    const client = await enter(WRITER)
    const page = await openPage(server, OTHER, plan)
    await page.ready
    client.doc.getText(EU).insert(0, 'STOCK ')
    await until(() => page.doc.getText(EU).toString().startsWith('STOCK '), 'our client sees it')
    page.doc.getText(EU).insert(0, 'OWN ')
    await until(() => client.text(EU).startsWith('OWN STOCK '), 'the stock client sees it')
    const audience = new ListPlace(client.doc, PLAN.sections[1].fields.audiences).add()
    await until(() => readPlan(page.doc).planning.audiences.some((a) => a.id === audience), 'a list grows')
    page.doc.getText(EU).delete(0, 'OWN STOCK '.length)
    await until(() => !client.text(EU).startsWith('OWN'), 'what is deleted is deleted there as well')
    expect(readPlan(client.doc)).toEqual(readPlan(page.doc))
    await until(() => page.ledger().waiting === 0, 'all of it is saved')
    client.close()
    await page.close()
  })

  it('and another stock client see what the other writes', async () => {
    const [one, two] = [await enter(WRITER), await enter(OTHER)]
    for (let i = 0; i < 20; i++) {
      one.doc.getText(ES).insert(0, 'a')
      two.doc.getText(ES).insert(0, 'b')
    }
    await until(
      () => one.text(ES) === two.text(ES) && one.text(ES).replace(/[^ab]/g, '').length >= 40,
      'both have all forty letters',
    )
    one.close()
    two.close()
  })

  it('and our own client see each other, under the name the server knows', async () => {
    const client = await enter(WRITER)
    const page = await openPage(server, OTHER, plan)
    await page.ready
    client.provider.awareness.setLocalStateField('user', {
      id: 'alkatetza',
      name: 'Alkatea',
      color: '#112233',
    })
    page.awareness.setLocalStateField('field', 'identity.title')
    await until(() => page.awareness.getStates().has(client.doc.clientID), 'our client sees the stock client')
    await until(() => client.provider.awareness.getStates().has(page.doc.clientID), 'and the other way round')
    expect(page.awareness.getStates().get(client.doc.clientID)!['user']).toEqual({
      id: WRITER,
      name: 'Kulturako komunitate-kudeatzailea',
      color: '#112233',
    })
    expect(client.provider.awareness.getStates().get(page.doc.clientID)).toMatchObject({
      field: 'identity.title',
      user: { id: OTHER },
    })
    client.close()
    await until(() => !page.awareness.getStates().has(client.doc.clientID), 'it is gone when it leaves')
    await page.close()
  })

  it('that echoes the presence of others changes nothing for them', async () => {
    const [echo, page] = [await enter(WRITER), await openPage(server, OTHER, plan)]
    await page.ready
    page.awareness.setLocalStateField('field', 'identity.title')
    const seen = (): unknown => echo.provider.awareness.getStates().get(page.doc.clientID)?.['field']
    await until(() => seen() === 'identity.title', 'it arrives')
    page.awareness.setLocalStateField('field', 'planning.whoAnswer')
    await until(() => seen() === 'planning.whoAnswer', 'the change arrives')
    expect(page.awareness.getLocalState()).toMatchObject({ field: 'planning.whoAnswer' })
    echo.close()
    await page.close()
  })

  it('[W4] that says again what it has heard of a reader does not take the reader’s client id', async () => {
    const [echo, reader] = [await enter(WRITER), new Y.Doc()]
    const come = async () => {
      const wire = await openWire(server, plan)
      wire.say(hello(await server.ticket(READER, plan), [reader.clientID]))
      await wire.heard('welcome')
      return wire
    }
    const first = await come()
    const state = { field: 'identity.title' }
    const states = encodePresence([{ clientId: reader.clientID, clock: 1, state }])
    first.say({ kind: 'presence', channel: 'content', states })
    const seen = (): unknown => echo.provider.awareness.getStates().get(reader.clientID)?.['user']
    await until(() => seen() !== undefined, 'the stock client sees the reader')
    // Time for it to say so again, and once more after the reader has gone.
    await new Promise((resolve) => setTimeout(resolve, 300))
    await first.close()
    await until(() => seen() === undefined, 'the reader is gone')
    await new Promise((resolve) => setTimeout(resolve, 300))
    const again = await come()
    again.say({ kind: 'presence', channel: 'content', states })
    // With the same clock as before: who was told of the farewell sees them all the same.
    await until(() => seen() !== undefined, 'the reader is back')
    expect(seen()).toMatchObject({ id: READER })
    echo.close()
    await again.close()
  })

  it('brings what it wrote while it was away', async () => {
    const before = await enter(WRITER)
    before.provider.disconnect()
    before.doc.getText(EU).insert(0, 'AWAY ')
    before.doc.getText(ES).delete(0, 4)
    before.close()
    const after = await enter(WRITER, before.doc)
    const page = await openPage(server, OTHER, plan)
    await page.ready
    await until(() => page.doc.getText(EU).toString().startsWith('AWAY '), 'the insertion arrives')
    await until(() => page.doc.getText(ES).toString() === after.text(ES), 'the deletion arrives')
    after.close()
    await page.close()
  })

  it('that comes back without news appends nothing to the log', async () => {
    const first = await enter(WRITER)
    first.doc.getText(EU).insert(0, 'to be deleted')
    first.doc.getText(EU).delete(0, 5)
    const page = await openPage(server, OTHER, plan)
    await page.ready
    await until(() => page.doc.getText(EU).toString() === first.text(EU), 'all of it has arrived')
    first.close()
    const entries = logLength()
    for (let i = 0; i < 3; i++) {
      const again = await enter(WRITER, first.doc)
      // Its answer to our step 1 comes before this edit of somebody else is seen here.
      page.doc.getText(ES).insert(0, String(i))
      await until(() => again.text(ES).startsWith(String(i)), 'it is really there')
      again.close()
    }
    await until(() => page.ledger().waiting === 0, 'the edits of the other are saved')
    expect(logLength()).toBe(entries + 3)
    await page.close()
  })

  it('that only deletes is heard', async () => {
    const client = await enter(WRITER)
    const entries = logLength()
    client.doc.getText(EU).delete(0, 1)
    await until(() => logLength() > entries, 'the deletion is on disk')
    const page = await openPage(server, OTHER, plan)
    await page.ready
    await until(() => page.doc.getText(EU).toString() === client.text(EU), 'others read it')
    // Its answer to our step 1 may repeat a deletion that is only just being written; more than once it is not.
    expect(logLength()).toBeLessThanOrEqual(entries + 2)
    client.close()
    await page.close()
  })
})

describe('a stock client is turned away for good', () => {
  const bad: [string, () => string | Promise<string>][] = [
    ['a bad ticket', () => 'garbage'],
    ['no ticket', () => ''],
    ['a token of the REST interface', () => server.token(WRITER)],
    ['a ticket for another document', () => server.ticket(WRITER, '00000000-0000-4000-8000-000000000000')],
  ]
  it.each(bad)(
    '[W5] with %s: accepted, then closed with 4401, and it does not try again',
    async (_what, ticket) => {
      const client = stock(await ticket())
      let opened = false
      client.provider.on('status', ({ status }) => (opened ||= status === 'connected'))
      await until(() => client.final() !== null, 'the provider stops')
      expect(opened).toBe(true)
      expect(client.final()!.code).toBe(4401)
      expect(client.provider.shouldConnect).toBe(false)
      expect(client.closes).toEqual([4401])
      expect(client.doc.share.size).toBe(0)
      client.close()
    },
  )

  it('with a spent ticket', async () => {
    const ticket = await server.ticket(WRITER, plan)
    const first = stock(ticket)
    await until(() => first.provider.synced, 'the first use is good')
    const second = stock(ticket)
    await until(() => second.final() !== null, 'the provider stops')
    expect(second.final()!.code).toBe(4401)
    first.close()
    second.close()
  })

  it('as an outsider', async () => {
    const client = stock(await server.ticket('ingurumen-teknikaria', plan))
    await until(() => client.final() !== null, 'the provider stops')
    expect(client.final()!.code).toBe(4404)
    expect(client.doc.share.size).toBe(0)
    client.close()
  })

  it('as a reader who writes, and nobody sees what was written', async () => {
    const [reader, writer] = [await enter(READER), await enter(WRITER)]
    const entries = logLength()
    expect(reader.text(EU)).toBe(writer.text(EU))
    reader.doc.getText(EU).insert(0, 'READER ')
    await until(() => reader.final() !== null, 'the provider stops')
    expect(reader.final()!.code).toBe(4403)
    expect(logLength()).toBe(entries)
    expect(writer.text(EU)).not.toContain('READER')
    reader.close()
    writer.close()
  })

  it('that writes under somebody else’s client id', async () => {
    const owner = await enter(OTHER)
    owner.doc.getText(ES).insert(0, 'o')
    const page = await openPage(server, READER, plan)
    await page.ready
    await until(() => page.doc.getText(ES).toString() === owner.text(ES), 'the id is the owner’s')
    const thief = await enter(WRITER)
    const update = forged(owner.doc.clientID, Y.getState(owner.doc.store, owner.doc.clientID))
    thief.provider.ws!.send(encodeYjsMessage({ kind: 'update', update }))
    await until(() => thief.final() !== null, 'the provider stops')
    expect(thief.final()!.code).toBe(4403)
    owner.doc.getText(ES).insert(0, 'still ')
    await until(() => page.doc.getText(ES).toString().startsWith('still '), 'the owner goes on')
    thief.close()
    owner.close()
    await page.close()
  })
})

/** An update that goes on under `client` where the server last saw it. */
function forged(client: number, clock: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getText(ES).insert(0, 'x'.repeat(clock))
  const known = Y.encodeStateVector(doc)
  doc.getText(ES).insert(0, 'F')
  return Y.encodeStateAsUpdate(doc, known)
}

describe.concurrent('through long silence', () => {
  it('[W4] a stock client alone in a plan stays connected', async () => {
    const client = await enter(WRITER)
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS))
    expect(client.closes).toEqual([])
    expect(client.provider.wsconnected).toBe(true)
    client.doc.getText(EU).insert(0, 'AFTER ')
    const cold = await enter(OTHER)
    await until(() => cold.text(EU).startsWith('AFTER '), 'the first word after the silence arrives')
    client.close()
    cold.close()
  }, 120_000)

  it('our own client alone in a plan stays connected', async () => {
    const page = await openPage(server, READER, plan)
    await page.ready
    // A page is ready from its device, which may be before it is connected.
    await until(() => page.ledger().connectivity.kind === 'online', 'it is connected')
    const states = new Set<string>()
    const watch = setInterval(() => states.add(JSON.stringify(page.ledger().connectivity)), 100)
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS))
    clearInterval(watch)
    expect([...states]).toEqual([expect.stringContaining('"online"')])
    await page.close()
  }, 120_000)
})
