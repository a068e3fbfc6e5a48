/**
 * A client without a document: one raw socket that says what a stock client says and hands over the updates that come.
 * Hundreds of them fit into the harness, which shares two cores with the server it measures.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { inTime } from './pause.ts'

const [SYNC, QUERY_AWARENESS, AUTH, SYNC_REPLY, SYNC_STATUS] = [0, 3, 2, 4, 8]
const [STEP_1, STEP_2, UPDATE] = [0, 1, 2]
/** State vector of whoever has nothing. */
const NOTHING = new Uint8Array([0])
const EMPTY_UPDATE = new Uint8Array([0, 0])
/** Hocuspocus sends silent clients away after a minute; a stock client's presence would say something in time. */
const SIGN_OF_LIFE_MS = 20_000

export interface Guest {
  /** The server has sent what it had. */
  readonly synced: Promise<void>
  /** Bytes of documents that have come. */
  readonly received: () => number
  send(update: Uint8Array): void
  /** Called with every update, the first state included. */
  onUpdate: (update: Uint8Array) => void
  /** Called with the number of this guest's updates that the server says it has. */
  onAck: (count: number) => void
  close(): void
}

export interface Address {
  readonly url: string
  readonly protocols?: readonly string[]
  /** Hocuspocus puts the name of the document before every message. */
  readonly document?: string
  /** What the client has already; nothing unless said. */
  readonly stateVector?: Uint8Array
}

export function enterAsGuest({
  url,
  protocols = [],
  document,
  stateVector = NOTHING,
}: Address): Promise<Guest> {
  const socket = new WebSocket(url, [...protocols], { perMessageDeflate: false })
  let received = 0
  let acks = 0
  /** Acknowledgements still to come for answers to step 1, which are no edits. */
  let forAnswers = 0
  const { promise: synced, done: isSynced } = inTime('the server has sent what it had')

  const say = (...parts: (number | Uint8Array)[]): void => {
    const e = encoding.createEncoder()
    if (document !== undefined) encoding.writeVarString(e, document)
    for (const part of parts) {
      if (typeof part === 'number') encoding.writeVarUint(e, part)
      else encoding.writeVarUint8Array(e, part)
    }
    socket.send(encoding.toUint8Array(e))
  }
  const guest: Guest = {
    synced,
    received: () => received,
    send: (update) => say(SYNC, UPDATE, update),
    onUpdate: () => {},
    onAck: () => {},
    close: () => {
      clearInterval(life)
      socket.terminate()
    },
  }
  const life = setInterval(() => {
    if (document !== undefined && socket.readyState === WebSocket.OPEN) say(QUERY_AWARENESS)
  }, SIGN_OF_LIFE_MS)
  life.unref()

  socket.on('message', (data: Buffer) => {
    const d = decoding.createDecoder(data)
    if (document !== undefined) decoding.readVarString(d)
    const kind = decoding.readVarUint(d)
    if (kind === SYNC_STATUS && document !== undefined) {
      if (forAnswers > 0) forAnswers -= 1
      else if (decoding.readVarUint(d) === 1) guest.onAck(++acks)
      return
    }
    if (kind !== SYNC && !(kind === SYNC_REPLY && document !== undefined)) return
    const step = decoding.readVarUint(d)
    const bytes = decoding.readVarUint8Array(d)
    // What a stock client that has nothing of its own answers.
    if (step === STEP_1) {
      forAnswers += 1
      return say(SYNC, STEP_2, EMPTY_UPDATE)
    }
    received += bytes.length
    guest.onUpdate(bytes)
    if (step === STEP_2) isSynced()
  })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      if (document !== undefined) {
        const e = encoding.createEncoder()
        encoding.writeVarString(e, document)
        encoding.writeVarUint(e, AUTH)
        encoding.writeVarUint(e, 0)
        encoding.writeVarString(e, 'no token')
        socket.send(encoding.toUint8Array(e))
      }
      say(SYNC, STEP_1, stateVector)
      resolve(guest)
    })
    // A killed server ends sockets: expected, and counted by those who wait.
    socket.on('error', () => {})
  })
}
