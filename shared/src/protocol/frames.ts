/**
 * The wire of our own client, subprotocol `auzolan.v1`: one socket carries all channels of a document.
 * lib0 binary; the first number is the kind of frame. Anything that does not parse exactly is malformed.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { REFUSAL_CODES, type RefusalCode } from '../codes.ts'
import { CLIENT_IDS_PER_HELLO_MAX } from '../limits.ts'
import { CHANNELS, parseChannelName, type ChannelName } from '../ids.ts'

export const SUBPROTOCOL = 'auzolan.v1'
/** What stock y-websocket clients offer, followed by `ticket.<base64url>`. */
export const STOCK_SUBPROTOCOL = 'auzolan.y'
/** Of a WebSocket that only wants to know whether WebSockets pass: it hears this word, and is closed. */
export const PROBE_SUBPROTOCOL = 'auzolan.probe'
export const PROBE_WORD = 'auzolan'
export const STOCK_TICKET_PREFIX = 'ticket.'

/** A channel the client wants, and how far its own copy reaches. */
export interface ChannelGreeting {
  readonly channel: ChannelName
  /** 0 when the client has no copy. */
  readonly epoch: number
  readonly afterSeq: number
  /** Yjs client ids this person writes under: the tab's own, and those of tabs that left work behind. */
  readonly clientIds: readonly number[]
}
/** Whether the channel takes edits of this person now. `full`: it has reached its size; `locked`: it is in review. */
export const WRITE_STATES = ['no', 'yes', 'locked', 'full', 'old'] as const
export type WriteState = (typeof WRITE_STATES)[number]
/**
 * What began the present epoch. A copy of another epoch must not be merged: after a `repair` (a harmful entry was
 * taken out) or a `restore` (an old backup) it may hold what the server lacks; after an `erasure` it must go.
 */
export const EPOCH_CAUSES = ['birth', 'repair', 'erasure', 'restore'] as const
export type EpochCause = (typeof EPOCH_CAUSES)[number]

export interface ChannelWelcome {
  readonly channel: ChannelName
  readonly epoch: number
  readonly epochCause: EpochCause
  /** Where the log ends now; everything up to here follows in `snapshot` and `entries`. */
  readonly seq: number
  readonly write: WriteState
}

export type ClientFrame =
  | {
      readonly kind: 'hello'
      readonly ticket: string
      readonly build: string
      readonly channels: readonly ChannelGreeting[]
    }
  | {
      readonly kind: 'update'
      readonly channel: ChannelName
      readonly n: number
      readonly update: Uint8Array
    }
  | { readonly kind: 'presence'; readonly channel: ChannelName; readonly states: Uint8Array }
  | { readonly kind: 'beat' }
  /** A fresh ticket for the lease of this socket. */
  | { readonly kind: 'renew'; readonly ticket: string }

export type ServerFrame =
  | { readonly kind: 'welcome'; readonly channels: readonly ChannelWelcome[] }
  /** What one may do has changed; channels that are not named are as they were. */
  | {
      readonly kind: 'grants'
      readonly channels: readonly { readonly channel: ChannelName; readonly write: WriteState }[]
    }
  /** The lease ends after this time unless a `renew` comes. */
  | { readonly kind: 'renewSoon'; readonly withinMs: number }
  /** Everything up to `toSeq` in one update, compressed with gzip. */
  | {
      readonly kind: 'snapshot'
      readonly channel: ChannelName
      readonly toSeq: number
      readonly gzip: Uint8Array
    }
  | {
      readonly kind: 'entries'
      readonly channel: ChannelName
      readonly fromSeq: number
      readonly toSeq: number
      readonly updates: readonly Uint8Array[]
    }
  /**
   * The first `count` updates of this connection that were not refused are durable. `seq`: up to here this
   * connection has been given everything, its own entries included.
   */
  | { readonly kind: 'ack'; readonly channel: ChannelName; readonly count: number; readonly seq: number }
  | {
      readonly kind: 'refused'
      readonly channel: ChannelName
      readonly n: number
      readonly code: RefusalCode
    }
  | { readonly kind: 'presence'; readonly channel: ChannelName; readonly states: Uint8Array }
  | { readonly kind: 'bye'; readonly code: RefusalCode; readonly retryAfterMs: number }
  | { readonly kind: 'beat' }

