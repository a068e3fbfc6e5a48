/** A writer on our own wire (`auzolan.v1`), the only one on which our server acknowledges. */
import { gunzipSync } from 'node:zlib'
import { WebSocket } from 'ws'
import {
  SUBPROTOCOL,
  decodeServerFrame,
  encodeClientFrame,
  type ClientFrame,
} from '@auzolan/shared/protocol/frames.ts'
import type { Guest } from './guest.ts'
import { inTime } from './pause.ts'

export interface OwnGuest extends Guest {
  say(frame: ClientFrame): void
  /** Bytes of all that the server has said. */
  readonly heard: () => number
}

export function enterAcknowledged(url: string, ticket: string, clientId: number): Promise<OwnGuest> {
  const socket = new WebSocket(url, SUBPROTOCOL, { perMessageDeflate: false })
  let n = 0
  let received = 0
  const { promise: synced, done: isSynced } = inTime('our server says welcome')
  let heard = 0
  const say = (frame: ClientFrame): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(encodeClientFrame(frame))
  }
  const guest: OwnGuest = {
    synced,
    received: () => received,
    heard: () => heard,
    say,
    send: (update) => say({ kind: 'update', channel: 'content', n: ++n, update }),
    onUpdate: () => {},
    onAck: () => {},
    close: () => socket.terminate(),
  }
  socket.on('message', (data: Buffer) => {
    heard += data.length
    const frame = decodeServerFrame(new Uint8Array(data))
    switch (frame?.kind) {
      case 'welcome':
        return isSynced()
      case 'snapshot':
        // As it travels: compressed.
        received += frame.gzip.length
        return guest.onUpdate(gunzipSync(frame.gzip))
      case 'entries':
        for (const update of frame.updates) {
          received += update.length
          guest.onUpdate(update)
        }
        return
      case 'ack':
        return guest.onAck(frame.count)
      case 'refused':
      case 'bye':
        if (frame.code === 'RESTART') return
        throw new Error(`our server said ${frame.kind} ${frame.code}`)
      default:
        return
    }
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      socket.send(
        encodeClientFrame({
          kind: 'hello',
          ticket,
          build: 'bench',
          channels: [{ channel: 'content', epoch: 0, afterSeq: 0, clientIds: [clientId] }],
        }),
      )
      resolve(guest)
    })
    socket.on('error', () => {})
  })
}
