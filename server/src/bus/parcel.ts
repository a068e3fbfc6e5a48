/**
 * What goes over the bus at once, as bytes: a version, the node that speaks, and messages with their lengths in front, so that a
 * node of yesterday skips what only one of today says.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { channelId, parseChannelName, parseDocumentId, type ChannelId } from '@auzolan/shared/ids.ts'
import type { Hint } from './bus.ts'

/** Raised when a node of before would misunderstand; nodes of two versions then find each other's writing by looking. */
export const PARCEL_VERSION = 1

export type Message =
  | ({ readonly kind: 'hint' } & Hint)
  | { readonly kind: 'shown'; readonly channel: ChannelId; readonly states: Uint8Array }
  | { readonly kind: 'asked'; readonly channel: ChannelId }
  | { readonly kind: 'held'; readonly channel: ChannelId }
  | { readonly kind: 'news' }

export interface Parcel {
  readonly node: string
  readonly messages: readonly Message[]
}

const HINT = 1
const SHOWN = 2
const ASKED = 3
const NEWS = 4
const HELD = 5

export function encodeMessage(message: Message): Uint8Array {
  return encoding.encode((e) => {
    switch (message.kind) {
      case 'hint':
        encoding.writeUint8(e, HINT)
        encoding.writeVarString(e, message.channel)
        encoding.writeVarUint(e, message.epoch)
        encoding.writeVarUint(e, message.seq)
        return
      case 'shown':
        encoding.writeUint8(e, SHOWN)
        encoding.writeVarString(e, message.channel)
        encoding.writeVarUint8Array(e, message.states)
        return
      case 'asked':
        encoding.writeUint8(e, ASKED)
        encoding.writeVarString(e, message.channel)
        return
      case 'held':
        encoding.writeUint8(e, HELD)
        encoding.writeVarString(e, message.channel)
        return
      case 'news':
        encoding.writeUint8(e, NEWS)
        return
    }
  })
}

/**
 * As many parcels as it takes, none longer than `maxBytes`. A message that is longer by itself is left out.
 * @param messages each as `encodeMessage` gives it
 */
export function packed(node: string, messages: readonly Uint8Array[], maxBytes: number): Uint8Array[] {
  const head = encoding.encode((e) => {
    encoding.writeUint8(e, PARCEL_VERSION)
    encoding.writeVarString(e, node)
  })
  const parcels: Uint8Array[] = []
  let parts: Uint8Array[] = []
  let bytes = head.length
  const close = (): void => {
    if (parts.length > 0) parcels.push(Buffer.concat([head, ...parts]))
    parts = []
    bytes = head.length
  }
  for (const message of messages) {
    const part = encoding.encode((e) => encoding.writeVarUint8Array(e, message))
    if (head.length + part.length > maxBytes) continue
    if (bytes + part.length > maxBytes) close()
    parts.push(part)
    bytes += part.length
  }
  close()
  return parcels
}

/** An empty parcel: whoever hears it knows that the bus carries. */
export const emptyParcel = (node: string): Uint8Array =>
  encoding.encode((e) => {
    encoding.writeUint8(e, PARCEL_VERSION)
    encoding.writeVarString(e, node)
  })

/** `null` for what is no parcel of this version, whoever has sent it. */
export function readParcel(bytes: Uint8Array): Parcel | null {
  try {
    const d = decoding.createDecoder(bytes)
    if (decoding.readUint8(d) !== PARCEL_VERSION) return null
    const node = decoding.readVarString(d)
    const messages: Message[] = []
    while (decoding.hasContent(d)) {
      const message = readMessage(decoding.readVarUint8Array(d))
      if (message) messages.push(message)
    }
    return { node, messages }
  } catch {
    return null
  }
}

/** `null` for a kind that is not known here. @throws for anything else that cannot be read */
function readMessage(bytes: Uint8Array): Message | null {
  const d = decoding.createDecoder(bytes)
  switch (decoding.readUint8(d)) {
    case HINT:
      return {
        kind: 'hint',
        channel: readChannel(d),
        epoch: decoding.readVarUint(d),
        seq: decoding.readVarUint(d),
      }
    case SHOWN:
      return { kind: 'shown', channel: readChannel(d), states: decoding.readVarUint8Array(d) }
    case ASKED:
      return { kind: 'asked', channel: readChannel(d) }
    case HELD:
      return { kind: 'held', channel: readChannel(d) }
    case NEWS:
      return { kind: 'news' }
    default:
      return null
  }
}

function readChannel(d: decoding.Decoder): ChannelId {
  const text = decoding.readVarString(d)
  const [document, name] = [parseDocumentId(text.slice(0, 36)), parseChannelName(text.slice(37))]
  if (document === null || name === null || text !== channelId(document, name))
    throw new RangeError('no channel')
  return text as ChannelId
}