const CLIENT_KINDS = ['hello', 'update', 'presence', 'beat', 'renew'] as const
const SERVER_KINDS = [
  'welcome',
  'entries',
  'ack',
  'refused',
  'presence',
  'bye',
  'beat',
  'grants',
  'renewSoon',
  'snapshot',
] as const

export function encodeClientFrame(frame: ClientFrame): Uint8Array<ArrayBuffer> {
  return encoding.encode((e) => {
    encoding.writeVarUint(e, CLIENT_KINDS.indexOf(frame.kind))
    switch (frame.kind) {
      case 'hello':
        encoding.writeVarString(e, frame.ticket)
        encoding.writeVarString(e, frame.build)
        writeArray(e, frame.channels, (c) => writeGreeting(e, c))
        return
      case 'update':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint(e, frame.n)
        encoding.writeVarUint8Array(e, frame.update)
        return
      case 'presence':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint8Array(e, frame.states)
        return
      case 'renew':
        encoding.writeVarString(e, frame.ticket)
        return
      case 'beat':
        return
    }
  }) as Uint8Array<ArrayBuffer>
}

export function encodeServerFrame(frame: ServerFrame): Uint8Array<ArrayBuffer> {
  return encoding.encode((e) => {
    encoding.writeVarUint(e, SERVER_KINDS.indexOf(frame.kind))
    switch (frame.kind) {
      case 'welcome':
        writeArray(e, frame.channels, (c) => {
          encoding.writeVarString(e, c.channel)
          encoding.writeVarUint(e, c.epoch)
          encoding.writeVarUint(e, EPOCH_CAUSES.indexOf(c.epochCause))
          encoding.writeVarUint(e, c.seq)
          encoding.writeVarUint(e, WRITE_STATES.indexOf(c.write))
        })
        return
      case 'grants':
        writeArray(e, frame.channels, (c) => {
          encoding.writeVarString(e, c.channel)
          encoding.writeVarUint(e, WRITE_STATES.indexOf(c.write))
        })
        return
      case 'renewSoon':
        encoding.writeVarUint(e, frame.withinMs)
        return
      case 'snapshot':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint(e, frame.toSeq)
        encoding.writeVarUint8Array(e, frame.gzip)
        return
      case 'entries':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint(e, frame.fromSeq)
        encoding.writeVarUint(e, frame.toSeq)
        writeArray(e, frame.updates, (u) => encoding.writeVarUint8Array(e, u))
        return
      case 'ack':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint(e, frame.count)
        encoding.writeVarUint(e, frame.seq)
        return
      case 'refused':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint(e, frame.n)
        encoding.writeVarString(e, frame.code)
        return
      case 'presence':
        encoding.writeVarString(e, frame.channel)
        encoding.writeVarUint8Array(e, frame.states)
        return
      case 'bye':
        encoding.writeVarString(e, frame.code)
        encoding.writeVarUint(e, frame.retryAfterMs)
        return
      case 'beat':
        return
    }
  }) as Uint8Array<ArrayBuffer>
}

/** `null` for anything that is not exactly one client frame. */
export const decodeClientFrame = (bytes: Uint8Array): ClientFrame | null =>
  decode(bytes, (d): ClientFrame | null => {
    switch (CLIENT_KINDS[decoding.readVarUint(d)]) {
      case 'hello':
        return {
          kind: 'hello',
          ticket: decoding.readVarString(d),
          build: decoding.readVarString(d),
          channels: readGreetings(d, readGreeting),
        }
      case 'update':
        return {
          kind: 'update',
          channel: readChannel(d),
          n: decoding.readVarUint(d),
          update: decoding.readVarUint8Array(d),
        }
      case 'presence':
        return { kind: 'presence', channel: readChannel(d), states: decoding.readVarUint8Array(d) }
      case 'renew':
        return { kind: 'renew', ticket: decoding.readVarString(d) }
      case 'beat':
        return { kind: 'beat' }
      default:
        return null
    }
  })

