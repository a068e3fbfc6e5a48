/** The three servers, each as it is meant to be run, and how a client gets into a room of theirs. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { enterAcknowledged } from './acknowledged.ts'
import { enterAsGuest, type Guest } from './guest.ts'
import { makePlans } from './plans.ts'
import { ServerProcess } from './server-process.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
/** May write the plans of its department; the demo host signs people in without a password. */
const PERSON = 'kultura-cm'

export interface Contestant {
  readonly name: string
  /** Version, storage, and what an acknowledgement means. */
  readonly about: string
  readonly server: ServerProcess
  /** What answers to "it has my edit": null where the protocol has no such thing. */
  readonly acknowledges: string | null
  newRoom(): Promise<string>
  /** What somebody shows at the door; absent where nobody is asked. In an installation Nextcloud hands it out, here the demo host. */
  readonly ticket?: (room: string) => Promise<string>
  /** @param stateVector what the client holds; nothing unless said. @param ticket fetched already; otherwise it is fetched first */
  enter(room: string, stateVector?: Uint8Array, ticket?: string): Promise<Guest>
  /** A writer that hears acknowledgements, where there are any; `clientId` is the Yjs id it writes under. */
  enterToWrite(room: string, clientId: number, ticket?: string): Promise<Guest>
}

let lastRoom = 0
const anyRoom = (): Promise<string> => Promise.resolve(`bench-${Date.now().toString(36)}-${++lastRoom}`)

/** What a house sets that expects this much (docs/OPERATIONS.md): the peers have no limits. */
const CAPACITY = {
  AUZOLAN_UPDATES_PER_SECOND: '20000',
  AUZOLAN_UPDATES_BURST: '100000',
  AUZOLAN_SESSIONS_PER_DOCUMENT: '4000',
}

/** @param rooms how many there can be in all */
export async function launchAuzolan(rooms: number): Promise<Contestant> {
  let plans: string[] = []
  const server = await ServerProcess.launch(
    {
      script: path('../../server/src/main.ts'),
      args: ['--standalone'],
      environment: (port, data) => ({
        AUZOLAN_PORT: String(port),
        AUZOLAN_DATA: data,
        AUZOLAN_LOG_LEVEL: 'warn',
        ...CAPACITY,
      }),
      health: '/healthz',
    },
    async (folder) => void (plans = await makePlans(folder, rooms, PERSON)),
  )
  const base = `http://127.0.0.1:${server.port}`
  const ocs = async (method: string, what: string, body?: object): Promise<Record<string, string>> => {
    const response = await fetch(`${base}/ocs/v2.php/apps/auzolan/api/v1/${what}`, {
      method,
      headers: { requesttoken: `standalone:${PERSON}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return ((await response.json()) as { ocs: { data: Record<string, string> } }).ocs.data
  }
  const ticket = async (document: string): Promise<string> =>
    (await ocs('POST', 'ticket', { document }))['ticket']!
  return {
    name: 'auzolan',
    about: 'this repository; SQLite WAL, synchronous=FULL; acknowledges what is on disk',
    server,
    acknowledges: 'ack of auzolan.v1',
    newRoom() {
      const plan = plans.pop()
      return plan ? Promise.resolve(plan) : Promise.reject(new Error('more rooms than were made'))
    },
    ticket,
    enter: async (room, stateVector, shown) =>
      enterAsGuest({
        url: `ws://127.0.0.1:${server.port}/sync/${room}/content`,
        protocols: [
          'auzolan.y',
          `ticket.${Buffer.from(shown ?? (await ticket(room))).toString('base64url')}`,
        ],
        ...(stateVector ? { stateVector } : {}),
      }),
    enterToWrite: async (room, clientId, shown) =>
      enterAcknowledged(
        `ws://127.0.0.1:${server.port}/sync/${room}`,
        shown ?? (await ticket(room)),
        clientId,
      ),
  }
}

export async function launchWebsocketServer(): Promise<Contestant> {
  const server = await ServerProcess.launch({
    script: path('./peers/node_modules/@y/websocket-server/src/server.js'),
    environment: (port) => ({ HOST: '127.0.0.1', PORT: String(port) }),
    health: '/',
  })
  const enter = (room: string, stateVector?: Uint8Array): Promise<Guest> =>
    enterAsGuest({ url: `ws://127.0.0.1:${server.port}/${room}`, ...(stateVector ? { stateVector } : {}) })
  return {
    name: '@y/websocket-server',
    about: `${await versionOf('@y/websocket-server')} on Yjs ${await versionOf('@y/websocket-server/node_modules/yjs')}; keeps nothing (since 0.1.2 it reads no YPERSISTENCE); acknowledges nothing`,
    server,
    acknowledges: null,
    newRoom: anyRoom,
    enter,
    enterToWrite: (room) => enter(room),
  }
}

/** @param durable stores after every edit instead of some time later */
export async function launchHocuspocus(durable = false): Promise<Contestant> {
  const server = await ServerProcess.launch({
    script: path('./peers/hocuspocus.mjs'),
    environment: (port, data) => ({ PORT: String(port), DATA: data, ...(durable ? { DURABLE: '1' } : {}) }),
    health: '/',
  })
  const enter = (room: string, stateVector?: Uint8Array): Promise<Guest> =>
    enterAsGuest({
      url: `ws://127.0.0.1:${server.port}/`,
      document: room,
      ...(stateVector ? { stateVector } : {}),
    })
  const store = durable ? 'debounce 0' : 'debounce 2 s, at most 10 s'
  return {
    name: durable ? '@hocuspocus/server, durable' : '@hocuspocus/server',
    about: `${await versionOf('@hocuspocus/server')}; SQLite extension, ${store}; acknowledges what is in memory`,
    server,
    acknowledges: 'SyncStatus',
    newRoom: anyRoom,
    enter,
    enterToWrite: (room) => enter(room),
  }
}

async function versionOf(name: string): Promise<string> {
  const file = path(`./peers/node_modules/${name}/package.json`)
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}
