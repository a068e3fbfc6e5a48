/** The three servers, each as it is meant to be run, and how a client gets into a room of theirs. */
import { planOverRest } from '../support/plan-over-rest.ts'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { enterAcknowledged } from './acknowledged.ts'
import { enterAsGuest, type Guest } from './guest.ts'
import { ServerProcess } from './server-process.ts'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))
/** May write the plans of its department; the demo host signs people in without a password. */
const PERSON = 'kultura-cm'
const GROUP = 'Kultura'

export interface Contestant {
  readonly name: string
  /** Version, storage, and what an acknowledgement means. */
  readonly about: string
  readonly server: ServerProcess
  /** What answers to "it has my edit": null where the protocol has no such thing. */
  readonly acknowledges: string | null
  newRoom(): Promise<string>
  enter(room: string): Promise<Guest>
  /** A writer that hears acknowledgements, where there are any; `clientId` is the Yjs id it writes under. */
  enterToWrite(room: string, clientId: number): Promise<Guest>
}

let lastRoom = 0
const anyRoom = (): Promise<string> => Promise.resolve(`bench-${Date.now().toString(36)}-${++lastRoom}`)

export async function launchAuzolan(): Promise<Contestant> {
  const server = await ServerProcess.launch({
    script: path('../../server/src/main.ts'),
    args: ['--standalone'],
    environment: (port, data) => ({
      AUZOLAN_PORT: String(port),
      AUZOLAN_DATA: data,
      AUZOLAN_LOG_LEVEL: 'warn',
    }),
    health: '/healthz',
  })
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
    async newRoom() {
      const { token } = await ocs('GET', 'token')
      return planOverRest(base, token!, GROUP, {})
    },
    enter: async (room) =>
      enterAsGuest({
        url: `ws://127.0.0.1:${server.port}/sync/${room}/content`,
        protocols: ['auzolan.y', `ticket.${Buffer.from(await ticket(room)).toString('base64url')}`],
      }),
    enterToWrite: async (room, clientId) =>
      enterAcknowledged(`ws://127.0.0.1:${server.port}/sync/${room}`, await ticket(room), clientId),
  }
}

export async function launchWebsocketServer(): Promise<Contestant> {
  const server = await ServerProcess.launch({
    script: path('./peers/node_modules/@y/websocket-server/src/server.js'),
    environment: (port, data) => ({ HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: `${data}/level` }),
    health: '/',
  })
  const enter = (room: string): Promise<Guest> =>
    enterAsGuest({ url: `ws://127.0.0.1:${server.port}/${room}` })
  return {
    name: '@y/websocket-server',
    about: `${await versionOf('@y/websocket-server')}; LevelDB (YPERSISTENCE), every update, not awaited; acknowledges nothing`,
    server,
    acknowledges: null,
    newRoom: anyRoom,
    enter,
    enterToWrite: enter,
  }
}

export async function launchHocuspocus(): Promise<Contestant> {
  const server = await ServerProcess.launch({
    script: path('./peers/hocuspocus.mjs'),
    environment: (port, data) => ({ PORT: String(port), DATA: data }),
    health: '/',
  })
  const enter = (room: string): Promise<Guest> =>
    enterAsGuest({ url: `ws://127.0.0.1:${server.port}/`, document: room })
  return {
    name: '@hocuspocus/server',
    about: `${await versionOf('@hocuspocus/server')}; SQLite extension, debounce 2 s, at most 10 s; acknowledges what is in memory`,
    server,
    acknowledges: 'SyncStatus',
    newRoom: anyRoom,
    enter,
    enterToWrite: enter,
  }
}

async function versionOf(name: string): Promise<string> {
  const file = path(`./peers/node_modules/${name}/package.json`)
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}