/** `null` for anything that is not exactly one server frame. */
export const decodeServerFrame = (bytes: Uint8Array): ServerFrame | null =>
  decode(bytes, (d): ServerFrame | null => {
    switch (SERVER_KINDS[decoding.readVarUint(d)]) {
      case 'welcome':
        return {
          kind: 'welcome',
          channels: readArray(d, 16, () => ({
            channel: readChannel(d),
            epoch: decoding.readVarUint(d),
            epochCause: readOneOf(d, EPOCH_CAUSES),
            seq: decoding.readVarUint(d),
            write: readOneOf(d, WRITE_STATES),
          })),
        }
      case 'grants':
        return {
          kind: 'grants',
          channels: readArray(d, 16, () => ({ channel: readChannel(d), write: readOneOf(d, WRITE_STATES) })),
        }
      case 'renewSoon':
        return { kind: 'renewSoon', withinMs: decoding.readVarUint(d) }
      case 'snapshot':
        return {
          kind: 'snapshot',
          channel: readChannel(d),
          toSeq: decoding.readVarUint(d),
          gzip: decoding.readVarUint8Array(d),
        }
      case 'entries':
        return {
          kind: 'entries',
          channel: readChannel(d),
          fromSeq: decoding.readVarUint(d),
          toSeq: decoding.readVarUint(d),
          updates: readArray(d, 1_000_000, () => decoding.readVarUint8Array(d)),
        }
      case 'ack':
        return {
          kind: 'ack',
          channel: readChannel(d),
          count: decoding.readVarUint(d),
          seq: decoding.readVarUint(d),
        }
      case 'refused':
        return { kind: 'refused', channel: readChannel(d), n: decoding.readVarUint(d), code: readCode(d) }
      case 'presence':
        return { kind: 'presence', channel: readChannel(d), states: decoding.readVarUint8Array(d) }
      case 'bye':
        return { kind: 'bye', code: readCode(d), retryAfterMs: decoding.readVarUint(d) }
      case 'beat':
        return { kind: 'beat' }
      default:
        return null
    }
  })

export function writeGreeting(e: encoding.Encoder, greeting: ChannelGreeting): void {
  encoding.writeVarString(e, greeting.channel)
  encoding.writeVarUint(e, greeting.epoch)
  encoding.writeVarUint(e, greeting.afterSeq)
  writeArray(e, greeting.clientIds, (id) => encoding.writeVarUint(e, id))
}

/** @throws when there is none. */
export const readGreeting = (d: decoding.Decoder): ChannelGreeting => ({
  channel: readChannel(d),
  epoch: decoding.readVarUint(d),
  afterSeq: decoding.readVarUint(d),
  clientIds: readArray(d, CLIENT_IDS_PER_HELLO_MAX, () => decoding.readVarUint(d)),
})

/** At most one greeting a channel. @throws when there are more. */
export function readGreetings<T extends ChannelGreeting>(
  d: decoding.Decoder,
  read: (d: decoding.Decoder) => T,
): T[] {
  const greetings = readArray(d, CHANNELS.length, () => read(d))
  if (new Set(greetings.map((g) => g.channel)).size < greetings.length) throw new RangeError('channel twice')
  return greetings
}

/** `null` when what `read` understands is not exactly what is there. */
export function decode<T>(bytes: Uint8Array, read: (d: decoding.Decoder) => T | null): T | null {
  try {
    // Its own memory: a decoded view would otherwise keep the whole receive buffer alive.
    const decoder = decoding.createDecoder(bytes.slice())
    const frame = read(decoder)
    return decoding.hasContent(decoder) ? null : frame
  } catch {
    return null
  }
}

export function writeArray<T>(e: encoding.Encoder, items: readonly T[], write: (item: T) => void): void {
  encoding.writeVarUint(e, items.length)
  items.forEach(write)
}

export function readArray<T>(d: decoding.Decoder, max: number, read: () => T): T[] {
  const length = decoding.readVarUint(d)
  if (length > max) throw new RangeError(`${length} items, at most ${max}`)
  return Array.from({ length }, read)
}

export function readChannel(d: decoding.Decoder): ChannelName {
  const channel = parseChannelName(decoding.readVarString(d))
  if (channel === null) throw new RangeError('unknown channel')
  return channel
}

function readOneOf<T>(d: decoding.Decoder, values: readonly T[]): T {
  const value = values[decoding.readVarUint(d)]
  if (value === undefined) throw new RangeError('unknown value')
  return value
}

function readCode(d: decoding.Decoder): RefusalCode {
  const code = decoding.readVarString(d)
  if (!(REFUSAL_CODES as readonly string[]).includes(code)) throw new RangeError('unknown code')
  return code as RefusalCode
}
