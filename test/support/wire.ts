/** A hand on the wire: says any bytes to the server, well-formed or not, and remembers what came back. */
import { gunzipSync } from 'node:zlib'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import {
  SUBPROTOCOL,
  decodeServerFrame,
  encodeClientFrame,
  type ClientFrame,
  type ServerFrame,
} from '@auzolan/shared/protocol/frames.ts'
import { until, type TestServer } from './server.ts'

/** What a wire needs of a server, wherever it runs. */
export type Reachable = Pick<TestServer, 'port' | 'ticket'>

type FrameOf<K extends ServerFrame['kind']> = Extract<ServerFrame, { kind: K }>

export interface Wire {
  readonly frames: ServerFrame[]
  /** Close code, once the socket is closed. */
  readonly closed: () => number | null
  raw(data: Uint8Array | string): void
  say(frame: ClientFrame): void
  /** The frames of one kind, once there are `count` of them. */
  heard<K extends ServerFrame['kind']>(kind: K, count?: number): Promise<FrameOf<K>[]>
  /** The reason of the farewell and the close code. */
  farewell(): Promise<{ code: RefusalCode | null; closed: number }>
  close(): Promise<void>
}

export async function openWire(
  server: Reachable,
  document: string,
  options: { path?: string; headers?: Record<string, string> } = {},
): Promise<Wire> {
  const url = `ws://127.0.0.1:${server.port}${options.path ?? `/sync/${document}`}`
  const socket = new WebSocket(url, SUBPROTOCOL, { headers: options.headers ?? {} })
  const frames: ServerFrame[] = []
  let closed: number | null = null
  socket.on('message', (data: Buffer) => {
    const frame = decodeServerFrame(new Uint8Array(data))
    if (frame === null) throw new Error('the server said something unreadable')
    frames.push(frame)
  })
  socket.on('close', (code) => (closed = code))
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  socket.on('error', () => {})
  const heard = async <K extends ServerFrame['kind']>(kind: K, count = 1): Promise<FrameOf<K>[]> => {
    const found = (): FrameOf<K>[] => frames.filter((f): f is FrameOf<K> => f.kind === kind)
    await until(() => {
      if (found().length < count && closed !== null) throw new Error(`closed (${closed}) without ${kind}`)
      return found().length >= count
    }, `the server says ${kind}`)
    return found()
  }
  return {
    frames,
    closed: () => closed,
    raw: (data) => socket.send(data),
    say: (frame) => socket.send(encodeClientFrame(frame)),
    heard,
    async farewell() {
      await until(() => closed !== null, 'the server closes the socket')
      const bye = frames.find((f) => f.kind === 'bye')
      return { code: bye?.code ?? null, closed: closed! }
    },
    async close() {
      socket.close()
      await until(() => closed !== null, 'the socket is closed')
    },
  }
}

export interface Writer extends Wire {
  readonly doc: Y.Doc
  /** Sends an update and waits for the answer to it: `null` when it is on disk. */
  write(update: Uint8Array): Promise<RefusalCode | null>
  /** Edits the document and returns the updates, one a call. */
  edit(...steps: ((doc: Y.Doc) => void)[]): Uint8Array[]
}

export const hello = (
  ticket: string,
  clientIds: readonly number[],
  afterSeq = 0,
  epoch = 0,
  channel: ChannelName = 'content',
): Extract<ClientFrame, { kind: 'hello' }> => ({
  kind: 'hello',
  ticket,
  build: 'test',
  channels: [{ channel, epoch, afterSeq, clientIds }],
})

/** Somebody seated, with a document of their own that knows everything so far. */
export async function openWriter(
  server: Reachable,
  person: string,
  document: string,
  channel: ChannelName = 'content',
): Promise<Writer> {
  const doc = new Y.Doc()
  const wire = await openWire(server, document)
  wire.say(hello(await server.ticket(person, document), [doc.clientID], 0, 0, channel))
  const [welcome] = await wire.heard('welcome')
  const { seq } = welcome!.channels[0]!
  await until(
    () =>
      seq === 0 || wire.frames.some((f) => (f.kind === 'entries' || f.kind === 'snapshot') && f.toSeq >= seq),
    'everything so far has come',
  )
  for (const frame of wire.frames) {
    if (frame.kind === 'snapshot') Y.applyUpdate(doc, gunzipSync(frame.gzip))
    if (frame.kind === 'entries') frame.updates.forEach((u) => Y.applyUpdate(doc, u))
  }
  let n = 0
  let accepted = 0
  return {
    ...wire,
    doc,
    edit(...steps) {
      const updates: Uint8Array[] = []
      const keep = (update: Uint8Array): void => void updates.push(update)
      doc.on('update', keep)
      for (const step of steps) doc.transact(() => step(doc))
      doc.off('update', keep)
      return updates
    },
    async write(update) {
      const number = ++n
      wire.say({ kind: 'update', channel, n: number, update })
      const refused = (): FrameOf<'refused'> | undefined =>
        wire.frames.find((f): f is FrameOf<'refused'> => f.kind === 'refused' && f.n === number)
      const acknowledged = (): boolean => wire.frames.some((f) => f.kind === 'ack' && f.count > accepted)
      await until(() => refused() !== undefined || acknowledged(), 'the update is answered')
      if (!refused()) accepted += 1
      return refused()?.code ?? null
    },
  }
}
