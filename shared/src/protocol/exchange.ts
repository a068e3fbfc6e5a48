/**
 * The second transport: one HTTP request carries what a client has to say and how far its copy reaches, the answer
 * what it lacks. Each exchange stands for itself: a lost answer costs nothing, and a server that knows nothing of the one
 * before can answer the next.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { SESSION_NAME_MAX_CHARACTERS, UPDATES_PER_EXCHANGE_MAX } from '../limits.ts'
import type { ChannelName } from '../ids.ts'
import {
  decode,
  decodeServerFrame,
  encodeServerFrame,
  readArray,
  readChannel,
  readGreeting,
  readGreetings,
  writeArray,
  writeGreeting,
  type ChannelGreeting,
  type ServerFrame,
} from './frames.ts'

export const EXCHANGE_TYPE = 'application/vnd.auzolan.exchange'

export interface ExchangeChannel extends ChannelGreeting {
  /** The client's own presence (y-protocols); empty for none. */
  readonly presence: Uint8Array
}

export interface ExchangeRequest {
  /** Random, one a tab: presence outlives an exchange under this name. */
  readonly session: string
  readonly build: string
  /** How long the answer may wait for news when there is none. */
  readonly waitMs: number
  readonly channels: readonly ExchangeChannel[]
  readonly updates: readonly {
    readonly channel: ChannelName
    readonly n: number
    readonly update: Uint8Array
  }[]
}

export function encodeExchange(request: ExchangeRequest): Uint8Array<ArrayBuffer> {
  return encoding.encode((e) => {
    encoding.writeVarString(e, request.session)
    encoding.writeVarString(e, request.build)
    encoding.writeVarUint(e, request.waitMs)
    writeArray(e, request.channels, (c) => {
      writeGreeting(e, c)
      encoding.writeVarUint8Array(e, c.presence)
    })
    writeArray(e, request.updates, (u) => {
      encoding.writeVarString(e, u.channel)
      encoding.writeVarUint(e, u.n)
      encoding.writeVarUint8Array(e, u.update)
    })
  }) as Uint8Array<ArrayBuffer>
}

/** `null` for anything that is not exactly one request. */
export const decodeExchange = (bytes: Uint8Array): ExchangeRequest | null =>
  decode(bytes, (d) => ({
    session: readSession(d),
    build: decoding.readVarString(d),
    waitMs: decoding.readVarUint(d),
    channels: readGreetings(d, () => ({ ...readGreeting(d), presence: decoding.readVarUint8Array(d) })),
    updates: readArray(d, UPDATES_PER_EXCHANGE_MAX, () => ({
      channel: readChannel(d),
      n: decoding.readVarUint(d),
      update: decoding.readVarUint8Array(d),
    })),
  }))

function readSession(d: decoding.Decoder): string {
  const session = decoding.readVarString(d)
  if (session.length > SESSION_NAME_MAX_CHARACTERS) throw new RangeError('no name of a session')
  return session
}

/**
 * The answer: a `welcome` as on a socket; for each channel that was written to, the `refused` and one `ack` that counts
 * the updates of this exchange; what the copy lacks as `snapshot` and `entries`; and the presence of all others, whole.
 */
export const encodeExchangeAnswer = (frames: readonly ServerFrame[]): Uint8Array<ArrayBuffer> =>
  encoding.encode((e) =>
    writeArray(e, frames, (frame) => encoding.writeVarUint8Array(e, encodeServerFrame(frame))),
  ) as Uint8Array<ArrayBuffer>

/** `null` for anything that is not exactly such an answer. */
export const decodeExchangeAnswer = (bytes: Uint8Array): ServerFrame[] | null =>
  decode(bytes, (d) =>
    readArray(d, 100_000, () => {
      const frame = decodeServerFrame(decoding.readVarUint8Array(d))
      if (frame === null) throw new RangeError('not a frame')
      return frame
    }),
  )
