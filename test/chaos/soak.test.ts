/** People who come and go thousands of times: what they leave behind in memory is nothing. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { STOCK_SUBPROTOCOL, STOCK_TICKET_PREFIX, SUBPROTOCOL } from '@auzolan/shared/protocol/frames.ts'
import { EXCHANGES, ROOMS, SOCKETS } from '@auzolan/server/src/container.ts'
import { groupsOf, startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { LONG, oneOf, seeded } from '../support/random.ts'
import { until } from '../support/server.ts'
import { hello, openWire, openWriter } from '../support/wire.ts'

const TITLE = 'identity.title:eu'
const VISITS = LONG ? 10_000 : 100
const WARM_UP = LONG ? 1_000 : 50
const DOCUMENTS = LONG ? 100 : 10
const AT_ONCE = 10
const PEOPLE = ['ane', 'jon', 'unai', 'gorka', 'oier']
/** A session that is not forgotten holds kilobytes; collected memory still swings by a few hundred of them. */
const GROWTH_MAX_BYTES = 4 * 1024 * 1024

let server: ServerHere
let plans: DocumentId[]
beforeAll(async () => {
  server = await startHere()
  plans = await Promise.all(Array.from({ length: DOCUMENTS }, () => server.plan()))
})
afterAll(() => server.stop())

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

interface Held {
  readonly heapBytes: number
  readonly handles: number
}

/** Once everybody has gone and what follows a visit is done. */
async function held(): Promise<Held> {
  const of = server.container
  await until(
    () => of.resolve(SOCKETS).count + of.resolve(ROOMS).count + of.resolve(EXCHANGES).count === 0,
    'nobody is here and no room is open',
    60_000,
  )
  const handles = (): number => process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout').length
  // Connections of `fetch` that wait for their next use end by themselves, timers of rooms and sockets run out.
  let last = -1
  await until(
    async () => {
      const before = last
      last = process.getActiveResourcesInfo().length
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      return process.getActiveResourcesInfo().length === last && last === before
    },
    'handles stay the same',
    60_000,
  )
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { heapBytes: process.memoryUsage().heapUsed, handles: handles() }
}

/** Kinds of visits; each ends by itself or is cut off. */
const KINDS = LONG
  ? (['reads', 'writes', 'is cut off', 'says nothing', 'is refused', 'stock', 'http'] as const)
  : (['reads', 'writes', 'is cut off', 'says nothing', 'is refused', 'stock'] as const)

async function visit(kind: (typeof KINDS)[number], plan: DocumentId, person: string): Promise<void> {
  switch (kind) {
    case 'reads':
    case 'writes': {
      const writer = await openWriter(server, person, plan)
      if (kind === 'writes') {
        const update = writer.edit((doc) => {
          const title = doc.getText(TITLE)
          // Documents do not grow: it is about what remains of people.
          if (title.length > 20) title.delete(0, title.length)
          title.insert(0, 'x')
        })[0]!
        expect(await writer.write(update)).toBeNull()
      }
      writer.say({ kind: 'presence', channel: 'content', states: new Uint8Array([0]) })
      return writer.close()
    }
    case 'is cut off': {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync/${plan}`, SUBPROTOCOL)
      await new Promise((resolve) => socket.once('open', resolve))
      socket.terminate()
      return
    }
    case 'says nothing':
      return (await openWire(server, plan)).close()
    case 'is refused': {
      const wire = await openWire(server, plan)
      wire.say(hello('no ticket', [new Y.Doc().clientID]))
      expect(await wire.farewell()).toMatchObject({ code: 'TICKET_INVALID' })
      return
    }
    case 'stock': {
      const ticket = Buffer.from(await server.ticket(person, plan)).toString('base64url')
      const protocols = [STOCK_SUBPROTOCOL, STOCK_TICKET_PREFIX + ticket]
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync/${plan}/content`, protocols)
      await new Promise((resolve) => socket.once('message', resolve))
      socket.close()
      await new Promise((resolve) => socket.once('close', resolve))
      return
    }
    case 'http': {
      const token = await sign({ person, groups: groupsOf(person), expires: 200 })
      const session = String(new Y.Doc().clientID)
      const channels = [
        { channel: 'content' as const, epoch: 0, afterSeq: 0, clientIds: [], presence: new Uint8Array() },
      ]
      expect((await server.exchange(token, plan, { session, channels })).status).toBe(200)
    }
  }
}

async function visits(count: number, seed: number): Promise<void> {
  const random = seeded(seed)
  let left = count
  const one = async (): Promise<void> => {
    while (left-- > 0) await visit(oneOf(random, KINDS), oneOf(random, plans), oneOf(random, PEOPLE))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

describe('people who come and go', () => {
  it('[R9] leave no memory, no handle and no room behind', async () => {
    await visits(WARM_UP, 1)
    const before = await held()
    await visits(VISITS, 2)
    const after = await held()
    expect(after.handles).toBeLessThanOrEqual(before.handles)
    expect(after.heapBytes - before.heapBytes).toBeLessThan(GROWTH_MAX_BYTES)
  }, 900_000)
})
