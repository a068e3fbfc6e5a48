/**
 * The messages stock y-websocket clients speak. Our own port speaks them too, towards the stock
 * `WebsocketProvider` it stands under.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

/** An update that changes nothing: no structs, no deletions. */
export const EMPTY_UPDATE = new Uint8Array([0, 0])

export type YjsMessage =
  | { readonly kind: 'step1'; readonly stateVector: Uint8Array }
  | { readonly kind: 'step2'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: Uint8Array }
  | { readonly kind: 'queryAwareness' }

export function encodeYjsMessage(message: YjsMessage): Uint8Array<ArrayBuffer> {
  return encoding.encode((e) => {
    switch (message.kind) {
      case 'step1':
        writeSync(e, STEP_1, message.stateVector)
        return
      case 'step2':
        writeSync(e, STEP_2, message.update)
        return
      case 'update':
        writeSync(e, UPDATE, message.update)
        return
      case 'awareness':
        encoding.writeVarUint(e, AWARENESS)
        encoding.writeVarUint8Array(e, message.states)
        return
      case 'queryAwareness':
        encoding.writeVarUint(e, QUERY_AWARENESS)
        return
    }
  }) as Uint8Array<ArrayBuffer>
}

/** `null` for anything that is not exactly one such message. What is in it is a view of `bytes`. */
export function decodeYjsMessage(bytes: Uint8Array): YjsMessage | null {
  try {
    const d = decoding.createDecoder(bytes)
    const message = read(d)
    return decoding.hasContent(d) ? null : message
  } catch {
    return null
  }
}

function read(d: decoding.Decoder): YjsMessage | null {
  switch (decoding.readVarUint(d)) {
    case SYNC: {
      const step = decoding.readVarUint(d)
      const bytes = decoding.readVarUint8Array(d)
      if (step === STEP_1) return { kind: 'step1', stateVector: bytes }
      if (step === STEP_2) return { kind: 'step2', update: bytes }
      return step === UPDATE ? { kind: 'update', update: bytes } : null
    }
    case AWARENESS:
      return { kind: 'awareness', states: decoding.readVarUint8Array(d) }
    case QUERY_AWARENESS:
      return { kind: 'queryAwareness' }
    case AUTH:
    default:
      return null
  }
}

function writeSync(e: encoding.Encoder, step: number, bytes: Uint8Array): void {
  encoding.writeVarUint(e, SYNC)
  encoding.writeVarUint(e, step)
  encoding.writeVarUint8Array(e, bytes)
}
